"""Judgements of analysts as stand-off labels, and back as examples for the trainings."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.learn import pairs, reviewed
from dateline.model import Actor, Article, Coder, Coding, Event, Span, Statement, Talks
from dateline.record import open_record
from dateline.record.review import judge

TEXT = (
    "Graustark’s envoy met reporters. Its army had shelled Ruritania on Monday.\n"
    "“They must leave,” said Zenda of Ruritania. Karlovia hosted the talks."
)


def span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words), words)


CODING = Coding(
    Coder("0.1.0", {}, "sha256:settings"),
    Article("sha256:shelling", "shelling.txt", TEXT, title="Shelling", published=datetime.date(2024, 3, 5), language="en"),
    (
        Actor("a1", "Graustark", "country", "GRA", mentions=(span("Graustark"),)),
        Actor("a2", "Ruritania", "country", "RUR", mentions=(span("Ruritania"), span("Ruritania", 1))),
        Actor("a3", "Zenda", "person", "RUR", mentions=(span("Zenda"),)),
        Actor("a4", "Karlovia", "country", "KAR", mentions=(span("Karlovia"),)),
    ),
    statements=(
        Statement("s1", "a3", span("Zenda"), span("said"), (span("They must leave"),), "direct", "STATE", ("a1",),
                  datetime.date(2024, 3, 5), 0.9, "test"),
    ),
    events=(
        Event("e1", "ASSAULT", "explosives", ("a1",), ("a2",), span("Its army had shelled Ruritania on Monday."),
              datetime.date(2024, 3, 4), datetime.date(2024, 3, 4), confidence=0.8, origin="test"),
        Event("e2", "CONSULT", "third-party", ("a4",), (), span("Karlovia hosted the talks."), confidence=0.4, origin="test"),
        Event("e3", "AID", None, ("a4",), ("a1",), span("Karlovia hosted the talks."), confidence=0.4, origin="test"),
    ),
    talks=(Talks("t1", ("a1", "a2"), ("a4",), outcome="unknown", evidence=(span("Karlovia hosted the talks."),), origin="test"),),
)  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Path:
    path = tmp_path / "my.record"
    with open_record(path, create=True) as made:
        made.write(CODING, made.start_run("test"))
    return path


def ids(path: Path) -> dict[str, str]:
    """Row ids by local id."""
    with open_record(path) as opened:
        rows = [*opened.events(), *opened.statements(), *opened.talks()]
    return {row.local: row.id for row in rows}


def test_labels_hold_offsets_and_classes_and_no_word(record: Path) -> None:
    row = ids(record)
    judge(record, "event", row["e1"], "ana", "accepted")
    judge(record, "event", row["e2"], "ana", "rejected")
    judge(record, "statement", row["s1"], "ana", "corrected", {"act": "REQUEST"})
    judge(record, "talks", row["t1"], "ana", "corrected", {"outcome": "none"})
    made, gone = reviewed.labels(record)
    by = {label.id: label for label in made}
    assert gone == 0 and len(made) == 4
    event = by[row["e1"]]
    assert (event.what, event.mode, event.status, event.verdict) == ("ASSAULT", "explosives", "actual", "accepted")
    # Graustark is named in the sentence before its evidence only.
    assert [TEXT[s:e] for s, e in (*event.actors, *event.recipients)] == ["Graustark", "Ruritania"]
    assert event.recipients[0] == (span("Ruritania").start, span("Ruritania").end)
    assert (by[row["e2"]].what, by[row["e2"]].mode) == (reviewed.NOTHING, None)
    said = by[row["s1"]]
    assert said.what == "REQUEST" and [TEXT[s:e] for s, e in said.content] == ["They must leave"]
    assert said.source and said.cue and TEXT[slice(*said.source)] == "Zenda" and TEXT[slice(*said.cue)] == "said"
    assert by[row["t1"]].what == "none"
    lines = "\n".join(json.dumps(reviewed.line(label)) for label in made)
    for word in ("Graustark", "Ruritania", "Zenda", "Karlovia", "shelled", "leave", "Shelling", "ana"):
        assert word not in lines


def test_lines_come_back_as_they_were(record: Path, tmp_path: Path) -> None:
    for local in ("e1", "s1", "t1"):
        kind = {"e": "event", "s": "statement", "t": "talks"}[local[0]]
        judge(record, kind, ids(record)[local], "ana", "accepted")
    made, _ = reviewed.labels(record)
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(reviewed.line(label)) + "\n" for label in made))
    assert reviewed.read(path) == made
    path.write_text('{"kind": "event", "id": "x"}\n')
    with pytest.raises(DataError, match=r"labels\.jsonl:1: no label"):
        reviewed.read(path)
    path.write_text(json.dumps(reviewed.line(made[0]) | {"actors": [[9, 3]]}) + "\n")
    with pytest.raises(DataError, match="is no span"):
        reviewed.read(path)


def test_the_pair_model_reads_them_with_the_record(record: Path, tmp_path: Path) -> None:
    row = ids(record)
    judge(record, "event", row["e1"], "ana", "corrected", {"type": "COERCE", "mode": None, "status": "historical"})
    judge(record, "event", row["e2"], "ana", "rejected")
    judge(record, "statement", row["s1"], "ana", "corrected", {"act": "REQUEST"})
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(json.dumps(reviewed.line(label)) + "\n" for label in reviewed.labels(record)[0]))
    examples = pairs.from_reviewed(path, record)
    from dateline.language.labels import CLASSES, STATUS_CLASSES

    by = {CLASSES[example.types[0]]: example for example in examples}
    assert set(by) == {"COERCE", "NONE", "REQUEST"}
    assert by["COERCE"].text == (
        "<s>Graustark</s>’s envoy met reporters. Its army had shelled <t>Ruritania</t> on Monday."
    )
    assert by["COERCE"].status == STATUS_CLASSES.index("historical") and by["COERCE"].group == "sha256:shelling"
    assert by["NONE"].text == "<s>Karlovia</s> hosted the talks." and by["NONE"].status == -1
    assert by["REQUEST"].text == "<s>Zenda</s> said They must leave"
    assert {example.source for example in examples} == {"reviewed"}


def test_the_attribution_training_reads_acts(record: Path) -> None:
    judge(record, "statement", ids(record)["s1"], "ana", "corrected", {"act": "REQUEST", "speaker_id": None})
    (article,) = reviewed.acts(reviewed.labels(record)[0], record)
    assert article["text"] == TEXT and article["id"] == "sha256:shelling"
    (said,) = article["attributions"]
    assert said["act"] == "REQUEST" and said["source"] == []
    assert [TEXT[s:e] for s, e in (*said["cue"], *said["content"])] == ["said", "They must leave"]


def test_coders_that_disagree_are_labelled_so_and_not_trained_on(record: Path) -> None:
    row = ids(record)
    judge(record, "event", row["e1"], "ana", "accepted")
    judge(record, "event", row["e1"], "ben", "rejected")
    (label,) = reviewed.labels(record)[0]
    assert (label.judged_by, label.agreed, label.what) == (2, False, reviewed.NOTHING)
    assert list(reviewed.pairs([label], record)) == []
    (mine,) = reviewed.labels(record, coder="ana")[0]
    assert mine.what == "ASSAULT" and len(list(reviewed.pairs([mine], record))) == 1


def test_what_cannot_be_trained_on_is_told(record: Path, tmp_path: Path) -> None:
    row = ids(record)
    judge(record, "event", row["e3"], "ana", "accepted")  # Graustark is named a paragraph earlier only
    (far,), gone = reviewed.labels(record)
    assert not far.named and not far.recipients and gone == 0 and list(reviewed.pairs([far], record)) == []
    judge(record, "event", row["e1"], "ana", "accepted")
    label = next(one for one in reviewed.labels(record)[0] if one.named)
    with open_record(record) as opened:
        opened.write(replace(CODING, coder=Coder("0.2.0", {}, "sha256:settings"), events=()), opened.start_run("again"))
    assert reviewed.labels(record) == ([], 2)
    other = open_record(tmp_path / "other.record", create=True).path
    with pytest.raises(DataError, match="holds no article"):
        list(reviewed.pairs([label], other))
