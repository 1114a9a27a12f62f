"""A user's codebook as he writes it (TOML): its types with definitions, examples and words; docs/codebook.md."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from dateline.errors import DataError
from dateline.events import codebook, triggers
from dateline.model import EVENT_TYPES, MODES
from dateline.model.event import OWN_TYPE, Quad

BASE = "plover"
"""What a codebook may extend."""
FEWEST, MOST = 8, 50
"""Positive examples that a type needs, and those beyond which more add little (docs/codebook.md)."""
QUADS: tuple[str, ...] = get_args(Quad)
RESERVED = (*EVENT_TYPES, "NONE", "STATE")

_TYPE_KEYS = {
    "quad", "score", "plover", "cameo", "definition", "excludes", "reciprocal", "positive", "negative", *triggers.LISTS,
}  # fmt: skip
_CAMEO = re.compile(r"(0[1-9]|1\d|20)\d{0,2}")
_MARK = re.compile(r"<(/?)(s|t)>")


@dataclass(frozen=True, slots=True)
class OwnType:
    """One type of one's own.

    `plover`: the types, or types with a mode ("RETREAT.release"), that such an event would have among the 16; the first is what
    the exports of other projects write. `reciprocal`: its parties act on each other. `words`: lists as in triggers.toml.
    """

    name: str
    quad: Quad
    score: float
    definition: str
    excludes: str = ""
    plover: tuple[str, ...] = ()
    cameo: str = ""
    reciprocal: bool = False
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    positive: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()

    @property
    def nearest(self) -> tuple[str, str | None] | None:
        """Type and mode of the 16 that stand for it, None if it names none."""
        if not self.plover:
            return None
        type_, _, mode = self.plover[0].partition(".")
        return type_, mode or None

    def covers(self, type_: str, mode: str | None) -> bool:
        """Whether a sentence coded so among the 16 may be one of this type."""
        return type_ in self.plover or f"{type_}.{mode}" in self.plover


@dataclass(frozen=True, slots=True)
class OwnBook:
    """A codebook of one's own. `extends`: "plover" if the 16 types are coded beside its own, "" if it stands alone."""

    name: str
    version: str
    extends: str
    types: Mapping[str, OwnType]


def read(path: Path) -> OwnBook:
    """Read and check a codebook. Raises DataError with every fault, one a line: file, type, example, and what to do."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(
            f"{path}: not valid TOML ({error}); write example sentences in single quotes, or three of them"
        ) from error
    return parse(table, str(path))


def parse(table: Mapping[str, Any], where: str) -> OwnBook:
    """Build a codebook from its TOML table. Raises DataError with every fault, one a line."""
    faults = list(_book_faults(table, where))
    types = table.get("types") if isinstance(table.get("types"), dict) else {}
    assert isinstance(types, dict)
    for name, entry in types.items():
        faults += _type_faults(name, entry, f"{where}: [types.{name}]")
    if not faults:
        faults += _shared_examples(types, where)
    if faults:
        raise DataError("\n".join(faults))
    return OwnBook(
        table["name"],
        str(table.get("version", "1")),
        table.get("extends", ""),
        {n: _type(n, t) for n, t in types.items()},
    )


def _type(name: str, entry: Mapping[str, Any]) -> OwnType:
    plover = entry.get("plover", ())
    plover = (plover,) if isinstance(plover, str) else tuple(plover)
    book = codebook.load()
    nearest = plover[0].partition(".") if plover else None
    same_quad = [t.score for t in book.types.values() if t.quad == entry["quad"]]
    if nearest:
        score, cameo = book.score(nearest[0], nearest[2] or None), book.to_cameo(nearest[0], nearest[2] or None)
    else:
        score, cameo = round(sum(same_quad) / len(same_quad), 1), ""
    return OwnType(
        name, entry["quad"], float(entry.get("score", score)), entry["definition"].strip(), entry.get("excludes", "").strip(),
        plover, entry.get("cameo", cameo), entry.get("reciprocal", False),
        {key: tuple(entry[key]) for key in triggers.LISTS if entry.get(key)},
        tuple(entry["positive"]), tuple(entry.get("negative", ())),
    )  # fmt: skip


def _book_faults(table: Mapping[str, Any], where: str) -> Iterator[str]:
    yield from _unknown(table, {"name", "version", "extends", "types"}, where)
    if not isinstance(table.get("name"), str) or not table["name"].strip():
        yield f'{where}: name is missing; write name = "…", as it is to stand in reports'
    if not isinstance(table.get("version", "1"), str):
        yield f'{where}: version must be a text; write version = "{table["version"]}"'
    if table.get("extends", "") not in ("", BASE):
        yield f'{where}: extends must be "{BASE}", or be left out for a codebook that stands alone'
    if not isinstance(table.get("types"), dict) or not table["types"]:
        yield f"{where}: no types; write a table [types.NAME] for each"


def _type_faults(name: str, entry: Any, where: str) -> Iterator[str]:
    if not OWN_TYPE.fullmatch(name):
        yield f"{where}: a type's name is 3 to 40 capitals, digits and hyphens, as CEASEFIRE-VIOLATION"
    if name in RESERVED:
        yield f"{where}: {name} is a type already; give yours another name"
    if not isinstance(entry, dict):
        yield f"{where}: must be a table"
        return
    yield from _unknown(entry, _TYPE_KEYS, where)
    if entry.get("quad") not in QUADS:
        yield f"{where} quad: must be one of {', '.join(QUADS)}"
    if not isinstance(entry.get("definition"), str) or not entry["definition"].strip():
        yield f"{where} definition: write in a sentence or two what such an event is"
    if not isinstance(entry.get("excludes", ""), str):
        yield f"{where} excludes: must be a text"
    if not isinstance(entry.get("reciprocal", False), bool):
        yield f"{where} reciprocal: must be true or false"
    score = entry.get("score", 0)
    if isinstance(score, bool) or not isinstance(score, int | float) or not -10 <= score <= 10:
        yield f"{where} score: must be a number from -10 to 10, or be left out"
    cameo = entry.get("cameo", "010")
    if not isinstance(cameo, str) or not _CAMEO.fullmatch(cameo):
        yield f'{where} cameo: must be a CAMEO code in quotes, as "190", or be left out'
    yield from _plover_faults(entry.get("plover", []), where)
    for key in triggers.LISTS:
        yield from _word_faults(entry, key, where)
    yield from _example_faults(entry, where)


def _plover_faults(given: Any, where: str) -> Iterator[str]:
    names = [given] if isinstance(given, str) else given
    if not isinstance(names, list):
        yield f"{where} plover: must be one of the 16 types or a list of them"
        return
    for name in names:
        type_, _, mode = str(name).partition(".")
        if type_ not in EVENT_TYPES:
            yield f"{where} plover: '{name}' is none of {', '.join(EVENT_TYPES)}"
        elif mode and mode not in MODES.get(type_, ()):
            yield f"{where} plover: '{mode}' is no mode of {type_}; its modes are {', '.join(MODES.get(type_, ())) or 'none'}"


def _word_faults(entry: Mapping[str, Any], key: str, where: str) -> Iterator[str]:
    words = entry.get(key, [])
    if not isinstance(words, list) or not all(isinstance(w, str) and w.strip() and w == w.lower() for w in words):
        yield f"{where} {key}: must be a list of lower-case words in their dictionary form, as triggers.toml has them"
    elif key == "together" and (lost := set(words) - {*entry.get("verbs", ()), *entry.get("nouns", ())}):
        yield f"{where} together: {', '.join(sorted(lost))} must stand among the verbs or nouns too"


def _example_faults(entry: Mapping[str, Any], where: str) -> Iterator[str]:
    seen: dict[str, str] = {}
    for key in ("positive", "negative"):
        examples = entry.get(key, [])
        if not isinstance(examples, list) or not all(isinstance(e, str) for e in examples):
            yield f"{where} {key}: must be a list of marked sentences"
            continue
        for number, text in enumerate(examples, 1):
            place = f"{where} {key} example {number}"
            for fault in marks(text):
                yield f"{place}: {fault}: {text!r}"
            earlier = seen.setdefault(" ".join(text.split()), f"{key} example {number}")
            if earlier != f"{key} example {number}":
                yield f"{place}: the same as {earlier}; take one of them out"
    count = len(entry["positive"]) if isinstance(entry.get("positive"), list) else 0
    if count < FEWEST:
        yield f"{where} positive: {count} examples, at least {FEWEST} are needed; add {FEWEST - count}"


def marks(text: str) -> Iterator[str]:
    """What is wrong with the marks of an example."""
    opened = ""
    spans, at = 0, 0
    for mark in re.finditer(r"<[^>\s]*>", text):
        match = _MARK.fullmatch(mark.group())
        if match is None:
            yield f"{mark.group()} is no mark; the marks are <s>…</s> for who acts and <t>…</t> for who is acted on"
            return
        closing, name = match.groups()
        if not closing and opened:
            yield f"{mark.group()} opens before </{opened}>; marks do not nest"
            return
        if closing and opened != name:
            yield f"{mark.group()} closes what was not opened"
            return
        if closing and not text[at : mark.start()].strip():
            yield f"nothing stands between <{name}> and </{name}>"
        opened, at = ("" if closing else name), mark.end()
        spans += bool(closing)
    if opened:
        yield f"<{opened}> is never closed; write </{opened}> after the name"
    elif not spans:
        yield "nobody is marked; put <s>…</s> around who acts, <t>…</t> around who is acted on"
    if "\n" in text.strip():
        yield "a line break inside; write one sentence a line"


def _shared_examples(types: Mapping[str, Any], where: str) -> Iterator[str]:
    """Positive examples that two types claim."""
    seen: dict[str, str] = {}
    for name, entry in types.items():
        for number, text in enumerate(entry["positive"], 1):
            earlier = seen.setdefault(" ".join(text.split()), name)
            if earlier != name:
                yield f"{where}: [types.{name}] positive example {number}: {earlier} has it too; a pair has one type"


def _unknown(table: Mapping[str, Any], keys: Iterable[str], where: str) -> Iterator[str]:
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, list(keys), 1, 0.5)
            hint = f"did you mean '{near[0]}'?" if near else f"the keys are {', '.join(sorted(keys))}"
            yield f"{where}: unknown key '{key}'; {hint}"
