"""Stacked bars as SVG, written by hand: a few kilobytes that every browser and word processor opens (as PNG: png.py)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from dateline.errors import UsageError

COLOURS = {
    "verbal cooperation": "#8ab8d8", "material cooperation": "#1f5f99", "verbal conflict": "#f2b06b",
    "material conflict": "#b23a1e", "unknown": "#999999",
}  # fmt: skip
"""Blue for cooperation, orange to red for conflict, dark for deeds: apart from each other also for the colour-blind."""

WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 56, 56, 56, 64
"""The page in pixels and the margins for the axes, title and key."""

TICKS = 5
"""About so many lines of the axis of counts."""


def bars(
    title: str, labels: Sequence[str], stacks: Mapping[str, Sequence[int]], line: Sequence[float | None] | None = None,
    line_name: str = "mean score",
) -> str:  # fmt: skip
    """Stacked bars of counts by period. `stacks`: name → a count a label; `line`: values from -10 to 10 on the right axis."""
    totals = [sum(counts[i] for counts in stacks.values()) for i in range(len(labels))]
    step = _step(max(totals, default=0))
    top = max(step * math.ceil(max(totals, default=1) / step), step)
    inner_w, inner_h = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
    slot = inner_w / max(len(labels), 1)

    def y(value: float) -> float:
        return TOP + inner_h * (1 - value / top)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        'font-family="system-ui, sans-serif" font-size="12">',
        f"<title>{escape(title)}</title>",
        f"<desc>Counts of events by quad class for {len(labels)} periods"
        + (f", and the {escape(line_name)}" if line else "")
        + ".</desc>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="20" font-size="15" font-weight="600">{escape(title)}</text>',
    ]
    for value in range(0, top + 1, step):
        parts.append(f'<path d="M{LEFT} {y(value):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 6}" y="{y(value) + 4:.1f}" text-anchor="end">{value}</text>')
    for i in range(len(labels)):
        base = 0
        for name, counts in stacks.items():
            if counts[i]:
                height = inner_h * counts[i] / top
                parts.append(
                    f'<rect x="{LEFT + slot * i + slot * 0.1:.1f}" y="{y(base + counts[i]):.1f}" width="{slot * 0.8:.1f}" '
                    f'height="{height:.1f}" fill="{COLOURS.get(name, "#666666")}"><title>{escape(labels[i])}: '
                    f"{counts[i]} {escape(name)}</title></rect>"
                )
                base += counts[i]
    parts += _labels(labels, slot)
    parts += _key([name for name, counts in stacks.items() if any(counts)], line_name if line else None)
    if line:
        parts += _line(line, slot, inner_h)
    return "\n".join(parts) + "\n</svg>\n"


def _step(most: int) -> int:
    """A round distance of the axis' lines: 1, 2 or 5 times a power of ten."""
    wanted = max(most / TICKS, 1)
    power = 10 ** math.floor(math.log10(wanted))
    return int(next(step * power for step in (1, 2, 5, 10) if step * power >= wanted))


def _labels(labels: Sequence[str], slot: float) -> list[str]:
    every = max(1, math.ceil(58 / slot))  # a label such as 2025-W45 is about 55 pixels wide
    base = HEIGHT - BOTTOM + 16
    return [
        f'<text x="{LEFT + slot * (i + 0.5):.1f}" y="{base}" text-anchor="middle">{escape(label)}</text>'
        for i, label in enumerate(labels)
        if i % every == 0
    ]


def _key(names: Sequence[str], line: str | None) -> list[str]:
    found, x = [], LEFT
    for name in (*names, *((line,) if line else ())):
        colour = "#222222" if name == line else COLOURS.get(name, "#666666")
        mark = 3 if name == line else 12
        found.append(f'<rect x="{x}" y="{HEIGHT - 16 - mark / 2:.1f}" width="12" height="{mark}" fill="{colour}"/>')
        found.append(f'<text x="{x + 18}" y="{HEIGHT - 12}">{escape(name)}</text>')
        x += 18 + 8 * len(name) + 16
    return found


def _line(values: Sequence[float | None], slot: float, height: float) -> list[str]:
    def at(i: int, value: float) -> str:
        return f"{LEFT + slot * (i + 0.5):.1f} {TOP + height * (10 - value) / 20:.1f}"

    found = [
        f'<text x="{WIDTH - RIGHT + 6}" y="{TOP + height * (10 - value) / 20 + 4:.1f}">{value:+d}</text>'.replace(
            "+0", "0"
        )
        for value in (-10, -5, 0, 5, 10)
    ]
    pieces, pen = [], "M"
    for i, value in enumerate(values):
        if value is None:
            pen = "M"  # a gap stays a gap
        else:
            pieces.append(pen + at(i, value))
            pen = "L"
            found.append('<circle cx="{}" cy="{}" r="3" fill="#222222"/>'.format(*at(i, value).split()))
    return [f'<path d="{"".join(pieces)}" fill="none" stroke="#222222" stroke-width="2"/>', *found]


def check(target: Path) -> None:
    """Refuse a name that is no picture's, before anything is counted. Raises UsageError."""
    if target.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{target}: plots are SVG or PNG files; name it .svg or .png")


def write(target: Path, picture: str) -> None:
    """Write a picture as SVG or, by its name, as PNG. Raises UsageError for another ending, or a place that cannot be written."""
    check(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.suffix.lower() == ".png":
            from dateline.cli.png import draw

            target.write_bytes(draw(picture))
        else:
            target.write_text(picture, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{target}: cannot be written ({error.strerror or error})") from error
