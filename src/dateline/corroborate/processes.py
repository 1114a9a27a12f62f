"""Rounds and processes in the record: which notes are touched, and what is written of their rounds."""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Any

from dateline.corroborate.facts import Party, days_of, most_named, taking_part
from dateline.corroborate.groups import name, sets
from dateline.corroborate.notes import Note, limits, read
from dateline.corroborate.positions import Around, around
from dateline.corroborate.rounds import Meeting, follow, one_process, segment, strong
from dateline.corroborate.sides import Cast
from dateline.record.query import marks


class Processes:
    """The talks of an open record, within the caller's transaction. `cast` gives the actors of an article as sides."""

    def __init__(self, db: sqlite3.Connection, cast: Callable[[str], Cast]) -> None:
        self._db = db
        self._cast = cast
        self._fresh: set[str] = set()
        self._retold: set[str] = set()
        self._before: dict[str, dict[str, int]] = {}
        self._stood: dict[str, Around | None] = {}

    def join(
        self, articles: Iterable[str], broken: Iterable[str] = (), retold: Iterable[str] = ()
    ) -> dict[str, Around | None]:
        """Take in the talks of articles and mend processes that lost notes. Gives the rounds that changed, each as
        it stood before; those that are no more are among them.

        `broken`: ids of processes; `retold`: articles whose text changed, so that their witnesses are counted anew.
        """
        db = self._db
        fresh = [note for article in articles for note in self._take_in(article)]
        self._fresh, self._retold = {n.id for n in fresh}, set(retold)
        touched = set(broken)
        for article in retold:
            touched.update(
                row[0]
                for row in db.execute(
                    "SELECT process_id FROM talks_note WHERE article_id = ? AND process_id IS NOT NULL", (article,)
                )
            )
        for note in fresh:
            for other in self._near(note, limits().days):
                if one_process(note, other) or not strong(note) or not strong(other):
                    touched.add(self._process_of(other.id) or "")
        notes, gone = {n.id: n for n in fresh}, touched - {""}
        loaded: set[str] = set()
        while gone - loaded:
            for process in sorted(gone - loaded):
                notes |= {n.id: n for n in self._notes("process_id = ?", process)}
            loaded |= gone
            leaders = self._leaders(notes)
            gone |= {self._process_of(leader) or "" for leader in leaders.values() if leader not in notes} - {""}
        links = self._links(notes)
        for process in gone:  # taken down before anything is written, since a note may move from one round to another
            for round_, talks, announces in db.execute(
                "SELECT t.round_id, t.talks_id, t.announces FROM round r JOIN round_talks t ON t.round_id = r.id "
                "WHERE r.process_id = ?",
                (process,),
            ):
                self._before.setdefault(round_, {})[talks] = announces
        self._stood = {round_: around(db, round_) for round_ in self._before}
        written: set[str] = set()
        kept: set[str] = set()
        for group in sets(sorted(notes), links):
            id_, rounds = self._write([notes[n] for n in group])
            written |= rounds
            kept.add(id_)
        for process in gone - kept:
            db.execute("DELETE FROM process WHERE id = ?", (process,))
        for process in gone | kept:
            written |= {
                row[0]
                for row in db.execute(
                    "DELETE FROM round WHERE process_id = ? AND NOT EXISTS (SELECT 1 FROM round_talks WHERE round_id = "
                    "round.id) RETURNING id",
                    (process,),
                ).fetchall()
            }
        return {round_: self._stood.get(round_) for round_ in written}

    def _take_in(self, article: str) -> list[Note]:
        db = self._db
        found = []
        for note in read(db, article, self._cast(article)):
            if db.execute("SELECT 1 FROM talks_note WHERE talks_id = ?", (note.id,)).fetchone():
                continue
            db.execute(
                "INSERT INTO talks_note VALUES (?, ?, NULL, ?, ?, ?)",
                (note.id, article, strong(note), note.day, note.to_json()),
            )
            db.executemany(
                "INSERT INTO talks_note_side VALUES (?, ?, ?)", [(side, note.day, note.id) for side in note.sides]
            )
            found.append(note)
        return found

    def _near(self, note: Note, days: int) -> list[Note]:
        """The notes that share a side with one, within days."""
        found: dict[str, Note] = {}
        for side in note.sides:
            reach = days if strong(note) else limits().attach
            for id_, features in self._db.execute(
                "SELECT n.talks_id, n.features FROM talks_note_side s JOIN talks_note n ON n.talks_id = s.talks_id "
                "WHERE s.side = ? AND s.day BETWEEN ? AND ? AND s.talks_id <> ?",
                (side, note.day - reach, note.day + reach, note.id),
            ):
                if id_ not in found:
                    found[id_] = Note.from_json(features)
        return list(found.values())

    def _notes(self, where: str, *values: Any) -> list[Note]:
        return [
            Note.from_json(row[0]) for row in self._db.execute(f"SELECT features FROM talks_note WHERE {where}", values)
        ]

    def _process_of(self, talks: str) -> str | None:
        found = self._db.execute("SELECT process_id FROM talks_note WHERE talks_id = ?", (talks,)).fetchone()
        return found[0] if found else None

    def _links(self, notes: dict[str, Note]) -> list[tuple[str, str]]:
        """Pairs of one process among these notes; a weak note is bound to the strong one that it follows."""
        links = []
        by_pair: dict[tuple[str, str], list[Note]] = {}
        for note in notes.values():
            ordered = sorted(note.sides)
            for i, a in enumerate(ordered):
                for b in ordered[i + 1 :]:
                    by_pair.setdefault((a, b), []).append(note)
        for group in by_pair.values():  # along the calendar: neighbours are enough for the whole chain
            group.sort(key=lambda n: (n.day, n.id))
            links += [(early.id, late.id) for early, late in pairwise(group) if one_process(early, late)]
        towns: dict[str, list[Note]] = {}
        for note in notes.values():
            if strong(note) and note.mediators and note.place:
                towns.setdefault(note.place, []).append(note)
        for held in towns.values():
            held.sort(key=lambda n: (n.day, n.id))
            for i, early in enumerate(held):
                for late in held[i + 1 :]:
                    if late.day - early.day > limits().attach:
                        break
                    if one_process(early, late):
                        links.append((early.id, late.id))
        return links + [(note, leader) for note, leader in self._leaders(notes).items() if leader in notes]

    def _leaders(self, notes: dict[str, Note]) -> dict[str, str]:
        """Each weak note's leader."""
        found = {}
        for note in (n for n in notes.values() if not strong(n)):
            leader = follow(note, [n for n in self._near(note, limits().attach) if strong(n)])
            if leader is not None:
                found[note.id] = leader.id
        return found

    # ---- writing

    def _write(self, notes: Sequence[Note]) -> tuple[str, set[str]]:
        db = self._db
        process = name("process", (n.id for n in notes))
        db.executemany("UPDATE talks_note SET process_id = ? WHERE talks_id = ?", [(process, n.id) for n in notes])
        meetings = segment(notes)
        ids = [name("round", (n.id for n in m.notes)) for m in meetings]
        written = set()
        for position, (id_, meeting) in enumerate(zip(ids, meetings, strict=True), 1):
            following = next((ids[i] for i in range(position, len(ids)) if meetings[i].held or i == position), None)
            if self._round(id_, process, position, meeting, following):
                written.add(id_)
        parties = Counter(p[0] for m in meetings for p in taking_part([m])[0])
        names = {p[0]: p[1] for p in taking_part(meetings)[0]}
        bound = sorted((s for s, n in parties.items() if n * 2 >= len(meetings)), key=lambda s: (-parties[s], s))
        title = " – ".join(names[s] for s in (bound or sorted(parties))[:3]) or "Talks"
        db.execute(
            "INSERT OR REPLACE INTO process VALUES (?, ?, ?)",
            (process, title, json.dumps(bound or sorted(parties), ensure_ascii=False)),
        )
        return process, written

    def _round(self, id_: str, process: str, position: int, meeting: Meeting, following: str | None) -> bool:
        """Write one round; False if its articles tell what they told before, so that only its place may have changed."""
        db = self._db
        told = {n.id for n in meeting.announced}
        if self._before.get(id_) == {n.id: int(n.id in told) for n in meeting.notes} and not any(
            n.id in self._fresh or n.article in self._retold for n in meeting.notes
        ):
            db.execute(
                "UPDATE round SET process_id = ?, position = ?, next_id = ? WHERE id = ?",
                (process, position, following, id_),
            )
            return False
        telling = meeting.held or meeting.announced
        parties, mediators = taking_part([meeting])
        where = most_named([n for n in telling if n.place] or [n for n in meeting.notes if n.place], lambda n: n.place)
        country = (
            where.country if where else most_named([n for n in telling if n.country], lambda n: n.country, "country")
        )
        outcome, outcomes, disputed = self._outcomes(meeting)
        start, end = days_of(meeting)
        number = meeting.number
        label = f"round {number}" if number else (where.place if where else None) or "talks"
        dated = meeting.first > 0  # else neither talks nor articles are
        month = f", {datetime.date.fromordinal(meeting.first):%B %Y}" if dated else ""
        row = {
            "id": id_, "process_id": process, "position": position, "number": number, "name": f"{label}{month}",
            "venue": where.place if where else None, "country": country, "lat": where.lat if where else None,
            "lon": where.lon if where else None, "start_date": _iso(start), "end_date": _iso(end), "outcome": outcome,
            "outcomes": _json(outcomes),
            "subject": next((n.subject for n in sorted(telling, key=lambda n: (n.published, n.id)) if n.subject), None),
            "held": int(bool(meeting.held)), "delegations": _json(self._delegations(meeting, {p[0] for p in parties})),
            "heard": "[]", "silent": "[]", "outside": "[]", "alike": "[]", "disputed": _json(disputed), "next_id": following,
        }  # fmt: skip
        sets_ = ", ".join(f"{c} = excluded.{c}" for c in row if c != "id")
        db.execute(
            f"INSERT INTO round({', '.join(row)}) VALUES ({marks(row)}) ON CONFLICT(id) DO UPDATE SET {sets_}",
            tuple(row.values()),
        )
        db.execute("DELETE FROM round_party WHERE round_id = ?", (id_,))
        hosts = [m for m in mediators if country and m[2] == country] or self._hosts(meeting, country)
        for role, members in (("party", parties), ("mediator", mediators), ("host", hosts)):
            db.executemany(
                "INSERT INTO round_party VALUES (?, ?, ?, ?, ?, ?)",
                [(id_, role, i, side, label, land) for i, (side, label, land, _) in enumerate(members)],
            )
        db.executemany(
            "INSERT OR REPLACE INTO round_talks VALUES (?, ?, ?, ?)",
            [(n.id, id_, n.article, int(n.id in told)) for n in meeting.notes],
        )
        return True

    def _outcomes(self, meeting: Meeting) -> tuple[str, list[dict[str, Any]], dict[str, Any]]:
        """The outcome, what each article tells of it with its words, and the rival ones."""
        db = self._db
        told: dict[str, list[Note]] = {}
        for note in meeting.notes:
            kind = "announced" if note in meeting.announced else note.outcome
            told.setdefault(kind, []).append(note)
        texts = dict(
            db.execute(
                f"SELECT article_id, text_id FROM text_article WHERE article_id IN ({marks(meeting.notes)})",
                [n.article for n in meeting.notes],
            ).fetchall()
        )
        rows: list[dict[str, Any]] = []
        for kind in sorted(told, key=lambda o: limits().rank.index(o)):
            notes = sorted(told[kind], key=lambda n: (n.published, n.id))
            span = db.execute(
                "SELECT start_offset, end_offset, text FROM talks_evidence WHERE talks_id = ? ORDER BY position LIMIT 1",
                (notes[0].id,),
            ).fetchone() or (None, None, None)
            rows.append({
                "outcome": kind, "articles": sorted({n.article for n in notes}),
                "texts": sorted({texts.get(n.article, n.article) for n in notes}),
                "evidence": {"article": notes[0].article, "start": span[0], "end": span[1], "text": span[2]},
            })  # fmt: skip
        witnesses: dict[str, set[str]] = {str(row["outcome"]): set(row["texts"]) for row in rows}
        final = {o: w for o, w in witnesses.items() if o in limits().closing}
        for pair in limits().contradict:
            if pair <= set(final) and not any(final[o] <= set.union(*(final[p] for p in pair - {o})) for o in pair):
                return "disputed", rows, {
                    "outcome": [{"value": r["outcome"], "articles": r["articles"]} for r in rows if r["outcome"] in pair]
                }  # fmt: skip
        if final and "partial" not in final and "agreement" not in final:
            latest = max(
                (n for n in meeting.held if n.closes), key=lambda n: (len(final[n.outcome]), n.published, n.id)
            )
            return latest.outcome, rows, {}
        return min(witnesses, key=lambda o: limits().rank.index(o)), rows, {}

    def _delegations(self, meeting: Meeting, sides: set[str]) -> dict[str, list[str]]:
        """The persons through whom the articles name a side, in the words that tell of the talks."""
        found: dict[str, dict[str, None]] = {}
        for note in sorted(meeting.held, key=lambda n: (n.published, n.id)):
            for side, _, _, person in note.parties:
                if person:
                    found.setdefault(side, {})[person] = None
            cast = self._cast(note.article)
            for (actor,) in self._db.execute(
                "SELECT DISTINCT m.actor_id FROM talks_evidence e JOIN mention m ON m.article_id = ? AND m.start_offset >= "
                "e.start_offset AND m.end_offset <= e.end_offset WHERE e.talks_id = ? AND m.actor_id IS NOT NULL",
                (note.article, note.id),
            ):
                whose = cast.side(actor)
                if whose.person and whose.id in sides:
                    found.setdefault(whose.id, {})[whose.person] = None
        return {side: sorted(people) for side, people in sorted(found.items())}

    def _hosts(self, meeting: Meeting, country: str | None) -> list[Party]:
        """The state of the venue, where an article names it and it is not a party."""
        if not country or any(country in n.sides for n in meeting.notes):
            return []
        row = self._db.execute(
            f"SELECT name FROM actor WHERE country = ? AND kind IN ('country', 'government') AND article_id IN "
            f"({marks(meeting.notes)}) GROUP BY name ORDER BY count(*) DESC, name LIMIT 1",
            (country, *[n.article for n in meeting.notes]),
        ).fetchone()
        return [(country, row[0], country, None)] if row else []


def _iso(day: int | None) -> str | None:
    return datetime.date.fromordinal(day).isoformat() if day else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
