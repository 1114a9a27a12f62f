"""How likely two reports tell of one event: a logistic score over type, mode, sides, days, place, figures and words.

Nothing here looks at the rest of the record (no inverse document frequency, no averages), so that the score of a pair is
the same whatever else was read, in which order.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from dateline.errors import DataError

_FILE = "corroborate/data/score.toml"
TOLL = ("killed", "injured", "arrested", "participants")
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d[\d,.]*\d|\d")
_STATUS = {"actual": "done", "historical": "done", "future": "to come", "hypothetical": "if", "negated": "not"}

WEIGHTS = (
    "bias", "other_type", "same_mode", "other_mode", "actors", "recipients", "no_actors", "no_recipients", "sides",
    "same_day", "days", "blurred", "same_place", "near_place", "other_place", "other_country", "same_toll", "other_toll",
    "far_toll", "words", "numbers", "names",
)  # fmt: skip
STEM = 5
"""Letters of a word that are compared: "shelled", "shelling" and "shells" are one word, and no stemmer is needed."""


@dataclass(frozen=True, slots=True)
class Rules:
    """score.toml, checked."""

    weights: dict[str, float]
    link: float
    unite: float
    window: int
    long: int
    near_km: float
    stop: frozenset[str]


@cache
def rules() -> Rules:
    """Load the weights once. Raises DataError naming what is missing or unknown."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))
    weights = {name: float(value) for name, value in table["weights"].items()}
    if wrong := set(weights) ^ set(WEIGHTS):
        raise DataError(f"{_FILE}: [weights] {', '.join(sorted(wrong))}: missing or unknown")
    threshold, window = table["threshold"], table["window"]
    for name in ("link", "unite"):
        if not 0 < threshold[name] < 1:
            raise DataError(f"{_FILE}: [threshold] {name} must lie between 0 and 1")
    return Rules(
        weights, threshold["link"], threshold["unite"], int(window["days"]), int(window["long"]), float(window["near_km"]),
        frozenset(table["words"]["stop"]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Features:
    """What the scoring compares of a report. Days are proleptic ordinals; sides as in sides.py, sorted."""

    type: str
    quad: str
    mode: str | None
    status: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    countries: tuple[str, ...]
    first: int
    last: int
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    toll: tuple[int | None, ...]
    words: tuple[str, ...]
    names: tuple[str, ...]
    numbers: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON-ready values."""
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_dict(cls, given: dict[str, Any]) -> Features:
        """Read back what `to_dict` gave."""
        values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in given.items()}
        return cls(**values)


def status_class(status: str) -> str:
    """Statuses that can be one event: what happened (lately or long ago), what is to come, what is not certain."""
    return _STATUS[status]


def tokens(text: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Content words (their first letters, folded), names (capitalised, not at the start) and numbers of a text, sorted."""
    stop = rules().stop
    words, names, numbers = set(), set(), set()
    for i, token in enumerate(_TOKEN.findall(text)):
        if token[0].isdigit():
            numbers.add(token.replace(",", ""))
            continue
        folded = re.sub(r"['’]s?$", "", token.casefold())
        if folded in stop or len(folded) < 3:
            continue
        words.add(folded[:STEM])
        if token[0].isupper() and i > 0:
            names.add(folded[:STEM])
    return tuple(sorted(words)), tuple(sorted(names)), tuple(sorted(numbers))


def score(a: Features, b: Features) -> float:
    """The chance that two reports of different articles tell of one event, 0 to 1. Symmetric."""
    r = rules()
    gap = max(0, a.first - b.last, b.first - a.last)
    if gap > r.window or a.quad != b.quad or a.status != b.status:
        return 0.0
    w = r.weights
    total = w["bias"] + w["days"] * gap
    if a.type != b.type:
        total += w["other_type"]
    elif a.mode and b.mode:
        total += w["same_mode"] if a.mode == b.mode else w["other_mode"]
    total += _sides(a, b, w) + _place(a, b, w, r.near_km) + _toll(a, b, w)
    if max(a.last - a.first, b.last - b.first) > r.long:
        total += w["blurred"]
    elif gap == 0:
        total += w["same_day"]
    total += w["words"] * _alike(a.words, b.words)
    total += w["names"] * _alike(a.names, b.names)
    if a.numbers and b.numbers:
        total += w["numbers"] * _alike(a.numbers, b.numbers)
    return round(1 / (1 + math.exp(-total)), 4)


def _sides(a: Features, b: Features, w: dict[str, float]) -> float:
    total = 0.0
    for name, none, mine, theirs in (
        ("actors", "no_actors", a.actors, b.actors),
        ("recipients", "no_recipients", a.recipients, b.recipients),
    ):
        if mine and theirs:
            part = _alike(mine, theirs)
            total += w[name] * part if part else w[none]
    both, others = {*a.actors, *a.recipients}, {*b.actors, *b.recipients}
    if both and others:
        total += w["sides"] * len(both & others) / min(len(both), len(others))
    return total


def _place(a: Features, b: Features, w: dict[str, float], near_km: float) -> float:
    if not a.place or not b.place:
        return 0.0
    if a.place == b.place:
        return w["same_place"]
    if a.country and b.country and a.country != b.country:
        return w["other_country"]
    if None not in (a.lat, a.lon, b.lat, b.lon):
        return w["near_place"] if _km(a, b) <= near_km else w["other_place"]
    return w["other_place"]


def _toll(a: Features, b: Features, w: dict[str, float]) -> float:
    pairs = [(x, y) for x, y in zip(a.toll, b.toll, strict=True) if x is not None and y is not None]
    if not pairs:
        return 0.0
    if any(x == y for x, y in pairs):
        return w["same_toll"]
    far = all(max(x, y) > 2 * max(1, min(x, y)) for x, y in pairs)
    return w["far_toll"] if far else w["other_toll"]


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """Cosine of two sets: the shared part, whatever the lengths."""
    if not a or not b:
        return 0.0
    return len({*a}.intersection(b)) / math.sqrt(len(a) * len(b))


def _km(a: Features, b: Features) -> float:
    """Great-circle distance by the haversine formula."""
    lat1, lon1, lat2, lon2 = (math.radians(x) for x in (a.lat, a.lon, b.lat, b.lon))  # type: ignore[arg-type]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(h))
