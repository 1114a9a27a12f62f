"""Loading and checking a codebook."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.errors import DataError
from dateline.model import CONTEXTS, EVENT_TYPES, MODES
from dateline.model.event import Quad

FILE = "events/codebook/plover.toml"
_QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
_CAMEO = re.compile(r"(0[1-9]|1\d|20)\d{0,2}")
_TYPE_KEYS = {"quad", "score", "cameo", "to_cameo", "definition", "excludes", "positive", "negative", "modes"}
_MODE_KEYS = {"score", "cameo", "to_cameo", "definition", "positive", "negative"}


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of a type: its name, score (-10 to 10), CAMEO codes, definition and marked example sentences."""

    name: str
    score: float
    cameo: tuple[str, ...]
    to_cameo: str
    definition: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Type:
    """A type: as a mode, and its quad class, what it is not, and its modes by name."""

    name: str
    quad: Quad
    score: float
    cameo: tuple[str, ...]
    to_cameo: str
    definition: str
    excludes: str
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    modes: Mapping[str, Mode]


OPENING = 4
"""Letters of a word's beginning that are looked at before the keywords of a context are searched."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Context:
    """A context: its name, definition, and the pattern of its keywords (whole words, any case)."""

    name: str
    definition: str
    keywords: tuple[str, ...]
    pattern: re.Pattern[str]
    openings: frozenset[str]
    """How the keywords begin (`openings`): where no word begins so, the pattern need not be tried. Empty if one may begin anyhow."""

    def count(self, text: str, begun: frozenset[str]) -> int:
        """How many of its keywords stand in a text, whose words begin as `begun` says (`openings`)."""
        if self.openings and self.openings.isdisjoint(begun):
            return 0
        return len(self.pattern.findall(text))


def openings(text: str) -> frozenset[str]:
    """How the words of a text begin, in lower case, by one letter and more."""
    words = {word[:OPENING] for word in _WORD.findall(text.lower())}
    return frozenset(word[:length] for word in words for length in range(1, OPENING + 1))


@dataclass(frozen=True, slots=True)
class Codebook:
    """A whole codebook: types and contexts by name."""

    name: str
    version: str
    types: Mapping[str, Type]
    contexts: Mapping[str, Context]

    def score(self, type_: str, mode: str | None) -> float:
        """The conflict–cooperation score of a type and mode, -10 to 10."""
        entry = self.types[type_]
        return entry.modes[mode].score if mode in entry.modes else entry.score

    def to_cameo(self, type_: str, mode: str | None) -> str:
        """The CAMEO code of a type and mode."""
        entry = self.types[type_]
        return entry.modes[mode].to_cameo if mode in entry.modes else entry.to_cameo

    def from_cameo(self, code: str) -> tuple[str, str | None] | None:
        """Type and mode of a CAMEO code, by the longest code that begins it; None where PLOVER has none (01)."""
        best: tuple[int, int, str, str | None] | None = None
        for entry in self.types.values():
            for mode, codes in ((None, entry.cameo), *((m.name, m.cameo) for m in entry.modes.values())):
                for known in codes:
                    rank = (len(known), int(mode is not None))
                    if code.startswith(known) and (best is None or rank > best[:2]):
                        best = (*rank, entry.name, mode)
        return None if best is None else (best[2], best[3])


@cache
def load(path: Path | None = None) -> Codebook:
    """Load the codebook that ships, or a file of the same form. Raises DataError naming file and key."""
    where = str(path) if path is not None else FILE
    try:
        text = (path or Path(str(resources.files("dateline").joinpath(FILE)))).read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise DataError(f"{where}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"{where}: not valid TOML ({error})") from error
    book = parse(table, where)
    if path is None:
        _same(book.types, EVENT_TYPES, f"{where}: [types]")
        _same(book.contexts, CONTEXTS, f"{where}: [contexts]")
        for name, entry in book.types.items():
            _same(entry.modes, MODES.get(name, ()), f"{where}: [types.{name}.modes]")
    return book


def _same(found: Iterable[str], wanted: Iterable[str], where: str) -> None:
    missing, extra = set(wanted) - set(found), set(found) - set(wanted)
    if missing or extra:
        raise DataError(f"{where} must hold what the record knows; missing {sorted(missing)}, unknown {sorted(extra)}")


def parse(table: Mapping[str, Any], where: str) -> Codebook:
    """Build a codebook from its TOML table. Raises DataError (file, key) for a missing, unknown or bad value."""
    types = {
        name: _type(name, entry, f"{where}: [types.{name}]") for name, entry in _table(table, "types", where).items()
    }
    contexts = {
        name: _context(name, entry, f"{where}: [contexts.{name}]")
        for name, entry in (_table(table, "contexts", where) if "contexts" in table else {}).items()
    }
    return Codebook(_text(table, "name", where), _text(table, "version", where), types, contexts)


def _type(name: str, entry: Any, where: str) -> Type:
    _known(entry, _TYPE_KEYS, where)
    quad = _text(entry, "quad", where)
    if quad not in _QUADS:
        raise DataError(f"{where} quad: '{quad}' is none of {', '.join(_QUADS)}")
    modes = _table(entry, "modes", where) if "modes" in entry else {}
    return Type(
        name,
        quad,  # type: ignore[arg-type]
        _score(entry, where),
        *_cameo(entry, where),
        _text(entry, "definition", where),
        _text(entry, "excludes", where),
        _examples(entry, "positive", where),
        _examples(entry, "negative", where),
        {mode: _mode(mode, below, f"{where[:-1]}.modes.{mode}]") for mode, below in modes.items()},
    )


def _mode(name: str, entry: Any, where: str) -> Mode:
    _known(entry, _MODE_KEYS, where)
    return Mode(
        name,
        _score(entry, where),
        *_cameo(entry, where),
        _text(entry, "definition", where),
        _examples(entry, "positive", where),
        _examples(entry, "negative", where),
    )


def _context(name: str, entry: Any, where: str) -> Context:
    _known(entry, {"definition", "keywords"}, where)
    keywords = _strings(entry, "keywords", where)
    if not keywords:
        raise DataError(f"{where} keywords: is empty")
    parts = sorted(
        (re.escape(k).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for k in keywords), key=len, reverse=True
    )
    heads = [_WORD.match(k.lower()) for k in keywords]
    begin = frozenset(head[0][:OPENING] for head in heads if head) if all(heads) else frozenset()
    pattern = re.compile(rf"\b(?:{'|'.join(parts)})\b", re.I)
    return Context(name, _text(entry, "definition", where), keywords, pattern, begin)


def _table(table: Mapping[str, Any], key: str, where: str) -> Mapping[str, Any]:
    if not isinstance(table.get(key), dict) or not table[key]:
        raise DataError(f"{where} {key}: must be a table with at least one entry")
    return table[key]


def _known(entry: Any, keys: set[str], where: str) -> None:
    if not isinstance(entry, dict):
        raise DataError(f"{where}: must be a table")
    unknown = set(entry) - keys
    if unknown:
        raise DataError(f"{where}: unknown key {', '.join(sorted(unknown))}; the keys are {', '.join(sorted(keys))}")


def _text(entry: Mapping[str, Any], key: str, where: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"{where} {key}: must be a text that is not empty")
    return value


def _score(entry: Mapping[str, Any], where: str) -> float:
    value = entry.get("score")
    if isinstance(value, bool) or not isinstance(value, int | float) or not -10 <= value <= 10:
        raise DataError(f"{where} score: must be a number from -10 to 10")
    return float(value)


def _cameo(entry: Mapping[str, Any], where: str) -> tuple[tuple[str, ...], str]:
    codes = _strings(entry, "cameo", where)
    written = _text(entry, "to_cameo", where)
    for code in (*codes, written):
        if not _CAMEO.fullmatch(code):
            raise DataError(f"{where} cameo: '{code}' is no CAMEO code (01–20 with up to two more digits)")
    return codes, written


def _strings(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    values = entry.get(key)
    if not isinstance(values, list) or not all(isinstance(v, str) and v.strip() for v in values):
        raise DataError(f"{where} {key}: must be a list of texts")
    return tuple(values)


def _examples(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    examples = _strings(entry, key, where)
    if not examples:
        raise DataError(f"{where} {key}: needs at least one example sentence")
    for example in examples:
        if len(re.findall(r"<[st]>.+?</[st]>", example)) != example.count("<s>") + example.count("<t>"):
            raise DataError(f"{where} {key}: the marks of '{example}' do not pair")
    return examples
