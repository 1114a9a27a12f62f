"""What markup says of its article: JSON-LD, meta elements, the headline, bylines and printed days."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from dateline.article import byline, clean, date, dateline
from dateline.article.date import Candidate
from dateline.errors import DataError

_ARTICLE = re.compile(r"Article|BlogPosting|Report(?:age)?|LiveBlogPosting|AnalysisNews|OpinionNews", re.I)
_PUBLISHED = (
    "article:published_time", "article:published", "og:published_time", "og:article:published_time", "datepublished", "publishdate",
    "publish-date", "publish_date", "publication_date", "publicationdate", "pubdate", "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dcterms.issued", "dc.date.created", "sailthru.date", "parsely-pub-date", "article.published",
    "published-date", "cxenseparse:recs:publishtime", "displaydate", "originalpublicationdate", "rnews:datepublished", "ptime", "pdate",
    "article_date_original", "article-publish-date", "citation_publication_date", "bt:pubdate", "vr:published_time", "created", "dat",
)  # fmt: skip
_AUTHOR = (
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article.author",
    "citation_author",
    "og:article:author",
)
_PUBLISHER = (
    "og:site_name",
    "publisher",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
    "article:publisher_name",
    "cre",
)
_TITLE = ("og:title", "twitter:title", "headline", "dc.title", "title", "parsely-title", "sailthru.title")
_DATE_CLASS = re.compile(
    r"publish|posted|pub-?date|date-?time|timestamp|article[-_]{0,2}(?:date|time)|entry-date|(?:^|[\s_-])date(?:line)?(?:$|[\s_-])",
    re.I,
)
_UPDATED = re.compile(r"\b(?:updated|modified|revised|edited)\b", re.I)


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says of itself. `body`: the articleBody of its JSON-LD, if it carries one."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    dates: tuple[Candidate, ...] = ()
    body: str | None = None
    site: str | None = field(default=None)
    """The name of the site as it signs titles ("… - The Daily Bugle")."""
    places: tuple[str, ...] = ()
    """Where the box of the author says that an agency wrote."""


def read(root: HtmlElement, address: str | None) -> Meta:
    """All that a parsed page says of itself. `address`: where it was fetched from, if known."""
    metas = _metas(root)
    ld = next(iter(_articles(root)), {})
    url = address or _link(root, metas)
    site = next((v for k in _PUBLISHER if (v := _plain(metas.get(k)))), None)
    publisher = _publisher(ld, site, url)
    heading = _title(root, metas, ld, publisher)
    return Meta(
        title=heading,
        authors=byline.authors(_author_fields(root, metas, ld), publisher),
        publisher=publisher,
        url=url,
        dates=tuple(_dates(root, metas, ld, url, heading)),
        body=_text(ld.get("articleBody")),
        site=site,
        places=_places(root),
    )


def _metas(root: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = element.get("content")
        if name and value and value.strip():
            found.setdefault(name.strip().lower(), value.strip())
    return found


def _articles(root: HtmlElement) -> Iterator[dict[str, Any]]:
    """The article objects of the page's JSON-LD, richest kind first."""
    found = []
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = re.sub(r"^\s*(?:<!\[CDATA\[|<!--|//<!\[CDATA\[)|(?:\]\]>|-->|//\]\]>)\s*;?\s*$", "", script.text or "")
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        found += [o for o in _objects(data, 0) if any(_ARTICLE.search(str(t)) for t in _listed(o.get("@type")))]
    yield from sorted(
        found, key=lambda o: -sum(k in o for k in ("headline", "datePublished", "author", "articleBody", "publisher"))
    )


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item", "article"):
            if isinstance(data.get(key), dict | list):
                yield from _objects(data[key], depth + 1)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _plain(value: Any) -> str | None:
    """A string of metadata as one line of text, without markup, twice-escaped entities undone."""
    if not isinstance(value, str):
        return None
    from html import unescape

    text = clean.line(re.sub(r"</?[a-zA-Z][^<>]*>", " ", unescape(clean.characters(value))))
    return text or None


def _link(root: HtmlElement, metas: dict[str, str]) -> str | None:
    canonical = next(
        (e.get("href") for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical" and e.get("href")),
        None,
    )
    return next((v for v in (canonical, metas.get("og:url")) if v and v.startswith(("http://", "https://"))), None)


def _title(root: HtmlElement, metas: dict[str, str], ld: dict[str, Any], publisher: str | None) -> str | None:
    """The headline: the h1 that metadata confirm, else the JSON-LD headline, Open Graph's title, a lone h1, the window's."""
    stated = [t for t in (_plain(ld.get("headline")), *(_plain(metas.get(k)) for k in _TITLE)) if t]
    window = next((_plain(e.text_content()) for e in root.iter("title")), None)
    if window:
        stated.append(window)
    names = {_folded(n) for n in (publisher, _plain(metas.get("og:site_name"))) if n}
    headings = [
        h
        for e in root.iter("h1")
        if (h := _plain(e.text_content())) and len(h.split()) >= 3 and _folded(h) not in names
    ]
    stated = [t for t in stated if _folded(t) not in names] or stated
    for heading in headings:
        if any(_same(heading, s) for s in stated):
            return heading
    best = next(iter(stated), None) or next(iter(headings), None)
    return unsigned(best, publisher) if best else None


def _folded(text: str) -> str:
    return re.sub(r"\W+", "", text.lower()).removeprefix("the")


def _same(heading: str, stated: str) -> bool:
    a, b = re.findall(r"\w+", heading.lower()), re.findall(r"\w+", stated.lower())
    return len(set(a) & set(b)) >= 0.7 * max(1, min(len(set(a)), len(set(b)))) and len(a) <= 40


def unsigned(title: str, publisher: str | None) -> str:
    """A window's title without the site's name at its end: "Talks fail - The Daily Bugle" → "Talks fail"."""
    match = re.match(r"(.+\S)\s+(?:[|–—-]|::?)\s+(\S.*)$", title)
    if match is None:
        return title
    head, last = match[1], _folded(match[2])
    known = _folded(publisher or "")
    signed = bool(known) and bool(last) and (last in known or known in last)
    return unsigned(head, publisher) if signed or ("|" in title and len(match[2].split()) <= 3) else title


def _publisher(ld: dict[str, Any], site: str | None, url: str | None) -> str | None:
    """The outlet: known by its domain, else the name that the page gives and its domain bears out, else any name given."""
    if known := outlet_of(url):
        return known
    host = ((urlsplit(url).hostname or "") if url else "").removeprefix("www.")
    stated = [site]
    for value in _listed(ld.get("publisher")):
        stated.append(_plain(value.get("name")) if isinstance(value, dict) else _plain(value))
    names = [
        n for n in stated if n and len(n) <= 60 and not n.startswith(("http", "@", "#")) and any(map(str.isalpha, n))
    ]
    for name in names:
        if is_outlet(name, host):
            return name.removeprefix("www.")
    return names[0].removeprefix("www.") if names else host or None


def is_outlet(name: str, host: str) -> bool:
    """Whether a domain bears out that a name is its outlet's: one holds the other, or its initials."""
    label = re.sub(r"[^a-z0-9]", "", max(host.split(".")[:-1] or [host], key=len))
    folded = re.sub(r"\W+", "", name.lower())
    initials = "".join(w[0] for w in re.findall(r"\w+", name.lower()))
    bare = folded.removeprefix("the")
    return (
        len(label) >= 2
        and bool(folded)
        and (label in folded or (len(bare) >= 4 and bare in label) or label in (initials, initials + "online"))
    )


def outlet_of(url: str | None) -> str | None:
    """The publisher whose domain an address has (data/publishers.tsv), or None."""
    parts = ((urlsplit(url).hostname or "") if url else "").lower().split(".")
    return next((name for i in range(len(parts) - 1) if (name := _domains().get(".".join(parts[i:])))), None)


@cache
def _domains() -> dict[str, str]:
    path = "article/data/publishers.tsv"
    found: dict[str, str] = {}
    for number, row in enumerate(
        resources.files("dateline").joinpath(path).read_text(encoding="utf-8").splitlines(), 1
    ):
        if not row or row.startswith("#"):
            continue
        domain, _, name = row.partition("\t")
        if not name or "." not in domain or domain != domain.lower() or domain in found:
            raise DataError(f"{path}:{number}: wanted 'domain<TAB>name', each domain once and in lower case")
        found[domain] = name
    return found


def _author_fields(root: HtmlElement, metas: dict[str, str], ld: dict[str, Any]) -> list[str]:
    """The author fields of the first source that has any: JSON-LD, meta elements, links and boxes marked as author."""
    named = [n for a in _listed(ld.get("author")) for n in _listed(a.get("name") if isinstance(a, dict) else a)]
    fields = [f for n in named if (f := _plain(n))]
    if byline.authors(fields):
        return fields
    fields = [f for k in _AUTHOR if (f := _plain(metas.get(k)))]
    if byline.authors(fields):
        return fields
    for text in _author_boxes(root):
        if len(text) <= byline.LONGEST and byline.authors([text]):
            return [text]
    return []


def _author_boxes(root: HtmlElement) -> list[str]:
    """The text of each box that is marked as author."""
    boxes = root.xpath(
        "//*[@rel='author'] | //*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'] | //*[contains(@class,'byline')]"
        " | //*[contains(@class,'author-name') or contains(@class,'author__name') or contains(@class,'article-author')]"
    )
    return [text for box in boxes[:12] if (text := _plain(box.text_content()))]


def _places(root: HtmlElement) -> tuple[str, ...]:
    """The place beside an agency in the box of the author ("PTI, Strelsau, March 4, 2031")."""
    found = (dateline.above(date.undated(text)) for text in _author_boxes(root))
    return next((printed.places for printed in found if printed is not None), ())


def _dates(
    root: HtmlElement, metas: dict[str, str], ld: dict[str, Any], url: str | None, title: str | None
) -> Iterator[Candidate]:
    for value in _listed(ld.get("datePublished"))[:1]:
        if found := date.stated(str(value), "json-ld"):
            yield found
    for key in _PUBLISHED:
        if key in metas and (found := date.stated(metas[key], "meta")):
            yield found
            break
    else:
        for element in root.iter("time"):
            marked = element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
            if marked and (found := date.stated(element.get("datetime") or element.text_content(), "meta")):
                yield found
                break
    if day := date.of_url(url):
        yield Candidate(day, "url")
    yield from _printed(root)


def _printed(root: HtmlElement) -> Iterator[Candidate]:
    """The day that the page prints after its headline: a `time` element or a box whose class speaks of a date.

    Days above the headline are as often today's, in the page's head, so they count only where no other is printed.
    """
    after = False
    above: Candidate | None = None
    for element in root.iter():
        if not isinstance(element.tag, str) or element.tag in ("script", "style", "head", "nav", "footer", "aside"):
            continue
        if element.tag == "h1":
            after = True
        if element.tag != "time" and not _DATE_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        text = clean.line(element.text_content()[:200])
        if len(text) > 120 or _UPDATED.match(text):
            continue
        day = date.printed(text)
        if day is None and element.tag == "time" and (found := date.stated(element.get("datetime") or "", "page line")):
            day = found.day
        if day is None:
            continue
        if after:
            yield Candidate(day, "page line")
            return
        above = above or Candidate(day, "page line", weak=True)
    if above:
        yield above
