"""One reading of the record into columns, with the analysts' corrections and merged actors laid over the machine's rows."""

from __future__ import annotations

import datetime
import json
import sqlite3
import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from dateline.desk.columns import NO_DAY, NONE, Coder, Columns, Ints, several, single
from dateline.desk.joined import Joined, joined
from dateline.model import EVENT_TYPES, QUADS
from dateline.record.file import reading
from dateline.record.review import resolve

T = TypeVar("T")

REVIEWS = ("accepted", "corrected", "rejected", "not reviewed")
STATE = "statement"
"""The class of speech that only informs, beside the four quads."""


@dataclass(frozen=True, slots=True)
class Actors:
    """Every actor of the record once. Rows of `columns` are numbered from 1 in the order of `keys`."""

    keys: tuple[str, ...]
    names: tuple[str, ...]
    columns: Columns

    def code(self, key: str) -> int | None:
        """The code of a key, None for an unknown one."""
        return _index(self.keys).get(key)


@dataclass(frozen=True, slots=True)
class Places:
    """Every place once: label "Name, CCC", and where it lies in degrees (nan if unresolved)."""

    labels: tuple[str, ...]
    lat: tuple[float | None, ...]
    lon: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The record as it was at one moment. `version` tells whether it has changed since."""

    version: tuple[Any, ...]
    made: str
    seconds: float
    events: Columns
    statements: Columns
    articles: Columns
    talks: Columns
    actors: Actors
    places: Places
    coders: tuple[dict[str, Any], ...]
    joined: Joined
    memo: Memo = field(default_factory=lambda: Memo())


class Memo:
    """What was worked out from one snapshot, the last of it: a snapshot never changes, so neither do its answers."""

    def __init__(self) -> None:
        self._held: OrderedDict[Any, Any] = OrderedDict()
        self._lock = threading.Lock()

    def __call__(self, key: Any, make: Callable[[], T]) -> T:
        """The answer under `key`; made by `make` if it is not there."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                held: T = self._held[key]
                return held
        made = make()
        with self._lock:
            self._held[key] = made
            while len(self._held) > REMEMBERED:
                self._held.popitem(last=False)
        return made


REMEMBERED = 96
"""Answers kept a snapshot; each is a few kB."""


@cache
def _index(keys: tuple[str, ...]) -> dict[str, int]:
    return {key: code for code, key in enumerate(keys)}


def version(db: sqlite3.Connection) -> tuple[Any, ...]:
    """What changes whenever rows or what people say about them change: a few small sums, cheap to ask for."""
    return (
        *db.execute("SELECT max(row), total(added), total(replaced), total(failed) FROM run").fetchone(),
        *db.execute("SELECT max(row), count(undone) FROM review").fetchone(),
        *db.execute("SELECT max(row), count(undone) FROM identity").fetchone(),
        *db.execute("SELECT max(row), count(undone) FROM verdict").fetchone(),
        *db.execute(
            "SELECT (SELECT max(number) FROM report), (SELECT count(*) FROM round), EXISTS (SELECT 1 FROM touched)"
        ).fetchone(),
    )


def snapshot(path: Path) -> Snapshot:
    """Read the record into columns, in one read transaction."""
    begun = time.perf_counter()
    with reading(path) as db:
        db.execute("BEGIN")
        seen = version(db)
        maker = _Maker(db)
        articles = maker.articles()
        maker.actors()
        places = maker.places()
        events = maker.events()
        statements = maker.statements()
        talks = maker.talks()
        actors = maker.actor_columns(events, statements)
        coders = tuple(
            dict(zip(("version", "models", "settings", "articles"), row, strict=True))
            for row in db.execute(
                "SELECT c.version, c.models, c.settings, count(*) FROM article a JOIN revision r ON r.id = a.revision_id "
                "JOIN coder c ON c.id = r.coder_id GROUP BY c.id ORDER BY 4 DESC"
            )
        )
        told_together = joined(db)
        db.execute("COMMIT")
    made = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Snapshot(
        seen,
        made,
        time.perf_counter() - begun,
        events,
        statements,
        articles,
        talks,
        actors,
        places,
        coders,
        told_together,
    )


class _Maker:
    """The vocabularies that the columns share, filled while the tables are read."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self.db = db
        self.publisher = Coder()
        self.published: dict[str, tuple[int, int]] = {}  # article id -> publisher code, day
        self.key = Coder()
        self.country = Coder()
        self.sector = Coder()
        self.kind = Coder()
        self.actor: dict[str, int] = {}  # actor id -> key code
        self.facts: list[tuple[int, int, int]] = []  # by key code: country, sector, kind
        self.names: list[str] = []
        self.per_article: Counter[int] = Counter()
        self.place_label = Coder()
        self.place: dict[str, int] = {}
        self.place_country: list[int] = []
        self.place_countries = Coder()
        self.days: dict[str | None, int] = {None: NO_DAY}
        self.reviews = self._reviews()

    def _reviews(self) -> dict[str, tuple[str, Mapping[str, Any]]]:
        """The word that counts on each row: the latest that stands, whoever signed it."""
        rows = self.db.execute("SELECT target, verdict, fields FROM reviews_view WHERE stands ORDER BY row")
        return {target: (verdict, json.loads(fields)) for target, verdict, fields in rows}

    def day(self, text: str | None) -> int:
        """The ordinal of an ISO date, remembered: a record has few days and many rows."""
        found = self.days.get(text)
        if found is None:
            found = self.days[text] = datetime.date.fromisoformat(str(text)).toordinal()
        return found

    def articles(self) -> Columns:
        language = Coder()
        rows, publishers, languages, days = [], [], [], []
        for row, name, publisher, lang, published in self.db.execute(
            "SELECT row, id, publisher, language, published FROM article ORDER BY row"
        ):
            code, day = self.publisher(publisher), self.day(published)
            self.published[name] = (code, day)
            rows.append(row)
            publishers.append(code)
            languages.append(language(lang))
            days.append(day)
        return Columns(
            _rows(rows),
            {"publisher": single(self.publisher.labels, publishers), "language": single(language.labels, languages)},
            {"day": _ints(days)},
        )

    def actors(self) -> None:
        merges = dict(
            self.db.execute("SELECT key, into_key FROM identities_view WHERE stands AND act = 'merge' ORDER BY row")
        )
        splits = {
            (article, key): into
            for article, key, into in self.db.execute(
                "SELECT article_id, key, into_key FROM identities_view WHERE stands AND act = 'split' ORDER BY row"
            )
        }
        called: dict[int, Counter[str]] = {}
        seen: set[tuple[int, str]] = set()
        for name_id, article, key, name, kind, country, sector in self.db.execute(
            f"SELECT id, article_id, {KEY}, name, kind, country, sector FROM actor ORDER BY row"
        ):
            if splits:
                key = splits.get((article, key), key)
            own = key
            if merges:
                key = resolve(merges, key)
            code = self.key(key)
            self.actor[name_id] = code
            facts = (self.country(country), self.sector(sector), self.kind(kind))
            if code == len(self.facts):
                self.facts.append(facts)
                self.names.append(name)
            elif key == own and NONE in self.facts[code]:
                self.facts[code] = tuple(  # type: ignore[assignment]
                    old if old != NONE else new for old, new in zip(self.facts[code], facts, strict=True)
                )
            if name != self.names[code] or code in called:
                called.setdefault(code, Counter({self.names[code]: 1}))[name] += 1
            if (code, article) not in seen:
                seen.add((code, article))
                self.per_article[code] += 1
        for code, names in called.items():
            self.names[code] = names.most_common(1)[0][0]

    def places(self) -> Places:
        where: list[tuple[float | None, float | None]] = []
        for name_id, name, country, lat, lon in self.db.execute(
            "SELECT id, name, country, lat, lon FROM place ORDER BY row"
        ):
            code = self.place_label(f"{name}, {country}" if country else name)
            self.place[name_id] = code
            if code == len(where):
                where.append((lat, lon))
                self.place_country.append(self.place_countries(country))
            elif where[code][0] is None:
                where[code] = (lat, lon)
        return Places(self.place_label.labels, tuple(a for a, _ in where), tuple(b for _, b in where))

    def events(self) -> Columns:
        types = Coder(EVENT_TYPES)
        quads = Coder(tuple(dict.fromkeys(QUADS.values())))
        status, mode, review = Coder(), Coder(), Coder(REVIEWS)
        of_type = [quads(QUADS[name]) for name in EVENT_TYPES]
        at: dict[str, int] = {}
        corrected: dict[int, Mapping[str, Any]] = {}
        keep: dict[str, list[Any]] = {name: [] for name in EVENT_COLUMNS}
        for row, name, article, kind, how, state, score, start, sure, place, quad in self.db.execute(
            "SELECT row, id, article_id, type, mode, status, score, start_date, confidence, place_id, quad FROM event ORDER BY row"
        ):
            verdict, fields = self.reviews.get(name, NOT_REVIEWED)
            if fields:
                kind, how, state = fields.get("type", kind), fields.get("mode", how), fields.get("status", state)
                start = fields.get("start_date", start)
                corrected[len(at)] = fields
                if "type" in fields or "mode" in fields:
                    score = _score(kind, how)
            at[name] = len(at)
            code = types(kind)
            where = self.place.get(place, NONE) if place else NONE
            values = (
                row, code, of_type[code] if code < len(of_type) else quads(quad), mode(how), status(state), review(verdict), where,
                self.place_country[where] if where != NONE else NONE, self.published[article][0], self.day(start),
                NO_SCORE if score is None else score, NO_SCORE if sure is None else sure,
            )  # fmt: skip
            for held, value in zip(keep.values(), values, strict=True):
                held.append(value)
        links = self._links("SELECT event_id, role, actor_id FROM event_actor", at, corrected, ("actor", "recipient"))
        return Columns(
            _rows(keep["row"]),
            {
                "type": single(types.labels, keep["type"]),
                "quad": single(quads.labels, keep["quad"]),
                "mode": single(mode.labels, keep["mode"]),
                "status": single(status.labels, keep["status"]),
                "review": single(review.labels, keep["review"]),
                "place": single(self.place_label.labels, keep["place"]),
                "place_country": single(self.place_countries.labels, keep["place_country"]),
                "publisher": single(self.publisher.labels, keep["publisher"]),
                **self._parties("actor", *links["actor"]),
                **self._parties("recipient", *links["recipient"]),
            },
            {
                "day": _ints(keep["day"]),
                "score": np.asarray(keep["score"], np.float32),
                "confidence": np.asarray(keep["confidence"], np.float32),
            },
        )

    def statements(self) -> Columns:
        acts = Coder((*EVENT_TYPES, "STATE"))
        quads = Coder((*dict.fromkeys(QUADS.values()), STATE))
        quotation, review = Coder(), Coder(REVIEWS)
        at: dict[str, int] = {}
        keep: dict[str, list[Any]] = {name: [] for name in STATEMENT_COLUMNS}
        speakers: list[int] = []
        for row, name, article, speaker, act, how, said, sure in self.db.execute(
            "SELECT row, id, article_id, speaker_id, act, quotation, date, confidence FROM statement ORDER BY row"
        ):
            verdict, fields = self.reviews.get(name, NOT_REVIEWED)
            if fields:
                act, how = fields.get("act", act), fields.get("quotation", how)
                speaker = fields.get("speaker_id", speaker)
            at[name] = len(at)
            values = (
                row, acts(act), quads(QUADS.get(act, STATE)), quotation(how), review(verdict), self.published[article][0],
                self.day(said), NO_SCORE if sure is None else sure,
            )  # fmt: skip
            for held, value in zip(keep.values(), values, strict=True):
                held.append(value)
            speakers.append(self.actor.get(speaker, NONE) if speaker else NONE)
        links = self._links(
            "SELECT statement_id, 'addressee', actor_id FROM statement_addressee", at, {}, ("addressee",)
        )
        owners = np.arange(len(speakers), dtype=np.int32)
        return Columns(
            _rows(keep["row"]),
            {
                "act": single(acts.labels, keep["act"]),
                "quad": single(quads.labels, keep["quad"]),
                "quotation": single(quotation.labels, keep["quotation"]),
                "review": single(review.labels, keep["review"]),
                "publisher": single(self.publisher.labels, keep["publisher"]),
                **self._parties("speaker", owners, _ints(speakers)),
                **self._parties("addressee", *links["addressee"]),
            },
            {"day": _ints(keep["day"]), "confidence": np.asarray(keep["confidence"], np.float32)},
        )

    def talks(self) -> Columns:
        outcome, review = Coder(), Coder(REVIEWS)
        at: dict[str, int] = {}
        rows, outcomes, reviews, countries, days = [], [], [], [], []
        for row, name, result, start, place in self.db.execute(
            "SELECT row, id, outcome, start_date, place_id FROM talks ORDER BY row"
        ):
            verdict, fields = self.reviews.get(name, NOT_REVIEWED)
            at[name] = len(at)
            rows.append(row)
            outcomes.append(outcome(fields.get("outcome", result)))
            reviews.append(review(verdict))
            where = self.place.get(place, NONE) if place else NONE
            countries.append(self.place_country[where] if where != NONE else NONE)
            days.append(self.day(fields.get("start_date", start)))
        links = self._links("SELECT talks_id, role, actor_id FROM talks_actor", at, {}, ("party", "mediator"))
        return Columns(
            _rows(rows),
            {
                "outcome": single(outcome.labels, outcomes),
                "review": single(review.labels, reviews),
                "place_country": single(self.place_countries.labels, countries),
                **self._parties("party", *links["party"]),
                **self._parties("mediator", *links["mediator"]),
            },
            {"day": _ints(days)},
        )

    def actor_columns(self, events: Columns, statements: Columns) -> Actors:
        def count(columns: Columns, name: str) -> Ints:
            return columns.counts(name, columns.all()).astype(np.int32)

        acted, received = count(events, "actor"), count(events, "recipient")
        spoke = count(statements, "speaker")
        size = len(self.names)
        columns = Columns(
            np.arange(1, size + 1, dtype=np.int64),
            {
                "country": single(self.country.labels, [f[0] for f in self.facts]),
                "sector": single(self.sector.labels, [f[1] for f in self.facts]),
                "kind": single(self.kind.labels, [f[2] for f in self.facts]),
                "name": single(tuple(self.names), range(size)),
            },
            {
                "articles": _ints([self.per_article[code] for code in range(size)]),
                "acted": acted,
                "received": received,
                "statements": spoke,
                "rows": acted + received + spoke,
            },
        )
        return Actors(self.key.labels, tuple(self.names), columns)

    def _links(
        self, sql: str, at: Mapping[str, int], corrected: Mapping[int, Mapping[str, Any]], roles: Sequence[str]
    ) -> dict[str, tuple[Ints, Ints]]:
        """For each role: positions of rows, and the actors' key codes beside them."""
        found: dict[str, tuple[list[int], list[int]]] = {role: ([], []) for role in roles}
        replaced = {(pos, role) for pos, fields in corrected.items() for role in roles if f"{role}_ids" in fields}
        actor = self.actor
        for row, role, name in self.db.execute(sql):
            pos = at.get(row)
            if pos is None or (replaced and (pos, role) in replaced):
                continue
            owners, codes = found[role]
            owners.append(pos)
            codes.append(actor[name])
        for pos, role in replaced:
            owners, codes = found[role]
            for name in corrected[pos][f"{role}_ids"]:
                if name in actor:
                    owners.append(pos)
                    codes.append(actor[name])
        return {role: (_ints(owners), _ints(codes)) for role, (owners, codes) in found.items()}

    def _parties(self, role: str, owners: Ints, codes: Ints) -> dict[str, Any]:
        """The dimensions of one role: the actors themselves, their countries and their sectors."""
        facts = np.asarray(self.facts or [(NONE, NONE, NONE)], dtype=np.int32)
        known = codes != NONE
        owners, codes = owners[known], codes[known]
        return {
            role: several(self.key.labels, owners, codes),
            f"{role}_country": several(self.country.labels, owners, facts[codes, 0] if len(codes) else codes),
            f"{role}_sector": several(self.sector.labels, owners, facts[codes, 1] if len(codes) else codes),
        }


KEY = "ifnull(key, lower(name) || '|' || ifnull(country, ''))"
"""The identity of an actor across articles; where the coder gave none, name and country, as RECORD.md has it."""

NOT_REVIEWED: tuple[str, Mapping[str, Any]] = ("not reviewed", {})
NO_SCORE = float("nan")
EVENT_COLUMNS = (
    "row", "type", "quad", "mode", "status", "review", "place", "place_country", "publisher", "day", "score", "confidence",
)  # fmt: skip
STATEMENT_COLUMNS = ("row", "act", "quad", "quotation", "review", "publisher", "day", "confidence")


def _score(kind: str, mode: str | None) -> float | None:
    """The codebook's score of a corrected type and mode."""
    from dateline.events import codebook

    book = codebook.load()
    return book.score(kind, mode) if kind in book.types else None


def _rows(rows: Iterable[int]) -> Any:
    return np.asarray(list(rows), dtype=np.int64)


def _ints(values: Sequence[int]) -> Ints:
    return np.asarray(values, dtype=np.int32)
