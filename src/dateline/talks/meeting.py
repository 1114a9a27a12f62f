"""One meeting as its mentions tell it, and whether another mention tells of the same."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.language import Sentence
from dateline.model import Place
from dateline.talks.mentions import Mention
from dateline.talks.setting import Days
from dateline.talks.sides import Side, Sides

NAMED, TAKING_PART, MEDIATING = 3, 1, 2
"""Weights of the evidence for party or mediator: named after "between" or as those who met or signed; taking part by the
verb of the sentence; called mediator. A side is what most of the evidence calls it, a mediator where both weigh alike."""

NEXT = 2
"""Sentences after talks that name nobody, in which it is told whose they were."""


@dataclass(slots=True)
class Meeting:
    """Mentions gathered so far; what they say, merged."""

    mentions: list[Mention] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    mediators: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    round: int | None = None
    future: bool = False
    told: set[str] = field(default_factory=set)
    evidence: Counter[tuple[Side, str]] = field(default_factory=Counter)
    extra: list[Sentence] = field(default_factory=list)
    inherited: bool = False
    around: bool = False
    """The parties come from the rest of the article."""

    def add(self, mention: Mention, sides: Sides) -> None:
        """Take in what another mention of the same talks says."""
        first_of_sentence = all(m.sentence != mention.sentence for m in self.mentions)
        self.mentions.append(mention)
        own = sides.all(mention.parties)
        if self.inherited and own:  # those who sat at these talks, not the heads of the sides named before
            self.parties = [i for i in self.parties if sides.of(i) not in own]
            self.inherited = False
        self.parties += mention.parties
        for side in own:
            self.evidence[side, "party"] += NAMED if mention.named else TAKING_PART
        if first_of_sentence:
            self.mediate(mention.mediators, sides)
        self.places += (p for p in mention.places if p not in self.places)
        self.days += mention.days
        self.round = self.round or mention.round
        if not (mention.before and self.told):
            self.told |= mention.told

    def mediate(self, ids: Iterable[str], sides: Sides) -> None:
        """Take the mediators that a sentence names."""
        ids = list(ids)
        self.mediators += ids
        for side in sides.all(ids):
            self.evidence[side, "mediator"] += MEDIATING

    def split(self, sides: Sides) -> tuple[dict[Side, list[str]], dict[Side, list[str]]]:
        """Parties and mediators by side, none in both."""
        parties, between = sides.each(self.parties), sides.each(self.mediators)
        for side in set(parties) & set(between):
            party = self.evidence[side, "party"] > self.evidence[side, "mediator"] or len(parties) <= 2
            del (between if party else parties)[side]
        return parties, between


def overlaps(meeting: Meeting, mention: Mention, sides: Sides) -> bool:
    """Whether a mention names a party of the meeting, or none."""
    mine, theirs = sides.all(meeting.parties), sides.all(mention.parties)
    return not theirs or bool(mine & theirs)


def same(meeting: Meeting, mention: Mention, sides: Sides) -> bool:
    """Whether nothing that both say differs, and the mention either points back or shares something."""
    if meeting.round and mention.round and meeting.round != mention.round:
        return False
    if meeting.places and mention.places and not _one_place(meeting.places[0], mention.places[0]):
        return False
    if meeting.days and mention.days and not any(a.meets(b) for a in meeting.days for b in mention.days):
        return False
    own = bool(mention.places or mention.days or mention.round)
    if not meeting.parties and mention.parties and not own and not meeting.future and not mention.future:
        near = mention.sentence.index - meeting.mentions[-1].sentence.index <= NEXT if meeting.mentions else True
        return near and bool(meeting.places or meeting.days)  # whose talks they were comes in the next sentence
    if meeting.future != mention.future and (own or meeting.future) and not _shared_day(meeting, mention):
        return False
    mine, theirs = sides.all(meeting.parties), sides.all(mention.parties) - sides.all(meeting.mediators)
    if mine and theirs and not (mine & theirs and (mine <= theirs or theirs <= mine or len(mine & theirs) > 1)):
        return False
    if (
        mine
        and theirs
        and len(theirs) > 1
        and not meeting.inherited
        and theirs != mine
        and mention.named
        and _named(meeting)
        and (
            not (theirs <= mine or mine <= theirs)
            or (meeting.days and mention.days and not _shared_day(meeting, mention))
        )
    ):
        return False
    if meeting.mentions and meeting.mentions[-1].sentence == mention.sentence and not (mine and theirs):
        return True
    shared = mine & theirs or (meeting.places and mention.places) or _shared_day(meeting, mention)
    return bool(shared) or (mention.definite and mention.round is None) or mention.bare


def _named(meeting: Meeting) -> bool:
    return any(m.named for m in meeting.mentions)


def _shared_day(meeting: Meeting, mention: Mention) -> bool:
    return any(a.meets(b) for a in meeting.days for b in mention.days)


def _one_place(a: Place, b: Place) -> bool:
    """Whether two venues may be one: the same, or a town and its country."""
    if a.id == b.id:
        return True
    return "country" in (a.kind, b.kind) and a.kind != b.kind and a.country == b.country


def days_of(days: list[Days]) -> tuple[datetime.date, datetime.date] | None:
    """First and last day: from the opening to the close where both are told, else the stretch or day told first."""
    if not days:
        return None
    spans = [d for d in days if d.kind == "span"]
    if spans:
        best = min(spans, key=lambda d: (d.end - d.start, d.start))
        return best.start, best.end
    short = [d for d in days if (d.end - d.start).days < 2] or days
    begin = [d for d in short if d.kind == "begin"]
    end = [d for d in short if d.kind == "end"]
    if begin and end and begin[0].start <= end[0].end:
        return begin[0].start, end[0].end
    best = (end or begin or short)[0]
    return best.start, best.end
