"""Who holds an office: which named person a description by an office means ("the president", "the Israeli leader").

A person is known by the roles and titles that the text gives, and by the office of the registry on the day. A description
fits if its noun is one of these, or stands for one ("leader" for a president, "premier" for a prime minister), and if what
else it says agrees: country, gender, and the words before its noun ("the commission president").
"""

from __future__ import annotations

from dateline.actors.cluster import Cluster
from dateline.actors.fold import plain
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.view import View

SAME, LIKE = 2, 1
"""How well an office fits: by its own noun, or by one that stands for it. The better fit comes before the nearer mention."""


def held(cluster: Cluster) -> frozenset[str]:
    """The roles of a person in lower case: those told in the text, and the registry's on the day."""
    match = cluster.match
    if match is None or not match.active or match.role is None:
        return frozenset(cluster.phrases)
    return frozenset({*cluster.phrases, plain(match.role).lower()})


def told_title(title: str) -> str:
    """A title as the role that it is: "Prime Minister" → "prime minister", "Lt. Gen." → "general"."""
    words = plain(title).lower().replace(".", "").split()
    short = lexicon().short_titles
    return short.get(" ".join(words)) or short.get(words[-1]) or " ".join(words)


def noun_of(role: str) -> str:
    """The noun of a role: "president of the senate" → "president"."""
    for joint in (" of ", " for ", " to "):
        role = role.split(joint)[0]
    return role.split()[-1]


def fit(cluster: Cluster, mention: Mention, seen: View) -> int:
    """How well a described singular mention fits the offices of a person: SAME, LIKE, or 0 for not at all."""
    assert mention.role is not None
    roles = held(cluster)
    if not roles:
        return 0
    role, noun = mention.role, noun_of(mention.role)
    given = bool(mention.countries) or mention.owner is not None
    beside = words_beside(mention, seen)
    if beside and not all(any(word in r for r in roles) for word in beside):
        return 0
    if role in roles or (not given and " " not in role and any(noun_of(r) == noun and not _second(r) for r in roles)):
        return SAME
    if cluster.sector == "GOV" and of_body(mention):
        return 0  # the leader of a parliament or a union is no president
    stands = lexicon().stands_for.get(role) or lexicon().stands_for.get(noun, frozenset())
    return LIKE if any(r in stands or noun_of(r) in stands for r in roles) else 0


def of_body(mention: Mention) -> bool:
    """Whether a description says of which body somebody is, not only of which country: "the Senate leader"."""
    owner = mention.owner
    if owner is None or owner.sector == "PTY":
        return False  # "the GOP challenger"
    return owner.kind in ("organisation", "ngo", "company", "media") or (
        owner.form == "metonym" and owner.sector != "GOV"
    )


def _second(role: str) -> bool:
    """Whether a role is that of a deputy: "the president" is no vice president."""
    return not lexicon().seconds.isdisjoint(role.split()[:-1])


def heads_state(cluster: Cluster, role: str) -> bool:
    """Whether a named person holds one of the offices of which a state has one, and is not the head of some body."""
    match = cluster.match
    if role not in lexicon().sole_offices or match is None or not cluster.human:
        return False
    by_day = match.active and match.sector == "GOV" and match.role is not None and plain(match.role).lower() == role
    return by_day or role in cluster.phrases


def words_beside(mention: Mention, seen: View) -> list[str]:
    """Nouns before the role that say of what it is: "commission" in "the commission president"."""
    return [
        seen.lower[k]
        for k in range(mention.left, mention.first)
        if seen.pos[k] == "NOUN" and seen.dep[k] == "compound" and seen.lower[k].isalpha()
    ]
