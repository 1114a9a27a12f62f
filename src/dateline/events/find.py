"""Events of an article: candidates, scored and sifted, with all their fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.events import (
    aims,
    candidates,
    codebook,
    decide,
    gate,
    magnitude,
    own,
    phrases,
    status,
    triggers,
    when,
    words,
)
from dateline.events.decide import Decision
from dateline.events.mentions import ActorTable, Mention, Mentions, unique
from dateline.events.own import choose
from dateline.events.retell import (
    RECIPROCAL,
    Draft,
    involved,
    known_deed,
    mutual,
    named_again,
    one_each,
    own_type,
    part_of_another,
    refused,
    untold,
)
from dateline.events.scenes import Scenes
from dateline.language import Doc, pairs
from dateline.model import DateExpression, Event, Place, Problem, Quad, Statement
from dateline.places.event import event_place
from dateline.settings import Settings
from dateline.statements.act import ACTS
from dateline.statements.occasions import Occasion, past

if TYPE_CHECKING:
    from spacy.tokens import Token

ON_THE_GROUND = ("PROTEST", "COERCE", "ASSAULT")
"""Types of which several are told one after the other of one place ("Police fired at the marchers. Three were killed")."""
PERFORMED = 0.3
"""What is asked of the confidence of a statement's own act, as a share of what others need."""
HINTED = 0.75
"""The same where not the cue but a verb in what is said names the act ("said that the government must"): of 7 such codings of the
training and development articles whose confidence was below that, none was right."""
COUNTED = 0.6
"""The same where a killing counts its dead ("14 rebels were killed"; of the year it is a toll and no deed): 2 more on 217 articles, both right."""
NEWS = 2
"""Days before publication from which a dateline tells of what is new, and so of where it was."""
MAX_CONTEXTS = 4
"""More contexts than this say nothing; the codebook allows several."""


def find(
    doc: Doc,
    actors: ActorTable,
    places: Sequence[Place],
    dates: Sequence[DateExpression],
    statements: Sequence[Statement],
    settings: Settings,
) -> tuple[tuple[Event, ...], tuple[Problem, ...]]:
    """The political events that the article reports, in the order of the text, and why there are none if so.

    Reciprocal events have all parties in `actors`. `reported_by` is the statement inside whose content an event is told.
    """
    reason = gate.closed(doc.text, doc.article.title)
    if reason is not None:
        return (), (Problem("events", reason),)
    mentions = Mentions(actors.actors)
    found = candidates.find(doc, mentions, statements, informing=own.in_force() is not None)
    found = [c for c in found if not _accused(c) or _goes_on(c)]  # what is dropped whatever it is need not be asked
    decisions = sift(decided(doc, found), float(settings["events.min_confidence"]))
    told = when.occasions_of(doc, mentions, dates, statements)
    scenes = Scenes(doc, mentions, places, dates, statements, told)
    days = int(settings["events.historical_days"])
    decisions = [one for decision in decisions for one in _each_way(decision, mentions)]
    made = [(_event(doc, d, mentions, tuple(places), tuple(dates), told, scenes, days), d) for d in decisions]
    made = [(_at_hand(doc, event, scenes), decision) for event, decision in made]
    drafts = [Draft(event, decision, untold(doc, event, dates), scenes.assumed(event)) for event, decision in made]
    media = {actor.id for actor in actors.actors if actor.sector == "JRN"}  # who speaks to them speaks to readers
    whole = [
        draft
        for draft in drafts
        if not _for_its_own(draft.event, mentions)
        and (draft.event.type != "CONSULT" or len(involved(draft.event) - media) > 1 or _meets(draft, mentions))
    ]
    once = one_each([_aimed(doc, mentions, _owned(mentions, draft)) for draft in one_each(whole)])
    once = [d for d in once if not (named_again(d, once, mentions) or part_of_another(d, once) or refused(d, once))]
    once = [d for d in once if not known_deed(d, once, mentions)]
    events = [replace(draft.event, id=f"e{i}") for i, draft in enumerate(once, 1)]
    return tuple(events), ()


def decided(doc: Doc, found: Sequence[candidates.Candidate]) -> list[Decision]:
    """A decision for every candidate (those that no list and no model gives a type are left out)."""
    if not pairs.available():
        return [d for d in map(decide.by_rules, found) if d is not None]
    learned = own.in_force()
    scores = pairs.score([c.marked(doc.text) for c in found], closing=learned is not None)
    if learned is not None:
        return choose.decided(found, scores, learned)
    return [decide.by_model(c, s) for c, s in zip(found, scores, strict=True)]


def sift(decisions: Sequence[Decision], least: float) -> list[Decision]:
    """Drop what is unlikely, and keep of each statement, and of each predicate, the decision that stands best."""
    best: dict[tuple[object, ...], Decision] = {}
    for decision in decisions:
        if decision.confidence < least * _asked(decision) or _accused_act(decision) or _by_nobody(decision):
            continue
        key = _act(decision.candidate)
        if key not in best or decision.confidence > best[key].confidence:
            best[key] = decision
    return list(best.values())


def _act(candidate: candidates.Candidate) -> tuple[object, ...]:
    """What candidates share that tell one act: who does it, and the predicate, which may be the cue of a statement."""
    who = candidate.actors[0].actor if candidate.actors else None
    if candidate.predicate is not None:
        return who, candidate.predicate.i
    assert candidate.statement is not None
    return who, candidate.statement.id


def _owned(mentions: Mentions, draft: Draft) -> Draft:
    """A draft with who says that he did it, where nobody else is said to have ("claimed responsibility for the attack")."""
    act = draft.decision.candidate.predicate
    owner = phrases.claimant(act) if act is not None and not draft.event.actors else None
    actors = mentions.each(mentions.named(owner)) if owner is not None else ()
    return replace(draft, event=replace(draft.event, actors=actors)) if actors else draft


def _aimed(doc: Doc, mentions: Mentions, draft: Draft) -> Draft:
    """A draft with whom it is aimed at, where its words do not say so and what stands around it does."""
    if not aims.wanted(mentions, draft.decision):
        return draft
    other = aims.choose(doc, mentions, draft.decision.candidate, forced=draft.decision.type == "COERCE")
    if other is None:
        return draft
    origin = f"{draft.event.origin}, {aims.ORIGIN}"
    return replace(draft, event=replace(draft.event, recipients=mentions.each([other]), origin=origin))


def _each_way(decision: Decision, mentions: Mentions) -> list[Decision]:
    """Two decisions where two do the same to each other ("have accused one another"), unless the type has them act together."""
    candidate = decision.candidate
    actors = mentions.each(candidate.actors)
    if mutual(decision.type) or len(actors) != 2 or set(actors) != set(mentions.each(candidate.recipients)):
        return [decision]
    made = []
    for who, other in (actors, actors[::-1]):
        sides = [
            tuple(replace(m, actor=x) for m in side[:1])
            for side, x in ((candidate.actors, who), (candidate.recipients, other))
        ]
        made.append(replace(decision, candidate=replace(candidate, actors=sides[0], recipients=sides[1])))
    return made


def _asked(decision: Decision) -> float:
    """What share of the least confidence is asked of a decision: less for a statement that by its words is the act that it is taken for
    ("pledged", "urged"), unless the cue may as well only report ("told", "acknowledged")."""
    candidate, cue = decision.candidate, decision.candidate.predicate
    if decision.type == "ASSAULT" and _counts_dead(candidate):
        return COUNTED
    if candidate.act != decision.type or all(t.type != decision.type for t in candidate.triggers):
        return 1.0
    if cue is None or all(t.type != decision.type for t in triggers.read(cue)):
        return HINTED
    return 1.0 if cue.lemma_.lower() in words.load().verbs["reporting"] else PERFORMED


def _counts_dead(candidate: candidates.Candidate) -> bool:
    """Whether a verb of killing, done to somebody, says how many were killed then ("14 rebels were killed", but "2,000 have been killed
    this year")."""
    verb = candidate.predicate
    if candidate.kind != "verb" or verb is None or verb.lemma_.lower() not in words.load().magnitude["killed"]:
        return False
    if not any(t.type == "ASSAULT" for t in candidate.triggers) or not candidate.recipients:
        return False
    if any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    who = [c for c in verb.children if c.dep_ in ("nsubjpass", "dobj")] + ([verb.head] if verb.dep_ == "acl" else [])
    return any(c.dep_ == "nummod" for t in who for c in t.children)


def _accused_act(decision: Decision) -> bool:
    """True for what somebody is accused of, threatened with or asked for: it is no fact of its own."""
    said = decision.candidate.statement
    return _accused(decision.candidate) and not (
        said is not None and decision.type == said.act and _goes_on(decision.candidate)
    )


def _accused(candidate: candidates.Candidate) -> bool:
    """Whether a candidate stands in what somebody is accused of, threatened with or asked for, and is not taken for granted there."""
    return (
        candidate.claimed
        and candidate.statement is not None
        and candidate.statement.act in ("ACCUSE", "THREATEN", "REQUEST")
        and not (candidate.predicate is not None and _granted(candidate.predicate))
    )


def _granted(predicate: Token) -> bool:
    """Whether what a word tells is taken for granted, or owned to: "claimed responsibility for killing two guards"."""
    return status.taken_for_granted(predicate) or phrases.claimant(predicate) is not None


def _by_nobody(decision: Decision) -> bool:
    """Whether something is said of somebody and nobody says it ("attacks on the premier"): only a charge is told so ("was charged")."""
    candidate = decision.candidate
    return not candidate.actors and _verbal(decision.type) and (candidate.kind == "noun" or decision.mode != "allege")


def _goes_on(candidate: candidates.Candidate) -> bool:
    """Whether a speaker may go on to do the same to others ("threatened to bomb the rebels and deport the refugees")."""
    said = candidate.statement
    return (
        said is not None
        and bool(candidate.recipients)
        and [m.actor for m in candidate.actors] == [said.speaker]
        and candidate.predicate is not None
        and candidate.predicate.dep_ == "conj"
        and any(span.start <= candidate.predicate.head.idx < span.end for span in said.content)
    )


def _for_its_own(event: Event, mentions: Mentions) -> bool:
    """Whether somebody only says of his own people that he will or would stand by them ("it would defend its people")."""
    return (
        event.type == "SUPPORT"
        and event.status != "actual"
        and bool(event.recipients)
        and all(mentions.own_people(one, other) for one in event.actors for other in event.recipients)
    )


def _meets(draft: Draft, mentions: Mentions) -> bool:
    """Whether a body or a group meets for itself ("the council will meet on Monday", "lawmakers were meeting")."""
    candidate = draft.decision.candidate
    named = [mentions.actors[one] for one in draft.event.actors]
    return (
        candidate.kind == "verb"
        and candidate.together
        and bool(named)
        and all(a.kind in ("igo", "population") or (a.sector == "LEG" and a.kind != "person") for a in named)
    )


def _event(
    doc: Doc,
    decision: Decision,
    mentions: Mentions,
    places: tuple[Place, ...],
    dates: tuple[DateExpression, ...],
    told: Sequence[Occasion],
    scenes: Scenes,
    historical_days: int,
) -> Event:
    candidate = decision.candidate
    type_ = decision.type
    quad, score = _graded(type_, decision.mode)
    start, end = when.day(doc, candidate, dates, _verbal(type_), told)
    actors, recipients = parties(decision)
    acting = mentions.each(actors)
    spoken = candidate.kind == "statement"
    state = status.of(
        None if spoken else candidate.predicate, _like(type_), start, end, doc.article.published, historical_days
    )
    if spoken and state == "actual" and candidate.predicate is not None:
        state = status.of_cue(candidate.predicate)
    evidence = doc.span(candidate.start, candidate.end)
    return Event(
        id="",
        type=type_,
        mode=decision.mode,
        actors=acting,
        recipients=tuple(
            other
            for other in mentions.each(recipients)
            if other not in acting and (_like(type_) in ("ASSAULT", "COERCE") or not mentions.scenery(other))
        ),
        evidence=evidence,
        start=start,
        end=end,
        place=_place(doc, places, scenes, candidate, type_)
        or _met(scenes, decision, mentions.each([*actors, *recipients]), state),
        status=state,
        contexts=contexts(doc, candidate.start, candidate.end),
        quad=quad,
        score=score,
        reported_by=candidate.statement.id if candidate.claimed and candidate.statement is not None else None,
        magnitude=magnitude.find(doc, _like(type_), candidate.start, candidate.end),
        confidence=round(decision.confidence, 4),
        origin=decision.origin,
    )


def _graded(type_: str, mode: str | None) -> tuple[Quad, float]:
    """Quad class and score of a type and mode."""
    entry = own_type(type_)
    if entry is not None:
        return entry.quad, entry.score
    book = codebook.load()
    return book.types[type_].quad, book.score(type_, mode)


def _like(type_: str) -> str:
    """The one of the 16 by whose rules a type's status and magnitude are read."""
    entry = own_type(type_)
    return entry.nearest[0] if entry is not None and entry.nearest else type_


def _verbal(type_: str) -> bool:
    """True for a type that is done by speaking."""
    entry = own_type(type_)
    return type_ in ACTS if entry is None else entry.quad.startswith("verbal")


def parties(decision: Decision) -> tuple[list[Mention], list[Mention]]:
    """Actors and recipients; all parties of a reciprocal event are actors."""
    candidate = decision.candidate
    entry = own_type(decision.type)
    if entry is not None and entry.reciprocal:
        return unique([*candidate.actors, *candidate.recipients]), []
    if decision.type in RECIPROCAL and any(t.together and t.type == decision.type for t in candidate.triggers):
        return unique([*candidate.actors, *candidate.recipients]), []
    return list(candidate.actors), list(candidate.recipients)


def _place(
    doc: Doc, places: Sequence[Place], scenes: Scenes, candidate: candidates.Candidate, type_: str
) -> str | None:
    """Where it happened; a verbal act has a place only where the text says where it was uttered."""
    act = candidate.predicate.idx if candidate.predicate is not None else None
    if not _verbal(type_):
        own = event_place(doc, places, candidate.start, candidate.end, act)
        if own is not None or candidate.predicate is None:
            return own
        follows = type_ in ON_THE_GROUND and not candidate.claimed and past(when.teller(candidate.predicate))
        return scenes.at_occasion(candidate.predicate.idx) or (
            scenes.of_deed(candidate.predicate.idx) if follows else None
        )
    statement = candidate.statement if candidate.kind == "statement" else None
    speaker = statement.speaker if statement else candidate.actors[0].actor if candidate.actors else None
    cue = statement.cue.start if statement and statement.cue else _spoken(candidate)
    if statement is None and candidate.predicate is not None and _named_only(candidate.predicate):
        return event_place(doc, places, candidate.start, candidate.end, cue, True)
    return scenes.place(speaker, candidate.start, candidate.end, cue, statement.content if statement else ())


def _named_only(predicate: Token) -> bool:
    """Whether an act is only named by a noun, by which it may have been done at any time ("his call for a ban is vile")."""
    return predicate.pos_ == "NOUN" and when.teller(predicate) == predicate


def _spoken(candidate: candidates.Candidate) -> int:
    """The offset of the word by which a verbal act is done: not the "war" of "praised his efforts to end the war in Sudmark"."""
    word = candidate.predicate
    if word is None:
        return candidate.start
    if word.pos_ == "NOUN" and candidate.triggers and not any(_verbal(t.type) for t in candidate.triggers if t.type):
        word = next((t for t in word.ancestors if t.pos_ == "VERB"), word)
    return word.idx


def _met(scenes: Scenes, decision: Decision, involved: Sequence[str], state: status.Status) -> str | None:
    """Where a meeting took place or will, as far as the text says that one is or will be the guest of another."""
    candidate = decision.candidate
    if _like(decision.type) != "CONSULT" or decision.mode == "phone" or state == "historical":
        return None
    act = candidate.predicate.idx if candidate.predicate is not None else candidate.start
    return scenes.met(involved, act, state == "future")


def contexts(doc: Doc, start: int, end: int) -> tuple[str, ...]:
    """The contexts whose keywords stand in the event's sentence, or twice in its paragraph; the strongest few."""
    sentence = doc.sentence_at(start)
    if sentence is None:
        return ()
    here = doc.text[min(sentence.start, start) : max(sentence.end, end)]
    first, last = doc.paragraphs[sentence.paragraph]
    around = doc.text[first:last]
    counted = []
    inside, beside = _counts(here), _counts(around)
    for name in codebook.load().contexts:
        if inside[name] or beside[name] > 1:
            counted.append((2 * inside[name] + beside[name], name))
    best = sorted(counted, key=lambda item: -item[0])[:MAX_CONTEXTS]
    return tuple(name for _, name in best)


@lru_cache(maxsize=64)
def _counts(text: str) -> dict[str, int]:
    """How many keywords of each context stand in a stretch of text; the events of a paragraph ask of the same one."""
    begun = codebook.openings(text)
    return {name: context.count(text, begun) for name, context in codebook.load().contexts.items()}


def _at_hand(doc: Doc, event: Event, scenes: Scenes) -> Event:
    """An event without the place of the printed dateline, if it was days before the news ("met him earlier this week")."""
    published = doc.article.published
    if published is None or event.start is None or (published - event.start).days <= NEWS or not scenes.assumed(event):
        return event
    return replace(event, place=None)
