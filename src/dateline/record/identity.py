"""Which actor of a record somebody means: by key, by the id of a row, or by name.

Merging and splitting, which follow from it, are in `review`: like judgements they lie over the machine's rows.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dateline.errors import UsageError
from dateline.record.file import reading

KEY = "ifnull(key, lower(name) || '|' || ifnull(country, ''))"
"""The identity of an actor across articles; where the coder gave none, name and country, as RECORD.md has it."""

SHOWN = 8
"""How many actors that a name may mean are listed in a message."""


@dataclass(frozen=True, slots=True)
class Known:
    """An actor across articles: its key, its most frequent name with country and sector, and in how many articles it is."""

    key: str
    name: str
    country: str | None
    sector: str | None
    articles: int

    def __str__(self) -> str:
        told = " ".join(part for part in (self.country, self.sector) if part)
        return f"{self.key} ({self.name}{', ' + told if told else ''}; {self.articles} articles)"


def meant(path: Path, asked: str, article: str | None = None) -> Known:
    """The one actor that `asked` means: a key, the id of an actor's row, or a name, whole or in part.

    A key comes before an id, an id before a name, a whole name (of the actor or of one of its mentions) before a part of
    one; case does not matter in names. `article`: only the actors of this article, whose ids in the coding ("a3") are
    known too. Raises UsageError if nobody in the record is meant or several are; the message lists those.
    """
    asked = asked.strip()
    part = "%" + asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    ways = (
        (f"{KEY} = ?", asked),
        ("id = ?" if article is None else "(id = ?1 OR local = ?1)", asked),
        ("name = ? COLLATE NOCASE", asked),
        ("id IN (SELECT actor_id FROM mention WHERE text = ? COLLATE NOCASE)", asked),
        ("name LIKE ? ESCAPE '\\'", part),
    )
    with reading(path) as db:
        for condition, value in ways if asked else ():
            found = _actors(db, condition, value, article)
            if len(found) == 1:
                return found[0]
            if found:
                more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
                raise UsageError(
                    f"'{asked}' may be {len(found)} actors; give the key of one: "
                    + "; ".join(str(one) for one in found[:SHOWN]) + more
                )  # fmt: skip
    where, which = (f"article {article}", f" --article {article}") if article else (str(path), "")
    raise UsageError(f"{where}: no actor '{asked}'; `dateline show {path} actors{which}` lists them")


def known(path: Path, key: str) -> bool:
    """Whether an actor of the record has this very key, or another one was led into it."""
    with reading(path) as db:
        return (
            db.execute(
                f"SELECT 1 FROM actor WHERE {KEY} = ?1 UNION ALL SELECT 1 FROM identities_view WHERE stands AND into_key = ?1 "
                "LIMIT 1",
                (key,),
            ).fetchone()
            is not None
        )


def _actors(db: sqlite3.Connection, condition: str, value: str, article: str | None) -> list[Known]:
    """Those that a condition on the table `actor` fits, by key, the one in most articles first."""
    rows: Iterable[tuple[str, str, str | None, str | None, int]] = db.execute(
        f"SELECT {KEY} AS own, name, country, sector, count(*) FROM actor WHERE {KEY} IN "
        f"(SELECT {KEY} FROM actor WHERE {condition} AND (?2 IS NULL OR article_id = ?2)) "
        "GROUP BY own, name, country, sector ORDER BY count(*) DESC, min(row)",
        (value, article),
    )
    first: dict[str, tuple[str, str | None, str | None]] = {}
    counts: dict[str, int] = {}
    for key, name, country, sector, articles in rows:
        first.setdefault(key, (name, country, sector))
        counts[key] = counts.get(key, 0) + articles
    return [Known(key, *first[key], counts[key]) for key in sorted(first, key=lambda key: -counts[key])]
