"""Audit sheets: drawn by chance and seed alone, filled, scored with intervals."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from joins import told
from samples import full

from dateline.errors import UsageError
from dateline.record import Record, open_record, sample


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    with open_record(tmp_path_factory.mktemp("r") / "a.record", create=True) as record:
        run = record.start_run()
        record.write(full(), run)
        for n in range(1, 25):
            kind = "ACCUSE" if n <= 18 else "AID" if n <= 22 else "ASSAULT"
            record.write(
                told(n, kind, ("Ruritania",), ("Graustark",), "2024-03-03", "=Wire" if n == 1 else "Wire"), run
            )
    return record


def test_a_seed_draws_the_same(record: Record) -> None:
    one, again, other = (sample.draw(record.path, 10, seed=seed) for seed in (1, 1, 2))
    assert one == again and [r["id"] for r in one.rows] != [r["id"] for r in other.rows]
    assert len({r["id"] for r in one.rows}) == 10 and one.population == 26
    assert {r["weight"] for r in one.rows} == {2.6}
    assert len(sample.draw(record.path, 100).rows) == 26


def test_strata(record: Record) -> None:
    drawn = sample.draw(record.path, 10, by="type")
    counts = Counter(r["type"] for r in drawn.rows)
    assert set(counts) == {"ACCUSE", "AID", "ASSAULT", "CONSULT"} and counts["ACCUSE"] > counts["AID"]
    weights = {r["type"]: r["weight"] for r in drawn.rows}
    assert weights["CONSULT"] == 1.0 and weights["ACCUSE"] == round(18 / counts["ACCUSE"], 4)
    for by in sample.STRATA["events"]:
        assert len(sample.draw(record.path, 5, by=by).rows) == 5


@settings(deadline=None)  # a loaded machine is no fault
@given(st.dictionaries(st.text("abc", min_size=1, max_size=3), st.integers(1, 60), min_size=1), st.integers(1, 200))
def test_allocation(sizes: dict[str, int], n: int) -> None:
    counts = sample.allocate(sizes, n)
    assert sum(counts.values()) == min(n, sum(sizes.values()))
    assert all(0 < count <= sizes[name] for name, count in counts.items())
    assert len(counts) == min(n, len(sizes))


def test_csv_sheet_filled_and_scored(record: Record, tmp_path: Path) -> None:
    target = tmp_path / "sheet.csv"
    sample.write(sample.draw(record.path, 8, seed=3), target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == sample.columns("events")
    assert all(not row[f"{f}_ok"] for row in rows for f in sample.FIELDS["events"])
    assert all(row["evidence"] in row["words around"] for row in rows)
    for i, row in enumerate(rows):
        row["event_ok"] = "no" if i == 0 else "yes"
        row["type_ok"] = "1" if i < 6 else "0"
        row["place_ok"] = "" if i < 4 else "y"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    scores = {s.field: s for s in sample.score(target)}
    assert (scores["event"].judged, scores["event"].right) == (8, 7)
    assert (scores["type"].judged, scores["type"].right) == (7, 5)  # of the one that is no event nothing else counts
    assert (scores["place"].judged, scores["place"].accuracy) == (4, 1.0)
    assert scores["mode"].accuracy is None
    low, high = scores["event"].low, scores["event"].high
    assert low == pytest.approx(0.5291, abs=1e-3) and high == pytest.approx(0.9776, abs=1e-3)
    assert sample.as_rows(scores.values())[0] == ("event", 8, 7, "0.875", "0.529–0.978")


def test_cells_are_guarded(record: Record, tmp_path: Path) -> None:
    sample.write(sample.draw(record.path, 100), tmp_path / "s.csv")
    assert ",'=Wire," in (tmp_path / "s.csv").read_text(encoding="utf-8-sig")


def test_weights_count() -> None:
    common, rare = (True, 9.0), (False, 1.0)
    found = sample._score("type", [common] * 5 + [rare] * 5)
    assert found.accuracy == pytest.approx(0.9) and (found.judged, found.right) == (10, 5)
    even = sample._score("type", [(True, 1.0)] * 9 + [(False, 1.0)])
    assert found.high - found.low > even.high - even.low  # type: ignore[operator]


@settings(deadline=None)  # a loaded machine is no fault
@given(st.integers(1, 500), st.data())
def test_wilson(n: int, data: st.DataObject) -> None:
    right = data.draw(st.integers(0, n))
    low, high = sample.wilson(right / n, n)
    assert 0 <= low <= right / n + 1e-9 and right / n - 1e-9 <= high <= 1 and low < high
    wider = sample.wilson(right / n, n / 2)
    assert wider[1] - wider[0] > high - low


@pytest.mark.parametrize(
    ("cell", "column", "why"),
    [("maybe", "type_ok", "line 2, type_ok: 'maybe'"), ("-1", "weight", "line 2, weight"), ("x y", "event_ok", "neither 1 nor 0")],
)  # fmt: skip
def test_bad_cells_are_told(record: Record, tmp_path: Path, cell: str, column: str, why: str) -> None:
    target = tmp_path / "s.csv"
    names = sample.columns("events")
    target.write_text(",".join(names) + "\n" + ",".join(cell if n == column else "" for n in names) + "\n")
    with pytest.raises(UsageError, match=re.escape(why)):
        sample.score(target)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_sheet_as_the_spreadsheets_of_other_countries_save_it(record: Record, tmp_path: Path, mark: str) -> None:
    names = sample.columns("events")
    cells = {"event_ok": "1", "evidence": "shelled, and; burnt"}
    with (tmp_path / "s.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=mark).writerows([names, [cells.get(n, "") for n in names]])
    assert {s.field: (s.judged, s.right) for s in sample.score(tmp_path / "s.csv")}["event"] == (1, 1)


def test_what_is_no_sheet_is_told_in_words(record: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gone\.csv: cannot be read \(No such file"):
        sample.score(tmp_path / "gone.csv")
    with pytest.raises(UsageError, match="save the filled sheet as “CSV UTF-8”"):
        sample.score(record.path)


def test_what_cannot_be_drawn(record: Record, tmp_path: Path) -> None:
    for arguments, why in (
        ({"n": 0}, "at least one"), ({"n": 1, "of": "talks"}, "cannot be sampled"), ({"n": 1, "by": "colour"}, "no stratum"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=why):
            sample.draw(record.path, **arguments)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=r"\.csv or \.html"):
        sample.write(sample.draw(record.path, 1), tmp_path / "s.xlsx")
    (tmp_path / "no.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="is no sheet"):
        sample.score(tmp_path / "no.csv")


def test_statements(record: Record, tmp_path: Path) -> None:
    drawn = sample.draw(record.path, 5, of="statements", by="act")
    assert {r["act"] for r in drawn.rows} == {"THREATEN", "REJECT"}
    sample.write(drawn, tmp_path / "s.csv")
    assert [s.field for s in sample.score(tmp_path / "s.csv")] == list(sample.FIELDS["statements"])


def test_html_is_text_not_markup(tmp_path: Path) -> None:
    from dataclasses import replace

    hostile = replace(told(1, "ACCUSE", ("Ruritania",), ("Graustark",)), places=())
    article = replace(
        hostile.article, title="</script><script>alert(1)</script>", publisher='"><img src=x onerror=alert(2)>'
    )
    with open_record(tmp_path / "a.record", create=True) as record:
        record.write(
            replace(hostile, article=article, events=(replace(hostile.events[0], place=None),)), record.start_run()
        )
    page = sample.page(sample.draw(record.path, 1))
    assert "<script>alert" not in page and "<img" not in page
    assert page.count("<script") == page.count("</script>") == 2
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S)[1])  # type: ignore[index]
    assert data["rows"][0]["title"] == article.title
    assert "<mark>Report 1: Ruritania against Graustark near Strelsau.</mark>" in page
    assert page.count('type="radio"') == 3 * len(sample.FIELDS["events"])
