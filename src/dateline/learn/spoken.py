"""The texts written for this project about who said what (src/dateline/statements/data/*.txt): their form, and its check.

`python -m dateline.learn.spoken check [FILES]` prints faults as file:line and counts by family.
`python -m dateline.learn.spoken jsonl OUT [FILES]` writes them in the form that the trainer of attributions reads;
`--pack WORDS` puts short items together, as the windows of real articles hold several paragraphs of which few belong together;
`--flat` leaves out reports within reports, which PolNeAR never marks (0 of its 19,833 cues lie in another's content).
The form and the conventions of marking are described in statements/data/README.md.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.errors import DataError

ROLES = {"s": "source", "c": "cue", "q": "content"}
MAX_WORDS = 220
"""An item longer than this no longer fits one window of the model (192 pieces) by far: it is better cut in two."""

_MARK = re.compile(r"<(/?)([a-z]+)(\d*)>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans of one attribution, half-open offsets in code points into the text of its item, in order."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A text of one to a few paragraphs (joined by a blank line) with its attributions in order of their numbers."""

    text: str
    attributions: tuple[Attribution, ...]
    family: str
    file: str
    line: int

    def row(self) -> dict[str, Any]:
        """The item in the form that the trainer reads: id, text, attributions (lists of spans a role), family."""
        return {
            "id": f"spoken-{Path(self.file).stem}-{self.line}",
            "text": self.text,
            "attributions": [
                {role: [list(span) for span in getattr(a, role)] for role in ROLES.values()} for a in self.attributions
            ],
            "family": self.family,
        }


def files() -> list[Path]:
    """The files that ship, in order of their names."""
    folder = resources.files("dateline").joinpath("statements", "data")
    return sorted((Path(str(f)) for f in folder.iterdir() if f.name.endswith(".txt")), key=lambda f: f.name)


def load(paths: Iterable[Path] | None = None) -> list[Item]:
    """All items of the files given, or of those that ship. Raises DataError with every fault, one a line."""
    items: list[Item] = []
    faults: list[str] = []
    for path in files() if paths is None else paths:
        found, wrong = read(path)
        items += found
        faults += wrong
    faults += doubles(items)
    if faults:
        raise DataError("\n".join(faults))
    return items


def read(path: Path) -> tuple[list[Item], list[str]]:
    """The good items of one file, and its faults as "file:line: what is wrong"."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        return [], [f"{path}: cannot be read ({error.strerror})"]
    except UnicodeDecodeError as error:
        return [], [f"{path}: not UTF-8 ({error})"]
    items: list[Item] = []
    faults: list[str] = []
    for block in _blocks(lines):
        item, wrong = _item(path, block)
        faults += [f"{path}:{number}: {what}" for number, what in wrong]
        if item is not None and not wrong:
            items.append(item)
    return items, faults


def doubles(items: Iterable[Item]) -> list[str]:
    """Items whose text was there before, as faults."""
    seen: dict[str, Item] = {}
    faults = []
    for item in items:
        earlier = seen.setdefault(item.text, item)
        if earlier is not item:
            faults.append(f"{item.file}:{item.line}: the same text as {earlier.file}:{earlier.line}")
    return faults


def _blocks(lines: Iterable[str]) -> Iterator[list[tuple[int, str]]]:
    """Numbered lines of each item, without comments and empty lines."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if line.strip() == "---":
            if block:
                yield block
            block = []
        elif line.strip() and not line.startswith("#"):
            block.append((number, line))
    if block:
        yield block


def _item(path: Path, block: list[tuple[int, str]]) -> tuple[Item | None, list[tuple[int, str]]]:
    number, head = block[0]
    if not head.startswith("@ ") or not head[2:].strip():
        return None, [(number, "an item starts with a line '@ family'")]
    if len(block) == 1:
        return None, [(number, "an item without a paragraph")]
    faults: list[tuple[int, str]] = []
    text = ""
    spans: dict[tuple[str, str], list[Span]] = {}
    for at, line in block[1:]:
        if line.startswith("@"):
            faults.append((at, "a second '@ family' line; a line '---' is missing before it"))
        text += "\n\n" if text else ""
        plain, found, wrong = _paragraph(line, len(text))
        text += plain
        faults += [(at, what) for what in wrong]
        for key, more in found.items():
            spans.setdefault(key, []).extend(more)
    if len(text.split()) > MAX_WORDS:
        faults.append((number, f"more than {MAX_WORDS} words"))
    attributions = []
    for name in sorted({n for _, n in spans}, key=int):
        source, cue, content = (tuple(sorted(spans.get((role, name), []))) for role in ROLES)
        if not cue or not content:
            faults.append((number, f"attribution {name} has no {'content' if cue else 'cue'}"))
        if any(a < d and c < b for a, b in cue for c, d in (*source, *content)):
            faults.append((number, f"the cue of attribution {name} overlaps its source or content"))
        attributions.append(Attribution(source, cue, content))
    return Item(text, tuple(attributions), head[2:].strip(), str(path), number), faults


def _paragraph(line: str, offset: int) -> tuple[str, dict[tuple[str, str], list[Span]], list[str]]:
    """The bare text of a paragraph, its spans by role and number (moved by `offset`), and what is wrong with it."""
    faults: list[str] = []
    if line != line.strip(" \t\r"):
        faults.append("white space around the paragraph")
    spans: dict[tuple[str, str], list[Span]] = {}
    opened: list[tuple[str, str, int]] = []
    plain = ""
    last = 0
    for mark in _MARK.finditer(line):
        plain += _bare(line[last : mark.start()])
        last = mark.end()
        closing, role, name = mark.groups()
        if role not in ROLES or not name:
            faults.append(
                f"mark {mark.group()} is unknown; the marks are <s1>, <c1>, <q1> with the attribution's number"
            )
        elif not closing:
            if any(o[:2] == (role, name) for o in opened):
                faults.append(f"{mark.group()} opens inside itself")
            opened.append((role, name, len(plain)))
        elif not opened or opened[-1][:2] != (role, name):
            faults.append(f"{mark.group()} closes what was not opened last")
        else:
            start = opened.pop()[2]
            inside = plain[start:]
            if not inside.strip() or inside != inside.strip():
                faults.append(f"the span '{inside}' is empty or has white space at its edge")
            spans.setdefault((role, name), []).append((offset + start, offset + len(plain)))
    plain += _bare(line[last:])
    faults += [f"<{role}{name}> is never closed in its paragraph" for role, name, _ in opened]
    if re.search(r"<[/a-z]|[a-z]\d*>", plain):
        faults.append("a broken mark is left in the text")
    return plain, spans, faults


def _bare(text: str) -> str:
    r"""`\uXXXX` as the character it names, so that odd spaces can be seen in the files."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text)


def packed(items: Iterable[Item], words: int, seed: int = 0) -> Iterator[dict[str, Any]]:
    """Rows for the trainer of several items each, in an order of chance, up to about `words` words a row."""
    rest = [item.row() for item in items]
    random.Random(seed).shuffle(rest)
    while rest:
        row = rest.pop()
        while rest and len(row["text"].split()) + len(rest[-1]["text"].split()) <= words:
            more = rest.pop()
            shift = len(row["text"]) + 2
            row["text"] += "\n\n" + more["text"]
            for attribution in more["attributions"]:
                moved = {role: [[a + shift, b + shift] for a, b in spans] for role, spans in attribution.items()}
                row["attributions"].append(moved)
            row["id"] += "+" + more["id"].removeprefix("spoken-")
            row["family"] += " + " + more["family"]
        yield row


def flat(item: Item) -> Item:
    """The item without the attributions whose cue lies within the content of another."""
    contents = [(a, span) for a in item.attributions for span in a.content]
    kept = (
        a
        for a in item.attributions
        if not any(b is not a and start <= a.cue[0][0] < end for b, (start, end) in contents)
    )
    return replace(item, attributions=tuple(kept))


def summary(items: Iterable[Item]) -> str:
    """Counts: items, attributions, and by family."""
    items = list(items)
    count = Counter(i.family for i in items)
    spoken = Counter(i.family for i in items for _ in i.attributions)
    every = [a for i in items for a in i.attributions]
    lines = [
        f"{len(items)} items ({sum(not i.attributions for i in items)} without attribution), {len(every)} attributions, "
        f"{sum(not a.source for a in every)} without source, {sum(len(a.content) > 1 for a in every)} in several pieces"
    ]
    lines += [f"{family:28s} {n:4d} items {spoken[family]:4d} attributions" for family, n in sorted(count.items())]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """The commands `check` and `jsonl`; 1 where a file has faults."""
    parser = argparse.ArgumentParser(prog="python -m dateline.learn.spoken", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check").add_argument("files", type=Path, nargs="*")
    jsonl = commands.add_parser("jsonl")
    jsonl.add_argument("out", type=Path)
    jsonl.add_argument("files", type=Path, nargs="*")
    jsonl.add_argument("--pack", type=int, default=0, metavar="WORDS", help="put items together up to this many words")
    jsonl.add_argument("--flat", action="store_true", help="leave out attributions within the content of another")
    given = parser.parse_args(arguments)
    try:
        items = load(given.files or None)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    if given.command == "jsonl":
        items = [flat(item) for item in items] if given.flat else items
        with given.out.open("w", encoding="utf-8") as file:
            rows = packed(items, given.pack) if given.pack else (item.row() for item in items)
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(summary(items))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
