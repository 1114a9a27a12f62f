"""A page that a browser saved as one file (MHTML)."""

from __future__ import annotations

import email
import re

from dateline.errors import InputError
from dateline.model import Page
from dateline.read.decode import decode
from dateline.read.markup import tamed
from dateline.settings import Settings

_HEADERS = re.compile(rb"(?:[\w-]+:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*)+?content-type:\s*multipart/related\b", re.I)


def is_mhtml(data: bytes) -> bool:
    """Whether bytes begin with the headers of a page saved whole."""
    return _HEADERS.match(data[:4096]) is not None


def page(data: bytes, source: str, settings: Settings) -> Page:
    """The page in its first part that is HTML. Raises InputError if there is none."""
    message = email.message_from_bytes(data)
    for part in message.walk():
        body = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(body, bytes) and body.strip():
            url = part.get("Content-Location") or message.get("Snapshot-Content-Location")
            text = decode(body, source, part.get_content_charset())
            at = str(url).strip() if url and str(url).strip().lower().startswith("http") else None
            return Page(source, tamed(text, source, settings), "html", url=at)
    raise InputError(f"{source}: a saved page (MHTML) without HTML in it; save it again", source)
