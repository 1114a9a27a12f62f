"""Resolving a phrase that another room points at: the source of a statement, the subject of an event."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dateline.actors.actors import Actors, Where
from dateline.actors.fold import fold
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import registry_phrases, role_phrases
from dateline.actors.owned import of_owner
from dateline.actors.registry import load
from dateline.actors.view import View, view
from dateline.actors.words import first_names, roles
from dateline.language import Doc
from dateline.model import Actor, ActorKind, Sector, Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_EMPTY = frozenset({
    "it", "this", "that", "these", "those", "there", "which", "what", "who", "whom", "whose", "one", "some", "none", "all", "both",
})  # fmt: skip
"""Words that alone name nobody."""
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_LANDS = frozenset({"country", "nation", "state", "city", "town", "district", "region", "county", "world"})
"""Nouns that "who" does not mean."""
_THIRD = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}


@lru_cache(maxsize=2)
def _view(doc: Doc) -> View:
    return view(doc)


def refer(actors: Actors, doc: Doc, start: int, end: int) -> tuple[Actors, str | None]:
    """See `Actors.refer`."""
    text = doc.text
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] in ").'’"):
        end -= 1
    if start >= end:
        return actors, None
    tokens = doc.tokens(start, end)
    if tokens is None or not len(tokens):
        return actors, None
    root = tokens.root
    subject = _subject(root) if root.pos_ == "VERB" else None
    if subject is not None and tokens.start <= subject.left_edge.i and subject.i < root.i and root.i < tokens.end:
        # a whole clause names its subject
        return refer(actors, doc, subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge))
    if len(tokens) == 1 and root.lower_ in _RELATIVE and root.tag_ in ("WP", "WDT", "WP$"):
        return _antecedent(actors, doc, root)
    known = _named_beside(actors, root, start, end) or _at_head(actors, root.idx, start, end)
    known = known or _of_many(actors, root, end) or _opening(actors, doc, start, end)
    if known is not None:
        return actors, known
    if len(tokens) == 1 and root.text.istitle() and root.pos_ == "AUX" and (spelled := _called(actors, root.text)):
        return actors, spelled
    if len(tokens) == 1 and (
        tokens[0].lower_ in _EMPTY or tokens[0].pos_ in ("VERB", "AUX", "ADP", "PUNCT", "CCONJ", "SCONJ")
    ):
        return actors, None
    if root.pos_ == "PRON" and len(tokens) == 1:
        return _pronoun(actors, doc, start, end)
    beside = _described_beside(actors, doc, root, start, end)
    return beside if beside is not None else _described(actors, doc, start, end, root.i)


def _called(actors: Actors, surname: str) -> str | None:
    """The person with a last name that is spelled like an auxiliary: "Will", "May"."""
    return next((a.id for a in actors.actors if a.kind == "person" and a.name.split()[1:][-1:] == [surname]), None)


def _described_beside(actors: Actors, doc: Doc, root: Token, start: int, end: int) -> tuple[Actors, str] | None:
    """Somebody known only by the description in apposition to a name that nobody has seen: "Ann Low, a professor at"; the
    actor then has the name."""
    if root.pos_ != "PROPN":
        return None
    for child in root.children:
        known = actors.at(child.idx, child.idx + len(child)) if child.dep_ == "appos" and child.idx < end else None
        if known is None or known.origin != "described" or known.kind != "person":
            continue
        name = " ".join(doc.text[start : root.idx + len(root)].split())
        renamed = replace(known, name=name, key=f"{fold(name).lower()}|{known.country or ''}")
        grown = replace(actors, actors=tuple(renamed if a is known else a for a in actors.actors))
        return _mention(grown, doc, renamed, start, root.idx + len(root), root.idx), known.id
    return None


def _opening(actors: Actors, doc: Doc, start: int, end: int) -> str | None:
    """The person whose name and a description of them are the phrase: "Ann Low, president of the A.F.L."."""
    named = [
        w
        for w in actors.places
        if w.start == start and w.end < end and doc.text[w.end : end].lstrip()[:1] in (",", "(")
    ]
    found = [a for w in named if (a := actors.actors[w.actor]).kind == "person" and a.origin != "described"]
    return found[0].id if found else None


def _of_many(actors: Actors, root: Token, end: int) -> str | None:
    """Those of whom there is a number: "a group of about forty villagers" are the villagers."""
    if root.lower_ not in lexicon().numbers:
        return None
    below = (obj for of in root.children if of.lower_ == "of" for obj in of.children if obj.dep_ == "pobj")
    for noun in below:
        known = _at_head(actors, noun.idx, noun.idx, noun.idx + len(noun)) if noun.idx < end else None
        actor = actors.get(known) if known is not None else None
        if actor is not None and actor.kind == "population":
            return actor.id
    return None


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)


def _antecedent(actors: Actors, doc: Doc, token: Token) -> tuple[Actors, str | None]:
    """Whom a relative pronoun means: the noun that its clause hangs on, else who is mentioned right before it."""
    noun = next((above.head for above in token.ancestors if above.dep_ in ("relcl", "acl")), None)
    while noun is not None and noun.i < token.i:
        known = _at_head(actors, noun.idx, noun.idx, noun.idx + len(noun))
        land = noun.lemma_.lower() in _LANDS and token.lower_ == "who"  # "the voters across the country, who"
        if known is not None and not land:
            return actors, known
        if noun.pos_ == "NOUN" and not land and role_phrases().longest_at(_view(doc), noun.i, False) is not None:
            return refer(actors, doc, noun.left_edge.idx, noun.idx + len(noun))
        up = noun.head  # "a voter from Springfield, who said"
        noun = up.head if noun.dep_ == "pobj" and up.dep_ == "prep" else up if noun.dep_ in ("appos", "poss") else None
    before = [w for w in actors.places if w.end <= token.idx and doc.text[w.end : token.idx].strip(" ,") == ""]
    return actors, actors.actors[before[-1].actor].id if before else None


def _named_beside(actors: Actors, root: Token, start: int, end: int) -> str | None:
    """The one named in apposition to a description: "two analysts, Ann Low and Bo Ek", "a newspaper, the Herald"."""
    known = _at_head(actors, root.idx, start, end)
    actor = actors.get(known) if known is not None else None
    if root.pos_ != "NOUN" or (actor is not None and actor.origin != "described"):
        return None
    for child in root.children:
        if child.dep_ == "appos" and start <= child.idx < end:
            named = actors.at(child.idx, child.idx + len(child))
            if named is not None and named.origin not in ("described", "group"):
                return named.id
    return None


def _at_head(actors: Actors, head: int, start: int, end: int) -> str | None:
    """The actor whose mention has its head where the phrase has it, else whose noun phrase covers that head."""
    near = [
        w for w in actors.places if w.outer_start <= head < w.outer_end and w.outer_start < end and w.outer_end > start
    ]
    exact = [w for w in near if w.head == head]
    if exact:
        best = max(exact, key=lambda w: min(w.end, end) - max(w.start, start))
        return actors.actors[best.actor].id
    inside = [w for w in near if w.start <= head < w.end]
    if inside:
        return actors.actors[min(inside, key=lambda w: w.end - w.start).actor].id
    whole = [w for w in actors.places if start <= w.start and w.end <= end and w.end - w.start >= 0.6 * (end - start)]
    return actors.actors[whole[0].actor].id if whole else None


def _pronoun(actors: Actors, doc: Doc, start: int, end: int) -> tuple[Actors, str | None]:
    """A pronoun that coreference left open: the nearest fitting actor before it, else a person nobody has named."""
    word = doc.text[start:end].lower()
    before = [w for w in actors.places if w.start < start][-12:][::-1]
    for where in before:
        actor = actors.actors[where.actor]
        if word in _THIRD and actor.kind == "person" and same_gender(actor, word):
            return actors, actor.id
        if word in ("they", "them", "their") and actor.kind != "person":
            return actors, actor.id
    if word in _THIRD or word in ("they", "them", "their", "i", "we"):
        return _add(actors, doc, start, end, start, word, "person", None, "UNK", None)
    return actors, None


def same_gender(actor: Actor, word: str) -> bool:
    """Whether "he" or "she" may mean a person, by the first name, else by the pronouns that do."""
    first = first_names().get(actor.name.split()[0].lower()) if actor.origin != "described" else None
    known = [first] if first else [g for m in actor.mentions if (g := _THIRD.get(m.text.lower())) is not None]
    return not known or _THIRD[word] in known


def _described(actors: Actors, doc: Doc, start: int, end: int, root: int) -> tuple[Actors, str | None]:
    """A new actor, its country and sector read off the words of the phrase."""
    tokens = doc.tokens(start, end)
    phrase, country, sector, kind = None, None, None, "other"
    plural = "Number=Plur" in str(doc.spacy[root].morph)
    seen, within = _view(doc), 0
    registry = load()
    for token in tokens:
        named = registry_phrases().longest_at(seen, token.i, cased=True)
        after = named[0] if named is not None and named[0] <= tokens.end else token.i + 1
        hit = role_phrases().longest_at(seen, token.i, False) if token.i >= within else None
        if hit is not None and hit[0] <= tokens.end and after - token.i < 2 and not _adjective(token, hit[0]):
            role = roles()[hit[1]]
            if phrase is None or hit[0] - 1 == root:
                phrase, sector, kind = hit[1], role.sector or sector, "population" if role.plural else role.kind
        if country is None and token.text[:1].isupper():
            matches = registry.lookup(seen.string(token.i, after), doc.article.published)
            if matches:
                country = matches[0].country
                if sector is None and matches[0].sense == "name":
                    sector = matches[0].sector
        within = max(within, after)
    if doc.spacy[root].lemma_.lower() in lexicon().documents:
        kind, phrase = "other", None
    owner = _owner(actors, doc.spacy[root])
    if owner is not None and phrase is not None:
        country = country or owner.country
    said = {token.lower_ for token in tokens}
    if said & lexicon().source_nouns and said & lexicon().source_marks:
        sector = "UNK"
    name = " ".join(doc.text[start:end].split())
    for article in ("the ", "a ", "an "):
        if name.lower().startswith(article):
            name = name[len(article) :]
    name = of_owner(actors, name, start)
    if country is None and sector not in (None, "UNK"):
        country = actors.country
    below = {child.dep_ for child in doc.spacy[root].children}
    if "appos" in below and "conj" not in below:
        name = re.split(r", | — | – | -- ", name)[0]
    same = next((a for a in actors.actors if fold(a.name) == fold(name) and (plural or name[:1].isupper())), None)
    head = doc.spacy[root].idx
    if same is not None:
        return _mention(actors, doc, same, start, end, head), same.id
    return _add(actors, doc, start, end, head, name, kind, country, sector or "UNK", phrase)  # type: ignore[arg-type]


def _adjective(token: Token, last: int) -> bool:
    """Whether a lone word that may be somebody's role only qualifies another: "a private group"."""
    return last - token.i == 1 and token.pos_ == "ADJ"


def _owner(actors: Actors, noun: Token) -> Actor | None:
    """Whose the described is: "his office", "the group's website"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return actors.at(child.idx, child.idx + len(child))
    return None


def _add(
    actors: Actors, doc: Doc, start: int, end: int, head: int, name: str, kind: ActorKind, country: str | None,
    sector: Sector | None, role: str | None,
) -> tuple[Actors, str]:  # fmt: skip
    identity = f"a{len(actors.actors) + 1}"
    actor = Actor(
        identity, name, kind, country, sector, role=role, key=f"{fold(name).lower()}|{country or ''}", origin="described",
    )  # fmt: skip
    grown = replace(actors, actors=(*actors.actors, actor))
    return _mention(grown, doc, actor, start, end, head), identity


def _mention(actors: Actors, doc: Doc, actor: Actor, start: int, end: int, head: int) -> Actors:
    """The actors with one mention more."""
    span = Span(start, end, doc.text[start:end])
    number = next(n for n, a in enumerate(actors.actors) if a.id == actor.id)
    if any((s.start, s.end) == (start, end) for s in actor.mentions):
        return actors
    changed = replace(actor, mentions=tuple(sorted((*actor.mentions, span), key=lambda s: (s.start, s.end))))
    where = Where(start, end, min(max(head, start), end - 1), start, end, number)
    return replace(
        actors,
        actors=(*actors.actors[:number], changed, *actors.actors[number + 1 :]),
        places=tuple(sorted((*actors.places, where), key=lambda w: (w.start, -w.end))),
    )
