"""Feeds: the items of an RSS or Atom document as pages."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from dateline.errors import InputError
from dateline.model import Page
from dateline.read.days import day
from dateline.read.markup import tamed
from dateline.settings import Settings

# Atomic groups: without them a prolog of many comments could be cut up in a number of ways that doubles with each.
_FEED = re.compile(r"\s*(?>(?:<!--.*?-->|<\?[^>]*>|<!DOCTYPE(?:[^>\[]|\[[^\]]*\])*>)\s*)*+<(?:rss|feed|rdf:RDF)\b", re.S | re.I)  # fmt: skip
_MARKUP = re.compile(r"<(?:p|div|br|h\d|ul|ol|blockquote|a|b|i|em|strong|img|span|figure)\b", re.I)
_DATES = ("pubdate", "published", "issued", "date", "updated", "modified")
"""Elements that date an item (RSS 2.0, Atom, Atom 0.3, Dublin Core), the best first."""

FULL_WORDS = 80
"""An item's text of fewer words, with no separate content element, is taken for a summary."""


def is_feed(text: str) -> bool:
    """Whether a text is an RSS or Atom document."""
    return _FEED.match(text[:5000]) is not None


def pages(text: str, source: str, settings: Settings) -> Iterator[Page | InputError]:
    """The items of a feed, source `path#n` from 1 on. Raises InputError for a feed without items."""
    import fastfeedparser

    try:
        parsed = fastfeedparser.parse(text)
    except (ValueError, SyntaxError, KeyError, AttributeError, TypeError) as error:
        raise InputError(f"{source}: looks like a feed but cannot be parsed ({error})", source) from error
    if not parsed.entries:
        raise InputError(f"{source}: a feed without items", source)
    channel = parsed.feed.get("title")
    written = _written(text)
    if len(written) != len(parsed.entries):
        written = []  # the two readings of a broken feed differ: take the parser's days, in UTC
    for number, item in enumerate(parsed.entries, 1):
        try:
            stated = written[number - 1] if written else item.get("published") or item.get("updated")
            yield _page(item, f"{source}#{number}", channel, stated, settings)
        except InputError as error:
            yield error


def _page(item: Any, where: str, channel: str | None, stated: str | None, settings: Settings) -> Page:
    content = next((c.get("value") for c in item.get("content") or [] if c.get("value")), None)
    summary = item.get("summary") or item.get("description")
    body = content or summary  # the parser copies a summary into the content where a feed has none
    if not body or not body.strip():
        raise InputError(f"{where}: the item holds no text; fetch its page ({item.get('link')})", where)
    if not _MARKUP.search(body) and _MARKUP.search(html.unescape(body)):
        body = html.unescape(body)  # escaped twice
    words = len(re.sub(r"<[^>]*>", " ", body).split())
    markup = _MARKUP.search(body) is not None
    published = day(stated)
    return Page(
        where,
        tamed(f"<html><body><article>{body}</article></body></html>", where, settings) if markup else body,
        "html" if markup else "text",
        item.get("id") or item.get("link"),
        item.get("link"),
        item.get("title"),
        tuple(_authors(item)),
        channel,
        published,
        "feed" if published else None,
        partial=content in (None, summary) and words < FULL_WORDS,
        notes=() if published or not stated else (f"published: the feed says '{stated[:80]}', which is no date",),
    )


def _written(text: str) -> list[str | None]:
    """The date of each item as it is written. The feed parser gives it in UTC, which may be another day."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    body = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace")
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError:
        return []
    if root is None:
        return []
    found: list[str | None] = []
    for item in root.iter("{*}item", "{*}entry"):
        dates = {etree.QName(c).localname.lower(): c.text for c in item if isinstance(c.tag, str) and c.text}
        found.append(next((dates[name] for name in _DATES if dates.get(name, "").strip()), None))
    return found


def _authors(item: Any) -> Iterator[str]:
    for author in item.get("authors") or []:
        name = author.get("name") if isinstance(author, dict) else author
        if name:
            yield str(name)
    if not item.get("authors") and item.get("author"):
        yield str(item["author"])
