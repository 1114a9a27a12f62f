"""Names of bodies that the registry lacks, with the sector that a noun in them or beside them tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.actors.fold import fold
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, bare_titles, capitalised, cover_of, head_of, plain_last, role_phrases, tag
from dateline.actors.names import given_names
from dateline.actors.publishers import publishers
from dateline.actors.seeming import end_of_body, headline, initials, seeming, sited, thing
from dateline.actors.view import HYPHENS, POSSESSIVE, View
from dateline.actors.words import Role, roles
from dateline.model import BODIES, ActorKind, Sector

if TYPE_CHECKING:
    import spacy.tokens

SECTOR_KINDS: dict[str, ActorKind] = {
    "GOV": "government", "JRN": "media", "BUS": "company", "SOC": "ngo", "REB": "armed group", "UAF": "armed group",
}  # fmt: skip
"""The kind of a body by its sector; any other is an organisation."""


@dataclass(frozen=True, slots=True)
class _Beside:
    """What else a text has: by token the names of the registry (`cover`) and of people (`named`), the tokens of offices (`office`) and
    of titles (`title`), and the last names and bare first names of people."""

    cover: list[Mention | None]
    named: list[Mention | None]
    office: set[int]
    title: set[int]
    surnames: set[str]


def scan_bodies(
    seen: View, known: list[Mention], people: list[Mention], offices: list[tuple[int, int, str]]
) -> list[Mention]:
    """Names of bodies that the registry lacks: ORG entities and plural NORP, with sector by their head noun.

    `offices`: role phrases found (first, last, phrase); what ends in one is no body ("Treasury Secretary").
    """
    beside = _Beside(
        cover_of(seen, known),
        cover_of(seen, people),
        {k for first, last, phrase in offices if roles()[phrase].kind == "person" for k in range(first, last)},
        {k for p in people for k in range(p.left, p.first)},
        {plain_last(p.name) for p in people} | given_names(people),
    )
    found: list[Mention] = []
    for ent in seen.doc.spacy.ents:
        first, last = _trimmed(seen, ent, beside)
        if first < last and not _refused(seen, ent.label_, first, last, beside):
            mention = _body(seen, ent.label_, first, last, beside)
            found += [mention] if mention is not None else []
    found = _titled_bodies(seen, found, beside.cover, beside.named, offices)
    found = sorted([*found, *_called_bodies(seen, found, beside.cover, beside.named, offices)], key=lambda m: m.first)
    for mention in found:
        _possessed(seen, mention, beside.cover)
    return found


def _trimmed(seen: View, ent: spacy.tokens.Span, beside: _Beside) -> tuple[int, int]:
    """The tokens of an entity that may be a body's name, without people, offices, articles and endings; an empty stretch for none."""
    first, last = ent.start, ent.end
    acronym = ent.label_ == "PERSON" and initials(seen, first, last)
    last = next((k for k in range(first, last) if beside.named[k] is not None or k in beside.title), last)
    if not (acronym or ent.label_ in ("ORG", "NORP", "FAC")):
        return first, first
    last = next((k for k in range(first, last) if seen.text[k].isspace() or seen.text[k] in "|@"), last)
    for k in range(first, last):
        of_person = k > first and seen.lower[k] in ("'s", "’s") and seen.plain[k - 1].lower() in beside.surnames
        if k in beside.office or of_person:
            last = k
            break
    while first < last and (seen.lower[first] in ("the", "a", "an", "'s", "’s", "and") or not seen.plain[first]):
        first += 1
    last = _parted(seen, first, last, beside)
    last = end_of_body(seen, first, last, beside.surnames) if first < last else last
    if last - first > 1 and _opens(seen, first):
        first += 1
    while last > first and (seen.lower[last - 1] in POSSESSIVE or not seen.plain[last - 1]):
        last -= 1
    while last - first > 1 and seen.text[last - 1].islower() and seen.pos[last - 1] in ("VERB", "ADP", "CCONJ"):
        last -= 1  # "U.S.-run"
        last -= last - first > 1 and not seen.plain[last - 1]
    return first, last


def _parted(seen: View, first: int, last: int, beside: _Beside) -> int:
    """Where a name ends that the recogniser has drawn together with one of the registry: "Norfield Mills and Walmart"."""
    for k in range(first + 1, last - 1):
        if seen.lower[k] in ("of", "for", "on"):
            break
        after = beside.cover[k + 1]
        whole = after is not None and after.first == k + 1 and after.last == last and beside.cover[first] is None
        if seen.lower[k] == "and" and whole and after is not None and after.kind in BODIES:
            return k
    return last


def _refused(seen: View, label: str, first: int, last: int, beside: _Beside) -> bool:
    """Whether a stretch is no body's name by how it is written, or by what it is known to name otherwise."""
    words, lone = lexicon(), last - first == 1
    if not capitalised(seen.text[first]) or seen.start[first] < seen.body:
        return True  # what stands before the body is a town of the dateline
    if lone and seen.text[first].isupper() and tag(seen, first):
        return True
    if (end := beside.cover[last - 1]) is not None and end.first > first and seen.text[end.first - 1] == "/":
        return True  # the credit of a photograph
    if _ends_in_surname(seen, first, last, beside) or (lone and _stands_for_a_place(seen, first)):
        return True
    field = first >= 2 and seen.lower[first - 1] in ("of", "for", "the")
    if field and fold(seen.string(first, last)).lower() in words.portfolios:
        return True
    if _portfolio(seen, head_of(seen, first, last)):
        return True
    inner = [m for k in range(first, last) if (m := beside.cover[k]) is not None]
    if any(m.first <= first and m.last >= last for m in inner):
        return True
    bare = _bare(seen, first, last, beside)
    role = _role_in(seen, first, last)
    if not bare or (label == "FAC" and role is None) or (inner and all(seen.lower[k] in _JOINTS for k in bare)):
        return True
    if lone and seen.plain[first].lower() in words.not_names:
        return True
    if all(seen.text[k].rstrip(".") in bare_titles() for k in range(first, last)):
        return True
    return label != "NORP" and role is None and sited(seen, first, last)


_JOINTS = ("and", "of", "the")
"""Words between the names of a body's parts."""


def _ends_in_surname(seen: View, first: int, last: int, beside: _Beside) -> bool:
    """Whether a stretch is a person's last name: "Low", "De Blasio", "El-Noury"."""
    before = range(first, last - 1)
    particles = all(seen.lower[k] in lexicon().particles or seen.text[k] in HYPHENS for k in before)
    return particles and seen.plain[last - 1].lower() in beside.surnames


def _bare(seen: View, first: int, last: int, beside: _Beside) -> list[int]:
    """The words of a stretch that are in no name of the registry."""
    return [k for k in range(first, last) if beside.cover[k] is None and seen.plain[k]]


def _body(seen: View, label: str, first: int, last: int, beside: _Beside) -> Mention | None:
    """The body that a stretch names; None where it turns out to be an office, one of a people, or a thing's name."""
    role = None if _centred(seen, first, last) or _firm(seen, first, last) else _role_in(seen, first, last)
    if role is not None and role.kind == "person" and not role.plural:
        return None  # "Prime Minister", "White House Press Secretary": the scan of roles takes it
    mention = Mention(
        "body", first, last, head_of(seen, first, last), first, " ".join(seen.string(first, last).split()),
        body_kind(role), sector=role.sector if role else None, other=(role.other,) if role and role.other else (),
        role_data=role, plural=bool(role and role.plural), origin="ner",
    )  # fmt: skip
    if mention.sector is None or (role is not None and role.phrase in lexicon().body_words):
        mention.sector = _sector_by_words(seen, first, last)
        if mention.sector is not None:
            mention.kind = SECTOR_KINDS.get(mention.sector, "organisation")
    if (paper := _paper(fold(mention.name).lower())) is not None:
        mention.kind, mention.sector, mention.country = "media", "JRN", paper
    if label == "NORP":
        mention.kind, mention.plural = "population", seen.lower[last - 1].endswith("s")
        if not mention.plural:
            return None
    if role is None and (seeming(seen, mention) or headline(seen, first, last, _bare(seen, first, last, beside))):
        return None
    mention.thing = thing(seen, mention)
    mention.countries = {m.country for k in range(first, last) if (m := beside.cover[k]) is not None and m.country}
    if len(mention.countries) == 1:
        mention.country = next(iter(mention.countries))
    return mention


def acronym_after(seen: View, body: Mention) -> str | None:
    """The acronym in brackets after a body's name: "the Fishery Council (FC)"."""
    at = body.last
    if at + 2 >= len(seen) or seen.text[at] != "(" or seen.text[at + 2] != ")":
        return None
    short = seen.text[at + 1]
    return short if short.isupper() and short.isalpha() and 2 <= len(short) <= 8 else None


def acronyms(seen: View, bodies: list[Mention], taken: list[Mention | None]) -> list[Mention]:
    """Where the acronyms that the text gives for its bodies stand untaken, as names of bodies."""
    known = {short for body in bodies if (short := acronym_after(seen, body)) is not None}
    return [
        Mention("body", k, k + 1, k, k, seen.text[k], "organisation", origin="ner")
        for k in range(len(seen))
        if seen.text[k] in known and taken[k] is None and seen.text[k - 1 : k] != ["("]
    ]


def _portfolio(seen: View, token: int) -> bool:
    """Whether a word is one of the fields in a list of offices: "Justice" in "the departments of State, Labor and Justice"."""
    while seen.dep[token] in ("conj", "appos") and seen.head[token] < token:
        token = seen.head[token]
    of = seen.head[token]
    return seen.dep[token] == "pobj" and seen.lower[of] == "of" and seen.lower[seen.head[of]] in lexicon().ministries


def _opens(seen: View, token: int) -> bool:
    """A word whose capital is that of the sentence: "Key Security Council powers"."""
    return seen.lower[token] in lexicon().openers and bool(seen.doc.spacy[token].is_sent_start)


def _stands_for_a_place(seen: View, token: int) -> bool:
    """A lone name in which something is or happens: a town that the recogniser takes for a body. Acronyms are bodies."""
    return (
        seen.dep[token] == "pobj"
        and seen.lower[seen.head[token]] in ("in", "near", "outside")
        and not any(c.isupper() for c in seen.text[token][1:])
        and _role_in(seen, token, token + 1) is None
    )


def _firm(seen: View, first: int, last: int) -> bool:
    """Whether the last word of a longer name is one that firms and papers end in, which its other words do not outdo: "Perry
    Capital", "International Business Times"."""
    return last - first > 1 and lexicon().body_words.get(seen.plain[last - 1].lower()) in ("BUS", "JRN")


def _possessed(seen: View, mention: Mention, cover: list[Mention | None]) -> None:
    """A state before a body's name tells its country: "Kenya's High Court", "the Chilean Senate"."""
    at = mention.first - 1
    possessive = at > 0 and seen.lower[at] in ("'s", "’s")
    before = cover[at - possessive] if at - possessive >= 0 else None
    if before is None or before.last != at + 1 - possessive or not before.country or before.form == "person":
        return
    if possessive or (before.form == "adjective" and seen.head[before.head] >= mention.first):
        before.modifier = True
        mention.left = before.first
        mention.countries.add(before.country)
        mention.country = mention.country or before.country


def _paper(name: str) -> str | None:
    """The country of a newspaper, station or agency, by its folded name."""
    return publishers().get(name) or lexicon().agencies.get(name)


def _titled_bodies(
    seen: View, found: list[Mention], cover: list[Mention | None], named: list[Mention | None],
    offices: list[tuple[int, int, str]],
) -> list[Mention]:  # fmt: skip
    """Bodies whose name ends in a role noun with a capital, found or mended: "Democratic Unionist Party"."""
    for _, last, phrase in offices:
        role = roles()[phrase]
        if role.kind != "organisation" or not capitalised(seen.text[last - 1]) or seen.pos[last - 1] != "PROPN":
            continue
        first = last - 1
        while first > 0 and capitalised(seen.text[first - 1]) and named[first - 1] is None and seen.space[first - 1]:
            inner = cover[first - 1]
            if seen.pos[first - 1] not in ("PROPN", "ADJ", "NOUN") or (inner is not None and inner.form != "adjective"):
                break
            if _opens(seen, first - 1):
                break
            if seen.paragraph[first - 1] != seen.paragraph[last - 1]:
                break
            first -= 1
        if last - first < 2 or any(m.first <= first and m.last >= last for m in found):
            continue
        countries = {m.country for k in range(first, last) if (m := cover[k]) is not None and m.country}
        sector = lexicon().body_words.get(phrase, role.sector)  # "Fishermen's Coalition" is no force
        found = [m for m in found if not (first < m.last and m.first < last)]
        found.append(
            Mention(
                "body", first, last, head_of(seen, first, last), first, seen.string(first, last),
                SECTOR_KINDS.get(sector or "", "organisation"),
                next(iter(countries)) if len(countries) == 1 else None, sector, (role.other,) if role.other else (),
                role_data=role, origin="head noun", countries=countries,
            )
        )  # fmt: skip
    return sorted(found, key=lambda m: m.first)


def _called_bodies(
    seen: View, found: list[Mention], cover: list[Mention | None], named: list[Mention | None],
    offices: list[tuple[int, int, str]],
) -> list[Mention]:  # fmt: skip
    """Names that only a noun before them tells to be a body: "the newspaper Morgenblatt"."""
    taken = cover_of(seen, found)
    called = []
    for _, first, phrase in offices:
        role, last = roles()[phrase], first
        if role.kind != "organisation" or role.plural or capitalised(seen.text[first - 1]):
            continue
        while (
            last < len(seen) and seen.pos[last] == "PROPN" and capitalised(seen.text[last]) and seen.space[last - 1]
            and cover[last] is None and named[last] is None and taken[last] is None
        ):  # fmt: skip
            last += 1
        titled = first < len(seen) and seen.text[first] in bare_titles()  # "army Cmdr. Ann Low"
        if (
            last > first and not titled and seen.plain[first].lower() not in lexicon().not_names
        ):  # "on the network Tuesday"
            called.append(
                Mention(
                    "body", first, last, head_of(seen, first, last), first, seen.string(first, last), body_kind(role),
                    sector=role.sector, other=(role.other,) if role.other else (), role_data=role, origin="noun before",
                )
            )  # fmt: skip
    return called


def _sector_by_words(seen: View, first: int, last: int) -> Sector | None:
    """The sector that a word of a body's name tells where no role noun does; a role noun after it ("Yonhap news agency")."""
    table = lexicon().body_words
    for k in range(last - 1, first - 1, -1):
        if (sector := table.get(seen.plain[k].lower())) is not None:
            return sector
    if last - first > 1 and (chamber := lexicon().chambers.get(seen.plain[first].lower())) is not None:
        return chamber
    hit = role_phrases().longest_at(seen, last, False) if last < len(seen) else None
    if (
        hit is not None
        and seen.space[last - 1]
        and roles()[hit[1]].kind == "organisation"
        and not roles()[hit[1]].plural
    ):
        return roles()[hit[1]].sector
    return None


def _centred(seen: View, first: int, last: int) -> bool:
    """Whether a word before "of" or "for" tells what a body is, whatever follows: "Norfield Center for Public Affairs"."""
    cut = next((k for k in range(first + 1, last) if seen.lower[k] in ("of", "for")), first)
    head = seen.plain[cut - 1].lower() if cut > first else ""
    return head in lexicon().body_words and head not in roles()


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
