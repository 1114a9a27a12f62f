"""The same event told by different texts: reports are linked in pairs, and linked reports split into events.

A new report is scored against those that share a side or a place, of the same class and within days (`report_block`).
Pairs that score as one event are kept (`report_link`). A component of linked reports is split by average linkage over
those pairs (groups.agglomerate). The pairs and the split depend on nothing but the reports of the component, so the
order of arrival changes nothing, and a new article touches only the components that it links to.
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping

from dateline.corroborate.groups import agglomerate, name, sets
from dateline.corroborate.merge import Told, merge
from dateline.corroborate.score import TOLL, Features, rules, score, status_class, tokens
from dateline.corroborate.sides import Cast
from dateline.model import QUADS
from dateline.record.query import marks

LARGE = 150
"""Reports of a component above which its weakest links are left out, step by step, before it is split: a chain of like
events over months must not cost more with every day. One event told by more than this many texts is still one: its links
are strong."""

STEPS = (0.6, 0.7, 0.8, 0.9, 0.95, 0.98)

_EVENT = """
SELECT e.id, e.article_id, e.type, e.mode, e.status, e.score, e.start_date, e.end_date, p.name, p.country, p.lat, p.lon,
  p.kind, e.killed, e.injured, e.arrested, e.participants, e.start_offset, e.end_offset, e.evidence, e.confidence, a.published,
  a.title, a.publisher, m.text_id, m.position, m.relation
FROM event e JOIN article a ON a.id = e.article_id LEFT JOIN place p ON p.id = e.place_id
LEFT JOIN text_article m ON m.article_id = e.article_id
"""


class Clusters:
    """The events of an open record, within the caller's transaction. `cast` gives the actors of an article as sides."""

    def __init__(self, db: sqlite3.Connection, cast: Callable[[str], Cast]) -> None:
        self._db = db
        self._cast = cast
        self._parsed: dict[int, Features] = {}

    def join(self, articles: Iterable[str], broken: Iterable[str] = (), retold: Iterable[str] = ()) -> set[str]:
        """Take in the events of articles, mend clusters that lost a report, and merge anew what is told otherwise.

        `broken`: ids of clusters; `retold`: articles whose text changed. Gives the ids of the clusters written.
        """
        db = self._db
        new = [number for article in articles for number in self._take_in(article)]
        for number, features in new:
            self._link(number, features)
        start = [number for number, _ in new]
        broken = set(broken)
        for cluster in broken:
            start += [row[0] for row in db.execute("SELECT number FROM report WHERE cluster_id = ?", (cluster,))]
        stale = set(broken)
        for article in retold:
            stale.update(
                row[0]
                for row in db.execute(
                    "SELECT DISTINCT cluster_id FROM report WHERE article_id = ? AND cluster_id IS NOT NULL", (article,)
                )
            )
        written = self._settle(start, stale)
        for cluster in stale - written:
            members = db.execute("SELECT event_id FROM report WHERE cluster_id = ?", (cluster,)).fetchall()
            if members:
                self._write(cluster, sorted(m for (m,) in members), {})
                written.add(cluster)
            else:
                db.execute("DELETE FROM cluster WHERE id = ?", (cluster,))
        return written

    # ---- reports and links

    def _take_in(self, article: str) -> list[tuple[int, Features]]:
        """Reports for the events of an article that have none yet."""
        db, found = self._db, []
        sql = (
            _EVENT + "WHERE e.article_id = ? AND NOT EXISTS (SELECT 1 FROM report WHERE event_id = e.id) ORDER BY e.row"
        )
        for row in db.execute(sql, (article,)).fetchall():
            features = self._features(row)
            number = db.execute(
                "INSERT INTO report(event_id, article_id, features) VALUES (?, ?, ?) RETURNING number",
                (row[0], article, json.dumps(features.to_dict(), ensure_ascii=False)),
            ).fetchone()[0]
            db.executemany(
                "INSERT OR IGNORE INTO report_block VALUES (?, ?, ?)",
                [(kind, day, number) for kind in blocks(features) for day in block_days(features)],
            )
            if features.status == "done":  # nothing else keeps or breaks a pledge
                sides = {*features.actors, *features.recipients}
                db.executemany(
                    "INSERT INTO report_word VALUES (?, ?, ?, ?)",
                    [(side, word, features.first, number) for side in sides for word in features.words],
                )
            found.append((number, features))
        return found

    def _features(self, row: tuple) -> Features:  # type: ignore[type-arg]
        (event, article, type_, mode, status, _, start, end, place, country, lat, lon, kind, *rest) = row
        toll, evidence, published = rest[:4], rest[6], rest[8]
        who = self._cast(article)
        sides = {
            role: {s.id: s.country for actor in self._actors(event, role) for s in who.sides(actor)}
            for role in ("actor", "recipient")
        }
        words, names, numbers = tokens(evidence)
        first = _ordinal(start or published)
        wide = kind in ("country", "region") or place is None
        return Features(
            type_, QUADS[type_], mode, status_class(status), tuple(sorted(sides["actor"])), tuple(sorted(sides["recipient"])),
            tuple(sorted({c for s in sides.values() for c in s.values() if c})), first, max(first, _ordinal(end or start or published)),
            None if wide else place.casefold(), country, None if wide else lat, None if wide else lon, tuple(toll), words, names,
            numbers,
        )  # fmt: skip

    def _actors(self, event: str, role: str) -> list[str]:
        return [
            row[0]
            for row in self._db.execute(
                "SELECT actor_id FROM event_actor WHERE event_id = ? AND role = ? ORDER BY position", (event, role)
            )
        ]

    def _link(self, number: int, features: Features) -> None:
        """Score a report against its neighbours and keep the pairs that are one event."""
        db, window = self._db, rules().window
        article = db.execute("SELECT article_id FROM report WHERE number = ?", (number,)).fetchone()[0]
        near: dict[int, str] = {}
        for kind in blocks(features):
            near.update(
                db.execute(
                    "SELECT number, features FROM report WHERE article_id <> ? AND number IN "
                    "(SELECT number FROM report_block WHERE class = ? AND day BETWEEN ? AND ?)",
                    (article, kind, features.first - window, features.last + window),
                )
            )
        links = []
        for other, theirs in near.items():
            value = score(features, self._parse(other, theirs))
            if value >= rules().link:
                links += [(number, other, value), (other, number, value)]
        db.executemany("INSERT OR IGNORE INTO report_link VALUES (?, ?, ?)", links)

    def _parse(self, number: int, features: str) -> Features:
        """Features from their JSON, kept while the join lasts: neighbours are compared with many."""
        if number not in self._parsed:
            self._parsed[number] = Features.from_dict(json.loads(features))
        return self._parsed[number]

    # ---- components

    def _settle(self, start: Iterable[int], stale: set[str]) -> set[str]:
        """Split the components of these reports anew; write the clusters that changed."""
        db = self._db
        written: set[str] = set()
        done: set[int] = set()
        for seed in start:
            if seed in done:
                continue
            members, pairs = self._component(seed)
            done.update(members)
            facts = {
                n: db.execute("SELECT event_id, article_id, cluster_id FROM report WHERE number = ?", (n,)).fetchone()
                for n in members
            }
            members.sort(key=lambda n: facts[n][0])
            for group in split(members, pairs, {n: facts[n][1] for n in members}):
                events = [facts[n][0] for n in group]
                cluster, before = name("cluster", events), {facts[n][2] for n in group}
                same = before == {cluster} and cluster not in stale
                if same and db.execute("SELECT count(*) FROM report WHERE cluster_id = ?", (cluster,)).fetchone()[
                    0
                ] == len(group):
                    continue
                stale.update(b for b in before if b)
                db.executemany("UPDATE report SET cluster_id = ? WHERE number = ?", [(cluster, n) for n in group])
                self._write(cluster, events, {p: s for p, s in pairs.items() if p[0] in group and p[1] in group})
                written.add(cluster)
        return written

    def _component(self, seed: int) -> tuple[list[int], dict[tuple[int, int], float]]:
        """All reports that links lead to from one, and the scores of those links."""
        found, queue, pairs = {seed}, [seed], {}
        while queue:
            number = queue.pop()
            for other, value in self._db.execute("SELECT b, score FROM report_link WHERE a = ?", (number,)):
                pairs[min(number, other), max(number, other)] = value
                if other not in found:
                    found.add(other)
                    queue.append(other)
        return list(found), pairs

    def _write(self, cluster: str, events: list[str], pairs: Mapping[tuple[int, int], float]) -> None:
        row = merge([self._told(event) for event in events])
        if len(events) > 1 and not pairs:
            mean = self._db.execute(
                f"SELECT total(l.score) / 2 FROM report_link l JOIN report a ON a.number = l.a JOIN report b ON b.number = l.b "
                f"WHERE a.event_id IN ({marks(events)}) AND b.event_id IN ({marks(events)})",
                (*events, *events),
            ).fetchone()[0]
        else:
            mean = sum(pairs.values())
        count = len(events) * (len(events) - 1) // 2
        row = {"id": cluster, **row, "cohesion": round(mean / count, 2) if count else None}
        columns = ", ".join(row)
        self._db.execute(f"INSERT OR REPLACE INTO cluster({columns}) VALUES ({marks(row)})", tuple(row.values()))

    def _told(self, event: str) -> Told:
        row = self._db.execute(_EVENT + "WHERE e.id = ?", (event,)).fetchone()
        (_, article, type_, mode, status, value, start, end, place, country, lat, lon, _, *rest) = row
        toll, (left, right, evidence, confidence, published, _, publisher, text, position, relation) = (
            rest[:4],
            rest[4:],
        )
        who = self._cast(article)
        named = {
            role: tuple(
                (side.id, who.note(a).name, side.country) for a in self._actors(event, role) for side in who.sides(a)
            )
            for role in ("actor", "recipient")
        }
        return Told(
            event, article, text or article, position or 1, relation or "first", publisher or "", published or "9999", type_,
            mode, status, value, named["actor"], named["recipient"], start, end or start, place, country, lat, lon,
            tuple(toll), (left, right), evidence, confidence or 0.0,
        )  # fmt: skip


def split(members: list[int], pairs: Mapping[tuple[int, int], float], articles: Mapping[int, str]) -> list[list[int]]:
    """One component's events. `members` in canonical order; `pairs` by (smaller, larger) number."""
    groups = [members]
    for step in STEPS:
        if all(len(group) <= LARGE for group in groups):
            break
        groups = [
            piece
            for group in groups
            for piece in (
                sets(group, _within([p for p, s in pairs.items() if s >= step], group))
                if len(group) > LARGE
                else [group]
            )
        ]
    return [
        event
        for group in groups
        for event in agglomerate(
            group, {p: pairs[p] for p in _within(pairs, group)}, rules().unite, lambda n: articles[n]
        )
    ]


def _within(pairs: Iterable[tuple[int, int]], group: list[int]) -> list[tuple[int, int]]:
    inside = set(group)
    return [p for p in pairs if p[0] in inside and p[1] in inside]


def blocks(features: Features) -> list[str]:
    """The classes under which a report is looked for: its type with each side, and its quad class with its place.

    Reports whose types differ are one event only where place and words say so, hence the wider net of the place. With the
    quad class for sides too, nothing more was joined in the corpus, at three times the candidates.
    """
    sides = dict.fromkeys((*features.actors, *features.recipients))
    found = [f"{features.type}|{features.status}|{side}" for side in sides]
    if features.place:
        found.append(f"{features.quad}|{features.status}|@{features.place}")
    return found or [f"{features.type}|{features.status}|"]


def block_days(features: Features) -> range:
    """The days under which a report is filed: its first, and one in every window of a long event (two years at most)."""
    window = rules().window
    return range(features.first, min(features.last, features.first + 730) + 1, window)


def _ordinal(day: str | None) -> int:
    return datetime.date.fromisoformat(day).toordinal() if day else 0


__all__ = ["TOLL", "Cast", "Clusters", "blocks", "split"]
