"""What a phrase beside a verb names: whom the act is aimed at, or but the thing that is asked for or the one who suffered what is condemned."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.events import arguments, triggers, words
from dateline.events.mentions import Mention, Mentions, unique, without
from dateline.events.triggers import Trigger
from dateline.language import Doc

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEEDS = {"ASSAULT", "COERCE", "SANCTION", "RETREAT"}
"""Types of nouns that tell what one did to another."""
_OCCASIONS = {"PROTEST", "ASSAULT"}
"""Types of nouns that tell what many do."""
_HELP = {"AID", "SUPPORT"}
"""Types of what somebody else is asked to do for another."""
_HIS = {"his", "her", "their", "its"}
_MATTER = {"on", "against", "for", "in", "into", "to", "with", "at", "over", "about"}
"""Prepositions that lead from what is asked for to those whom it would befall."""


def freed(head: Token) -> bool:
    """Whether it is somebody's release that is asked for: who is to be freed is not asked."""
    freeing = words.load().verbs["freeing"]
    if head.dep_ == "nsubjpass":
        return head.head.lemma_.lower() in freeing  # "appealed for the monks to be freed"
    return head.dep_ == "pobj" and head.head.lower_ == "for" and head.lemma_.lower() in freeing


def asked_for(doc: Doc, mentions: Mentions, head: Token) -> bool:
    """Whether a phrase of an asking verb names what is asked for: "wants the islands", "called for sanctions on Norland"."""
    direct = mentions.covering(head)
    if head.dep_ == "dobj" and head.head.lemma_.lower() in words.load().verbs["wanting"]:
        return direct is not None
    if head.dep_ == "dobj" and head.head.dep_ == "xcomp" and triggers.types(triggers.read(head.head)) & _HELP:
        return True  # "appealed for money to help the refugees"
    if direct is not None or head.dep_ != "pobj" or head.head.lower_ != "for":
        return False
    named = mentions.named(head)
    roots = [span.root for m in named if (span := doc.tokens(m.start, m.end)) is not None]
    return bool(roots) and all(any(a.dep_ == "prep" and a.lower_ in _MATTER for a in _up_to(r, head)) for r in roots)


def aired(mentions: Mentions, head: Token) -> bool:
    """Whether a phrase of a verb names but the station or paper where something was said ("said on the station's morning show")."""
    if head.dep_ != "pobj" or head.head.lower_ not in ("on", "in") or head.head.head.pos_ not in ("VERB", "AUX"):
        return False
    first = mentions.named(head, deep=False)[:1]
    return bool(first) and mentions.actors[first[0].actor].kind == "media"


def occasion(doc: Doc, mentions: Mentions, mention: Mention) -> bool:
    """Whether a mention is of what people do and not of people ("teacher protests", "an inquiry"): it does nothing itself."""
    actor = mentions.actors[mention.actor]
    last = doc.tokens(mention.start, mention.end)[-1:] if actor.registry_id is None and actor.kind != "person" else ()
    plain = (
        r.type for t in last if t.pos_ == "NOUN" and t.lower_ == t.text for r in triggers.read(t) if not r.specific
    )
    return not _OCCASIONS.isdisjoint(plain)


def said_of(cue: Token) -> list[Token]:
    """Of whom something is said ("said of the king", not "said of the plan that")."""
    if cue.lemma_.lower() not in words.load().verbs["saying"]:
        return []
    return [
        p
        for c in cue.children
        if c.dep_ == "prep" and c.lower_ == "of" and c.i == cue.i + 1
        for p in c.children
        if p.dep_ == "pobj" and p.pos_ in ("PROPN", "PRON")
    ]


def boasts(mentions: Mentions, verb: Token, actors: Sequence[Mention]) -> bool:
    """Whether somebody only praises what is his own ("touted his record"): that is aimed at nobody."""
    if verb.lemma_.lower() not in words.load().verbs["boasting"]:
        return False
    own = [c for t in verb.children if t.dep_ == "dobj" for c in t.children if c.dep_ == "poss" and c.lower_ in _HIS]
    whose = [m for c in own if (m := mentions.covering(c)) is not None]
    return bool(own) and all(m.actor in {a.actor for a in actors} for m in whose)


def doers(mentions: Mentions, head: Token, readings: tuple[Trigger, ...]) -> list[Mention]:
    """Whom a phrase names as those acted on: of a deed that is condemned or praised who did it, not who suffered it ("condemned the
    invasion of the islands by the army")."""
    named, types = mentions.named(head), triggers.types(readings)
    above = head.head.head if head.dep_ == "pobj" and head.head.lower_ not in ("by", "from") else None
    if "ACCUSE" in types and not types & {"ASSAULT", "COERCE"} and above is not None and _is_deed(above):
        return []
    if not types & {"ACCUSE", "SUPPORT"} or types & {"ASSAULT", "COERCE"} or mentions.covering(head) is not None:
        return named
    if not _is_deed(head):
        return named
    did = unique(m for t in arguments.of_noun(head, False, False).actors if t.head == head for m in mentions.named(t))
    by = [c for c in (*head.children, *(head.head.children if head.dep_ == "dobj" else ())) if c.lower_ == "by"]
    did = did or unique(m for c in by for p in c.children if p.dep_ == "pobj" for m in mentions.named(p))
    return did if did or "ACCUSE" in types else named


def conjectures(verb: Token) -> bool:
    """Whether a verb only says what is no fact ("ruled out foul play", "did not rule out his involvement")."""
    out = verb.lemma_.lower() == "rule" and any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children)
    matters = words.load().verbs["conjectured"]
    return out and any(c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in matters for c in verb.children)


def claimant(act: Token) -> Token | None:
    """Who says that he did what a noun or gerund tells: "claimed responsibility for the attack", "took credit for freeing the monks"."""
    verbs, prep = words.load().verbs, act.head
    if act.dep_ not in ("pobj", "pcomp") or prep.lower_ != "for":
        return None
    noun = prep.head if prep.head.pos_ == "NOUN" else next((c for c in prep.head.children if c.dep_ == "dobj"), None)
    if (
        noun is None
        or noun.lemma_.lower() not in verbs["answering"]
        or noun.head.lemma_.lower() not in verbs["claiming"]
    ):
        return None
    return next(iter(arguments.of_verb(noun.head).actors), None)


def given_back(mentions: Mentions, verb: Token) -> tuple[list[Mention], list[Mention]]:
    """Who frees whom in return, where captives are swapped: "swapped two hostages for three monks held by the army"."""
    if verb.lemma_.lower() not in words.load().verbs["swapping"]:
        return [], []
    near = [c for c in verb.children if c.dep_ in ("prep", "dobj")]
    preps = [c for n in near for c in (n, *n.children) if c.lower_ == "for" and c.dep_ == "prep"]
    for held in (h for c in preps for h in c.subtree if h.dep_ == "acl" and h.tag_ == "VBN"):
        holders = unique(m for by in arguments.of_verb(held).actors for m in mentions.named(by))
        if holders:
            return holders, without(mentions.named(held.head), holders)
    return [], []


def candidacy(doc: Doc, mention: Mention) -> bool:
    """Whether a mention is but the campaign of the one who acts ("suspended his campaign")."""
    named = doc.text[mention.start : mention.end].lower().split()
    return named[0] in _HIS and named[-1] in words.load().verbs["candidacies"]


def seat(doc: Doc, mentions: Mentions, mention: Mention) -> bool:
    """Whether a legislature is but where something is done ("blocked the bill in the Senate")."""
    tokens = doc.tokens(mention.start, mention.end)
    return mentions.actors[mention.actor].sector == "LEG" and bool(len(tokens)) and tokens.root.head.lower_ == "in"


def carries(verb: Token, is_act: Callable[[Token], bool]) -> bool:
    """Whether a verb only says who is the object of the act that its own object names ("drew criticism from", "prompted outrage")."""
    verbs = words.load().verbs
    return verb.lemma_.lower() in verbs["receiving"] and any(c.dep_ == "dobj" and is_act(c) for c in verb.children)


def silent(verb: Token) -> bool:
    """Whether somebody only keeps to himself what he is asked ("declined to comment", "refused to say whether"): no refusal of a deed,
    unless what he will not say is told ("refused to say that the islands are free")."""
    verbs = words.load().verbs
    if verb.lemma_.lower() not in verbs["declining"]:
        return False
    for below in verb.children:
        with_ = any(c.lower_ in ("with", "to") and c.dep_ == "prep" for c in below.children)
        evading = verb.lemma_.lower() != "refuse" and not with_ and below.lemma_.lower() in verbs["evading"]
        if below.dep_ == "xcomp" and (evading or below.lemma_.lower() in verbs["silent"]):
            return not any(c.lower_ == "that" and c.dep_ == "mark" for t in below.children for c in t.children)
    return False


def contests(mentions: Mentions, verb: Token) -> bool:
    """Whether a verb only says whose rival for a seat somebody is ("Holt, who is challenging Senator Finch in Norland"), or what he answers
    in court that he has not done ("pleaded not guilty"): no act on anybody."""
    verbs = words.load().verbs
    if verb.lemma_.lower() in verbs["pleading"]:
        return any(t.dep_ == "neg" or t.lower_ == "not" for t in verb.doc[verb.i + 1 : verb.i + 4])
    if verb.lemma_.lower() not in verbs["contesting"]:
        return False
    beside = [c for c in verb.children if c.i > verb.i and c.dep_ != "punct"]
    rivals = [c for c in beside if c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ == "against")]
    named = [m for c in rivals for t in ([c] if c.dep_ == "dobj" else c.children) if (m := mentions.covering(t))]
    if not named or not all(mentions.actors[m.actor].kind == "person" for m in named):
        return False
    within = [c for c in beside if c.lower_ in ("in", "for") and c.dep_ == "prep"]
    as_ever = verb.tag_ == "VBG" or bool(within) or any(c.tag_ == "TO" for c in verb.children)
    return as_ever and all(c in rivals or c in within or c.dep_ in ("prt", "npadvmod") for c in beside)


def sent(mentions: Mentions, verb: Token, recipients: Sequence[Mention], readings: tuple[Trigger, ...]) -> bool:
    """Whether those whom a verb of sending is followed by are but people who are sent ("sent additional doctors"), not driven out."""
    if triggers.types(readings) & {"COERCE", "SANCTION"}:
        return False
    objects = [m for c in verb.children if c.dep_ == "dobj" for m in mentions.named(c)]
    return bool(recipients) and all(m in objects and mentions.actors[m.actor].kind == "population" for m in recipients)


def of_death(verb: Token, is_assault: Callable[[Token], bool]) -> arguments.Arguments:
    """Who died, as the one acted on, where it was by an attack ("died in a raid by the army"): its doer acts."""
    subject, _ = arguments.subject_of(verb)
    struck = [
        p
        for c in verb.children
        if c.dep_ == "prep" and c.lower_ != "for"
        for p in c.children
        if p.dep_ == "pobj" and is_assault(p)
    ]
    if subject is None or not struck:
        return arguments.Arguments((), ())
    return arguments.Arguments(arguments.of_noun(struck[0], False, False).actors, (subject,))


def aided(noun: Token) -> bool:
    """Whether a noun names but what somebody comes to do for its owner ("came to the king's aid")."""
    if noun.pos_ != "NOUN" or noun.dep_ != "pobj" or noun.head.lower_ != "to":
        return False
    owned = any(c.dep_ == "poss" for c in noun.children)
    return owned and noun.head.head.lemma_.lower() in words.load().verbs["rushing"]


def asks_comment(word: Token) -> bool:
    """Whether it is but a word for the press that is asked for ("a request for comment")."""
    comments = words.load().verbs["comments"]
    return any(p.lemma_.lower() in comments for c in word.children if c.lower_ == "for" for p in c.children)


def _is_deed(noun: Token) -> bool:
    """Whether a noun tells what one did to another ("the arrest of")."""
    return noun.pos_ == "NOUN" and bool(triggers.types(triggers.read(noun)) & _DEEDS)


def _up_to(token: Token, head: Token) -> Iterator[Token]:
    """The tokens above a token, below a head."""
    for above in token.ancestors:
        if above == head:
            return
        yield above


def by_accident(token: Token) -> bool:
    """Whether what befell somebody was nobody's doing: "were killed in a crash", "died when the bus overturned", "was hit by a car"."""
    scene = words.load().scene
    for child in token.children:
        if child.dep_ in ("prep", "agent"):
            means = scene["accidents"] | (scene["vehicles"] if child.lower_ == "by" else frozenset())
            if any(below.dep_ == "pobj" and below.lemma_.lower() in means for below in child.children):
                return True
        elif child.dep_ == "advcl" and child.lemma_.lower() in scene["mishaps"]:
            return True
    return False


def to_oneself(verb: Token) -> bool:
    """Whether force is turned on oneself ("killed himself"): that is no event between two."""
    return any(c.dep_ == "dobj" and c.lower_.endswith(("self", "selves")) for c in verb.children)
