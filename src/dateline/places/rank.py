"""Which of its candidates a name means: a conditional logit over features of the candidate and of the article.

Two passes, both softmax(features @ weights). The first knows the candidate (people, kind, first name or alternative) and
what the text says beside the name ("Paris, Texas"). The second adds what the other names of the article mean, by the
probabilities of the first: their countries, their states and counties, their nearness, a state or country named by
itself, and the publisher's home. One referent a name an article, after Leidner (2007), "Toponym Resolution in Text".

The weights stand in data/ranker.toml; `python -m dateline.learn.places` learns them.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from dateline.errors import DataError
from dateline.places.candidates import KINDS, Entry

Array = NDArray[np.float64]

OWN = (
    "people", "most_people", "first", "main", "admin1", "admin2", "country", "region", "water", "facility", "hamlet", "capital", "usual",
    "has_seat", "called_division",
    "said_beside", "said_otherwise", "qualifies", "home_name",
)  # fmt: skip
SHARED = (
    "same_country", "same_country_many", "same_admin1", "same_admin1_many", "same_admin2", "near", "near_many",
    "state_named", "country_named", "home_country", "home_near", "like_country", "like_state",
)  # fmt: skip
_USUAL, _SAID, _HOME_NAME = OWN.index("usual"), OWN.index("said_beside"), OWN.index("home_name")
_NEAR_MANY, _HOME_NEAR = SHARED.index("near_many"), SHARED.index("home_near")
TRUST = ("odds", "no_rival_far", "only_one", "country", "people", "constant")
_NEAR_KM = 80.0
"""Distance at which another place counts 1/e: about a county and its neighbours, the reach of a local paper."""
_EARTH_KM = 6371.0
_GREAT = 5.5
"""Logarithm of the people from which a capital is known by its bare name: 316,000."""
_WIDE = 4
"""Countries and states named by an article that tells of more than its own parts. Of 48 bare "Paris" in national news of the United
States 22 were taken for towns there, with renown 3; of LGL's 4,462 names as many are right as without (with 3 for _WIDE 9 fewer)."""
_LOCAL = 0.15
"""Nearness from which a namesake has a neighbour in the article, or is near the publisher's home."""
_OTHERS = 8
"""Candidates of another name that are looked at, the likeliest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A name of the article on its way to a referent.

    `beside`: ids and country numbers of what the text says beside it (the "Texas" in "Paris, Texas"), as two sets;
    `towns`: entries of the names that stand before it and a comma; `weight`: 1, less for background evidence such as
    a state within an organisation's name; `division`: the text calls it a province, county or the like.
    """

    entry: Entry
    beside: frozenset[int] = frozenset()
    beside_countries: frozenset[int] = frozenset()
    towns: tuple[Entry, ...] = ()
    weight: float = 1.0
    division: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Home:
    """What is known of the publisher: words of its domain, folded, its country's number (0 unknown), its point; `guessed`: the country
    is only that whose local news the text seems to be."""

    letters: str = ""
    country: int = 0
    point: tuple[float, float, float] | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """The weights of both passes, in the order of OWN and of OWN + SHARED, and of the calibration, in that of TRUST."""

    first: Array
    second: Array
    calibration: Array


def rank(names: Sequence[Named], home: Home, weights: Weights | None = None) -> list[Array]:
    """Probabilities of each name's candidates, in their order; each array sums to one."""
    return [probabilities for _, probabilities in scored(names, home, weights)]


def scored(names: Sequence[Named], home: Home, weights: Weights | None = None) -> list[tuple[Array, Array]]:
    """For each name the features of its candidates, columns as in OWN + SHARED, and their probabilities."""
    if not names:
        return []
    weights = weights or load()
    own = [own_features(name, home) for name in names]
    probabilities = [softmax(features @ weights.first) for features in own]
    features = own
    # Two rounds: the second lets a doubtful neighbour profit from its own neighbours.
    for last in (False, True):
        shared = shared_features(names, probabilities, home)
        if last and _wide(names, probabilities):
            own = [_with_renown(*parts) for parts in zip(names, own, shared, strict=True)]
        features = [np.hstack(pair) for pair in zip(own, shared, strict=True)]
        probabilities = [softmax(f @ weights.second) if len(f) > 1 else np.ones(1) for f in features]
    return list(zip(features, probabilities, strict=True))


def confidence(entry: Entry, probabilities: Array, weights: Weights | None = None) -> float:
    """The calibrated probability that the likeliest candidate is the right place, within 161 km (Platt scaling)."""
    return float(1 / (1 + np.exp(-trust_features(entry, probabilities) @ (weights or load()).calibration)))


def trust_features(entry: Entry, p: Array) -> Array:
    """What calibration looks at, in the order of TRUST."""
    best = int(np.argmax(p))
    top = min(max(float(p[best]), 1e-6), 1 - 1e-6)
    # The rivals: what probability lies more than 161 km from the likeliest (its county is no rival of a town).
    apart = float(p[entry.points @ entry.points[best] < np.cos(161 / _EARTH_KM)].sum())
    kind = KINDS[int(entry.kinds[best])]
    return np.array([
        min(max(float(np.log(top / (1 - top))), -3.0), 5.0),
        min(max(float(-np.log(apart + 1e-3)), 0.0), 7.0),
        float(len(p) == 1),
        float(kind == "country" or entry.demonym),
        float(entry.logs[best]) / 6,
        1.0,
    ])  # fmt: skip


def softmax(scores: Array) -> Array:
    """exp, normalised, over one axis."""
    raised = np.exp(scores - scores.max())
    return raised / raised.sum()


def own_features(name: Named, home: Home) -> Array:
    """One row a candidate, columns as in OWN."""
    e = name.entry
    n = len(e.candidates)
    out = np.zeros((n, len(OWN)))
    out[:, 0] = e.logs
    out[:, 1] = e.logs - e.logs.max()
    out[0, 2] = 1.0
    out[:, 3] = e.main
    for column, kind in enumerate(("admin1", "admin2", "country", "region", "water", "facility"), 4):
        out[:, column] = e.kinds == KINDS.index(kind)
    # The weights of regions and waters are those of the few that ship. Of the lakes and fields without people that a
    # gazetteer of one's own adds, few are ever in the news: they weigh as sites do.
    minor = (e.logs == 0) & ((out[:, 7] > 0) | (out[:, 8] > 0))
    out[minor, 7:10] = 0.0, 0.0, 1.0
    out[:, 10] = (e.kinds == 0) & (e.logs < 3.3)
    out[:, 11] = e.capital
    out[:, 12] = e.usual
    out[:, 13] = e.has_seat
    if name.division:
        out[:, 14] = (e.kinds == KINDS.index("admin1")) | (e.kinds == KINDS.index("admin2"))
        if out[:, 14].any():  # what the press usually means by "Aleppo" is not what it means by "Aleppo province"
            out[:, 11:13] *= out[:, 14:15]
    if name.beside or name.beside_countries:
        said = np.array([
            c.admin1 in name.beside or c.admin2 in name.beside or int(number) in name.beside_countries
            for c, number in zip(e.candidates, e.countries, strict=True)
        ])  # fmt: skip
        out[:, 15] = said
        out[:, 16] = ~said & bool(said.any())
        # What the press usually means is not what it means where it says otherwise: "Tripoli, Lebanon".
        out[:, 11:13] *= ~out[:, 16:17].astype(bool)
    for town in name.towns:
        # "Athens, Georgia" says as much of Georgia as of Athens; a big town says it louder.
        inside = (town.admin1[None, :] == _where(e, e.admin1, "admin1")[:, None]) | (
            town.countries[None, :] == _where(e, e.countries, "country")[:, None]
        )
        out[:, 17] = np.maximum(out[:, 17], (inside * np.maximum(town.logs - 2, 0.5)[None, :]).max(axis=1))
    if home.letters:
        out[:, 18] = [_in_domain(c.name, home.letters) for c in e.candidates]
        if home.country and out[:, 18].any():
            # What the press means by a name is not what the paper that is called after its town does: parisbeacon.com.
            out[:, 11:13] *= (e.countries == home.country)[:, None]
    return out


def _abroad(e: Entry, home: Home) -> Array:
    """Which features of the publisher's home (its country, nearness) count, as 0 and 1: a paper of Ohio means Egypt and the Pacific by
    these names, and not the next village, unless it is called after it; a great capital is meant where the home is only guessed."""
    at_home = (e.countries == home.country) & (home.country != 0)
    if (at_home & (e.kinds == KINDS.index("admin1"))).any() or any(
        _in_domain(c.name, home.letters) for c in e.candidates
    ):
        return np.ones(2)
    wide = (e.kinds == KINDS.index("region")) | (e.kinds == KINDS.index("water"))
    state = (e.kinds == KINDS.index("country")) & (e.main > 0)
    capital = (e.capital > 0) & (e.logs >= _GREAT)
    if (~at_home & (wide | state)).any():
        return np.zeros(2)
    return np.array([float(not (home.guessed and (~at_home & capital).any())), 1.0])


def _wide(names: Sequence[Named], given: Sequence[Array]) -> bool:
    """Whether an article names several countries and states, by the likeliest candidates of its names."""
    best = [(n.entry, int(np.argmax(p))) for n, p in zip(names, given, strict=True)]
    areas = {e.candidates[i].id for e, i in best if KINDS[int(e.kinds[i])] in ("country", "admin1")}
    return len(areas) >= _WIDE


def _with_renown(name: Named, own: Array, shared: Array) -> Array:
    """`own` with a great capital as what the press means, unless the text or the paper is of the parts of a namesake.

    A state or country named somewhere is no such sign ("the Paris attacks", said "at a rally in Texas").
    """
    e = name.entry
    towns = e.kinds == KINDS.index("city")
    great = (e.capital > 0) & (e.logs >= _GREAT) & (e.logs == (e.logs * towns).max())
    state = (e.kinds == KINDS.index("country")).any()  # "Singapore", "Luxembourg"
    if not great.any() or state or own[:, _USUAL].any() or (own[:, _SAID] > 0).any() or name.division:
        return own
    local = (shared[:, _NEAR_MANY] > _LOCAL) | (own[:, _HOME_NAME] > 0) | (shared[:, _HOME_NEAR] > _LOCAL)
    if (local & (e.countries != e.countries[great][0])).any():
        return own
    out = own.copy()
    out[great, _USUAL] = 1.0
    return out


def _where(e: Entry, values: NDArray[np.int64], kind: str) -> NDArray[np.int64]:
    """`values` of the candidates of this kind, -1 for the others."""
    return np.where(e.kinds == KINDS.index(kind), values, -1)


def _in_domain(name: str, letters: str) -> float:
    plain = "".join(c for c in name.lower() if c.isalpha())
    return float(len(plain) > 3 and plain in letters)


def shared_features(names: Sequence[Named], given: Sequence[Array], home: Home) -> list[Array]:
    """One matrix a name, columns as in SHARED: agreement with the other names under their probabilities `given`."""
    country, admin1, admin2, kinds, points, mass, owner = [], [], [], [], [], [], []
    for i, (name, p) in enumerate(zip(names, given, strict=True)):
        top = np.argsort(-p, kind="stable")[:_OTHERS]
        e = name.entry
        country.append(e.countries[top])
        admin1.append(e.admin1[top])
        admin2.append(e.admin2[top])
        kinds.append(e.kinds[top])
        points.append(e.points[top])
        mass.append(p[top] * name.weight)
        owner.append(np.full(len(top), i))
    others = [np.concatenate(part) for part in (country, admin1, admin2, kinds, points, mass, owner)]
    out = []
    for i, name in enumerate(names):
        e = name.entry
        if len(e.candidates) == 1:
            out.append(np.zeros((1, len(SHARED))))
            continue
        keep = others[6] != i
        country_, admin1_, admin2_, kinds_, points_, mass_ = (part[keep] for part in others[:6])
        total = mass_.sum() + 1.0
        rows = np.zeros((len(e.candidates), len(SHARED)))
        if len(mass_):
            same_country = (e.countries[:, None] == country_) & (country_ != 0)
            same_admin1 = (e.admin1[:, None] == admin1_) & (admin1_ != 0)
            same_admin2 = (e.admin2[:, None] == admin2_) & (admin2_ != 0)
            by_country, by_admin1, by_admin2 = same_country @ mass_, same_admin1 @ mass_, same_admin2 @ mass_
            small = (kinds_ == 0) | (kinds_ == 2) | (kinds_ == 6)
            arc = np.arccos(np.clip(e.points @ points_[small].T, -1, 1)) * _EARTH_KM
            near = np.exp(-arc / _NEAR_KM) @ mass_[small]
            rows[:, 0], rows[:, 1] = by_country / total, np.log1p(by_country)
            rows[:, 2], rows[:, 3] = by_admin1 / total, np.log1p(by_admin1)
            rows[:, 4] = np.log1p(by_admin2)
            rows[:, 5], rows[:, 6] = near / total, np.log1p(near)
            rows[:, 7] = np.log1p((same_admin1 & (kinds_ == 1)) @ mass_)
            rows[:, 8] = np.log1p((same_country & (kinds_ == 3)) @ mass_)
            # Countries are named among countries, states among states: "Russia and Georgia", "Florida and Georgia".
            countries_ = ((e.countries[:, None] != country_) & (kinds_ == 3)) @ mass_
            rows[:, 11] = (e.kinds == 3) * np.log1p(countries_)
            rows[:, 12] = (e.kinds == 1) * np.log1p((~same_admin1 & (kinds_ == 1)) @ mass_)
        rows[:, 9] = (e.countries == home.country) & (home.country != 0)
        if home.point is not None:
            rows[:, 10] = np.exp(-np.arccos(np.clip(e.points @ np.array(home.point), -1, 1)) * _EARTH_KM / _NEAR_KM)
        if not name.division:
            rows[:, 9:11] *= _abroad(e, home)
        out.append(rows)
    return out


@cache
def load() -> Weights:
    """The weights of data/ranker.toml. Raises DataError for a feature that is missing or unknown."""
    name = "places/data/ranker.toml"
    table = tomllib.loads((resources.files("dateline.places") / "data" / "ranker.toml").read_text(encoding="utf-8"))
    for section, wanted in (("first", OWN), ("second", OWN + SHARED), ("calibration", TRUST)):
        if set(table.get(section, ())) != set(wanted):
            raise DataError(f"{name}: [{section}] must hold exactly {', '.join(wanted)}")
    return Weights(
        np.array([float(table["first"][key]) for key in OWN]),
        np.array([float(table["second"][key]) for key in OWN + SHARED]),
        np.array([float(table["calibration"][key]) for key in TRUST]),
    )
