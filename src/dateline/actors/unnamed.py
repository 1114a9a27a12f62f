"""Described mentions to clusters: the state's side, people and bodies known by their role, groups, and the rest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dateline.actors import offices
from dateline.actors.cluster import Book, Cluster
from dateline.actors.coref import speakers
from dateline.actors.home import dominant, home
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, capitalised
from dateline.actors.parties import clashes, titled, told_party
from dateline.actors.registry import load
from dateline.actors.resumed import body, resumes_body
from dateline.actors.settle import ARMED
from dateline.actors.templates import Links
from dateline.actors.view import HYPHENS, POSSESSIVE, View


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
        cluster = _called(book, mention) or _group(book, mention) or _state_side(book, mention) or _known(book, mention)
        if cluster is None:
            bare = not mention.countries and mention.owner is None and mention.owner_pronoun is None
            if bare and (book.seen.lower[mention.last - 1] in lexicon().not_actors or resumes_body(book.seen, mention)):
                continue
            cluster = _new(book, mention)
        book.put(mention, cluster)
        if cluster.match is not None:
            states = {mention: cluster}
    _of_groups(book, described)


def _called(book: Book, mention: Mention) -> Cluster | None:
    """The armed group that a description has the name of: "the Islamic State militant group"."""
    name = mention.owner
    if name is None or name.kind != "armed group" or mention.kind != "armed group" or mention.plural:
        return None
    compound = mention.left <= name.first and name.last <= mention.first
    if not compound or book.seen.lower[name.last] in POSSESSIVE:
        return None
    return book.of.get(id(name)) or book.entry(name.matches[0])


def _of_groups(book: Book, described: list[Mention]) -> None:
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


def states_before(book: Book, token: int) -> list[Cluster]:
    """The states and named parties mentioned before a token, the last one first, each once."""
    found: list[tuple[int, Cluster]] = []
    for cluster in book.clusters:
        if cluster.match is not None and cluster.kind in ("government", "armed group", "igo"):
            before = [m.first for m in cluster.mentions if m.first < token]
            if before:
                found.append((max(before), cluster))
    return [cluster for _, cluster in sorted(found, key=lambda f: -f[0])]


def state(book: Book, code: str) -> Cluster | None:
    """The cluster of the state with this country code, made if need be; None for codes of no state."""
    entry = load().get(code.lower())
    if entry is None or entry.kind != "country":
        return None
    return book.entry(load().at(entry))


REACH = 4
"""Words between the name of a state and the word that says that it mediates."""


def _group(book: Book, mention: Mention) -> Cluster | None:
    """ "both sides", "the two countries": the two last named before, as one actor of two."""
    seen, words = book.seen, lexicon()
    noun = _plural(seen.lower[mention.last - 1])
    span = seen.lower[mention.left : mention.last]
    if noun not in words.paired or mention.countries or mention.owner:
        return None
    if any(capitalised(seen.text[k]) for k in range(mention.left + 1, mention.last - 1)):
        return None  # "the two Arab states": two of their kind, not the two told of
    bare = (
        mention.definite
        and mention.first - mention.left == 1
        and seen.lower[mention.last - 1] == noun
        and noun in ("sides", "parties", "neighbours", "neighbors", "rivals", "foes")
    )
    if not bare and not any(w in words.pairing for w in span):
        return None
    his = mention.owner_pronoun is not None and seen.lower[mention.owner_pronoun] in ("his", "her")
    if _counted(seen, mention) or (his and noun in ("rivals", "allies", "foes", "neighbours", "neighbors")):
        return None
    wanted = 3 if "three" in span else 4 if "four" in span else 2
    people = noun in ("men", "presidents", "ministers", "women", "leaders", "politicians", "senators", "candidates")
    if people:
        near = sorted(
            ((max(m.first for m in c.mentions if m.first < mention.first), c) for c in book.clusters
             if c.human and c.origin != "described" and any(m.first < mention.first for m in c.mentions)),
            key=lambda f: -f[0],
        )  # fmt: skip
        fitting = [c for _, c in near if c.phrases or c.sector] if noun in _STOOD else []
        fitting = [c for c in fitting if _standing_for(c, noun)]
        members = tuple((fitting if len(fitting) >= wanted else [c for _, c in near])[:wanted])
    else:
        members = _parties(book, wanted) if noun == "parties" else ()
        members = members or tuple(_sides(book, mention, wanted))
        if noun == "sides" and _of_one_state(members):
            here = seen.sentence[mention.first]
            members = tuple(
                c for c in _parties(book, wanted) if any(0 <= here - seen.sentence[m.first] <= 2 for m in c.mentions)
            )
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


_STOOD = {
    "candidates": ("candidate", "nominee"),
    "senators": ("senator",),
    "presidents": ("president",),
    "ministers": ("minister",),
}
"""Nouns of groups of people, and the roles that their members have."""


def _standing_for(cluster: Cluster, noun: str) -> bool:
    """Whether a person has the office or candidacy that a group is called by."""
    return any(role.split(" ")[-1] in _STOOD[noun] for role in offices.held(cluster))


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


def _plural(noun: str) -> str:
    """ "either side" speaks of sides."""
    return {"side": "sides", "party": "parties", "country": "countries", "nation": "nations"}.get(noun, noun)


def _sides(book: Book, mention: Mention, wanted: int) -> list[Cluster]:
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


def _state_side(book: Book, mention: Mention) -> Cluster | None:
    """ "the Pakistani side", "Afghan authorities", "the Kabul government", "the government": the state itself."""
    words, seen = lexicon(), book.seen
    head = seen.lower[mention.last - 1]
    if head not in words.state_heads and mention.role not in words.state_heads:
        return None
    if mention.role_data is not None and mention.role_data.kind == "person":
        return None  # "the former secretary of state"
    owner = book.of.get(id(mention.owner)) if mention.owner is not None else None
    if (
        mention.owner is not None
        and mention.owner.kind == "country"
        and mention.owner.country
        and not mention.countries
    ):
        mention.countries.add(mention.owner.country)
    if mention.owner is not None and mention.owner.form == "person":
        if owner is None:
            return None
        mention.countries |= {owner.country} if owner.country else set()
    elif mention.owner is not None and mention.owner.kind not in ("country", "population") and mention.owner.matches:
        match = mention.owner.matches[0]
        if match.sense == "name" and match.sector == "PTY" and head in ("government", "administration"):
            return state(book, match.country)
        if match.sense == "name":
            return book.entry(match)
    if len(mention.countries) == 1:
        return state(book, next(iter(mention.countries)))
    if mention.countries or mention.owner is not None or head not in words.state_anaphors or not mention.definite:
        return None
    before = [
        c
        for c in states_before(book, mention.first)
        if c.match is not None and c.match.kind in ("country", "government")
    ]
    if head == "regime":
        return _regime(book, mention, before)
    if mention.owner_pronoun is not None and (own := _owners_state(book, mention.owner_pronoun)) is not None:
        return own
    plainly = mention.first - mention.left == 1 and seen.lower[mention.left] in ("the", "this", "his", "her")
    if head == "state" and plainly and (region := _region_named(book, mention.first)) is not False:
        return region
    if book.country is not None and head != "country":
        return state(book, book.country)
    if head in ("country", "nation", "state", "republic", "kingdom"):
        return _country_named(book, mention.first) or (before[0] if before else None)
    told = [c for c in before if any(m.first < mention.first and seen.lower[m.last - 1] == head for m in c.mentions)]
    if len(told) == 1:
        return told[0]  # "the government", where one state's has been told by that word
    return None


def _region_named(book: Book, token: int) -> Cluster | Literal[False] | None:
    """The part of a federal country that "the state" is: the one named last before a token. None where the text is of such a
    country and names no part of it, False where it is of another one."""
    federal = {code.upper() for code in lexicon().federal}
    if (book.country or home(book.seen.doc.article)) not in federal:
        return False
    named = [(at, match) for at, match in book.regions if at < token and match.country in federal]
    return book.entry(max(named, key=lambda found: found[0])[1]) if named else None


def _owners_state(book: Book, pronoun: int) -> Cluster | None:
    """The state of who says "our country" in a quotation, or of the ruler named last before "his government"."""
    seen, word = book.seen, book.seen.lower[pronoun]
    person: Cluster | None = None
    if word in ("our", "my") and seen.quoted[pronoun]:
        person = speakers(book).get(seen.quoted[pronoun])
    elif word in ("his", "her"):
        gender, last = "m" if word == "his" else "f", -1
        for cluster in book.clusters:
            near = max((m.first for m in cluster.mentions if m.first < pronoun), default=-1)
            rules = cluster.human and cluster.sector == "GOV" and cluster.gender in (None, gender)
            if rules and near > last and seen.sentence[near] >= seen.sentence[pronoun] - 3:
                person, last = cluster, near
    return state(book, person.country) if person is not None and person.country else None


def _between(book: Book, cluster: Cluster) -> bool:
    """Whether a state is named as one that mediates ("the guarantor countries Cuba and Norway", "Qatar, the host of the talks")."""
    seen, words = book.seen, lexicon().go_betweens
    return any(
        seen.lower[i] in words and seen.sentence[i] == seen.sentence[m.first]
        for m in cluster.mentions
        for i in range(max(0, m.first - REACH), min(len(seen.lower), m.last + REACH))
    )


def _regime(book: Book, mention: Mention, states: list[Cluster]) -> Cluster | None:
    """The state spoken of most but the publisher's, and but those of this sentence: nobody calls his own government so."""
    seen = book.seen
    here = seen.sentence[mention.first]
    own = home(seen.doc.article)
    others = [
        c for c in states if c.country != own and not any(seen.sentence[m.first] == here for m in c.mentions)
    ]  # fmt: skip
    return max(others, key=lambda c: len(c.mentions), default=None)


def _country_named(book: Book, token: int) -> Cluster | None:
    """The country named last before a token, also as a place; a capital that acts for its government names none."""
    named = [
        (m.first, cluster)
        for cluster in book.clusters
        if cluster.match is not None and cluster.match.kind in ("country", "government")
        for m in cluster.mentions
        if m.form not in ("capital", "metonym") and m.first < token
    ]
    last = max((*named, *(p for p in book.places if p[0] < token)), key=lambda found: found[0], default=None)
    return last[1] if last is not None else None


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
            head = bare and offices.heads_state(cluster, mention.role or "")
            head += head and cluster.country == (book.country or home(seen.doc.article))
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
    return book.described.get(_key(seen, mention, country)) or _fighters(book, mention, country)


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
    return offices.SAME if noun in cluster.name.lower().split() and len(noun) > 3 else 0


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
