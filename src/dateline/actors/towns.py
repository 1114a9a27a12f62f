"""Towns that the recogniser takes for people or bodies: what the text says of their name tells it ("in Lowfield", "Lowfield police")."""

from __future__ import annotations

from dateline.actors.abbreviated import american_state
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.names import parts
from dateline.actors.registry import load
from dateline.actors.view import POSSESSIVE, View
from dateline.actors.words import first_names

_PLACES = ("GPE", "LOC")
_LONGEST = 2
"""Words of a town's name that may be a person's; longer ones are recognised as they are."""


def without_towns(seen: View, found: list[Mention], named: list[Mention]) -> list[Mention]:
    """Without names of towns: those of one or two words, of nobody's office and no known sector, that the text tells to be places.

    `named`: all people and bodies of the text; a name that is a part of another's is theirs.
    """
    shared = {part for m in named for part in _shared(m)}
    towns: dict[str, bool] = {}
    for mention in found:
        if _doubtful(mention) and mention.name.lower() not in shared and mention.name not in towns:
            towns[mention.name] = _town(seen, mention.name.split())
    return [m for m in found if not (_doubtful(m) and towns.get(m.name))]


def _shared(mention: Mention) -> tuple[str, ...]:
    """The words by which a longer name may be meant: those of a person, the first of a body."""
    own = parts(mention.name) if mention.form == "person" else tuple(mention.name.lower().split()[:1])
    return own if " " in mention.name else ()


def _doubtful(mention: Mention) -> bool:
    """Whether nothing but the recogniser says that somebody or some body is meant."""
    told = mention.role or mention.sector or mention.matches or mention.countries
    return (
        mention.origin == "ner" and not told and mention.last - mention.first <= _LONGEST and not mention.name.isupper()
    )


def _town(seen: View, name: list[str]) -> bool:
    """Whether something in the text tells that a name is a place's, and nothing that it is somebody's who speaks."""
    where = [k for k in range(len(seen) - len(name) + 1) if seen.text[k : k + len(name)] == name]
    if any(_speaks(seen, k + len(name) - 1) for k in where):
        return False
    labels = [ent.label_ for ent in seen.doc.spacy.ents if ent.start in where and ent.end == ent.start + len(name)]
    seen_as = 2 * sum(label in _PLACES for label in labels) > len(labels)
    signs = seen_as + sum(_placed(seen, k, k + len(name)) for k in where)
    return signs > (name[0].lower() in first_names())


def _speaks(seen: View, last: int) -> bool:
    return seen.dep[last] in ("nsubj", "appos") and seen.lemma[seen.head[last]] in lexicon().speech


def _placed(seen: View, first: int, last: int) -> bool:
    """Whether one naming is a place's: "in Lowfield", "Lowfield, Ohio", "Lowfield police", "Lowfield's mayor"."""
    words, up = lexicon(), seen.head[last - 1]
    if seen.dep[last - 1] == "pobj" and seen.lower[up] in ("in", "near", "outside"):
        return seen.lemma[seen.head[up]] not in words.trusting
    if last + 1 < len(seen) and seen.text[last] == ",":
        state = seen.text[last + 1]
        return american_state(state) is not None or any(m.entry.region for m in load().lookup(state))
    after = last + (last < len(seen) and seen.lower[last] in POSSESSIVE)
    return after < len(seen) and seen.lower[after] in words.municipal
