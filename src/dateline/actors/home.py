"""The country of those whom an article mentions without one: where its publisher is at home, or what it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from dateline.actors import local
from dateline.actors.cluster import Book, Cluster
from dateline.actors.fold import plain
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.publishers import publishers
from dateline.actors.registry import load
from dateline.actors.view import View
from dateline.model import Article, Sector

INSTITUTIONS: frozenset[Sector] = frozenset({
    "GOV", "MIL", "COP", "JUD", "LEG", "OPP", "CVL", "PTY", "SPY", "REB", "UAF", "LAB", "EDU", "REL", "AGR", "PRM", "CRM", "MED", "ELI",
})  # fmt: skip
"""Sectors of those whom an article about a country names without it: its army, its police, its protesters. Experts,
journalists and firms are as often from elsewhere."""

PARTISAN: frozenset[Sector] = frozenset({"PTY", "OPP", "LEG"})
"""Sectors whose people a publisher names without their country when they are those of its own, in articles on abroad too."""

THERE: frozenset[Sector] = frozenset({"MIL", "COP", "CVL"})
"""Sectors of crowds and forces, which are mostly at home where their sentence tells of."""

FOREIGN = 15
"""An article that names another country so many times as often as its publisher's is told from there."""

_ANYWHERE = frozenset({"com", "net", "org"})
"""Endings of addresses that tell no country; most local papers under them are American."""


def home(article: Article) -> str | None:
    """Where the article's publisher is at home, by its name or by the domain of the page, or else by what only local news of one country
    has; None if not known."""
    known = publishers()
    if article.publisher:
        name = article.publisher.strip()
        found = known.get(plain(name).lower()) or _domain(name, known)
        if found:
            return found
    return of_page((urlsplit(article.url).hostname or "") if article.url else "", article.text)


def of_page(host: str, text: str) -> str | None:
    """The country where a page is read, by the name of its host ("" if not known), else by what only local news of one country has."""
    likely = "USA" if host.rpartition(".")[2] in _ANYWHERE else None
    return _domain(host, publishers()) or local.country(text, likely)


def of_elsewhere(seen: View, mention: Mention, listed: Sequence[Mention]) -> Mention | None:
    """A department that the registry has in one country as a body of another: where the text, told from elsewhere, names that
    country by nothing else (`listed`: all its names of the registry), and another at least twice."""
    match, name = mention.matches[0], seen.string(mention.first, mention.last)
    words = plain(name).lower().split()
    if mention.form != "name" or match.sector != "GOV" or not lexicon().departments & {words[0], words[-1]}:
        return None
    if words[0] == "state" or home(seen.doc.article) == match.country:
        return None
    told = Counter(m.country for m in listed if m.country and m.matches[0].entry.id != match.entry.id)
    offices = [
        m for m in listed if m.matches[0].sector == "GOV" and lexicon().departments & set(plain(m.name).lower().split())
    ]
    told[match.country] -= sum(m.country == match.country and m.matches[0].entry.id != match.entry.id for m in offices)
    if told.pop(match.country, 0) > 0 or max(told.values(), default=0) < 2:
        return None
    return Mention(
        "body", mention.first, mention.last, mention.head, mention.left, name, "government", sector="GOV", origin="ner",
    )  # fmt: skip


def _domain(host: str, known: Mapping[str, str]) -> str | None:
    parts = host.lower().split(".")
    for at in range(len(parts) - 1):
        if found := known.get(".".join(parts[at:])):
            return found
    return known.get(f".{parts[-1]}") if len(parts) > 1 else None


def dominant(book: Book) -> str | None:
    """The country that the article is about: named at least twice and in half of all namings of countries and of the
    known people of a country; a text full of American politicians is not told from the land they speak of."""
    counts = book.countries + Counter(
        c.country for c in book.clusters if c.human and c.match is not None and c.country for _ in c.mentions
    )
    states = {code: n for code, n in counts.items() if load().get(code.lower()) is not None}
    if not states:
        return None
    country, total = max(states, key=lambda code: states[code]), sum(states.values())
    return country if states[country] >= 2 and states[country] * 2 >= total else None


def inherited(book: Book, cluster: Cluster, publisher: str | None) -> str | None:
    """The country of a cluster that none has given one."""
    if cluster.members or cluster.kind in ("igo", "country"):
        return None
    if (cluster.role or "").lower().split(" ")[-1] in lexicon().manifold:
        return None  # "several nations"
    if (
        cluster.kind in ("ngo", "organisation", "company", "media")
        and cluster.origin == "ner"
        and cluster.sector not in INSTITUTIONS
    ):
        words = plain(cluster.name).lower().split() or [""]
        if cluster.kind == "ngo" and (lexicon().worldwide & {words[0], words[-1]} or "rights" in words):
            return "NGO"
        return publisher if book.country in (None, publisher) else None
    if _captive(cluster) or (cluster.role in lexicon().beside_captives and any(map(_captive, book.clusters))):
        return None  # held there, which is not to be from there
    if cluster.sector in ("REB", "UAF") and publisher is not None:
        return book.country if book.country != publisher else None
    if cluster.kind == "population" and cluster.origin == "ner" and cluster.sector not in PARTISAN:
        return None  # "Muslims"
    institution = cluster.sector in INSTITUTIONS
    if institution and cluster.kind in ("organisation", "government") and cluster.origin == "ner":
        worldwide = cluster.sector in ("JUD", "GOV") and plain(cluster.name).lower().split()[0] in lexicon().worldwide
        return "IGO" if worldwide else book.country or publisher
    mass = cluster.role is not None and cluster.role.lower() in lexicon().mass
    if cluster.kind == "media" and mass and book.country in (None, publisher):
        return publisher  # "the media" of an article on politics at home
    group = cluster.kind == "ngo" and cluster.origin == "described"
    if group and "rights" in (cluster.role or "").lower().split():
        return "NGO"
    if not institution and not cluster.human and not group:
        return None
    abroad = book.country not in (None, publisher)
    if abroad and not institution and book.countries[publisher or ""] * FOREIGN < book.countries[book.country or ""]:
        return book.country  # a Canadian paper's story of Harare, which names its people without their country
    spoken = publisher is not None and (book.country in (None, publisher) or book.countries[publisher] > 0)
    if spoken and (book.country in (None, publisher) or not institution or cluster.sector in PARTISAN):
        return _spoken_of(book, cluster) or publisher
    return book.country if institution else publisher


def _captive(cluster: Cluster) -> bool:
    """Whether somebody is told of as held by others: "three foreign hostages"."""
    return cluster.role is not None and cluster.role.split(" ")[-1].lower() in lexicon().captives


def _spoken_of(book: Book, cluster: Cluster) -> str | None:
    """The one state named in the sentence that first mentions soldiers, officers or people: they are rather of that state
    than of the publisher's ("protesters were shot when China sent the army in")."""
    if cluster.kind != "population" or cluster.sector not in THERE:
        return None
    told = book.told.get(book.seen.sentence[min(m.first for m in cluster.mentions)], set())
    return next(iter(told)) if len(told) == 1 and all(load().get(code.lower()) for code in told) else None
