"""Which descriptions belong to which names: titles and roles before a name, appositions, "X is the Y", "Y of Z".

A role that describes a named person is consumed: it lends the person role, country, owner and gender, and its noun phrase
becomes part of the person's mention.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from dateline.actors.describe import LAPSING
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, capitalised
from dateline.actors.view import View
from dateline.actors.words import roles

_DASHES = ("—", "–", "--", "―")


@dataclass(slots=True)
class Links:
    """What describes what: by person mention (its id()) the roles that describe it, and the roles consumed.

    `apart`: a consumed role that stands apart from the name ("X is the Y", "X, the Y"): a mention of its own too.
    """

    roles: dict[int, list[Mention]] = field(default_factory=dict)
    consumed: dict[int, Mention] = field(default_factory=dict)
    apart: set[int] = field(default_factory=set)

    def add(self, person: Mention, role: Mention, apart: bool) -> None:
        """Let `role` describe `person`."""
        self.roles.setdefault(id(person), []).append(role)
        self.consumed[id(role)] = person
        if apart:
            self.apart.add(id(role))


def link(seen: View, cover: list[Mention | None], people: list[Mention], described: list[Mention]) -> Links:
    """Link roles with names. Changes the mentions: left edges of people, countries, owners, modifiers."""
    links = Links()
    by_left = {role.left: role for role in described}
    heads = {person.head: person for person in people}
    for role in described:
        person = _after(seen, cover, role)
        if person is not None:
            person.left = min(person.left, role.left)
            if role.owner is person:
                role.owner = None
            links.add(person, role, False)
    lefts = {person.left: person for person in people}
    for role in described:
        if id(role) in links.consumed or role.plural or (role.role_data and role.role_data.kind != "person"):
            continue  # a body is described, too, but no person is it
        person = _apposed(seen, cover, role, lefts) or _predicated(seen, heads, role)
        if person is not None and person is not role.owner:
            links.add(person, role, True)
            first, last = person.reach or (person.left, person.last)
            person.reach = (min(first, role.left), max(last, role.right))
    for role in described:
        body = None if id(role) in links.consumed or role.plural else _called(seen, cover, role)
        if body is not None:
            if body.role_data is None and role.sector is not None:
                body.sector, body.kind = role.sector, role.kind
            body.countries |= role.countries
            body.left = min(body.left, role.left) if role.last == body.first else body.left
            if role.owner is body:
                role.owner = None
            links.add(body, role, False)
    for person in people:
        _beside(seen, cover, person, by_left, links)
        _bracketed(seen, person, links)
    for role in described:
        _example(seen, cover, role, links)
    _share(seen, people, links)
    return links


_OF = frozenset({"of", "for", "from", "at", "in", "to", "with"})
"""What leads in whose or where somebody described is."""
_MANY_TITLES = frozenset({"Sens.", "Reps.", "Govs."})
_BETWEEN = frozenset({",", "and", "&", "of", "a", "(", ")", "-", "."})
LISTED = 10
"""Words between two names of a list at most: "Grassley, Republican of Iowa, and"."""


def _share(seen: View, people: list[Mention], links: Links) -> None:
    """A title or role of several is that of all in the list it opens: "Senators Ann Low and Bo Ek"."""
    for person, other in pairwise(sorted(people, key=lambda p: p.first)):
        many = [role for role in links.roles.get(id(person), ()) if role.plural]
        if not (many or person.role in _MANY_TITLES) or other.role:
            continue
        if any(role.last <= other.first for role in links.roles.get(id(other), ())):
            continue
        if not 0 < other.left - person.last <= LISTED:
            continue
        if all(
            seen.lower[k] in _BETWEEN or (capitalised(seen.text[k]) and seen.pos[k] in ("PROPN", "ADJ", "NOUN"))
            for k in range(person.last, other.left)
        ):
            other.sector, other.role = other.sector or person.sector, other.role or person.role
            links.roles[id(other)] = [*many, *links.roles.get(id(other), ())]


def _example(seen: View, cover: list[Mention | None], role: Mention, links: Links) -> None:
    """Who is named as one of those described is one of them: "Norland generals including Ann Low and Bo Ek"."""
    words, at = lexicon(), role.right
    if not role.plural or role.kind != "population" or role.mark or (role.role or "").split()[-1] in words.relations:
        return
    at += at < len(seen) and seen.text[at] == ","
    opening = " ".join(seen.lower[at : at + 2])
    at += 2 if opening == "such as" else 1 if opening.startswith("including ") else 0
    person = cover[at] if at > role.right and at < len(seen) else None
    if person is None or person.form != "person" or not person.left <= at <= person.first or person.role:
        return
    if role.sector in (None, "CVL"):
        person.countries |= role.countries  # "women such as": no calling
    elif not links.roles.get(id(person)):
        links.roles[id(person)] = [role]


def _after(seen: View, cover: list[Mention | None], role: Mention) -> Mention | None:
    """The person named directly after a role noun."""
    for at in (role.last, role.right):
        person = cover[at] if at < len(seen) else None
        if person is not None and person.form == "person" and person.first == at:
            if role.last < at and (role.owner is person or seen.lower[person.left - 1] in _OF):
                return None  # "a supporter of Ann Low"
            return person if seen.paragraph[at] == seen.paragraph[role.head] else None
    return None


def _called(seen: View, cover: list[Mention | None], role: Mention) -> Mention | None:
    """The body that a described body is called: "the newspaper X", "X news agency", "a newspaper, the X,"."""
    if role.role_data is None or role.role_data.kind != "organisation":
        return None
    at = role.last
    after = cover[at] if at < len(seen) else None
    if (
        after is not None
        and after.form == "body"
        and after.first == at
        and seen.paragraph[at] == seen.paragraph[role.head]
    ):
        return after
    before = cover[role.first - 1] if role.first > role.left else None
    if before is not None and before.form == "body" and before.last == role.first and role.sector == "JRN":
        return before
    for k in (at + 1, at + 2):
        body = cover[k] if at < len(seen) and seen.text[at] == "," and k < len(seen) else None
        if body is not None and body.form == "body" and body.first == k and seen.head[body.head] == role.head:
            return body
    return None


def _apposed(seen: View, cover: list[Mention | None], role: Mention, lefts: dict[int, Mention]) -> Mention | None:
    """The person apposed to a role: "the minister, X," and "X, the minister,"."""
    n = len(seen)
    at = _clause_end(seen, role)
    if at + 1 < n and seen.text[at] in (",", *_DASHES) and seen.paragraph[at + 1] == seen.paragraph[at]:
        person = lefts.get(at + 1)
        if person is not None:
            closed = person.last >= n or seen.text[person.last] in (",", ".", ";", ":", ")", "(", *_DASHES)
            parsed = seen.dep[person.head] == "appos" and role.left <= seen.head[person.head] < role.right
            dashed = seen.text[at] in _DASHES
            if (
                parsed
                or _opening_office(seen, role, person)
                or (closed and (dashed or role.definite or role.countries or role.left == role.first))
            ):
                return person
    before = role.left - 1
    while before >= 0 and (
        seen.lower[before] in ("the", "a", "an", "who", "is", "was", "also", "then")
        or (seen.text[before].isspace() and "\n" not in seen.text[before])
    ):
        before -= 1
    if before > 0 and seen.text[before] in (",", "(", *_DASHES):
        end = _before_age(seen, before)
        person = cover[end - 1]
        if (
            person is not None
            and person.form == "person"
            and person.last == end
            and seen.paragraph[end - 1] == seen.paragraph[role.head]
        ):
            dep = seen.dep[role.head]
            following = seen.pos[role.right] if role.right < n else "PUNCT"
            if dep == "appos" and seen.head[role.head] in range(person.first, person.last):
                return person
            if dep in ("nsubj", "nsubjpass") and following in ("VERB", "AUX"):
                return None
            if following in ("PUNCT", "CCONJ", "SCONJ", "ADP", "PRON", "SPACE", "VERB", "ADV") and not _starts_list(
                seen, role
            ):
                return person
    return _apposed_with(seen, cover, role)


def _opening_office(seen: View, role: Mention, person: Mention) -> bool:
    """Whether an office without an article opens the sentence of the one named after it: "Minister for Trade, Ann Low said"."""
    opens = bool(seen.doc.spacy[role.left].is_sent_start) and not role.plural
    said = seen.dep[person.head] == "nsubj" and person.last <= seen.head[person.head] <= person.last + 1
    return opens and said and seen.dep[role.head] in ("dep", "nmod") and seen.head[role.head] == seen.head[person.head]


def _before_age(seen: View, comma: int) -> int:
    """The token after the name before a comma, past its age or party: "Ann Low, 41, a nurse", "Ann Low (D-Ohio), a member"."""
    age = seen.text[comma - 1]
    if comma > 2 and age.isdigit() and len(age) <= 3 and seen.text[comma - 2] == ",":
        return comma - 2
    if comma > 4 and age == ")":
        opening = next((k for k in range(comma - 2, max(comma - 8, 0), -1) if seen.text[k] == "("), 0)
        if opening and seen.text[opening + 1].rstrip(".") in _PARTIES:
            return opening
    return comma


def _apposed_with(seen: View, cover: list[Mention | None], role: Mention) -> Mention | None:
    """The person to whom a role without an article is apposed beside another: "X, a Democrat and former judge"."""
    if role.plural or seen.pos[role.left] == "DET" or seen.dep[role.head] != "conj":
        return None
    top = role.head
    while seen.dep[top] == "conj" and seen.head[top] < top:
        top = seen.head[top]
    person = cover[seen.head[top]] if seen.dep[top] == "appos" else None
    if person is None or person.form != "person" or person.last >= top or seen.text[person.last] != ",":
        return None
    return person


def _clause_end(seen: View, role: Mention) -> int:
    """The token after a role noun's phrase, with the relative clause that may follow it: "an aide who left in 2014, X,"."""
    if role.right < len(seen) and seen.lower[role.right] in ("who", "whose"):
        for token in seen.doc.spacy[role.head].rights:
            if token.dep_ == "relcl":
                return min(token.right_edge.i + 1, len(seen))
    return role.right


def _starts_list(seen: View, role: Mention) -> bool:
    """Whether the role only begins another item of a list ("X, a lawyer and Y" stays an apposition; "X, ministers and")."""
    return seen.dep[role.head] == "conj"


def _predicated(seen: View, heads: dict[int, Mention], role: Mention) -> Mention | None:
    """The subject of "X is the Y", "X was named Y", "X became Y", "X served as Y"."""
    verb = seen.head[role.head]
    if seen.dep[role.head] == "pobj" and seen.lower[verb] == "as":
        verb = seen.head[verb]
        if seen.lemma[verb] not in lexicon().serving:
            return None
        role.former |= seen.doc.spacy[verb].tag_ in ("VBD", "VBN") and role.sector in LAPSING
        role.sector = "ELI" if role.former else role.sector
    elif seen.dep[role.head] not in ("attr", "oprd") or seen.pos[verb] not in ("AUX", "VERB"):
        return None
    for token in seen.doc.spacy[verb].lefts:
        if token.dep_ in ("nsubj", "nsubjpass"):
            relative = token.tag_ == "WP" and seen.dep[verb] == "relcl"  # "Ann Low, who served as governor"
            return heads.get(seen.head[verb] if relative else token.i)
    return None


def _beside(
    seen: View, cover: list[Mention | None], person: Mention, by_left: dict[int, Mention], links: Links
) -> None:
    """Names of states and bodies beside a personal name: "Iran's X", "Australian X", "X, of Y", "X of Y"."""
    at = person.left - 1
    if at >= 0 and seen.lower[at] in ("'s", "’s") and at > 0:
        at -= 1
    before = cover[at] if at >= 0 else None
    if (
        before is not None
        and before.last <= person.first
        and before.form != "person"
        and seen.paragraph[at] == seen.paragraph[person.head]
    ):
        possessive = at + 1 < person.left
        compound = seen.head[before.head] in range(person.left, person.last) and seen.dep[before.head] in (
            "compound", "amod", "nmod", "poss",
        )  # fmt: skip
        if possessive or compound or before.form == "adjective":
            before.modifier = True
            person.left = min(person.left, before.left)
            if before.country:
                person.countries.add(before.country)
            if before.kind not in ("country", "population") and before.form != "adjective":
                person.owner = person.owner or before
    apposed = cover[seen.head[person.head]] if seen.dep[person.head] == "appos" else None
    if apposed is not None and apposed.kind == "igo" and apposed.last < person.first:
        person.owner = person.owner or apposed  # "The U.N. High Commissioner for Refugees, X,"
        if apposed.country:
            person.countries.add(apposed.country)
    at = person.last
    if at < len(seen) and seen.text[at] == ",":
        at += 1
    if (
        at + 1 < len(seen)
        and seen.lower[at] in ("of", "from", "at")
        and seen.paragraph[at] == seen.paragraph[person.head]
    ):
        if seen.text[at - 1] != "," and seen.lower[at] in ("at", "from"):
            return
        place = seen.lower[at] == "at"
        at += 1
        while at < len(seen) and seen.lower[at] in ("the", "a", "an"):
            at += 1
        body = cover[at] if at < len(seen) else None
        noun = body.last if place and body is not None and body.last < len(seen) else None
        if noun is not None and seen.pos[noun] == "NOUN" and seen.lower[noun] not in roles():
            body = None  # "X, at a Group of 20 meeting"
        if body is not None and body.form != "person" and body.first == at:
            person.owner = person.owner or body
            if body.country and body.form != "capital":
                person.countries.add(body.country)
            if body.kind == "country":
                body.modifier = True
    for role in links.roles.get(id(person), ()):
        if role.former:
            person.former = True


_PARTIES = ("D", "R", "I")
"""The parties of American legislators, as they stand in brackets after a name."""


def _of_member(seen: View, first: int) -> bool:
    """Whether a region is where a legislator is from: "Ann Low (D-Ohio)"."""
    dash = seen.text[first - 1] in ("-", "–") if first > 1 else False
    return dash and seen.text[first - 2].lstrip("(") in _PARTIES


def _bracketed(seen: View, person: Mention, links: Links) -> None:
    """Who has a party and a state in brackets sits in a legislature of the USA, unless another office is told."""
    at = person.last
    if at + 2 >= len(seen) or seen.text[at] != "(" or seen.text[at + 1] not in _PARTIES or seen.text[at + 2] != "-":
        return
    person.countries.add("USA")
    if not any(role.sector for role in links.roles.get(id(person), ())):
        person.sector = person.sector or "LEG"


def is_place(seen: View, mention: Mention, region: bool) -> bool:
    """Whether a name of a state, a region or a capital stands for a place here, not for who rules it.

    States are places only where something is in, at or near them or moves to or from them, and in the printed dateline;
    a capital or a part of a state (`region`) also where it qualifies a noun ("the Istanbul talks", "the Kashmir dispute").
    """
    words = lexicon()
    if seen.start[mention.first] < seen.body:
        return True
    head, capital = mention.head, mention.form == "capital"
    after = mention.last
    if region and _of_member(seen, mention.first):
        return True
    if capital and after < len(seen) and seen.text[after] in "-–/" and not seen.space[after - 1]:
        return True
    if (capital or region) and seen.dep[head] in ("compound", "amod", "nmod", "npadvmod", "nummod"):
        return True
    for _ in range(4):
        if seen.dep[head] == "conj":
            head = seen.head[head]
    if (
        seen.dep[head] == "appos"
        and mention.first
        and seen.text[mention.first - 1] == ","
        and seen.doc.spacy[seen.head[head]].ent_type_ in ("GPE", "LOC", "FAC")
    ):
        return True
    if (
        mention.first >= 2
        and seen.text[mention.first - 1] == ","
        and seen.doc.spacy[mention.first - 2].ent_type_ == "GPE"
        and not capital
        and after < len(seen)
        and seen.text[after] in ",."
    ):
        return not any(seen.lower[k] == "and" for k in range(after, min(len(seen), after + 3)))
    if seen.dep[head] != "pobj":
        return False
    preposition = seen.head[head]
    word = seen.lower[preposition]
    if word in words.locatives:
        return True
    if word in ("to", "from", "for", "towards", "toward", "of"):
        governor = seen.lemma[seen.head[preposition]]
        if word == "of":
            return capital
        return governor in words.motion or (capital and word == "from" and seen.pos[seen.head[preposition]] == "VERB")
    return False
