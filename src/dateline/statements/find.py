"""doc → statements: the attributions that a coder would keep, each with its speaker, act, addressees and date."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dateline.actors import Actors
from dateline.dates import hang
from dateline.language import Doc
from dateline.model import DateExpression, Problem, Statement
from dateline.statements import act, keep, occasions, resumed, sources, tagger
from dateline.statements.draft import Draft, cue_word, drafts
from dateline.statements.marks import Quoted, quotations
from dateline.statements.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

SPEAKING = ("day", "weekend", "week")
"""Granularities that date a speaking; a bare year beside it belongs to something else ("the 2012 candidate said")."""
ORIGIN = "attribution model"


def find(
    doc: Doc, actors: Actors, dates: Sequence[DateExpression] = ()
) -> tuple[tuple[Statement, ...], Actors, tuple[Problem, ...]]:
    """The statements of an article in the order of the text.

    Returns them with the actors, grown by the sources that are only described, and a problem for every quotation mark
    that never closes. A source that cannot be resolved leaves `speaker` null; its words stay in `source`.
    """
    marks, stray = quotations(doc.text, doc.paragraphs)
    problems = tuple(_ambiguous(doc, offset) for offset in stray)
    rows = tagger.attributions([doc.text], parses=[doc.spacy])[0]
    quoted = Quoted(marks)
    made = drafts(doc, actors, rows, quoted)
    made = [d for d in made if not sources.only_quotes(doc, d, made) and not wordless(doc, d)]
    made = [sources.carried(doc, actors, d, made, quoted) for d in made]
    likely = [(d, p) for d in made if (p := keep.probability(d.look)) >= keep.least()]
    acts = act.probabilities([d.clues for d, _ in likely], [act.marked(doc.text, d) for d, _ in likely])
    found: list[Statement] = []
    spoke: list[tuple[int, str]] = []
    for (draft, sure), likelihood in zip(likely, acts, strict=True):
        actors, speaker = _speaker(doc, actors, draft, spoke, found)
        if draft.source is None and speaker is None:
            continue  # nobody is named or described: no statement by the codebook's rule
        if speaker is not None:
            spoke.append((draft.source[0] if draft.source else draft.start, speaker))
        apart = (*draft.content, *((draft.source,) if draft.source else ()))
        for one in sources.each(actors, speaker):
            found.append(
                Statement(
                    id=f"s{len(found) + 1}",
                    content=tuple(doc.span(*piece) for piece in draft.content),
                    speaker=one,
                    source=doc.span(*draft.source) if draft.source else None,
                    cue=doc.span(*draft.cue),
                    quotation=draft.quotation,
                    act=act.ACTS[int(likelihood.argmax())],
                    addressees=sources.addressees(doc, actors, draft.cue, apart, one),
                    date=spoken_on(doc, draft, dates),
                    confidence=sure,
                    origin=ORIGIN,
                )
            )
    return _on_occasions(doc, actors, dates, found), actors, problems


def _on_occasions(
    doc: Doc, actors: Actors, dates: Sequence[DateExpression], found: Sequence[Statement]
) -> tuple[Statement, ...]:
    """The statements, those without a day of their own on the day of their speaker's last occasion, else of publication."""

    def who(subject: Token) -> str | None:
        actor = actors.at(subject.idx, subject.idx + len(subject))
        return actor.id if actor is not None else None

    told = occasions.find(doc, who, dates, [span for s in found for span in s.content])
    dated = []
    for one in found:
        day = one.date
        if day is None and occasions.long_past(doc, one.cue, one.content, dates) is not None:
            dated.append(one)  # of some day of that time
            continue
        if day is None and one.cue is not None:
            day = occasions.day_of(told, one.speaker, cue_word(doc, (one.cue.start, one.cue.end)))
        dated.append(replace(one, date=day or doc.article.published))
    return tuple(dated)


def wordless(doc: Doc, draft: Draft) -> bool:
    """Whether a cue is a lone "and", or a "to" that leads to no source ("to the annoyance of"), which tell no saying."""
    told_to = draft.source is not None and not doc.text[draft.cue[1] : draft.source[0]].strip()
    return all(t.pos_ == "CCONJ" or (t.lower_ == "to" and not told_to) for t in doc.tokens(*draft.cue))


def _ambiguous(doc: Doc, offset: int) -> Problem:
    around = " ".join(doc.text[offset : offset + 40].split())
    return Problem(
        "statements", f"the quotation mark at {offset} ({around} …) never closes; how far it quotes is uncertain"
    )


def _speaker(
    doc: Doc, actors: Actors, draft: Draft, spoke: Sequence[tuple[int, str]], found: Sequence[Statement]
) -> tuple[Actors, str | None]:
    if draft.source is not None:
        same = resumed.speaker(doc, actors, draft.source, found[-1] if found else None)
        same = same or resumed.body(doc, actors, draft.source)
        if same is not None:
            return actors, same
        actors, who = sources.resolve(doc, actors, draft.source, spoke)
        if draft.quotation == "direct":
            who = resumed.outside(doc, actors, draft.source, draft.content, who, found)
        return actors, who
    subject = _subject(doc, actors, draft)
    if subject is not None:
        return actors.refer(doc, *subject)
    if draft.quotation != "indirect" and found and found[-1].speaker is not None:
        last = found[-1]
        ended = max(last.content[-1].end, last.cue.end if last.cue else 0)
        if 0 <= draft.start - ended <= sources.CONTINUES or ended > draft.start:
            return actors, last.speaker
    return actors, None


def _subject(doc: Doc, actors: Actors, draft: Draft) -> tuple[int, int] | None:
    """The subject of the cue's verb, where the model found no source and the subject is not part of what is said; of a
    participle that of the verb above, if it is somebody known: "Low met reporters on Monday, adding that"."""
    word = cue_word(doc, draft.cue)
    above = word.tag_ == "VBG" and word.dep_ == "advcl" and not any(c.dep_ == "nsubj" for c in word.children)
    word = word.head if above else word
    for child in word.children:
        if child.dep_ == "nsubj" and child.tag_ not in ("WDT", "WP", "EX"):
            below = list(child.subtree)
            start, end = below[0].idx, below[-1].idx + len(below[-1])
            known = not above or actors.at(child.idx, child.idx + len(child)) is not None
            if known and not any(s < end and start < e for s, e in draft.content):
                return start, end
    return None


def spoken_on(doc: Doc, draft: Draft, dates: Sequence[DateExpression]) -> datetime.date | None:
    """The day of a speaking: one in the cue's sentence outside of what is said, else the last one before it in the
    paragraph for what is told in the past; None if there is none."""
    sentence = doc.sentence_at(draft.cue[0])
    if sentence is None:
        return None
    cue, (first, _) = cue_word(doc, draft.cue), doc.paragraphs[sentence.paragraph]
    to_come = any(t.dep_ == "aux" and t.tag_ in ("MD", "TO") for t in cue.children)
    latest = None if to_come else doc.article.published  # what has been said was not said next week
    outside = [
        d
        for d in dates
        if d.start is not None
        and d.granularity in SPEAKING
        and (latest is None or d.start <= latest)
        and first <= d.start_offset < sentence.end
        and not any(s <= d.start_offset < e for s, e in draft.content)
        and (next(hang.above(doc, d), None) == cue or not hang.of_a_thing(doc, d, words().leads))
    ]
    here = [d for d in outside if d.start_offset >= sentence.start]
    if here:
        return min(here, key=lambda d: abs(d.start_offset - draft.cue[0])).start
    return outside[-1].start if outside and occasions.told(cue) else None
