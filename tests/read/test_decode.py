"""Files in the encodings that people have them in, gzipped or not, and what is no text."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.read.decode import decode, inflate

PROSE = "The café in Graustark closed on Monday, said the minister — “for good”.\n\nRuritania took note of it."
LATIN = PROSE.replace("—", "-").replace("“", '"').replace("”", '"')


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)  # fmt: skip
@pytest.mark.parametrize("ending", ["txt", "html"])
def test_undeclared_encodings(tmp_path: Path, page, encoding: str, ending: str) -> None:  # type: ignore[no-untyped-def]
    text = PROSE if ending == "txt" else f"<!doctype html><html><body><p>{PROSE}</p></body></html>"
    file = tmp_path / f"a.{ending}"
    file.write_bytes(text.encode(encoding))
    found = page(file)
    assert found.content == text
    assert found.media == ("text" if ending == "txt" else "html")
    assert found.source == str(file) and found.key is None


@pytest.mark.parametrize(
    ("declared", "real"),
    [("utf-8", "cp1252"), ("iso-8859-1", "cp1252"), ("iso-8859-1", "utf-8"), ("windows-1251", "cp1251"), ("nonsense", "cp1252"),
     ("base64", "cp1252"), ("shift_jis", "shift_jis")],
)  # fmt: skip
def test_declared_encodings_right_and_wrong(tmp_path: Path, page, declared: str, real: str) -> None:  # type: ignore[no-untyped-def]
    prose = {
        "cp1251": "Министр сказал, что встреча была «полезной». " * 4,
        "shift_jis": "大臣は会談が有益だったと述べた。" * 4,
    }
    text = f'<html><head><meta charset="{declared}"></head><body><p>{prose.get(real, PROSE)}</p></body></html>'
    file = tmp_path / "a.html"
    file.write_bytes(text.encode(real))
    assert page(file).content == text


def test_one_broken_byte_does_not_change_the_encoding() -> None:
    data = ("Çınar ağacı: " * 200).encode() + b"\xff" + b" end"
    assert decode(data, "a").startswith("Çınar ağacı: ") and decode(data, "a").endswith("\ufffd end")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf8_comes_through_unchanged(text: str) -> None:
    assert decode(text.encode(), "a") == text.lstrip("\ufeff") or text.startswith(("%PDF-", "{\\rtf", "GIF8"))


@given(st.binary(max_size=300))
def test_any_bytes_give_text_or_a_refusal(data: bytes) -> None:
    try:
        assert isinstance(decode(data, "a"), str)
    except InputError as error:
        assert str(error).startswith("a: ")


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a JPEG picture"), (b"\x89PNG\r\n\x1a\n", "a PNG picture"), (b"%PDF-1.7\n", "a PDF document"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive (or an office document)"), (b"SQLite format 3\x00", "an SQLite file"),
        (b"BZh91AY&SY", "a bzip2 archive"), (b"\xfd7zXZ\x00", "an xz archive"), (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
        (b"\x7fELF\x02", "a program"), (b"RIFF\x01\x02\x03\x04WEBP", "a WebP picture"), (b"\x00\x00\x00 ftypisom", "sound or video"),
        (b"", "binary data"),
    ],
)  # fmt: skip
def test_what_is_no_text_is_named(tmp_path: Path, refusal, head: bytes, what: str) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "a.html"
    file.write_bytes(head + bytes(range(256)) * 20)
    assert what in refusal(file) and "not text" in refusal(file)


@pytest.mark.parametrize("content", [b"", b" \n\t ", "\ufeff".encode(), b"\x1f\x8b"])
def test_nothing_in_it(tmp_path: Path, refusal, content: bytes) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    assert "empty" in refusal(file) or "gzip" in refusal(file)


def test_gzip_whatever_the_name(tmp_path: Path, page) -> None:  # type: ignore[no-untyped-def]
    for name in ("a.html.gz", "a.html"):
        (tmp_path / name).write_bytes(gzip.compress(PROSE.encode()))
        assert page(tmp_path / name).content == PROSE


def test_all_members_of_a_gzip_stream_count() -> None:
    assert inflate(gzip.compress(b"one ") + gzip.compress(b"two"), 100, "a") == b"one two"


@pytest.mark.parametrize("end", [-1, -9, 12])
def test_a_truncated_gzip_stream_is_refused(tmp_path: Path, refusal, end: int) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "a.txt.gz"
    file.write_bytes(gzip.compress(os.urandom(200).hex().encode())[:end])
    assert "broken gzip stream" in refusal(file)


def test_a_bomb_is_not_inflated(tmp_path: Path, refusal) -> None:  # type: ignore[no-untyped-def]
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb") as file:
        for _ in range(30):
            file.write(b" " * 1_000_000)
    bomb = tmp_path / "a.html.gz"
    bomb.write_bytes(packed.getvalue())
    assert len(packed.getvalue()) < 100_000
    assert "inflates to more than 1,000,000 bytes" in refusal(bomb, read__max_bytes=1_000_000)


def test_a_bomb_of_many_members_ends(refusal, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    member = gzip.compress(b"")
    with pytest.raises(InputError, match="inflates to more"):
        inflate(gzip.compress(b"x") * 2000, 1000, "a")
    assert inflate(member * 20_000, 1000, "a") == b""
    with pytest.raises(InputError, match="broken gzip"):
        inflate(b"\x1f\x8b" + zlib.compress(b"x"), 1000, "a")


def test_the_limit_of_size(tmp_path: Path, page, refusal) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "a.txt"
    file.write_text("x" * 1000)
    assert len(page(file, read__max_bytes=1000).content) == 1000
    assert "larger than 999 bytes (setting read.max_bytes)" in refusal(file, read__max_bytes=999)
