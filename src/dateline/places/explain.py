"""Why a name means what it means: candidates with their probabilities and what told for and against each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from dateline.errors import DataError
from dateline.places import rank
from dateline.places.candidates import country_number
from dateline.places.gazetteer import Candidate
from dateline.places.rank import OWN, SHARED
from dateline.places.surroundings import home as home_of
from dateline.places.surroundings import read
from dateline.places.tables import rows

_TELLS = 0.05
"""Reasons that move the score by less than this say nothing (odds change by a twentieth)."""


@dataclass(frozen=True, slots=True)
class Explained:
    """A candidate, its probability, and its reasons: what each adds to its score against its strongest rival.

    A score is a logarithm of odds: +0.7 doubles them. `reasons` is empty where there is no rival.
    """

    candidate: Candidate
    probability: float
    reasons: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All candidates of a name, the likeliest first, and the confidence that the first is right within 161 km.

    `demonym`: the name is a people; `wider`: only a part of the name is known.
    """

    candidates: tuple[Explained, ...]
    confidence: float
    demonym: bool
    wider: bool


def explain(name: str, near: str | None = None, country: str | None = None, domain: str | None = None) -> Explanation:
    """How the ranker sees a name by itself, or as in "Paris, Texas", where the words after the comma stand beside it.

    `near`: a place named in the same article. `country`: alpha-2 of the country said beside the name. `domain`: the
    publisher's. Nothing known of the name gives no candidates.
    """
    name = " ".join(name.split())
    first = name.partition(",")[0].strip()
    text, spans = name, [(0, len(first))]
    if near and near.strip():
        text = f"{name}. {near.strip()}"
        spans.append((len(name) + 2, len(text)))
    reading = read(text, spans) if first else None
    if reading is None or reading.group[0] is None:
        return Explanation((), 0.0, False, False)
    names, mine = list(reading.names), reading.group[0]
    if country:
        names[mine] = replace(names[mine], beside_countries=frozenset({country_number(country)}))
    features, p = rank.scored(names, home_of(domain))[mine]
    entry = names[mine].entry
    order = [int(i) for i in (-p).argsort(kind="stable")]
    parts = features * rank.load().second
    found = []
    for place, i in enumerate(order):
        rival = order[1 if place == 0 else 0] if len(order) > 1 else i
        told: dict[str, float] = {}
        for says, value in zip(_says(), parts[i] - parts[rival], strict=True):
            told[says] = told.get(says, 0.0) + float(value)
        reasons = sorted(((s, v) for s, v in told.items() if abs(v) >= _TELLS), key=lambda r: (-abs(r[1]), r[0]))
        found.append(Explained(entry.candidates[i], float(p[i]), tuple(reasons)))
    return Explanation(tuple(found), rank.confidence(entry, p), entry.demonym, entry.wider)


@cache
def _says() -> tuple[str, ...]:
    """The words of data/features.tsv in the order of the features. Raises DataError if one lacks."""
    table = {row["feature"]: row["says"] for _, row in rows("features.tsv", ("feature", "says"))}
    if set(table) != {*OWN, *SHARED}:
        raise DataError(f"places/data/features.tsv: must hold exactly {', '.join(OWN + SHARED)}")
    return tuple(table[feature] for feature in OWN + SHARED)
