"""Actor and agent dictionaries of TABARI, PETRARCH and PETRARCH2 (CAMEO codes, Phoenix dictionaries).

Actors: `NAME [CODE]`, below it `+SYNONYM` and, after a tab, codes bounded by days: `[AFGGOV 20141229-20210815]`,
`[AFGELI >20210815]`, `[AFGOPP <20141229]`. Agents: `NOUN {PLURAL} [~CODE]`, with sets of words (`!PERSON! = MAN, MEN`).
Years of two digits up to 30 are of this century, as in those programs.
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from dateline.actors.entry import Entry, Spell
from dateline.actors.fold import fold
from dateline.actors.importers.found import Found, Noun, slug
from dateline.actors.registry import SUPRANATIONAL, load
from dateline.model import ActorKind, Sector

PIVOT = 30
"""Two-digit years up to this are 20YY, later ones 19YY: the rule of KEDS, TABARI and PETRARCH."""

SHORT = 4
"""A name of one word of at most so many letters stays in capitals (IMF, PLO): it is taken for an acronym."""

_CODE = re.compile(r"\[\s*(?P<code>[A-Za-z~/+#-]+)\s*(?P<when>[^\]]*)\]")
_SET = re.compile(r"!(?P<name>\w+)!\s*=\s*(?P<words>.+)")
_COMMENT = re.compile(r";.*|(?<![\[#])#(?!#).*")
"""The rest of a line from `;` or `#`; `###` is a code."""

_DAYS = re.compile(r"(?P<sign>[<>]?)\s*(?P<first>\d{6,8})(?:\s*-\s*(?P<last>\d{6,8}))?")


@dataclass(frozen=True, slots=True)
class _Table:
    sectors: Mapping[str, Sector]
    countries: Mapping[str, str]
    organisations: Mapping[str, str]


@cache
def _table() -> _Table:
    text = (resources.files("dateline.actors") / "data" / "cameo.toml").read_text(encoding="utf-8")
    return _Table(**tomllib.loads(text))


@cache
def _states() -> frozenset[str]:
    return frozenset(entry.country for entry in load(()).entries.values() if entry.kind == "country")


def actors(text: str, where: str, as_of: datetime.date) -> Found:
    """The entries of an `.actors.txt`. A line that cannot be used gives a note that names it, and is passed over."""
    entries: dict[str, Entry] = {}
    notes: list[str] = []
    for line, names, codes in _blocks(text):
        spells: list[Spell] = []
        place = f"{where}:{line}"
        if not names:
            notes.append(f"{place}: a code without a name")
            continue
        home: list[str] = []
        for number, code, when in codes:
            read = _spell(code, when)
            if isinstance(read, str):
                notes.append(f"{where}:{number}: {names[0]}: {read}")
            elif read is not None:
                home.append(read[0])
                spells.append(read[1])
        if not spells:
            if not codes:
                notes.append(f"{place}: {names[0]}: no code")
            elif not any(note.startswith(f"{where}:{code[0]}:") for note in notes for code in codes):
                notes.append(f"{place}: {names[0]}: a country by itself, which the registry has already")
            continue
        country = home[0]
        spells = [
            spell if own == country else Spell(spell.sector, spell.start, spell.end, None, spell.other, own)
            for own, spell in zip(home, spells, strict=True)
        ]
        identity = f"cameo-{country.lower()}-{slug(names[0])}"
        if identity in entries:
            notes.append(f"{place}: {names[0]}: listed before with the same country; the later one stands")
        entries[identity] = Entry(
            identity, names, _kind(country, spells), country, tuple(spells), f"imported from {where}", as_of
        )
    return Found(tuple(entries.values()), (), tuple(notes))


def _blocks(text: str) -> Iterator[tuple[int, tuple[str, ...], list[tuple[int, str, str]]]]:
    """First line, names and codes (line, code, days) of each actor."""
    names: list[str] = []
    codes: list[tuple[int, str, str]] = []
    begun = 1
    for number, line in _lines(text):
        bounded = line[0].isspace()
        if not bounded and not line.startswith("+") and names:
            yield begun, _once(names), codes
            names, codes = [], []
        if not names:
            begun = number
        if not bounded:
            names.append(_name(line.partition("[")[0].lstrip("+")))
        codes += [(number, match["code"], match["when"].strip()) for match in _CODE.finditer(line)]
    if names:
        yield begun, _once(names), codes


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Lines without comments (`;`, `#`, `<!-- -->` over several lines) and without those left empty."""
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "-->" not in line
            continue
        if line.lstrip().startswith(("<!--", "<! --")):
            inside = "-->" not in line
            continue
        if "---STOP---" in line:
            return
        bare = _COMMENT.sub("", line).rstrip()
        if bare:
            yield number, bare


def _name(raw: str) -> str:
    """`HAMID_KARZAI_` → "Hamid Karzai"; `IMF` and `U.S.` stay."""
    words = raw.replace("_", " ").split()
    if len(words) == 1 and (len(words[0].strip(".")) <= SHORT or "." in words[0]):
        return words[0]
    return " ".join("-".join(part[:1] + part[1:].lower() for part in word.split("-")) for word in words)


def _once(names: Sequence[str]) -> tuple[str, ...]:
    return tuple({fold(name): name for name in reversed(names) if name}.values())[::-1]


def _spell(code: str, when: str) -> tuple[str, Spell] | str | None:
    """Country and spell of a code; a sentence where it cannot be read; None for a country alone."""
    country, groups = _country(code.upper())
    if country is None:
        return f"the code {code} begins with no country or kind of organisation that Dateline knows"
    sectors = list(dict.fromkeys(_table().sectors[g] for g in groups if g in _table().sectors))
    if not sectors and country not in SUPRANATIONAL:
        return None
    if set(sectors) <= {"REL"} and country in SUPRANATIONAL:  # the religion of a group is not what it does
        sectors.insert(0, _OWN.get(country, "GOV"))
    days = _days(when)
    if isinstance(days, str):
        return days
    return country, Spell(sectors[0], days[0], days[1], None, tuple(sectors[1:]))


_OWN: Mapping[str, Sector] = {"NGO": "SOC", "MNC": "BUS", "IMG": "UAF", "ISM": "UAF"}
"""The sector of an organisation whose code gives none; intergovernmental ones are GOV."""


def _country(code: str) -> tuple[str | None, list[str]]:
    groups = [code[at : at + 3] for at in range(0, len(code), 3)]
    table, first = _table(), groups[0]
    if first == "IGO" and len(groups) > 1 and groups[1] in table.organisations:
        return table.organisations[groups[1]], groups[2:]
    if first in _states():
        return first, groups[1:]
    return table.countries.get(first), groups[1:]


def _days(when: str) -> tuple[datetime.date | None, datetime.date | None] | str:
    if not when:
        return None, None
    match = _DAYS.fullmatch(when)
    if match is None:
        return f"the days '{when}' cannot be read; they should look like <20010911, >20010911 or 20010911-20141231"
    try:
        first = _day(match["first"])
        last = _day(match["last"]) if match["last"] else None
    except ValueError:
        return f"the days '{when}' hold a date that does not exist"
    if match["sign"]:
        before = match["sign"] == "<"
        try:
            bound = first + datetime.timedelta(-1 if before else 1)
        except OverflowError:
            return f"the days '{when}' lie outside the calendar"
        return (None, bound) if before else (bound, None)
    if last is None:
        return f"the days '{when}' have one end only"
    return (first, last) if first <= last else f"the days '{when}' end before they begin"


def _day(digits: str) -> datetime.date:
    if len(digits) < 8:
        year = int(digits[:2])
        return datetime.date(year + (2000 if year <= PIVOT else 1900), int(digits[2:4]), int(digits[4:6]))
    return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))


def _kind(country: str, spells: Sequence[Spell]) -> ActorKind:
    """Dictionaries do not say what an actor is: offices bounded by days are a person's."""
    sectors = {spell.sector for spell in spells}
    dated = any(spell.start or spell.end for spell in spells)
    if "ELI" in sectors or (dated and sectors & {"GOV", "LEG", "JUD", "MIL", "OPP"}):
        return "person"
    if country in ("UNO", "EUR", "IGO"):
        return "igo"
    if country in ("NGO", "MNC"):
        return "ngo" if country == "NGO" else "company"
    for kind, of in _KINDS:
        if sectors & of:
            return kind
    return "other"


_KINDS: tuple[tuple[ActorKind, frozenset[Sector]], ...] = (
    ("armed group", frozenset({"REB", "UAF", "PRM"})),
    ("government", frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY"})),
    ("company", frozenset({"BUS"})),
    ("media", frozenset({"JRN"})),
    ("organisation", frozenset({"PTY", "OPP", "LAB", "REL", "SOC", "EDU", "CRM", "AGR"})),
)


def agents(text: str, where: str) -> Found:
    """The role nouns of an `.agents.txt`. A line without a usable code gives a note and is passed over."""
    sets: dict[str, list[str]] = {}
    nouns: list[Noun] = []
    notes: list[str] = []
    for number, line in _lines(text):
        defined = _SET.search(line)
        if defined:
            sets[defined["name"]] = [word.strip() for word in defined["words"].split(",") if word.strip()]
            continue
        match = _CODE.search(line)
        if match is None:
            notes.append(f"{where}:{number}: no code: {line.strip()}")
            continue
        code = match["code"].upper().replace("~", "")
        found = [_table().sectors[g] for g in re.findall("...", code) if g in _table().sectors]
        if not found:
            notes.append(f"{where}:{number}: the code {match['code']} is none of PLOVER's sectors: {line.strip()}")
            continue
        sectors = list(dict.fromkeys(found))
        if not _noun(line[: match.start()].partition("{")[0]):
            notes.append(f"{where}:{number}: a code without a noun: {line.strip()}")
            continue
        phrase, braces, plural = line[: match.start()].partition("{")
        given = plural.partition("}")[0].strip() if braces else None
        for singular, many in _forms(phrase, given, sets):
            nouns.append(Noun(singular, many, sectors[0], sectors[1] if len(sectors) > 1 else None))
    return Found((), tuple(nouns), tuple(notes))


def _forms(phrase: str, plural: str | None, sets: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    """Singular and plural in lower case. A set of words has its plurals in itself: they are told by their ends."""
    marker = re.search(r"!(\w+)!", phrase)
    if marker:
        for word in sets.get(marker[1], ()):
            form = _noun(phrase.replace(marker[0], word))
            yield ("-", form) if form.endswith(("s", "men", "people")) else (form, "-")
        return
    singular = _noun(phrase)
    if plural is not None:
        yield singular, _noun(plural) or "-"
    elif singular.endswith("y"):
        yield singular, singular[:-1] + "ies"
    else:
        yield singular, singular + ("es" if singular.endswith("s") else "s")


def _noun(raw: str) -> str:
    return " ".join(raw.replace("_", " ").split()).lower()
