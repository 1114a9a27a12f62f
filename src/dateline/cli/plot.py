"""Stacked bars in the terminal, of block characters: a row a period, a colour a quad class."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence

from dateline.cli.svg import COLOURS
from dateline.cli.terminal import console

SIGNS = {"verbal cooperation": "░", "material cooperation": "▒", "verbal conflict": "▓", "material conflict": "█"}
"""Without colours the quad classes are told apart by their shade."""

QUIET = 4
"""Empty periods in a row that are drawn as one line: processes rest for years, and terminals are not that high."""


def bars(labels: Sequence[str], stacks: Mapping[str, Sequence[int]]) -> None:
    """Print the bars to standard output, if that is a terminal: in a pipe the table says the same."""
    screen = console()
    if not screen.is_terminal or not labels:
        return
    from rich.text import Text

    totals = [sum(counts[i] for counts in stacks.values()) for i in range(len(labels))]
    wide = max(map(len, labels))
    room = max(screen.width - wide - len(str(max(totals))) - 4, 10)
    for i, label in shown(labels, totals):
        if label is None:
            screen.print(f"{'⋮':>{wide}}  {i} without events")
            continue
        line = Text(f"{label:<{wide}}  ")
        for name, width in zip(
            stacks, widths([counts[i] for counts in stacks.values()], max(totals), room), strict=True
        ):
            line.append(SIGNS.get(name, "█") * width, style=COLOURS.get(name, ""))
        line.append(f" {totals[i]}" if totals[i] else "")
        screen.print(line)
    key = Text()
    for name, counts in stacks.items():
        if any(counts):
            key.append(f"{SIGNS.get(name, '█')} ", style=COLOURS.get(name, "")).append(f"{name}   ")
    screen.print(key)
    screen.print()


def shown(labels: Sequence[str], totals: Sequence[int]) -> Iterator[tuple[int, str | None]]:
    """The bars to draw by number and label; a run of empty ones from QUIET on is one line: (how many, None)."""
    for empty, group in itertools.groupby(range(len(labels)), key=lambda i: totals[i] == 0):
        run = list(group)
        if empty and len(run) >= QUIET:
            yield len(run), None
        else:
            yield from ((i, labels[i]) for i in run)


def widths(counts: Sequence[int], most: int, room: int) -> list[int]:
    """Characters for each part of a bar: in proportion, at least one for what is not nothing, never more than `room`."""
    if not most:
        return [0] * len(counts)
    found = [max(1, round(count / most * room)) if count else 0 for count in counts]
    while sum(found) > room:
        found[found.index(max(found))] -= 1
    return found
