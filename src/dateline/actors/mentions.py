"""Mentions by name: what the registry knows, personal names, and the names of bodies that it does not know."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from dateline.actors.fold import fold, plain
from dateline.actors.lexicon import lexicon
from dateline.actors.publishers import publishers
from dateline.actors.registry import Match, Registry, load
from dateline.actors.view import HYPHENS, Phrases, View
from dateline.actors.words import Role, first_names, roles, titles
from dateline.model import ActorKind, Sector

Form = Literal["name", "adjective", "demonym", "capital", "metonym", "person", "body", "role", "group", "pronoun"]


@dataclass(slots=True, eq=False)
class Mention:
    """A candidate. `first:last` are its tokens, `head` its head token; `left` the token where its noun phrase begins.

    `modifier`: it only qualifies another mention ("Turkish" in "Turkish officials") and is no mention of its own.
    """

    form: Form
    first: int
    last: int
    head: int
    left: int
    name: str
    kind: ActorKind = "other"
    country: str | None = None
    sector: Sector | None = None
    other: tuple[Sector, ...] = ()
    matches: tuple[Match, ...] = ()
    role: str | None = None
    role_data: Role | None = None
    gender: Literal["m", "f"] | None = None
    plural: bool = False
    definite: bool = False
    modifier: bool = False
    former: bool = False
    origin: str = ""
    owner: Mention | None = None
    right: int = 0
    owner_pronoun: int | None = None
    place: bool = False
    led: bool = False
    mark: str = ""
    stop: int = 0
    reach: tuple[int, int] | None = None
    abroad: bool = False
    countries: set[str] = field(default_factory=set)


@cache
def registry_phrases() -> Phrases:
    """The names of the registry, for scanning."""
    return Phrases.of(list(load().index))


@cache
def role_phrases() -> Phrases:
    """The role nouns, for scanning."""
    return Phrases.of(list(roles()))


@cache
def _title_words() -> dict[str, tuple[str, ...]]:
    """Titles as token sequences by their first word, longest first."""
    found: dict[str, list[str]] = {}
    for title in titles():
        found.setdefault(title.split(" ")[0], []).append(title)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in found.items()}


SECTOR_KINDS: dict[str, ActorKind] = {
    "GOV": "government", "JRN": "media", "BUS": "company", "SOC": "ngo", "REB": "armed group", "UAF": "armed group",
}  # fmt: skip
"""The kind of a body by its sector; any other is an organisation."""

_NOUNISH = frozenset({"NOUN", "PROPN", "ADJ", "X", "INTJ", "NUM"})


def scan_registry(seen: View, on: datetime.date | None, registry: Registry) -> list[Mention]:
    """Names of the registry, longest match first, left to right."""
    phrases, found, i = registry_phrases(), [], 0
    while i < len(seen):
        hit = phrases.longest_at(seen, i, cased=True) if seen.plain[i] else None
        if hit is None or not _named(seen, i, hit[0]):
            i += 1
            continue
        last = hit[0]
        matches = registry.lookup(seen.string(i, last), on)
        if matches:
            found.append(_registered(seen, i, last, matches))
            i = last
        else:
            i += 1
    return found


def _named(seen: View, first: int, last: int) -> bool:
    """Whether the tokens are written as a name: with a capital, and a lone word not as another part of speech."""
    text = seen.string(first, last)
    if not any(c.isupper() for c in text):
        return False
    if last - first == 1:
        word = seen.text[first]
        if not (word[0].isupper() or word[0].isdigit() or not word[0].isalpha()):
            return False
        if seen.pos[first] not in _NOUNISH and len(word) <= 4:
            return False
        if (
            seen.pos[first] in ("VERB", "AUX", "ADP", "PRON", "DET", "CCONJ", "SCONJ")
            and not seen.doc.spacy[first].ent_type
        ):
            return seen.pos[first] == "VERB" and len(word) > 4
    return True


def _registered(seen: View, first: int, last: int, matches: tuple[Match, ...]) -> Mention:
    best = matches[0]
    form: Form = best.sense
    head = head_of(seen, first, last)
    adjective = next((m for m in matches if m.sense == "adjective"), None)
    demonym = next((m for m in matches if m.sense == "demonym"), None)
    if adjective is not None and best.sense in ("name", "adjective") and _modifies(seen, last - 1):
        best, form = adjective, "adjective"
    elif best.sense == "adjective" and demonym is not None:
        best, form = demonym, "demonym"
    return Mention(
        form, first, last, head, first, best.entry.name, best.kind, best.country, best.sector, best.other, matches,
        best.role, None, best.entry.gender, plural=form == "demonym", origin="registry",
    )  # fmt: skip


def _modifies(seen: View, token: int) -> bool:
    """Whether a word stands before the noun that it qualifies."""
    up = seen.head[token]
    return up > token and seen.dep[token] in ("amod", "compound", "nmod", "npadvmod", "nummod", "poss")


def head_of(seen: View, first: int, last: int) -> int:
    """The token of a stretch whose head lies outside it, the last such."""
    for token in range(last - 1, first - 1, -1):
        if not first <= seen.head[token] < last or seen.head[token] == token:
            return token
    return last - 1


def capitalised(word: str) -> bool:
    """Whether a word begins with a capital and has letters."""
    return word[:1].isupper() and any(c.isalpha() for c in word)


def scan_people(seen: View, known: list[Mention]) -> list[Mention]:
    """Personal names: what the entity recogniser calls PERSON, cleaned, and capitalised words after a title or begun by
    a first name."""
    words = lexicon()
    registered = cover_of(seen, known)
    taken = [False] * len(seen)
    found: list[Mention] = []

    def add(first: int, last: int, origin: str, title: str | None = None, left: int | None = None) -> None:
        while last > first and (
            seen.lower[last - 1] in ("'s", "’s", "'", "’", ",", ".", "-") or not seen.plain[last - 1]
        ):
            last -= 1
        if last <= first or any(taken[first:last]):
            return
        name = " ".join(seen.string(first, last).split())
        if not any(capitalised(w) for w in seen.text[first:last]) or seen.plain[last - 1].lower() in words.not_names:
            return
        told = titles().get(title) if title else None
        first_name = first_names().get(seen.plain[first].lower()) if last - first > 1 else None
        mention = Mention(
            "person", first, last, head_of(seen, first, last), first if left is None else left, name, "person",
            gender=(told.gender if told else None) or first_name, sector=told.sector if told else None,
            role=title if told and told.sector else None, origin=origin,
        )  # fmt: skip
        for k in range(first, last):
            taken[k] = True
        found.append(mention)

    for i in range(len(seen)):
        for title in _title_words().get(seen.text[i], ()):
            length = _title_at(seen, i, title)
            if not length:
                continue
            first = i + length
            if (
                first < len(seen)
                and titles()[title].sector
                and seen.doc.spacy[i].ent_type_ in ("ORG", "FAC", "LAW", "EVENT")
                and seen.doc.spacy[first].ent_iob_ == "I"
            ):
                break  # "General Assembly", "Justice Department"
            last = _name_run(seen, first, registered, 5)
            if last > first and not (last - first == 1 and seen.text[first].isupper() and len(seen.text[first]) > 5):
                add(first, last, "title", title, i)
            break
    for ent in seen.doc.spacy.ents:
        if ent.label_ == "PERSON":
            first, last = _clean_person(seen, ent.start, ent.end, registered)
            lone = last - first == 1
            if lone and (
                seen.pos[first] not in ("PROPN", "NOUN", "X") or seen.text[first].rstrip(".") in _bare_titles()
            ):
                continue
            if lone and seen.dep[first] == "pobj" and seen.lower[seen.head[first]] in words.locatives:
                continue  # a town that the recogniser takes for a person
            if last > first and fold(seen.string(first, last)).lower() in publishers():
                continue
            add(first, last, "ner")
    for i in range(len(seen) - 1):
        if taken[i] or not capitalised(seen.text[i]) or seen.plain[i].lower() not in first_names() or registered[i]:
            continue
        token = seen.doc.spacy[i]
        if token.ent_type_ in ("ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART") and token.ent_iob_ == "I":
            continue
        last = _name_run(seen, i, registered, 4)
        if last - i >= 2 and seen.pos[i + 1] == "PROPN" and seen.plain[last - 1].lower() not in role_phrases().longest:
            add(i, last, "first name")
    return sorted(found, key=lambda m: m.first)


def plain_last(name: str) -> str:
    """The last word of a personal name, folded."""
    return plain(name).lower().split()[-1] if plain(name) else ""


def cover_of(seen: View, mentions: list[Mention]) -> list[Mention | None]:
    cover: list[Mention | None] = [None] * len(seen)
    for mention in mentions:
        for k in range(mention.first, mention.last):
            cover[k] = mention
    return cover


def _title_at(seen: View, i: int, title: str) -> int:
    """How many tokens from i on are the title; 0 if they are not."""
    rest = title
    for j in range(i, min(len(seen), i + 6)):
        word = seen.text[j]
        if not rest.startswith(word):
            return 0
        rest = rest[len(word) :]
        if not rest:
            return j + 1 - i
        if rest[0] == " ":
            if not seen.space[j]:
                return 0
            rest = rest[1:]
    return 0


def _name_run(seen: View, first: int, registered: list[Mention | None], most: int) -> int:
    """The end of the run of capitalised words and particles that begins at `first`."""
    words = lexicon()
    last = at = first
    count = 0
    while at < len(seen) and count < most:
        word = seen.text[at]
        if at > first and seen.paragraph[at] != seen.paragraph[first]:
            break
        if word in HYPHENS and at > first and not seen.space[at - 1] and not seen.space[at]:
            at += 1
            continue
        mention = registered[at]
        if mention is not None and (mention.last - mention.first > 1 or at == first):
            break
        particle = seen.lower[at] in words.particles and at > first
        if word.isspace() or not (capitalised(word) or particle or _joined(seen, at, first)):
            break
        verbal = (
            seen.pos[at] in ("VERB", "AUX", "ADP", "PRON", "DET", "CCONJ") and seen.lower[at] not in words.particles
        )
        if verbal and (not capitalised(word) or at == first):
            break
        if capitalised(word) or _joined(seen, at, first):
            last = at + 1
            count += 1
        at += 1
        if not seen.space[at - 1] and at < len(seen) and seen.text[at] not in HYPHENS and seen.text[at] not in (".",):
            break
    return last


def _clean_person(seen: View, first: int, last: int, registered: list[Mention | None]) -> tuple[int, int]:
    """Cut what is no name from the ends of a PERSON entity: nationalities, titles, roles, lower-case words."""
    words = lexicon()
    for k in range(first, last):
        possessive = k > first and seen.lower[k] in ("'s", "’s", "'", "’")
        verb = k > first and seen.pos[k] in ("AUX", "VERB", "ADP") and seen.lower[k] not in words.particles
        if seen.text[k].isspace() or seen.text[k] in "()[]|@" or possessive or verb:
            last = k
            break
    moved = True
    while moved and first < last:
        moved = False
        mention = registered[first]
        if (
            mention is not None
            and mention.form in ("adjective", "demonym")
            and last - first > mention.last - mention.first
        ):
            first, moved = mention.last, True
        elif (
            mention is not None
            and mention.first <= first
            and mention.last >= last
            and mention.matches[0].kind != "person"
        ):
            return first, first
        elif seen.lower[first] in ("the", "'s", "’s", "a", "an", "and", ",", "-", ".") or not seen.plain[first]:
            first, moved = first + 1, True
        elif (
            (hit := role_phrases().longest_at(seen, first, False)) and hit[0] < last and roles()[hit[1]].sector != "CVL"
        ):
            first, moved = hit[0], True
        else:
            for title in _title_words().get(seen.text[first], ()):
                length = _title_at(seen, first, title)
                if length and first + length < last:
                    first, moved = first + length, True
                    break
    while first < last and not capitalised(seen.text[last - 1]) and not _joined(seen, last - 1, first):
        last -= 1
    while last > first and last + 1 < len(seen) and _joined(seen, last + 1, first) and seen.text[last + 1].isalpha():
        last += 2
    if 0 < last < len(seen) - 2 and last > first and _joined(seen, last + 2, last) and capitalised(seen.text[last]):
        if seen.text[last + 2].islower() and seen.space[last - 1]:
            last += 3  # "Lee" of "Lee Do-hoon"
    if last - first > 6 or (last > first and seen.plain[first].lower() in words.not_names):
        return first, first
    return first, last


def _joined(seen: View, token: int, first: int) -> bool:
    """Whether a word hangs on the one before by a hyphen ("Do-hoon")."""
    return (
        token - 2 >= first
        and seen.text[token - 1] in HYPHENS
        and not seen.space[token - 1]
        and not seen.space[token - 2]
        and seen.text[token].isalpha()
    )


def scan_bodies(
    seen: View, known: list[Mention], people: list[Mention], offices: list[tuple[int, int, str]]
) -> list[Mention]:
    """Names of bodies that the registry lacks: ORG entities and plural NORP, with sector by their head noun.

    `offices`: role phrases found (first, last, phrase); what ends in one is no body ("Treasury Secretary").
    """
    cover, named = cover_of(seen, known), cover_of(seen, people)
    office = {k for first, last, phrase in offices if roles()[phrase].kind == "person" for k in range(first, last)}
    surnames = {plain_last(p.name) for p in people}
    found: list[Mention] = []
    for ent in seen.doc.spacy.ents:
        first, last = ent.start, ent.end
        if ent.label_ not in ("ORG", "NORP", "FAC") or any(named[k] for k in range(first, last)):
            continue
        for k in range(first, last):
            if seen.text[k].isspace() or seen.text[k] in "|@":
                last = k
                break
        for k in range(first, last):
            if k in office or (k > first and seen.lower[k] in ("'s", "’s") and seen.plain[k - 1].lower() in surnames):
                last = k
                break
        while first < last and (seen.lower[first] in ("the", "a", "an", "'s", "’s", "and") or not seen.plain[first]):
            first += 1
        while last > first and (seen.lower[last - 1] in ("'s", "’s", "'", "’") or not seen.plain[last - 1]):
            last -= 1
        if last <= first or not capitalised(seen.text[first]):
            continue
        if last - first == 1 and seen.plain[first].lower() in surnames:
            continue
        if (
            first >= 2
            and fold(seen.string(first, last)).lower() in lexicon().portfolios
            and seen.lower[first - 1] in ("of", "for", "the")
        ):
            continue
        inner = {id(m): m for k in range(first, last) if (m := cover[k]) is not None}
        if any(m.first <= first and m.last >= last for m in inner.values()):
            continue
        bare = [k for k in range(first, last) if cover[k] is None and seen.plain[k]]
        if not bare or (ent.label_ == "FAC" and not _role_in(seen, first, last)):
            continue
        if seen.plain[last - 1].lower() in lexicon().not_names and last - first == 1:
            continue
        if inner and all(seen.lower[k] in ("and", "of", "the") for k in bare):
            continue
        if seen.string(first, last).rstrip(".") in _bare_titles():
            continue
        role = _role_in(seen, first, last)
        if role is not None and role.kind == "person" and not role.plural:
            continue  # "Prime Minister", "White House Press Secretary": the scan of roles takes it
        mention = Mention(
            "body", first, last, head_of(seen, first, last), first, " ".join(seen.string(first, last).split()),
            body_kind(role), sector=role.sector if role else None, other=(role.other,) if role and role.other else (),
            role_data=role, plural=bool(role and role.plural), origin="ner",
        )  # fmt: skip
        if mention.sector is None or (role is not None and role.phrase in lexicon().body_words):
            mention.sector = _sector_by_words(seen, first, last)
            if mention.sector is not None:
                mention.kind = SECTOR_KINDS.get(mention.sector, "organisation")
        if (paper := publishers().get(fold(mention.name).lower())) is not None:
            mention.kind, mention.sector, mention.country = "media", "JRN", paper
        if ent.label_ == "NORP":
            mention.kind, mention.plural = "population", seen.lower[last - 1].endswith("s")
            if not mention.plural:
                continue
        mention.countries = {m.country for m in inner.values() if m.country}
        if len(mention.countries) == 1:
            mention.country = next(iter(mention.countries))
        found.append(mention)
    return found


def _sector_by_words(seen: View, first: int, last: int) -> Sector | None:
    """The sector that a word of a body's name tells where no role noun does; a role noun after it ("Yonhap news agency")."""
    table = lexicon().body_words
    for k in range(last - 1, first - 1, -1):
        if (sector := table.get(seen.plain[k].lower())) is not None:
            return sector
    hit = role_phrases().longest_at(seen, last, False) if last < len(seen) else None
    if (
        hit is not None
        and seen.space[last - 1]
        and roles()[hit[1]].kind == "organisation"
        and not roles()[hit[1]].plural
    ):
        return roles()[hit[1]].sector
    return None


@cache
def _bare_titles() -> frozenset[str]:
    """Titles without their full stop."""
    return frozenset(title.rstrip(".") for title in titles())


def _role_in(seen: View, first: int, last: int) -> Role | None:
    """The role noun that heads the name of a body: the last before "of" or "for", else the last anywhere."""
    cut = next((k for k in range(first + 1, last) if seen.lower[k] in ("of", "for", "on", "in", "to")), last)
    phrases = role_phrases()
    for until in (cut, last):
        for k in range(first, until):
            if seen.lower[k] == "house" and first < k and until == k + 1:
                continue
            hit = phrases.longest_at(seen, k, False)
            if hit is not None and hit[0] == until:
                return roles()[hit[1]]
    for k in range(last - 1, first - 1, -1):
        if seen.lower[k] == "house" and k > first:
            continue  # "Chatham House" is no chamber
        hit = phrases.longest_at(seen, k, False)
        if hit is not None and hit[0] <= last and roles()[hit[1]].kind == "organisation" and roles()[hit[1]].sector:
            return roles()[hit[1]]
    return None


def body_kind(role: Role | None) -> ActorKind:
    """The kind of a body by the sector of its head noun."""
    if role is None:
        return "organisation"
    if role.kind == "population":
        return "population"
    return SECTOR_KINDS.get(role.sector or "", "organisation")
