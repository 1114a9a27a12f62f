"""Merges and splits that analysts sign change who is one side in what is joined."""

from __future__ import annotations

from pathlib import Path

from written import Writer

import corpus
from dateline.corroborate import join
from dateline.corroborate.sides import ActorNote, Cast
from dateline.record import Record, review


def two_articles(path: Path) -> Record:
    """One act, told of Ruritania by one article and of Graustark by the other."""
    one = "Ruritania shelled the river port at dawn and sank three grain barges"
    two = "Witnesses saw rockets of Graustark strike warehouses before sunrise"
    return corpus.filled(
        path,
        [
            Writer("one", "2031-03-04").event("ASSAULT", ("Ruritania",), ("Karlovia",), one).coding(),
            Writer("two", "2031-03-05", "The Other").event("ASSAULT", ("Graustark",), ("Karlovia",), two, "2031-03-04").coding(),
        ],
    )  # fmt: skip


def actors(record: Record) -> list[set[str]]:
    return sorted((set(c.sides) for c in record.clusters()), key=sorted)


def test_a_merge_makes_two_states_one_side_and_taking_it_back_parts_them(tmp_path: Path) -> None:
    record = two_articles(tmp_path / "a.record")
    join(record)
    before = actors(record)
    assert before == [{"GRA", "KAR"}, {"KAR", "RUR"}]
    change = review.merge(record.path, "state:GRA", "state:RUR", "ann")
    join(record)
    assert actors(record) == [{"KAR", "RUR"}], "one event now"
    review.undo_identity(record.path, change, "ann")
    join(record)
    assert actors(record) == before


def test_a_split_makes_a_side_of_its_own_in_one_article_only(tmp_path: Path) -> None:
    record = two_articles(tmp_path / "a.record")
    join(record)
    review.split(record.path, "state:KAR", "sha256:two", "karlovian rebels|KAR", "ann")
    join(record)
    sides = set.union(*actors(record))
    assert {"KAR", "karlovian rebels|KAR"} <= sides
    again = {s.sides for s in record.clusters(article="sha256:one")}
    join(record, ["sha256:two"])
    assert {s.sides for s in record.clusters(article="sha256:one")} == again


def test_a_split_that_leads_on_into_a_merge_is_followed(tmp_path: Path) -> None:
    record = two_articles(tmp_path / "a.record")
    review.split(record.path, "state:GRA", "sha256:two", "the other realm", "ann")
    review.merge(record.path, "the other realm", "state:RUR", "ann")
    join(record)
    assert actors(record) == [{"KAR", "RUR"}]


def test_a_rebel_leader_stands_for_the_group_that_the_article_names_only_in_his_title() -> None:
    leader = ActorNote("a1", "Rodrigo Londono", "person", "col-rodrigo-londono", "COL", "REB", None)
    speaker = ActorNote("a3", "Rodrigo Londono", "person", "col-rodrigo-londono", "COL", "JRN", None)
    voter = ActorNote("a2", "Ada Voter", "person", "ada voter|COL", "COL", "CVL", None)
    cast = Cast({note.id: note for note in (leader, voter, speaker)})
    side = cast.side("a1")
    assert (side.id, side.person, side.state) == (
        "col-revolutionary-armed-forces-of-colombia",
        "Rodrigo Londono",
        False,
    )
    assert cast.side("a2").id == "ada voter|COL"
    assert cast.side("a3").id == "col-rodrigo-londono", "of a sector that is not the group's he is himself"


def test_officials_whose_state_is_not_named_stand_for_it_by_its_name() -> None:
    cast = Cast(
        {
            "a1": ActorNote(
                "a1", "Government negotiators", "population", "government negotiators|COL", "COL", "GOV", None
            )
        }
    )
    assert (cast.side("a1").id, cast.side("a1").name) == ("COL", "Colombia")
