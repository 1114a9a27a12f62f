"""Importers: CAMEO actors and agents, Wikidata's answers, the registry's own lines; and how they stack."""

from __future__ import annotations

import contextvars
import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.actors import stack
from dateline.actors.entry import dump, parse
from dateline.actors.importers import merge, query, read, role_table
from dateline.actors.registry import load
from dateline.actors.words import roles
from dateline.errors import DataError, SettingsError, UsageError

DAY = datetime.date(2020, 1, 1)

ACTORS = """<!-- a dictionary made up for this test,
with a comment over two lines -->
ALBA REGINA [ALB] ; a country by itself is passed over
MARIA_EXEMPLE-RIVERA_ ; with a comment
+M._EXEMPLE
+PRESIDENT_EXEMPLE
\t[FRAOPP <20050110]
\t[FRAGOV 20050110-20100228]
\t[FRAELI >20100228]  # later
OLD_KING_
\t[AFGELI 320101-331108]
\t[AFGGOVMIL 300108-290108]
HAMID_KARZAI_
\t[AFGGOV 20011222-20140929]
BLUE_BRIGADES [IMGMOSBLU]
XYZO [NGO]
EXAMPLE_UNION [IGOEEU]
EXAMPLE_TIMES [USAMED]
NOBODY [WIZ]
DISCARDED [###]
TWO-FACED_DAY [USAGOV]
\t[USAMIL 20010231-20020101]
"""


def test_actors() -> None:
    found = read(ACTORS, "my.actors.txt", as_of=DAY)
    by_name = {e.name: e for e in found.entries}
    president = by_name["Maria Exemple-Rivera"]
    assert president.names == ("Maria Exemple-Rivera", "M. Exemple", "President Exemple")
    assert (president.id, president.kind, president.as_of) == ("cameo-fra-maria-exemple-rivera", "person", DAY)
    assert [(s.sector, s.start and str(s.start), s.end and str(s.end)) for s in president.spells] == [
        ("OPP", None, "2005-01-09"), ("GOV", "2005-01-10", "2010-02-28"), ("ELI", "2010-03-01", None),
    ]  # fmt: skip
    assert str(by_name["Old King"].spells[0].start) == "1932-01-01"  # two-digit years above 30 are of the last century
    assert len(by_name["Old King"].spells) == 1
    brigades = by_name["Blue Brigades"]
    assert (brigades.country, brigades.spells[0].sector, brigades.spells[0].other) == ("IMG", "UAF", ("REL",))
    assert by_name["XYZO"].kind == "ngo" and by_name["XYZO"].spells[0].sector == "SOC"
    assert (by_name["Example Union"].country, by_name["Example Union"].kind) == ("EUR", "igo")
    assert (by_name["Example Times"].kind, by_name["Example Times"].spells[0].sector) == ("media", "JRN")
    assert "Nobody" not in by_name and "Discarded" not in by_name and "Alba Regina" not in by_name
    told = "\n".join(found.notes)
    for line, words in ((3, "a country by itself"), (12, "end before they begin"), (19, "WIZ"), (20, "###"),
                        (22, "a date that does not exist")):  # fmt: skip
        assert any(note.startswith(f"my.actors.txt:{line}:") and words in note for note in found.notes), told


AGENTS = """<!-- made up -->
!PERSON! = MAN, MEN, WOMAN, WOMEN
CONGRESS!PERSON! [~LEG]
POLICE {} [ ~COP] # spaces within
ATTORNEY_GENERAL {ATTORNEYS_GENERAL} [~JUD]
DEPUTY [~LEG]
GOVERNMENT_NEWSPAPER [~GOVMED]
RELIEF_BODY [NGO~]
BOOKSHOP [~BKS]
CODELESS
"""


def test_agents() -> None:
    found = read(AGENTS, "my.agents.txt")
    nouns = {(n.singular, n.plural): (n.sector, n.other) for n in found.nouns}
    assert nouns["congresswoman", "-"] == ("LEG", None) and nouns["-", "congressmen"] == ("LEG", None)
    assert nouns["police", "-"] == ("COP", None)
    assert nouns["attorney general", "attorneys general"] == ("JUD", None)
    assert nouns["deputy", "deputies"] == ("LEG", None)
    assert nouns["government newspaper", "government newspapers"] == ("GOV", "JRN")
    assert nouns["relief body", "relief bodies"] == ("SOC", None)
    assert [note.split(":")[1] for note in found.notes] == ["9", "10"]


def binding(**values: str) -> dict[str, dict[str, str]]:
    usual = {"iso": "FRA", "person": "http://www.wikidata.org/entity/Q1", "personLabel": "Jeanne Exemple"}
    return {key: {"type": "literal", "value": value} for key, value in (usual | values).items()}


ANSWER = [
    binding(officeLabel="Prime Minister of France", start="2011-01-01T00:00:00Z", startPrecision="9",
            end="2012-01-01T00:00:00Z", endPrecision="9", alias="J. Exemple", gender="http://www.wikidata.org/entity/Q6581072"),
    binding(officeLabel="Prime Minister of France", start="2011-01-01T00:00:00Z", startPrecision="9",
            end="2012-01-01T00:00:00Z", endPrecision="9", alias="Exemple"),
    binding(officeLabel="judge", start="2014-03-05T00:00:00Z", startPrecision="11"),
    binding(officeLabel="Minister of Fish"),
    binding(officeLabel="mayor", person="http://www.wikidata.org/entity/Q2", personLabel="Q2", start="2014-03-05"),
]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"head": {"vars": []}, "results": {"bindings": ANSWER}}),
        json.dumps([{key: value["value"] for key, value in row.items()} for row in ANSWER]),
    ],
)
def test_wikidata(text: str) -> None:
    found = read(text, "answer.json", as_of=DAY)
    (entry,) = found.entries
    assert (entry.id, entry.names, entry.gender, entry.country) == (
        "wikidata-q1", ("Jeanne Exemple", "J. Exemple"), "f", "FRA",
    )  # fmt: skip
    first, second = entry.spells
    assert (first.sector, first.role, str(first.start), str(first.end)) == (
        "GOV", "prime Minister of France", "2011-01-01", "2012-12-31",
    )  # fmt: skip
    assert (second.sector, str(second.start), second.end) == ("JUD", "2014-03-05", None)
    assert len(found.notes) == 2 and "no days" in found.notes[0] and "no English name" in found.notes[1]


def test_wikidata_refuses_what_is_no_answer() -> None:
    for text in ("[1]", '{"results": {}}', "[{}]", "[oh"):
        with pytest.raises(DataError, match=r"answer\.json"):
            read(text, "answer.json")


def test_the_query_names_the_country() -> None:
    assert '"PAK"' in query("Pakistan") and query("pak") == query("Pakistan")
    with pytest.raises(UsageError, match="Ruritania"):
        query("Ruritania")


def test_no_known_form() -> None:
    with pytest.raises(DataError, match="--form"):
        read("some prose", "x.txt")


def test_own_form_says_where_it_is_wrong() -> None:
    with pytest.raises(DataError, match=r"mine\.jsonl:2"):
        read('\n{"id": "a", "names": []}\n', "mine.jsonl")


@given(st.text(alphabet="AB_+[]<>~!{}=-;# \t\n0123456789GOVFRA", max_size=200))
def test_no_text_breaks_a_dictionary(text: str) -> None:
    """Whatever stands in a file, an importer gives entries that the registry accepts, or notes."""
    for entry in read(text, "x", "actors", DAY).entries:
        assert parse(dump(entry), "x") == entry
    for noun in read(text, "x", "agents").nouns:
        assert noun.singular.strip() and noun.plural.strip()


def test_merge_replaces_by_id_and_sorts() -> None:
    found = read(ACTORS, "my.actors.txt", as_of=DAY).entries
    text = merge("", found, "mine.jsonl")
    again = merge(text, found[:1], "mine.jsonl")
    assert again == text and [json.loads(line)["id"] for line in text.splitlines()] == sorted(e.id for e in found)


def test_a_registry_of_ones_own_lies_on_top(tmp_path) -> None:  # type: ignore[no-untyped-def]
    mine, nouns = tmp_path / "mine.jsonl", tmp_path / "mine.tsv"
    mine.write_text(merge("", read(ACTORS, "a", as_of=DAY).entries, "a"), encoding="utf-8")
    nouns.write_text(role_table(read("FLUGELHORNIST [~CRM]", "b").nouns), encoding="utf-8")

    def inside() -> None:
        stack.use([str(mine), str(nouns)])
        day = datetime.date(2007, 1, 1)
        assert [m.sector for m in load().lookup("Maria Exemple-Rivera", day)] == ["GOV"]
        first, second = load().lookup("Hamid Karzai", day)  # both in office: one's own comes first
        assert (first.entry.id, second.entry.id) == ("cameo-afg-hamid-karzai", "afg-hamid-karzai")
        assert load().lookup("Taliban") and roles()["flugelhornists"].sector == "CRM"

    contextvars.copy_context().run(inside)
    assert not load().lookup("Maria Exemple-Rivera") and "flugelhornist" not in roles()


def test_stack_refuses_what_it_cannot_read(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name in ("gone.jsonl", "book.pdf"):
        with pytest.raises(SettingsError, match=name):
            stack.use([tmp_path / name])
