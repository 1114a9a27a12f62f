"""Differences of codings: rows paired by content, else by their words; names in place of ids."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from samples import by, full, small

from dateline.model import Coding, Magnitude, Problem
from dateline.record import open_record
from dateline.record.diff import between, diff, revisions

E1, E2 = full().events


def changes(before: Coding, after: Coding) -> list[tuple[str, str, str, dict[str, object]]]:
    return [(c.kind, c.what, c.row, dict(c.fields)) for c in diff(before, after)]


def test_nothing_changed() -> None:
    assert diff(full(), full()) == ()
    assert diff(full(), by(full(), "9.9")) == ()


def test_new_numbers_are_no_change() -> None:
    ids = {a.id: f"x{a.id}" for a in full().actors}
    renamed = replace(
        full(),
        actors=tuple(replace(a, id=ids[a.id], affiliation=ids.get(a.affiliation or "")) for a in full().actors),
        statements=tuple(
            replace(s, speaker=ids[s.speaker or ""], addressees=tuple(ids[a] for a in s.addressees)) for s in full().statements
        ),
        events=tuple(
            replace(e, actors=tuple(ids[a] for a in e.actors), recipients=tuple(ids[a] for a in e.recipients))
            for e in full().events
        ),
        talks=tuple(
            replace(t, parties=tuple(ids[a] for a in t.parties), mediators=tuple(ids[a] for a in t.mediators))
            for t in full().talks
        ),
    )  # fmt: skip
    assert diff(full(), renamed) == ()


def test_fields() -> None:
    after = replace(
        full(),
        events=(
            replace(E1, mode="firearms", status="actual", magnitude=Magnitude(killed=3), recipients=("a2", "a5")),
            E2,
        ),
    )
    assert changes(full(), after) == [
        ("events", "changed", "Graustark ASSAULT/heavy-weapons Ruritania", {
            "mode": ("heavy-weapons", "firearms"), "recipients": (["Ruritania"], ["Ruritania", "Karlovia"]),
            "status": ("hypothetical", "actual"), "magnitude": ("killed 2", "killed 3"),
        }),
    ]  # fmt: skip


def test_a_new_day_is_a_change_though_the_id_is_another() -> None:
    day = datetime.date(2024, 3, 4)
    after = replace(full(), events=(replace(E1, start=day, end=day), E2))
    assert changes(full(), after) == [
        ("events", "changed", "Graustark ASSAULT/heavy-weapons Ruritania",
         {"start": ("2024-03-03", "2024-03-04"), "end": ("2024-03-03", "2024-03-04")}),
    ]  # fmt: skip


def test_added_and_removed() -> None:
    after = replace(full(), events=(E2,), problems=(*full().problems, Problem("events", "no place")))
    found = changes(full(), after)
    assert [(kind, what, row) for kind, what, row, _ in found] == [
        ("events", "removed", "Graustark ASSAULT/heavy-weapons Ruritania"), ("problems", "added", "events: no place"),
    ]  # fmt: skip
    assert found[0][3]["evidence"] == ("shelling a border post on 3 March", None)
    assert found[1][3] == {"stage": (None, "events"), "message": (None, "no place")}


@settings(deadline=None)  # a loaded machine is no fault
@given(st.sets(st.integers(0, 1)), st.sets(st.integers(0, 1)))
def test_there_and_back(events: set[int], statements: set[int]) -> None:
    """What is added one way is removed the other way."""
    base = full()
    part = replace(
        base,
        events=tuple(e for i, e in enumerate(base.events) if i in events),
        statements=tuple(s for i, s in enumerate(base.statements) if i in statements),
    )
    forth = sorted((c.kind, c.what, c.row) for c in diff(base, part))
    back = sorted(
        (c.kind, {"added": "removed", "removed": "added"}.get(c.what, c.what), c.row) for c in diff(part, base)
    )
    assert forth == back
    assert len([c for c in forth if c[1] == "removed"]) == 4 - len(events) - len(statements)


def test_records(tmp_path: Path) -> None:
    longer = small(2, "shelling a border post at night")
    corrected = replace(longer, article=replace(longer.article, id="sha256:other", source=small(2).article.source))
    with open_record(tmp_path / "a", create=True) as one, open_record(tmp_path / "b", create=True) as other:
        for coding in (full(), small(1), small(2)):
            one.write(coding, one.start_run())
        for coding in (full(), small(3), corrected):
            other.write(coding, other.start_run())
        found = [(c.kind, c.what, c.row) for c in between(one, other)]
    assert ("article", "added", "Case 3") in found and ("article", "removed", "Case 1") in found
    assert ("article", "changed", "Case 2") in found
    assert [f for f in found if f[0] == "events"] == [("events", "changed", "Ruritania ACCUSE/allege Graustark")]
    assert [f for f in found if f[0] == "actors"] == []


def test_revisions(tmp_path: Path) -> None:
    newer = by(replace(full(), events=(E2,)), "0.2.0")
    with open_record(tmp_path / "a", create=True) as record:
        for coding in (full(), newer):
            record.write(coding, record.start_run())
        ((one, other, found),) = revisions(record, full().article.id)
    assert one.endswith("(0.1.0)") and other.endswith("(0.2.0)")
    assert [(c.kind, c.what) for c in found] == [("events", "removed")]
