"""How a user may call an actor or side: code, key, part of a name, or the abbreviation that the articles use. All is invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples import CODER, span

from dateline.errors import RecordError, UsageError
from dateline.model import Actor, Article, Coding, Event, Talks
from dateline.record import Record, open_record

TEXT = (
    "The River People's League (RPL5) attacked a post in Ruritania. Commander Ilka Voss of the RPL5 praised the League. "
    "Ruritania shelled the RPL5. The Union of Bargees met the League and Ruritania."
)


def coding(article: str, league: str) -> Coding:
    """The League is called by its name and, in one article, by its abbreviation; its commander by her own."""
    called = tuple(span(TEXT, w) for w in ("River People's League", league))
    actors = (
        Actor("a1", "River People's League", "armed group", "RUR", "REB", key="rur-league", mentions=called),
        Actor("a2", "Ilka Voss", "person", "RUR", "REB", affiliation="a1", mentions=(span(TEXT, "Ilka Voss"),)),
        Actor("a3", "Ruritania", "government", "RUR", "GOV", key="state:RUR", mentions=(span(TEXT, "Ruritania"),)),
        Actor("a4", "Union of Bargees", "organisation", "RUR", "LAB", mentions=(span(TEXT, "Union of Bargees"),)),
    )  # fmt: skip

    def event(n: int, type_: str, who: tuple[str, ...], whom: tuple[str, ...], words: str) -> Event:
        return Event(f"e{n}", type_, None, who, whom, span(TEXT, words), quad="verbal conflict", score=-1.0)  # type: ignore[arg-type]

    return Coding(
        CODER, Article(f"sha256:{article}", f"{article}.html", TEXT, title=article), actors,
        events=(
            event(1, "ASSAULT", ("a1",), ("a3",), "attacked a post"), event(2, "SUPPORT", ("a2",), ("a1",), "praised"),
            event(3, "ASSAULT", ("a3",), ("a1",), "shelled the RPL5"), event(4, "CONSULT", ("a1", "a3", "a4"), (), "met the League"),
            event(5, "ACCUSE", ("a2",), ("a3",), "Commander Ilka Voss"),
        ),
        talks=(Talks("t1", ("a1", "a3"), (), None, None, None, None, None, "none", (span(TEXT, "met the League"),), 0.9),),
    )  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with open_record(tmp_path / "a.record", create=True) as record:
        run = record.start_run()
        for one in (coding("one", "RPL5"), coding("two", "League")):
            record.write(one, run)
    return record


def test_the_abbreviation_means_the_actor_in_every_article(record: Record) -> None:
    assert (
        {a.name for a in record.actors(name="RPL5")}
        == {"River People's League"}
        == {a.name for a in record.actors(name="people's league")}
    )
    assert record.events(actor="RPL5", type="ASSAULT").count() == 2
    assert [a.name for a in record.actors(name="UN")] == [], "no part of 'Union' or of 'Ruritania'"
    with pytest.raises(RecordError, match="no actor 'ZZZ9'"):
        record.dyad("ZZZ9", "RUR")


def test_a_dyad_of_a_group_and_its_country(record: Record) -> None:
    dyad = record.dyad("RUR", "RPL5")
    ways = [dyad.direction(e) for e in dyad.events]
    assert sorted(filter(None, ways)) == ["back"] * 4 + ["forth"] * 2 + ["mutual"] * 2, (
        "her praise of the League is inner"
    )
    assert {e.type for e in dyad.events if dyad.direction(e) == "back"} == {"ASSAULT", "ACCUSE"}
    with pytest.raises(UsageError, match="same actors"):
        record.dyad("RPL5", "rur-league")


def test_a_period_that_ends_before_it_begins(record: Record) -> None:
    for read in (lambda: record.dyad("RUR", "RPL5", since="2024-02-01", until="2024-01-01"),
                 lambda: record.events(since="2024-02-01", until="2024-01-01"),
                 lambda: record.timeline(since="2024-02-01", until="2024-01-01")):  # fmt: skip
        with pytest.raises(UsageError, match="since 2024-02-01 lies after until 2024-01-01"):
            read()
