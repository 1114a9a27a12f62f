"""Audit sheets: a random sample of rows with their words and blank columns, and what the filled sheet says.

The draw is simple or stratified; it depends on the record and the seed only. A stratified draw takes at least one row of
every stratum and shares out the rest by size (largest remainder); each row has the weight of its stratum (rows there over
rows drawn), and the estimates are weighted, so that a small stratum drawn more often does not count for more.
"""

from __future__ import annotations

import csv
import html
import json
import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.errors import UsageError
from dateline.record.export import guarded
from dateline.record.file import reading

FIELDS = {
    "events": ("event", "type", "mode", "actors", "recipients", "date", "place", "status", "magnitude"),
    "statements": ("statement", "speaker", "content", "act", "addressees", "quotation", "date"),
}
"""What is judged of a row. The first: is it one at all; the others are judged of those that are."""

STRATA = {
    "events": ("type", "quad", "status", "publisher", "month", "confidence"),
    "statements": ("act", "quotation", "publisher", "month", "confidence"),
}
"""By what a sample can be stratified."""

YES = frozenset({"1", "y", "yes", "true", "right", "x", "✓"})
NO = frozenset({"0", "n", "no", "false", "wrong"})
"""What a judge may write; an empty cell is not judged."""

CONTEXT = 300
"""Characters of the article shown on each side of the words in the HTML sheet: the sentences around them."""

SHOWN = {
    "events": ("type", "mode", "actors", "recipients", "start_date", "end_date", "place", "status", "killed", "injured",
               "arrested", "participants", "evidence"),
    "statements": ("speaker", "act", "addressees", "quotation", "date", "text"),
}  # fmt: skip

_SQL = {
    "events": "SELECT v.*, substr(v.published, 1, 7) AS month, printf('%.1f', v.confidence) AS conf FROM events_view v ORDER BY v.id",
    "statements": "SELECT v.*, substr(v.published, 1, 7) AS month, printf('%.1f', v.confidence) AS conf FROM statements_view v "
    "ORDER BY v.id",
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sample: its rows by column of the view with `stratum` and `weight`, and out of how many they were drawn."""

    of: str
    rows: tuple[dict[str, Any], ...]
    population: int
    by: str | None
    seed: int


@dataclass(frozen=True, slots=True)
class Score:
    """How often a field was right. `low`, `high`: the 95 % Wilson interval; `judged` rows, `right` of them; both null
    without rows. `accuracy` is weighted where the sheet has weights."""

    field: str
    judged: int
    right: int
    accuracy: float | None
    low: float | None
    high: float | None


def draw(path: Path, n: int, of: str = "events", by: str | None = None, seed: int = 1) -> Drawn:
    """Draw `n` events or statements (all if there are fewer). `by`: a stratum of STRATA, or None for a simple draw.

    Raises UsageError for what cannot be drawn.
    """
    if of not in FIELDS:
        raise UsageError(f"of '{of}' cannot be sampled; choose from {', '.join(FIELDS)}")
    if by is not None and by not in STRATA[of]:
        raise UsageError(f"by '{by}' is no stratum of {of}; choose from {', '.join(STRATA[of])}")
    if n < 1:
        raise UsageError("n: draw at least one row")
    with reading(path) as db:
        cursor = db.execute(_SQL[of])
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor]
        chance = random.Random(seed)
        column = {"confidence": "conf"}.get(by or "", by or "")
        groups: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            groups.setdefault(str(row[column] if row[column] is not None else "(none)") if by else "all", []).append(
                row
            )
        sizes = {name: len(group) for name, group in sorted(groups.items())}
        drawn = []
        for name, count in allocate(sizes, n).items():
            for row in chance.sample(groups[name], count):
                drawn.append({**row, "stratum": name, "weight": round(sizes[name] / count, 4)})
        chance.shuffle(drawn)
        for row in drawn:
            text = db.execute("SELECT text FROM article WHERE id = ?", (row["article_id"],)).fetchone()[0]
            row["words"] = _around(text, row["start_offset"], row["end_offset"])
    return Drawn(of, tuple(drawn), len(rows), by, seed)


def allocate(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """How many of each stratum: one at least where n allows, the rest by size with the largest remainders rounded up."""
    total = sum(sizes.values())
    n = min(n, total)
    if n == 0:
        return {}
    if n < len(sizes):  # too few for one each: the largest strata
        largest = sorted(sizes, key=lambda name: (-sizes[name], name))[:n]
        return {name: 1 for name in sizes if name in largest}
    shares = {name: 1 + (n - len(sizes)) * (size - 1) / max(total - len(sizes), 1) for name, size in sizes.items()}
    counts = {name: int(share) for name, share in shares.items()}
    rest = sorted(sizes, key=lambda name: (-(shares[name] - counts[name]), name))
    while sum(counts.values()) < n:
        for name in rest:
            if counts[name] < sizes[name] and sum(counts.values()) < n:
                counts[name] += 1
    return counts


def _around(text: str, start: int | None, end: int | None) -> tuple[str, str, str]:
    """The words before, those of the row, and after, broken at white space."""
    if start is None or end is None:
        return ("", "", "")
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    if start > CONTEXT:
        before = "… " + before.split(maxsplit=1)[-1] if before.split() else before
    if end + CONTEXT < len(text):
        after = after.rsplit(maxsplit=1)[0] + " …" if after.split() else after
    return (before, text[start:end], after)


def columns(of: str) -> list[str]:
    """The columns of a sheet: what is shown, then a blank one for each field, then a note."""
    return ["id", "article", "title", "publisher", "published", *SHOWN[of], "words around", *(f"{f}_ok" for f in FIELDS[of]),
            "note", "stratum", "weight"]  # fmt: skip


def write(drawn: Drawn, target: Path) -> None:
    """Write the sheet as CSV (.csv) or as a page to be filled in a browser (.html). Raises UsageError for another ending."""
    if target.suffix.lower() not in (".csv", ".html"):
        raise UsageError(f"{target}: a sheet is .csv or .html")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix.lower() == ".html":
            target.write_text(page(drawn), encoding="utf-8")
            return
        with target.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, columns(drawn.of), restval="")
            writer.writeheader()
            for row in drawn.rows:
                writer.writerow({name: guarded(value) for name, value in _line(drawn.of, row).items()})
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror or error})") from error


def _line(of: str, row: Mapping[str, Any]) -> dict[str, Any]:
    line = {"id": row["id"], "article": row["article_id"], "words around": "".join(row["words"])}
    for name in ("title", "publisher", "published", "stratum", "weight", *SHOWN[of]):
        line[name] = "" if row[name] is None else row[name]
    return line


def page(drawn: Drawn) -> str:
    """The sheet as one page that works from a file: buttons a field, and a button that saves the CSV."""
    template = resources.files("dateline.record").joinpath("sample.html").read_text(encoding="utf-8")
    cards = "\n".join(_card(drawn.of, i, row) for i, row in enumerate(drawn.rows, 1))
    lines = [_line(drawn.of, row) for row in drawn.rows]
    data = json.dumps({"columns": columns(drawn.of), "rows": lines, "fields": FIELDS[drawn.of]}, ensure_ascii=True)
    how = f"stratified by {drawn.by}" if drawn.by else "simple random"
    head = f"{len(drawn.rows)} of {drawn.population:,} {drawn.of}, {how}, seed {drawn.seed}"
    # "<" as an escape keeps article text from ending the script element.
    return template.replace("{{head}}", html.escape(head)).replace("{{cards}}", cards).replace(
        "{{data}}", data.replace("<", "\\u003c")
    )  # fmt: skip


def _card(of: str, number: int, row: Mapping[str, Any]) -> str:
    before, words, after = (html.escape(part) for part in row["words"])
    shown = "".join(
        f"<dt>{html.escape(name.replace('_', ' '))}</dt><dd>{html.escape(str(row[name]))}</dd>"
        for name in SHOWN[of]
        if row[name] not in (None, "") and name not in ("evidence", "text")
    )
    asked = "".join(
        f'<fieldset data-field="{field}"><legend>{field}</legend>'
        + "".join(
            f'<label><input type="radio" name="r{number}-{field}" value="{value}"> {label}</label>'
            for value, label in (("1", "right"), ("0", "wrong"), ("", "skip"))
        )
        + "</fieldset>"
        for field in FIELDS[of]
    )
    where = " · ".join(html.escape(str(row[name])) for name in ("title", "publisher", "published") if row[name])
    return (
        f'<article><h2>{number}</h2><p class="where">{where}</p><p class="words">{before}<mark>{words}</mark>{after}</p>'
        f'<dl>{shown}</dl><div class="asked">{asked}</div>'
        f'<label class="note">note <input type="text" name="r{number}-note"></label></article>'
    )


def score(sheet: Path) -> tuple[Score, ...]:
    """Per-field accuracy of a filled sheet, with 95 % Wilson intervals.

    The first field (is it one at all) counts all rows; the others only rows that are. Raises UsageError for a file that
    is no sheet, or a cell that is neither yes, no nor empty (with line and column).
    """
    try:
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            mark = max(",;\t", key=file.readline().count)  # spreadsheets save with the mark of their country
            file.seek(0)
            reader = csv.DictReader(file, delimiter=mark)
            names = reader.fieldnames or []
            rows = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise UsageError(f"{sheet}: cannot be read ({error.strerror or error})") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(
            f"{sheet}: is no CSV sheet in UTF-8; save the filled sheet as “CSV UTF-8”, and name that file"
        ) from error
    kinds = [of for of, fields in FIELDS.items() if all(f"{f}_ok" in names for f in fields)]
    if not kinds:
        raise UsageError(f"{sheet}: is no sheet of `dateline sample`; its columns end in _ok (event_ok, type_ok, …)")
    first, *others = FIELDS[kinds[0]]
    judged: dict[str, list[tuple[bool, float]]] = {field: [] for field in (first, *others)}
    for line, row in rows:
        weight = _weight(sheet, line, row)
        real = _answer(sheet, line, f"{first}_ok", row)
        if real is not None:
            judged[first].append((real, weight))
        for field in others:
            answer = _answer(sheet, line, f"{field}_ok", row)
            if answer is not None and real is not False:
                judged[field].append((answer, weight))
    return tuple(_score(field, answers) for field, answers in judged.items())


def _answer(sheet: Path, line: int, column: str, row: Mapping[str, str | None]) -> bool | None:
    cell = (row[column] or "").strip().casefold()
    if not cell:
        return None
    if cell not in YES | NO:
        raise UsageError(
            f"{sheet}: line {line}, {column}: '{row[column]}' is neither 1 nor 0 (yes, no); leave it empty to skip"
        )
    return cell in YES


def _weight(sheet: Path, line: int, row: Mapping[str, str | None]) -> float:
    try:
        weight = float(row.get("weight") or 1)
    except ValueError:
        weight = 0.0
    if weight <= 0 or not math.isfinite(weight):
        raise UsageError(f"{sheet}: line {line}, weight: '{row.get('weight')}' is not a number above 0")
    return weight


def _score(field: str, answers: Sequence[tuple[bool, float]]) -> Score:
    if not answers:
        return Score(field, 0, 0, None, None, None)
    weights = [w for _, w in answers]
    share = sum(w for right, w in answers if right) / sum(weights)
    # Kish's effective size: unequal weights leave less information than as many equal ones.
    effective = sum(weights) ** 2 / sum(w * w for w in weights)
    low, high = wilson(share, effective)
    return Score(field, len(answers), sum(right for right, _ in answers), share, low, high)


def wilson(share: float, n: float, z: float = 1.959964) -> tuple[float, float]:
    """The Wilson score interval of a share seen in `n` draws; z: 1.96 for 95 % (Wilson 1927)."""
    if n <= 0:
        return (0.0, 1.0)
    centre = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (max(0.0, centre - half), min(1.0, centre + half))


def as_rows(scores: Iterable[Score]) -> list[tuple[Any, ...]]:
    """Scores as table rows: field, judged, right, accuracy, interval."""
    return [
        (s.field, s.judged, s.right, "" if s.accuracy is None else f"{s.accuracy:.3f}",
         "" if s.low is None else f"{s.low:.3f}–{s.high:.3f}")
        for s in scores
    ]  # fmt: skip
