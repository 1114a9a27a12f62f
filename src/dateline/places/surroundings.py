"""What the text says around its place names: "Paris, Texas", a state named in an organisation, the publisher's home."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.errors import DataError
from dateline.places import countries, gazetteer, words
from dateline.places.candidates import Entry, entry
from dateline.places.gazetteer import by_gazetteer
from dateline.places.names import fold
from dateline.places.rank import Home, Named
from dateline.places.tables import rows

_WORD = r"[A-Z][\w'’-]*\.?(?:[A-Z]\.)*"
_CAPITALS = re.compile(rf"{_WORD}(?:[ ](?:of |and )?{_WORD}){{0,3}}")
_AFTER = re.compile(
    rf"(?:,\s|\s\(|,?\sin\s(?:the\s)?(?:(?:north|south|east|west)\w*\s|central\s)?)({_WORD}(?:[ ](?:of |and )?{_WORD}){{0,3}})"
)
_DIVISION = re.compile(
    r"(?:['’]s)?\s(?:[Pp]rovinces?|[Gg]overnorate|[Ss]tate|[Cc]ount(?:y|ies)|[Dd]istricts?|[Rr]egion|[Oo]blast|[Pp]refecture|[Dd]epartment|"
    r"[Pp]arish|[Dd]ivision|[Vv]oivodeship)\b"
)
_LISTED = re.compile(
    r"(?:,? (?:and |& )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?){1,9} (?:[Cc]ounties|[Pp]arishes|[Pp]rovinces|[Dd]istricts)\b"
)
"""What follows a name that is one of several divisions: "Hale, Low and Norfield counties"."""
_LAST = re.compile(r" [Cc]ounties\b")
_TOWN_BEFORE = re.compile(r",\s+$")
_BACKGROUND = 0.5
"""Weight of a state or country that is named within something else ("University of Kentucky") against one by itself."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """The names of a text ready for ranking. `group[i]` is the index in `names` of the i-th span, None if unknown."""

    names: tuple[Named, ...]
    group: tuple[int | None, ...]


def read(text: str, spans: Sequence[tuple[int, int]], background: bool = True) -> Reading:
    """Put spans of one name together, with what stands beside them; append evidence from the rest of the text."""
    entries = [_one_of_several(text, *span) or entry(text[slice(*span)]) for span in spans]
    by_end = {end: e for (_, end), e in zip(spans, entries, strict=True)}
    beside = [
        _beside(text, end, e) if e else (frozenset(), frozenset()) for (_, end), e in zip(spans, entries, strict=True)
    ]
    keys = [fold(text[start:end]).removeprefix("the ") for start, end in spans]
    named: dict[tuple[str, frozenset[int], frozenset[int], bool], list[int]] = {}
    for key in dict.fromkeys(keys):
        mine = [i for i, k in enumerate(keys) if k == key and entries[i]]
        said = list(dict.fromkeys(beside[i] for i in mine if beside[i] != (frozenset(), frozenset())))
        first = said[0] if said else (frozenset[int](), frozenset[int]())
        for i in mine:
            # One referent a name, unless the text itself tells two apart.
            here = beside[i] if beside[i] in said else first
            named.setdefault((key, *here, _called_division(text, spans[i][1])), []).append(i)
    names: list[Named] = []
    group: list[int | None] = [None] * len(spans)
    for (_, ids, codes, division), members in named.items():
        towns = [town for i in members if (town := _town_before(text, spans[i][0], by_end))]
        found = entries[members[0]]
        assert found is not None
        for i in members:
            group[i] = len(names)
        names.append(Named(found, ids, codes, tuple(towns[:3]), division=division))
    if background:
        seen = set(keys)
        for key, e in _background(text, spans):
            if key not in seen:
                seen.add(key)
                names.append(Named(e, weight=_BACKGROUND))
    return Reading(tuple(names), tuple(group))


def _one_of_several(text: str, start: int, end: int) -> Entry | None:
    """What a name means that counties share the word with: the "Hale" of "Hale and Low counties"; None where it is none."""
    last = text[:start].endswith(("and ", "& "))
    match = _LISTED.match(text, end) or (_LAST.match(text, end) if last else None)
    if match is None or not match.group().lower().endswith("counties"):
        return None
    found = entry(f"{text[start:end]} County")
    return None if found is None or found.wider else found


def _called_division(text: str, end: int) -> bool:
    """Whether the words after a name that ends there call it a province, county or the like, by itself or with others."""
    return bool(_DIVISION.match(text, end) or _LISTED.match(text, end))


def _beside(text: str, end: int, e: Entry) -> tuple[frozenset[int], frozenset[int]]:
    """Ids of divisions and numbers of countries that the words after a name give, if any candidate lies in them."""
    match = _AFTER.match(text, end)
    if not match or (match.group(1).isupper() and len(match.group(1)) > 4 and not match.group().startswith(",")):
        return frozenset(), frozenset()
    pieces = match.group(1).split(" ")
    for length in range(len(pieces), 0, -1):
        ids, codes = _areas(" ".join(pieces[:length]))
        if ids or codes:
            inside = any(
                c.admin1 in ids or c.admin2 in ids or (int(number) in codes and c.kind != "country")
                for c, number in zip(e.candidates, e.countries, strict=True)
            )
            return (ids, codes) if inside else (frozenset(), frozenset())
    return frozenset(), frozenset()


@by_gazetteer(10_000)
def _areas(name: str) -> tuple[frozenset[int], frozenset[int]]:
    """The divisions (ids) and countries (numbers) that a name may mean."""
    found = words.abbreviations().get(name) or words.abbreviations().get(name.rstrip("."))
    if found:
        return frozenset(c.id for c in found), frozenset()
    e = entry(name)
    if e is None or e.demonym or e.wider:
        return frozenset(), frozenset()
    ids = frozenset(c.id for c in e.candidates if c.kind in ("admin1", "admin2"))
    codes = frozenset(int(n) for c, n in zip(e.candidates, e.countries, strict=True) if c.kind == "country")
    return ids, codes


def _town_before(text: str, start: int, by_end: dict[int, Entry | None]) -> Entry | None:
    """The place name that stands before `start` and a comma."""
    match = _TOWN_BEFORE.search(text, max(0, start - 4), start)
    return by_end.get(match.start()) if match else None


def _background(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[str, Entry]]:
    """States, countries and demonyms outside the spans, wherever they stand."""
    covered = np.zeros(len(text) + 1, dtype=bool)
    for start, end in spans:
        covered[start:end] = True
    for match in _CAPITALS.finditer(text):
        pieces = match.group().split(" ")
        at = match.start()
        offsets = []
        for piece in pieces:
            offsets.append(at)
            at += len(piece) + 1
        i = 0
        while i < len(pieces):
            for length in (3, 2, 1):
                if i + length > len(pieces):
                    continue
                name = " ".join(pieces[i : i + length])
                key = _evident(name)
                if key and not covered[offsets[i] : offsets[i] + len(name)].any():
                    e = entry(name.rstrip(".") if name.rstrip(".") != name and not entry(name) else name)
                    if e:
                        yield key, e
                    i += length - 1
                    break
            i += 1


@by_gazetteer(50_000)
def _evident(name: str) -> str:
    """The folded name if it is a country, a demonym or a state with an abbreviation; else ""."""
    plain = re.sub(r"['’]s?$", "", name)
    key = fold(plain)
    return key if key in _evident_keys() or plain in words.demonyms() else ""


@by_gazetteer()
def _evident_keys() -> frozenset[str]:
    found = {key for key, several in gazetteer.hand().items() if any(c.kind == "country" for c in several)}
    found |= {fold(c.name) for several in words.abbreviations().values() for c in several}
    return frozenset(key for key in found if len(key) > 3)


@by_gazetteer(1000)
def home(domain: str | None) -> Home:
    """What a publisher's domain or name says of where it is read ("lfpress.ca" → Canada); an empty Home if nothing."""
    if not domain:
        return Home()
    host = domain.lower().removeprefix("http://").removeprefix("https://").split("/")[0]
    parts = [part for part in host.split(".") if part not in ("www", "com", "co", "org", "net", "news")]
    letters = "".join(c for c in "".join(parts) if c.isalpha())
    code = {"uk": "GB"}.get(parts[-1], parts[-1].upper()) if len(parts) > 1 else ""
    country = countries.table().get(code)
    number = (ord(code[0]) << 8) + ord(code[1]) if country and len(code) == 2 else 0
    known = next((place for name, place in _publishers().items() if host == name or host.endswith("." + name)), None)
    if known is None:
        return Home(letters, number)
    code, lat, lon = known
    phi, lam = np.radians(lat), np.radians(lon)
    point = (float(np.cos(phi) * np.cos(lam)), float(np.cos(phi) * np.sin(lam)), float(np.sin(phi)))
    return Home(letters, (ord(code[0]) << 8) + ord(code[1]), point)


@by_gazetteer()
def _publishers() -> dict[str, tuple[str, float, float]]:
    """Country and point of the publishers in data/publishers.tsv, by domain."""
    found = {}
    for where, row in rows("publishers.tsv", ("domain", "city", "country")):
        city = max(
            (
                c
                for c in gazetteer.default().lookup(fold(row["city"]))
                if c.country == row["country"] and c.kind == "city"
            ),
            key=lambda c: c.population,
            default=None,
        )
        if city is None:
            raise DataError(f"{where}: the gazetteer has no city '{row['city']}' in {row['country']}")
        found[row["domain"]] = (city.country, city.lat, city.lon)
    return found
