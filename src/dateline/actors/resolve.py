"""doc → Actors: the mentions gathered, linked, clustered, and each cluster given country, sector and kind."""

from __future__ import annotations

import datetime
from dataclasses import replace

from dateline.actors import registry
from dateline.actors.actors import OUTER_MOST, Actors, Where
from dateline.actors.bodies import acronym_after, acronyms, scan_bodies
from dateline.actors.cluster import Book, Cluster
from dateline.actors.coref import resolve_pronouns
from dateline.actors.describe import role_hits, scan_roles
from dateline.actors.era import era
from dateline.actors.fold import fold
from dateline.actors.home import home, of_elsewhere
from dateline.actors.hometowns import without_hometowns
from dateline.actors.kept import keeps
from dateline.actors.lexicon import lexicon
from dateline.actors.lone import leaders, surnames, without_surnames
from dateline.actors.mentions import Mention, cover_of, in_list, role_phrases, scan_registry
from dateline.actors.misread import aged, as_people, misnamed, misread, titled_bodies
from dateline.actors.names import cluster_people, parts
from dateline.actors.owned import named_by_owner
from dateline.actors.people import scan_people
from dateline.actors.registry import Match, Registry
from dateline.actors.rulers import known_person, rulers
from dateline.actors.seeming import cut_people
from dateline.actors.settle import describe_named, settle, settle_last
from dateline.actors.templates import Links, is_place, link
from dateline.actors.towns import without_towns
from dateline.actors.unnamed import place_described
from dateline.actors.view import View, view
from dateline.language import Doc
from dateline.model import BODIES, Actor, Span

_SHORTENED = BODIES | {"government"}
"""Kinds of those whose acronym a text gives in brackets."""


_PREDICATES = frozenset({"attr", "appos", "acomp", "oprd"})
"""What a word for one of a people is where it only says what somebody named is."""


def find(doc: Doc) -> Actors:
    """The actors of an article, each with all its mentions, pronouns included.

    Offices are those of the day the article was published; without a day the latest ones.
    """
    if not len(doc.spacy):
        return Actors()
    seen = view(doc)
    book, links, described = gather(seen, doc.article.published, registry.load())
    describe_named(book, links)
    place_described(book, links, described)
    settle(book, links)
    resolve_pronouns(book)
    settle_last(book)
    return named_by_owner(freeze(book))


def gather(seen: View, on: datetime.date | None, known: Registry) -> tuple[Book, Links, list[Mention]]:
    """Find and link all mentions, and cluster those by name."""
    book = Book(seen, day=on)
    on = on or era(seen, known)
    listed = without_hometowns(seen, scan_registry(seen, on, known), known)
    named = [m for m in listed if m.matches[0].kind != "person" and not _of_no_party(seen, m, listed)]
    people = scan_people(seen, named)
    people = _with_listed(seen, people, [m for m in listed if m.matches[0].kind == "person"])
    people = cut_people(seen, people, known)
    people += leaders(seen, named, people, known, on)
    people = without_towns(seen, people, people)
    at_person = cover_of(seen, people)
    named = [m for m in named if not _within_person(m, at_person)]
    named = without_surnames(seen, named, people)
    _choose_all(seen, named)
    foreign = [body for m in named if (body := of_elsewhere(seen, m, listed)) is not None]
    named = [m for m in named if all(m.first != body.first for body in foreign)]
    at_name = cover_of(seen, named)
    people = [p for p in people if not any(at_name[p.first : p.last])]
    cover = cover_of(seen, [*named, *people, *foreign])
    offices = role_hits(seen, cover)
    bodies = scan_bodies(seen, [*named, *foreign], people, offices)
    bodies = [*without_towns(seen, bodies, [*bodies, *people]), *foreign]
    named = [m for m in named if not any(b.first <= m.first and m.last <= b.last for b in bodies)]
    for mention in bodies:
        cover[mention.first : mention.last] = [mention] * (mention.last - mention.first)
    short = acronyms(seen, [*(m for m in named if m.kind in _SHORTENED), *bodies], cover)
    for mention in short:
        cover[mention.first] = mention
    bodies += short
    people += surnames(seen, people, cover)
    entitled = as_people(titled_bodies(seen, cover, offices))
    people += entitled
    described = scan_roles(seen, cover, offices)
    called = [p for role in described if (p := misread(cover, role)) is not None]
    for body in called:
        body.form, body.kind, body.gender = "body", "organisation", None
    people = [p for p in people if p.form == "person"]
    apposed = [b for role in described if (b := misnamed(seen, cover, role)) is not None]
    apposed += [b for b in aged(seen, bodies) if b not in apposed]
    alone = {person.name.split()[-1] for person in [*apposed, *entitled]}
    apposed += [b for b in bodies if b.name in alone and not b.matches and b.sector is None and b not in apposed]
    people = sorted(
        [*people, *as_people(apposed), *surnames(seen, [*apposed, *entitled], cover)], key=lambda m: m.first
    )
    bodies = [b for b in bodies if b.form != "person"]
    bodies += called
    links = link(seen, cover, people, described)
    rulers(book, named, described, on, known)
    _nationalities(seen, named, people)
    _place_registered(book, named)
    _place_people(book, people, links, known, on)
    _place_bodies(book, bodies, links)
    return book, links, [d for d in described if id(d) in links.consumed or keeps(seen, d)]


def _of_no_party(seen: View, mention: Mention, listed: list[Mention]) -> bool:
    """Whether a party's name is the common noun that it looks like: "Conservatives" in an article from abroad that nowhere
    else tells of the party's country."""
    at_home = home(seen.doc.article)
    if mention.matches[0].sector != "PTY" or at_home == mention.matches[0].country:
        return False
    if at_home is None and len({m.country for m in listed if m.country}) < 2:
        return False
    name = seen.string(mention.first, mention.last).lower()
    if name not in lexicon().convictions and name.removesuffix(" party") not in lexicon().creeds:
        return False
    return all(m.country != mention.country for m in listed if m.matches[0].entry is not mention.matches[0].entry)


def _with_listed(seen: View, people: list[Mention], listed: list[Mention]) -> list[Mention]:
    """People, with those of the registry whom the entity recogniser saw in part ("Khan" of "Imran Khan") or not at all."""
    taken = cover_of(seen, people)
    parts_of: set[int] = set()
    added = []
    for m in listed:
        within = list({id(p): p for p in taken[m.first : m.last] if p is not None}.values())
        if any(p.first < m.first or p.last > m.last or p.last - p.first == m.last - m.first for p in within):
            continue
        parts_of |= {id(p) for p in within}
        person = Mention(
            "person", m.first, m.last, m.head, min([m.left, *(p.left for p in within)]),
            seen.string(m.first, m.last), "person", origin="registry",
        )  # fmt: skip
        for p in within:  # the title before the part belongs to the whole
            person.gender, person.sector, person.role = p.gender or person.gender, p.sector, p.role
        added.append(person)
    return [p for p in people if id(p) not in parts_of] + added


def _within_person(mention: Mention, at_person: list[Mention | None]) -> bool:
    """Whether a registry name is only part of a longer personal name ("Jordan" in "Michael Jordan")."""
    person = at_person[mention.first]
    return (
        person is not None and mention.last <= person.last and person.last - person.first > mention.last - mention.first
    )


def _choose_all(seen: View, named: list[Mention]) -> None:
    """Let every mention be the one of its entries whose country the text speaks of most by names of no other, or else the
    publisher's."""
    by_country: dict[str, int] = {}
    for mention in named:
        sole = sum(m.sense == mention.form for m in mention.matches) < 2
        if sole and mention.country and mention.matches[0].kind in ("country", "government", "population"):
            by_country[mention.country] = by_country.get(mention.country, 0) + 1
    at_home = home(seen.doc.article)
    for mention in named:
        _choose(mention, by_country, at_home)


def _nationalities(seen: View, named: list[Mention], people: list[Mention]) -> None:
    """Whose country a word for one of a people tells: "Ann Low, a Syrian, said", "Ann Low is a Syrian"."""
    heads = {k: person for person in people for k in range(person.first, person.last)}
    for mention in named:
        dep, up = seen.dep[mention.head], seen.head[mention.head]
        if mention.form != "demonym" or dep not in _PREDICATES or not mention.country:
            continue
        subjects = [t.i for t in seen.doc.spacy[up].lefts if t.dep_ == "nsubj"] if dep == "attr" else [up]
        for person in (heads[k] for k in subjects if k in heads):
            person.countries.add(mention.country)


def _place_registered(book: Book, named: list[Mention]) -> None:
    seen, words = book.seen, lexicon()
    for mention in named:
        match = mention.matches[0]
        if match.country and match.kind != "company":  # a Japanese car tells no country
            book.countries[match.country] += 1
            book.told.setdefault(seen.sentence[mention.first], set()).add(match.country)
        if match.entry.region and mention.form == "name" and match.kind == "government":
            book.regions.append((mention.first, match))
        mention.place = (
            is_place(seen, mention, match.entry.region) if match.kind in ("country", "government") else False
        )
        if not mention.place:
            book.namings[match.entry.id] += 1
        cluster: Cluster | None = None
        if (
            mention.form == "demonym"
            and not mention.modifier
            and match.kind == "population"
            and (match.entry.kind == "country" or match.entry.region)
        ):
            cluster = (
                _one_of_people(book, mention, match)
                if _single(seen, mention, match)
                else _people_of(book, mention, match)
            )
        elif mention.form == "adjective":
            up = seen.head[mention.head]
            if in_list(seen, mention.head) and not mention.place:
                cluster = book.entry(_as_state(mention, match))
            elif mention.modifier or up == mention.head or seen.lemma[up] not in words.actions:
                continue
            else:
                cluster = book.entry(_as_state(mention, match))
        elif mention.modifier:
            continue
        elif mention.form == "metonym" and match.sector != "GOV" and match.entry.kind == "country":
            cluster = _trade(book, mention, match)
        else:
            cluster = book.entry(_as_state(mention, match))
        if cluster is None:
            continue
        if mention.place:
            book.of[id(mention)] = cluster  # known to owners and groups, but no mention of an actor
            book.places.append((mention.first, cluster))
            continue
        book.put(mention, cluster)


def _choose(mention: Mention, by_country: dict[str, int], at_home: str | None) -> None:
    """Put first, of the entries that bear a name as well, the one whose country the text speaks of most."""
    same = [m for m in mention.matches if m.sense == mention.form]
    if not same:
        return
    best = max(same, key=lambda m: (by_country.get(m.country, 0), m.country == at_home, -same.index(m)))
    mention.matches = (best, *(m for m in mention.matches if m is not best))
    if len(same) > 1:
        mention.country, mention.sector, mention.kind = best.country, best.sector, best.kind


def _as_state(mention: Mention, match: Match) -> Match:
    """A capital, an adjective or a residence means the state: its match with the state's own sector."""
    if mention.form in ("capital", "adjective") or (mention.form == "metonym" and match.sector == "GOV"):
        return replace(match, kind="country", sector="GOV")
    return match


def _trade(book: Book, mention: Mention, match: Match) -> Cluster:
    """What a place stands for that is no government: "Wall Street"."""
    key = f"{match.entry.id}:{match.sector}"
    if key not in book.entries:
        name = book.seen.string(mention.first, mention.last)
        book.entries[key] = book.new(Cluster(name, "organisation", match.country, match.sector, origin="registry"))
    return book.entries[key]


def _single(seen: View, mention: Mention, match: Match) -> bool:
    """Whether a word for a people means one of them ("a Syrian", "the Briton"), not all ("the Chinese")."""
    if mention.first and seen.lower[mention.first - 1] in ("a", "an", "another", "one"):
        return True
    word = fold(seen.string(mention.first, mention.last)).lower()
    plural = f"{word[:-3]}men" if word.endswith("man") else f"{word}s"
    return plural in {fold(name).lower() for name in match.entry.demonyms}


def _one_of_people(book: Book, mention: Mention, match: Match) -> Cluster | None:
    """One of a people: a person of that country; none where the word only says what somebody named is."""
    seen = book.seen
    if seen.dep[mention.head] in _PREDICATES:
        return None
    mention.plural = False
    name = seen.string(mention.first, mention.last)
    return book.new(Cluster(name, "person", match.country, "CVL", origin="described"))


def _people_of(book: Book, mention: Mention, match: Match) -> Cluster:
    """The people of a country: "Afghans"; "the Chinese", who deal and decide, are the state."""
    seen = book.seen
    acts = seen.dep[mention.head] in ("nsubj", "nsubjpass", "pobj", "agent")
    speaks = seen.dep[mention.head] == "nsubj" and seen.lemma[seen.head[mention.head]] in lexicon().speech
    if speaks and mention.first and seen.lower[mention.first - 1] == "the":
        return book.entry(replace(match, kind="country", sector="GOV"))  # "the Israelis said"
    if (
        seen.lower[mention.last - 1] in {a.lower() for a in match.entry.adjectives}
        and acts
        and not seen.lower[mention.last - 1].endswith("ns")
    ):
        return book.entry(replace(match, kind="country", sector="GOV"))
    key = f"{match.entry.id}:people"
    found = book.entries.get(key)
    if found is None:
        found = book.entries[key] = book.new(
            Cluster(
                seen.string(mention.first, mention.last),
                "population",
                match.country,
                "CVL",
                plural=True,
                origin="registry",
            )
        )
    return found


def _place_people(book: Book, people: list[Mention], links: Links, known: Registry, on: datetime.date | None) -> None:
    at_home = home(book.seen.doc.article)
    spoken = {code for code in (at_home, *book.countries) if code}
    told = spoken if at_home else None
    for group in cluster_people(people):
        longest = max(group, key=lambda m: (len(parts(m.name)), -m.first))
        match = known_person(group, links, known, on, told, spoken)
        cluster = book.entry(match) if match else book.new(Cluster(longest.name, "person", origin=longest.origin))
        cluster.name = longest.name
        cluster.gender = cluster.gender or next((m.gender for m in group if m.gender), None)
        for mention in group:
            if id(mention) not in book.of:
                book.put(mention, cluster)
        for mention in group:
            for role in links.roles.get(id(mention), ()):
                book.of[id(role)] = cluster
                cluster.gender = cluster.gender or role.gender
                if id(role) in links.apart:
                    cluster.mentions.append(role)


def _place_bodies(book: Book, bodies: list[Mention], links: Links) -> None:
    """Bodies by name; an acronym in brackets after a name, or made of its initials, is the same body."""
    seen = book.seen
    by_name = {
        short: cluster
        for cluster in book.clusters
        for m in cluster.mentions
        if cluster.match is not None and cluster.kind in _SHORTENED and (short := acronym_after(seen, m)) is not None
    }
    for mention in sorted(bodies, key=lambda m: (-(m.last - m.first), m.first)):
        key = fold(mention.name)
        body = (
            _of_un(book, mention, key)
            or by_name.get(key)
            or _longer(by_name, key)
            or _registered(book, key)
            or _first_word(book, by_name, key)
        )
        if body is not None and body.country and mention.countries and body.country not in mention.countries:
            body = None  # "Peru's Ministry of Health" is not "the Chilean ministry of health"
        cluster = body or book.new(
            Cluster(
                mention.name,
                mention.kind,
                mention.country,
                None if mention.thing else mention.sector,
                mention.other,
                plural=mention.plural,
                origin="ner",
                thing=mention.thing,
            )
        )
        if body is None:
            by_name[key] = cluster
            initials = "".join(w[0] for w in mention.name.replace("-", " ").split() if w[:1].isupper())
            if len(initials) >= 2:
                by_name.setdefault(initials.upper(), cluster)
        after = mention.last
        if after + 2 < len(seen) and seen.text[after] == "(" and seen.text[after + 1].isupper():
            by_name.setdefault(fold(seen.text[after + 1]), cluster)
        cluster.country = cluster.country or mention.country
        for role in links.roles.get(id(mention), ()):
            book.of[id(role)] = cluster
        if not mention.modifier or mention.form == "body":
            book.put(mention, cluster)
    for cluster in set(by_name.values()):
        cluster.mentions.sort(key=lambda m: m.first)


def _of_un(book: Book, mention: Mention, key: str) -> Cluster | None:
    """The body of the United Nations that "the Security Council" is in a text that names them."""
    if key.lower() not in lexicon().un_bodies or mention.countries or "uno-united-nations" not in book.entries:
        return None
    matches = registry.load().lookup(f"UN {key}", book.day)
    return book.entry(matches[0]) if matches else None


def _longer(by_name: dict[str, Cluster], key: str) -> Cluster | None:
    """The body whose name begins or ends with this one, of two words or more or its distinguishing first word."""
    if " " not in key:
        return None
    return next((c for name, c in by_name.items() if name.startswith(key + " ") or name.endswith(" " + key)), None)


def _registered(book: Book, key: str) -> Cluster | None:
    """The registry's body that the text names by a longer name with this end: "Security Council" of "UN Security Council"; a paper also
    by its last word, where the text names one such: "the Post"."""
    paper = lexicon().body_words.get(key) == "JRN"
    if " " not in key and not paper:
        return None
    longer = [
        c for c in book.clusters if c.match is not None and not c.human and (c.kind == "media" or not paper)
        and any(m.form == "name" and fold(m.name).lower().endswith(" " + key) for m in c.mentions)
    ]  # fmt: skip
    return longer[0] if len(longer) == 1 or (longer and not paper) else None


def _first_word(book: Book, by_name: dict[str, Cluster], key: str) -> Cluster | None:
    """The one body whose name begins with this word ("Norfield" of "Norfield Mills"), if it is nobody's name."""
    if (
        " " in key
        or len(key) < 4
        or (key in role_phrases().longest and f"{key} party" not in by_name)
        or any(key in parts(c.name) for c in book.clusters if c.human)
    ):
        return None
    longer = {id(c): c for name, c in by_name.items() if name.startswith(key + " ") and " of " not in name}
    if not longer:
        firms = [c for c in book.clusters if c.match is not None and c.kind in ("company", "media")]
        longer = {id(c): c for c in firms if fold(c.name).startswith(key + " ")}
    return next(iter(longer.values())) if len(longer) == 1 else None


def freeze(book: Book) -> Actors:
    """Number the clusters by first mention and turn them into the record's actors."""
    seen = book.seen
    live = [c for c in book.clusters if c.mentions and not c.thing]
    live.sort(key=lambda c: min((seen.start[m.first], -m.last) for m in c.mentions))
    number = {id(c): n for n, c in enumerate(live)}
    actors, places = [], []
    for n, cluster in enumerate(live):
        spans: dict[tuple[int, int], Mention] = {}
        for mention in cluster.mentions:
            first = first_of(mention)
            spans.setdefault((seen.start[first], seen.end[max(mention.stop, mention.last) - 1]), mention)
        ordered = sorted(spans)
        for start, end in ordered:
            mention = spans[start, end]
            near, far = mention.reach or (first_of(mention), max(mention.right, mention.last))
            outer_start, outer_end = min(seen.start[near], start), max(seen.end[far - 1], end)
            places.append(
                Where(
                    start,
                    end,
                    seen.start[mention.head],
                    max(outer_start, start - OUTER_MOST),
                    min(outer_end, end + OUTER_MOST),
                    n,
                )
            )
        affiliation = number.get(id(cluster.affiliation)) if cluster.affiliation is not None else None
        entry = cluster.match.entry.id if cluster.match is not None else None
        members = tuple(f"a{number[id(m)] + 1}" for m in cluster.members if id(m) in number)
        actors.append(
            Actor(
                id=f"a{n + 1}",
                name=cluster.name,
                kind=cluster.kind,
                country=cluster.country,
                sector=cluster.sector,
                other_sectors=cluster.other,
                role=cluster.role,
                affiliation=None if affiliation is None or affiliation == n else f"a{affiliation + 1}",
                registry_id=entry,
                key=entry or key_of(cluster.name, cluster.country),
                mentions=tuple(Span(start, end, seen.doc.text[start:end]) for start, end in ordered),
                members=members,
                origin=cluster.origin,
            )
        )
    places.sort(key=lambda w: (w.start, -w.end))
    return Actors(tuple(actors), tuple(places), book.country)


def first_of(mention: Mention) -> int:
    """The first token of a mention as it is shown: with the titles and roles that stand before it."""
    return mention.left if mention.form in ("person", "role", "body") else mention.first


def key_of(name: str, country: str | None) -> str:
    """The identity across articles of an actor without a registry entry: folded name and country."""
    return f"{fold(name).lower()}|{country or ''}"
