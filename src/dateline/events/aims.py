"""Whom an act is aimed at that names nobody beside its words: read off what stands around it.

"Norland welcomed the deal" is on Ruritania if the deal told of before is Ruritania's. The model has decided what was done by
then; here every side that the article tells of is weighed by the signs that it is the one meant, and the likeliest is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.events import arguments, phrases, words
from dateline.events.candidates import Candidate
from dateline.events.decide import Decision
from dateline.events.mentions import Mention, Mentions
from dateline.language import Doc

if TYPE_CHECKING:
    from spacy.tokens import Doc as ParsedDoc
    from spacy.tokens import Token

AIMED = frozenset({"AGREE", "SUPPORT", "RETREAT", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "PROTEST"})
"""Types of what is done to somebody even where the clause does not say to whom. A call for something, an admission or troops on
the move may be meant for everybody or nobody in particular."""
SIGNS: Mapping[str, float] = {
    "object": 2.0,
    "title": 2.0,
    "sentence": 1.5,
    "matter": 2.5,
    "sentence before": 0.5,
    "the one before that": 0.5,
    "said": 1.0,
}
"""What each sign adds for a side: it is named in the object of the act; in the title; elsewhere in the sentence; where the
thing that the act is about was last named by somebody's name; in the sentences before; in what is said, which the model has
weighed already."""
_OF_THE_THING = ("object", "matter")
"""The signs that tell whose the thing is that something is done to."""
SHARE = 2.0
"""What the share of the article's mentions that are of a side adds."""
AT_HOME = 2.0
"""What they must add up to for the one chosen himself, where he is of the doer's own country: more than that he is named in the sentence.
Of 23 of less than 1.5 in unseen pages 18 were wrong; dyads of the training articles 0.679 at 1.5, 0.682 at 2."""
OF_THING = 3.0
"""The same where only the object of a verb tells it. Of 29 recipients of the doer's own country that were read off what stands around in 140
unseen articles 6 were right; of the 7 that are left in 260 articles 4 are."""
ORIGIN = "recipient from around it"
"""What an event's origin says of such a recipient."""
LEAST = 1.0
"""What the signs for a side must add up to: more than that it is named in a sentence before."""
WITHOUT_POWER = frozenset({"AGR", "BUS", "CVL", "EDU", "JRN", "MED", "SOC"})
"""Sectors of those who are named beside an act that is aimed at them: the press, people, schools, firms, societies."""
_ANTI = re.compile(r"\banti ?[-–]? ?(\w+)")
"""How the word before a noun is written that says whom it is against, token by token."""
Others = Mapping[Mention, None]
"""The mentions of those who may be meant, in the order of the text."""
_REGION = "region-"
"""How the ids of the parts of a country begin in the registry."""
_RUN = 4
"""How many verbs are climbed to the relative clause that they stand in ("the pact, which it has vowed to leave")."""


def wanted(mentions: Mentions, decision: Decision) -> bool:
    """Whether a decision is of a type that wants a recipient and has none."""
    candidate = decision.candidate
    if not candidate.actors or candidate.recipients or decision.type not in AIMED:
        return False
    if decision.mode == "resign":
        return False  # one resigns from a post
    in_passing = decision.type == "PROTEST" and candidate.kind == "noun" and _anti(candidate) is None
    if decision.mode == "investigate" or in_passing:
        return False  # one looks into what has happened; "the protests of last year" are told of in passing
    acting = mentions.each(candidate.actors)
    if decision.type == "AGREE" and any(not mentions.same_side(acting[0], other) for other in acting[1:]):
        return False  # "the government and the rebels reached an agreement": with each other
    return not (candidate.together and len(acting) > 1)


def choose(doc: Doc, mentions: Mentions, candidate: Candidate, forced: bool = False) -> Mention | None:
    """Of the side for which the signs speak most the actor for whom they do, at the mention nearest before the act.

    Of what is `forced` only whose the thing is that is taken or barred counts: a state that its sentence names for another reason has not
    suffered it.
    """
    others = dict.fromkeys(
        m for m in mentions.all if _may_be_meant(mentions, candidate, m) and not phrases.seat(doc, mentions, m)
    )
    if forced:
        others = {m: None for m in others if mentions.actors[m.actor].kind != "person"}
    if (word := _anti(candidate)) is not None:
        return _against(doc, mentions, candidate, others, word)
    home = {mentions.actors[a.actor].country for a in candidate.actors} - {None}
    signs = {s: named for s, named in _signs(doc, mentions, candidate, others) if not forced or s in _OF_THE_THING}
    by_side: dict[str, float] = defaultdict(float)
    by_actor: dict[str, float] = defaultdict(float)
    for sign, named in signs.items():
        for side in dict.fromkeys(mentions.side(m.actor) for m in named):
            by_side[side] += SIGNS[sign]
        for actor in dict.fromkeys(m.actor for m in named):
            by_actor[actor] += SIGNS[sign]
    if not by_side:
        return None
    side = max(by_side, key=lambda s: by_side[s] + SHARE * mentions.shares.get(s, 0.0))
    if by_side[side] < LEAST:
        return None
    told = [m for m in others if mentions.side(m.actor) == side]
    actor = max(told, key=lambda m: (by_actor[m.actor], m.end <= candidate.start, m.start)).actor
    if mentions.actors[actor].country in home:  # among people of one country the side says nothing
        named = {sign for sign, them in signs.items() if any(m.actor == actor for m in them)}
        if by_actor[actor] < AT_HOME or not _told_at_home(mentions, candidate, actor, named, by_actor[actor]):
            return None
    of_actor = [m for m in told if m.actor == actor]
    return next((m for m in reversed(of_actor) if m.end <= candidate.end), of_actor[0])


def _told_at_home(mentions: Mentions, candidate: Candidate, actor: str, signs: Collection[str], sum_: float) -> bool:
    """Whether the words leave no doubt whom of one's own country an act is aimed at: a noun with an owner or a protest, on whom its sentence
    names ("he kept back his endorsement from"); a verb, on whose the thing is that it has for its object ("refused the invitation")."""
    word = candidate.predicate
    if word is None:
        return False
    if candidate.kind == "noun":
        above = arguments.subject_of(word.head)[0] if word.head.pos_ == "VERB" else None
        meets = above is not None and any(m.actor == actor for m in mentions.named(above, deep=False))
        return "sentence" in signs and not meets and any(c.dep_ == "poss" for c in word.children)
    if any(t.type == "PROTEST" for t in candidate.triggers) and "sentence" in signs:
        return True
    verbs = [word, *(c for c in word.children if c.dep_ == "xcomp")]
    things = [c for v in verbs for c in v.children if c.dep_ == "dobj" and any(d.lower_ == "the" for d in c.children)]
    return "matter" in signs and bool(things) and sum_ >= OF_THING


def _anti(candidate: Candidate) -> str | None:
    """What comes after "anti-" before a noun ("anti-Norlandish riots")."""
    noun = candidate.predicate
    if candidate.kind != "noun" or noun is None:
        return None
    found = _ANTI.search(" ".join(t.lower_ for t in noun.doc[noun.left_edge.i : noun.i]))
    return found.group(1) if found else None


def _against(doc: Doc, mentions: Mentions, candidate: Candidate, others: Others, word: str) -> Mention | None:
    """Who is meant by the word after "anti-": the government of those who act, or the state whose people or forces bear the word."""
    acting = {a.actor for a in candidate.actors}
    rulers = words.load().scene["rulers"]
    if word in rulers:
        countries = {mentions.actors[a].country for a in acting}
    else:
        bearing = [m for m in others if word in doc.text[m.start : m.end].lower().split()]
        countries = {mentions.actors[m.actor].country for m in bearing}
    of_state = [m for m in others if mentions.actors[m.actor].country in countries - {None}]
    ruling = [m for m in of_state if mentions.actors[m.actor].kind in ("government", "country")]
    named = ruling or ([] if word in rulers else of_state)
    return next((m for m in reversed(named) if m.end <= candidate.start), named[0] if named else None)


def _may_be_meant(mentions: Mentions, candidate: Candidate, mention: Mention) -> bool:
    """Whether the mention is of somebody else than those who act, their own side and people, whoever has no power, looks on or tells of it."""
    actor = mention.actor
    teller = candidate.statement.speaker if candidate.claimed and candidate.statement is not None else None
    sides = {mentions.side(a.actor) for a in candidate.actors}
    return (
        actor != teller
        and not (len(sides) > 1 and mentions.side(actor) in sides)
        and mentions.actors[actor].sector not in WITHOUT_POWER
        and not mentions.actors[actor].members
        and not _unpolitical(mentions, candidate, actor)
        and not mentions.scenery(actor)
        and not any(
            a.actor == actor or mentions.same_side(a.actor, actor) or mentions.own_people(a.actor, actor)
            for a in candidate.actors
        )
    )


def _unpolitical(mentions: Mentions, candidate: Candidate, actor: str) -> bool:
    """Whether a body is of no sector ("the Press", "the Code of Ordinances"), or a part of the doer's own country, which people of it name
    as a place."""
    named = mentions.actors[actor]
    if named.kind == "organisation" and named.sector is None and named.registry_id is None:
        return True
    of_country = any(mentions.actors[a.actor].country == named.country for a in candidate.actors)
    return of_country and (named.registry_id or "").startswith(_REGION)


def _signs(doc: Doc, mentions: Mentions, candidate: Candidate, others: Others) -> Iterator[tuple[str, list[Mention]]]:
    """The mentions for which each sign speaks."""

    def within(stretch: tuple[int, int]) -> list[Mention]:
        return [m for m in mentions.within(*stretch) if m in others]

    yield "title", list(_in_title(doc, mentions, others))
    if candidate.predicate is not None:
        inside = [_stretch(c) for c in candidate.predicate.children if c.dep_ in ("dobj", "pobj", "attr")]
        yield "object", [m for one in inside for m in within(one)]
        yield "matter", list(_of_matter(doc, mentions, candidate, others))
    if candidate.kind == "statement" and candidate.statement is not None:
        yield "said", [m for span in candidate.statement.content for m in within((span.start, span.end))]
    here = doc.sentence_at(candidate.start)
    if here is None:
        return
    yield "sentence", within((here.start, candidate.start)) + within((candidate.end, here.end))
    for sign in ("sentence before", "the one before that"):
        here = doc.sentence_at(here.start - 1) if here is not None and here.start > 0 else None
        yield sign, within((here.start, here.end)) if here is not None else []


def _stretch(token: Token) -> tuple[int, int]:
    """Where what hangs on a token begins and ends."""
    return token.left_edge.idx, token.right_edge.idx + len(token.right_edge)


def _in_title(doc: Doc, mentions: Mentions, others: Others) -> Iterator[Mention]:
    """The mentions whose words, a name's, stand in the title too."""
    title = doc.article.title or ""
    for mention in others:
        name = doc.text[mention.start : mention.end]
        named = name[:1].isupper() and mentions.actors[mention.actor].kind != "person"
        if named and re.search(rf"\b{re.escape(name)}\b", title):
            yield mention


def _of_matter(doc: Doc, mentions: Mentions, candidate: Candidate, others: Others) -> Iterator[Mention]:
    """Those whose the thing is that the act is about: what its clause describes, or where a thing of that name was told of last."""
    assert candidate.predicate is not None
    verb = candidate.predicate
    for _ in range(_RUN):
        if verb.dep_ == "relcl":
            yield from (m for m in mentions.within(verb.head.left_edge.idx, verb.left_edge.idx) if m in others)
            return
        if verb.dep_ not in ("xcomp", "ccomp", "conj"):
            break
        verb = verb.head
    known = {m.actor for m in others}
    for noun in candidate.predicate.subtree:
        if noun.pos_ != "NOUN" or noun.i < candidate.predicate.i:
            continue
        for earlier in _same_noun(doc, noun):
            if earlier.pos_ == "PROPN" and earlier.ent_type_ == "PERSON":
                continue  # "the bill" is not Bill's
            near = [m for m in mentions.within(*_stretch(earlier)) if m in others]
            named = [m for m in mentions.named(earlier) if m.actor in known] or near
            if named:
                yield from named
                break


def _same_noun(doc: Doc, noun: Token) -> Iterator[Token]:
    """Where the same noun stood before, the nearest first."""
    told = _nouns(doc.spacy).get(noun.lemma_.lower(), ())
    yield from (doc.spacy[i] for i in reversed(told) if i < noun.i)


@lru_cache(maxsize=1)
def _nouns(parsed: ParsedDoc) -> dict[str, list[int]]:
    """Where the nouns of a text stand, by lemma; the acts of an article ask of the same one."""
    found: dict[str, list[int]] = {}
    for word in parsed:
        if word.pos_ in ("NOUN", "PROPN"):
            found.setdefault(word.lemma_.lower(), []).append(word.i)
    return found
