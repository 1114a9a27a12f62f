"""The bars of svg.py as PNG: its rectangles, lines, dots and words drawn into pixels, with nothing but the standard library.

Not a renderer of SVG: it knows the few elements that svg.py writes, and refuses others, so that both pictures are one drawing.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import xml.etree.ElementTree as ElementTree
import zlib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from dateline.errors import DataError

SCALE = 2
"""Pixels for a unit of the drawing: 1920 × 840 is sharp on paper at a column's width."""

SIZE_OF_DOT = 12
"""Font size in pixels for which a dot of a letter is one pixel; seven of them, a capital, are then near seven tenths of it."""

_ROWS, _COLUMNS = 9, 5
_SIGNS = {
    "–": "-",
    "—": "-",
    "−": "-",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "→": ">",
    "ß": "s",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PATH = re.compile(r"([MHL])([^MHL]*)")


@cache
def dots() -> dict[str, tuple[int, ...]]:
    """The letters: rows of five bits. Raises DataError naming the line that is none."""
    name = "cli/data/dots.txt"
    found = {}
    for number, line in enumerate(
        resources.files("dateline").joinpath(name).read_text(encoding="utf-8").splitlines(), 1
    ):
        if line.startswith("# ") and not re.fullmatch(r"#(?: [0-9A-F]{2}){9}", line):
            continue
        sign, *rows = line.split(" ")
        if len(sign) != 1 or len(rows) != _ROWS or any(int(row, 16) >= 1 << _COLUMNS for row in rows):
            raise DataError(f"{name}: line {number}: a character and {_ROWS} rows of {_COLUMNS} dots are expected")
        found[sign] = tuple(int(row, 16) for row in rows)
    return found


class Canvas:
    """White pixels, three bytes each; what lies outside is not drawn."""

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._rows = [bytearray(b"\xff" * 3 * width) for _ in range(height)]

    def box(self, left: float, top: float, right: float, bottom: float, colour: bytes) -> None:
        """Fill a rectangle; one thinner than a pixel is a pixel thick."""
        first, last = max(round(left), 0), min(max(round(right), round(left) + 1), self.width)
        if first < last:
            for y in range(max(round(top), 0), min(max(round(bottom), round(top) + 1), self.height)):
                self._rows[y][first * 3 : last * 3] = colour * (last - first)

    def line(self, start: tuple[float, float], end: tuple[float, float], thick: float, colour: bytes) -> None:
        """A straight line of squares, one for every half of its thickness."""
        length = max(abs(end[0] - start[0]), abs(end[1] - start[1]))
        steps = max(1, round(length * 2 / thick))
        for i in range(steps + 1):
            x, y = (a + (b - a) * i / steps for a, b in zip(start, end, strict=True))
            self.box(x - thick / 2, y - thick / 2, x + thick / 2, y + thick / 2, colour)

    def disc(self, x: float, y: float, radius: float, colour: bytes) -> None:
        """A filled circle."""
        for row in range(round(y - radius), round(y + radius) + 1):
            half = max(radius**2 - (row - y) ** 2, 0) ** 0.5
            self.box(x - half, row, x + half, row + 1, colour)

    def words(self, x: float, base: float, text: str, dot: float, colour: bytes) -> None:
        """A line of text whose letters stand on `base`."""
        for i, sign in enumerate(text):
            for row, bits in enumerate(dots().get(sign, dots()["?"]) if sign != " " else ()):
                for column in range(_COLUMNS):
                    if bits >> (_COLUMNS - 1 - column) & 1:
                        left, top = x + ((_COLUMNS + 1) * i + column) * dot, base + (row - 7) * dot
                        self.box(left, top, left + dot, top + dot, colour)

    def png(self) -> bytes:
        """The picture as a file."""

        def chunk(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        rows = b"".join(b"\0" + row for row in self._rows)
        return (
            b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
        )


def plain(text: str) -> str:
    """The text in the letters there are: accents fall away, other writings become question marks."""
    folded = unicodedata.normalize("NFKD", "".join(_SIGNS.get(c, c) for c in text))
    return "".join(c for c in folded if not unicodedata.combining(c))


def draw(picture: str) -> bytes:
    """A picture of svg.py as PNG. Raises ValueError for an element or path that svg.py does not write."""
    root = ElementTree.fromstring(picture)
    _, _, width, height = (int(n) for n in root.attrib["viewBox"].split())
    canvas = Canvas(width * SCALE, height * SCALE)
    for element in root:
        given = element.attrib
        at = {n: float(given[n]) * SCALE for n in ("x", "y", "width", "height", "cx", "cy", "r") if n in given}
        name = element.tag.rpartition("}")[2]
        if name == "rect":
            x, y = at.get("x", 0.0), at.get("y", 0.0)
            canvas.box(x, y, x + at["width"], y + at["height"], _colour(given["fill"]))
        elif name == "circle":
            canvas.disc(at["cx"], at["cy"], at["r"], _colour(given["fill"]))
        elif name == "path":
            thick = float(given.get("stroke-width", 1)) * SCALE
            for start, end in _strokes(given["d"]):
                canvas.line(start, end, thick, _colour(given["stroke"]))
        elif name == "text":
            text, size = plain(element.text or ""), float(given.get("font-size", 12)) * SCALE
            dot = max(1, int(size / SIZE_OF_DOT + 0.5))
            long = len(text) * (_COLUMNS + 1) * dot
            left = at["x"] - {"middle": long / 2, "end": long}.get(given.get("text-anchor", ""), 0)
            canvas.words(left, at["y"], text, dot, b"\0\0\0")
        elif name not in ("title", "desc"):
            raise ValueError(f"<{name}> cannot be drawn")
    return canvas.png()


def _colour(written: str) -> bytes:
    """#rrggbb or #rgb as three bytes."""
    digits = written.removeprefix("#")
    return bytes.fromhex(digits if len(digits) == 6 else "".join(d * 2 for d in digits))


def _strokes(path: str) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight lines of a path of M, H and L, in pixels."""
    pen = (0.0, 0.0)
    for letter, rest in _PATH.findall(path):
        numbers = [float(n) * SCALE for n in _NUMBER.findall(rest)]
        end = (numbers[0], pen[1]) if letter == "H" else (numbers[0], numbers[1])
        if letter != "M":
            yield pen, end
        pen = end
