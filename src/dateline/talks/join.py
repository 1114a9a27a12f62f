"""The mentions of one article joined into talks.

Two mentions speak of the same talks unless they differ in something they both say: venue, days, round, or parties. A
mention that says nothing of its own ("the talks") belongs to the talks spoken of last. Talks foretold and talks held
are two; a round told of in passing that names no parties has those of the talks before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.actors import Actors
from dateline.language import Doc, Sentence
from dateline.model import DateExpression, Event, Place, Span, Statement, Talks
from dateline.talks.complete import complete
from dateline.talks.mediators import mediators
from dateline.talks.meeting import Meeting, days_of, overlaps, same
from dateline.talks.mentions import Mention, Reader
from dateline.talks.outcome import decide, told
from dateline.talks.setting import HISTORY, TOPICAL, Days
from dateline.talks.sides import Sides

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = {"parties": 0.35, "place": 0.2, "dates": 0.2, "outcome": 0.15, "mediators": 0.05}
"""How much each field that the text gives adds to the confidence, which starts at .05. Judgement, not calibrated."""

AROUND = 0.15
"""How much less sure talks are whose parties only the rest of the article tells."""


def find(
    doc: Doc,
    actors: Actors,
    places: Iterable[Place],
    dates: Iterable[DateExpression],
    statements: Iterable[Statement],
    events: Iterable[Event],
) -> tuple[Talks, ...]:
    """The talks that the article tells of, in the order of first mention.

    Talks need two sides, one of them political, or one collective side with a venue and a day; "the meeting" of a club
    or a board is none, nor is a mention in passing. Statements and events are not read yet.
    """
    reader = Reader(doc, actors, tuple(places), tuple(dates))
    meetings = _gather(reader)
    _spread(reader, meetings)
    complete(reader, meetings)
    found: list[Talks] = []
    for meeting in meetings:
        talks = _talks(f"t{len(found) + 1}", meeting, reader)
        if talks is not None and not any(_repeats(talks, other, reader) for other in found):
            found.append(talks)
    return tuple(found)


def _gather(reader: Reader) -> list[Meeting]:
    """The mentions in the order of the text, each put into talks before it or opening new ones."""
    meetings: list[Meeting] = []
    for mention in reader.mentions():
        if mention.group and any(len(m.split(reader.sides)[0]) > 1 for m in meetings):
            mention = replace(mention, parties=(), group=False)
        home = next((m for m in reversed(meetings) if same(m, mention, reader.sides)), None)
        if home is None and mention.bare:
            if meetings and mention.future:
                meetings[-1].told |= mention.told & {"resuming", "adjourned", "none", "partial", "agreement"}
            elif not meetings and mention.strong:
                home = Meeting(future=mention.future)
                meetings.append(home)
        elif home is None and mention.future and not (mention.places or mention.days or mention.round) and meetings:
            last = meetings[-1]
            if overlaps(last, mention, reader.sides):
                last.told |= {"resuming"}
                continue
            home = _open(meetings, mention, reader.sides)
        elif home is None:
            two = len(reader.sides.all(mention.parties)) > 1
            if not (mention.strong or meetings or two or (mention.places and mention.definite)):
                continue
            if mention.round is None and not mention.strong and not (mention.places or mention.days):
                continue
            home = _open(meetings, mention, reader.sides)
        if home is not None:
            home.add(mention, reader.sides)
    return meetings


def _open(meetings: list[Meeting], mention: Mention, sides: Sides) -> Meeting:
    """New talks; those that name no two sides have the parties of the talks before them."""
    new = Meeting(future=mention.future)
    if len(sides.all(mention.parties)) < 2 and _of_known(mention):
        known = next((m for m in reversed(meetings) if len(m.split(sides)[0]) > 1), None)
        own = sides.all(mention.parties)
        if known is not None and own <= sides.all(known.parties):
            new.parties, new.inherited = [i for ids in known.split(sides)[0].values() for i in ids], True
    meetings.append(new)
    return new


def _of_known(mention: Mention) -> bool:
    """Whether talks that name no sides are those of the sides known: not just some conference ("at a trade conference"),
    unless something was agreed there."""
    planned = mention.future and bool(mention.days)
    told = mention.strong or mention.definite or mention.fruitful or planned
    return told or bool(mention.round or mention.parties)


def _spread(reader: Reader, meetings: list[Meeting]) -> None:
    """What sentences without a word for talks tell of the talks spoken of last: mediators, and what the sides agreed."""
    told_in = {m.sentence.index for meeting in meetings for m in meeting.mentions}
    for sentence in reader.doc.sentences:
        before = [m for m in meetings if m.mentions and m.mentions[0].sentence.start <= sentence.start]
        if sentence.index in told_in or not before:
            continue
        latest = max(
            before, key=lambda m: max(x.sentence.index for x in m.mentions if x.sentence.start <= sentence.start)
        )
        named = mediators(reader.read, sentence)
        if named:
            latest.mediate(named, reader.sides)
        if len(latest.split(reader.sides)[0]) < 2 and (latest.places or latest.days):
            latest.parties += reader.delegations(sentence)
        text = reader.doc.text[sentence.start : sentence.end]
        found = told(text) & {"agreement", "partial", "none", "adjourned"}
        if found and not latest.future and _of_both(reader, sentence, latest):
            latest.told |= found
            latest.extra.append(sentence)
            if not latest.days:
                latest.days += _days_of_deed(reader, sentence)


def _days_of_deed(reader: Reader, sentence: Sentence) -> list[Days]:
    """The days on which the sides agreed or failed to: those on the verb of such a sentence."""
    for token in reader.doc.tokens(sentence.start, sentence.end) or ():
        if token.pos_ == "VERB" and token.lemma_.lower() in reader.words.meeting["closing"]:
            return reader.setting.days(token, [token], sentence)
    return []


def _of_both(reader: Reader, sentence: Sentence, meeting: Meeting) -> bool:
    """Whether the subject of a sentence is all sides of the talks: by name, or "the two sides", "they"."""
    tokens = reader.doc.tokens(sentence.start, sentence.end)
    concluding = reader.words.meeting["concluding"]
    subjects = [t for t in tokens or () if t.dep_ == "nsubj" and t.head.lemma_ in concluding]
    for token in subjects:
        sides = reader.sides.all(reader.read.ids(token))
        plural = token.lower_ in ("they", "both") or (
            token.tag_ in ("NNS", "NNPS") and token.lemma_.lower() in reader.words.meeting["anaphors"]
        )
        if plural or len(sides & reader.sides.all(meeting.parties)) > 1:
            return True
    return False


def _talks(name: str, meeting: Meeting, reader: Reader) -> Talks | None:
    sides, doc = reader.sides, reader.doc
    parties, between = meeting.split(sides)
    named = [i for side, ids in parties.items() for i in sides.name(side, ids)]
    who = [i for side, ids in between.items() for i in sides.name(side, ids)]
    days = days_of(meeting.days)
    if len(parties) < 2 and not _collective(named, meeting, sides):
        return None
    if not any(sides.political(i) for i in (*named, *who)):
        return None
    if meeting.inherited and not (meeting.places or days or meeting.round):
        return None
    if not (meeting.places or days or meeting.round) and (
        meeting.future or not any(m.strong for m in meeting.mentions)
    ):
        return None  # announced for no day, or "a meeting" in passing
    if not (meeting.places or days or meeting.round or meeting.told) and all(m.passing for m in meeting.mentions):
        return None
    published = doc.article.published
    if days and published and (published - days[1]).days > HISTORY:
        return None
    begun = bool(meeting.days) and all(d.kind == "begin" for d in meeting.days)
    over = bool(days and published and days[1] < published and not begun)
    future = meeting.future and not (days and published and days[0] <= published)
    outcome = decide(meeting.told, future, over)
    given = {
        "parties": len(parties) > 1,
        "place": bool(meeting.places),
        "dates": days is not None,
        "outcome": outcome != "unknown",
        "mediators": bool(who),
    }
    sentences = sorted({(s.start, s.end) for s in [*(m.sentence for m in meeting.mentions), *meeting.extra]})
    return Talks(
        name,
        tuple(dict.fromkeys(named)),
        tuple(dict.fromkeys(who)),
        min(meeting.places, key=lambda p: p.kind == "country").id if meeting.places else None,
        days[0] if days else None,
        days[1] if days else None,
        meeting.round,
        _subject(meeting, doc),
        outcome,
        tuple(doc.span(*sentence) for sentence in sentences),
        0.05 + sum(CONFIDENCE[key] for key, there in given.items() if there) - (AROUND if meeting.around else 0.0),
        "talks.rules",
    )


def _collective(named: list[str], meeting: Meeting, sides: Sides) -> bool:
    """Whether one side is talks enough: several who go by one name ("rival parliaments", a bloc), at a venue on a day."""
    if len(named) != 1 or not (meeting.places and meeting.days):
        return False
    actor = sides.table[named[0]]
    return actor.kind == "igo" or (actor.origin == "described" and actor.name.lower().split()[-1].endswith("s"))


def _repeats(talks: Talks, other: Talks, reader: Reader) -> bool:
    """Whether talks tell nothing that others of the same parties do not. People described ("the prime minister") are those
    named of their country and sector."""
    table = reader.sides.table

    def known(ids: tuple[str, ...]) -> set[tuple[str | None, str | None]]:
        return {(table[i].country, table[i].sector) for i in ids}

    described = any(table[i].origin == "described" and table[i].kind == "person" for i in talks.parties)
    alike = described and known(talks.parties) == known(other.parties) and talks.start is not None
    if set(talks.parties) != set(other.parties) and not alike:
        return False
    return not (talks.start or talks.place or talks.round) or (
        talks.start == other.start and talks.place in (None, other.place) and talks.round in (None, other.round)
    )


def _subject(meeting: Meeting, doc: Doc) -> str | None:
    """What the talks are about: the words after "on", "over", "about" that hang on the word for talks, or what was met
    "to discuss"."""
    for mention in meeting.mentions:
        token = doc.spacy[mention.trigger]
        for child in token.children:
            on_ground = child.lower_ == "on" and token.pos_ == "VERB"  # "met on the island"
            if child.dep_ == "prep" and child.lower_ in TOPICAL and not on_ground:
                for obj in child.children:
                    if (
                        obj.dep_ == "pobj"
                        and obj.ent_type_ not in ("DATE", "TIME")
                        and obj.lemma_ not in ("sideline", "margin")
                    ):
                        return _noun_phrase(obj, doc)
        over = [token, token.head]
        for verb in (
            c
            for t in over
            for c in t.children
            if c.lemma_ == "discuss" and c.dep_ in ("xcomp", "advcl", "acl", "relcl")
        ):
            for obj in verb.children:
                if obj.dep_ == "dobj":
                    return _noun_phrase(obj, doc)
    return None


def _noun_phrase(noun: Token, doc: Doc) -> str:
    """The words of a noun phrase up to the first clause or comma."""
    last = noun
    for token in noun.subtree:
        if token.i > noun.i and ((token.is_punct and token.text not in "-–’'\"") or token.dep_ in ("relcl", "mark")):
            break
        last = token if token.i > last.i else last
    first = noun.left_edge
    span: Span = doc.span(first.idx, last.idx + len(last))
    return " ".join(span.text.split())
