"""What the words of a statement say of its act: the cue and how it goes on, and what the speaker does within the words said.

A cue stands in data/words.toml by its lemma, or by its lemma and what follows it, and the fuller entry counts: who wants somebody
to act asks for it, who wants to act himself does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from dateline.actors import Actors
from dateline.language import Doc
from dateline.language.labels import GIVEN
from dateline.model import Actor
from dateline.statements.act import Clues
from dateline.statements.marks import Kind
from dateline.statements.words import words

if TYPE_CHECKING:
    from spacy.tokens import Token

Offsets = tuple[int, int]
Whose = Callable[["Token"], bool]
"""Whether a subject within the words said is the speaker or the speaker's side."""

SPEAKERS = frozenset({"i", "we", "it", "he", "she", "they"})
"""Pronouns that, as subjects within the words said, stand for the speaker."""
_FIRST = frozenset({"i", "we"})
_QUESTION = frozenset({"whether", "if", "why", "how", "what", "when", "where", "who", "which"})
_WILL = frozenset({"will", "would", "shall", "'ll", "’ll"})
_OUGHT = frozenset({"should", "must", "ought"})
_MODAL = _WILL | {"can", "could", "may", "might", "do", "does", "did"}
_ON = frozenset({"on", "upon", "with"})
REACH = 12
"""So many words into what is said the verb is looked for by which the speaker does something."""


def gather(
    doc: Doc,
    actors: Actors,
    logits: np.ndarray,
    cue: tuple[Token, Offsets],
    source: Offsets | None,
    content: Sequence[Offsets],
    quotation: Kind,
) -> Clues:
    """All that is known of a statement's act. `cue`: the word that carries it, and its span."""
    word, span = cue
    own = whose(actors, source, quotation)
    promise = promised(doc, content, own)
    acts = (
        *(of_cue(word, list(doc.tokens(*span)), tokens(doc, content)) or ()),
        *threatening(doc, word, content, own),
        *performing(doc, content)[1],
        *announcing(promise),
        *unwilling(doc, content, own),
        *faulted(doc, actors, content, own),
    )
    plain = (*owed(doc, actors, content, own), *guarding(promise))
    refused = refusing(doc, content, own) is not None
    return Clues(logits, tuple(dict.fromkeys((*acts, *plain))), refused, of_thing(doc, actors, content), plain)


def tokens(doc: Doc, content: Sequence[Offsets]) -> list[Token]:
    """The tokens of what is said."""
    return [t for piece in content for t in doc.tokens(*piece)]


def of_cue(word: Token, cue: Sequence[Token], content: Sequence[Token]) -> tuple[str, ...] | None:
    """The acts that a cue may stand for, by the fullest entry that fits it, None where there is none; what is refused or not done
    is another act."""
    acts = _entry(word, content)
    if acts is None or not _negated(word, cue):
        return acts
    return ("REJECT",) if set(acts) & set(GIVEN) else ()


def _entry(word: Token, content: Sequence[Token]) -> tuple[str, ...] | None:
    known = words().acts
    for lemma in dict.fromkeys((word.lemma_.lower(), word.lower_)):
        for form in (*forms(word, content), ""):
            found = known.get(f"{lemma} {form}".strip())
            if found is not None:
                return found
    return None


def _negated(word: Token, cue: Sequence[Token]) -> bool:
    return any(t.dep_ == "neg" and t.i <= word.i for t in (*cue, *word.children))


def forms(word: Token, content: Sequence[Token]) -> Iterator[str]:
    """How a cue goes on, the fullest form first: "not to", "to" (the speaker's own infinitive), "X to" (another's), "whether", "that",
    "should" (a clause of what ought to be), "own", the object's lemma, and the prepositions and particles that belong to it."""
    yield from dict.fromkeys(_clause(word, content))
    yield from (c.lower_ for c in word.children if c.dep_ in ("prep", "prt") and c.i > word.i)
    if word.i + 1 < len(word.doc) and word.nbor().lower_ not in ("that", "to", "whether"):
        yield word.nbor().lower_


def _clause(word: Token, content: Sequence[Token]) -> Iterator[str]:
    if not content:
        return
    if content[0].lower_ in _QUESTION or content[-1].text == "?":
        yield "whether"
    told = any(c.dep_ in ("dobj", "dative", "nsubjpass") for c in word.children)
    for child in word.children:
        if child.dep_ not in ("ccomp", "xcomp", "advcl", "acl", "relcl", "dobj") or child.i < word.i:
            continue
        below = {c.dep_: c for c in child.children}
        if any(c.dep_ == "aux" and c.tag_ == "TO" for c in child.children):
            if told or "nsubj" in below:
                yield "X to"
            else:
                yield from ("not to", "to") if "neg" in below else ("to",)
        elif child.dep_ == "ccomp" and ("nsubj" in below or "nsubjpass" in below):
            yield "should" if _wanted(child) else "that"
        elif child.dep_ == "dobj":
            yield from ("own",) if any(c.dep_ == "poss" and c.pos_ == "PRON" for c in child.children) else ()
            yield child.lemma_.lower()


def _wanted(verb: Token) -> bool:
    """Whether a clause says what ought to be: "that they should leave", "that they leave"."""
    aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return bool(aux & _OUGHT) or (verb.tag_ == "VB" and not aux & _MODAL)


def performing(doc: Doc, content: Sequence[Offsets]) -> tuple[Token | None, tuple[str, ...]]:
    """The verb by which the words said perform an act themselves, and that act's names: "we urge …", "I want to thank …", "that it
    expects steps from …"; a negated verb performs none."""
    inside = list(doc.tokens(*content[0]))
    for token in inside[:REACH]:
        if token.pos_ != "VERB":
            continue
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        if subject is None or subject.lower_ not in SPEAKERS or any(c.dep_ == "neg" for c in token.children):
            return None, ()
        wished = _wished(token)
        if wished is None and any(c.dep_ == "aux" for c in token.children):
            return None, ()
        verb = wished or token
        found = _entry(verb, [t for t in inside if t.i > verb.i]) or ()
        acts = tuple(a for a in found if a != "STATE" and (wished is None or a == "SUPPORT"))
        return (verb if acts else None), acts
    return None, ()


def _wished(verb: Token) -> Token | None:
    """The act that one wishes to do and thereby does: "we want to thank", "I would like to congratulate"."""
    if verb.lemma_.lower() not in words().wishing or not any(c.lower_ in ("i", "we") for c in verb.children):
        return None
    return next(
        (c for c in verb.children if c.dep_ == "xcomp" and any(t.dep_ == "aux" and t.tag_ == "TO" for t in c.children)),
        None,
    )


def whose(actors: Actors, source: Offsets | None, quotation: Kind) -> Whose:
    """The test for subjects within what a source said. In a quotation the speaker is "I" or "we"; else "he" or "they" may be."""
    speaker = actors.at(*source) if source is not None else None

    def own(subject: Token) -> bool:
        word = subject.lower_
        if word in SPEAKERS:
            return word in _FIRST or quotation != "direct"
        named = actors.at(subject.idx, subject.idx + len(subject))
        return named is not None and speaker is not None and speaks_for(speaker, named)

    return own


def promised(doc: Doc, content: Sequence[Offsets], own: Whose) -> Token | None:
    """The main verb of the words said, if it announces without a condition what the speaker's side will do."""
    verb = next((t for t in doc.tokens(*content[0]) if t.dep_ in ("ccomp", "ROOT") and _announced(t)), None)
    return verb if verb is not None and own(next(c for c in verb.children if c.dep_ == "nsubj")) else None


def announcing(promise: Token | None) -> tuple[str, ...]:
    """What a promise announces: CONCEDE where something is given up, THREATEN where it harms, else AGREE; nothing for what merely will
    be so, or to stand up for what is one's own."""
    if promise is None or _guards_own(promise):
        return ()
    known, lemma = words(), promise.lemma_.lower()
    return ("CONCEDE",) if lemma in known.yielding else ("THREATEN",) if lemma in known.harming else ("AGREE",)


def guarding(promise: Token | None) -> tuple[str, ...]:
    """THREATEN where the speaker's side will stand up for what is its own ("we will defend our borders"): that warns others."""
    return ("THREATEN",) if promise is not None and _guards_own(promise) else ()


def _guards_own(verb: Token) -> bool:
    """Whether what is to be defended is one's own: "its borders", "Norland's soil", "itself"."""
    if verb.lemma_.lower() not in words().guarding:
        return False
    for thing in (c for c in verb.children if c.dep_ == "dobj"):
        owned = any(c.dep_ == "poss" and (c.tag_ == "PRP$" or c.ent_type_ == "GPE") for c in thing.children)
        if owned or thing.lower_.endswith(("self", "selves")):
            return True
    return False


def _announced(verb: Token) -> bool:
    """Whether a clause says that its subject will do something, whatever else happens."""
    below = {c.dep_: c for c in verb.children}
    aux = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return (
        verb.pos_ == "VERB"
        and "nsubj" in below
        and "neg" not in below
        and bool(aux & _WILL)
        and "have" not in aux
        and verb.lemma_.lower() not in words().happening
        and not any(t.lower_ in ("if", "unless") for t in verb.subtree)
    )


def speaks_for(speaker: Actor, named: Actor) -> bool:
    """Whether who is named is the speaker, the speaker's state, or the body that the speaker belongs to."""
    state = named.kind in ("country", "government") and named.country is not None
    return named.id in (speaker.id, speaker.affiliation) or (state and named.country == speaker.country)


def refusing(doc: Doc, content: Sequence[Offsets], own: Whose) -> Token | None:
    """The verb by which the words said refuse something: "we will not sign", "Norland will not back …"."""
    for token in tokens(doc, content):
        below = {c.dep_: c for c in token.children}
        if token.lemma_.lower() not in words().refusable or "neg" not in below or token.i == token.sent.start:
            continue
        if not any(c.dep_ == "aux" and c.tag_ == "MD" for c in token.children):
            continue
        verb = token.head if token.dep_ == "conj" and "nsubj" not in below else token
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None and own(subject):
            return token
    return None


def _opening(doc: Doc, content: Sequence[Offsets]) -> Token | None:
    """The subject with which what is said begins: "[the talks] reached no outcome"."""
    return next(
        (t for t in tokens(doc, content) if t.dep_ in ("nsubj", "nsubjpass") and t.head.pos_ in ("VERB", "AUX")),
        None,
    )


def of_thing(doc: Doc, actors: Actors, content: Sequence[Offsets]) -> bool:
    """Whether what is said begins with what a thing does or is, and with nobody's will: "the talks reached no outcome"."""
    subject = _opening(doc, content)
    return subject is not None and subject.pos_ in ("NOUN", "PROPN") and not _somebody(actors, subject)


def _somebody(actors: Actors, noun: Token) -> bool:
    return actors.at(noun.idx, noun.idx + len(noun)) is not None


def threatening(doc: Doc, word: Token, content: Sequence[Offsets], own: Whose) -> tuple[str, ...]:
    """THREATEN where a warning says what the speaker's side will do: "warned that we will answer every shot"."""
    if word.lemma_.lower() not in words().warning:
        return ()
    for token in (t for t in tokens(doc, content) if t.dep_ == "nsubj"):
        if own(token) and any(c.lower_ in _WILL for c in token.head.children if c.dep_ == "aux"):
            return ("THREATEN",)
    return ()


def unwilling(doc: Doc, content: Sequence[Offsets], own: Whose) -> tuple[str, ...]:
    """REJECT where the words said deny a will of the speaker's side: "we have no plans to …", "she was not ready to …", "they do not
    intend to …"."""
    for token in doc.tokens(*content[0]):
        subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
        if subject is not None and _no_will(token) and own(subject):
            return ("REJECT",)
    return ()


def owed(doc: Doc, actors: Actors, content: Sequence[Offsets], own: Whose) -> tuple[str, ...]:
    """REQUEST where the words said lay a duty on another side: "the onus is on Norland to …", "the next step lies with the rebels"."""
    for token in doc.tokens(*content[0]):
        if token.dep_ != "nsubj" or token.lemma_.lower() not in words().duties:
            continue
        for below in (c for c in token.head.children if c.dep_ == "prep" and c.lower_ in _ON):
            for whom in (c for c in below.children if c.dep_ == "pobj"):
                if not own(whom) and _somebody(actors, whom):
                    return ("REQUEST",)
    return ()


def faulted(doc: Doc, actors: Actors, content: Sequence[Offsets], own: Whose) -> tuple[str, ...]:
    """ACCUSE where the words said begin with what another side fails to do or does amiss: "the rebels broke the truce"."""
    subject = _opening(doc, content)
    if subject is None or subject.dep_ != "nsubj" or own(subject) or not _somebody(actors, subject):
        return ()
    verbs = [subject.head, *(c for c in subject.head.children if c.dep_ in ("xcomp", "conj"))]
    amiss = any(v.lemma_.lower() in words().failing for v in verbs)
    return ("ACCUSE",) if amiss and not any(c.dep_ == "neg" for c in subject.head.children) else ()


def _no_will(verb: Token) -> bool:
    known = words().willing
    if verb.lemma_ in ("have", "see"):
        return any(
            c.dep_ == "dobj" and c.lemma_.lower() in known and any(t.lower_ == "no" for t in c.children)
            for c in verb.children
        )
    if not any(c.dep_ == "neg" for c in verb.children):
        return False
    if verb.lemma_ == "be":
        return any(c.dep_ == "acomp" and c.lower_ in known for c in verb.children)
    wills = verb.lower_ in known or verb.lemma_.lower() in known
    return wills and any(c.dep_ in ("xcomp", "prep") for c in verb.children)
