"""Feeds: the items of an RSS or Atom document as pages."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from dateline.errors import InputError
from dateline.model import Page

_FEED = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*|<\?[^>]*>\s*|<!DOCTYPE[^>]*>\s*)*<(?:rss|feed|rdf:RDF)\b", re.S | re.I
)
FULL_WORDS = 80
"""An item's text of fewer words, with no separate content element, is taken for a summary."""


def is_feed(text: str) -> bool:
    """Whether a text is an RSS or Atom document."""
    return _FEED.match(text[:5000]) is not None


def pages(text: str, source: str) -> Iterator[Page | InputError]:
    """The items of a feed, source `path#n` from 1 on. Raises InputError for a feed without items."""
    import fastfeedparser

    try:
        parsed = fastfeedparser.parse(text)
    except (ValueError, SyntaxError, KeyError, AttributeError) as error:
        raise InputError(f"{source}: looks like a feed but cannot be parsed ({error})", source) from error
    if not parsed.entries:
        raise InputError(f"{source}: a feed without items", source)
    channel = parsed.feed.get("title")
    for number, item in enumerate(parsed.entries, 1):
        where = f"{source}#{number}"
        content = next((c.get("value") for c in item.get("content") or [] if c.get("value")), None)
        summary = item.get("summary") or item.get("description")
        body = content or summary  # the parser copies a summary into the content where a feed has none
        if not body or not body.strip():
            yield InputError(f"{where}: the item holds no text; fetch its page ({item.get('link')})", where)
            continue
        words = len(re.sub(r"<[^>]+>", " ", body).split())
        markup = re.search(r"<(?:p|div|br|h\d|ul|blockquote|a|b|i|em)\b", body, re.I) is not None
        yield Page(
            where,
            f"<html><body><article>{body}</article></body></html>" if markup else body,
            "html" if markup else "text",
            item.get("id") or item.get("link"),
            item.get("link"),
            item.get("title"),
            tuple(_authors(item)),
            channel,
            day := _day(item.get("published") or item.get("updated")),
            "feed" if day else None,
            partial=content in (None, summary) and words < FULL_WORDS,
        )


def _authors(item: Any) -> Iterator[str]:
    for author in item.get("authors") or []:
        name = author.get("name") if isinstance(author, dict) else author
        if name:
            yield str(name)
    if not item.get("authors") and item.get("author"):
        yield str(item["author"])


def _day(value: str | None) -> datetime.date | None:
    """The day of a date as the feed parser gives it (ISO), in the zone of the feed."""
    if not value:
        return None
    try:
        return datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).date()
    except ValueError:
        return None
