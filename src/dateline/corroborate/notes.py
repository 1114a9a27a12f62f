"""The talks of one article as the joining of rounds compares them."""

from __future__ import annotations

import datetime
import json
import sqlite3
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any, get_args

from dateline.corroborate.sides import Cast
from dateline.errors import DataError
from dateline.model import Outcome

_FILE = "corroborate/data/talks.toml"


@dataclass(frozen=True, slots=True)
class Limits:
    """talks.toml, checked. Days, and lists of outcomes."""

    days: int
    attach: int
    gap: int
    dated: int
    over: int
    ahead: int
    slack: int
    closing: frozenset[str]
    contradict: tuple[frozenset[str], ...]
    rank: tuple[str, ...]


@cache
def limits() -> Limits:
    """Load the limits once. Raises DataError for an unknown outcome or a limit that is no number of days."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))
    days = {**table["process"], **table["round"]}
    for name, value in days.items():
        if not isinstance(value, int) or value < 1:
            raise DataError(f"{_FILE}: {name} must be a number of days from 1 on")
    outcome = table["outcome"]
    named = {*outcome["closing"], *outcome["rank"], *(o for pair in outcome["contradict"] for o in pair)}
    if unknown := named - set(get_args(Outcome)):
        raise DataError(f"{_FILE}: [outcome] {', '.join(sorted(unknown))} is no outcome of the record")
    return Limits(
        **days, closing=frozenset(outcome["closing"]), contradict=tuple(frozenset(p) for p in outcome["contradict"]),
        rank=tuple(outcome["rank"]),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Note:
    """Talks as one article tells them. Days are proleptic ordinals; sides as in sides.py, sorted; `text` is the witness.

    `parties`, `mediators`: (side, name, country, person or null) of each.
    """

    id: str
    article: str
    parties: tuple[tuple[str, str, str | None, str | None], ...]
    mediators: tuple[tuple[str, str, str | None, str | None], ...]
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    start: int | None
    end: int | None
    published: int
    round: int | None
    outcome: str
    subject: str | None

    @property
    def sides(self) -> frozenset[str]:
        """The sides of the parties."""
        return frozenset(party[0] for party in self.parties)

    @property
    def mediating(self) -> frozenset[str]:
        """The sides of the mediators."""
        return frozenset(mediator[0] for mediator in self.mediators)

    @property
    def day(self) -> int:
        """The day by which talks are put in order: their first, else that of the report."""
        return self.published if self.start is None else self.start

    @property
    def announces(self) -> bool:
        """Whether it foretells talks: it says so, or they begin after the report."""
        return self.outcome == "announced" or (
            self.start is not None and self.start > self.published + 1 and self.outcome not in limits().closing
        )

    @property
    def closes(self) -> bool:
        """Whether it tells how the talks ended."""
        return self.outcome in limits().closing

    def to_json(self) -> str:
        """As the record keeps it."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, given: str) -> Note:
        """Read back what `to_json` gave."""
        values: dict[str, Any] = json.loads(given)
        for name in ("parties", "mediators"):
            values[name] = tuple(tuple(one) for one in values[name])
        return cls(**values)


def read(db: sqlite3.Connection, article: str, cast: Cast) -> list[Note]:
    """The talks of one article of the record."""
    notes = []
    rows = db.execute(
        "SELECT t.id, p.name, p.country, p.lat, p.lon, p.kind, t.start_date, t.end_date, a.published, t.round, t.outcome, "
        "t.subject FROM talks t JOIN article a ON a.id = t.article_id LEFT JOIN place p ON p.id = t.place_id "
        "WHERE t.article_id = ? ORDER BY t.row",
        (article,),
    ).fetchall()
    for id_, place, country, lat, lon, kind, start, end, published, number, outcome, subject in rows:
        named: dict[str, dict[str, tuple[str, str, str | None, str | None]]] = {"party": {}, "mediator": {}}
        for role, actor in db.execute(
            "SELECT role, actor_id FROM talks_actor WHERE talks_id = ? ORDER BY role, position", (id_,)
        ):
            for side in cast.sides(actor):
                known = named[role].get(side.id)
                if known is None or (side.person and not known[3]):
                    named[role][side.id] = (side.id, side.name, side.country, side.person)
        mediators = {side: m for side, m in named["mediator"].items() if side not in named["party"]}
        venue = place if kind not in ("country", "region") else None
        notes.append(
            Note(
                id_, article, tuple(sorted(named["party"].values())), tuple(sorted(mediators.values())), venue, country,
                lat if venue else None, lon if venue else None, _ordinal(start), _ordinal(end or start), _ordinal(published) or 0,
                number, outcome, subject,
            )
        )  # fmt: skip
    return notes


def _ordinal(day: str | None) -> int | None:
    return datetime.date.fromisoformat(day).toordinal() if day else None
