"""Markup made safe to parse: what hangs or silently loses a body in lxml is mended or refused before it gets there."""

from __future__ import annotations

import re

from dateline.errors import InputError
from dateline.settings import Settings

_MARKUP = re.compile(r"<(?:!doctype\s+html|html|head|body|div|p|article|table|span|section|main|h1)\b[^>]*>", re.I)
# Possessive and atomic, so that text made to be hard to match is passed over in one go.
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*+)([^<>]*+)>")
_HEAD = re.compile(r"\s*+(?:<\?xml[^>]*+>\s*+)?(?>(?:<!--.*?-->)\s*+)*+<(?:!doctype|html|head|body)\b", re.I | re.S)
_SKIPPED = re.compile(r"<(script|style|svg|noscript|template)\b[^>]*+>|<!--", re.I)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_ATTRIBUTE = re.compile(r"[^\s=\"']+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")
_NEST = frozenset({"div", "span", "section", "article", "main", "center", "font", "b", "i", "em", "strong", "ul", "li", "blockquote"})  # fmt: skip
LONG_TAG = 100_000
"""Characters in one tag above which its attributes are counted (data URIs make honest tags long)."""


def is_markup(text: str) -> bool:
    """Whether a text is HTML rather than prose that mentions a tag."""
    head = text[:20_000]
    found = _MARKUP.findall(head)
    if _HEAD.match(head):
        return True
    return (len(found) >= 3 and head.lstrip()[:1] == "<") or len(found) >= 8


def tamed(text: str, source: str, settings: Settings) -> str:
    """The markup with nesting deeper than setting read.max_depth flattened.

    lxml drops what lies below 256 levels without a word, so surplus opening tags of mere boxes and their closing tags
    are left out. Raises InputError for a tag with more attributes than read.max_attributes: every parser hangs on it.
    """
    limit = settings["read.max_attributes"]
    if len(text) > LONG_TAG:
        for start in _long_tags(text):
            end = text.find(">", start)
            tag = text[start : end if end > 0 else len(text)]
            if len(_ATTRIBUTE.findall(tag[: limit * 200])) > limit:
                raise InputError(
                    f"{source}: a tag at character {start:,} has more than {limit:,} attributes (read.max_attributes); "
                    "no browser wrote that",
                    source,
                )
    return _flattened(text, settings["read.max_depth"])


def _long_tags(text: str) -> list[int]:
    """Starts of tags longer than LONG_TAG."""
    starts, at = [], text.find("<")
    while at >= 0:
        following = text.find("<", at + 1)
        if (following if following >= 0 else len(text)) - at > LONG_TAG and text[at + 1 : at + 2].isalpha():
            starts.append(at)
        at = following
    return starts


def _flattened(text: str, depth: int) -> str:
    if text.count("<div") + text.count("<span") + text.count("<font") + text.count("<b") < depth:
        return text
    level = deepest = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        if name in _VOID or match[3].endswith("/"):
            continue
        level = max(0, level - 1) if match[1] else level + 1
        deepest = max(deepest, level)
    if deepest <= depth:
        return text
    text = _without_skipped(text)
    out: list[str] = []
    open_tags: list[bool] = []  # whether each open tag was written
    at = written = 0
    for match in _TAG.finditer(text):
        name = match[2].lower()
        out.append(text[at : match.start()])
        at = match.end()
        if name in _VOID or match[3].endswith("/"):
            out.append(match[0])
        elif match[1]:
            kept = open_tags.pop() if open_tags else False
            written -= kept
            out.append(match[0] if kept else " ")
        else:
            keep = written < depth // 2 or name not in _NEST
            keep = keep and written < depth
            open_tags.append(keep)
            written += keep
            out.append(match[0] if keep else " ")
    out.append(text[at:])
    return "".join(out)


def _without_skipped(text: str) -> str:
    """The markup without scripts, styles, drawings and comments, in one pass; one that never closes stays."""
    lower = text.lower()
    out: list[str] = []
    at = 0
    open_ended: set[str] = set()  # ends that are known not to come any more
    for match in _SKIPPED.finditer(text):
        if match.start() < at:
            continue
        end = f"</{match[1].lower()}" if match[1] else "-->"
        if end in open_ended:
            continue
        closing = lower.find(end, match.end())
        if closing < 0:
            open_ended.add(end)
            continue
        out.append(text[at : match.start()])
        after = closing + 3 if end == "-->" else text.find(">", closing) + 1
        at = after or len(text)
    out.append(text[at:])
    return " ".join(out)
