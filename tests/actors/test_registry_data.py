"""The shipped registry: how much it holds, that its days are in order, and that no two people hold one office at once."""

from __future__ import annotations

import csv
import datetime
import itertools
import time
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path

import pytest

from dateline import language, settings
from dateline.actors import find
from dateline.actors.entry import Entry, dump, parse
from dateline.actors.registry import build, load
from dateline.model import Article

REGISTRY = load()
ENTRIES = tuple(REGISTRY.entries.values())
PEOPLE = tuple(e for e in ENTRIES if e.kind == "person")
GOLD = Path(__file__).with_name("gold_registry.tsv")

SOLE = frozenset({"president", "prime minister", "chancellor", "king", "emir", "foreign minister", "defence minister",
                  "interior minister", "supreme leader", "central bank governor", "secretary of state"})  # fmt: skip
"""Offices that one person at a time holds in a country."""

CONTESTED = {("CIV", "president"), ("MDG", "president"), ("LBY", "prime minister")}
"""Offices that two people did hold at once: after the elections of 2010 and 2001, and in the Libyan war."""

MONTH, YEAR = datetime.timedelta(31), datetime.timedelta(370)
"""How far spells of one office may overlap where their ends are known to the month or the year only."""


def held_by(people: tuple[Entry, ...], word: str) -> set[str]:
    return {e.country for e in people for s in e.spells if s.role and word in s.role and s.country in (None, e.country)}


def test_how_much_there_is() -> None:
    kinds = Counter(e.kind for e in ENTRIES)
    assert kinds["country"] >= 245 and kinds["igo"] >= 150 and kinds["armed group"] >= 250
    assert kinds["media"] >= 100 and kinds["company"] >= 80 and kinds["ngo"] >= 40
    assert sum(any(s.sector == "PTY" for s in e.spells) for e in ENTRIES if e.kind == "organisation") >= 150
    for sector, least in (("LEG", 25), ("JUD", 15), ("MIL", 40), ("COP", 25), ("SPY", 30)):
        bodies = [e for e in ENTRIES if e.kind == "government" and e.spells and e.spells[0].sector == sector]
        assert len(bodies) >= least, sector


def test_regions_are_told_from_states_by_their_ids() -> None:
    lines = resources.files("dateline").joinpath("actors/data/regions.jsonl").read_text(encoding="utf-8").splitlines()
    listed = {parse(line, "regions.jsonl").id for line in lines if line.strip()}
    assert len(listed) > 250 and listed == {e.id for e in ENTRIES if e.region}


def test_leaders_of_most_states() -> None:
    assert len(PEOPLE) >= 3000
    heads = held_by(PEOPLE, "president") | held_by(PEOPLE, "prime minister") | held_by(PEOPLE, "king")
    assert len(heads) >= 170
    assert len(held_by(PEOPLE, "foreign minister") | {"USA", "GBR"}) >= 120
    assert len(held_by(PEOPLE, "defence minister")) >= 50
    assert len(held_by(PEOPLE, "interior minister")) >= 40


def test_people_have_spells_in_order_with_roles() -> None:
    for entry in PEOPLE:
        assert entry.spells, entry.id
        starts = [s.start or datetime.date.min for s in entry.spells]
        assert starts == sorted(starts), entry.id
        assert all(s.role for s in entry.spells), entry.id
        assert all(s.end is None or s.start is None or s.start <= s.end for s in entry.spells), entry.id
        assert entry.names[0] == entry.names[0].strip() and entry.id.startswith(entry.country.lower() + "-")


def test_no_spell_of_an_office_begins_after_it_is_vouched_for() -> None:
    late = [e.id for e in ENTRIES for s in e.spells if s.start and s.start > e.as_of + datetime.timedelta(90)]
    assert not late


def whole_year(first: datetime.date | None, last: datetime.date | None) -> bool:
    return (first is not None and (first.month, first.day) == (1, 1)) or (
        last is not None and (last.month, last.day) == (12, 31)
    )


def overlaps(people: tuple[Entry, ...]) -> list[str]:
    held = defaultdict(list)
    for entry in people:
        for spell in entry.spells:
            if spell.role in SOLE and spell.sector == "GOV":
                held[spell.country or entry.country, spell.role].append((spell, entry.id))
    found = []
    for office, spells in held.items():
        spells.sort(key=lambda s: s[0].start or datetime.date.min)
        for (first, one), (second, other) in itertools.pairwise(spells):
            end, start = first.end or datetime.date(2100, 1, 1), second.start or datetime.date.min
            slack = YEAR if whole_year(second.start, first.end) else MONTH
            if one != other and office not in CONTESTED and end - start > slack:
                found.append(f"{office}: {one} until {end}, {other} from {start}")
    return found


def test_one_holder_of_an_office_at_a_time() -> None:
    assert not overlaps(PEOPLE)


def test_the_test_of_overlaps_can_fail() -> None:
    line = (
        '{{"id": "tur-{0}", "names": ["{0} X"], "kind": "person", "country": "TUR", "basis": "made up", "as_of": "2020"'
    )
    spell = ', "spells": [{{"sector": "GOV", "from": "{1}", "to": "{2}", "role": "foreign minister"}}]}}'
    rows = [(line + spell).format(*of) for of in (("a", "2001-03", "2004-03"), ("b", "2003-05", "2006-03"))]
    assert overlaps(tuple(parse(row, "here:1") for row in rows))


def test_a_name_whose_office_has_lapsed_is_of_the_elite() -> None:
    day = datetime.date.fromisoformat
    for name, when, country, sector in (
        ("Angela Merkel", "2010-05-01", "DEU", "GOV"),
        ("Angela Merkel", "2023-05-01", "DEU", "ELI"),
        ("Jens Stoltenberg", "2012-05-01", "NOR", "GOV"),
        ("Jens Stoltenberg", "2020-05-01", "IGO", "GOV"),
        ("Hibatullah Akhundzada", "2018-05-01", "AFG", "REB"),
        ("Hibatullah Akhundzada", "2022-05-01", "AFG", "GOV"),
        ("Joseph Kony", "2030-05-01", "UGA", "REB"),
    ):
        match = REGISTRY.lookup(name, day(when))[0]
        assert (match.country, match.sector) == (country, sector), (name, when, match.reason)


BODIES = (
    ("Department of Commerce", "2018-03-01", "USA", "GOV"),
    ("Commerce Department", "2018-03-01", "USA", "GOV"),
    ("Department of State", "2018-03-01", "USA", "GOV"),
    ("Department of the Treasury", "2018-03-01", "USA", "GOV"),
    ("Senate Judiciary Committee", "2018-03-01", "USA", "LEG"),
    ("9th U.S. Circuit Court of Appeals", "2018-03-01", "USA", "JUD"),
    ("SOUTHCOM", "2018-03-01", "USA", "MIL"),
    ("Foreign and Commonwealth Office", "2018-03-01", "GBR", "GOV"),
    ("Scottish Parliament", "2018-03-01", "GBR", "LEG"),
    ("Department of Labor and Employment", "2018-03-01", "PHL", "GOV"),
    ("Enforcement Directorate", "2018-03-01", "IND", "COP"),
    ("Majlis", "2018-03-01", "IRN", "LEG"),
    ("Supreme Tribunal of Justice", "2018-03-01", "VEN", "JUD"),
    ("UNPROFOR", "1994-03-01", "UNO", "MIL"),
    ("Pan-African Parliament", "2018-03-01", "IGO", "LEG"),
    ("Trades Union Congress", "2018-03-01", "GBR", "LAB"),
    ("Meduza", "2018-03-01", "RUS", "JRN"),
)


@pytest.mark.parametrize(("name", "on", "country", "sector"), BODIES)
def test_bodies_that_news_names_without_their_country(name: str, on: str, country: str, sector: str) -> None:
    match = REGISTRY.lookup(name, datetime.date.fromisoformat(on))[0]
    assert (match.country, match.sector, match.active) == (country, sector, True), match.reason


def test_a_party_has_the_government_beside_it_only_while_it_governed() -> None:
    for name, on, other in (
        ("National Democratic Alliance", "2003-01-01", ("GOV",)),
        ("National Democratic Alliance", "2010-01-01", ("OPP",)),
        ("National Democratic Alliance", "2020-01-01", ("GOV",)),
        ("Baath Party", "2012-01-01", ("GOV",)),
        ("Baath Party", "2025-01-10", ()),
    ):
        assert REGISTRY.lookup(name, datetime.date.fromisoformat(on))[0].other == other, (name, on)


def test_names_that_many_states_share_have_no_entry() -> None:
    """They are resolved from the text. "Supreme Court" and its like in the registry would send all of them to one state."""
    shared = ("Ministry of Defence", "Supreme Court", "Central Bank", "Senate", "National Assembly", "National Guard",
              "Election Commission", "Department of Health", "Department of Foreign Affairs", "Presidential Guard")  # fmt: skip
    assert not [name for name in shared if name in REGISTRY]


def test_dump_and_parse_are_each_others_inverse() -> None:
    for entry in ENTRIES:
        assert parse(dump(entry), "here:1") == entry


def test_loading_is_quick() -> None:
    folder = resources.files("dateline.actors") / "data"
    files = [file for file in folder.iterdir() if file.name.endswith(".jsonl")]
    texts = [(file.name, file.read_text(encoding="utf-8")) for file in files]
    best = 9.0
    for _ in range(3):
        start = time.process_time()
        build([], texts)
        best = min(best, time.process_time() - start)
    assert best < 0.6, f"{best:.2f} CPU seconds"  # 0.17 measured on one core; twice the promised 0.3 for slow machines


def rows(half: str) -> list[dict[str, str]]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["half"] == half]


@pytest.mark.parametrize("row", rows("dev"), ids=lambda row: f"{row['name']} @ {row['date']}")
def test_tuning_half_of_the_gold(row: dict[str, str]) -> None:
    """Names that the registry holds are right on their day. Templates ("Kenyan police") are the resolver's business."""
    matches = REGISTRY.lookup(row["name"], datetime.date.fromisoformat(row["date"]))
    if not matches:
        assert row["note"].startswith(("template", "breakaway")), "a name that the registry should hold"
        return
    assert matches[0].country == row["country"], matches[0].reason
    assert not row["sector"] or matches[0].sector in row["sector"].split("|"), matches[0].reason


def test_tuning_half_as_subject_of_a_sentence() -> None:
    """The resolver, templates included: 150 of 150 when this was written; three may go to a change elsewhere."""
    parse_text = language.load(settings.load()["language.pipeline"]).parse
    wrong = []
    for row in rows("dev"):
        name = row["name"]
        text = f"{name[0].upper()}{name[1:]} said on Monday that the talks would go on."
        actors = find(parse_text(Article("x", "x", text, published=datetime.date.fromisoformat(row["date"]))))
        actor = actors.at(0, len(name))
        if (
            actor is None
            or actor.country != row["country"]
            or (row["sector"] and actor.sector not in row["sector"].split("|"))
        ):
            wrong.append(name)
    assert len(wrong) <= 3, wrong
