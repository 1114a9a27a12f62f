"""Positions: what each side of a round blamed, demanded, refused, promised, threatened, thanked for and claimed.

A statement is a position of its speaker's side on the round that its article tells of. An article without talks counts to
the round around it if it names two of the round's sides; one that speaks of talks reaches further, and may name a party and a
mediator. The kind is read off the words of cue and content, and off the act that the coder gave where they do not say.
"""

from __future__ import annotations

import datetime
import json
import re
import sqlite3
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from dateline.corroborate.echoes import alike
from dateline.corroborate.notes import limits
from dateline.corroborate.score import tokens
from dateline.corroborate.sides import Cast
from dateline.errors import DataError
from dateline.model import EVENT_TYPES
from dateline.record.ids import DIGITS, digest
from dateline.record.joined import KINDS
from dateline.record.query import marks

_FILE = "corroborate/data/positions.toml"

REPEATED = 0.8
"""Part of the shorter one's content words that make two positions of one text the same: a reprint changes a word or cuts."""


@dataclass(frozen=True, slots=True)
class Words:
    """positions.toml, checked: patterns in the order in which they are asked."""

    cue: tuple[tuple[str, re.Pattern[str]], ...]
    content: tuple[tuple[str, re.Pattern[str]], ...]
    act: dict[str, str]
    before: int
    after: int
    linked_before: int
    linked_after: int
    links: re.Pattern[str]


@cache
def words() -> Words:
    """Load the lists once. Raises DataError for an unknown kind or act."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))
    named = {*table["cue"], *table["content"], *table["act"].values()}
    if unknown := named - set(KINDS):
        raise DataError(f"{_FILE}: {', '.join(sorted(unknown))} is no kind of position")
    if wrong := set(table["act"]) ^ {*EVENT_TYPES, "STATE"}:
        raise DataError(f"{_FILE}: [act] {', '.join(sorted(wrong))}: missing or unknown")

    def pattern(entries: list[str]) -> re.Pattern[str]:
        ordered = sorted(entries, key=len, reverse=True)
        return re.compile("|".join(rf"\b{re.escape(w).replace('_', ' ')}" for w in ordered))

    def patterns(section: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((kind, pattern(entries)) for kind, entries in table[section].items())

    window = table["window"]
    days = (int(window[key]) for key in ("before", "after", "linked_before", "linked_after"))
    return Words(patterns("cue"), patterns("content"), dict(table["act"]), *days, pattern(window["links"]))


def kind(cue: str | None, content: str, act: str) -> str:
    """The kind of position that a statement is, by its cue, its content and its act."""
    lists = words()
    for name, pattern in lists.cue:
        if cue and pattern.search(cue.casefold()):
            return name
    by_act = lists.act[act]
    if by_act not in ("claim", "blame") or not cue:  # a coder without a model takes every strange cue for an accusation
        return by_act
    folded = content.casefold().partition("whether ")[0]
    for name, pattern in lists.content:
        if pattern.search(folded):
            return name
    return by_act if act != "ACCUSE" else "claim"


@dataclass(frozen=True, slots=True)
class Around:
    """A round as the choice for a statement sees it."""

    id: str
    first: int
    last: int
    parties: frozenset[str]
    mediators: frozenset[str]
    held: bool


def around(db: sqlite3.Connection, round_: str) -> Around | None:
    """A round as it stands in the record, or None if it is no more."""
    row = db.execute(
        "SELECT r.held, min(n.day), max(n.day) FROM round r JOIN round_talks t ON t.round_id = r.id JOIN talks_note n "
        "ON n.talks_id = t.talks_id WHERE r.id = ? AND (NOT t.announces OR NOT r.held)",
        (round_,),
    ).fetchone()
    if row is None or row[1] is None:
        return None
    sides: dict[str, set[str]] = {"party": set(), "mediator": set(), "host": set()}
    for role, side in db.execute("SELECT role, side FROM round_party WHERE round_id = ?", (round_,)):
        sides[role].add(side)
    return Around(round_, row[1], row[2], frozenset(sides["party"]), frozenset(sides["mediator"]), bool(row[0]))


class Positions:
    """The positions of an open record, within the caller's transaction. `cast` gives the actors of an article as sides."""

    def __init__(self, db: sqlite3.Connection, cast: Callable[[str], Cast]) -> None:
        self._db = db
        self._cast = cast
        self._rounds: dict[str, Around | None] = {}

    def join(
        self, articles: Iterable[str], rounds: Mapping[str, Around | None], retold: Iterable[str] = ()
    ) -> set[str]:
        """Read the positions of articles, and of those that changed rounds reach. Gives the articles whose pledges may have
        changed: these, and those whose statements are now made at a round, or no more.

        `rounds`: the rounds written, each as it stood before.
        """
        db = self._db
        reached = set(articles) | set(retold)
        for round_, before in rounds.items():
            reached |= self._reach(round_, before)
        touched, changed = set(rounds), set(articles) | set(retold)
        pledging = set(changed)
        for article in sorted(reached):
            at_rounds = self._at_rounds(article)
            moved = self._read(article)
            touched |= moved
            if moved:
                changed.add(article)
                if self._at_rounds(article) != at_rounds:
                    pledging.add(article)
        texts = {
            row[0] for a in changed for row in db.execute("SELECT text_id FROM text_article WHERE article_id = ?", (a,))
        }
        for text in sorted(texts):
            touched |= self._repeats(text)
        for round_ in sorted(touched):
            self._sum_up(round_)
        return pledging

    def _at_rounds(self, article: str) -> set[str]:
        """The statements of an article that are made by one who took part."""
        return {
            row[0]
            for row in self._db.execute(
                "SELECT statement_id FROM position WHERE article_id = ? AND took_part", (article,)
            )
        }

    def _reach(self, round_: str, before: Around | None) -> set[str]:
        """The articles that tell of a round, and those around it that speak of two of its sides."""
        db = self._db
        found = {row[0] for row in db.execute("SELECT article_id FROM round_talks WHERE round_id = ?", (round_,))}
        found |= {row[0] for row in db.execute("SELECT article_id FROM position WHERE round_id = ?", (round_,))}
        now = self._around(round_)
        if now is None or now == before:
            return found
        begin, end = now.first - words().linked_before, now.last + words().linked_after
        if before is not None and replace(before, first=now.first, last=now.last) == now:
            # The same round told of earlier or later: for articles on the far side of it nothing has changed.
            begin = begin if now.first != before.first else before.last
            end = end if now.last != before.last else before.first
        first, last = (datetime.date.fromordinal(max(1, d)).isoformat() for d in (begin, end))
        sides = sorted(now.parties | now.mediators)
        near = db.execute(  # by days first: a great power is an actor of every fifth article
            "SELECT a.id, a.published FROM article a INDEXED BY article_published CROSS JOIN actor x ON x.article_id = a.id "
            "WHERE a.published BETWEEN ? AND ? "
            f"AND (x.country IN ({marks(sides)}) OR x.key IN ({marks(sides)})) GROUP BY a.id "
            "HAVING count(DISTINCT ifnull(x.country, x.key)) > 1 OR count(DISTINCT x.key) > 1",
            (first, last, *sides, *sides),
        ).fetchall()
        found |= {
            article for article, published in near if article not in found and self._open(article, published, now)
        }
        return found

    def _open(self, article: str, published: str, round_: Around) -> bool:
        """Whether an article that does not tell of a round may count to it: it tells of none, the round lies within its
        days, and none is nearer by now.

        A nearer one that changes too is no hindrance: its own reach takes in all articles that counted to it.
        """
        db = self._db
        if db.execute("SELECT 1 FROM round_talks WHERE article_id = ?", (article,)).fetchone():
            return False
        if not db.execute(
            "SELECT 1 FROM statement WHERE article_id = ? AND speaker_id IS NOT NULL", (article,)
        ).fetchone():
            return False
        row = db.execute("SELECT round_id FROM position WHERE article_id = ? LIMIT 1", (article,)).fetchone()
        now = self._around(row[0]) if row else None
        day = datetime.date.fromisoformat(published).toordinal()
        if not round_.first - words().before <= day <= round_.last + words().after:
            _, before, after = self._window(article)
            if not round_.first - before <= day <= round_.last + after:
                return False
        return now is None or _distance(now, day) >= _distance(round_, day)

    def _around(self, round_: str) -> Around | None:
        if round_ not in self._rounds:
            self._rounds[round_] = around(self._db, round_)
        return self._rounds[round_]

    def _read(self, article: str) -> set[str]:
        """Read the positions of one article and write them if they changed. Gives the rounds that gained or lost one."""
        db = self._db
        columns = "statement_id, side, id, round_id, article_id, name, kind, took_part"
        before = set(db.execute(f"SELECT {columns} FROM position WHERE article_id = ?", (article,)))
        found = set()
        choices = self._choices(article)
        cast = self._cast(article)
        said = db.execute(
            "SELECT id, speaker_id, act, cue_text, text FROM statement WHERE article_id = ? AND speaker_id IS NOT NULL ORDER BY row",
            (article,),
        ).fetchall() if choices else []  # fmt: skip
        for statement, speaker, act, cue, text in said:
            for side in cast.sides(speaker):
                chosen = next((r for r in choices if side.id in r.parties), None) or choices[0]
                if side.id not in chosen.mediators:  # the chair is not at the table
                    id_ = f"position-{digest(statement, side.id)[:DIGITS]}"
                    named = side.name, kind(cue, text, act), int(side.id in chosen.parties)
                    found.add((statement, side.id, id_, chosen.id, article, *named))
        if found == before:
            return set()
        db.execute("DELETE FROM position WHERE article_id = ?", (article,))
        db.executemany("INSERT OR REPLACE INTO position VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", sorted(found))
        return {row[3] for row in found ^ before}

    def _window(self, article: str) -> tuple[bool, int, int]:
        """Whether an article speaks of talks, and how many days before and after a round it may then count to it."""
        text = self._db.execute("SELECT text FROM article WHERE id = ?", (article,)).fetchone()[0]
        if words().links.search((text or "").casefold()) is None:
            return False, words().before, words().after
        return True, words().linked_before, words().linked_after

    def _choices(self, article: str) -> list[Around]:
        """The rounds to which statements of an article may count: those it tells of, held ones first, else the nearest."""
        db = self._db
        told = db.execute(
            "SELECT round_id FROM round_talks WHERE article_id = ? ORDER BY announces, round_id", (article,)
        ).fetchall()
        found = [one for (r,) in told if (one := self._around(r)) is not None]
        if found:
            return found
        published = db.execute("SELECT published FROM article WHERE id = ?", (article,)).fetchone()[0]
        if published is None:
            return []
        linked, before, after = self._window(article)
        day = datetime.date.fromisoformat(published).toordinal()
        cast = self._cast(article)
        here = {cast.side(a).id for (a,) in db.execute("SELECT id FROM actor WHERE article_id = ?", (article,))}
        reach = limits().gap + before + after  # a round around this day has been told of within so many
        roles = "'party', 'mediator'" if linked else "'party'"
        rounds = db.execute(
            f"SELECT round_id FROM round_party WHERE role IN ({roles}) AND side IN ({marks(here)}) AND round_id IN (SELECT t.round_id FROM "
            f"talks_note_side s JOIN round_talks t ON t.talks_id = s.talks_id WHERE s.side IN ({marks(here)}) AND s.day BETWEEN ? AND ?) "
            "GROUP BY round_id HAVING count(DISTINCT side) > 1 AND sum(role = 'party') > 0",
            (*sorted(here), *sorted(here), day - reach, day + reach),
        ).fetchall()
        near = [
            one
            for (round_,) in rounds
            if (one := self._around(round_)) and one.first - before <= day <= one.last + after
        ]
        near.sort(key=lambda r: (*_distance(r, day), -len(here & r.parties), r.id))
        return near[:1]

    def _repeats(self, text: str) -> set[str]:
        """Mark what a later article of one text says again, so that reprints count once. Gives the rounds it concerns."""
        db = self._db
        rows = db.execute(
            "SELECT o.id, o.side, o.round_id, o.repeats, s.text, m.position FROM text_article m JOIN position o ON o.article_id = m.article_id "
            "JOIN statement s ON s.id = o.statement_id WHERE m.text_id = ? ORDER BY m.position, s.row, o.side",
            (text,),
        ).fetchall()
        first: list[tuple[str, str, set[str], int]] = []
        concerned = set()
        for id_, side, round_, before, words_, position in rows:
            said = set(tokens(words_)[0])
            again = next(
                (f for f in first if f[1] == side and f[3] < position and _common(f[2], said) >= REPEATED), None
            )
            if before != (again and again[0]):
                db.execute("UPDATE position SET repeats = ? WHERE id = ?", (again and again[0], id_))
                concerned.add(round_)
            if again is None:
                first.append((id_, side, said, position))
        return concerned

    def _sum_up(self, round_: str) -> None:
        """Who was heard, who was silent, who spoke from outside, and what several sides said alike."""
        db = self._db
        at = self._around(round_)
        if at is None:
            return
        said: dict[str, list[tuple[str, str]]] = {}
        for id_, side, text in db.execute(
            "SELECT o.id, o.side, s.text FROM position o JOIN statement s ON s.id = o.statement_id WHERE o.round_id = ? "
            "AND o.repeats IS NULL ORDER BY o.id",
            (round_,),
        ):
            said.setdefault(side, []).append((id_, text))
        heard = set(said)
        db.execute(
            "UPDATE round SET heard = ?, silent = ?, outside = ?, alike = ? WHERE id = ?",
            (
                _json(sorted(heard & at.parties)), _json(sorted(at.parties - heard)),
                _json(sorted(heard - at.parties)), _json(alike(said)), round_,
            ),
        )  # fmt: skip


def _distance(round_: Around, day: int) -> tuple[bool, int]:
    """How far a round is from an article of this day: those held come first, then the days between."""
    return not round_.held, max(round_.first - day, day - round_.last, 0)


def _common(a: set[str], b: set[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
