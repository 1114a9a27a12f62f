"""Bodies that the recogniser took for people, and people that it took for bodies, by the role noun beside their name."""

from __future__ import annotations

from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, capitalised
from dateline.actors.view import View
from dateline.actors.words import first_names, roles


def misread(cover: list[Mention | None], role: Mention) -> Mention | None:
    """A body that the recogniser took for a person: "the rebel group Ansar Vanguard"."""
    if role.role_data is None or role.role_data.kind != "organisation" or role.plural or role.last >= len(cover):
        return None
    if role.role_data.sector in ("GOV", "LEG", "JUD"):
        return None
    after = cover[role.last]
    return after if after is not None and after.form == "person" and after.left == role.last else None


def misnamed(seen: View, cover: list[Mention | None], role: Mention) -> Mention | None:
    """A person that the recogniser took for a body: "Corvin Hale, a professor at Norfield", "a nurse, Corvin Hale"."""
    data = role.role_data
    if data is None or data.kind != "person" or role.plural:
        return None
    speaks = (role.role or "").split()[-1] in lexicon().spokespeople
    if (data.sector is None or role.role in lexicon().leads) and not (speaks or _of_a_body(role)):
        return None
    return _before(seen, cover, role) or _after(seen, cover, role, speaks)


def titled_bodies(seen: View, cover: list[Mention | None], offices: list[tuple[int, int, str]]) -> list[Mention]:
    """The names taken for those of bodies right after the role of who speaks or holds office: "county spokeswoman Corva Hale"."""
    found = []
    for _, last, phrase in offices:
        role, body = roles()[phrase], cover[last] if last < len(seen) else None
        office = role.sector in _TITLED or phrase.split()[-1] in lexicon().spokespeople
        if body is None or body.first != last or role.kind != "person" or role.plural or not office:
            continue
        if seen.text[last - 1].islower() and seen.head[last - 1] == body.head and _as_of_a_person(body, 2):
            found.append(body)
    return found


def as_people(names: list[Mention]) -> list[Mention]:
    """Those mentions of bodies made those of people."""
    for name in names:
        name.form, name.kind, name.sector, name.other = "person", "person", None, ()
        name.gender = first_names().get(name.name.split()[0].lower())
    return names


def aged(seen: View, bodies: list[Mention]) -> list[Mention]:
    """The names taken for those of bodies whose age is told: "Corva Hale, 34, was hurt"."""
    return [b for b in bodies if _as_of_a_person(b, 2) and age_after(seen, b)]


def age_after(seen: View, name: Mention) -> bool:
    """Whether an age stands after a name, between commas."""
    after = seen.text[name.last : name.last + 3]
    return len(after) == 3 and after[0] == "," and after[1].isdigit() and 0 < int(after[1]) < 120 and after[2] in ",.;"


_TITLED = frozenset({"GOV", "LEG", "JUD", "MIL", "COP"})
"""Sectors of the holders of an office, whose names follow it like a title."""


def _of_a_body(role: Mention) -> bool:
    """Whether a role is told to be held in a named body that no company is: "the chief of the UN's health agency"."""
    owner = role.owner
    return owner is not None and owner.kind in ("igo", "ngo", "government", "armed group")


def _before(seen: View, cover: list[Mention | None], role: Mention) -> Mention | None:
    """The name before a role that stands in apposition to it."""
    at = role.left - 2
    body = cover[at] if at >= 0 and seen.text[at + 1] == "," and seen.dep[role.head] == "appos" else None
    if body is None or body.last != at + 1 or not _as_of_a_person(body, 2):
        return None
    return body if seen.head[role.head] in range(body.first, body.last) else None


def _after(seen: View, cover: list[Mention | None], role: Mention, speaks: bool) -> Mention | None:
    """The name after a role that stands in apposition to it; of one word only where the role is to speak for somebody."""
    at = max(role.last, role.right) + 1
    firm = (role.role or "").split()[-1] in lexicon().firms_too
    if firm or at >= len(seen) or seen.text[at - 1] != ",":
        return None
    body = cover[at]
    if body is None or body.first != at or not _as_of_a_person(body, 1 if speaks else 2):
        return None
    closed = body.last >= len(seen) or seen.text[body.last] in (",", ".", ";") or seen.pos[body.last] in ("VERB", "AUX")
    return body if closed and seen.dep[body.head] == "appos" and seen.head[body.head] == role.head else None


def _as_of_a_person(body: Mention, least: int) -> bool:
    """Whether a name that nothing else tells to be a body's has the form of a person's, of so many words at least."""
    words = body.name.split()
    if body.form != "body" or body.matches or body.origin != "ner" or body.sector is not None:
        return False
    return least <= len(words) <= 4 and all((capitalised(w) and not w.isupper()) or len(w) <= 3 for w in words)
