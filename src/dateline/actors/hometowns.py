"""Towns that bear the name of a foreign state or capital: "Dublin, Ohio", and the Lebanon where a paper of Pennsylvania is read."""

from __future__ import annotations

from urllib.parse import urlsplit

from dateline.actors import local
from dateline.actors.abbreviated import american_state
from dateline.actors.home import home
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.registry import Registry
from dateline.actors.view import POSSESSIVE, View

_DASHES = frozenset({"-", "--", "–", "—"})
_FORMS = frozenset({"name", "capital"})


def without_hometowns(seen: View, listed: list[Mention], registry: Registry) -> list[Mention]:
    """The registry's names without those that the text tells to be towns of another country.

    A town's name is told by the state after it wherever that stands in the text; in local news of another country that names the
    foreign one by nothing else also by the publisher's address, the dateline, or what towns have ("Lebanon firefighters").
    """
    towns = {m.name for m in listed if _bears(m) and _before_state(seen, m, registry)}
    at_home = home(seen.doc.article)
    if at_home is not None and local.country(seen.doc.text, at_home) != at_home:
        at_home = None  # a paper's news from abroad
    for mention in listed:
        if _bears(mention) and mention.name not in towns and at_home not in (None, mention.country):
            alike = [m for m in listed if m.name == mention.name and m.form in _FORMS]
            others = any(m.country == mention.country and m.name != mention.name for m in listed)
            adjectives = any(m.country == mention.country and m.form not in _FORMS for m in listed)
            if not others and not adjectives and any(_local(seen, m) for m in alike):
                towns.add(mention.name)
    return [m for m in listed if not (_bears(m) and (m.name in towns or _a_county(seen, m)))]


def _bears(mention: Mention) -> bool:
    """Whether a name is that of a state or a capital."""
    return mention.form == "capital" or (mention.form == "name" and mention.matches[0].entry.kind == "country")


def _a_county(seen: View, mention: Mention) -> bool:
    """Whether a word after a name makes it a county's: "Madrid County"."""
    at = mention.last
    return at < len(seen) and seen.text[at].istitle() and seen.lower[at] in lexicon().counties


def _before_state(seen: View, mention: Mention, registry: Registry) -> bool:
    """Whether a part of another country stands after a name: "Dublin, Ohio"."""
    at = mention.last
    if at + 1 >= len(seen) or seen.text[at] != ",":
        return False
    state = next((m for m in registry.lookup(seen.text[at + 1]) if m.entry.region and m.sense == "name"), None)
    country = state.country if state is not None else "USA" if american_state(seen.text[at + 1]) else None
    if mention.form == "name":  # "in Jordan, Ohio said", but "Mexico, Texas and Arizona"
        country = country if american_state(seen.text[at + 1]) else None
    return country is not None and country != mention.country


def _local(seen: View, mention: Mention) -> bool:
    """Whether a name is that of the paper's own town, of the place a dateline names, or has what towns have after it."""
    name = seen.string(mention.first, mention.last)
    host = urlsplit(seen.doc.article.url).hostname if seen.doc.article.url else None
    if host and "".join(name.lower().split()) in host.replace("-", ""):
        return True
    at = mention.last
    if at >= len(seen):
        return False
    if name.isupper() and mention.first == 0 and seen.text[at] in _DASHES:
        return True
    at += seen.lower[at] in POSSESSIVE
    return at < len(seen) and (seen.lower[at] in lexicon().municipal or seen.lower[at] in lexicon().schools)
