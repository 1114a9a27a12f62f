"""WARC archives: their HTML responses as pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dateline.errors import InputError
from dateline.model import Page
from dateline.read.decode import decode, inflate
from dateline.read.markup import is_markup, tamed
from dateline.settings import Settings


def pages(path: Path, settings: Settings) -> Iterator[Page | InputError]:
    """The text/html responses of a WARC file, source `path#n` with n the record's number in the file from 1 on.

    Other records are passed over; a record that cannot be read comes as an InputError. Raises InputError for a file
    without any response.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    source, limit, found = str(path), settings["read.max_bytes"], False
    with path.open("rb") as file:
        try:
            for number, record in enumerate(ArchiveIterator(file, parse_http=True), 1):
                if record.record_type != WarcRecordType.response:
                    continue
                found = True
                kind = (record.http_content_type or "").lower()
                if "html" not in kind and "text/plain" not in kind:
                    continue
                where = f"{source}#{number}"
                body = record.reader.read(limit + 1)
                try:
                    if len(body) > limit:
                        raise InputError(
                            f"{where}: larger than {limit:,} bytes (setting read.max_bytes); not read", where
                        )
                    text = decode(inflate(body, limit, where), where, record.http_charset)
                    if not text.strip():
                        raise InputError(f"{where}: an empty response", where)
                    markup = is_markup(text)
                    content = tamed(text, where, settings) if markup else text
                    yield Page(where, content, "html" if markup else "text", url=record.headers.get("WARC-Target-URI"))
                except InputError as error:
                    yield error
        except (ValueError, RuntimeError, EOFError) as error:
            yield InputError(f"{source}: damaged WARC ({error}); what stood before was read", source)
            return
    if not found:
        raise InputError(f"{source}: holds no HTTP response; is it a WARC file?", source)
