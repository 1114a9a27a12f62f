"""The PNG of a plot: a file that others read, the same drawing as the SVG, letters that can be told apart."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.cli import png, svg
from dateline.errors import UsageError


def decoded(data: bytes) -> list[list[tuple[int, int, int]]]:
    """The pixels of a PNG without filters or interlacing, its checksums checked."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    place, chunks = 8, {}
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length]) == (zlib.crc32(kind + body),)
        chunks[kind], place = body, place + 12 + length
    assert list(chunks) == [b"IHDR", b"IDAT", b"IEND"]
    width, height, *form = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert form == [8, 2, 0, 0, 0]
    raw, line = zlib.decompress(chunks[b"IDAT"]), 1 + width * 3
    assert len(raw) == line * height and not any(raw[::line])
    return [[tuple(raw[y * line + 1 + x * 3 : y * line + 4 + x * 3]) for x in range(width)] for y in range(height)]  # type: ignore[misc]


def test_bars_have_their_height_and_colour() -> None:
    picture = svg.bars("Ruritania – Graustark", ["2031-01", "2031-02"], {"verbal conflict": [2, 1]}, [-5.0, None])
    pixels = decoded(png.draw(picture))
    assert (len(pixels[0]), len(pixels)) == (svg.WIDTH * png.SCALE, svg.HEIGHT * png.SCALE)
    colour = tuple(bytes.fromhex(svg.COLOURS["verbal conflict"].removeprefix("#")))
    plot = pixels[svg.TOP * png.SCALE : (svg.HEIGHT - svg.BOTTOM) * png.SCALE]  # without the key
    slot = (svg.WIDTH - svg.LEFT - svg.RIGHT) / 2
    high, low = (sum(row[round((svg.LEFT + slot * (i + 0.2)) * png.SCALE)] == colour for row in plot) for i in range(2))
    assert high == len(plot) and abs(low - high / 2) <= 1


def test_title_and_labels_are_written() -> None:
    with_title, without = (decoded(png.draw(svg.bars(title, ["2031"], {"unknown": [1]}))) for title in ("Talks", ""))
    differing = {(x, y) for y, row in enumerate(with_title) for x, p in enumerate(row) if p != without[y][x]}
    assert differing and all(with_title[y][x] == (0, 0, 0) for x, y in differing)
    assert min(x for x, _ in differing) >= svg.LEFT * png.SCALE and max(y for _, y in differing) < 24 * png.SCALE


def test_letters_can_be_told_apart() -> None:
    letters = png.dots()
    assert set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-+/()'&?#") <= set(letters)
    assert len(set(letters.values())) == len(letters)
    assert png.plain("Bogotá – Łódź") == "Bogota - Lodz"


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(0, 300), max_size=12), st.text(max_size=60))
def test_whatever_svg_draws_can_be_drawn(counts: list[int], title: str) -> None:
    safe = "".join(c for c in title if c.isprintable())
    values = [None if c % 3 == 0 else c % 20 - 10.0 for c in counts]
    made = png.draw(svg.bars(safe, [f"p{i}" for i in range(len(counts))], {"verbal conflict": counts}, values))
    assert made.endswith(b"IEND\xaeB`\x82")


def test_what_cannot_be_drawn(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="<ellipse> cannot be drawn"):
        png.draw('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><ellipse/></svg>')
    with pytest.raises(UsageError, match=r"name it \.svg or \.png"):
        svg.write(tmp_path / "plot.pdf", "")
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        svg.write(tmp_path / "file" / "plot.png", svg.bars("", [], {}))
    svg.write(tmp_path / "new" / "plot.PNG", svg.bars("none", [], {}))
    assert decoded((tmp_path / "new" / "plot.PNG").read_bytes())[0][0] == (255, 255, 255)
