"""The mentions of one article joined into talks.

Two mentions speak of the same talks unless they differ in something they both say: venue, days, round, or parties. A
mention that says nothing of its own ("the talks") belongs to the talks spoken of last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.actors import Actors
from dateline.language import Doc
from dateline.model import DateExpression, Event, Outcome, Place, Span, Statement, Talks
from dateline.talks.mentions import Mention, Reader

OUTCOME_RANK: dict[Outcome, int] = {
    "unknown": 0, "announced": 1, "ongoing": 2, "partial": 3, "adjourned": 4, "agreement": 5, "none": 6,
}  # fmt: skip
"""What a later sentence may overrule: a result stands above a plan, and "no agreement" above the word agreement, since
"failed to reach an agreement" names both."""

CONFIDENCE = {"parties": 0.35, "place": 0.2, "dates": 0.2, "outcome": 0.15, "mediators": 0.05}
"""How much each field that the text gives adds to the confidence, which starts at .05. Judgement, not calibrated: no
gold for talks exists yet."""


@dataclass(slots=True)
class _Meeting:
    """Mentions gathered so far; what they say, merged."""

    mentions: list[Mention] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    mediators: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    dates: list[DateExpression] = field(default_factory=list)
    round: int | None = None
    outcome: Outcome = "unknown"

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        for mine, theirs in (
            (self.parties, mention.parties),
            (self.mediators, mention.mediators),
            (self.places, mention.places),
            (self.dates, mention.dates),
        ):
            mine.extend(x for x in theirs if x not in mine)  # type: ignore[attr-defined]
        self.round = self.round or mention.round
        if OUTCOME_RANK[mention.outcome] > OUTCOME_RANK[self.outcome]:
            self.outcome = mention.outcome

    @property
    def held(self) -> bool | None:
        """False for talks only announced, None where nothing is said of it."""
        return None if self.outcome == "unknown" else self.outcome != "announced"


def find(
    doc: Doc,
    actors: Actors,
    places: Iterable[Place],
    dates: Iterable[DateExpression],
    statements: Iterable[Statement],
    events: Iterable[Event],
) -> tuple[Talks, ...]:
    """The talks that the article tells of, in the order of first mention.

    Talks need two parties, or one with a venue or days; "the meeting" of a club or a board is none.
    """
    places, events = tuple(places), tuple(events)
    reader = Reader(doc, actors, places, dates)
    meetings: list[_Meeting] = []
    for mention in reader.mentions():
        home = next((m for m in reversed(meetings) if _same(m, mention, actors)), None)
        if home is None:
            if not (mention.parties or mention.places or mention.strong):
                continue
            home = _Meeting()
            meetings.append(home)
        home.add(mention)
    _spread_mediators(reader, meetings)
    found: list[Talks] = []
    for meeting in meetings:
        talks = _talks(f"t{len(found) + 1}", meeting, doc, actors, events)
        if talks is not None:
            found.append(talks)
    return tuple(found)


def _same(meeting: _Meeting, mention: Mention, actors: Actors) -> bool:
    """Whether nothing that both say differs, and the mention either points back or shares something."""
    if meeting.round and mention.round and meeting.round != mention.round:
        return False
    if meeting.places and mention.places and not set(meeting.places) & set(mention.places):
        return False
    if meeting.dates and mention.dates and not any(_overlap(a, b) for a in meeting.dates for b in mention.dates):
        return False
    mine, theirs = _sides(meeting.parties, actors), _sides(mention.parties, actors)
    if mine and theirs and not (mine & theirs and (mine <= theirs or theirs <= mine or len(mine & theirs) > 1)):
        return False
    if mention.outcome == "announced" and meeting.held and not mention.definite:
        return False
    shared = mine & theirs or set(meeting.places) & set(mention.places)
    return bool(shared) or mention.definite or not (mention.parties or mention.places) or not (mine or meeting.places)


def _sides(ids: Iterable[str], actors: Actors) -> set[str]:
    """Actors as sides: the country for those who have one, so that a minister stands for his government."""
    table = {actor.id: actor for actor in actors.actors}
    return {table[i].country or i for i in ids if i in table}


def _overlap(a: DateExpression, b: DateExpression) -> bool:
    return bool(a.start and a.end and b.start and b.end) and a.start <= b.end and b.start <= a.end  # type: ignore[operator]


def _spread_mediators(reader: Reader, meetings: list[_Meeting]) -> None:
    """Mediators named in a sentence without a word for talks belong to the talks spoken of last before it."""
    for sentence in reader.doc.sentences:
        named = reader.mediators(sentence)
        before = [m for m in meetings if m.mentions[0].sentence.start <= sentence.start]
        if named and before:
            latest = max(
                before, key=lambda m: max(x.sentence.start for x in m.mentions if x.sentence.start <= sentence.start)
            )
            latest.mediators.extend(a for a in named if a not in latest.mediators)


def _talks(name: str, meeting: _Meeting, doc: Doc, actors: Actors, events: tuple[Event, ...]) -> Talks | None:
    table = {actor.id: actor for actor in actors.actors}
    mediators = tuple(dict.fromkeys(meeting.mediators))
    parties = [p for p in meeting.parties if p not in mediators]
    sentences = [(m.sentence.start, m.sentence.end) for m in meeting.mentions]
    if len(_sides(parties, actors)) < 2:
        parties += _from_events(events, sentences, {*parties, *mediators})
    if len(_sides(parties, actors)) < 2:
        parties += _from_sentences(doc, actors, sentences, set(parties), set(mediators))
    governments = {table[p].country for p in parties if table[p].kind in ("government", "country")}
    named = tuple(
        p
        for p in dict.fromkeys(parties)
        if table[p].kind in ("government", "country") or table[p].country not in governments
    )
    sides = _sides(named, actors)
    if len(sides) < 2 and not (sides and (meeting.places or meeting.dates) and any(m.strong for m in meeting.mentions)):
        return None
    days = Counter((d.start, d.end) for d in meeting.dates if d.start and d.end)
    start, end = min(days, key=lambda day: (day[1] - day[0], day)) if days else (None, None)  # type: ignore[operator]
    given = {
        "parties": len(sides) > 1,
        "place": bool(meeting.places),
        "dates": bool(days),
        "outcome": meeting.outcome != "unknown",
        "mediators": bool(mediators),
    }
    evidence = dict.fromkeys(doc.span(*sentence) for sentence in sentences)
    return Talks(
        name,
        named,
        mediators,
        meeting.places[0] if meeting.places else None,
        start,
        end,
        meeting.round,
        _subject(meeting, doc),
        meeting.outcome,
        tuple(evidence),
        0.05 + sum(CONFIDENCE[key] for key, there in given.items() if there),
        "talks.rules",
    )


def _from_events(events: tuple[Event, ...], sentences: list[tuple[int, int]], known: set[str]) -> list[str]:
    """Parties of consultations whose evidence lies in the sentences of these talks."""
    found: list[str] = []
    for event in events:
        if event.type == "CONSULT" and any(s <= event.evidence.start < e for s, e in sentences):
            found += (a for a in (*event.actors, *event.recipients) if a not in known and a not in found)
    return found


def _from_sentences(
    doc: Doc, actors: Actors, sentences: list[tuple[int, int]], known: set[str], mediators: set[str]
) -> list[str]:
    """The states and groups of the first sentence that names two of them: a lead names the parties of its talks.

    Those `known` already are left out of what is returned, but count as named.
    """
    for start, end in sentences:
        found = [
            member
            for actor in actors.within(start, end)
            for member in actors.members(actor.id)
        ]
        table = {actor.id: actor for actor in actors.actors}
        found = [a for a in dict.fromkeys(found) if table[a].kind in ("government", "country", "armed group", "igo")]
        if len(_sides(set(found) - mediators, actors)) >= 2:
            return [a for a in found if a not in known and a not in mediators]
    return []


def _subject(meeting: _Meeting, doc: Doc) -> str | None:
    """What the talks are about: the words after "on", "over", "about", "aimed at" that hang on the word for talks."""
    for mention in meeting.mentions:
        for child in doc.spacy[mention.trigger].children:
            if child.dep_ == "prep" and child.lower_ in ("on", "over", "about", "regarding", "concerning"):
                for obj in child.children:
                    if obj.dep_ == "pobj" and obj.ent_type_ not in ("DATE", "TIME"):
                        words = list(obj.subtree)
                        span: Span = doc.span(words[0].idx, words[-1].idx + len(words[-1]))
                        return " ".join(span.text.split())
    return None
