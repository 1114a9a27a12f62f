"""Draw the curve of docs/corroborate.md, "Cost", from the table there (benchmarks/join.py measures it).

usage: join_curve.py          writes docs/img/join-cost.svg

Left: CPU seconds of a whole join over the number of events, both in powers of ten, beside a line along which cost grows
as the number does. Right: CPU milliseconds that one article more takes, half of them and 95 of 100 at most, beside the
bound of 50 ms. The colours follow the reader's light or dark setting.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

DOCS = Path(__file__).parents[1] / "docs"
PAGE, DRAWING = DOCS / "corroborate.md", DOCS / "img" / "join-cost.svg"
BOUND = 50
"""CPU milliseconds that one article more may take (issue 6)."""

WIDTH, HEIGHT = 860, 360
TOP, BOTTOM = 64, 300
LEFT, RIGHT = (70, 400), (500, 830)
"""The two panels: their edges, in pixels of the drawing."""

STYLE = """
  svg { --ground: #ffffff; --ink: #1f2328; --faint: #59636e; --rule: #d1d9e0; --one: #0a5cad; --two: #b3541e; }
  @media (prefers-color-scheme: dark) {
    svg { --ground: #0d1117; --ink: #e6edf3; --faint: #9da7b1; --rule: #30363d; --one: #6cb6ff; --two: #f0a36b; }
  }
  text { font: 13px system-ui, "Segoe UI", Helvetica, Arial, sans-serif; fill: var(--faint); }
  .title { font-size: 15px; font-weight: 600; fill: var(--ink); }
  .ground { fill: var(--ground); } .rule { stroke: var(--rule); } .even { stroke: var(--faint); stroke-dasharray: 5 4; }
  path { fill: none; stroke-width: 2; }
  .one path { stroke: var(--one); } .one circle, .one text { fill: var(--one); }
  .two path { stroke: var(--two); } .two circle, .two text { fill: var(--two); }
"""

Scale = Callable[[float], float]


class Cost(NamedTuple):
    """One row of the table: CPU seconds of the whole join, CPU milliseconds of one article more."""

    events: int
    whole: float
    median: float
    most: float


def costs(page: str) -> list[Cost]:
    """The rows of the table whose first cell counts events, as in "| 10,000 | 2,540 | 8.7 | 0.87 | 6,149 | 13 | 35 | 40 |"."""
    found = []
    for line in page.splitlines():
        cells = [cell.strip().replace(",", "") for cell in line.strip("| ").split("|")]
        if len(cells) == 8 and all(re.fullmatch(r"\d+(\.\d+)?", cell) for cell in cells):
            found.append(Cost(int(cells[0]), float(cells[2]), float(cells[5]), float(cells[6])))
    return found


def power(rows: Sequence[Cost]) -> float:
    """The power of the number of events with which the whole join grows, from the first row to the last."""
    first, last = rows[0], rows[-1]
    return math.log(last.whole / first.whole) / math.log(last.events / first.events)


def draw(rows: Sequence[Cost]) -> str:
    """The drawing as SVG."""
    low, high = math.floor(math.log10(rows[0].events)), math.ceil(math.log10(rows[-1].events))
    bottom, top = math.floor(math.log10(rows[0].whole)), math.ceil(math.log10(rows[-1].whole))
    across = [_scale(low, high, *panel, log=True) for panel in (LEFT, RIGHT)]
    seconds = _scale(bottom, top, BOTTOM, TOP, log=True)
    most = 10 * math.ceil(max(BOUND, *(r.most for r in rows)) / 10)
    millis = _scale(0, most, BOTTOM, TOP)
    even = [(e, rows[0].whole * e / rows[0].events) for e in (rows[0].events, rows[-1].events)]
    halfway = math.sqrt(even[0][0] * even[1][0]), math.sqrt(even[0][1] * even[1][1])
    parts = [
        text(LEFT[0], 28, "The whole record anew, CPU seconds", "title"),
        text(RIGHT[0], 28, "One article more, CPU milliseconds", "title"),
        *_axes(
            LEFT,
            across[0],
            range(low, high + 1),
            seconds,
            [(10.0**p, _number(10.0**p)) for p in range(bottom, top + 1)],
        ),
        *_axes(RIGHT, across[1], range(low, high + 1), millis, [(float(v), str(v)) for v in range(0, most + 1, 10)]),
        _line(even, across[0], seconds, "even"),
        text(across[0](halfway[0]) + 14, seconds(halfway[1]) + 18, "as the number"),
        _line([(10**low, BOUND), (10**high, BOUND)], across[1], millis, "even"),
        text(RIGHT[0] + 6, millis(BOUND) - 6, f"bound: {BOUND}"),
        _series(
            "one", [(r.events, r.whole) for r in rows], across[0], seconds, f"power {power(rows):.2f}", -12, last=True
        ),
        _series("one", [(r.events, r.median) for r in rows], across[1], millis, "median", 22),
        _series("two", [(r.events, r.most) for r in rows], across[1], millis, "95 of 100 at most", -10),
    ]
    told = ", ".join(f"{r.events:,} events {r.whole:g} s" for r in rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" role="img">\n'
        f"<title>What joining costs: {told}</title>\n<style>{STYLE}</style>\n"
        f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="6"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _scale(low: float, high: float, start: float, end: float, log: bool = False) -> Scale:
    return lambda value: round(start + (end - start) * ((math.log10(value) if log else value) - low) / (high - low), 1)


def _axes(
    panel: tuple[int, int], across: Scale, powers: Iterable[int], up: Scale, marks: Iterable[tuple[float, str]]
) -> list[str]:
    parts = []
    for value, label in marks:
        y = up(value)
        parts.append(f'<line class="rule" x1="{panel[0]}" x2="{panel[1]}" y1="{y}" y2="{y}"/>')
        parts.append(text(panel[0] - 8, y + 4, label, "", "end"))
    parts += [text(across(10**p), BOTTOM + 20, _number(10**p), "", "middle") for p in powers]
    return [*parts, text(sum(panel) / 2, BOTTOM + 42, "events in the record", "", "middle")]


def _line(points: Sequence[tuple[float, float]], across: Scale, up: Scale, kind: str) -> str:
    (x1, y1), (x2, y2) = ((across(x), up(y)) for x, y in points)
    return f'<line class="{kind}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>'


def _series(
    kind: str,
    points: Sequence[tuple[float, float]],
    across: Scale,
    up: Scale,
    label: str,
    below: float,
    last: bool = False,
) -> str:
    """A curve with its points; the label stands over (or, positive, under) the first or the last of them."""
    at = [(across(x), up(y)) for x, y in points]
    path = " ".join(f"{'L' if i else 'M'}{x} {y}" for i, (x, y) in enumerate(at))
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="4"/>' for x, y in at)
    words = text(at[-last][0], at[-last][1] + below, label, "", "end" if last else "start")
    return f'<g class="{kind}"><path d="{path}"/>{dots}{words}</g>'


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    name = f' class="{kind}"' if kind else ""
    return f'<text{name} x="{round(x, 1):g}" y="{round(y, 1):g}" text-anchor="{anchor}">{words}</text>'


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


if __name__ == "__main__":
    DRAWING.write_text(draw(costs(PAGE.read_text(encoding="utf-8"))), encoding="utf-8")
