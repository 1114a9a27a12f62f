"""The methods sheet of a record: the paragraph and the tables that a paper needs, in Markdown."""

from __future__ import annotations

import datetime
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.record.file import reading
from dateline.record.witnesses import joined
from dateline.settings import Settings
from dateline.settings import load as load_settings
from dateline.version import __version__

MAX_ROWS = 20
"""Rows of a table of publishers or problems; the rest is counted in one line."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model that coded: name, hash of its weights, in how many articles, and its card where the weights are at hand."""

    name: str
    digest: str
    articles: int
    card: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sheet says, as numbers."""

    counts: Mapping[str, int]
    first: datetime.date | None
    last: datetime.date | None
    undated: int
    publishers: tuple[tuple[str, int], ...]
    origins: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int, int], ...]
    statuses: tuple[tuple[str, int], ...]
    problems: tuple[tuple[str, str, int], ...]
    coders: tuple[tuple[str, str, int], ...]
    models: tuple[Model, ...]
    runs: tuple[tuple[str, str, str], ...]
    judged: int
    judges: int


def facts(path: Path) -> Facts:
    """Count what the methods sheet says of a record."""
    with reading(path) as db:
        one = db.execute
        days = one("SELECT min(published), max(published), sum(published IS NULL) FROM article").fetchone()
        coders = one(
            "SELECT c.version, c.settings, count(*) FROM article a JOIN revision r ON r.id = a.revision_id "
            "JOIN coder c ON c.id = r.coder_id GROUP BY 1, 2 ORDER BY 3 DESC, 1"
        ).fetchall()
        return Facts(
            dict(_counts(db)), _day(days[0]), _day(days[1]), days[2] or 0,
            _pairs(db, "SELECT ifnull(publisher, '(none named)'), count(*) FROM article GROUP BY 1 ORDER BY 2 DESC, 1"),
            _pairs(db, "SELECT ifnull(published_origin, '(no date)'), count(*) FROM article GROUP BY 1 ORDER BY 2 DESC, 1"),
            _types(db),
            _pairs(db, "SELECT status, count(*) FROM event GROUP BY 1 ORDER BY 2 DESC, 1"),
            tuple(one("SELECT stage, iif(article_id IS NULL, 'not coded', 'coded'), count(*) FROM problem GROUP BY 1, 2 "
                      "ORDER BY 3 DESC, 1").fetchall()),
            tuple(coders), tuple(_models(db)),
            tuple(one("SELECT id, version, command FROM run ORDER BY row").fetchall()),
            one("SELECT count(DISTINCT target) FROM review WHERE undone IS NULL").fetchone()[0],
            one("SELECT count(DISTINCT coder) FROM review WHERE undone IS NULL").fetchone()[0],
        )  # fmt: skip


def _counts(db: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    def count(sql: str) -> int:
        return int(db.execute(sql).fetchone()[0])

    yield "articles", count("SELECT count(*) FROM article")
    yield "inputs not coded", count("SELECT count(DISTINCT source) FROM problem WHERE article_id IS NULL")
    yield "publishers", count("SELECT count(DISTINCT publisher) FROM article")
    yield "statements", count("SELECT count(*) FROM statement")
    yield "reports of events", count("SELECT count(*) FROM event")
    yield "talks in articles", count("SELECT count(*) FROM talks")
    yield "actors (by key)", count("SELECT count(DISTINCT ifnull(key, id)) FROM actor")
    if joined(db):
        yield "texts", count("SELECT count(DISTINCT text_id) FROM text_article")
        yield "events", count("SELECT count(DISTINCT ifnull(r.cluster_id, e.id)) FROM event e LEFT JOIN report r "
                              "ON r.event_id = e.id")  # fmt: skip
        yield "rounds of talks", count("SELECT count(DISTINCT round_id) FROM round_talks")


def _types(db: sqlite3.Connection) -> tuple[tuple[str, int, int], ...]:
    """Type, reports, events (joined reports once)."""
    rows = db.execute(
        "SELECT e.type, count(*), count(DISTINCT ifnull(r.cluster_id, e.id)) FROM event e "
        "LEFT JOIN report r ON r.event_id = e.id GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    return tuple((str(t), int(n), int(m)) for t, n, m in rows)


def _pairs(db: sqlite3.Connection, sql: str) -> tuple[tuple[str, int], ...]:
    return tuple((str(name), int(count)) for name, count in db.execute(sql))


def _models(db: sqlite3.Connection) -> Iterator[Model]:
    counts: dict[tuple[str, str], int] = {}
    for models, articles in db.execute(
        "SELECT c.models, count(*) FROM article a JOIN revision r ON r.id = a.revision_id JOIN coder c ON c.id = r.coder_id "
        "GROUP BY c.models"
    ):
        for name, digest in json.loads(models).items():
            counts[name, digest] = counts.get((name, digest), 0) + articles
    for (name, digest), articles in sorted(counts.items()):
        yield Model(name, digest, articles, _card(name, digest))


def _card(name: str, digest: str) -> Mapping[str, Any] | None:
    """The card of a model that ships with this Dateline; None if there is none, or if its weights are not those used."""
    folder = resources.files("dateline").joinpath("data", "models", name)
    card, weights = folder.joinpath("card.json"), folder.joinpath("model.onnx")
    if not card.is_file() or not weights.is_file():
        return None
    if "sha256:" + hashlib.sha256(weights.read_bytes()).hexdigest() != digest:
        return None
    found = json.loads(card.read_text(encoding="utf-8"))
    return found if isinstance(found, dict) else None


def sheet(path: Path, settings: Settings | None = None) -> str:
    """The methods sheet in Markdown. `settings`: those used, to name what differs from the defaults (default: none given)."""
    f = facts(path)
    parts = [
        f"# Methods: {path.name}",
        paragraph(f),
        "## Counts",
        _table(("what", "count"), f.counts.items()),
        "Reports are rows of single articles; texts are different bodies (reprints and later versions count once); events are "
        "reports joined across articles." if "texts" in f.counts else
        "Reports of the same event in several articles are not joined in this record (`dateline join`): reports are not events.",
        "## Sampling frame",
        *_frame(f),
        "## Events",
        _table(("type", "reports", "events"), f.types) if f.types else "None.",
        _table(("status", "reports"), f.statuses) if f.statuses else "",
        "## Coder",
        *_coder(f, settings),
        "## Accuracy",
        *_accuracy(f),
        "## What went wrong",
        _table(("stage", "article", "problems"), f.problems) if f.problems else "No problems are in the record.",
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def paragraph(f: Facts) -> str:
    """The methods in running text."""
    c = f.counts
    versions = _listed(dict.fromkeys(version for version, _, _ in f.coders)) or __version__
    spread = ""
    if f.first:
        spread = f", published on {f.first}" if f.first == f.last else f", published between {f.first} and {f.last}"
    if f.undated:
        spread += f" ({_number(f.undated, 'article')} without a date)"
    whose = f" from {_number(c['publishers'], 'publisher')}" if c["publishers"] else ""
    left = f"; {_number(c['inputs not coded'], 'further input')} gave no article" if c["inputs not coded"] else ""
    told = (
        f"{c['reports of events']:,} reports of events, joined into {c['events']:,} events told by {_number(c['texts'], 'text')}"
        if "texts" in c
        else f"{c['reports of events']:,} reports of events"
    )
    judged = (
        f" {_number(f.judged, 'row')} were judged by {_number(f.judges, 'analyst')}; their judgements are kept apart from the "
        "machine's rows."
        if f.judged
        else " No row was judged by an analyst."
    )
    return (
        f"We coded {_number(c['articles'], 'article')}{whose}{spread}{left}. Dateline "
        f"{versions} read from them {c['statements']:,} statements and {told}, in the categories of PLOVER. Every row names the "
        f"words that support it, the rule or model that made it, and its confidence.{judged}"
    )


def _frame(f: Facts) -> Iterator[str]:
    yield "The record was filled by these runs:"
    shown = f.runs[-MAX_ROWS:]
    yield _table(("run", "version", "command"), shown)
    if len(f.runs) > len(shown):
        yield f"And {len(f.runs) - len(shown)} earlier runs."
    yield _table(("publisher", "articles"), _top(f.publishers))
    yield "Where the publication date was taken from:"
    yield _table(("origin of the date", "articles"), f.origins)
    yield (
        "What was read is what the sources above held when they were read; Dateline does not sample. Say here how the sources "
        "were chosen, for which period, languages and search terms."
    )


def _coder(f: Facts, settings: Settings | None) -> Iterator[str]:
    yield _table(("version", "settings", "articles"), f.coders)
    if len(f.coders) > 1:
        yield "Articles were coded in more than one way; code them anew with one version for figures that compare."
    default = load_default()
    used = {digest for _, digest, _ in f.coders}
    if used <= {default.digest}:
        yield f"All settings are the defaults of Dateline {__version__}."
    elif settings is not None and settings.digest in used:
        differing = [
            (k, default[k], v) for k, v in settings.values.items() if v != default[k] and not k.startswith("run.")
        ]
        yield "Settings that differ from the defaults:"
        yield _table(("setting", "default", "here"), differing)
    else:
        yield (
            f"Settings other than the defaults of Dateline {__version__} were used; the record keeps their hash only. Give the file "
            "with --settings to have them listed."
        )
    yield _table(("model", "weights", "articles"), ((m.name, m.digest, m.articles) for m in f.models))


def load_default() -> Settings:
    """The settings that ship, whatever DATELINE_SETTINGS names."""
    return load_settings(str(resources.files("dateline").joinpath("settings.toml")))


def _accuracy(f: Facts) -> Iterator[str]:
    cards = {m.name: m.card for m in f.models if m.card}
    rows = [(name, *row) for name, card in cards.items() for row in _figures(card.get("measured") or {})]
    if rows:
        yield "Figures from the cards of the models that ship with this Dateline:"
        yield _table(("model", "measured on", "figure", "value"), rows)
    else:
        yield "No accuracy figures are at hand: the models used are not those that ship here, or their cards name none."
    yield (
        "They hold for the texts they were measured on. For yours, draw an audit sheet (`dateline sample`), fill it, and report "
        "what `dateline sample --score` prints."
    )


def _figures(measured: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str, Any]]:
    """The figures of a card as (where, which, value), however deep they are nested."""
    for name, value in measured.items():
        if isinstance(value, Mapping):
            yield from _figures(value, f"{above} / {name}" if above else str(name))
        else:
            yield above or "-", str(name), value


def _top(rows: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    shown = list(rows[:MAX_ROWS])
    rest = rows[MAX_ROWS:]
    return [*shown, (f"{len(rest)} others", sum(count for _, count in rest))] if rest else shown


def _table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_cell(value) for value in row) + " |" for row in rows]
    return "\n".join(lines) if len(lines) > 2 else ""


def _cell(value: Any) -> str:
    """A value that cannot break the table: text from articles and paths is data, not markup."""
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    text = " ".join(str(value).split())
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, "\\" + mark)
    return text


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _listed(names: Iterable[str]) -> str:
    given = list(names)
    return given[0] if len(given) == 1 else ", ".join(given[:-1]) + " and " + given[-1] if given else ""


def _day(value: str | None) -> datetime.date | None:
    return None if value is None else datetime.date.fromisoformat(value)
