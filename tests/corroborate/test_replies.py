"""Later statements of the parties that speak of a pledge's matter: found, ranked, and what they suggest. All is invented."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from written import Writer

import corpus
from dateline.corroborate import join
from dateline.corroborate.replies import says
from dateline.record import PledgeRow, Record

PROMISE = "to withdraw its artillery from the ferry landing at Low Brandel before the harvest"
BROKE = "its neighbour of leaving the artillery at the ferry landing through the harvest"


def promise(day: str = "2031-03-05", name: str = "promise") -> Writer:
    return Writer(name, day).says("Ruritania", "promised", PROMISE, "AGREE", ("Graustark",))


def said(name: str, who: str, act: str, content: str, *to: str, cue: str = "said", day: str = "2031-04-02") -> Writer:
    return Writer(name, day).says(who, cue, content, act, to)


def joined(path: Path, *writers: Writer) -> tuple[Record, PledgeRow]:
    record = corpus.filled(path, [w.coding() for w in writers])
    join(record)
    (found,) = record.pledges()
    return record, found


@pytest.mark.parametrize(
    ("later", "relation", "suggested"),
    [
        (said("a", "Graustark", "ACCUSE", BROKE, "Ruritania", cue="accused"), "broken", "broken"),
        (said("b", "Graustark", "SUPPORT", "its neighbour for the artillery withdrawn from the ferry landing", "Ruritania",
              cue="thanked"), "kept", "kept"),
        (said("c", "Ruritania", "REJECT", "that its artillery would leave the ferry landing", "Graustark", cue="denied"),
         "broken", "broken"),
        (said("d", "Ruritania", "STATE", "that the artillery was leaving the ferry landing"), "bears", "open"),
        (said("e", "Graustark", "ACCUSE", BROKE, "Karlovia", cue="accused"), "bears", "open"),
    ],
    ids=("blamed for it", "thanked for it", "takes it back", "only tells of it", "blames another for it"),
)  # fmt: skip
def test_the_parties_speak_of_it(tmp_path: Path, later: Writer, relation: str, suggested: str) -> None:
    _, pledge = joined(tmp_path / "a.record", promise(), later)
    assert [(b.kind, b.relation) for b in pledge.bearing] == [("statement", relation)]
    assert pledge.bearing[0].evidence.text == later.statements[0].content[0].text and pledge.suggested == suggested


@pytest.mark.parametrize(
    "later",
    [
        said("a", "Karlovia", "STATE", "that the artillery stood at the ferry landing"),
        said("b", "Graustark", "STATE", "that the ferry would carry timber after the flood"),
        said("c", "Ruritania", "REQUEST", "that the artillery at the ferry landing be counted", "Graustark"),
        said("d", "Ruritania", "STATE", "that the artillery at the ferry landing was old", day="2031-02-01"),
        said("e", "Ruritania", "STATE", "that the artillery at the ferry landing was old", day="2033-02-01"),
        said("f", "Graustark", "STATE", "that people at that time made their way back to the city and the state"),
    ],
    ids=("a third party", "one word in common", "another act", "before it", "long after it", "common words"),
)
def test_what_does_not_bear_on_it(tmp_path: Path, later: Writer) -> None:
    assert joined(tmp_path / "a.record", promise(), later)[1].bearing == ()


def test_the_best_come_first_and_what_decides_before_all(tmp_path: Path) -> None:
    near = said(
        "near", "Ruritania", "STATE", "that the artillery would leave the ferry landing at Low Brandel, harvest or none"
    )
    far = said(
        "far", "Graustark", "STATE", "that guards watched the artillery on the ferry by night and the barges by noon"
    )
    blame = said("blame", "Graustark", "ACCUSE", BROKE, "Ruritania", cue="accused")
    _, pledge = joined(tmp_path / "a.record", promise(), far, near, blame)
    assert [b.article for b in pledge.bearing] == ["sha256:blame", "sha256:near", "sha256:far"]
    assert pledge.reason == "1 later statement of blame for it or of a refusal"


def test_an_event_decides_before_a_statement(tmp_path: Path) -> None:
    withdrew = Writer("deed", "2031-04-01").event(
        "RETREAT", ("Ruritania",), ("Graustark",), "Ruritania had withdrawn its artillery from the ferry landing"
    )
    blame = said("blame", "Graustark", "ACCUSE", BROKE, "Ruritania", cue="accused")
    _, pledge = joined(tmp_path / "a.record", promise(), withdrew, blame)
    assert pledge.suggested == "kept" and {b.kind for b in pledge.bearing} == {"event", "statement"}


def test_words_that_are_an_event_count_once(tmp_path: Path) -> None:
    content = "that its artillery would leave the ferry landing"
    coding = (
        said("c", "Ruritania", "REJECT", content, "Graustark", cue="denied")
        .event("REJECT", ("Ruritania",), ("Graustark",), f"Ruritania denied {content}")
        .coding()
    )
    same = replace(coding.events[0], evidence=coding.statements[0].content[0])
    record = corpus.filled(tmp_path / "a.record", [promise().coding(), replace(coding, events=(same,))])
    join(record)
    (pledge,) = record.pledges()
    assert [b.kind for b in pledge.bearing] == ["event"]


def test_a_reprint_of_the_pledge_is_no_reply(tmp_path: Path) -> None:
    first = promise().says("Ruritania", "said", "that the artillery would leave the ferry landing by cart")
    again = promise("2031-03-09", "again").says(
        "Ruritania", "said", "that the artillery would leave the ferry landing by cart"
    )
    assert joined(tmp_path / "a.record", first, again)[1].bearing == ()


def test_a_reply_goes_with_its_article_and_the_order_of_arrival_changes_nothing(tmp_path: Path) -> None:
    writers = (
        promise(),
        said("blame", "Graustark", "ACCUSE", BROKE, "Ruritania", cue="accused"),
        said("tells", "Ruritania", "STATE", "that the artillery was leaving the ferry landing"),
    )
    faces = []
    for i, order in enumerate(permutations(writers)):
        record = corpus.filled(tmp_path / f"{i}.record", [w.coding() for w in order])
        for writer in order:
            join(record, [writer.coding().article.id])
        faces.append(list(record.pledges()))
    assert all(face == faces[0] for face in faces) and faces[0][0].suggested == "broken"
    with record:
        record._writer.execute("DELETE FROM article WHERE id = 'sha256:blame'")
    join(record, ())
    (left,) = record.pledges()
    assert left.suggested == "open" and [b.article for b in left.bearing] == ["sha256:tells"]


def test_what_comes_after_a_pledge_that_is_gone_binds_to_nothing(tmp_path: Path) -> None:
    record, _ = joined(tmp_path / "a.record", promise())
    deed = said("blame", "Graustark", "ACCUSE", BROKE, "Ruritania", cue="accused").event(
        "RETREAT", ("Ruritania",), ("Graustark",), "Ruritania had withdrawn its artillery from the ferry landing"
    )
    with record:
        record._writer.execute("DELETE FROM article WHERE id = 'sha256:promise'")
        record.write(deed.coding(), record.start_run("later"))
    join(record, ())
    assert list(record.pledges()) == []


def test_rare_words_say_more() -> None:
    assert says("time") < 0.1 < says("river") < says("troop") < says("convo") == 1
