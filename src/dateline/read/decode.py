"""Bytes to text: inflating within bounds, telling binary from text, and the encoding that the bytes really have."""

from __future__ import annotations

import codecs
import re
import zlib

from charset_normalizer import from_bytes

from dateline.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.I)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_MAGIC = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture", b"%PDF": "a PDF document",
    b"PK\x03\x04": "a ZIP archive (or an office document)", b"\x7fELF": "a program", b"SQLite format 3": "an SQLite file",
    b"\x00\x00\x01\x00": "an icon", b"RIFF": "sound or video", b"ID3": "sound", b"\xd0\xcf\x11\xe0": "an old office document",
}  # fmt: skip
_SAMPLE = 65_536
"""How many bytes are looked at to tell binary from text and to guess an encoding."""


def inflate(data: bytes, limit: int, source: str) -> bytes:
    """Undo gzip, never to more than `limit` bytes. Raises InputError for a bomb or a broken stream."""
    if data[:2] != b"\x1f\x8b":
        return data
    engine = zlib.decompressobj(wbits=31)
    try:
        plain = engine.decompress(data, limit + 1)
    except zlib.error as error:
        raise InputError(f"{source}: broken gzip stream ({error}); fetch the file again", source) from error
    if len(plain) > limit:
        raise InputError(f"{source}: inflates to more than {limit:,} bytes (setting read.max_bytes); not read", source)
    return plain


def decode(data: bytes, source: str, declared: str | None = None) -> str:
    """Text of the bytes.

    Tried in this order: byte order mark, UTF-8 (which random bytes of another encoding do not pass), the encoding
    declared by HTTP (`declared`) or in the markup, a guess, and Windows-1252, which always succeeds. UTF-8 stands before
    what is declared since pages declared Latin-1 are UTF-8 more often than not. Raises InputError for binary data.
    """
    _refuse_binary(data, source)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, "replace").lstrip("\ufeff")
    if b"\0" in data[:_SAMPLE] and _looks_utf16(data[:_SAMPLE]):
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    found = _DECLARED.search(data[:4096])
    for name in (declared, found[1].decode("ascii", "replace") if found else None):
        if not name or name.lower().replace("_", "-") in ("utf-8", "utf8"):
            continue
        try:
            encoding = codecs.lookup(name).name
        except LookupError:
            continue
        encoding = "cp1252" if encoding in ("iso8859-1", "ascii") else encoding
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    # Mostly UTF-8 with a few broken bytes (a truncated page, one pasted character) stays UTF-8.
    lenient = data.decode("utf-8", "replace")
    if lenient.count("\ufffd") * 50 < sum(b > 127 for b in data[:_SAMPLE]):
        return lenient
    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        try:
            return data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            pass
    return data.decode("cp1252", "replace")


def _refuse_binary(data: bytes, source: str) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise InputError(f"{source}: is {what}, not text; give a page, a feed, a table or a WARC file", source)
    head = data[:_SAMPLE]
    if any(head.startswith(mark) for mark, _ in _BOMS):
        return
    controls = len(head) - len(head.translate(None, _CONTROL))
    if head.count(0) > 0 and _looks_utf16(head):
        return
    if controls * 100 > len(head):
        raise InputError(f"{source}: holds binary data, not text; give a page, a feed, a table or a WARC file", source)


def _looks_utf16(head: bytes) -> bool:
    """UTF-16 of Latin text without a mark: every second byte is zero."""
    return len(head) > 20 and (head[1::2].count(0) * 10 > len(head) * 4) != (head[::2].count(0) * 10 > len(head) * 4)
