"""The sentences written for this project (src/dateline/events/data): their form, and its check.

The form is described in events/data/README.md. A row is one marked pair in one sentence with its label.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import get_args

from dateline.errors import DataError
from dateline.model import EVENT_TYPES, MODES, Status

HEADER = ("type", "mode", "status", "sentence", "family")
PAIR_HEADER = (*HEADER, "pair")
"""The header of a file whose rows may also say what the guide of the marked-pair corpora calls them (README)."""
NONE = "NONE"
OPEN = "?"
"""What stands where a guide leaves the type open."""
PAIR_TYPES = (*(t for t in EVENT_TYPES if t not in ("CONCEDE", "RETREAT")), "YIELD", OPEN)
STATUSES: tuple[str, ...] = get_args(Status)
MAX_WORDS = 90
"""A sentence longer than this is a pasted paragraph, not a sentence."""

_MARK = re.compile(r"<(/?)([a-z]+)>")


@dataclass(frozen=True, slots=True)
class Row:
    """One marked pair: `type` is a PLOVER type, "NONE", or "?" where it is known by the guide of the marked-pair corpora alone; `mode` and
    `status` None where the row leaves them open."""

    type: str
    mode: str | None
    status: str | None
    sentence: str
    family: str
    place: str = ""
    """file:line of the row"""
    pair: str = ""
    """The type by the guide of the marked-pair corpora where it is another; "?" where that guide leaves it open"""

    @property
    def bare(self) -> str:
        """The sentence without its marks."""
        return _MARK.sub("", self.sentence)


def files() -> list[Path]:
    """The files that ship, in order of their names."""
    folder = resources.files("dateline").joinpath("events", "data")
    return sorted((Path(str(f)) for f in folder.iterdir() if f.name.endswith(".tsv")), key=lambda f: f.name)


def load(paths: Iterable[Path] | None = None) -> list[Row]:
    """All rows of the files given, or of those that ship. Raises DataError with every fault, one a line."""
    rows: list[Row] = []
    faults: list[str] = []
    for path in files() if paths is None else paths:
        found, wrong = read(path)
        rows += found
        faults += wrong
    if faults:
        raise DataError("\n".join(faults))
    return rows


def judged() -> list[Row]:
    """The rows that ship whose type the guide of records tells."""
    return [row for row in load() if row.type != OPEN]


def read(path: Path) -> tuple[list[Row], list[str]]:
    """The good rows of one file, and its faults as "file:line: what is wrong"."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        return [], [f"{path}: cannot be read ({error.strerror})"]
    except UnicodeDecodeError as error:
        return [], [f"{path}: not UTF-8 ({error})"]
    rows: list[Row] = []
    faults: list[str] = []
    seen: dict[str, Row] = {}
    header = False
    columns = len(HEADER)
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        place = f"{path}:{number}"
        fields = line.split("\t")
        if not header:
            header = True
            columns = len(fields)
            if tuple(fields) not in (HEADER, PAIR_HEADER):
                faults.append(
                    f"{place}: the first line must be the header {'<tab>'.join(HEADER)}, with <tab>pair after it or not"
                )
            continue
        if len(fields) != columns:
            faults.append(f"{place}: {len(fields)} columns in place of {columns}")
            continue
        type_, mode, status, sentence, family, pair = (*fields, "")[:6]
        wrong = [*_faults(type_, mode, status, sentence, family), *_pair_faults(type_, pair)]
        row = Row(type_, mode or None, status or None, sentence, family, place, pair)
        earlier = seen.setdefault(sentence, row)
        if earlier is not row:
            same = (earlier.type, earlier.mode, earlier.status) == (row.type, row.mode, row.status)
            wrong.append(f"the same marked sentence as {earlier.place}{'' if same else ', with another label'}")
        faults += [f"{place}: {what}" for what in wrong]
        if not wrong:
            rows.append(row)
    return rows, faults


def _faults(type_: str, mode: str, status: str, sentence: str, family: str) -> Iterator[str]:
    if type_ in (NONE, OPEN):
        if mode or status:
            yield f"a {type_} row has neither mode nor status"
    elif type_ not in EVENT_TYPES:
        yield f"type '{type_}' is unknown; the types are {', '.join(EVENT_TYPES)}, NONE and {OPEN}"
    else:
        if mode and mode not in MODES.get(type_, ()):
            yield f"mode '{mode}' is no mode of {type_} ({', '.join(MODES.get(type_, ())) or 'it has none'})"
        if status not in STATUSES:
            yield f"status '{status}' is unknown; the statuses are {', '.join(STATUSES)}"
    if not family.strip():
        yield "family is empty"
    if len(sentence.split()) > MAX_WORDS:
        yield f"more than {MAX_WORDS} words"
    if sentence != sentence.strip():
        yield "white space around the sentence"
    yield from mark_faults(sentence)


def _pair_faults(type_: str, pair: str) -> Iterator[str]:
    if pair and type_ == NONE:
        yield "a NONE row has no pair"
    elif pair and pair not in PAIR_TYPES:
        yield f"pair '{pair}' is none of {', '.join(PAIR_TYPES)}"
    elif type_ == OPEN and pair in ("", OPEN):
        yield f"a {OPEN} row must say its type in the column pair"


def mark_faults(sentence: str) -> Iterator[str]:
    """What is wrong with the marks of a sentence."""
    opened: re.Match[str] | None = None
    spans = 0
    for mark in _MARK.finditer(sentence):
        closing, name = mark.groups()
        if name not in ("s", "t"):
            yield f"mark {mark.group()} is unknown; the marks are <s> and <t>"
        elif not closing:
            if opened is not None:
                yield f"{mark.group()} opens inside {opened.group()}"
            opened = mark
        elif opened is None or opened.group(2) != name:
            yield f"{mark.group()} closes what was not opened"
            opened = None
        else:
            inside = sentence[opened.end() : mark.start()]
            if not inside.strip() or inside != inside.strip():
                yield f"the span '{inside}' is empty or has white space at its edge"
            if inside.endswith((",", ";", ":")):
                yield f"the span '{inside}' ends in punctuation"
            spans += 1
            opened = None
    if opened is not None:
        yield f"{opened.group()} is never closed"
    if not spans:
        yield "no marked span"


def summary(rows: Iterable[Row]) -> str:
    """Counts by type (with its statuses and modes) and by family."""
    rows = list(rows)
    lines = [f"{len(rows)} rows, {len({r.bare for r in rows})} sentences"]
    for type_ in (*EVENT_TYPES, NONE, OPEN):
        of = [r for r in rows if r.type == type_]
        statuses = ", ".join(f"{k} {n}" for k, n in Counter(r.status for r in of if r.status).most_common())
        modes = ", ".join(f"{k or '(none)'} {n}" for k, n in Counter(r.mode for r in of).most_common())
        lines.append(f"{type_:10s} {len(of):5d}   {statuses}" + (f"   | {modes}" if type_ in MODES else ""))
    lines.append("families: " + ", ".join(f"{k} {n}" for k, n in Counter(r.family for r in rows).most_common()))
    return "\n".join(lines)
