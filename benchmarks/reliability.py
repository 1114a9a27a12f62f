"""Draw how sure events are against how often they are right, from the table of docs/models.md (`learn.events weigh` measures it).

usage: reliability.py          writes docs/img/reliability.svg

A point a bin of confidence, the wider the more candidates it holds, beside the line on which a confidence is what it says.
"""

from __future__ import annotations

import math
from pathlib import Path

from join_curve import STYLE, text

DOCS = Path(__file__).parents[1] / "docs"
PAGE, DRAWING = DOCS / "models.md", DOCS / "img" / "reliability.svg"
SIZE, EDGE = 420, 60
"""The drawing's side and its margin, in pixels."""


def bins(page: str) -> list[tuple[float, float, int]]:
    """Mean confidence, share right and number of candidates of each bin, from the three rows of the table."""
    rows = {}
    for line in page.splitlines():
        name, *cells = (cell.strip() for cell in line.strip("| ").split("|"))
        if name in ("confidence", "right", "candidates") and len(cells) > 5:
            rows[name] = cells
    return [
        (float(c), float(r), int(n))
        for c, r, n in zip(rows["confidence"], rows["right"], rows["candidates"], strict=True)
    ]


def draw(points: list[tuple[float, float, int]]) -> str:
    """The drawing as SVG."""
    inner = SIZE - 2 * EDGE

    def at(x: float, y: float) -> tuple[float, float]:
        return round(EDGE + inner * x, 1), round(SIZE - EDGE - inner * y, 1)

    parts = [text(EDGE, 30, "Right, by confidence", "title")]
    for tenth in range(0, 11, 2):
        (x, low), (left, y) = at(tenth / 10, 0), at(0, tenth / 10)
        parts.append(f'<line class="rule" x1="{left}" x2="{SIZE - EDGE}" y1="{y}" y2="{y}"/>')
        parts += [
            text(left - 8, y + 4, f"{tenth / 10:g}", "", "end"),
            text(x, low + 20, f"{tenth / 10:g}", "", "middle"),
        ]
    (x1, y1), (x2, y2) = at(0, 0), at(1, 1)
    parts.append(f'<line class="even" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>')
    path = " ".join(f"{'L' if i else 'M'}{x} {y}" for i, (x, y) in enumerate(at(c, r) for c, r, _ in points))
    dots = "".join(
        f'<circle cx="{at(c, r)[0]}" cy="{at(c, r)[1]}" r="{2 + 1.5 * math.log10(n):.1f}"><title>{n} candidates</title></circle>'
        for c, r, n in points
    )
    parts += [f'<g class="one"><path d="{path}"/>{dots}</g>', text(SIZE / 2, SIZE - 14, "confidence", "", "middle")]
    told = ", ".join(f"{c:g}: {r:g} of {n}" for c, r, n in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}" role="img">\n'
        f"<title>Share right by confidence: {told}</title>\n<style>{STYLE}</style>\n"
        f'<rect class="ground" width="{SIZE}" height="{SIZE}" rx="6"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


if __name__ == "__main__":
    DRAWING.write_text(draw(bins(PAGE.read_text(encoding="utf-8"))), encoding="utf-8")
