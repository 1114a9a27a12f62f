"""Personal names: which of them are one person."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dateline.actors import offices
from dateline.actors.fold import plain
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.registry import load
from dateline.actors.words import first_names

Parts = tuple[str, ...]


@lru_cache(maxsize=4096)
def parts(name: str) -> Parts:
    """The parts of a name that tell people apart: folded, without particles and "Jr"; initials stay."""
    words = lexicon()
    found = tuple(w for w in plain(name).lower().split() if w not in words.suffixes)
    bare = tuple(w for w in found if w not in words.particles)
    return bare or found


def given_names(people: Sequence[Mention]) -> frozenset[str]:
    """The first names of those named in full, as far as they are ones that the list of first names knows."""
    return frozenset(own[0] for p in people if len(own := parts(p.name)) > 1) & first_names().keys()


def without_initials(name: str) -> str:
    """A name without the initials between its first and its last part: "Vladimir V. Putin" is Vladimir Putin."""
    words = name.split()
    kept = [w for w in words[1:-1] if len(w.rstrip(".")) > 1]
    return " ".join((words[0], *kept, words[-1])) if len(words) > 2 else name


def near(a: str, b: str) -> bool:
    """Whether two parts are one in another spelling: one edit in words of five letters and more."""
    if a == b:
        return True
    if min(len(a), len(b)) < 5 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    if len(a) > len(b):
        a, b = b, a
    at = next((k for k in range(len(a)) if a[k] != b[k]), len(a))
    return a[at:] == b[at + 1 :] or (len(a) == len(b) and a[at + 1 :] == b[at + 1 :])


def _first_agrees(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    called = len(short) > 2 and short in first_names() and long.startswith(short)  # "Ken" of "Kenneth"
    return near(a, b) or called or (len(short) == 1 and a[0] == b[0])


def same_full(a: Parts, b: Parts) -> bool:
    """Whether two names of two parts or more are one person's: "John F. Kerry" and "John Kerry", "Abe Shinzo" and
    "Shinzo Abe", "Mohamed Ali" and "Mohammed Ali"."""
    if a == b or (len(a) == len(b) and set(a) == set(b)):
        return True
    if near(a[-1], b[-1]) and _first_agrees(a[0], b[0]):
        return True
    short, long = sorted((a, b), key=len)
    return len(short) >= 2 and len(short) < len(long) and (long[: len(short)] == short or long[-len(short) :] == short)


def cluster_people(people: Sequence[Mention]) -> list[list[Mention]]:
    """Group the mentions of people: full names first, then single parts to the full name they belong to.

    A single part goes to the person whose last name it is, else whose first; of several, a title's gender decides, then its office,
    then who has been called by it more often ("Mugabe" is not Grace Mugabe once the president was called so), then who was named last.
    """
    groups: list[list[Mention]] = []
    keys: list[list[Parts]] = []
    for mention in people:
        own = parts(mention.name)
        if len(own) < 2:
            continue
        for group, known in zip(groups, keys, strict=True):
            if any(same_full(own, other) for other in known) and _genders_agree(mention, group):
                group.append(mention)
                if own not in known:
                    known.append(own)
                break
        else:
            groups.append([mention])
            keys.append([own])
    singles: dict[str, tuple[list[Mention], list[Parts]]] = {}
    for mention in people:
        own = parts(mention.name)
        if len(own) != 1:
            continue
        best = _best(mention, own[0], groups, keys)
        if best is not None:
            best.append(mention)
        elif own[0] in singles and _genders_agree(mention, singles[own[0]][0]):
            singles[own[0]][0].append(mention)
        else:
            singles[own[0]] = ([mention], [own])
            groups.append(singles[own[0]][0])
            keys.append([own])
    for group in groups:
        group.sort(key=lambda m: m.first)
    return groups


def _best(mention: Mention, part: str, groups: list[list[Mention]], keys: list[list[Parts]]) -> list[Mention] | None:
    scored = []
    for n, (group, known) in enumerate(zip(groups, keys, strict=True)):
        if not _genders_agree(mention, group):
            continue
        rank = 0
        for own in known:
            if len(own) < 2:
                continue
            if own[-1] == part:
                rank = max(rank, 3)
            elif own[0] == part:
                rank = max(rank, 2)
            elif part in own or (len(part) > 5 and near(own[-1], part)):
                rank = max(rank, 1)
        if rank:
            before = [m.first for m in group if m.first < mention.first]
            same = mention.gender is not None and group[0].gender == mention.gender
            held = _held(mention, group)
            alone = sum(m.first < mention.first and len(parts(m.name)) == 1 for m in group)
            scored.append((rank, same, held, alone, max(before, default=-1), -n, group))
    return max(scored, key=lambda s: s[:6])[6] if scored else None


def _held(mention: Mention, group: Sequence[Mention]) -> bool:
    """Whether those of a group have, by the text or in their lives, the office that a title before a last name tells: "President
    Low" is the Low who was president, not the candidate."""
    if mention.role is None:
        return False
    office = offices.noun_of(offices.told_title(mention.role))
    full = {m.name for m in group if len(parts(m.name)) > 1}
    lives = (m.entry for name in full for m in load().lookup(without_initials(name)) if m.kind == "person")
    roles = {plain(s.role).lower() for entry in lives for s in entry.spells if s.role}
    roles |= {offices.told_title(m.role) for m in group if m.role is not None and m is not mention and m.name in full}
    return any(offices.noun_of(role) == office and not role.startswith("vice") for role in roles)


def _genders_agree(mention: Mention, group: list[Mention]) -> bool:
    genders = {m.gender for m in group if m.gender}
    return mention.gender is None or not genders or mention.gender in genders
