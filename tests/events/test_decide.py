"""What the model's scores become for a candidate: some words leave no choice."""

from __future__ import annotations

import numpy as np
import pytest
from hands import marked, statement

from dateline.events import candidates, decide
from dateline.events.mentions import Mentions
from dateline.language.labels import CLASSES
from dateline.language.pairs import Scores


def test_who_only_speaks_of_a_meeting_did_not_meet() -> None:
    for text, met in (
        ("[Hoenlein] described [the unions]' meeting with [the king].", False),
        ("[Hoenlein] dined with [the king].", True),
    ):
        doc, table = marked(text)
        made = next(c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == "verb")
        types = np.full(len(CLASSES), 0.01, dtype=np.float32)
        types[CLASSES.index("CONSULT")] = 0.7
        none = np.zeros(0, dtype=np.float32)
        got = decide.heard(made, Scores(types, none, none, none)).types
        assert (CLASSES[int(got.argmax())] == "CONSULT") is met, text


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("[Norland] welcomed the decision of [Ostmark] to open the canal.", "SUPPORT"),
        ("[Norland] condemned the call of [Ostmark] for a ban.", "ACCUSE"),
        ("[Norland] welcomed envoys of [Ostmark] to the palace.", "AGREE"),
        ("[The jury] acquitted [Osman] on Friday.", "RETREAT"),
        ("[Norland] swapped [two hostages] for three monks.", "RETREAT"),
        ("[Norland] balked at the terms of [Ostmark].", "REJECT"),
        ("[Norland] charged [Osman] with burglary.", "ACCUSE"),
        ("[Norland] charged [Ostmark] five crowns for the canal.", "AGREE"),
        ("[Norland] discussed the canal with [Ostmark].", "AGREE"),
    ],
)
def test_a_verb_that_is_one_act_is_no_other(text: str, heard: str) -> None:
    doc, table = marked(text)
    made = next(c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == "verb" and c.triggers)
    types = np.full(len(CLASSES), 0.01, dtype=np.float32)
    types[CLASSES.index("AGREE")] = 0.7
    none = np.zeros(0, dtype=np.float32)
    scores = Scores(types, none, none, none)
    got = decide.heard(made, scores).types
    assert CLASSES[int(got.argmax())] == heard
    assert got.sum() == pytest.approx(types.sum()), "what it takes away it gives"
    assert heard == "REJECT" or got[CLASSES.index("REJECT")] == pytest.approx(0.01), "it may be refused"


def test_who_is_said_to_have_righted_a_wrong_is_praised() -> None:
    def type_of(content: str) -> str:
        doc, table = marked(f"[Marn] said that {content}.")
        made = statement(doc, table, "Marn", "said", content.replace("[", "").replace("]", ""), "ACCUSE")
        first = next(iter(candidates.of_statement(doc, Mentions(table.actors), made)))
        types = np.full(len(CLASSES), 0.01, dtype=np.float32)
        types[CLASSES.index("ACCUSE")] = 0.7
        none = np.zeros(0, dtype=np.float32)
        return CLASSES[int(decide.heard(first, Scores(types, none, none, none)).types.argmax())]

    assert type_of("[Tolan] had corrected an historic injustice") == "SUPPORT"
    assert type_of("[Tolan] had never corrected an historic injustice") == "ACCUSE"
    assert type_of("[Tolan] had committed an historic injustice") == "ACCUSE"
