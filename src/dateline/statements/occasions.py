"""On which day those who speak in an article speak: the day that it tells of them last, until it tells of another.

"The president drew applause on Thursday … He also praised the envoy" is one occasion, and so is "said on Friday" and what the same
speaker "added" paragraphs later.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.dates import hang
from dateline.language import Doc
from dateline.model import DateExpression, Span
from dateline.statements.draft import cue_word
from dateline.statements.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

RECENT = 7
"""How many days before publication an occasion may lie of which the news still tells."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """That an actor (id) did something at a time, told at `at`. `until`: the end of the paragraph; `day`: None for one long past,
    which the text tells of in that paragraph only."""

    at: int
    until: int
    actor: str
    day: datetime.date | None


def find(
    doc: Doc, who: Callable[[Token], str | None], dates: Sequence[DateExpression], said: Sequence[Span]
) -> tuple[Occasion, ...]:
    """The occasions of an article in the order of the text.

    `who`: the actor that the head of a subject names; `said`: what is said in the article, which tells of other days.
    """
    dated = list(_dated(doc, who, dates, said))
    return tuple(sorted([*dated, *_same_day(doc, who, dated, said)], key=lambda o: o.at))


def _dated(
    doc: Doc, who: Callable[[Token], str | None], dates: Sequence[DateExpression], said: Sequence[Span]
) -> Iterator[Occasion]:
    published = doc.article.published
    for date in dates if published is not None else ():
        verb = hang.verb(doc, date, words().leads)
        if verb is not None and verb.tag_ == "VBG":
            verb = next((v for v in verb.ancestors if verb in participles(v)), verb)
        subject = _subject(verb) if verb is not None and past(verb) else None
        actor = who(subject) if subject is not None else None
        sentence = doc.sentence_at(date.start_offset)
        if actor is None or sentence is None or any(s.start <= date.start_offset < s.end for s in said):
            continue
        assert published is not None
        recent = date.granularity == "day" and date.start and 0 <= (published - date.start).days <= RECENT
        until = doc.paragraphs[sentence.paragraph][1]
        at = sentence.end if recent else sentence.start  # what else its sentence tells has its own ways to a day
        yield Occasion(at, until, actor, date.start if recent else None)


def _same_day(
    doc: Doc, who: Callable[[Token], str | None], dated: Sequence[Occasion], said: Sequence[Span]
) -> Iterator[Occasion]:
    """What was done on the day told last, whoever's that was ("hours later, the king replied")."""
    phrases = words().same_day
    for sentence in doc.sentences if dated else ():
        text = doc.text[sentence.start : sentence.end].lower()
        at = next((sentence.start + text.index(p) for p in phrases if p in text), None)
        last = [o for o in dated if o.at <= sentence.start and o.day]
        if at is None or not last or any(s.start <= at < s.end for s in said):
            continue
        verb = doc.tokens(sentence.start, sentence.end).root
        subject = _subject(verb) if past(verb) else None
        actor = who(subject) if subject is not None else None
        if actor is not None:
            yield Occasion(sentence.start, doc.paragraphs[sentence.paragraph][1], actor, last[-1].day)


def long_past(
    doc: Doc, cue: Span | None, said: Sequence[Span], dates: Sequence[DateExpression]
) -> DateExpression | None:
    """The week, month or year, now over, in which something was said: what hangs on the cue ("said last week", "in 2012 she told")."""
    published = doc.article.published
    if cue is None or published is None:
        return None
    verb, sentence = cue_word(doc, (cue.start, cue.end)), doc.sentence_at(cue.start)
    for date in dates if sentence is not None and past(verb) else ():
        over = date.end is not None and date.granularity != "day" and date.end < published
        if not over or not sentence.start <= date.start_offset < sentence.end:
            continue
        if not any(s.start <= date.start_offset < s.end for s in said) and hang.verb(doc, date, words().leads) == verb:
            return date
    return None


def day_of(occasions: Sequence[Occasion], actor: str | None, verb: Token) -> datetime.date | None:
    """The day on which an actor does what the verb tells without a day of its own, in the past; None if the article has told of none."""
    if not told(verb):
        return None
    mine = [o for o in occasions if o.actor == actor and o.at <= verb.idx and (o.day or verb.idx < o.until)]
    return mine[-1].day if mine else None


def told(verb: Token) -> bool:
    """Whether a verb tells what was done on an occasion: in the past, or along with another ("condemning")."""
    return past(verb) or (verb.tag_ == "VBG" and not any(c.dep_ == "aux" for c in verb.children))


def participles(verb: Token) -> list[Token]:
    """The participles that tell what the subject of a verb does meanwhile: "Speaking on Sunday, he", "Ms Maro, visiting Geneva, said"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj"]
    around = [c for c in verb.children if c.dep_ == "advcl"]
    around += [c for subject in subjects for c in subject.children if c.dep_ == "acl"]
    leads = ("mark", "aux", "prep", "advmod")
    return [c for c in around if c.tag_ == "VBG" and not any(x.dep_ in leads and x.i < c.i for x in c.children)]


def past(verb: Token) -> bool:
    """Whether a verb is told in the past, as an act or as one undergone ("met", "did meet", "were released")."""
    helped = any(c.dep_ in ("aux", "auxpass") and c.tag_ == "VBD" for c in verb.children)
    if verb.tag_ == "VB":
        return helped and any(c.lemma_ == "do" for c in verb.children)
    if verb.tag_ == "VBN" and any(c.dep_ == "nsubj" for c in verb.children):
        # a past form that the parser takes for a participle
        return not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and helped and not any(c.lemma_ == "have" for c in verb.children))


def _subject(verb: Token) -> Token | None:
    for child in verb.children:
        if child.dep_ == "nsubj":
            return child
    return _subject(verb.head) if verb.dep_ == "conj" and verb.head.i < verb.i else None
