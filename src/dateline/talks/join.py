"""The mentions of one article joined into talks.

Two mentions speak of the same talks unless they differ in something they both say: venue, days, round, or parties. A
mention that says nothing of its own ("the talks") belongs to the talks spoken of last. Talks foretold and talks held
are two; a round told of in passing that names no parties has those of the talks before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dateline.actors import Actors
from dateline.language import Doc, Sentence
from dateline.model import DateExpression, Event, Place, Span, Statement, Talks
from dateline.talks.company import Company
from dateline.talks.mediators import mediators
from dateline.talks.mentions import Mention, Reader
from dateline.talks.outcome import decide, told
from dateline.talks.phrases import verbal
from dateline.talks.setting import Days
from dateline.talks.sides import Side, Sides

if TYPE_CHECKING:
    from spacy.tokens import Token

CONFIDENCE = {"parties": 0.35, "place": 0.2, "dates": 0.2, "outcome": 0.15, "mediators": 0.05}
"""How much each field that the text gives adds to the confidence, which starts at .05. Judgement, not calibrated."""

AROUND = 0.15
"""How much less sure talks are whose parties only the rest of the article tells."""

NAMED, TAKING_PART, MEDIATING = 3, 1, 2
"""Weights of the evidence for party or mediator: named after "between" or as those who met or signed; taking part by the
verb of the sentence; called mediator. A side is what most of the evidence calls it, a mediator where both weigh alike."""


HISTORY = 400
"""Days: talks of a year and more ago are history that the article recalls."""


@dataclass(slots=True)
class _Meeting:
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
        first_of_sentence = all(m.sentence != mention.sentence for m in self.mentions)
        self.mentions.append(mention)
        self.parties += mention.parties
        if self.inherited and mention.parties:
            self.inherited = False
        for side in sides.all(mention.parties):
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
        parties, between = _by_side(self.parties, sides), _by_side(self.mediators, sides)
        for side in set(parties) & set(between):
            party = self.evidence[side, "party"] > self.evidence[side, "mediator"] or len(parties) <= 2
            del (between if party else parties)[side]
        return parties, between


def _by_side(ids: Iterable[str], sides: Sides) -> dict[Side, list[str]]:
    found: dict[Side, list[str]] = {}
    for identity in ids:
        side = sides.of(identity)
        if side is not None:
            found.setdefault(side, []).append(identity)
    return found


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
    _complete(reader, meetings)
    found: list[Talks] = []
    for meeting in meetings:
        talks = _talks(f"t{len(found) + 1}", meeting, reader)
        if talks is not None and not any(_repeats(talks, other) for other in found):
            found.append(talks)
    return tuple(found)


def _gather(reader: Reader) -> list[_Meeting]:
    """The mentions in the order of the text, each put into talks before it or opening new ones."""
    meetings: list[_Meeting] = []
    for mention in reader.mentions():
        if mention.group and any(len(m.split(reader.sides)[0]) > 1 for m in meetings):
            mention = replace(mention, parties=(), group=False)
        home = next((m for m in reversed(meetings) if _same(m, mention, reader.sides)), None)
        if home is None and mention.bare:
            if meetings and mention.future:
                meetings[-1].told |= mention.told & {"resuming", "adjourned", "none", "partial", "agreement"}
            elif not meetings and mention.strong:
                home = _Meeting(future=mention.future)
                meetings.append(home)
        elif home is None and mention.future and not (mention.places or mention.days or mention.round) and meetings:
            last = meetings[-1]
            if _overlaps(last, mention, reader.sides):
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


def _open(meetings: list[_Meeting], mention: Mention, sides: Sides) -> _Meeting:
    """New talks; those that name no two sides have the parties of the talks before them."""
    new = _Meeting(future=mention.future)
    if len(sides.all(mention.parties)) < 2:
        known = next((m for m in reversed(meetings) if len(m.split(sides)[0]) > 1), None)
        own = sides.all(mention.parties)
        if known is not None and own <= sides.all(known.parties):
            new.parties, new.inherited = [i for ids in known.split(sides)[0].values() for i in ids], True
    meetings.append(new)
    return new


def _overlaps(meeting: _Meeting, mention: Mention, sides: Sides) -> bool:
    mine, theirs = sides.all(meeting.parties), sides.all(mention.parties)
    return not theirs or bool(mine & theirs)


def _same(meeting: _Meeting, mention: Mention, sides: Sides) -> bool:
    """Whether nothing that both say differs, and the mention either points back or shares something."""
    if meeting.round and mention.round and meeting.round != mention.round:
        return False
    if meeting.places and mention.places and not _one_place(meeting.places[0], mention.places[0]):
        return False
    if meeting.days and mention.days and not any(a.meets(b) for a in meeting.days for b in mention.days):
        return False
    own = bool(mention.places or mention.days or mention.round)
    if not meeting.parties and mention.parties and not own and not meeting.future and not mention.future:
        return bool(meeting.places or meeting.days)  # whose talks they were comes in the next sentence
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


def _named(meeting: _Meeting) -> bool:
    return any(m.named for m in meeting.mentions)


def _shared_day(meeting: _Meeting, mention: Mention) -> bool:
    return any(a.meets(b) for a in meeting.days for b in mention.days)


def _one_place(a: Place, b: Place) -> bool:
    """Whether two venues may be one: the same, or a town and its country."""
    if a.id == b.id:
        return True
    return "country" in (a.kind, b.kind) and a.kind != b.kind and a.country == b.country


def _spread(reader: Reader, meetings: list[_Meeting]) -> None:
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


def _complete(reader: Reader, meetings: list[_Meeting]) -> None:
    """Parties from the other sentences, and the venue from the dateline, for talks that do not name their own."""
    company: Company | None = None
    for n, meeting in enumerate(meetings):
        parties, between = meeting.split(reader.sides)
        strong = any(m.strong for m in meeting.mentions)
        central = _central(reader, meeting)
        if (
            len(parties) < 2
            and (strong or meeting.round or any(m.definite for m in meeting.mentions))
            and (meeting.places or meeting.days or meeting.round)
        ):
            before = next((m for m in meetings[:n] if len(m.split(reader.sides)[0]) > 1), None)
            if before is not None and set(parties) <= set(before.split(reader.sides)[0]):
                meeting.parties += [i for ids in before.split(reader.sides)[0].values() for i in ids]
            elif strong and central and before is None:
                company = company or Company(reader)
                host = next((p.country for p in meeting.places), None)
                own = [i for ids in parties.values() for i in ids]
                found = company.of(own, between, host, [m.sentence for m in meeting.mentions])
                meeting.parties += found
                meeting.around = bool(found)
        if n == 0 and not meeting.places:
            meeting.places += _from_dateline(reader, meeting)


OPENING = 3
"""Sentences at the head of an article that say what it is about."""


def _central(reader: Reader, meeting: _Meeting) -> bool:
    """Whether the article is about the talks: its head tells of them, or its title has a word for talks and its text comes
    back to them."""
    sentences = {m.sentence.index for m in meeting.mentions}
    if min(sentences, default=OPENING) < OPENING:
        return True
    words = reader.words.meeting
    title = {w.strip(".,:;'’").removesuffix("s") for w in (reader.doc.article.title or "").lower().split()}
    return len(sentences) > 1 and bool(title & (words["nouns"] | words["weak_nouns"] | words["accord_nouns"]))


def _from_dateline(reader: Reader, meeting: _Meeting) -> list[Place]:
    """The town of the dateline as the venue of talks held that the first sentences tell of.

    It must lie in no party's country, unless people met: a correspondent in the capital writes of his government's talks
    elsewhere too. Talks that somebody tells of ("officials said") have no venue there.
    """
    town, published = reader.setting.dateline(), reader.doc.article.published
    if town is None or meeting.future or not meeting.mentions:
        return []
    first = meeting.mentions[0]
    days = _days(meeting.days)
    if first.sentence.index > 0 or days is None or published is None or abs((published - days[1]).days) > NEAR_PRESS:
        return []
    token = reader.doc.spacy[first.trigger]
    clause = reader.read.clause(token)
    if any(up.lemma_.lower() in reader.words.meeting["saying"] for v in clause[:1] for up in v.ancestors):
        return []
    home = any(side == ("state", town.country) for side in reader.sides.all(meeting.parties))
    people = [i for i in meeting.parties if reader.sides.table[i].kind == "person"]
    met = verbal(token) or len(people) == len(meeting.parties)
    return [] if home and not (people and met) else [town]


NEAR_PRESS = 1
"""Days: a dateline names the place of what happened that day or the day before."""


def _days_of_deed(reader: Reader, sentence: Sentence) -> list[Days]:
    """The days on which the sides agreed or failed to: those on the verb of such a sentence."""
    for token in reader.doc.tokens(sentence.start, sentence.end) or ():
        if token.pos_ == "VERB" and token.lemma_.lower() in reader.words.meeting["closing"]:
            return reader.setting.days(token, [token], sentence)
    return []


def _of_both(reader: Reader, sentence: Sentence, meeting: _Meeting) -> bool:
    """Whether the subject of a sentence is all sides of the talks: by name, or "the two sides", "they"."""
    tokens = reader.doc.tokens(sentence.start, sentence.end)
    subjects = [
        t for t in tokens or () if t.dep_ == "nsubj" and t.head.lemma_ in ("agree", "sign", "fail", "reach", "accept")
    ]
    for token in subjects:
        sides = reader.sides.all(reader.read.ids(token))
        plural = token.lower_ in ("they", "both") or (
            token.tag_ in ("NNS", "NNPS") and token.lemma_.lower() in reader.words.meeting["anaphors"]
        )
        if plural or len(sides & reader.sides.all(meeting.parties)) > 1:
            return True
    return False


def _talks(name: str, meeting: _Meeting, reader: Reader) -> Talks | None:
    sides, doc = reader.sides, reader.doc
    parties, between = meeting.split(sides)
    named = [i for side, ids in parties.items() for i in sides.name(side, ids)]
    who = [i for side, ids in between.items() for i in sides.name(side, ids)]
    days = _days(meeting.days)
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


def _collective(named: list[str], meeting: _Meeting, sides: Sides) -> bool:
    """Whether one side is talks enough: several who go by one name ("rival parliaments", a bloc), at a venue on a day."""
    if len(named) != 1 or not (meeting.places and meeting.days):
        return False
    actor = sides.table[named[0]]
    return actor.kind == "igo" or (actor.origin == "described" and actor.name.lower().split()[-1].endswith("s"))


def _days(days: list[Days]) -> tuple | None:
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
    best = (end or begin or short)[0] if end or begin else short[0]
    return best.start, best.end


def _repeats(talks: Talks, other: Talks) -> bool:
    """Whether talks tell nothing that others of the same parties do not."""
    if set(talks.parties) != set(other.parties):
        return False
    return not (talks.start or talks.place or talks.round) or (
        talks.start == other.start and talks.place in (None, other.place) and talks.round in (None, other.round)
    )


def _subject(meeting: _Meeting, doc: Doc) -> str | None:
    """What the talks are about: the words after "on", "over", "about" that hang on the word for talks, or what was met
    "to discuss"."""
    for mention in meeting.mentions:
        token = doc.spacy[mention.trigger]
        for child in token.children:
            on = child.lower_ == "on" and token.pos_ != "VERB"  # "met on the island"
            if child.dep_ == "prep" and (on or child.lower_ in ("over", "about", "regarding", "concerning")):
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
