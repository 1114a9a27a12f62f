"""Bytes to text: inflating within bounds, telling binary from text, and the encoding that the bytes really have."""

from __future__ import annotations

import codecs
import gzip
import io
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
_MAGIC = tuple(
    (re.compile(magic, re.S), what)
    for magic, what in (
        (rb"\x89PNG", "a PNG picture"), (rb"\xff\xd8\xff", "a JPEG picture"), (rb"GIF8[79]a", "a GIF picture"),
        (rb"RIFF....WEBP", "a WebP picture"), (rb"II\*\x00|MM\x00\*", "a TIFF picture"), (rb"\x00\x00\x01\x00", "an icon"),
        (rb"RIFF....(?:WAVE|AVI )|OggS\x00|ID3[\x02-\x04]|....ftyp", "sound or video"), (rb"wOF[F2]", "a font"),
        (rb"%PDF-", "a PDF document"), (rb"\{\\rtf", "an RTF document"), (rb"\xd0\xcf\x11\xe0", "an old office document"),
        (rb"PK\x03\x04", "a ZIP archive (or an office document)"), (rb"BZh\d1AY&SY", "a bzip2 archive"),
        (rb"\xfd7zXZ\x00", "an xz archive"), (rb"7z\xbc\xaf", "a 7-Zip archive"), (rb"Rar!\x1a", "a RAR archive"),
        (rb"\x28\xb5\x2f\xfd", "a Zstandard archive"), (rb"\x1f\x8b", "a gzip stream within another"),
        (rb"\x7fELF|MZ.{58,62}\x00\x00", "a program"), (rb"SQLite format 3\x00", "an SQLite file"),
        (rb"PAR1.*PAR1$", "a Parquet table under another name (name it .parquet)"),
    )
)  # fmt: skip
_SAMPLE = 65_536
"""How many bytes are looked at to tell binary from text and to guess an encoding."""
_MOSTLY_ASCII = 8
"""Prose with fewer than one byte in so many beyond ASCII is taken for Windows-1252. A guess from a few quotation marks is
worth little (it made "caf\u0137" of "caf\u00e9"), and what is coded is English; Cyrillic or Greek prose has two in three."""


def inflate(data: bytes, limit: int, source: str) -> bytes:
    """Undo gzip (all members of it), never to more than `limit` bytes.

    Raises InputError for a bomb and for a broken or truncated stream.
    """
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
            plain = file.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
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
    refuse_binary(data, source)
    wide = wide_encoding(data)
    if wide:
        return data.decode(wide, "replace").lstrip("\ufeff")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return data.decode(narrow_encoding(data, declared), "replace")


def wide_encoding(data: bytes) -> str | None:
    """The encoding that a byte order mark names, or UTF-16 where every second byte says so; None for all others."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    if b"\0" in data[:_SAMPLE] and _looks_utf16(data[:_SAMPLE]):
        return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"
    return None


def narrow_encoding(data: bytes, declared: str | None = None) -> str:
    """The encoding of bytes that are not valid UTF-8: declared, UTF-8 all the same, guessed, or Windows-1252."""
    found = _DECLARED.search(data[:4096])
    for name in (declared, found[1].decode("ascii", "replace") if found else None):
        if not name or name.lower().replace("_", "-") in ("utf-8", "utf8"):
            continue
        try:
            encoding = codecs.lookup(name).name
            encoding = "cp1252" if encoding in ("iso8859-1", "ascii") else encoding
            data.decode(encoding)
        except (LookupError, ValueError):  # unknown, no text encoding, or another one than declared
            continue
        return encoding
    # Mostly UTF-8 with a few broken bytes (a truncated page, one pasted character) stays UTF-8.
    if data.decode("utf-8", "replace").count("\ufffd") * 50 < sum(b > 127 for b in data[:_SAMPLE]):
        return "utf-8"
    prose = re.sub(rb"<[^>]*>", b"", data[:_SAMPLE])
    if sum(b > 127 for b in prose) * _MOSTLY_ASCII < len(prose):
        return "cp1252"
    best = from_bytes(data[:_SAMPLE]).best()
    if best is not None:
        try:
            data.decode(best.encoding)
        except (LookupError, ValueError):
            return "cp1252"
        return best.encoding
    return "cp1252"


def refuse_binary(data: bytes, source: str) -> None:
    """Raise InputError for data that are no text, with what they are where their first bytes tell."""
    for magic, what in _MAGIC:
        if magic.match(data):
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
