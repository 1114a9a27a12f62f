"""How many told of an event: its reports, texts, articles and publishers, where reports were joined across articles.

The tables `report`, `cluster` and `text_article` are filled by the joiner (the room `corroborate`); a record that has not
been joined yet, or an event that came in since, stands for itself.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

_MEMBERS = """
SELECT r.event_id, r.article_id, ifnull(m.text_id, r.article_id), a.publisher, a.source
FROM report r JOIN article a ON a.id = r.article_id LEFT JOIN text_article m ON m.article_id = r.article_id
WHERE r.cluster_id = ? ORDER BY a.published IS NULL, a.published, a.id, r.event_id"""


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who told of one event. `texts`: different texts, reprints and later versions not counted anew."""

    reports: int
    texts: int
    articles: int
    publishers: tuple[str, ...]

    @property
    def sources(self) -> int:
        """Publishers; one where none is named."""
        return max(1, len(self.publishers))


class Told:
    """The joined reports of an open record; asks the file for one event at a time, so that its size does not matter."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.joined = joined(db)

    def identity(self, event: str) -> str:
        """The id of the event across articles; the event's own where it was not joined."""
        return self._cluster(event)[0] or event

    def best(self, event: str) -> bool:
        """Whether this report stands for its event: the one whose words were chosen, or the only one."""
        cluster, chosen = self._cluster(event)
        if cluster is None or chosen == event:
            return True
        members = [row[0] for row in self._db.execute(_MEMBERS, (cluster,))]
        return chosen not in members and bool(members) and members[0] == event

    def of(self, event: str, article: str, publisher: str | None) -> Witnesses:
        """Who told of it; one report by one article where it was not joined."""
        cluster, _ = self._cluster(event)
        rows = self._db.execute(_MEMBERS, (cluster,)).fetchall() if cluster else []
        if not rows:
            return Witnesses(1, 1, 1, (publisher,) if publisher else ())
        publishers = dict.fromkeys(row[3] for row in rows if row[3])
        return Witnesses(len(rows), len({row[2] for row in rows}), len({row[1] for row in rows}), tuple(publishers))

    def _cluster(self, event: str) -> tuple[str | None, str | None]:
        if not self.joined:
            return None, None
        found = self._db.execute(
            "SELECT r.cluster_id, c.event_id FROM report r LEFT JOIN cluster c ON c.id = r.cluster_id WHERE r.event_id = ?",
            (event,),
        ).fetchone()
        return (found[0], found[1]) if found else (None, None)


def joined(db: sqlite3.Connection) -> bool:
    """Whether any reports were joined across articles in this record."""
    there = db.execute(
        "SELECT count(*) FROM sqlite_master WHERE name IN ('report', 'cluster', 'text_article')"
    ).fetchone()
    return there[0] == 3 and db.execute("SELECT 1 FROM report LIMIT 1").fetchone() is not None


def witnesses(db: sqlite3.Connection) -> Told:
    """The joined reports of an open record."""
    return Told(db)
