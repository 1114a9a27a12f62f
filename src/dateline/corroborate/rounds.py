"""Talks of single articles → rounds: which notes are of one process, and where one round ends and the next begins.

Rounds cannot be told by likeness: the third round has the sides, the venue and the words of the second. They are told as a
newspaper reader tells them, along the calendar: another number, another town, days that lie apart, or a report after a
result or an adjournment is the next round. The notes of a process are put in order of days, so that their order of arrival
changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.corroborate.notes import Note, limits

NEAR_KM = 40
"""Two venues nearer than this are one ("Stormont", "Belfast"; a palace and its town)."""


@dataclass(slots=True)
class Meeting:
    """The notes of one round: those that tell of it, and those that foretell it."""

    held: list[Note] = field(default_factory=list)
    announced: list[Note] = field(default_factory=list)

    @property
    def notes(self) -> list[Note]:
        return [*self.held, *self.announced]

    @property
    def number(self) -> int | None:
        """The number that most notes give, the smaller of two."""
        numbers = [n.round for n in self.held or self.announced if n.round is not None]
        return max(sorted(set(numbers)), key=numbers.count) if numbers else None

    @property
    def first(self) -> int:
        return min(n.day for n in self.held or self.announced)

    @property
    def last(self) -> int:
        """The last day on which something was told of it."""
        return max(max(n.published, n.end or 0) for n in self.held or self.announced)

    @property
    def closed(self) -> int | None:
        """The day of the first report of how it ended that none of later days takes back, or None while it goes on."""
        closing = [n.published for n in self.held if n.closes]
        return max(closing) if closing else None

    @property
    def interval(self) -> tuple[int, int] | None:
        """The days that the notes name, from the first to the last."""
        dated = [(n.start, n.end or n.start) for n in self.held or self.announced if n.start is not None]
        return (min(s for s, _ in dated), max(e for _, e in dated)) if dated else None


def one_process(a: Note, b: Note) -> bool:
    """Whether two notes that each name two sides tell of one process.

    Two sides in common within the days of a process; or one, with the town and a mediator in common, within fewer: an
    article on a meeting of many may name two that no other names.
    """
    common, apart = a.sides & b.sides, abs(a.day - b.day)
    if len(common) >= 2:
        return apart <= limits().days
    return bool(common) and apart <= limits().attach and _same_town(a, b) and bool(a.mediating & b.mediating)


def strong(note: Note) -> bool:
    """Whether a note says by itself whose talks these are."""
    return len(note.sides) >= 2


def follow(weak: Note, near: Iterable[Note]) -> Note | None:
    """The strong note that a weak one follows: of its side, within days; same venue or mediator first, then the nearest."""
    fitting = [
        n for n in near
        if abs(n.day - weak.day) <= limits().attach and (weak.sides & n.sides or (not weak.sides and _same_town(weak, n)))
    ]  # fmt: skip
    return min(
        fitting,
        key=lambda n: (
            not _same_town(weak, n), not weak.mediating & n.mediating, n.article != weak.article, abs(n.day - weak.day), n.id,
        ),
        default=None,
    )  # fmt: skip


def segment(notes: Iterable[Note]) -> list[Meeting]:
    """The rounds of one process, in order."""
    ordered = sorted(notes, key=lambda n: (n.day, n.published, n.id))
    meetings: list[Meeting] = []
    for note in (n for n in ordered if not n.announces):
        fitting = [m for m in meetings if _fits(m, note)]
        if fitting:
            _best(fitting, note).held.append(note)
        else:
            meetings.append(Meeting([note]))
    ahead: list[Meeting] = []
    for note in (n for n in ordered if n.announces):
        later = [m for m in meetings if _foretells(note, m)]
        waiting = [m for m in ahead if _same_plan(m.announced[0], note)]
        if later:
            min(later, key=lambda m: (_unlike(note, m), m.first)).announced.append(note)
        elif waiting:
            waiting[-1].announced.append(note)
        else:
            ahead.append(Meeting(announced=[note]))
    return sorted([*meetings, *ahead], key=lambda m: (m.first, min(n.id for n in m.notes)))


def _best(meetings: Sequence[Meeting], note: Note) -> Meeting:
    """Of several rounds that a note may tell of: with its number, on its days, else the one told of last."""
    return min(
        meetings,
        key=lambda m: (
            note.round is None or m.number != note.round, not _on_days(m, note), not any(_same_town(n, note) for n in m.held),
            -m.last, m.first,
        ),
    )  # fmt: skip


def _fits(meeting: Meeting, note: Note) -> bool:
    """Whether a note tells of a round, by all that both say."""
    bound = limits()
    if meeting.number is not None and note.round is not None:
        if meeting.number != note.round:
            return False
        return note.day - meeting.last <= bound.gap
    if any(_other_town(n, note) for n in meeting.held):
        return False
    if _on_days(meeting, note):
        return True
    interval, closed = meeting.interval, meeting.closed
    if (
        note.start is not None
        and interval is not None
        and note.start > interval[1] + bound.slack
        and closed is not None
    ):
        return False
    if closed is not None and note.day > closed + bound.over:
        return False
    return note.day - meeting.last <= (bound.gap if note.start is None else bound.dated)


def _on_days(meeting: Meeting, note: Note) -> bool:
    """Whether the note names days, and they touch those of the round."""
    interval, slack = meeting.interval, limits().slack
    if note.start is None or interval is None:
        return False
    return note.start <= interval[1] + slack and (note.end or note.start) >= interval[0] - slack


def _foretells(note: Note, meeting: Meeting) -> bool:
    """Whether an announcement means this round: held soon after, with nothing that excludes it."""
    bound = limits()
    if note.round is not None and meeting.number is not None and note.round != meeting.number:
        return False
    if any(n.article == note.article for n in meeting.held):
        return False  # what an article tells of as held is not what it foretells
    if meeting.last < note.published - bound.slack or meeting.first < note.published - bound.over:
        return False
    begin = note.day if note.start is not None else note.published
    if not begin - bound.ahead <= meeting.first <= begin + bound.ahead:
        return False
    return not any(_other_town(n, note) for n in meeting.held) or note.round is not None


def _unlike(note: Note, meeting: Meeting) -> tuple[bool, bool, bool]:
    return (
        note.round is None or meeting.number != note.round,
        not any(_same_town(n, note) for n in meeting.held),
        note.start is not None and abs(meeting.first - note.start) > limits().over,
    )


def _same_plan(a: Note, b: Note) -> bool:
    """Whether two announcements mean one round."""
    if a.round is not None and b.round is not None:
        return a.round == b.round
    if _other_town(a, b):
        return False
    if a.start is not None and b.start is not None:
        return abs(a.start - b.start) <= limits().over
    return abs(a.published - b.published) <= limits().attach


def _same_town(a: Note, b: Note) -> bool:
    return bool(a.place and b.place) and (a.place == b.place or _km(a, b) <= NEAR_KM)


def _other_town(a: Note, b: Note) -> bool:
    return bool(a.place and b.place) and a.place != b.place and _km(a, b) > NEAR_KM


def _km(a: Note, b: Note) -> float:
    """Distance of two venues over the ground, near enough for towns; infinite where one is not on the map."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    east = (a.lon - b.lon) * math.cos(math.radians((a.lat + b.lat) / 2))
    return math.hypot(a.lat - b.lat, east) * 111.2
