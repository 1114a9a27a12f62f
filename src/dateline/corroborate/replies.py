"""Later statements that bear on a pledge: its parties speak of its matter again.

As with events (pledges.py), all is about one pledge and one statement, and nothing looks at how often a word occurs in the
record: how much a shared word says is read off the language (data/common.txt), so that the order of arrival changes nothing.
"""

from __future__ import annotations

import datetime
import math
import sqlite3
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.corroborate.pledges import Made, Relation, content_words
from dateline.corroborate.score import tokens
from dateline.corroborate.sides import Cast
from dateline.errors import DataError
from dateline.model import EVENT_TYPES
from dateline.record.query import marks

_FILE = "corroborate/data/pledges.toml"

FLAT = 50
"""The rank up to which all words say nearly nothing. Beyond it what a word says grows with the logarithm of its rank, as
Zipf's law has it, up to 1 for words that are not in the list."""


@dataclass(frozen=True, slots=True)
class Rules:
    """[said] of pledges.toml, checked."""

    acts: frozenset[str]
    common: int
    link: float
    decide: float
    least: float
    words: int
    kept: frozenset[str]
    broken: frozenset[str]
    refused: frozenset[str]


@cache
def rules() -> Rules:
    """Load the rules once. Raises DataError for an unknown act."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))["said"]
    lists = [frozenset(table[name]) for name in ("acts", "kept", "broken", "refused")]
    if unknown := frozenset().union(*lists) - {*EVENT_TYPES, "STATE"}:
        raise DataError(f"{_FILE}: [said] {', '.join(sorted(unknown))} is no act")
    if stray := frozenset().union(*lists[1:]) - lists[0]:
        raise DataError(f"{_FILE}: [said] {', '.join(sorted(stray))} decides, but is not among the acts")
    return Rules(lists[0], table["common"], table["link"], table["decide"], table["least"], table["words"], *lists[1:])


@cache
def _ranks() -> dict[str, int]:
    text = resources.files("dateline").joinpath("corroborate/data/common.txt").read_text(encoding="utf-8")
    stems = [word for line in text.splitlines() if not line.startswith("#") for word in line.split()]
    return {stem: rank for rank, stem in enumerate(stems)}


def says(word: str) -> float:
    """How much it says that two statements share a content word (as `tokens` has it): 0 for the commonest, 1 for rare ones."""
    ranks = _ranks()
    rank = ranks.get(word)
    return 1.0 if rank is None else math.log1p(rank / FLAT) / math.log1p(len(ranks) / FLAT)


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it may bear on a pledge. `day` is a proleptic ordinal; sides as in sides.py."""

    by: frozenset[str]
    to: frozenset[str]
    act: str
    day: int
    words: frozenset[str]


def telling(words: Iterable[str]) -> list[str]:
    """The words by which a statement is found: those that say most, none that says nearly nothing."""
    r = rules()
    return sorted((w for w in words if says(w) >= r.least), key=lambda w: (-says(w), -len(w), w))[: r.words]


def answers(made: Made, said: Said, names: frozenset[str] = frozenset()) -> tuple[Relation, float] | None:
    """How a later statement bears on a pledge, with a score from 0 to 1, or None if it does not.

    The score is the cosine of their content words, each weighed by its rarity, raised where the parties speak to each
    other. `names`: words of the parties' names, which all that they say has in common.
    """
    r = rules()
    if said.act not in r.acts or not made.day < said.day <= made.until:
        return None
    by_maker, by_other = made.side in said.by, bool(said.by & {*made.to})
    if not by_maker and not by_other and not (made.side in said.to and not made.to):
        return None
    mine, theirs = made.words - names, said.words - names
    shared = mine & theirs
    if len(shared) < r.common:
        return None
    weight = [math.sqrt(sum(says(w) ** 2 for w in words)) or 1.0 for words in (mine, theirs)]
    score = sum(says(w) ** 2 for w in shared) / (weight[0] * weight[1])
    if (by_maker and said.to & {*made.to}) or (not by_maker and made.side in said.to):
        score += 0.06  # as with events: a statement between the two is more likely on what is between them
    if score < r.link:
        return None
    return (_relation(made, said, by_maker) if score >= r.decide else "bears"), round(min(1.0, score), 3)


def _relation(made: Made, said: Said, by_maker: bool) -> Relation:
    """What a statement says became of a pledge: thanks and blame of the other side, or a refusal by who should act."""
    r = rules()
    if made.kind == "threat":
        return "bears"
    bound = not by_maker if made.kind == "demand" else by_maker  # the speaker is who should act
    if bound:
        return "broken" if said.act in r.refused else "bears"
    other = {*made.to} if made.kind == "demand" else {made.side}
    if not said.to & other:
        return "bears"
    if said.act in r.broken and made.kind == "pledge":  # blame for what was demanded only says the demand again
        return "broken"
    return "kept" if said.act in r.kept else "bears"


def awaiting(db: sqlite3.Connection, sides: Iterable[str], words: Collection[str], day: int, common: int) -> list[str]:
    """The pledges, by id, that a day falls after and in the time of, and that stand under `common` of the words of a side."""
    found = {
        pledge
        for side in sides
        for (pledge,) in db.execute(
            f"SELECT pledge_id FROM pledge_word WHERE side = ? AND word IN ({marks(words)}) AND last_day >= ? "
            "AND first_day < ? GROUP BY pledge_id HAVING count(*) >= ?",
            (side, *words, day, day, common),
        )
    }
    return sorted(found)


class Replies:
    """The later statements of an open record, within the caller's transaction. `cast` gives an article's actors as sides."""

    def __init__(self, db: sqlite3.Connection, cast: Callable[[str], Cast]) -> None:
        self._db = db
        self._cast = cast

    def note(self, article: str) -> list[tuple[str, Said]]:
        """Take the statements of an article into the index by which pledges find them, if they are not in it (they leave it
        with their rows). Gives those that came in."""
        db = self._db
        if db.execute(
            "SELECT 1 FROM statement s JOIN said_word w ON w.number = s.row WHERE s.article_id = ? LIMIT 1", (article,)
        ).fetchone():
            return []
        rows = list(self._of_article(article))
        db.executemany(
            "INSERT INTO said_word VALUES (?, ?, ?, ?)",
            [
                (side, word, said.day, number)
                for number, _, said in rows
                for side in sorted(said.by | said.to)
                for word in telling(said.words)
            ],
        )
        return [(statement, said) for _, statement, said in rows]

    def after(self, pledge: str, made: Made, words: Collection[str]) -> None:
        """Bind to a pledge what was said after it. `words`: those under which the pledge stands in `pledge_word`."""
        sides = sorted({made.side, *made.to})
        rows = self._db.execute(
            "SELECT s.row, s.id, s.article_id FROM statement s WHERE s.row IN (SELECT number FROM said_word WHERE "
            f"side IN ({marks(sides)}) AND word IN ({marks(words)}) AND day BETWEEN ? AND ? "
            "GROUP BY number HAVING count(DISTINCT word) >= ?) ORDER BY s.article_id",
            (*sides, *words, made.day + 1, made.until, rules().common),
        ).fetchall()
        wanted = {number for number, _, _ in rows}
        for article in sorted({a for _, _, a in rows}):
            for number, statement, said in self._of_article(article):
                if number in wanted:
                    self._bind(pledge, made, statement, article, said)

    def before(self, article: str, statement: str, said: Said, made: Callable[[str], Made]) -> set[str]:
        """Bind a statement of an article to the pledges that it comes after. Gives those pledges."""
        near = awaiting(self._db, said.by | said.to, telling(said.words), said.day, rules().common)
        return {p for p in near if self._bind(p, made(p), statement, article, said)}

    def _of_article(self, article: str) -> Iterator[tuple[int, str, Said]]:
        """The statements of an article that may bear on something: number, id, features."""
        db, acts = self._db, sorted(rules().acts)
        rows = db.execute(
            "SELECT s.row, s.id, s.speaker_id, s.act, ifnull(s.date, a.published), s.text FROM statement s JOIN article a "
            f"ON a.id = s.article_id WHERE s.article_id = ? AND s.speaker_id IS NOT NULL AND s.act IN ({marks(acts)}) "
            "ORDER BY s.row",
            (article, *acts),
        ).fetchall()
        cast = self._cast(article) if rows else None
        for number, statement, speaker, act, day, text in rows:
            if cast is None or day is None:
                continue
            to = [
                side.id
                for (actor,) in db.execute(
                    "SELECT actor_id FROM statement_addressee WHERE statement_id = ?", (statement,)
                )
                for side in cast.sides(actor)
            ]
            by = frozenset(side.id for side in cast.sides(speaker))
            ordinal = datetime.date.fromisoformat(day).toordinal()
            yield number, statement, Said(by, frozenset(to) - by, act, ordinal, content_words(text))

    def _bind(self, pledge: str, made: Made, statement: str, article: str, said: Said) -> bool:
        """Bind one statement, unless the pledge's own text says it: its later versions and reprints are not replies."""
        db = self._db
        bearing = answers(made, said, self._names(pledge))
        if bearing is None:
            return False
        if db.execute(
            "SELECT 1 FROM pledge_bearing WHERE pledge_id = ? AND statement_id = ? UNION ALL SELECT 1 FROM pledge g JOIN "
            "statement s ON s.id = g.statement_id JOIN text_article m ON m.article_id = s.article_id JOIN text_article o ON "
            "o.text_id = m.text_id WHERE g.id = ? AND o.article_id = ?",
            (pledge, statement, pledge, article),
        ).fetchone():
            return False
        db.execute(
            "INSERT INTO pledge_bearing SELECT ?, (SELECT ifnull(max(position), 0) + 1 FROM pledge_bearing WHERE "
            "pledge_id = ?), NULL, ?, ?, ?, ?",
            (pledge, pledge, statement, article, *bearing),
        )
        return True

    def _names(self, pledge: str) -> frozenset[str]:
        who, to = self._db.execute("SELECT who, to_names FROM pledge WHERE id = ?", (pledge,)).fetchone()
        return frozenset(tokens(f"{who} {to}")[0])
