"""Places that no gazetteer has: buildings and grounds by name, seats of government, capitals and villages as described.

A site is a place only where the text says that something is in or at it ("surrounded the Statehouse", "at Evin prison",
"the Downing Street talks"): elsewhere its name stands for those who act there. It has the name that the text gives it; its
country and coordinates are those of what it lies in, which the name, the words beside it or else the article say, with a
confidence that tells how far that is from the place itself. Where nothing says so they stay null.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from dateline.language import Doc
from dateline.model import Place, Span
from dateline.places import countries, gazetteer, words
from dateline.places.gazetteer import Candidate
from dateline.places.locative import links
from dateline.places.names import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

ORIGIN = "site in the text"
_IN_TOWN, _IN_COUNTRY, _GUESSED = 0.8, 0.4, 0.5
"""Shares of its container's confidence that a site has: a town's is mostly right, a country's capital or middle rarely within
161 km, one that only the rest of the article suggests as often wrong as right (the weights of the ranker are not asked)."""
_LONGEST = 4
"""Capitalised words before the word for a building that are its name."""
_LEADS = 0.5
"""Share of the article's countries that one must have to be where an unplaced seat of government stands."""


_USES = ("seat", "foreign", "building", "settlement")
"""Lists of words that name a site, the first that has a word first."""


@dataclass(frozen=True, slots=True)
class _Site:
    """Tokens [first, last) that name a site; `use`: building, seat, foreign, first, known or settlement."""

    first: int
    last: int
    use: str


def find(doc: Doc, places: Sequence[Place], unknown: Sequence[tuple[int, int]] = ()) -> tuple[Place, ...]:
    """The places of the text with its sites, capitals and villages among them, in the order of first mentions, numbered.

    `unknown`: offsets of names that look like places and that no gazetteer has.
    """
    known = list(places)
    for start, end, city in _capitals(doc, known):
        known = _with_mention(known, city, doc.span(start, end))
    groups: dict[str, list[tuple[_Site, Span]]] = {}
    own = {(m.start, m.end) for p in places if p.kind in ("facility", "region", "water") for m in p.mentions}
    taken = [(m.start, m.end) for p in places for m in p.mentions]
    end = 0
    named = sorted((*_sites(doc, taken), *_settlements(doc, unknown)), key=lambda s: (s.first, -s.last))
    for site in named:
        if site.first < end:
            continue
        end = site.last
        span = doc.span(doc.spacy[site.first].idx, doc.spacy[site.last - 1].idx + len(doc.spacy[site.last - 1]))
        if (span.start, span.end) in own:
            continue  # a site that the gazetteer has
        key = _group(groups, fold(span.text))
        groups.setdefault(key, []).append((site, span))
    known = _uncovered(known, [span for group in groups.values() for _, span in group])
    made = [_place(doc, group, places) for group in groups.values()]
    found = sorted((*known, *made), key=lambda p: p.mentions[0].start)
    return tuple(replace(place, id=f"p{number}") for number, place in enumerate(found, 1))


def _group(groups: dict[str, list[tuple[_Site, Span]]], key: str) -> str:
    """The name under which a site is already known: "Statehouse" after "Indiana Statehouse" is the same."""
    for other in groups:
        if other.endswith(f" {key}") or key.endswith(f" {other}"):
            return other
    return key


def _uncovered(places: list[Place], spans: Sequence[Span]) -> list[Place]:
    """The places without the mentions that are a part of a site's name ("Indiana" in "the Indiana Statehouse")."""
    out = []
    for place in places:
        free = tuple(m for m in place.mentions if not any(m.start < s.end and s.start < m.end for s in spans))
        if free:
            out.append(replace(place, mentions=free))
    return out


def _with_mention(places: list[Place], city: Candidate, span: Span) -> list[Place]:
    """The places with one more mention of a city, new or known."""
    for i, place in enumerate(places):
        if place.geonames_id == city.geonameid:
            mentions = tuple(sorted((*place.mentions, span), key=lambda m: m.start))
            return [*places[:i], replace(place, mentions=mentions), *places[i + 1 :]]
    division = gazetteer.default().by_id(city.admin1) if city.admin1 else None
    made = Place(
        "", city.name, countries.alpha3(city.country), division.name if division else None, city.lat, city.lon,
        city.geonameid, 0.9, (span,), city.kind, "capital in the text",
    )  # fmt: skip
    return [*places, made]


def _capitals(doc: Doc, places: Sequence[Place]) -> Iterator[tuple[int, int, Candidate]]:
    """Capitals that are described: "the Afghan capital", "the capital of Mali", "in the capital" of the country named last."""
    taken = {i for p in places for m in p.mentions for i in range(m.start, m.end)}
    nations = sorted(
        [(m.start, m.end, countries.alpha2(p.country)) for p in places if p.kind == "country" for m in p.mentions]
        + [
            (t.idx, t.idx + len(t), countries.demonyms().get(t.text))
            for t in doc.spacy
            if t.text in countries.demonyms()
        ]
    )
    for token in doc.spacy:
        if token.lower_ != "capital" or token.i == 0 or token.idx in taken or _names_it(doc, token, taken):
            continue
        before = token.nbor(-1)
        start, code = token.idx, None
        modifier = before.nbor(-1) if before.lower_ in ("'s", "’s") and before.i else before
        for first, last, country in nations:
            if modifier.idx + len(modifier) == last:
                start, code = (first if before is modifier else token.idx), country
        if code is None and token.dep_ == "pobj" and before.lower_ in ("the", "'s", "’s"):
            code = next((c for first, _, c in reversed(nations) if first < token.idx and c), None)
        city = words.capital_of(code) if code else None
        if city is not None:
            free = not any(i in taken for i in range(start, token.idx))
            yield start if free else token.idx, token.idx + len(token), city


def _names_it(doc: Doc, token: Token, taken: set[int]) -> bool:
    """Whether the capital is named beside the word ("the capital, Kabul", "capital Kabul"), or the word is of money."""
    after = [t for t in doc.spacy[token.i + 1 : token.i + 5] if not t.is_space]
    if not after:
        return False
    if after[0].pos_ in ("NOUN", "PROPN"):
        return True
    if after[0].text == "," or after[0].lower_ in ("of", "city"):
        return any(t.idx in taken for t in after[1:4])
    return False


def _sites(doc: Doc, taken: Sequence[tuple[int, int]]) -> Iterator[_Site]:
    """The sites named in the text, none overlapping another, where something is said to be in or at them."""
    end = 0
    for found in sorted(_candidates(doc), key=lambda s: (s.first, -s.last)):
        if found.first >= end and _placed(doc, found) and not (found.use == "settlement" and _has(doc, found, taken)):
            end = found.last
            yield found


def _has(doc: Doc, site: _Site, taken: Sequence[tuple[int, int]]) -> bool:
    span = doc.spacy[site.first : site.last]
    return any(start < span.end_char and span.start_char < end for start, end in taken)


def _settlements(doc: Doc, unknown: Sequence[tuple[int, int]]) -> Iterator[_Site]:
    """Unknown names that the words beside them make inhabited places: "the village of X", "X district", "X, near Y"."""
    words_for = words.sites()["settlement"]
    for start, end in unknown:
        span = doc.tokens(start, end)
        first, last = span.start, span.end
        before = doc.spacy[max(0, first - 2) : first]
        after = doc.spacy[last : last + 2]
        called = len(before) == 2 and before[1].lower_ == "of" and before[0].lower_ in words_for
        calls = len(after) > 0 and (after[0].lower_ in words_for or after.text.lower() in words_for)
        beside = len(after) == 2 and after[0].text == "," and after[1].lower_ in ("near", "outside", "in")
        if called or calls or beside:
            yield _Site(first, last, "settlement")


def _placed(doc: Doc, site: _Site) -> bool:
    root = doc.spacy[site.first : site.last].root
    return next(links(root, "facility"), None) is not None


def _candidates(doc: Doc) -> Iterator[_Site]:
    lists, known = words.sites(), words.known_sites()
    tokens = doc.spacy
    body = doc.article.body_start or 0
    openings, known_openings = _openings()
    for token in tokens:
        if token.idx < body or token.is_space or token.is_punct:
            continue
        capital, use_may = token.text[0].isupper(), token.lower_ in openings
        known_may = capital and fold(token.text) in known_openings
        for length in (5, 4, 3, 2, 1) if known_may or use_may else ():
            if token.i + length > len(tokens):
                continue
            text = tokens[token.i : token.i + length].text
            if known_may and fold(text) in known and text[-1].isalnum():
                yield _Site(token.i, token.i + length, "known")
                break
            if length < 4 and (use := _use(text.lower(), lists)):
                named = _named(doc, token.i, token.i + length, use, lists["body"])
                if named is not None:
                    yield named
                break
        if token.lower_ in lists["first"] and token.text[0].isupper():
            last = token.i + 1
            while last < len(tokens) and last - token.i < 3 and tokens[last].text[:1].isupper():
                last += 1
            if last > token.i + 1:
                yield _Site(token.i, last, "first")


@cache
def _openings() -> tuple[frozenset[str], frozenset[str]]:
    """How words for sites begin, and folded names of known sites: every beginning of their first words, since a token may end within one."""
    lists = words.sites()
    return _beginnings(word for use in _USES for word in lists[use]), _beginnings(words.known_sites())


def _beginnings(names: Iterable[str]) -> frozenset[str]:
    firsts = {name.split()[0] for name in names}
    return frozenset(first[:end] for first in firsts for end in range(1, len(first) + 1))


def _use(text: str, lists: dict[str, frozenset[str]]) -> str | None:
    return next((use for use in _USES if text in lists[use]), None)


def _named(doc: Doc, first: int, last: int, use: str, bodies: frozenset[str]) -> _Site | None:
    """The whole name that ends in the word at [first, last), None if it is no name."""
    tokens = doc.spacy
    after = tokens[last] if last < len(tokens) else None
    if after is not None and after.is_alpha and (after.text[0].isupper() or after.lower_ in bodies):
        return None  # "Hospital Association", "Palace Road"
    start = first
    while start > 0 and first - start < _LONGEST and _name_part(tokens[start - 1], tokens[start]):
        start -= 1
    while start < first and not tokens[start].text[0].isalpha():
        start += 1
    if use == "settlement":
        people = start == first - 1 and tokens[start].text in countries.demonyms()
        plain = tokens[first].is_lower and start < first and not people
        return _Site(start, first, use) if plain else None  # "Gush Etzion settlement bloc"
    capital = tokens[first].text[0].isupper() and not tokens[first].is_sent_start
    if start < first or capital:
        return _Site(start, last, use)
    definite = first > 0 and tokens[first - 1].lower_ == "the"
    return _Site(first, last, use) if use == "seat" and definite else None


def _name_part(token: Token, after: Token) -> bool:
    """Whether a word before the word for a building is a part of its name."""
    if token.text in ("-", "–") or token.lower_ in ("al", "al-", "el"):
        return True
    if not token.text[:1].isupper() or token.pos_ in ("DET", "ADP", "PRON", "CCONJ", "SCONJ", "AUX", "VERB", "ADV"):
        return False
    return not (token.ent_type_ in ("DATE", "TIME") or after.text in ("'s", "’s", ","))


def _place(doc: Doc, group: Sequence[tuple[_Site, Span]], places: Sequence[Place]) -> Place:
    """One site with all its mentions: its name is the longest, where it lies what the plainest mention says."""
    spans = tuple(span for _, span in group)
    name = max((s.text for s in spans), key=len).replace("\n", " ")
    kind = "city" if group[0][0].use == "settlement" else "facility"
    blank = Place("", name, mentions=spans, kind=kind, origin=ORIGIN)
    site = next((words.known_sites()[fold(s.text)] for s in spans if fold(s.text) in words.known_sites()), None)
    if site is not None:
        return replace(blank, name=site[0], country=countries.alpha3(site[1]), lat=site[2], lon=site[3], confidence=0.9)
    for one, span in group:
        around = _beside(doc, one, span, places)
        if around is not None:
            return _lies_in(blank, around, one.use == "seat", 1.0)
    around = _suggested(doc, spans[0], places)
    return _lies_in(blank, around, group[0][0].use == "seat", _GUESSED) if around is not None else blank


def _lies_in(site: Place, around: Place, seat: bool, sure: float) -> Place:
    """The site with the country, division and coordinates of what it lies in; a seat of government in the capital."""
    site = replace(site, country=around.country, admin1=around.admin1)
    share = (_IN_TOWN if around.kind in ("city", "facility", "admin2") else _IN_COUNTRY) * sure
    if around.kind == "country":
        city = words.capital_of(countries.alpha2(around.country) or "") if seat else None
        if city is None:
            return replace(site, confidence=round(around.confidence * share, 4))
        return replace(site, lat=city.lat, lon=city.lon, confidence=round(around.confidence * _IN_TOWN * sure, 4))
    return replace(site, lat=around.lat, lon=around.lon, confidence=round(around.confidence * share, 4))


def _beside(doc: Doc, site: _Site, span: Span, places: Sequence[Place]) -> Place | None:
    """The place named in the site's name, before it ("Zimbabwe's parliament") or in a phrase behind it ("in Kabul")."""
    tokens = doc.spacy
    behind = site.last
    area = words.locatives()["area"]
    while (
        behind < len(tokens)
        and behind - site.last < 5
        and (
            tokens[behind].lower_ in ("in", "of", "near", "outside", "at", "the", "city", ",")
            or tokens[behind].lower_ in area
        )
    ):
        behind += 1
    best: tuple[int, Place] | None = None
    for place in places:
        for mention in place.mentions:
            if span.start <= mention.start and mention.end <= span.end:
                if {fold(mention.text), fold(place.name)} & words.common():
                    continue  # "Western High School"
                rank = 1 if not (site.use == "foreign" and place.kind == "country") else 9
            elif behind < len(tokens) and behind > site.last and mention.start == tokens[behind].idx:
                rank = 0
            elif mention.end <= span.start and doc.text[mention.end : span.start].strip() in ("'s", "’s", ""):
                rank = 2 if site.use != "foreign" else 9
            else:
                continue
            if rank < 9 and (best is None or rank < best[0]):
                best = (rank, place)
    if best is not None:
        return best[1]
    return _people(doc, site) if site.use != "foreign" else None


def _people(doc: Doc, site: _Site) -> Place | None:
    """The country of a people in the name or right before it ("the Indian parliament", but not "Georgian Court University")."""
    for token in doc.spacy[max(0, site.first - 1) : site.last]:
        code = countries.demonyms().get(token.text)
        own = token.i >= site.first and site.last - token.i > 2 and doc.spacy[token.i + 1].text[:1].isupper()
        if code and not own:
            country = countries.table()[code]
            return Place("", country.name, country.alpha3, None, country.lat, country.lon, None, 0.9, kind="country")
    return None


def _suggested(doc: Doc, span: Span, places: Sequence[Place]) -> Place | None:
    """Where an unplaced site may stand: the printed dateline's place, else the country that leads the article, its own name apart."""
    wanted = {fold(name) for name in doc.article.dateline}
    for place in places:
        if place.kind == "city" and any(fold(m.text) in wanted for m in place.mentions):
            return place
    counted: Counter[str] = Counter()
    for place in places:
        if place.country:
            counted[place.country] += sum(not span.start <= m.start < span.end for m in place.mentions)
    for token in doc.spacy:
        code = countries.demonyms().get(token.text)
        if code and not span.start <= token.idx < span.end:
            counted[countries.table()[code].alpha3] += 1
    if not counted.total():
        return None
    country, most = counted.most_common(1)[0]
    if most < _LEADS * counted.total():
        return None
    entry = countries.table()[countries.alpha2(country) or ""]
    return Place("", entry.name, country, None, entry.lat, entry.lon, None, most / counted.total(), kind="country")
