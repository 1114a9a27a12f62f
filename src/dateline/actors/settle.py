"""Country, sector, role and affiliation of every cluster, from its registry entry, its descriptions and its owners."""

from __future__ import annotations

from dateline.actors.cluster import Book, Cluster
from dateline.actors.describe import LAPSING
from dateline.actors.fold import plain
from dateline.actors.home import home, inherited
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.misread import age_after
from dateline.actors.offices import told_title
from dateline.actors.templates import Links
from dateline.actors.view import HYPHENS

SERVANTS = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY", "PRM"})
"""Those who belong to their state; others of its people only share its country."""
ARMED = frozenset({"REB", "UAF"})
"""Sectors of armed groups."""
OFFICES = SERVANTS | {"PTY", "OPP", "ELI"}
"""What a text may tell of a person against the registry where no day decides: an office, not what else he is called."""
FORCES = frozenset({"MIL", "COP"})
"""What the soldiers and officers of an armed group are not, though their roles are those of a state's."""

_EMPLOYING = SERVANTS | {"PTY", "SOC", "EDU"}
"""Sectors of those whose employees are of their own sector."""


def _employed(cluster: Cluster) -> bool:
    """Whether those who work are told of as a body's: "State Department employees", and not "American employees"."""
    bodies = [m.owner for m in cluster.mentions if m.owner is not None]
    of_body = any(o.form in ("body", "metonym") or (o.form == "name" and o.kind != "country") for o in bodies)
    return of_body and (cluster.role or "").lower() in lexicon().employed


def describe_named(book: Book, links: Links) -> None:
    """What titles, appositions and owners say of those who are named; descriptions are compared with it."""
    for cluster in book.clusters:
        for mention in list(cluster.mentions):
            _describe(book, cluster, mention)
            for role in links.roles.get(id(mention), ()):
                _describe(book, cluster, role)


def settle(book: Book, links: Links) -> None:
    """Fill the clusters in: first what stands by itself, then what comes from owners, then what is inherited."""
    describe_named(book, links)
    for cluster in book.clusters:
        if cluster.human and cluster.affiliation is None:
            cluster.affiliation = _enlisted(book, cluster)
    for _ in range(2):  # an owner may itself take its country from an owner
        for cluster in book.clusters:
            if cluster.affiliation is not None:
                _from_owner(cluster, cluster.affiliation)


def _enlisted(book: Book, person: Cluster) -> Cluster | None:
    """The body that the registry has a person in on the day, where the text names it; an office of state goes before it."""
    match = person.match
    if match is None or not match.active or match.sector in SERVANTS:
        return None
    body = (match.spell.affiliation if match.spell is not None else None) or match.entry.affiliation
    owner = book.entries.get(body) if body is not None else None
    return owner if owner is not person else None


def settle_last(book: Book) -> None:
    """What pronouns tell ("their forces", "his spokesman"), and what is inherited from the article."""
    seen = book.seen
    meant = {m.first: c for c in book.clusters for m in c.mentions if m.form == "pronoun"}
    publisher = home(seen.doc.article)
    for cluster in book.clusters:
        for mention in cluster.mentions:
            owner = meant.get(mention.owner_pronoun) if mention.owner_pronoun is not None else None
            if owner is not None and owner is not cluster and cluster.affiliation is None and cluster.match is None:
                cluster.affiliation = owner
    _join_bodies(book)
    _police_ranks(book)
    _sheriffs_deputies(book)
    _clergy(book, publisher)
    for _ in range(2):
        for cluster in book.clusters:
            if cluster.affiliation is not None:
                _from_owner(cluster, cluster.affiliation)
    for cluster in book.clusters:
        owner = cluster.affiliation
        if (
            owner is not None
            and owner.match is not None
            and owner.match.entry.kind == "country"
            and cluster.sector not in SERVANTS
        ):
            cluster.affiliation = None
        words = lexicon()
        unnamed = cluster.origin == "described" and cluster.affiliation is None and cluster.match is None
        if (
            unnamed
            and cluster.role is not None
            and cluster.role.split()[-1].lower() in words.expertise
            and cluster.sector == "SOC"
        ):
            cluster.sector = "UNK"
        abroad = any(m.abroad for m in cluster.mentions)
        if cluster.country is None and not abroad and (cluster.sector != "UNK" or not unnamed):
            code = inherited(book, cluster, publisher)
            if cluster.phrases & lexicon().not_offices.get(code or "", frozenset()):
                code = book.country if book.country != code else None
            cluster.country = code if code not in cluster.elsewhere else publisher if publisher != code else None
        if _private(book, cluster):
            cluster.sector = "CVL"
        if cluster.sector is None and cluster.kind in ("person", "population", "other") and not cluster.members:
            cluster.sector = "UNK"


def _private(book: Book, cluster: Cluster) -> bool:
    """Whether a person is told of by age and by nothing else that would tell what they are: "Corva Hale, 34, was hurt"."""
    known = cluster.match is not None or cluster.affiliation is not None or bool(cluster.phrases)
    if not cluster.human or cluster.plural or known or cluster.sector is not None:
        return False
    seen = book.seen
    for m in (m for m in cluster.mentions if m.form == "person"):
        if age_after(seen, m) or any(
            w == "old" or w.endswith("-year-old") for w in seen.lower[max(0, m.first - 1) : m.first]
        ):
            return True
    return False


def _police_ranks(book: Book) -> None:
    """A sergeant in a text that speaks of the police, and of them more than of soldiers, is of the police."""
    spoken = {
        sector: sum(len(c.mentions) for c in book.clusters if c.sector == sector and not c.human) for sector in FORCES
    }
    for cluster in book.clusters:
        body = cluster.affiliation.sector if cluster.affiliation is not None else None
        police = body == "COP" or (body is None and cluster.affiliation is None and spoken["COP"] > spoken["MIL"])
        ranked = police and cluster.sector == "MIL" and cluster.match is None and cluster.origin != "registry"
        if ranked and (cluster.role or "").lower().rstrip(".") in lexicon().ranks:
            cluster.sector = "COP"


def _sheriffs_deputies(book: Book) -> None:
    """Deputies in a text that speaks of a sheriff sit in no parliament."""
    if not any("sheriff" in w for w in book.seen.lower):
        return
    for cluster in book.clusters:
        deputy = (cluster.role or "").lower().split(" ")[-1] in ("deputy", "deputies")
        if deputy and cluster.match is None and cluster.sector == "LEG" and cluster.affiliation is None:
            cluster.sector = "COP"


def _clergy(book: Book, publisher: str | None) -> None:
    """Ministers and ministries of the United States, which has none of state, are of a church."""
    here = book.country or publisher
    for cluster in book.clusters:
        plain = (cluster.role or "").lower() in lexicon().clergy and cluster.phrases <= lexicon().clergy
        if plain and cluster.match is None and cluster.sector == "GOV" and (cluster.country or here) == "USA":
            cluster.sector = "REL"
            cluster.kind = "organisation" if cluster.kind == "government" else cluster.kind


def _join_bodies(book: Book) -> None:
    """ "His campaign" and "the senator's campaign" of one person are one body."""
    known: dict[tuple[int, str], Cluster] = {}
    for cluster in book.clusters:
        owner, noun = cluster.affiliation, (cluster.role or "").split(" ")[-1].lower()
        if owner is None or not owner.human or cluster.origin != "described" or noun not in lexicon().own_bodies:
            continue
        first = known.setdefault((id(owner), noun), cluster)
        if first is not cluster:
            for mention in cluster.mentions:
                book.put(mention, first)
            cluster.mentions = []


def _describe(book: Book, cluster: Cluster, mention: Mention) -> None:
    """Take over what one mention or role says."""
    cluster.elsewhere |= mention.elsewhere
    if mention.form == "role":
        if mention.role:
            cluster.phrases.add(mention.role)
        if cluster.match is None or cluster.human:
            if cluster.role is None or (cluster.sector is None and mention.sector is not None):
                cluster.role = _phrase(book, mention)
            if (
                mention.sector is not None
                and _may_tell(book, cluster, mention)
                and (cluster.sector is None or (cluster.match and not cluster.told) or _only_partisan(cluster, mention))
            ):
                cluster.sector, cluster.other, cluster.told = mention.sector, mention.other, True
    if cluster.country is None and len(mention.countries) == 1:
        cluster.country = next(iter(mention.countries))
    if mention.form in ("person", "role") and cluster.country is None and mention.role:
        cluster.country = lexicon().national_offices.get(plain(mention.role).lower())
    if mention.form == "person" and mention.role:
        cluster.phrases.add(told_title(mention.role))
    if mention.form == "person" and cluster.sector is None:
        lapsed = mention.sector in LAPSING and lexicon().former & set(book.seen.lower[mention.left : mention.first])
        cluster.sector = "ELI" if lapsed and mention.sector is not None else mention.sector
        cluster.role = cluster.role or mention.role
    if mention.owner is not None and cluster.affiliation is None and (cluster.human or cluster.match is None):
        owner = book.of.get(id(mention.owner))
        if owner is None and mention.owner.matches:
            match = mention.owner.matches[0]
            owner = book.entries.get(match.entry.id)
            if owner is None:
                owner = Cluster(match.entry.name, match.kind, match.country, match.sector, match.other, match=match)
        if owner is not cluster:
            cluster.affiliation = owner
            own = mention.led and mention.sector == "LEG"  # "the party's legislative leaders"
            cluster.leads = mention.form == "role" and (mention.role or "").split()[-1] in lexicon().leads and not own


def _only_partisan(cluster: Cluster, role: Mention) -> bool:
    """Whether somebody is so far only called by a party, which an office outdoes: "a Democrat and former governor"."""
    if cluster.match is not None or cluster.sector != "PTY" or role.sector not in SERVANTS | {"ELI"}:
        return False
    return bool(cluster.phrases) and cluster.phrases - {role.role} <= lexicon().party_words.keys()


def _may_tell(book: Book, cluster: Cluster, role: Mention) -> bool:
    """Whether a role decides the sector: not against the office that the registry has on the day, nor if it is one that
    the person has left by then ("a vice president who was dismissed last year"). Where the article has no day another
    office does, unless it is a further side of the same one (the leader of a party that is the opposition)."""
    match, day = cluster.match, book.day
    if match is None:
        return True
    if not match.active:
        left = {plain(s.role).lower() for s in match.entry.spells if s.role and s.end and day and s.end < day}
        return not cluster.human or role.role not in left
    return cluster.human and book.day is None and role.sector in OFFICES and role.sector not in match.other


def _phrase(book: Book, mention: Mention) -> str:
    """The role as the text has it, without nationality and article."""
    seen = book.seen
    first = mention.first
    while (
        first > mention.left
        and seen.dep[first - 1] in ("amod", "compound")
        and seen.pos[first - 1] in ("ADJ", "NOUN")
        and seen.text[first - 1].islower()
        and (first < 2 or seen.text[first - 2] not in HYPHENS)
    ):
        first -= 1
    return seen.string(first, mention.last)


def _from_owner(cluster: Cluster, owner: Cluster) -> None:
    """What the one it belongs to gives: country, and the sector where the role itself has none or only leads."""
    words = lexicon()
    kin = any(p in words.kin for p in cluster.phrases)
    if cluster.country is None:
        cluster.country = owner.country
    if kin or (owner.human and cluster.sector is not None):
        return
    if owner.sector in ARMED and cluster.sector in FORCES and cluster.match is None:
        cluster.sector = owner.sector  # "the rebels' soldiers"
        return
    if (
        cluster.leads
        and cluster.sector == "GOV"
        and owner.sector is None
        and owner.origin == "ner"
        and cluster.match is None
    ):
        cluster.sector = None  # the president of a body that nobody knows
    if owner.sector == "COP" and cluster.sector == "MIL" and cluster.match is None:
        cluster.sector = "COP"  # a lieutenant of the police
        return
    if cluster.sector == "LAB" and owner.sector in _EMPLOYING and _employed(cluster):
        cluster.sector = owner.sector  # "State Department employees"
        return
    leads = cluster.sector is None or (cluster.leads and owner.sector not in (None, "GOV", "CVL"))
    if (
        leads
        and cluster.match is None
        and cluster.sector != "ELI"
        and owner.sector is not None
        and (cluster.kind in ("person", "population", "other") or cluster.origin == "described")
    ):
        cluster.sector = owner.sector
    if cluster.match is None and cluster.sector == "PTY" == owner.sector and "OPP" in owner.other:
        cluster.sector = "OPP"  # who speaks for a party that is in opposition on the day
