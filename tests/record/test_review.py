"""What people say about rows: it lies over them, is signed, survives a new coding, and can be taken back."""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from samples import by, full

from dateline.errors import UsageError
from dateline.record import Record, agreement, open_record, review


@pytest.fixture
def record(tmp_path: Path) -> Record:
    record = open_record(tmp_path / "a.record", create=True)
    record.write(full(), record.start_run())
    return record


def event_of(record: Record, type: str) -> str:
    return next(iter(record.events(type=type))).id


def test_a_judgement_lies_over_the_row(record: Record) -> None:
    before = [list(record.events()), list(record.statements())]
    event = event_of(record, "ASSAULT")
    made = review.judge(record.path, "event", event, "ana", "corrected", {"type": "COERCE", "status": "actual"})
    assert made.fields == {"type": "COERCE", "status": "actual", "mode": None}  # heavy-weapons is no mode of COERCE
    assert made.seen["type"] == "ASSAULT" and made.start is not None
    assert [list(record.events()), list(record.statements())] == before
    assert review.judgements(record.path) == [made]


def test_only_the_latest_of_a_coder_stands_and_undo_brings_back_the_one_before(record: Record) -> None:
    event = event_of(record, "CONSULT")
    first = review.judge(record.path, "event", event, "ana", "accepted")
    second = review.judge(record.path, "event", event, "ana", "rejected")
    other = review.judge(record.path, "event", event, "ben", "accepted")
    assert [j.id for j in review.judgements(record.path)] == [second.id, other.id]
    with pytest.raises(UsageError, match="only the coder"):
        review.undo(record.path, second.id, "ben")
    assert not review.undo(record.path, second.id, "ana").stands
    assert [j.id for j in review.judgements(record.path)] == [first.id, other.id]
    with pytest.raises(UsageError, match="before"):
        review.undo(record.path, second.id, "ana")
    assert len(review.judgements(record.path, standing=False)) == 3


def test_judgements_survive_a_new_coding(record: Record) -> None:
    event = event_of(record, "ASSAULT")
    made = review.judge(record.path, "event", event, "ana", "rejected")
    coding = by(full(), "0.2.0")
    record.write(replace(coding, events=coding.events[1:]), record.start_run())
    assert review.judgements(record.path, orphaned=True) == [replace(made, orphaned=True)]
    assert made.evidence == "shelling a border post on 3 March", "listed with the words it was made on"
    record.write(by(full(), "0.3.0"), record.start_run())
    assert event in [e.id for e in record.events()]
    assert review.judgements(record.path, target=event, orphaned=False) == [made]


@pytest.mark.parametrize(
    ("kind", "verdict", "fields", "why"),
    [
        ("event", "corrected", {}, "changes nothing"),
        ("event", "corrected", {"type": "ASSAULT"}, "changes nothing"),
        ("event", "corrected", {"type": "NONSENSE"}, "unknown"),
        ("event", "corrected", {"origin": "me"}, "cannot be corrected"),
        ("event", "corrected", {"mode": "phone"}, "does not belong"),
        ("event", "corrected", {"actor_ids": ["actor-none"]}, "not one of the article"),
        ("event", "corrected", {"start_date": "soon"}, "not a date"),
        ("event", "corrected", {"start_date": "2025-01-01"}, "before the first"),
        ("event", "perhaps", {}, "unknown"),
        ("place", "accepted", {}, "cannot be judged"),
    ],
)
def test_what_cannot_be_is_refused(record: Record, kind: str, verdict: str, fields: dict, why: str) -> None:
    with pytest.raises(UsageError, match=why):
        review.judge(record.path, kind, event_of(record, "ASSAULT"), "ana", verdict, fields)
    assert review.judgements(record.path, standing=False) == []


@pytest.mark.parametrize("name", ["", "   ", "x" * 81, "a\u202eb", "a\x00b"])
def test_a_signature_is_a_name(record: Record, name: str) -> None:
    with pytest.raises(UsageError, match="sign with a name"):
        review.judge(record.path, "event", event_of(record, "ASSAULT"), name, "accepted")


def test_labels_hold_no_text(record: Record) -> None:
    for row in record.statements():
        review.judge(record.path, "statement", row.id, "ana", "corrected", {"act": "STATE"})
    made = list(review.labels(record.path))
    assert len(made) == 2 and made[0]["fields"] == {"act": "STATE"}
    words = full().article.text.split()
    assert not [w for w in words if len(w) > 8 and w in json.dumps(made)]
    text = full().article.text
    assert text[made[0]["start"] : made[0]["end"]].startswith("“We will answer,”")


def test_comments_and_replies(record: Record) -> None:
    event = event_of(record, "ASSAULT")
    first = review.comment(record.path, "event", event, "ana", " Is this a claim? ")
    reply = review.comment(record.path, "event", event, "ben", "It is.", first.id)
    with pytest.raises(UsageError, match="does not stand with"):
        review.comment(record.path, "event", "other", "ben", "no", first.id)
    with pytest.raises(UsageError, match="author"):
        review.withdraw(record.path, first.id, "ben")
    review.withdraw(record.path, first.id, "ana")
    found = review.comments(record.path, "event", event)
    assert [(c.text, c.reply_to) for c in found] == [("", None), ("It is.", first.id)] and found[1] == reply


def test_actors_are_merged_and_split(record: Record) -> None:
    change = review.merge(record.path, "ana belic|RUR", "state:RUR", "ana")
    with pytest.raises(UsageError, match="already"):
        review.merge(record.path, "state:RUR", "ana belic|RUR", "ana")
    article = next(iter(record.articles())).id
    review.split(record.path, "state:GRA", article, "kern's faction", "ben")
    assert [(i.act, i.into_key) for i in review.identities(record.path)] == [
        ("merge", "state:RUR"), ("split", "kern's faction"),
    ]  # fmt: skip
    review.undo_identity(record.path, change, "ben")
    assert [i.act for i in review.identities(record.path)] == ["split"]
    assert review.resolve({"a": "b", "b": "c"}, "a") == "c"


def test_many_reviewers_and_a_run_at_once(record: Record) -> None:
    events = [event.id for event in record.events()]
    faults: list[Exception] = []

    def work(coder: str) -> None:
        try:
            for _ in range(10):
                for event in events:
                    review.judge(record.path, "event", event, coder, "accepted")
        except Exception as error:  # noqa: BLE001 - told to the test
            faults.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("ana", "ben", "caro")]
    for thread in threads:
        thread.start()
    run = record.start_run()
    for n in range(20):
        record.write(by(full(), f"1.{n}.0"), run)
    for thread in threads:
        thread.join()
    assert not faults
    assert len(review.judgements(record.path, standing=False)) == 60
    assert len(review.judgements(record.path)) == 6
    with sqlite3.connect(record.path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_alpha_against_the_published_example() -> None:
    """Krippendorff (2011), section C: four observers, twelve units, missing values; nominal alpha .743."""
    m = None
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, m, m, m],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, m, 3],
        [m, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, m],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, m],
    ]
    value = agreement.alpha(list(zip(*observers, strict=True)))
    assert value is not None and round(value, 3) == 0.743
    assert agreement.alpha([]) is None and agreement.alpha([("a", "a")]) is None


def test_agreement_of_two_coders(record: Record) -> None:
    assault, consult = event_of(record, "ASSAULT"), event_of(record, "CONSULT")
    for coder, verdicts in (("ana", ("accepted", "accepted")), ("ben", ("rejected", "accepted"))):
        for event, verdict in zip((assault, consult), verdicts, strict=True):
            review.judge(record.path, "event", event, coder, verdict)
    (found,) = agreement.agreements(record.path)
    assert (found.first, found.second, found.rows, found.agreed) == ("ana", "ben", 2, 1)
    assert [(x, y) for _, _, x, y in found.disputed] == [("ASSAULT", agreement.NO_ROW)]
    assert found.alpha == pytest.approx(0.4)  # by hand: 1 - 3 * 2 / (16 - 1 - 1 - 4)


def test_a_merge_keeps_its_reason_and_who_took_it_back(record: Record) -> None:
    change = review.merge(record.path, "ana belic|RUR", "state:RUR", "ana", "she speaks  for the state")
    (stands,) = review.identities(record.path)
    assert (stands.reason, stands.undone, stands.undone_by) == ("she speaks for the state", None, None)
    review.undo_identity(record.path, change, "ben")
    assert review.identities(record.path) == []
    (undone,) = review.identities(record.path, standing=False)
    assert undone.undone_by == "ben" and undone.undone is not None
    with pytest.raises(UsageError):
        review.undo_identity(record.path, change, "ben")
