"""Described mentions to clusters: people and bodies known by their role, and those told of for the first time. What means a state
itself stands in `governments`, what means several at once in `sides`."""

from __future__ import annotations

from dateline.actors import offices
from dateline.actors.cluster import Book, Cluster
from dateline.actors.governments import state_meant
from dateline.actors.home import dominant, home
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.parties import clashes, titled, told_party
from dateline.actors.resumed import body, resumes_body
from dateline.actors.settle import ARMED
from dateline.actors.sides import both, share_sides
from dateline.actors.templates import Links
from dateline.actors.view import POSSESSIVE, View


def place_described(book: Book, links: Links, described: list[Mention]) -> None:
    """Put every described mention that stands for itself into a cluster, in the order of the text."""
    book.country = dominant(book)
    states: dict[Mention, Cluster] = {}
    for mention in described:
        if id(mention) in links.consumed:
            continue
        for inner in states:
            if (
                mention.left <= inner.first < mention.first
                and not mention.countries
                and (code := states[inner].country)
            ):
                mention.countries.add(code)  # "the country's army"
        cluster = _called(book, mention) or both(book, mention) or state_meant(book, mention) or _known(book, mention)
        if cluster is None:
            bare = not mention.countries and mention.owner is None and mention.owner_pronoun is None
            if bare and (book.seen.lower[mention.last - 1] in lexicon().not_actors or resumes_body(book.seen, mention)):
                continue
            cluster = _new(book, mention)
        book.put(mention, cluster)
        if cluster.match is not None:
            states = {mention: cluster}
    share_sides(book, described)


def _called(book: Book, mention: Mention) -> Cluster | None:
    """The armed group that a description has the name of: "the Islamic State militant group"."""
    name = mention.owner
    if name is None or name.kind != "armed group" or mention.kind != "armed group" or mention.plural:
        return None
    compound = mention.left <= name.first and name.last <= mention.first
    if not compound or book.seen.lower[name.last] in POSSESSIVE:
        return None
    return book.of.get(id(name)) or book.entry(name.matches[0])


def _known(book: Book, mention: Mention) -> Cluster | None:
    """The person or body already named that a definite description means, or the same description before."""
    seen = book.seen
    country = next(iter(mention.countries)) if len(mention.countries) == 1 else None
    titled_before = mention.former and seen.text[mention.last - 1].istitle() and seen.pos[mention.left] != "DET"
    single = (mention.definite or titled_before) and not mention.plural
    if single and mention.role_data is not None and not mention.owner_pronoun:
        best: tuple[int, int, int, Cluster] | None = None
        bare = country is None and mention.owner is None
        for cluster in book.clusters:
            fits = _fits(cluster, mention, seen, country)
            before = [m.first for m in cluster.mentions if m.first < mention.first] if fits else []
            head = int(bare and offices.heads_state(cluster, mention.role or ""))
            head += bool(head) and cluster.country == (book.country or home(seen.doc.article))
            if before and (best is None or (fits, head, max(before)) > best[:3]):
                best = (fits, head, max(before), cluster)
        if best is not None:
            return best[3]
        if mention.role_data.kind == "person":
            found = titled(book, mention, country) or _meant(book, mention, country)
            if found is not None:
                return found
        elif (found := body(book, mention)) is not None:
            return found
    found = book.described.get(_key(seen, mention, country))
    if found is not None and _any(seen, mention) and any(_count(seen, m) for m in found.mentions):
        found = None  # "people were told to leave" are not the "80 people" who were hurt
    return found or _fighters(book, mention, country)


def _fighters(book: Book, mention: Mention, country: str | None) -> Cluster | None:
    """The armed group that "the rebels" are, where the text names just one that may be meant, and has named it before."""
    if not mention.definite or not mention.plural or mention.sector not in ARMED or mention.owner is not None:
        return None
    groups = [
        c
        for c in book.clusters
        if c.match is not None and c.sector in ARMED and not c.human and c.mentions and country in (None, c.country)
    ]
    if len(groups) != 1 or min(m.first for m in groups[0].mentions) > mention.first:
        return None
    return groups[0]


_PREPOSITIONS = frozenset({"of", "for", "on", "in", "at", "to", "against", "from", "under", "by"})
"""What ends the part of a body's name that tells what it is."""
_CALLINGS = frozenset({"BUS", "PTY", "ELI", "JRN", "EDU", "SOC"})
"""What somebody named without any role may turn out to be ("the businessman"); an office is told with the name."""


def _meant(book: Book, mention: Mention, country: str | None) -> Cluster | None:
    """The person named last, in this paragraph or the one before, whom a new description fits: the country that it gives
    is theirs, or else the sector ("the Florida senator", "the British minister")."""
    seen, best = book.seen, None
    for cluster in book.clusters:
        if not cluster.human or cluster.plural or not any(m.form == "person" for m in cluster.mentions):
            continue
        if mention.gender and cluster.gender and mention.gender != cluster.gender:
            continue
        if clashes(seen, cluster, mention):
            continue
        if offices.held(cluster) and mention.role and (" " in mention.role or mention.role in lexicon().sole_offices):
            continue  # a particular office, and not the one that they are known by
        agrees = (
            cluster.sector == mention.sector or mention.sector is None or (mention.former and cluster.sector != "GOV")
        )
        if country is not None:
            body = book.of.get(id(mention.owner)) if mention.owner is not None else None
            stranger = offices.of_body(mention) and (body is None or cluster.affiliation is not body)
            fits = cluster.country == country and agrees and not stranger
        else:
            open_role = cluster.sector is None and cluster.match is None and mention.sector in _CALLINGS
            same = mention.sector is not None and cluster.sector == mention.sector
            fits = (same or open_role) and mention.owner is None
        before = [
            m.first
            for m in cluster.mentions
            if m.first < mention.first and seen.sentence[m.first] != seen.sentence[mention.first]
        ]
        if (
            fits
            and before
            and seen.paragraph[mention.first] - seen.paragraph[max(before)] <= 1
            and (best is None or max(before) > best[0])
        ):
            best = (max(before), cluster)
    return best[1] if best is not None else None


def _fits(cluster: Cluster, mention: Mention, seen: View, country: str | None) -> int:
    """How well a description fits somebody known (offices.fit), 0 for not at all."""
    role = mention.role_data
    assert role is not None
    assert mention.role is not None
    if (role.kind == "person") != cluster.human or cluster.plural or cluster.members:
        return 0
    if country is not None and cluster.country not in (None, country):
        return 0
    if cluster.sector == "ELI" and not mention.former:
        return 0  # "the president" is not the former one
    if role.gender and cluster.gender and role.gender != cluster.gender:
        return 0
    if cluster.human and clashes(seen, cluster, mention):
        return 0
    if not cluster.human and _anothers(cluster, mention, seen):
        return 0
    if cluster.human:
        return offices.fit(cluster, mention, seen)
    noun = mention.role.split()[-1]
    words = _own_words(cluster)
    words = words if cluster.origin == "described" else words[-1:]
    return offices.SAME if noun in words and len(noun) > 3 else 0


def _own_words(cluster: Cluster) -> list[str]:
    """The words that tell what a body is by its name, the last of them its head: "the senator's campaign", "Centre" of "Centre for Trade"."""
    words = cluster.name.lower().split()
    cut = next((k for k, word in enumerate(words) if k and word in _PREPOSITIONS), len(words))
    return [word.rstrip(",") for word in words[:cut]]


def _anothers(cluster: Cluster, mention: Mention, seen: View) -> bool:
    """Whether a described body belongs to others than a description says: "the senator's campaign" is not "her campaign"."""
    if cluster.origin != "described" or mention.owner is None:
        return False
    own = {m.owner.name if m.owner is not None else _his_or_her(m, seen) for m in cluster.mentions}
    return bool(own - {"", mention.owner.name})


def _his_or_her(mention: Mention, seen: View) -> str:
    """The pronoun before a description, if it is of one person: "his campaign" is not "her campaign"."""
    word = seen.lower[mention.owner_pronoun] if mention.owner_pronoun is not None else ""
    return word if word in ("his", "her") else ""


def _key(seen: View, mention: Mention, country: str | None) -> tuple[str, ...]:
    """What makes two descriptions the same: noun, country, owner; a singular "a gunman" is each time another."""
    assert mention.role is not None
    owner = mention.owner.name.lower() if mention.owner is not None else ""
    owner = owner or _his_or_her(mention, seen)
    number = "" if mention.plural or mention.definite or mention.kind != "person" else str(mention.first)
    words = " ".join(
        seen.lower[k] for k in range(mention.left, mention.first)
        if seen.pos[k] in ("ADJ", "NOUN", "PROPN") and seen.dep[k] in ("amod", "compound")
    )  # fmt: skip
    words = f"{_count(seen, mention)} {words}".strip()  # "80 people" are not "130 people"
    if mention.mark:
        return ("source", mention.mark, owner, number, "")
    noun = mention.role.split()[-1]
    posts = noun in lexicon().posts and country is not None
    return (
        mention.role if (mention.plural and not mention.definite) or posts else noun,
        country or "",
        owner,
        number,
        words if number or mention.plural else told_party(seen, mention) or "",
    )


def _count(seen: View, mention: Mention) -> str:
    """How many a description counts, where it tells of some for the first time: "80" of "at least 80 people"."""
    if not mention.plural or mention.definite:
        return ""
    counts = (k for k in range(mention.left, mention.first) if seen.pos[k] == "NUM" and seen.dep[k] == "nummod")
    return next((seen.lower[k] for k in counts), "")


def _any(seen: View, mention: Mention) -> bool:
    """Whether a description means people of a kind at large: "people", "refugees"."""
    bare = mention.left == mention.first and mention.owner is None and mention.owner_pronoun is None
    return bare and mention.plural and not mention.definite and not mention.countries


def _new(book: Book, mention: Mention) -> Cluster:
    seen = book.seen
    name = seen.string(mention.left, max(mention.right, mention.last))
    for article in ("the ", "a ", "an ", "some "):
        if name.lower().startswith(article):
            name = name[len(article) :]
    cluster = book.new(
        Cluster(" ".join(name.split()), mention.kind, next(iter(mention.countries)) if len(mention.countries) == 1 else None, mention.sector, mention.other, mention.role, mention.gender,
                plural=mention.plural, origin="described")
    )  # fmt: skip
    if mention.role:
        cluster.phrases.add(mention.role)
    country = next(iter(mention.countries)) if len(mention.countries) == 1 else None
    key = _key(seen, mention, country)
    book.described[key] = cluster
    if mention.role and key[0] != mention.role.split()[-1] and not mention.plural:  # "the Norland minister" may be her
        book.described[mention.role.split()[-1], *key[1:]] = cluster
    if mention.plural:  # "the groups" after "human rights groups"
        book.described[mention.role.split()[-1] if mention.role else "", country or "", "", "", ""] = cluster
    return cluster
