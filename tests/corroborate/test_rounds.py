"""Talks of single articles joined into rounds and processes."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest
import score_corpus

import corpus
from dateline.corroborate import join
from dateline.corroborate.notes import Note
from dateline.corroborate.rounds import follow, one_process, segment
from dateline.record import Record


@pytest.mark.parametrize("half", ["chosen", "held"])
def test_talks_of_the_corpus_join_into_their_rounds(record: Record, half: str) -> None:
    *_, f1, right, count = score_corpus.round_scores(record, half)
    assert f1 >= 0.9 and right >= 0.85 and count > 10


def day(month: int, number: int) -> int:
    return datetime.date(2024, month, number).toordinal()


def note(id_: str, published: int, *, sides: str = "XA XB", start: int | None = None, end: int | None = None,
         outcome: str = "unknown", place: str | None = None, number: int | None = None, mediators: str = "",
         article: str | None = None) -> Note:  # fmt: skip
    parties = tuple((s, s, s, None) for s in sides.split())
    return Note(id_, article or id_, parties, tuple((m, m, m, None) for m in mediators.split()), place, None, None, None,
                start, end or start, published, number, outcome, None)  # fmt: skip


def told(notes: list[Note]) -> list[str]:
    return [
        "".join(sorted(n.id for n in m.held)) + "<" + "".join(sorted(n.id for n in m.announced)) for m in segment(notes)
    ]


def test_a_report_after_the_adjournment_tells_of_the_next_round() -> None:
    notes = [note("a", day(1, 3)), note("b", day(1, 20), outcome="adjourned"), note("c", day(2, 20))]
    assert told(notes) == told(notes[::-1]) == ["ab<", "c<"]


def test_another_number_or_town_is_another_round() -> None:
    assert told([note("a", day(1, 3), number=1), note("b", day(1, 5), number=2)]) == ["a<", "b<"]
    assert told([note("a", day(1, 3), place="strelsau"), note("b", day(1, 5), place="zenda")]) == ["a<", "b<"]
    assert told([note("a", day(1, 3), place="strelsau"), note("b", day(1, 5))]) == ["ab<"]


def test_announced_and_held_are_one_round() -> None:
    notes = [
        note("a", day(1, 3), outcome="adjourned"), note("b", day(1, 3), start=day(2, 1), outcome="announced", article="a"),
        note("c", day(2, 2), start=day(2, 1)),
    ]  # fmt: skip
    assert told(notes) == ["a<", "c<b"]
    assert told(notes[:2]) == ["a<", "<b"], "not held yet"


def test_two_sides_make_a_process_and_one_follows() -> None:
    a, other = note("a", day(1, 3), place="zenda"), note("b", day(1, 4), sides="XA XC", place="strelsau")
    assert one_process(a, note("c", day(3, 1))) and not one_process(a, other)
    weak = note("w", day(1, 9), sides="XA", place="zenda")
    assert follow(weak, [other, a]) == a and follow(note("w", day(8, 1), sides="XA"), [a]) is None


def test_rounds_have_their_fields(record: Record) -> None:
    (geneva,) = [r for r in record.rounds() if r.venue == "Geneva"]
    assert geneva.number == 3 and geneva.held and geneva.outcome == "disputed"
    assert {o["outcome"] for o in geneva.outcomes} >= {"agreement", "none"} and geneva.disputed["outcome"]
    assert geneva.articles > geneva.texts >= 2 and any(t.announces for t in geneva.talks)
    assert "2024-07-29" <= str(geneva.start) <= "2024-07-31" and "Velmark" in geneva.party_names  # type: ignore[operator]
    following = next(r for r in record.rounds(geneva.process) if r.id == geneva.next)
    assert following.outcome == "agreement" and following.start > geneva.start  # type: ignore[operator]
    process = next(p for p in record.processes() if p.id == geneva.process)
    assert len(process.rounds) == 4 and process.outcome == "agreement"
    assert [r.id for r in record.rounds(process)] == list(process.rounds)


def test_rival_results_of_one_text_are_no_dispute(tmp_path: Path) -> None:
    """A version that says "no result" and a later one of the same address that says "agreed" do not contradict each other."""
    codings = {k: v for k, v in corpus.gold_codings().items() if k.startswith("vk-")}
    texts = {"vk-28", "vk-29", "vk-30", "vk-47"}
    changed = [
        replace(c, article=replace(c.article, url="https://one.example/x", text=codings["vk-28"].article.text + f"\n\nPart {k}."),
                events=(), talks=tuple(replace(t, evidence=()) for t in c.talks))
        if k in texts else c
        for k, c in codings.items()
    ]  # fmt: skip
    record = corpus.filled(tmp_path / "a.record", changed)
    join(record)
    (geneva,) = [r for r in record.rounds() if r.venue == "Geneva"]
    assert geneva.outcome != "disputed" and len(geneva.outcomes) > 1


def test_talks_without_any_date_have_a_round_without_one(tmp_path: Path) -> None:
    """Neither the article nor its talks are dated: the round has no date, and its name no month."""
    gold = next(c for c in corpus.gold_codings().values() if c.talks)
    undated = replace(
        gold,
        article=replace(gold.article, published=None, published_origin=None),
        talks=tuple(replace(t, start=None, end=None) for t in gold.talks),
    )
    record = corpus.filled(tmp_path / "a.record", [undated])
    join(record)
    rounds = list(record.rounds())
    assert rounds and all(r.start is None and "," not in r.name for r in rounds)
