"""The article in markup: its body through trafilatura, precise first, with second opinions where that yields too little."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import unescape
from importlib import resources

import lxml.html
from lxml import etree
from lxml.html import HtmlElement

from dateline.article import clean, meta
from dateline.article.draft import Draft
from dateline.errors import DataError, InputError
from dateline.read.markup import tamed
from dateline.settings import Settings

MAX_MARKUP = 1_500_000
"""Characters of markup, without scripts and styles, that are parsed: trafilatura takes a CPU-second for 2.6 million of
paragraphs and over a minute for 5 million of lists; the largest of 91 news pages has 0.4 million."""
FEW_WORDS = 60
"""A precise body of fewer words is checked against the other readings of the page."""
MUCH_MORE = 1.6
"""Another reading replaces the precise one if it holds this many times its words."""

_DROPPED = re.compile(r"<(script|style|svg|template)\b(?![^>]*ld\+json)[^>]*>.*?</\1\s*>|<!--.*?-->", re.I | re.S)
_WORD = re.compile(r"\w+")
_BLOCKS = frozenset(["p", "head", "item", "quote", "row", "code", "list", "table", "div", "fw", "ab"])
_COMMENT = re.compile(r"comment|repl(?:y|ies)|discuss|respon[ds]|forum|review-list|teaser|related", re.I)
_ENDS = re.compile(r"[.!?…:;\"'”’)]\s*$")


def read(markup: str, source: str, address: str | None, settings: Settings, title: str | None = None) -> Draft:
    """The article of a page in markup.

    `address`: the page's URL, if known; `title`: the headline, if the source states one. Raises InputError where the
    markup is empty or no parser takes it. A page without a body gives a Draft without paragraphs.
    """
    notes: list[str] = []
    markup = _DROPPED.sub(" ", markup)
    if len(markup) > MAX_MARKUP:
        markup = markup[: markup.rfind("<", 0, MAX_MARKUP)]
        notes.append(f"the markup is longer than {MAX_MARKUP:,} characters without its scripts; the rest was not read")
    root = _parsed(tamed(markup, source, settings), source)
    page = meta.read(root, address)
    heading = title or page.title
    paragraphs = body(root, page.body, heading)
    return Draft(
        tuple(paragraphs), page.title, page.authors, page.publisher, page.url, page.dates, tuple(notes), page.places
    )


def _parsed(markup: str, source: str) -> HtmlElement:
    markup = re.sub(r"^\s*<\?xml[^>]*\?>", "", markup)
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        root = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise InputError(f"{source}: holds no markup that can be parsed ({error})", source, "article") from error
    return root


def body(root: HtmlElement, stated: str | None, title: str | None) -> list[str]:
    """The paragraphs of the body: the precise reading, unless it is short and another holds much more of the same page."""
    best = _tidied(_extracted(root, favor_precision=True), title)
    if _joined(root, best):
        best = _tidied(_extracted(root, favor_precision=True), title)
    size = _size(best)
    others: list[list[str]] = []
    if stated:
        others.append(_tidied(_of_text(stated), title))
    if size < FEW_WORDS or (others and _size(others[0]) > MUCH_MORE * size):
        others.append(_tidied(_extracted(root, favor_recall=True), title))
        others.append(_tidied(_all_paragraphs(root), title))
    for other in others:
        if _size(other) > MUCH_MORE * size + 20:
            best, size = other, _size(other)
    return best


def _extracted(root: HtmlElement, **options: bool) -> list[str]:
    import trafilatura

    found = trafilatura.bare_extraction(
        root, include_comments=False, include_tables=True, with_metadata=False, deduplicate=False, **options
    )
    if found is None or found.body is None:
        return []
    return [p for p in (clean.line(p) for p in _blocks(found.body)) if p]


def _joined(root: HtmlElement, found: list[str]) -> bool:
    """Join a body that a page has split into several boxes of one class; True if there was one.

    Magazines break a story around advertisements into boxes that look alike; trafilatura keeps one of them. The box that
    holds most of what was found takes in the paragraphs of its likes, if these hold prose of their own.
    """
    wanted = {_folded(p)[:80] for p in found if len(p) > 60}
    boxes: dict[HtmlElement, list[HtmlElement]] = {}
    for p in root.iter("p"):
        parent = p.getparent()
        if parent is not None and (parent.get("class") or "").strip() and len(_WORD.findall(p.text_content())) >= 15:
            boxes.setdefault(parent, []).append(p)
    if not boxes or not wanted:
        return False
    held = {box: sum(_folded(p.text_content())[:80] in wanted for p in ps) for box, ps in boxes.items()}
    main = max(held, key=lambda box: held[box])
    if held[main] * 2 < len(wanted):
        return False
    likes = [
        box for box, ps in boxes.items() if box is not main and _like(box, main) and len(ps) >= 2 and not held[box]
    ]
    if not likes or any(_COMMENT.search(f"{a.get('class')} {a.get('id')}") for a in [main, *main.iterancestors()]):
        return False
    for box in likes:
        main.extend(list(box))
    return True


def _like(box: HtmlElement, main: HtmlElement) -> bool:
    """Whether two boxes are made alike: same class, in parents of the same class, and neither within the other."""
    one, other = box.getparent(), main.getparent()
    return (
        box.get("class") == main.get("class")
        and one is not None
        and other is not None
        and one.get("class") == other.get("class")
        and box not in set(main.iterancestors())
        and main not in set(box.iterancestors())
    )


def _blocks(element: etree._Element) -> Iterable[str]:
    """The text of each innermost block in trafilatura's tree, in order; cells of a row on one line."""
    pieces: list[str] = []

    def flush() -> Iterable[str]:
        text = "".join(pieces)
        pieces.clear()
        if text.strip():
            yield text

    def walk(node: etree._Element) -> Iterable[str]:
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag == "row":
            yield from flush()
            yield " ".join(clean.line("".join(cell.itertext())) for cell in node)
        else:
            block = tag in _BLOCKS
            if block:
                yield from flush()
            if tag == "lb":
                if _ENDS.search("".join(pieces)):
                    yield from flush()
                else:
                    pieces.append(" ")
            pieces.append(node.text or "")
            for child in node:
                yield from walk(child)
            if block:
                yield from flush()
        pieces.append(node.tail or "")

    yield from walk(element)
    yield from flush()


def _of_text(stated: str) -> list[str]:
    """The paragraphs of a JSON-LD articleBody, which may hold markup or entities."""
    text = clean.characters(stated)
    if "&lt;" in text or "&amp;" in text or "&#" in text or "&nbsp;" in text or "&quot;" in text:
        text = unescape(text)
    if re.search(r"</?(?:p|br|div|h\d|li|a|strong|em)\b[^>]*>", text, re.I):
        text = re.sub(r"<(?:/?(?:p|div|h\d|li|ul|ol|blockquote)|br)\b[^>]*>", "\n", text, flags=re.I)
        text = unescape(re.sub(r"</?[a-zA-Z][^<>]*>", "", text))
    return clean.paragraphs(text)


def _all_paragraphs(root: HtmlElement) -> list[str]:
    """Every <p> of prose outside of the page's furniture: the last resort."""
    found = []
    for p in root.iter("p"):
        if any(a.tag in ("nav", "footer", "aside", "form", "figure", "header") for a in p.iterancestors()):
            continue
        text = clean.line(p.text_content())
        if len(_WORD.findall(text)) >= 12 and _ENDS.search(text):
            found.append(text)
    return found


def _size(paragraphs: list[str]) -> int:
    return sum(len(_WORD.findall(p)) for p in paragraphs)


@cache
def _dropped() -> re.Pattern[str]:
    """Paragraphs of a body that are none (data/dropped.txt: one pattern a line, matched against a whole paragraph)."""
    path = "article/data/dropped.txt"
    rows = resources.files("dateline").joinpath(path).read_text(encoding="utf-8").splitlines()
    patterns = [row for row in rows if row.strip() and not row.startswith("#")]
    for number, row in enumerate(rows, 1):
        try:
            re.compile(row)
        except re.error as error:
            raise DataError(f"{path}:{number}: not a regular expression ({error})") from error
    return re.compile("|".join(f"(?:{p})" for p in patterns), re.I)


def is_dropped(paragraph: str) -> bool:
    """Whether a paragraph is one of those that stand in bodies and belong to none: read-more lines, credits, tags."""
    return _dropped().fullmatch(paragraph) is not None


def _tidied(paragraphs: list[str], title: str | None) -> list[str]:
    """Without the headline told again at the top, read-more lines, credits and adjacent repetitions."""
    headline = _folded(title or "")
    kept: list[str] = []
    for i, text in enumerate(paragraphs):
        text = clean.line(clean.characters(text))
        if not text or (i < 3 and headline and _folded(text) == headline):
            continue
        if is_dropped(text) or (kept and kept[-1] == text):
            continue
        kept.append(text)
    return kept


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())
