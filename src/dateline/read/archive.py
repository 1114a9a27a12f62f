"""WARC archives: the pages among their HTTP responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from dateline.errors import InputError
from dateline.model import Page
from dateline.read.decode import decode, inflate
from dateline.read.markup import is_markup, tamed
from dateline.settings import Settings

PAGES = ("html", "text/plain")
"""Content types (or parts of them) that are pages; a response without a type is looked at."""


def is_warc(data: bytes) -> bool:
    """Whether bytes are the beginning of a WARC file that is not compressed."""
    return data.startswith(b"WARC/")


def pages(file: BinaryIO, source: str, settings: Settings) -> Iterator[Page | InputError]:
    """The pages of a WARC file: responses with status 200 (or none) of a type in PAGES.

    `source#n` is the source of a page, n the record's number in the file from 1 on. Other records, and responses of other
    types, are passed over; a page that cannot be read comes as an InputError. Raises InputError for a file without one.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    limit = settings["read.max_bytes"]
    records = responses = found = 0
    try:
        for number, record in enumerate(ArchiveIterator(file, parse_http=True, auto_decode="all"), 1):
            records += 1
            if record.record_type != WarcRecordType.response:
                continue
            responses += 1
            kind = (record.http_content_type or "").lower()
            status = record.http_headers.status_code if record.http_headers is not None else None
            if status not in (None, 200) or (kind and not any(page in kind for page in PAGES)):
                continue
            found += 1
            where = f"{source}#{number}"
            body = record.reader.read(limit + 1)
            try:
                if len(body) > limit:
                    raise InputError(f"{where}: larger than {limit:,} bytes (setting read.max_bytes); not read", where)
                text = decode(inflate(body, limit, where), where, record.http_charset)
                if not text.strip():
                    raise InputError(f"{where}: an empty response", where)
                markup = is_markup(text)
                content = tamed(text, where, settings) if markup else text
                yield Page(where, content, "html" if markup else "text", url=record.headers.get("WARC-Target-URI"))
            except InputError as error:
                yield error
    except (ValueError, RuntimeError, EOFError, OSError) as error:
        yield InputError(f"{source}: damaged WARC ({error}); what stood before was read", source)
        return
    if not found:
        held = f"holds {responses} HTTP responses, none of them a page" if responses else "holds no HTTP response"
        raise InputError(f"{source}: {held}; is it a WARC file?" if not records else f"{source}: {held}", source)
