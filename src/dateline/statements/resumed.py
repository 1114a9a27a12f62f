"""Who goes on speaking under a pronoun: "it" after a body's words, "he" where the words said name somebody else."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.actors import Actors, same_gender
from dateline.language import Doc
from dateline.model import Actor, Span, Statement
from dateline.statements.sources import Offsets, head_of

NEAR = 700
"""How many characters back a named body may be that "the agency" takes up: about two paragraphs."""
NEXT = 1
"""So many sentences after a body's words "it" means that body."""


def speaker(doc: Doc, actors: Actors, source: Offsets, last: Statement | None) -> str | None:
    """The speaker of the statement before, no person, where the source of this one is "it" in the next sentence and that one
    was the subject of its own; None where it is not."""
    if last is None or last.speaker is None or last.source is None or last.source.start >= source[0]:
        return None
    head, spoke = head_of(doc, source), actors.get(last.speaker)
    if head is None or spoke is None or head.lower_ != "it" or source[1] - source[0] != len(head):
        return None
    return spoke.id if spoke.kind != "person" and _next(doc, source, last) and _tells(doc, last.source) else None


def body(doc: Doc, actors: Actors, source: Offsets) -> str | None:
    """The named body that a bare "the foundation", "the department" or "the agency" takes up: the last whose name has that noun as its
    head, of an agency also one known by initials; None if the source is no such phrase or means somebody already."""
    tokens = list(doc.tokens(*source))
    known = actors.at(*source)
    if len(tokens) != 2 or tokens[0].lower_ != "the" or tokens[1].tag_ != "NN":
        return None
    if known is not None and known.origin != "described":
        return None
    noun = tokens[1].lower_
    for where in reversed(actors.places):
        if where.end > source[0] or where.start < source[0] - NEAR:
            continue
        actor, name = actors.actors[where.actor], doc.text[where.start : where.end].split()
        if actor.origin == "described" or actor.kind in ("person", "population", "country") or not name:
            continue
        headed = len(name) > 1 and name[-1].lower() == noun and name[-1][:1].isupper()
        initials = (
            noun == "agency"
            and actor.sector not in ("PTY", "JRN")
            and name[-1].strip("()").isupper()
            and len(name) == 1
        )
        if headed or (initials and "." not in name[-1] and len(name[-1].strip("()")) > 2):
            return actor.id
    return None


def _next(doc: Doc, source: Offsets, last: Statement) -> bool:
    """Whether the sentence before this one's is one of the statement before."""
    here = doc.sentence_at(source[0])
    there = doc.sentence_at(max(last.cue.start if last.cue else 0, last.content[-1].end - 1))
    return here is not None and there is not None and 0 < here.index - there.index <= NEXT


def _tells(doc: Doc, source: Span) -> bool:
    """Whether a source is the subject of its sentence, which "it" takes up."""
    head = head_of(doc, (source.start, source.end))
    return head is not None and head.dep_ == "nsubj" and head.head.dep_ == "ROOT"


def _going_on(
    doc: Doc, actors: Actors, who: Actor, said: tuple[Offsets, Sequence[Offsets]], found: Sequence[Statement]
) -> Actor | None:
    """The person whose words end where a quotation begins, where `who` is named since that one's naming in words said only."""
    last = found[-1] if found else None
    spoke = actors.get(last.speaker) if last is not None and last.speaker is not None else None
    if last is None or last.source is None or spoke is None or spoke.kind != "person" or spoke.id == who.id:
        return None
    (start, _), content = said
    ended = max(last.content[-1].end, last.cue.end if last.cue else 0, last.source.end)
    if any(c.isalnum() for c in doc.text[ended : min(start, content[0][0])]):
        return None
    quoted = [*((c.start, c.end) for c in last.content), *content, said[0]]
    since = [m for m in who.mentions if last.source.start <= m.start < max(start, content[-1][1])]
    told = all(any(s <= m.start < e for s, e in quoted) for m in since)
    return spoke if told and not (last.source.start <= start < last.source.end) else None


def outside(
    doc: Doc, actors: Actors, source: Offsets, content: Sequence[Offsets], who: str | None, found: Sequence[Statement]
) -> str | None:
    """The speaker a pronoun means, `who` unless that one is named nowhere before but in the words said themselves: then the
    person who spoke last."""
    head, actor = head_of(doc, source), actors.get(who) if who is not None else None
    if head is None or actor is None or head.lower_ not in ("he", "she") or actor.kind != "person":
        return who
    going = _going_on(doc, actors, actor, (source, content), found)
    if going is not None and same_gender(going, head.lower_):
        return going.id
    before = [m for m in actor.mentions if m.end <= source[0]]
    if not before or not all(any(s <= m.start < e for s, e in content) for m in before):
        return who
    people = (a for s in reversed(found) if s.speaker is not None and (a := actors.get(s.speaker)) is not None)
    return next((a.id for a in people if a.kind == "person" and a.id != who), who)
