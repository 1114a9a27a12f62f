"""Descriptions of two or more named before as one: "both sides", "the three countries", "the two candidates"."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.actors import offices
from dateline.actors.cluster import Book, Cluster
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, capitalised
from dateline.actors.view import HYPHENS, View

REACH = 4
"""Words between the name of a state and the word that says that it mediates."""


def both(book: Book, mention: Mention) -> Cluster | None:
    """ "both sides", "the two countries": the two last named before, as one actor of two."""
    seen, words = book.seen, lexicon()
    noun = seen.lower[mention.last - 1]
    noun = words.either.get(noun, noun)
    span = seen.lower[mention.left : mention.last]
    if noun not in words.paired or mention.countries or mention.owner:
        return None
    if any(capitalised(seen.text[k]) for k in range(mention.left + 1, mention.last - 1)):
        return None  # "the two Arab states": two of their kind, not the two told of
    bare = (
        mention.definite
        and mention.first - mention.left == 1
        and seen.lower[mention.last - 1] == noun
        and noun in words.paired_alone
    )
    if not bare and not any(w in words.pairing for w in span):
        return None
    his = mention.owner_pronoun is not None and seen.lower[mention.owner_pronoun] in ("his", "her")
    if _counted(seen, mention) or (his and noun in words.paired_own):
        return None
    wanted = 3 if "three" in span else 4 if "four" in span else 2
    members = _people(book, mention, noun, wanted) if noun in words.members else _bodies(book, mention, noun, wanted)
    if len(members) < 2 or (noun not in ("states", "governments") and _of_one_state(members)):
        return None
    known = next(
        (c for c in book.clusters if c.members and {id(m) for m in c.members} == {id(m) for m in members}), None
    )
    if known is not None:
        return known
    return book.new(
        Cluster(
            seen.string(mention.left, mention.last),
            "other",
            members[0].country if noun == "parties" and len({c.country for c in members}) == 1 else None,
            members[0].sector,
            plural=True,
            members=members,
            origin="group",
        )
    )


def _people(book: Book, mention: Mention, noun: str, wanted: int) -> tuple[Cluster, ...]:
    """The people named last before a mention, those first who have the office or candidacy that it calls them by."""
    near = sorted(
        ((max(m.first for m in c.mentions if m.first < mention.first), c) for c in book.clusters
         if c.human and c.origin != "described" and any(m.first < mention.first for m in c.mentions)),
        key=lambda f: -f[0],
    )  # fmt: skip
    fitting = [c for _, c in near if (c.phrases or c.sector) and _standing_for(c, noun)]
    return tuple((fitting if len(fitting) >= wanted else [c for _, c in near])[:wanted])


def _bodies(book: Book, mention: Mention, noun: str, wanted: int) -> tuple[Cluster, ...]:
    """The states or parties that a mention means."""
    members = _parties(book, wanted) if noun == "parties" else ()
    members = members or tuple(_states(book, mention, wanted))
    if noun == "sides" and _of_one_state(members):
        here = book.seen.sentence[mention.first]
        near = range(here - 2, here + 1)
        return tuple(c for c in _parties(book, wanted) if any(book.seen.sentence[m.first] in near for m in c.mentions))
    return members


def _standing_for(cluster: Cluster, noun: str) -> bool:
    """Whether a person has the office or candidacy that a group is called by."""
    return any(role.split(" ")[-1] in lexicon().members[noun] for role in offices.held(cluster))


def _counted(seen: View, mention: Mention) -> bool:
    """Whether a number counts some of a kind that nobody has told of yet: "three candidates", "twenty-two states"."""
    numbers = [k for k in range(mention.left, mention.last) if seen.lower[k] in ("two", "three", "four")]
    if not numbers:
        return False
    compound = seen.text[numbers[0] - 1] in HYPHENS if numbers[0] else False
    told = mention.definite or mention.owner_pronoun is not None or "all" in seen.lower[mention.left : mention.last]
    return compound or not told


def _parties(book: Book, wanted: int) -> tuple[Cluster, ...]:
    """The parties of one country named most, that "both parties" are: only where it has as many as are wanted."""
    named = [
        c for c in book.clusters if c.match is not None and not c.human and "PTY" in (c.sector, *c.other) and c.mentions
    ]
    country = next((c.country for c in named if sum(o.country == c.country for o in named) == wanted), None)
    return tuple(c for c in named if c.country == country) if country is not None else ()


def _of_one_state(members: Sequence[Cluster]) -> bool:
    """Whether those are only a state and its own parts and offices, which are no two sides: "the United States" and Ohio."""
    offices = all(c.match is not None and c.kind == "government" for c in members)
    return offices and len({c.country for c in members}) == 1


def _states(book: Book, mention: Mention, wanted: int) -> list[Cluster]:
    """The states before a mention; in a text of two main ones those two, whoever else was named last."""
    before = states_before(book, mention.first)
    whole = {c.country for c in before if c.match is not None and c.match.entry.kind == "country"}
    parties = [
        c for c in before
        if c.kind != "igo" and (c.match is None or c.kind != "government" or c.match.entry.kind == "country" or c.country not in whole)
    ]  # fmt: skip
    if len(parties) < wanted:
        return before[:wanted]
    apart = [c for c in parties if not _between(book, c)]
    parties = apart if len(apart) >= wanted else parties

    def rank(cluster: Cluster) -> tuple[int, int]:
        assert cluster.match is not None
        return -book.namings[cluster.match.entry.id], min(m.first for m in cluster.mentions)

    main = sorted(parties, key=rank)
    least, next_best = main[wanted - 1], main[wanted] if len(main) > wanted else None
    if next_best is not None and rank(next_best)[0] == rank(least)[0] == -1:
        return parties[:wanted]  # nobody stands out: those named last
    return main[:wanted]


def states_before(book: Book, token: int) -> list[Cluster]:
    """The states and named parties mentioned before a token, the last one first, each once."""
    found: list[tuple[int, Cluster]] = []
    for cluster in book.clusters:
        if cluster.match is not None and cluster.kind in ("government", "armed group", "igo"):
            before = [m.first for m in cluster.mentions if m.first < token]
            if before:
                found.append((max(before), cluster))
    return [cluster for _, cluster in sorted(found, key=lambda f: -f[0])]


def _between(book: Book, cluster: Cluster) -> bool:
    """Whether a state is named as one that mediates ("the guarantor countries Cuba and Norway", "Qatar, the host of the talks")."""
    seen, words = book.seen, lexicon().go_betweens
    return any(
        seen.lower[i] in words and seen.sentence[i] == seen.sentence[m.first]
        for m in cluster.mentions
        for i in range(max(0, m.first - REACH), min(len(seen.lower), m.last + REACH))
    )


def share_sides(book: Book, described: list[Mention]) -> None:
    """ "officials from both sides" are of each side: they stand for its members, and for no one country."""
    seen = book.seen
    groups = [m for m in described if (c := book.of.get(id(m))) is not None and c.origin == "group"]
    for mention in described:
        cluster = book.of.get(id(mention))
        if cluster is None or cluster.origin != "described" or not cluster.plural or cluster.members:
            continue
        for group in groups:
            if mention.last < group.left + 1 <= mention.last + 3 and seen.lower[mention.last] in ("from", "of", "on"):
                cluster.members, cluster.country = book.of[id(group)].members, book.of[id(group)].country
