"""Which described mentions may be actors of their own: judged by their words and by where they stand."""

from __future__ import annotations

from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, capitalised
from dateline.actors.resumed import resumes_body
from dateline.actors.view import POSSESSIVE, View

_AGENTIVE = frozenset(
    {"nsubj", "nsubjpass", "poss", "dobj", "iobj", "dative", "csubj", "agent", "conj", "ROOT", "appos"}
)
_PARTNERS = frozenset([
    "by", "with", "against", "between", "to", "from", "for", "among", "on", "of", "toward", "towards", "upon", "alongside", "than",
])  # fmt: skip


def keeps(seen: View, mention: Mention) -> bool:
    """Whether a described mention can be an actor of its own, judged by where it stands."""
    role = mention.role_data
    assert role is not None
    dep, up = seen.dep[mention.head], seen.head[mention.head]
    if dep in ("attr", "oprd", "acomp") or (dep == "pobj" and seen.lower[up] == "as"):
        return False
    nobody = not mention.plural and lexicon().no_one & set(seen.lower[mention.left : mention.first])
    if nobody and not _resumes(seen, mention):
        return False
    if (
        _plain_word(seen, mention)
        or _hoped_for(seen, mention)
        or _named_so(seen, mention)
        or mention.role in lexicon().nobody
    ):
        return False
    if mention.role in lexicon().states_of and _owned(seen, mention):
        return False
    if role.kind != "organisation" or mention.kind == "population":
        if mention.left == mention.first and not mention.plural and not capitalised(seen.text[mention.first]):
            # "as prime minister", "chief": bare singulars are offices, not people
            return dep in ("nsubj", "nsubjpass") or mention.definite
        return True
    if role.sector is None and (_resumes(seen, mention) or resumes_body(seen, mention)):
        return True
    his = mention.owner_pronoun is not None and seen.lower[mention.owner_pronoun] in ("his", "her")
    known = bool(
        mention.countries or mention.owner is not None or (his and seen.lower[mention.last - 1] in lexicon().own_bodies)
    )
    if role.sector == "GOV" and mention.countries and seen.lower[mention.last - 1] not in lexicon().not_actors:
        return True
    if seen.lower[mention.last - 1] in lexicon().not_actors and not known and not _resumes(seen, mention):
        return False
    bare = seen.lower[mention.last - 1] not in lexicon().mass and not mention.plural
    if mention.left == mention.first and bare and not capitalised(seen.text[mention.first]):
        return dep in ("nsubj", "nsubjpass", "agent")
    if not mention.definite and not known and bare and seen.pos[mention.left] != "DET":
        return dep in ("nsubj", "nsubjpass")
    placed = dep in _AGENTIVE or (dep == "pobj" and seen.lower[up] in _PARTNERS)
    if role.sector is None:
        return known and (
            dep in ("nsubj", "nsubjpass", "poss", "dobj") or (placed and mention.role in ("side", "team"))
        )
    return placed


def _hoped_for(seen: View, mention: Mention) -> bool:
    """Whether an office is but what somebody may come to hold: "if elected president", "the idea of a Low presidency"."""
    if not mention.plural and not mention.definite and seen.lower[mention.first - 1 : mention.first] == ["elected"]:
        return True
    owner = mention.owner
    of_person = owner is not None and owner.form == "person" and owner.last == mention.first
    return of_person and mention.role in lexicon().tenures


def _named_so(seen: View, mention: Mention) -> bool:
    """Whether a description is what somebody calls another, in marks of quotation: "calls her “an intelligent woman”"."""
    at = mention.left - 2
    if at < 1 or mention.definite or mention.plural or seen.text[at + 1] not in _QUOTES:
        return False
    return seen.pos[at] in ("PRON", "PROPN") and any(
        seen.lemma[k] in lexicon().naming for k in range(max(0, at - 4), at)
    )


def _owned(seen: View, mention: Mention) -> bool:
    """Whether somebody's own is told: "her exile", "the mayor's exile"."""
    possessive = any(w in POSSESSIVE for w in seen.lower[mention.left : mention.first]) and not mention.countries
    return possessive or mention.owner_pronoun is not None


def _resumes(seen: View, mention: Mention) -> bool:
    """ "the country", "the two states": what may stand for a state named before."""
    words, noun = lexicon(), seen.lower[mention.last - 1]
    of_two = noun in words.paired or noun in words.either
    paired = of_two and any(w in words.pairing for w in seen.lower[mention.left : mention.first])
    return paired or (mention.definite and noun in words.state_anaphors)


def _plain_word(seen: View, mention: Mention) -> bool:
    """Whether a word for people or bodies has here its plain sense: "our house", "a host of questions", "shook their heads"."""
    role, owner = mention.role_data, mention.owner
    assert role is not None
    following = seen.lower[mention.last] if mention.last < len(seen) else ""
    of_person = owner is not None and owner.form == "person"
    says = seen.dep[mention.head] == "nsubj" and seen.lemma[seen.head[mention.head]] in lexicon().speech
    return (
        (role.phrase in ("house", "houses") and seen.text[mention.last - 1].islower())
        or (role.phrase in ("body", "bodies") and of_person)
        or (
            role.phrase in ("capital", "capitals") and not says and not _resumes(seen, mention)
        )  # "north of the capital"
        or (role.phrase in ("host", "hosts") and following == "of")
        or (role.phrase == "justice" and seen.text[mention.last - 1].islower() and seen.pos[mention.left] != "DET")
        or (
            role.phrase in ("head", "heads")
            and (of_person or mention.owner_pronoun is not None)
            and following not in ("of", "for")
        )
        or (role.phrase in ("opposition", "resistance") and (following == "to" or of_person or _his(seen, mention)))
        or (role.phrase in ("division", "divisions") and following in _PARTED)
        or (role.phrase in lexicon().arms and _counted(seen, mention))
        or (role.phrase == "caucuses" and not says)
        or (role.phrase == "caucus" and owner is None and not says and not _partisan(seen, mention))
        or (role.phrase in ("movement", "movements") and _of_things(seen, mention))
        or (role.phrase in ("market", "markets") and seen.dep[mention.head] == "pobj")
        or (seen.lower[mention.first - 1] in lexicon().plain_before.get(role.phrase, ()) if mention.first else False)
    )


_QUOTES = ('"', "“", "``", "''", "‘", "'")
_PARTED = frozenset({"between", "among", "within", "over", "in"})
"""After "a division": what is divided."""


def _counted(seen: View, mention: Mention) -> bool:
    """Whether arms of nobody are told in a list of what somebody has or does something with: "count missiles, tanks and weapons"."""
    listed = seen.dep[mention.head] == "conj"
    at = mention.head
    while seen.dep[at] == "conj":
        at = seen.head[at]
    theirs = mention.countries or mention.owner is not None or mention.owner_pronoun is not None
    return listed and not theirs and seen.dep[at] in ("dobj", "pobj")


def _of_things(seen: View, mention: Mention) -> bool:
    """Whether a movement is of what is carried or goes somewhere: "the movement of livestock", "freedom of movement"."""
    if seen.lower[mention.first - 2 : mention.first] in (["freedom", "of"], ["free", "of"]):
        return True
    if seen.lower[mention.last : mention.last + 1] != ["of"]:
        return False
    edge = min(mention.last + 5, len(seen))
    nouns = next((seen.lower[k] for k in range(mention.last + 1, edge) if seen.pos[k] in ("NOUN", "PROPN")), "")
    return nouns in lexicon().moved


def _partisan(seen: View, mention: Mention) -> bool:
    """Whether a caucus is that of a party or does something: "the Democratic caucus", no vote in Iowa."""
    party = any(w in lexicon().party_words for w in seen.lower[mention.left : mention.first])
    return party or (mention.definite and seen.dep[mention.head] == "nsubj")


def _his(seen: View, mention: Mention) -> bool:
    """Whether a description is one person's: "his resistance"."""
    return mention.owner_pronoun is not None and seen.lower[mention.owner_pronoun] in ("his", "her", "my")
