"""The formats of other event data, field by field, on small codings made from the model types."""

from __future__ import annotations

import csv
import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.errors import DataError, UsageError
from dateline.events import codebook
from dateline.model import MODES, Actor, Article, Coder, Coding, Event, Magnitude, Place, Span
from dateline.model.event import EVENT_TYPES, QUADS
from dateline.record import open_record
from dateline.record.export import export
from dateline.record.formats import FORMATS, cells, tables
from dateline.record.formats.coded import Party

DAY = datetime.date(2025, 11, 6)
TEXT = (
    "KABUL — Pakistani jets struck a village in Khost on Thursday. Nine people were killed, officials said. "
    "Pakistan and Afghanistan met in Istanbul. Demonstrators rallied in Denver. A rebel group attacked the army."
)


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words), words)


def actor(id_: str, name: str, words: str, country: str | None, sector: str | None, **more: object) -> Actor:
    return Actor(id_, name, more.pop("kind", "government"), country, sector, mentions=(at(words),), **more)  # type: ignore[arg-type]


ACTORS = (
    actor("a1", "Pakistan Air Force", "Pakistani jets", "PAK", "MIL", kind="organisation", other_sectors=("GOV",), affiliation="a3"),
    actor("a2", "villagers", "village", "AFG", "CVL", kind="population"),
    actor("a3", "Pakistan", "Pakistan and", "PAK", "GOV"),
    actor("a4", "Afghanistan", "Afghanistan", "AFG", "GOV", role="host"),
    actor("a5", "demonstrators", "Demonstrators", "USA", "CVL", kind="population"),
    actor("a6", "rebel group", "A rebel group", None, "REB", kind="armed group"),
    actor("a7", "UN", "Nine", "UNO", "GOV", kind="igo"),
)  # fmt: skip
PLACES = (
    Place("p1", "Khost", "AFG", "Khost Province", 33.34, 69.92, 1444362, 0.9, (at("Khost"),), "city"),
    Place("p2", "Istanbul", "TUR", "Istanbul", 41.01, 28.95, 745044, 0.9, (at("Istanbul"),), "city"),
    Place("p3", "Denver", "USA", "Colorado", 39.74, -104.98, 5419384, 0.9, (at("Denver"),), "city"),
    Place("p4", "Afghanistan", "AFG", None, 33.0, 65.0, 1149361, 0.9, (at("Afghanistan"),), "country"),
)
EVENTS = (
    Event("e1", "ASSAULT", "aerial", ("a1",), ("a2",), at("Pakistani jets struck a village in Khost on Thursday"), DAY, DAY, "p1",
          contexts=("military", "human_security"), quad="material conflict", score=-9.0, magnitude=Magnitude(killed=9)),
    Event("e2", "CONSULT", "third-party", ("a3", "a4", "a7"), (), at("Pakistan and Afghanistan met in Istanbul"), DAY,
          DAY + datetime.timedelta(days=1), "p2", contexts=("diplomatic",), quad="verbal cooperation", score=3.4),
    Event("e3", "PROTEST", "demo", ("a5",), (), at("Demonstrators rallied in Denver"), None, None, "p3", quad="material conflict",
          score=-6.5, magnitude=Magnitude(participants=300)),
    Event("e4", "ASSAULT", None, ("a6",), ("a4",), at("A rebel group attacked the army"), DAY, DAY, "p4", status="hypothetical"),
    Event("e5", "ACCUSE", "allege", ("a3",), ("a4", "a6"), at("officials said"), DAY, DAY),
)  # fmt: skip
CODING = Coding(
    Coder("0.1.0"),
    Article("sha256:" + "12" * 32, "pages/a.html", TEXT, "k1", "https://example.org/a", "Strike", (), "The Example",
            datetime.date(2025, 11, 7), "meta", "en", ("Kabul",), 8),
    ACTORS, PLACES, events=EVENTS,
)  # fmt: skip


def rows(tmp_path: Path, form: str, coding: Coding = CODING, **how: object) -> list[dict[str, str]]:
    with open_record(tmp_path / f"{form}.record", create=True) as record:
        record.write(coding, record.start_run())
        export(record, form, tmp_path / f"out.{form}", **how)  # type: ignore[arg-type]
    shape = FORMATS[form]
    with (tmp_path / f"out.{form}").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file, delimiter=shape.delimiter))
    if shape.header:
        assert tuple(lines.pop(0)) == shape.columns
    assert all(len(line) == len(shape.columns) for line in lines)
    return [dict(zip(shape.columns, line, strict=True)) for line in lines]


def check(row: dict[str, str], wanted: dict[str, object]) -> None:
    """Every column is as wanted; those not named are empty."""
    assert {k: v for k, v in row.items() if v != str(wanted.get(k, ""))} == {}, wanted


def test_gdelt2(tmp_path: Path) -> None:
    found = rows(tmp_path, "gdelt2")
    assert len(FORMATS["gdelt2"].columns) == 61
    assert len(found) == 1 + 3 + 1 + 2  # the accusation is of two recipients, the talks of three pairs
    strike = found[0]
    assert strike["GLOBALEVENTID"].isdigit() and int(strike["GLOBALEVENTID"]) < 2**63
    assert len({row["GLOBALEVENTID"] for row in found}) == len(found)
    nowhere = {f"{who}Geo_Type": 0 for who in ("Actor1", "Actor2")}
    added = strike["DATEADDED"]
    assert len(added) == 14 and added.startswith("2")
    check(strike, {
        "GLOBALEVENTID": strike["GLOBALEVENTID"], "SQLDATE": 20251106, "MonthYear": 202511, "Year": 2025,
        "FractionDate": 2025.8493, "Actor1Code": "PAKMILGOV", "Actor1Name": "PAKISTAN AIR FORCE", "Actor1CountryCode": "PAK",
        "Actor1Type1Code": "MIL", "Actor1Type2Code": "GOV", "Actor2Code": "AFGCVL", "Actor2Name": "VILLAGERS",
        "Actor2CountryCode": "AFG", "Actor2Type1Code": "CVL", "IsRootEvent": 1, "EventCode": "195", "EventBaseCode": "195",
        "EventRootCode": "19", "QuadClass": 4, "GoldsteinScale": -9.0, "NumMentions": 1, "NumSources": 1, "NumArticles": 1,
        **nowhere, "ActionGeo_Type": 4, "ActionGeo_Fullname": "Khost, Khost Province, Afghanistan",
        "ActionGeo_CountryCode": "AF", "ActionGeo_ADM1Code": "AF", "ActionGeo_Lat": 33.34, "ActionGeo_Long": 69.92,
        "ActionGeo_FeatureID": 1444362, "DATEADDED": added, "SOURCEURL": "https://example.org/a",
    })  # fmt: skip
    talks = found[1:4]
    assert [(t["Actor1Code"], t["Actor2Code"]) for t in talks] == [
        ("PAKGOV", "AFGGOV"), ("PAKGOV", "IGOUNO"), ("AFGGOV", "IGOUNO"),
    ]  # fmt: skip
    assert (talks[1]["Actor2KnownGroupCode"], talks[1]["Actor2Type1Code"], talks[1]["Actor2CountryCode"]) == (
        "UNO",
        "IGO",
        "",
    )
    assert (talks[0]["EventCode"], talks[0]["QuadClass"], found[4]["IsRootEvent"]) == ("045", "1", "0")
    rally = found[4]
    assert (rally["SQLDATE"], rally["ActionGeo_Type"], rally["ActionGeo_CountryCode"]) == ("20251107", "3", "US")
    assert (rally["Actor2Code"], rally["ActionGeo_Fullname"]) == ("", "Denver, Colorado, United States")
    assert (found[5]["ActionGeo_Type"], found[5]["ActionGeo_Lat"]) == ("0", "")


def test_icews(tmp_path: Path) -> None:
    strike, *_, accused = rows(tmp_path, "icews")
    check(strike, {
        "Event ID": strike["Event ID"], "Event Date": "2025-11-06", "Source Name": "Pakistan Air Force",
        "Source Sectors": "Military,Government", "Source Country": "Pakistan", "Event Text": "Employ aerial weapons",
        "CAMEO Code": "195", "Intensity": -9.0, "Target Name": "villagers",
        "Target Sectors": "General Population / Civilian / Social", "Target Country": "Afghanistan",
        "Story ID": cells.number(CODING.article.id), "Sentence Number": 1, "Publisher": "The Example", "City": "Khost",
        "Province": "Khost Province", "Country": "Afghanistan", "Latitude": 33.34, "Longitude": 69.92,
    })  # fmt: skip
    assert (accused["Target Name"], accused["Target Country"], accused["Sentence Number"]) == ("rebel group", "", "2")


def test_polecat(tmp_path: Path) -> None:
    found = rows(tmp_path, "polecat")
    assert len(FORMATS["polecat"].columns) == 40 and len(found) == 4  # one row an event, the hypothetical one left out
    check(found[0], {
        "Event ID": found[0]["Event ID"], "Event Date": "2025-11-06", "Event Type": "ASSAULT", "Event Mode": "aerial",
        "Intensity": -9.0, "Quad Code": "MATERIAL CONFLICT", "Contexts": "military; human_security",
        "Actor Name": "Pakistan Air Force", "Actor Country": "PAK", "Primary Actor Sector": "MIL", "Actor Sectors": "MIL, GOV",
        "Actor Name Raw": "Pakistani jets", "Recipient Name": "villagers", "Recipient Country": "AFG",
        "Primary Recipient Sector": "CVL", "Recipient Sectors": "CVL", "Recipient Name Raw": "village", "Placename": "Khost",
        "City": "Khost", "Province": "Khost Province", "Country": "AFG", "Latitude": 33.34, "Longitude": 69.92,
        "GeoNames ID": 1444362, "Raw Placename": "Khost", "Feature Type": "city", "Source": "The Example",
        "Publication Date": "2025-11-07", "Language": "en", "Version": "Dateline 0.1.0",
    })  # fmt: skip
    talks = found[1]
    assert talks["Actor Name"] == "Pakistan; Afghanistan; UN" and talks["Actor Title"] == "; host;"
    assert talks["Recipient Name"] == "" and talks["Event Mode"] == "third-party"


def test_phoenix(tmp_path: Path) -> None:
    strike, first, second, *_ = rows(tmp_path, "phoenix")
    check(strike, {
        "EventID": strike["EventID"], "Date": "20251106", "Year": 2025, "Month": 11, "Day": 6, "SourceActorFull": "PAKMILGOV",
        "SourceActorEntity": "PAK", "SourceActorRole": "MIL", "SourceActorAttribute": "GOV", "TargetActorFull": "AFGCVL",
        "TargetActorEntity": "AFG", "TargetActorRole": "CVL", "EventCode": "195", "EventRootCode": "19", "PentaClass": 4,
        "GoldsteinScore": -9.0, "Issues": "MILITARY,1;HUMAN_SECURITY,1", "Lat": 33.34, "Lon": 69.92, "LocationName": "Khost",
        "StateName": "Khost Province", "CountryCode": "AFG", "SentenceID": f"{CODING.article.id}_1",
        "URLs": "https://example.org/a", "NewsSources": "The Example",
    })  # fmt: skip
    assert (second["TargetActorFull"], second["TargetActorEntity"], second["TargetActorRole"]) == (
        "IGOUNO",
        "IGOUNO",
        "",
    )
    assert second["EventID"] == first["EventID"] + ".1"


def test_acled(tmp_path: Path) -> None:
    strike, rally = rows(tmp_path, "acled")
    check(strike, {
        "event_id_cnty": strike["event_id_cnty"], "event_date": "2025-11-06", "year": 2025, "time_precision": 1,
        "disorder_type": "Political violence", "event_type": "Explosions/Remote violence", "sub_event_type": "Air/drone strike",
        "actor1": "Pakistan Air Force", "assoc_actor_1": "Pakistan", "inter1": "External/Other forces", "actor2": "villagers",
        "inter2": "Civilians", "interaction": "External/Other forces-Civilians", "civilian_targeting": "Civilian targeting",
        "iso": "004", "country": "Afghanistan", "admin1": "Khost Province", "location": "Khost", "latitude": 33.34,
        "longitude": 69.92, "geo_precision": 1, "source": "The Example",
        "notes": "Pakistani jets struck a village in Khost on Thursday", "fatalities": 9, "timestamp": strike["timestamp"],
    })  # fmt: skip
    assert strike["event_id_cnty"].startswith("AFG")
    assert [rally[k] for k in ("sub_event_type", "inter1", "actor2", "tags", "fatalities", "time_precision")] == [
        "Peaceful protest", "Protesters", "", "crowd size=300", "0", "2",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (replace(EVENTS[3], status="actual"), "Armed clash"),
        (replace(EVENTS[3], status="actual", actors=("a5",), recipients=("a2",)), "Mob violence"),
        (replace(EVENTS[3], status="actual", recipients=("a2",)), "Attack"),
        (replace(EVENTS[3], status="actual", actors=("a6", "a4"), recipients=()), "Armed clash"),
        (replace(EVENTS[3], status="actual", mode="crowd-control", actors=("a4",), recipients=("a5",)), "Protest with intervention"),
        (replace(EVENTS[0], type="COERCE", mode="arrest"), "Arrests"),
        (replace(EVENTS[0], type="PROTEST", mode="strike"), None),
        (replace(EVENTS[1], type="AGREE", mode=None, contexts=("territory",)), "Agreement"),
        (replace(EVENTS[1], type="AGREE", mode=None), None),
    ],
)  # fmt: skip
def test_acled_kinds(tmp_path: Path, event: Event, kind: str | None) -> None:
    found = rows(tmp_path, "acled", replace(CODING, events=(event,)))
    assert [row["sub_event_type"] for row in found] == ([kind] if kind else [])


def test_every_type_and_mode_has_its_codes(tmp_path: Path) -> None:
    every = [(t, m) for t in EVENT_TYPES for m in (None, *MODES.get(t, ()))]
    events = tuple(
        replace(EVENTS[0], id=f"e{i}", type=t, mode=m, quad=None, score=None, start=DAY + datetime.timedelta(days=i))
        for i, (t, m) in enumerate(every)
    )
    found = rows(tmp_path, "gdelt2", replace(CODING, events=events))
    quad = {"verbal cooperation": "1", "material cooperation": "2", "verbal conflict": "3", "material conflict": "4"}
    assert [row["QuadClass"] for row in found] == [quad[QUADS[t]] for t, _ in every]
    assert all(row["EventCode"].startswith(row["EventBaseCode"]) and row["GoldsteinScale"] for row in found)
    icews = rows(tmp_path, "icews", replace(CODING, events=events))
    assert all(row["Event Text"] for row in icews)


@pytest.mark.parametrize(
    ("country", "sectors", "code"),
    [
        ("AFG", ("GOV",), "AFGGOV"), ("PAK", ("MIL",), "PAKMIL"), ("UNO", (), "IGOUNO"), ("UNO", ("MIL",), "IGOUNOMIL"),
        ("EUR", ("GOV",), "IGOEUREEC"), ("ROU", ("JRN",), "ROMMED"), (None, ("REB",), "REB"), ("NGO", ("MED",), "NGOHLH"),
        ("DEU", ("UNK",), "DEU"), ("USA", ("GOV", "MIL", "LEG", "OPP"), "USAGOVMILLEG"), ("RUR", (), "RUR"),
    ],
)  # fmt: skip
def test_actor_codes(country: str | None, sectors: tuple[str, ...], code: str) -> None:
    party = Party("a", "x", "government", country, sectors[0] if sectors else None, sectors[1:], None, None, None, None)
    assert cells.cameo_actor(party).whole == code


def test_claims_and_statuses_are_said(tmp_path: Path) -> None:
    with open_record(tmp_path / "a.record", create=True) as record:
        undated = replace(CODING, article=replace(CODING.article, id="sha256:u", published=None), events=EVENTS[2:3])
        for coding in (CODING, undated):
            record.write(coding, record.start_run())
        done = export(record, "acled", tmp_path / "a.csv")
        assert (dict(done), done.left.status, done.left.undated, done.left.unmapped) == ({"a.csv": 2}, 1, 1, 2)
        assert export(record, "acled", tmp_path / "b.csv", statuses=("actual", "hypothetical"))["b.csv"] == 3


def test_as_analysts_left_them(tmp_path: Path) -> None:
    from dateline.record import review

    path = tmp_path / "a.record"
    with open_record(path, create=True) as record:
        record.write(CODING, record.start_run())
        ids = {e.local: e for e in record.events()}
        sides = {a.name: a.id for a in record.actors()}
        review.judge(path, "event", ids["e1"].id, "Ada", "rejected")
        changed = {"type": "SANCTION", "mode": None, "recipient_ids": [sides["UN"]], "start_date": "2025-11-02"}
        review.judge(path, "event", ids["e3"].id, "Ada", "corrected", changed)
        review.judge(path, "event", ids["e2"].id, "Ada", "rejected")
        review.judge(path, "event", ids["e2"].id, "Ben", "accepted")
        plain = export(record, "polecat", tmp_path / "p")
        done = export(record, "polecat", tmp_path / "r", reviewed=True)
        assert (plain["p"], done["r"], done.left.rejected) == (4, 3, 1)
        with (tmp_path / "r").open(newline="") as file:
            rows = {row["Event Type"]: row for row in csv.DictReader(file, delimiter="\t")}
        sanction = rows["SANCTION"]
        assert (sanction["Recipient Name"], sanction["Event Date"], sanction["Intensity"]) == (
            "UN",
            "2025-11-02",
            str(codebook.load().score("SANCTION", None)),
        )
        assert (
            sanction["Quad Code"] == "MATERIAL CONFLICT"
            and rows["CONSULT"]["Actor Name"] == "Pakistan; Afghanistan; UN"
        )
        with pytest.raises(UsageError, match="goes with gdelt2"):
            export(record, "csv", tmp_path / "c", reviewed=True)


def test_cells_are_safe(tmp_path: Path) -> None:
    """Names that a spreadsheet would run or that would break the line."""
    hostile = replace(ACTORS[2], name="=HYPERLINK(\tA1)\nnext")
    for form in FORMATS:
        found = rows(tmp_path, form, replace(CODING, actors=(*ACTORS[:2], hostile, *ACTORS[3:])))
        text = [value for row in found for value in row.values() if "HYPERLINK" in value]
        assert all(value.startswith("'=") for value in text) and (text or form in ("phoenix", "acled"))


def test_sentences_are_counted_after_the_dateline() -> None:
    from dateline.record.formats.coded import _SENTENCE_END

    before = TEXT[: TEXT.index("Demonstrators") + 1]
    assert 1 + len(_SENTENCE_END.findall(before, 8)) == 4


def test_tables_are_checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "acled.tsv").write_text(
        "type\tmode\twhen\tevent_type\tsub_event_type\tdisorder_type\nASSAULT\tx\t*\ta\tb\tc\n"
    )
    monkeypatch.setattr(tables.resources, "files", lambda _: tmp_path)
    tables.acled.cache_clear()
    with pytest.raises(DataError, match=r"acled\.tsv:2"):
        tables.acled()
    (tmp_path / "bodies.tsv").write_text("code\tcameo\n")
    tables.bodies.cache_clear()
    with pytest.raises(DataError, match="header"):
        tables.bodies()
    monkeypatch.undo()
    tables.acled.cache_clear()
    tables.bodies.cache_clear()
    assert tables.acled() and tables.bodies()
