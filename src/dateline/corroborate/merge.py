"""One event out of its reports: the fields they agree on, those in dispute, those a later version took back.

A text is one witness: of the versions and reprints that carry it, the last version speaks, and what an earlier one said
otherwise is listed as revised. A field is in dispute where witnesses name values that exclude each other; each value is
kept with who says so, in the reports' own wording of it.
"""

from __future__ import annotations

import datetime
import json
import math
import re
import tomllib
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline.corroborate.score import TOLL, rules
from dateline.errors import DataError

_FILE = "corroborate/data/figures.toml"


@dataclass(frozen=True, slots=True)
class Told:
    """One report as the record holds it. `text`: its witness; `position`: of the article in that text."""

    event: str
    article: str
    text: str
    position: int
    relation: str
    publisher: str
    published: str
    type: str
    mode: str | None
    status: str
    score: float | None
    actors: tuple[tuple[str, str, str | None], ...]
    """(side, name, country) of each"""
    recipients: tuple[tuple[str, str, str | None], ...]
    start: str | None
    end: str | None
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    toll: tuple[int | None, ...]
    span: tuple[int, int]
    evidence: str
    confidence: float


def merge(reports: Sequence[Told]) -> dict[str, Any]:
    """The columns of the table `cluster`, but for id and cohesion."""
    ordered = sorted(reports, key=lambda r: (r.published, r.event))
    witnesses, revised = _witnesses(ordered)
    best = min(witnesses, key=lambda r: (r.status != "actual", -_fullness(r), -r.confidence, r.published, r.event))
    agreed: dict[str, Any] = {}
    disputed: dict[str, list[dict[str, Any]]] = {}
    given_up: dict[str, list[dict[str, Any]]] = {}
    for i, field in enumerate(TOLL):
        _field(
            field, [(r.toll[i], r) for r in ordered], [(r.toll[i], r) for r in witnesses], agreed, disputed, words=True
        )
        old = [(r.toll[i], r) for r in revised if r.toll[i] is not None]
        told = {r.toll[i] for r in witnesses}
        if old := [(value, r) for value, r in old if value not in told]:
            given_up[field] = _values(old, old, words=True)
    spoken = [r for r in witnesses if r.start]
    if spoken and all(a.start <= b.end and b.start <= a.end for a in spoken for b in spoken):  # type: ignore[operator]
        narrow = min(spoken, key=lambda r: (_days(r), r.published, r.event))
        start, end = narrow.start, narrow.end
        agreed["date"] = f"{start}/{end}"
    else:
        _field("date", [(_date(r), r) for r in ordered], [(_date(r), r) for r in witnesses], agreed, disputed)
        start, end = (best.start, best.end) if best.start else (None, None)
    placed = [r for r in witnesses if r.place]
    where = _most(placed, lambda r: r.place) or best
    if any(_elsewhere(a, b) for a in placed for b in placed):
        _field("place", [(r.place, r) for r in ordered], [(r.place, r) for r in witnesses], agreed, disputed)
    elif placed:
        agreed["place"] = where.place
    for field in ("actors", "recipients"):
        named = [r for r in witnesses if getattr(r, field)]
        if any(not _sides(getattr(a, field)) & _sides(getattr(b, field)) for a in named for b in named):
            _field(field, [(_names(getattr(r, field)), r) for r in ordered],
                   [(_names(getattr(r, field)), r) for r in witnesses], agreed, disputed)  # fmt: skip
        elif named:
            common = set.intersection(*(_sides(getattr(r, field)) for r in named))
            agreed[field] = [name for side, name, _ in getattr(best, field) if side in common] or sorted(common)
    types, modes = Counter(r.type for r in witnesses), Counter(r.mode for r in witnesses if r.mode)
    kind = max(sorted(types), key=lambda t: types[t])
    mode = max(sorted(modes), key=lambda m: modes[m]) if modes else None
    scores = [r.score for r in witnesses if r.score is not None and r.type == kind]
    actors, recipients = _fullest(witnesses, best, "actors"), _fullest(witnesses, best, "recipients")
    return {
        "type": kind, "mode": mode, "status": best.status,
        "score": round(sum(scores) / len(scores), 2) if scores else None,
        "actors": _names(actors), "actor_countries": _countries(actors),
        "recipients": _names(recipients), "recipient_countries": _countries(recipients),
        "sides": _json(sorted({side for r in witnesses for side, _, _ in (*r.actors, *r.recipients)})),
        "start_date": start, "end_date": end, "place": where.place, "place_country": where.country,
        "lat": where.lat, "lon": where.lon, **{field: agreed.get(field) for field in TOLL},
        "agreed": _json(agreed), "disputed": _json(disputed), "revised": _json(given_up),
        "event_id": best.event, "article_id": best.article, "start_offset": best.span[0], "end_offset": best.span[1],
        "evidence": best.evidence,
    }  # fmt: skip


def _witnesses(ordered: Sequence[Told]) -> tuple[list[Told], list[Told]]:
    """One report a text, that of its last version (a reprint only where no version reports it), and the earlier ones."""
    texts: dict[str, list[Told]] = {}
    for report in ordered:
        texts.setdefault(report.text, []).append(report)
    speaking = {
        text: max(group, key=lambda r: (r.relation != "reprint", r.position, r.event)) for text, group in texts.items()
    }
    return list(speaking.values()), [r for r in ordered if r is not speaking[r.text] and r.relation != "reprint"]


def _field(
    field: str,
    everyone: Iterable[tuple[Hashable, Told]],
    witnesses: Iterable[tuple[Hashable, Told]],
    agreed: dict[str, Any],
    disputed: dict[str, list[dict[str, Any]]],
    words: bool = False,
) -> None:
    """File a field under agreed (one value) or disputed (several), by what the witnesses name."""
    said = [(value, r) for value, r in witnesses if value not in (None, "")]
    if len({value for value, _ in said}) == 1:
        agreed[field] = said[0][0]
    elif said:
        disputed[field] = _values(said, list(everyone), words)


def _values(
    said: Sequence[tuple[Hashable, Told]], everyone: Sequence[tuple[Hashable, Told]], words: bool
) -> list[dict[str, Any]]:
    """The rival values, most witnesses first. Reprints stand with the value they repeat."""
    found = []
    for value in dict.fromkeys(value for value, _ in said):
        reports = [r for v, r in everyone if v == value]
        wording = [worded(r.evidence, value) for r in reports] if words and isinstance(value, int) else []
        found.append(
            {
                "value": value,
                "words": sorted({w for w in wording if w}) or [str(value)],
                "reports": sorted(r.event for r in reports),
                "texts": sorted({r.text for r in reports}),
                "publishers": sorted({r.publisher for r in reports if r.publisher}),
            }
        )
    return sorted(found, key=lambda v: (-len(v["texts"]), str(v["value"])))


@cache
def _figures() -> tuple[re.Pattern[str], dict[str, int]]:
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))
    if not isinstance(table.get("before"), list) or not isinstance(table.get("numbers"), dict):
        raise DataError(f"{_FILE}: needs the list `before` and the table `numbers`")
    before = "|".join(re.escape(w).replace(r"\\ ", r"\\s+") for w in sorted(table["before"], key=len, reverse=True))
    numbers = "|".join(sorted(table["numbers"], key=len, reverse=True))
    return re.compile(rf"(?:\b(?:{before})\s+)?(?<![\w-])(\d[\d,]*|{numbers})(?![\w-])", re.I), table["numbers"]


def worded(evidence: str, value: int) -> str | None:
    """How the evidence words a figure ("at least seven"), or None where the number is not in it."""
    pattern, numbers = _figures()
    for match in pattern.finditer(evidence):
        token = match[1].casefold()
        if numbers.get(token, -1) == value or (token[0].isdigit() and int(token.replace(",", "")) == value):
            return " ".join(match[0].split())
    return None


def _fullness(r: Told) -> int:
    return bool(r.actors) + bool(r.recipients) + bool(r.place) + bool(r.start) + any(t is not None for t in r.toll)


def _fullest(witnesses: Sequence[Told], best: Told, field: str) -> tuple[tuple[str, str, str | None], ...]:
    """The field of the report that stands for the event, or of the first that has it."""
    return getattr(best, field) or next((getattr(r, field) for r in witnesses if getattr(r, field)), ())


def _most(reports: Sequence[Told], of: Any) -> Told | None:
    counts = Counter(of(r) for r in reports)
    return min(reports, key=lambda r: (-counts[of(r)], r.published, r.event), default=None)


def _elsewhere(a: Told, b: Told) -> bool:
    """Whether two places exclude each other: both known on the map, and too far apart to be one neighbourhood."""
    if a.place == b.place or None in (a.lat, a.lon, b.lat, b.lon):
        return False
    north = (a.lat - b.lat) * 111.2  # type: ignore[operator]
    east = (a.lon - b.lon) * 111.2 * math.cos(math.radians(a.lat))  # type: ignore[operator,arg-type]
    return math.hypot(north, east) > 2 * rules().near_km


def _days(r: Told) -> int:
    return (datetime.date.fromisoformat(r.end or r.start) - datetime.date.fromisoformat(r.start)).days  # type: ignore[arg-type]


def _date(r: Told) -> str | None:
    return f"{r.start}/{r.end}" if r.start else None


def _sides(actors: Iterable[tuple[str, str, str | None]]) -> set[str]:
    return {side for side, _, _ in actors}


def _names(actors: Iterable[tuple[str, str, str | None]]) -> str:
    return "; ".join(dict.fromkeys(name for _, name, _ in actors))


def _countries(actors: Iterable[tuple[str, str, str | None]]) -> str:
    return "; ".join({name: country or "-" for _, name, country in actors}.values())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
