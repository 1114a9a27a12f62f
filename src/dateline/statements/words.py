"""The word lists of data/words.toml, checked when they are loaded."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources

from dateline.errors import DataError
from dateline.statements.act import ACTS

_FILE = "statements/data/words.toml"


@dataclass(frozen=True, slots=True)
class Words:
    """The lists as sets of lemmas; `acts`: for each lemma, alone or with what follows it, the acts
    that it may be a cue of."""

    documents: frozenset[str]
    surveys: frozenset[str]
    apart: frozenset[str]
    alone: frozenset[str]
    issuing: frozenset[str]
    issued: frozenset[str]
    leads: frozenset[str]
    same_day: frozenset[str]
    told_when: frozenset[str]
    ground: frozenset[str]
    speech: frozenset[str]
    thought: frozenset[str]
    addressing: frozenset[str]
    quoting: frozenset[str]
    quoted: frozenset[str]
    refusable: frozenset[str]
    yielding: frozenset[str]
    harming: frozenset[str]
    happening: frozenset[str]
    charging: frozenset[str]
    stirring: frozenset[str]
    willing: frozenset[str]
    guarding: frozenset[str]
    duties: frozenset[str]
    failing: frozenset[str]
    wishing: frozenset[str]
    warning: frozenset[str]
    acts: dict[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Load the lists once. Raises DataError naming what is missing or of another form."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))

    def listed(section: str, key: str) -> frozenset[str]:
        entries = table.get(section, {}).get(key)
        if not isinstance(entries, list) or not all(
            isinstance(w, str) and w == w.lower().replace(" x ", " X ") for w in entries
        ):
            raise DataError(f"{_FILE}: [{section}] {key} must be a list of lower-case strings")
        return frozenset(entries)

    unknown = set(table.get("acts", {})) - set(ACTS)
    if unknown:
        raise DataError(f"{_FILE}: [acts] {', '.join(sorted(unknown))} is no act; the acts are {', '.join(ACTS)}")
    acts: dict[str, tuple[str, ...]] = {}
    for act in table.get("acts", {}):
        for word in listed("acts", act):
            acts[word] = (*acts.get(word, ()), act)
    sections = {name: section for section in ("sources", "occasions", "cues") for name in table.get(section, {})}
    if wrong := (({field.name for field in fields(Words)} - {"acts"}) | {"plain"}) ^ sections.keys():
        raise DataError(f"{_FILE}: the lists are not those that are read: {', '.join(sorted(wrong))}")
    lists = {name: listed(section, name) for name, section in sections.items()}
    acts |= dict.fromkeys(lists.pop("plain"), ())
    return Words(acts=acts, **lists)
