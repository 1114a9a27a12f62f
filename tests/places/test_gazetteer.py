"""The gazetteer that ships, a gazetteer of one's own over it, and how names are folded."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import places
from dateline.errors import DataError, SettingsError, UsageError
from dateline.places import artefact, countries, gazetteer, geonames, regions
from dateline.places.candidates import entry
from dateline.places.names import fold

NOTICE = Path(__file__).parents[2] / "NOTICE"


def line(id_: int, name: str, class_: str, code: str, country: str, *, a1: str = "", a2: str = "", people: int = 0,
         others: str = "", lat: str = "10.5", lon: str = "20.25") -> str:  # fmt: skip
    """A line in GeoNames' form."""
    cells = [
        str(id_),
        name,
        name,
        others,
        lat,
        lon,
        class_,
        code,
        country,
        "",
        a1,
        a2,
        "",
        "",
        str(people),
        "",
        "1",
        "Z",
        "2020-01-01",
    ]
    return "\t".join(cells)


LINES = [
    line(900000001, "Quonzibar", "P", "PPL", "UA", a1="77", a2="7701", people=4200, others="Kwonzibar,Квонзібар,QZB"),
    line(900000002, "Zzyrrow Oblast", "A", "ADM1", "UA", a1="77", people=90000),
    line(900000003, "Vloxham District", "A", "ADM2", "UA", a1="77", a2="7701"),
    line(900000004, "Lake Vloxham", "H", "LK", "UA", a1="77"),
    line(900000005, "Quonzibar", "P", "PPLX", "UA", a1="77"),
    line(900000006, "Blurnmark", "P", "PPL", "DE", people=10),
    line(900000007, "Blurnroad", "R", "RD", "UA"),
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "allCountries.txt"
    path.write_text("\n".join(LINES) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def own(table: Path, tmp_path: Path):  # type: ignore[no-untyped-def]
    """A gazetteer of one's own in force."""
    path = tmp_path / "mine.sqlite"
    artefact.write(path, geonames.rows(table, "APH"), {"sources": "test"})
    places.use(path)
    yield path
    places.use("")


def test_the_shipped_file_says_where_it_is_from() -> None:
    meta = gazetteer.shipped().meta()
    assert "GeoNames" in meta["attribution"] and "CC BY 4.0" in meta["attribution"]
    assert meta["attribution"] in NOTICE.read_text(encoding="utf-8")
    with sqlite3.connect(f"{gazetteer.PATH.as_uri()}?mode=ro&immutable=1", uri=True) as db:
        assert db.execute("SELECT count(*) FROM place").fetchone()[0] == int(meta["places"]) > 280_000
        assert {k for (k,) in db.execute("SELECT DISTINCT kind FROM place")} <= set(artefact.KINDS)
        assert db.execute(
            "SELECT count(*) FROM name n LEFT JOIN place p ON p.id = n.place WHERE p.id IS NULL"
        ).fetchone() == (0,)


@pytest.mark.parametrize(
    ("name", "kind", "country", "lat", "lon"),
    [
        ("Kabul", "city", "AF", 34.5, 69.2), ("Goma", "city", "CD", -1.7, 29.2), ("Al Anbar", "admin1", "IQ", 33, 42),
        ("St. Louis", "city", "US", 38.6, -90.2), ("Zürich", "city", "CH", 47.4, 8.5), ("Sana'a", "city", "YE", 15.4, 44.2),
        ("Black Sea", "water", "", 43, 34), ("Strait of Hormuz", "water", "", 26.5, 56.5), ("Darfur", "region", "SD", 13, 24),
        ("Abkhazia", None, "GE", 43, 41), ("Transnistria", None, "MD", 47, 29.5), ("Nagorno-Karabakh", None, "AZ", 39.8, 46.7),
    ],
)  # fmt: skip
def test_facts(name: str, kind: str | None, country: str, lat: float, lon: float) -> None:
    found = [
        c for c in entry(name).candidates  # type: ignore[union-attr]
        if c.country == country and kind in (None, c.kind) and gazetteer.km(c.lat, c.lon, lat, lon) < 400
    ]  # fmt: skip
    assert found


def test_codes_convert_both_ways() -> None:
    for code, country in countries.table().items():
        assert countries.alpha2(countries.alpha3(code)) == code == country.alpha2
    assert countries.alpha3(None) is countries.alpha3("") is countries.alpha2("XXX") is None
    assert len({r.id for r in regions.table()}) == len(regions.table())


@pytest.mark.parametrize(
    ("name", "key"),
    [("St. John’s", "saint johns"), ("U.S.", "us"), ("Zürich", "zurich"), ("Mt. Pleasant", "mount pleasant"),
     ("Al-Bāb", "al bab"), ("Київ", ""), ("", ""), ("Łódź", "lodz")],
)  # fmt: skip
def test_fold(name: str, key: str) -> None:
    assert fold(name) == key


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert fold(name).isascii()


def test_a_table_of_geonames(table: Path) -> None:
    tally = geonames.Tally()
    rows = {row.id: row for row in geonames.rows(table, "APH", (), tally)}
    assert set(rows) == {900000001, 900000002, 900000003, 900000004, 900000006} and tally.kept == 5
    town = rows[900000001]
    assert (town.kind, town.admin1, town.admin2, town.population) == ("city", 900000002, 900000003, 4200)
    assert town.keys == {"quonzibar", "kwonzibar"}  # no code of three letters, nothing in another script
    assert "zzyrrow" in rows[900000002].keys and rows[900000003].admin1 == 900000002
    assert sum(tally.passed.values()) == 2
    assert {row.id for row in geonames.rows(table, "P", ["DE"])} == {900000006}


def test_a_zip_is_read_like_its_table(table: Path, tmp_path: Path) -> None:
    packed = tmp_path / "all.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("readme.txt", "About.")
        archive.write(table, "allCountries.txt")
    assert list(geonames.rows(packed)) == list(geonames.rows(table))


@pytest.mark.parametrize(
    ("text", "error"),
    [("one\ttwo\n", "2 columns"), (line(1, "A", "P", "PPL", "UA", lat="north"), "is no number"),
     (line(1, "A", "P", "PPL", "UA", lat="95"), "no point of the earth")],
)  # fmt: skip
def test_a_line_of_another_form_is_named(tmp_path: Path, text: str, error: str) -> None:
    path = tmp_path / "t.txt"
    path.write_text(LINES[0] + "\n" + text, encoding="utf-8")
    with pytest.raises(DataError, match=rf"t\.txt:2: .*{error}"):
        list(geonames.rows(path))


def test_what_cannot_be_imported(table: Path, tmp_path: Path) -> None:
    for arguments in ((tmp_path / "gone.txt",), (table, "AX"), (table, ""), (table, "A", ["ZZ"])):
        with pytest.raises(UsageError):
            list(geonames.rows(*arguments))
    target = tmp_path / "x.sqlite"
    target.write_bytes(b"before")
    with pytest.raises(DataError, match="twice"):
        artefact.write(target, [*geonames.rows(table), *geonames.rows(table)], {})
    with pytest.raises(DataError, match="no place"):
        artefact.write(target, [], {})
    assert target.read_bytes() == b"before" and not list(tmp_path.glob("*.part"))


def test_one_s_own_lies_over_the_shipped(own: Path) -> None:
    found = gazetteer.default().lookup("quonzibar")
    assert [(c.id, c.main) for c in found] == [(900000001, True)]
    assert gazetteer.default().lookup("kwonzibar")[0].main is False
    assert gazetteer.default().by_id(found[0].admin1).name == "Zzyrrow Oblast"  # type: ignore[union-attr]
    assert (
        entry("Kabul").candidates
        == tuple(  # type: ignore[union-attr]
            gazetteer.shipped().lookup("kabul")[: len(entry("Kabul").candidates)]  # type: ignore[union-attr]
        )
    )
    assert places.resolve_spans("Shells fell on Quonzibar.", [(15, 24)])[0]["geonameid"] == 900000001
    places.use("")
    assert entry("Quonzibar") is None  # and what was cached with it is not said without it


def test_a_place_of_both_is_taken_from_one_s_own(tmp_path: Path) -> None:
    goma = gazetteer.shipped().lookup("goma")[0]
    table = tmp_path / "CD.txt"
    table.write_text(line(goma.id, "Gomaville", "P", "PPL", "CD", people=9_999_999), encoding="utf-8")
    artefact.write(tmp_path / "cd.sqlite", geonames.rows(table), {})
    try:
        places.use(tmp_path / "cd.sqlite")
        for key in ("goma", "gomaville"):
            found = [c for c in gazetteer.default().lookup(key) if c.id == goma.id]
            assert [(c.name, c.population) for c in found] == [("Gomaville", 9_999_999)]
        assert gazetteer.default().digest.startswith("sha256:")
    finally:
        places.use("")


def test_use_refuses_what_is_no_gazetteer(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="does not exist"):
        places.use(tmp_path / "gone.sqlite")
    (tmp_path / "x.sqlite").write_text("not SQLite, but long enough to be looked at" * 50)
    with pytest.raises(DataError, match="not a gazetteer"):
        places.use(tmp_path / "x.sqlite")
    assert gazetteer.default() is gazetteer.shipped()
