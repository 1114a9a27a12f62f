"""What an importer gives, and how it is laid into a file of one's own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dateline.actors.entry import Entry, dump, parse
from dateline.actors.fold import plain
from dateline.actors.words import ROLE_COLUMNS
from dateline.model import Sector


@dataclass(frozen=True, slots=True)
class Noun:
    """A role noun: singular and plural ("-": none), its sector (None: that of whom it belongs to), a second one."""

    singular: str
    plural: str
    sector: Sector | None
    other: Sector | None


@dataclass(frozen=True, slots=True)
class Found:
    """Entries, role nouns, and a sentence for every line that gave neither."""

    entries: tuple[Entry, ...] = ()
    nouns: tuple[Noun, ...] = ()
    notes: tuple[str, ...] = ()


def merge(old: str, entries: Iterable[Entry], where: str) -> str:
    """The text of a file of entries, with `entries` added; one of the same id is replaced. Raises DataError for `old`."""
    lines = {
        entry.id: entry
        for number, line in enumerate(old.splitlines(), 1)
        if line.strip()
        for entry in (parse(line, f"{where}:{number}"),)
    }
    lines |= {entry.id: entry for entry in entries}
    return "".join(dump(lines[identity]) + "\n" for identity in sorted(lines))


def role_table(nouns: Iterable[Noun]) -> str:
    """The text of a table of role nouns, each phrase once, in the form of `actors/data/roles.tsv`."""
    seen: set[str] = set()
    rows = ["\t".join(ROLE_COLUMNS)]
    for noun in sorted(nouns, key=lambda n: (n.singular, n.plural)):
        key = plain(noun.singular if noun.singular != "-" else noun.plural).lower()
        if key not in seen:
            seen.add(key)
            rows.append("\t".join((noun.singular, noun.plural, noun.sector or "-", noun.other or "-", "person", "-")))
    return "\n".join(rows) + "\n"


def slug(name: str) -> str:
    """A name as part of an id: "Élysée Palace" → "elysee-palace"."""
    return re.sub("[^a-z0-9]+", "-", plain(name).lower()).strip("-")
