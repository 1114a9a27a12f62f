"""Pledges in the record: taken from statements, bound to what later bears on them."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable, Iterable

from dateline.corroborate.groups import name
from dateline.corroborate.pledges import FOLLOWED, Made, bears, condition, content_words, deadline, rules, suggest
from dateline.corroborate.positions import REPEATED, kind
from dateline.corroborate.replies import Replies, awaiting
from dateline.corroborate.score import Features
from dateline.corroborate.sides import Cast
from dateline.record.query import marks

MOST_WORDS = 10
"""Content words of a pledge by which later events are looked for, the longest first: they say most."""


class Pledges:
    """The pledges of an open record, within the caller's transaction. `cast` gives the actors of an article as sides."""

    def __init__(self, db: sqlite3.Connection, cast: Callable[[str], Cast]) -> None:
        self._db = db
        self._cast = cast
        self._replies = Replies(db, cast)

    def join(self, articles: Iterable[str], events: Iterable[str]) -> int:
        """Read the pledges of articles anew and bind new events and statements to earlier ones. Gives how many were written.

        `articles`: whose statements, positions or texts changed; `events`: ids of events taken in.
        """
        db = self._db
        texts: dict[str, list[str]] = {}
        said = []
        for article in sorted(set(articles)):
            said += [(article, *one) for one in self._replies.note(article)]
            row = db.execute("SELECT text_id FROM text_article WHERE article_id = ?", (article,)).fetchone()
            if row:
                texts.setdefault(row[0], [])
        written = {
            row[0] for row in db.execute("SELECT id FROM pledge WHERE id IN (SELECT pledge_id FROM pledge_touched)")
        }
        for text in sorted(texts):
            members = [
                r[0] for r in db.execute(
                    "SELECT article_id FROM text_article WHERE text_id = ? ORDER BY position", (text,)
                )
            ]  # fmt: skip
            written |= self._of_text(members)
        db.execute(
            "DELETE FROM pledge WHERE id IN (SELECT pledge_id FROM pledge_touched) AND NOT EXISTS (SELECT 1 FROM "
            "pledge_statement WHERE pledge_id = pledge.id)"
        )
        for event in sorted(set(events)):
            written |= self._new_event(event)
        for article, statement, features in said:
            written |= self._replies.before(article, statement, features, self._made)
        for pledge in sorted(written):
            if db.execute("SELECT 1 FROM pledge WHERE id = ?", (pledge,)).fetchone():
                self._rank(pledge)
        db.execute("DELETE FROM pledge_touched")
        return len(written)

    def _of_text(self, articles: list[str]) -> set[str]:
        """The pledges of one text: what its later versions and reprints say again is the same pledge."""
        db = self._db
        old = {
            r[0]
            for r in db.execute(
                f"SELECT DISTINCT pledge_id FROM pledge_statement WHERE article_id IN ({marks(articles)})", articles
            )
        }
        for pledge in old:
            db.execute("DELETE FROM pledge WHERE id = ?", (pledge,))
        groups: list[tuple[str, str, frozenset[str], list[tuple[str, str]]]] = []
        for article in articles:
            cast = self._cast(article)
            rows = db.execute(
                "SELECT s.id, s.speaker_id, s.act, s.cue_text, s.text FROM statement s WHERE s.article_id = ? AND "
                "s.speaker_id IS NOT NULL ORDER BY s.row",
                (article,),
            ).fetchall()
            for statement, speaker, act, cue, text in rows:
                followed = FOLLOWED.get(kind(cue, text, act))
                if followed is None or not self._worth(statement, followed, text):
                    continue
                side, said = cast.side(speaker).id, content_words(text)
                same = next((g for g in groups if g[:2] == (followed, side) and _common(g[2], said) >= REPEATED), None)
                if same is None:
                    groups.append((followed, side, said, [(statement, article)]))
                else:
                    same[3].append((statement, article))
        return {self._write(followed, members) for followed, _, _, members in groups}

    def _worth(self, statement: str, followed: str, text: str) -> bool:
        """Every pledge is followed; a demand or threat only if it is made at a round or names a condition."""
        if followed == "pledge" or condition(text):
            return True
        row = self._db.execute(
            "SELECT 1 FROM position WHERE statement_id = ? AND took_part LIMIT 1", (statement,)
        ).fetchone()
        return row is not None

    def _write(self, followed: str, members: list[tuple[str, str]]) -> str:
        db = self._db
        statement, article = members[0]
        speaker, day, start, end, text, published, body = db.execute(
            "SELECT s.speaker_id, s.date, s.start_offset, s.end_offset, s.text, a.published, a.text FROM statement s JOIN "
            "article a ON a.id = s.article_id WHERE s.id = ?",
            (statement,),
        ).fetchone()
        said = day or published
        cast = self._cast(article)
        side = cast.side(speaker)
        to = {
            s.id: s.name
            for (actor,) in db.execute(
                "SELECT actor_id FROM statement_addressee WHERE statement_id = ? ORDER BY position", (statement,)
            )
            for s in cast.sides(actor)
            if s.id != side.id
        }
        dates = db.execute(
            "SELECT start_offset, end_offset, start_date, end_date FROM date WHERE article_id = ? AND start_offset >= ? AND "
            "end_offset <= ? AND end_date IS NOT NULL ORDER BY start_offset",
            (article, start, end),
        ).fetchall()
        by_when, by_words = deadline(body[start:end], start, dates, said)
        pledge = name("pledge", (s for s, _ in members))
        db.execute(
            "INSERT OR REPLACE INTO pledge VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open', '', NULL)",
            (pledge, statement, followed, side.id, side.name, json.dumps(sorted(to)), "; ".join(to[k] for k in sorted(to)),
             by_when, by_words, condition(text)),
        )  # fmt: skip
        db.executemany("INSERT OR REPLACE INTO pledge_statement VALUES (?, ?, ?)", [(s, pledge, a) for s, a in members])
        made = self._made(pledge)
        for event, features in self._later(made):
            self._bind(pledge, made, event, Features.from_dict(json.loads(features)))
        self._replies.after(pledge, made, _telling(made))
        days = (made.until, made.day)
        db.executemany(
            "INSERT OR REPLACE INTO pledge_word VALUES (?, ?, ?, ?, ?)",
            [(party, word, *days, pledge) for party in {side.id, *to} for word in _telling(made)],
        )
        return pledge

    def _later(self, made: Made) -> list[tuple[str, str]]:
        """The events after a pledge that name a side of it and share words with it: (id, features). The same that
        `_new_event` finds the other way round."""
        sides, words = sorted({made.side, *made.to}), _telling(made)
        return self._db.execute(
            "SELECT r.event_id, r.features FROM report r WHERE r.number IN (SELECT number FROM report_word "
            f"WHERE side IN ({marks(sides)}) AND word IN ({marks(words)}) AND day BETWEEN ? AND ? "
            "GROUP BY number HAVING count(DISTINCT word) >= ?)",
            (*sides, *words, made.day + 1, made.until, rules().common),
        ).fetchall()

    def _made(self, pledge: str) -> Made:
        followed, side, to, by_when, day, published, text = self._db.execute(
            "SELECT g.kind, g.side, g.to_sides, g.by_when, s.date, a.published, s.text FROM pledge g JOIN statement s ON s.id = "
            "g.statement_id JOIN article a ON a.id = s.article_id WHERE g.id = ?",
            (pledge,),
        ).fetchone()
        said = day or published
        return Made(
            followed, side, tuple(json.loads(to)), datetime.date.fromisoformat(said).toordinal() if said else 0,
            datetime.date.fromisoformat(by_when).toordinal() if by_when else None, content_words(text), text,
        )  # fmt: skip

    def _new_event(self, event: str) -> set[str]:
        """Bind an event to the pledges of its sides that it comes after."""
        db = self._db
        row = db.execute("SELECT features FROM report WHERE event_id = ?", (event,)).fetchone()
        if row is None:
            return set()
        features = Features.from_dict(json.loads(row[0]))
        sides = {*features.actors, *features.recipients}
        near = awaiting(db, sides, features.words, features.first, rules().common)
        return {pledge for pledge in near if self._bind(pledge, self._made(pledge), event, features)}

    def _bind(self, pledge: str, made: Made, event: str, features: Features) -> bool:
        bearing = bears(made, features)
        if bearing is None:
            return False
        db = self._db
        if db.execute("SELECT 1 FROM pledge_bearing WHERE pledge_id = ? AND event_id = ?", (pledge, event)).fetchone():
            return False
        article = db.execute("SELECT article_id FROM event WHERE id = ?", (event,)).fetchone()[0]
        place = db.execute(
            "SELECT ifnull(max(position), 0) + 1 FROM pledge_bearing WHERE pledge_id = ?", (pledge,)
        ).fetchone()
        db.execute(
            "INSERT INTO pledge_bearing VALUES (?, ?, ?, NULL, ?, ?, ?)", (pledge, place[0], event, article, *bearing)
        )
        return True

    def _rank(self, pledge: str) -> None:
        """Put what bears on a pledge in order, decisive first, and suggest what became of it."""
        db = self._db
        rows = db.execute(
            "SELECT event_id, statement_id, article_id, relation, score FROM pledge_bearing b WHERE pledge_id = ? AND NOT EXISTS "
            "(SELECT 1 FROM pledge_bearing o JOIN event e ON e.id = o.event_id JOIN statement s ON s.id = b.statement_id WHERE "
            "o.pledge_id = b.pledge_id AND o.article_id = b.article_id AND e.start_offset < s.end_offset AND e.end_offset > "
            "s.start_offset) ORDER BY relation = 'bears', score DESC, ifnull(event_id, statement_id)",
            (pledge,),
        ).fetchall()  # without statements whose words are an event that bears on it already
        db.execute("DELETE FROM pledge_bearing WHERE pledge_id = ?", (pledge,))
        db.executemany(
            "INSERT INTO pledge_bearing VALUES (?, ?, ?, ?, ?, ?, ?)",
            [(pledge, i, *row) for i, row in enumerate(rows, 1)],
        )
        done = [row[3] for row in rows if row[0] is not None]
        suggested, reason = suggest(done, [row[3] for row in rows if row[0] is None])
        db.execute("UPDATE pledge SET suggested = ?, reason = ? WHERE id = ?", (suggested, reason, pledge))


def _telling(made: Made) -> list[str]:
    """The words by which a pledge and what bears on it find each other, whichever comes first."""
    return sorted(made.words, key=lambda w: (-len(w), w))[:MOST_WORDS]


def _common(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0
