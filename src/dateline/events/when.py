"""On which day an event was: the date that hangs on its words, that of its speaking, or the day that the lines above speak of."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.dates import hang
from dateline.events import triggers, words
from dateline.events.candidates import Candidate
from dateline.events.mentions import Mentions, is_crowd
from dateline.language import Doc
from dateline.model import DateExpression, Statement
from dateline.statements import occasions
from dateline.statements.occasions import Occasion

if TYPE_CHECKING:
    from spacy.tokens import Token

Days = tuple[datetime.date | None, datetime.date | None]

CARRIED = 500
"""How far above a deed without a date, in code points, a day may stand that holds for it too, up to RECENT days ago."""

HEARD = 300
"""How far above what a crowd does, in code points, the day of the speaking may stand."""

LOOSE = 60
"""A phrase of time longer than this, in code points, tells more than a time."""

PAST, PRESENT = ("VBD",), ("VBZ", "VBP")
"""Tags of "had" and of "has"."""

COMING = ("will", "shall", "'ll", "’ll")
"""Auxiliaries of what is to come, as lemmas ("would" is that of what was to come)."""

AFTER = ("after", "because")
"""Words that lead a clause of what was done on the day of its verb, or shortly before."""

LONG = 62
"""A time of more days than this is one in which something was so rather than one of a single act of speech."""

LEAD = 2
"""Paragraphs that tell the news itself: the title, where the text has it, and the lead. Below them coders give an act of speech told
in the present perfect ("has repeatedly accused them") no day: 30 of 37 in three codings of the training and development articles."""


def day(
    doc: Doc, candidate: Candidate, dates: Sequence[DateExpression], verbal: bool, told: Sequence[Occasion] = ()
) -> Days:
    """First and last day of an event. `verbal`: whether it is done by speaking; `told`: the occasions of the article.

    The date that hangs on its predicate, or on the verb that its clause goes with, else for what is done by speaking the day of the
    statement or of publication; for deeds the nearest date of the clause, of the sentence, and of the days before in the lines above.
    """
    statement = candidate.statement
    if candidate.kind == "statement" and statement is not None:
        spoken = occasions.long_past(doc, statement.cue, statement.content, dates)
        if spoken is not None:
            return spoken.start, spoken.end
    at = candidate.predicate.idx if candidate.predicate is not None else candidate.start
    dates = _until_told(doc, candidate, dates)
    belongs = [(d, _belongs(doc, d, candidate.predicate, verbal)) for d in dates if d.start is not None]
    dated = [d for d, whose in belongs if whose is not False]
    own = [d for d, whose in belongs if whose] or _along(doc, candidate.predicate, dated, verbal)
    if own:
        closest = min(own, key=lambda d: abs(d.start_offset - at))
        return closest.start, closest.end
    open_ = [d for d in dates if d.start is None]
    if any(_belongs(doc, d, candidate.predicate, verbal) for d in open_) or _along(
        doc, candidate.predicate, open_, verbal
    ):
        return None, None  # "on Saturday" in an article without a day: no other date of the sentence is its
    if candidate.predicate is not None and some_time(doc, candidate.predicate, verbal):
        return None, None
    until = candidate.predicate is not None and earlier(candidate.predicate)
    if candidate.kind == "statement" and statement is not None:
        given = statement.date or doc.article.published
        return (None, None) if until and given == doc.article.published else (given, given)
    if verbal:
        by_speaker = statement is not None and statement.speaker in {m.actor for m in candidate.actors}
        if not candidate.claimed or by_speaker:
            given = (statement.date if statement is not None and by_speaker else None) or _occasion(
                doc, candidate, told
            )
            given = given or (None if until else doc.article.published)
            return given, given
    dated = [
        d
        for d in dated
        if not doc.text[max(0, d.start_offset - 12) : d.start_offset].rstrip().lower().endswith(" since")
    ]  # no day, but a begin
    near = [d for d in dated if candidate.start <= d.start_offset < candidate.end]
    if not near and (sentence := doc.sentence_at(candidate.start)) is not None:
        near = [d for d in dated if sentence.start <= d.start_offset < sentence.end]
    if near:
        closest = min(near, key=lambda d: abs(d.start_offset - at))
        return closest.start, closest.end
    return _carried(doc, candidate, dated, told)


def _until_told(doc: Doc, candidate: Candidate, dates: Sequence[DateExpression]) -> Sequence[DateExpression]:
    """The dates of which an event may be: what is told in the past is of no day to come ("called for a strike next week"), what is
    told as to come of none gone by ("will free him because of the ruling on Friday")."""
    published = doc.article.published
    if published is None or candidate.predicate is None:
        return dates
    verb = teller(candidate.predicate)
    if any(c.dep_ == "aux" and c.tag_ == "MD" and c.lemma_.lower() in COMING for c in verb.children):
        return [d for d in dates if d.end is None or d.end >= published]
    if not occasions.past(verb):
        return dates
    return [d for d in dates if d.start is None or d.start <= published]


def _belongs(doc: Doc, date: DateExpression, predicate: Token | None, verbal: bool) -> bool | None:
    """True for a date whose nearest verb is the predicate ("On Monday he met", not "the talks that began in May"); False for one of
    something else before or after which the predicate was ("met after a summit last week"), for the day by which something is asked
    or promised ("called for sanctions before the winter") and for that of what is spoken of ("condemned the strike of 1 February");
    None where the parse does not tell."""
    tokens = doc.tokens(date.start_offset, date.end_offset)
    if predicate is None or not len(tokens):
        return None
    verbs = words.load().verbs
    root: Token = tokens.root
    lead = root.head if root.dep_ == "pobj" else root
    if verbal and lead.lower_ in verbs["deadlines"]:
        return False
    beside = verbs["beside"]
    long = date.start is not None and date.end is not None and (date.end - date.start).days > LONG
    if long and (verbal or _judges(predicate)) and lead.lower_ in verbs["throughout"]:
        between = (c for c in predicate.children if c.dep_ == "prep" and predicate.i < c.i < lead.i)
        if any(c.lower_ in verbs["topics"] for c in between):
            return False  # "criticized him for his votes in the 1990s"
    if predicate.dep_ == "relcl" and predicate.head in tokens and _lead(predicate) == "when":
        return True  # "the previous night, when he claimed"
    if _aside(doc, date, predicate):
        return False
    for above in hang.above(doc, date):
        if above == predicate:
            return True
        if verbal and _spoken_of(above, root, long):
            return None if above.is_ancestor(predicate) else False
        if above.pos_ in ("VERB", "AUX") and above.lower_ not in beside:
            return None
    return None


def _judges(predicate: Token) -> bool:
    """Whether a verb is of a list of those that praise or blame, which may be for what was long ago."""
    return triggers.types(triggers.read(predicate)) in ({"ACCUSE"}, {"SUPPORT"}, {"ACCUSE", "SUPPORT"})


def _aside(doc: Doc, date: DateExpression, predicate: Token) -> bool:
    """Whether a date stands in a phrase or clause of what was before or after a deed, or is compared with it ("ahead of Tuesday's vote",
    "two weeks after they marched on May Day"); not one that is itself such a time ("after Monday")."""
    beside = words.load().verbs["beside"]
    inner = True
    for above in hang.above(doc, date):
        if above == predicate or above.is_ancestor(predicate):
            return False
        if not inner and above.dep_ in ("prep", "advmod", "acl", "mark") and above.lower_ in beside:
            return True
        if any(
            c.dep_ in ("mark", "prep") and c.lower_ in beside and c.i < above.i
            for c in above.children
            if above.dep_ == "advcl"
        ):
            return True
        inner = inner and above.pos_ not in ("NOUN", "PROPN", "VERB", "AUX")
    return False


def _spoken_of(noun: Token, date: Token, span: bool = False) -> bool:
    """Whether a noun is the matter of an act of speech and bears the date itself: "grilled them on the 25 July call"; of a long `span` also
    what was so in it ("praised their work over the past eight years")."""
    if noun.pos_ not in ("NOUN", "PROPN"):
        return False
    over = ("of", *(words.load().verbs["throughout"] if span else ()))
    bears = date.head == noun or (date.dep_ == "pobj" and date.head.lower_ in over and date.head.head == noun)
    topic = noun.dep_ == "dobj" or (noun.dep_ == "pobj" and noun.head.lower_ in words.load().verbs["topics"])
    return bears and topic


def some_time(doc: Doc, predicate: Token, verbal: bool) -> bool:
    """Whether the words leave open when something was done, so that neither the day of publication nor one told before is its."""
    verb = teller(predicate)
    if _loosely(verb) or (verb != predicate and _loosely(predicate)) or (verb.dep_ == "advcl" and _measured(verb)):
        return True
    if not verbal:
        return False
    return _helped(predicate, PRESENT) and not _opening(doc, predicate.idx)


def _loosely(verb: Token) -> bool:
    """Whether a verb or noun has a time that is no day: "repeatedly", "in recent years", "a few weeks ago"."""
    lists = words.load().loose
    for child in verb.children:
        if child.dep_ in ("advmod", "npadvmod", "amod") and child.lower_ in lists["adverbs"]:
            return True
        if child.dep_ in ("prep", "advmod", "npadvmod"):
            text = " ".join(t.lower_ for t in child.subtree)
            if any(f" {phrase} " in f" {text} " for phrase in lists["times"]) and len(text) < LOOSE:
                return True
    return False


def earlier(verb: Token) -> bool:
    """Whether something was done before another time in the past ("whom they had accused"), not only told in the past ("said that it had
    accused them")."""
    first = verb
    while first.dep_ == "conj":
        first = first.head
    return _helped(verb, PAST) and first.dep_ != "ccomp"


def _helped(verb: Token, tags: Collection[str]) -> bool:
    """Whether something is told as done at some time until now ("has accused them", "has called for talks and praised") or until another
    ("had accused them"); `tags`: those of "have"."""
    if any(c.dep_ == "aux" and c.lemma_ == "have" and c.tag_ in tags for c in verb.children):
        return verb.tag_ in ("VBN", "VBD")
    joined = verb.dep_ == "conj" and verb.tag_ in ("VBN", "VBD") and not any(c.dep_ == "nsubj" for c in verb.children)
    return joined and _helped(verb.head, tags)


def _opening(doc: Doc, at: int) -> bool:
    """Whether an act told at an offset stands in the paragraphs that open the article and tell its news ("has called for")."""
    return at < doc.paragraphs[min(len(doc.paragraphs), LEAD) - 1][1]


def _along(doc: Doc, predicate: Token | None, dates: Sequence[DateExpression], verbal: bool) -> list[DateExpression]:
    """The dates of the nearest verb above that the predicate goes with, the same doer at the same time, or of a clause with "when"."""
    published = doc.article.published
    if predicate is not None and predicate.pos_ == "NOUN" and not occasions.past(teller(predicate)):
        dates = [d for d in dates if d.end is not None and published is not None and d.end < published]
    verb = predicate
    while verb is not None:
        beside = [c for c in verb.children if c.dep_ == "advcl" and _lead(c) == "when"] + occasions.participles(verb)
        verb = _same_time(verb, AFTER if verbal else ())
        for one in (verb, *beside):
            if one is not None and (found := [d for d in dates if _belongs(doc, d, one, verbal and one is verb)]):
                return found
    return []


def _same_time(verb: Token, leads: Collection[str] = ()) -> Token | None:
    """The verb with which a verb's clause goes: "on Monday he met them and condemned", "…, condemning", "… when he condemned".

    `leads`: words beside "when" that lead a clause of the same day ("was jeered on Monday after he refused", unless by some time)."""
    head = verb.head
    if verb.pos_ == "NOUN":
        above = teller(verb)
        return above if above != verb else None
    below = {c.dep_: c for c in verb.children}
    if verb.pos_ != "VERB" or verb.tag_ == "VBZ" or "neg" in below:
        return None
    if verb.dep_ == "pcomp" and head.lower_ not in words.load().verbs["beside"]:
        head = head.head
    elif verb.dep_ == "conj":
        if "nsubj" in below or "nsubjpass" in below:
            return None
    elif verb.dep_ == "advcl":
        if _lead(verb) not in (None, "when", "as", "while", *leads) or _measured(verb):
            return None
    elif verb.dep_ != "xcomp":
        return None
    return head if head.pos_ in ("VERB", "AUX") else None


def _measured(clause: Token) -> bool:
    """Whether a clause says how long after or before another it is ("20 months after he struck it down")."""
    leads = [c for c in clause.children if c.dep_ == "mark"]
    spans = [t for one in (clause, *leads) for t in one.children if t.dep_ == "npadvmod" and t.i < clause.i]
    return any(t.lemma_ in words.load().loose["spans"] for t in spans)


def _lead(clause: Token) -> str | None:
    """The word that leads a clause in ("when he left")."""
    return next((c.lower_ for c in clause.children if c.dep_ in ("mark", "advmod") and c.i < clause.i), None)


def occasions_of(
    doc: Doc, mentions: Mentions, dates: Sequence[DateExpression], statements: Sequence[Statement]
) -> tuple[Occasion, ...]:
    """The occasions of the article, with the actors as the events know them."""

    def who(subject: Token) -> str | None:
        found = mentions.covering(subject)
        return found.actor if found is not None else None

    return occasions.find(doc, who, dates, [span for s in statements for span in s.content])


def _occasion(doc: Doc, candidate: Candidate, told: Sequence[Occasion]) -> datetime.date | None:
    """The day of the occasion on which the doer did what is told; a crowd's is that of whom it hears."""
    if candidate.predicate is None or candidate.claimed or not candidate.actors:
        return None
    if is_crowd(doc, candidate.actors[0]):
        near = [o for o in told if candidate.start - o.at <= HEARD]
        told = [replace(o, actor=candidate.actors[0].actor) for o in near]
    return occasions.day_of(told, candidate.actors[0].actor, teller(candidate.predicate))


def teller(predicate: Token) -> Token:
    """The word whose tense is the event's: the verb that carries its noun ("held talks"), else the predicate itself."""
    head, verbs = predicate.head, words.load().verbs
    carried = predicate.pos_ == "NOUN" and predicate.dep_ == "dobj"
    return head if carried and head.lemma_ in verbs["light"] | verbs["receiving"] else predicate


def _carried(doc: Doc, candidate: Candidate, dated: Sequence[DateExpression], told: Sequence[Occasion]) -> Days:
    """The day that the lines above speak of, where a deed is told in the past without one of its own."""
    published, token = doc.article.published, candidate.predicate
    if published is None or token is None or candidate.claimed or not occasions.told(teller(token)):
        return None, None
    above = [
        d
        for d in dated
        if (
            d.granularity == "day"
            or (d.granularity == "interval" and d.end and d.start and (d.end - d.start).days == 1)
        )
        and candidate.start - CARRIED <= d.start_offset < candidate.start
        and 0 <= (published - (d.start or published)).days <= occasions.RECENT
    ]
    if above:
        return above[-1].start, above[-1].end
    day = _occasion(doc, candidate, told)
    return day, day
