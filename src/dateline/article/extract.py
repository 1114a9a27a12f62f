"""Page → Article: the body and what is known of it, what the source states weighed against what the page says."""

from __future__ import annotations

import datetime
import hashlib
import re

from dateline.article import byline, clean, date, dateline, html, text
from dateline.article.date import Candidate
from dateline.article.draft import Draft
from dateline.article.language import of_text
from dateline.article.words import words
from dateline.errors import InputError
from dateline.model import Article, Page, Problem
from dateline.settings import Settings

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
MAX_TEXT = 1_000_000
"""Characters of running text that are looked at; more is cut before the lines are told apart."""
WALL_WORDS = 250
"""A body of fewer words may be a wall (consent, scripts, robots) in place of the article."""


def extract(page: Page, settings: Settings) -> tuple[Article, tuple[Problem, ...]]:
    """The article of a page, and what was doubtful about it.

    What the source states (a table's columns, a feed's elements) stands before what the page says of itself. Raises
    InputError (stage "article") where the page holds no article: too few words, a wall, no text at all.
    """
    notes: list[str] = []
    content = clean.characters(page.content)
    if not content.strip():
        raise InputError(f"{page.source}: holds no text", page.source, "article")
    if page.media == "html":
        draft = html.read(content, page.source, page.url, settings, _line(page.title))
    else:
        if len(content) > MAX_TEXT:
            content = content[
                : content.rfind("\n", MAX_TEXT // 2, MAX_TEXT)
                if "\n" in content[MAX_TEXT // 2 : MAX_TEXT]
                else MAX_TEXT
            ]
            notes.append(f"the text is longer than {MAX_TEXT:,} characters; the rest was not read")
        draft = text.read(clean.entities(content), _line(page.title))
    notes += draft.notes
    paragraphs = dateline.opened(list(draft.paragraphs))
    _refuse(page, draft, paragraphs, settings["article.min_words"])
    body = "\n\n".join(paragraphs)
    if len(body) > settings["article.max_chars"]:
        body = _cut(paragraphs, settings["article.max_chars"])
        notes.append(f"the body has more than {settings['article.max_chars']:,} characters (article.max_chars); cut")
    if page.partial:
        notes.append("summary only: the feed carries no full text; code the page itself for the whole article")
    head = dateline.find(body)
    if head and not body[head.end - 1].isspace():  # "STRELSAU (AP)The bridge": markup parted them
        body = f"{body[: head.end]} {body[head.end :]}"
        head = dateline.find(body)
    chosen, doubt = date.choose(_candidates(page, draft, head))
    if doubt:
        notes.append(doubt)
    publisher = _line(page.publisher) or draft.publisher or (head.agency if head else None) or dateline.closing(body)
    title = _line(page.title) or draft.title
    article = Article(
        id=identity(title, body, publisher, page.key),
        source=page.source,
        text=body,
        key=page.key,
        url=page.url or draft.url,
        title=title,
        authors=byline.authors(page.authors, publisher) or draft.authors,
        publisher=publisher,
        published=chosen.day if chosen else None,
        published_origin=chosen.origin if chosen else None,
        language=of_text(body),
        dateline=(head.places if head else ()) or draft.places,
        body_start=head.end if head else 0,
    )
    doubts = [Problem("read", note) for note in page.notes] + [Problem("article", note) for note in notes]
    return article, tuple(doubts)


def identity(title: str | None, body: str, publisher: str | None = None, key: str | None = None) -> str:
    """The id of an article: sha256 over its title and text, its publisher, and the id that a table or feed gave it.

    The same text in two outlets, or in two rows of a table, is two articles (and one text across articles). Where an
    article lay, under which address and when it was read do not count: a folder that moved makes no new articles.
    """
    told = f"\0{publisher or ''}\0{key or ''}" if publisher or key else ""
    return "sha256:" + hashlib.sha256(f"{title or ''}\0{body}{told}".encode()).hexdigest()


def _line(value: str | None) -> str | None:
    return (clean.line(clean.entities(clean.characters(value))) or None) if value else None


def _refuse(page: Page, draft: Draft, paragraphs: list[str], least: int) -> None:
    """Raise InputError for a body that is none."""
    body = "\n".join(paragraphs).lower()
    count = len(_WORD.findall(body))
    where = page.source
    if count < WALL_WORDS or count < least:
        wall = body or clean.characters(page.content)[:200_000].lower()
        if any(phrase in wall for phrase in words().script) and count < WALL_WORDS // 2:
            raise InputError(f"{where}: holds no article, only a page that asks for scripts or a check of its reader; save the page from a browser", where, "article")  # fmt: skip
        walled = [p for p in paragraphs if any(phrase in p.lower() for phrase in words().consent)]
        phrases = {phrase for phrase in words().consent for p in walled if phrase in p.lower()}
        if len(phrases) > 1 and len(_WORD.findall(" ".join(walled))) * 2 > count:
            raise InputError(f"{where}: holds no article, only a request for consent; save the page after agreeing", where, "article")  # fmt: skip
    if _garbled(body):
        raise InputError(
            f"{where}: holds characters that are no text; is it binary, or in another encoding?", where, "article"
        )
    if count == 0:
        raise InputError(f"{where}: no article text found on the page; is it built by scripts, or no article?", where, "article")  # fmt: skip
    if count < least:
        raise InputError(f"{where}: only {count} words of article text found, fewer than {least} (article.min_words)", where, "article")  # fmt: skip


def _garbled(body: str) -> bool:
    """Whether a text is the rest of binary data: marks of broken characters, or more signs than letters."""
    solid = [c for c in body[:20_000] if not c.isspace()]
    letters = sum(c.isalpha() for c in solid)
    return len(solid) >= 40 and (solid.count("\ufffd") * 20 > len(solid) or letters * 5 < len(solid) * 2)


def _cut(paragraphs: list[str], limit: int) -> str:
    """The paragraphs that fit into `limit` characters; the first one cut at a word if not even it fits."""
    kept, size = [], -2
    for paragraph in paragraphs:
        size += len(paragraph) + 2
        if size > limit:
            break
        kept.append(paragraph)
    return "\n\n".join(kept) if kept else paragraphs[0][:limit].rsplit(" ", 1)[0]


def _candidates(page: Page, draft: Draft, head: dateline.Printed | None) -> list[Candidate]:
    """Every day that may be the day of publication, the source's own first."""
    found = [Candidate(page.published, page.published_origin or "table")] if page.published else []
    found += draft.dates
    if page.url and not any(c.origin == "url" for c in found) and (day := date.of_url(page.url)):
        found.append(Candidate(day, "url"))
    if head and head.date:
        day = date.printed(head.date) or _with_year(head.date, found)
        if day and not found:
            found.append(Candidate(day, "page line"))
    return found


def _with_year(printed: str, known: list[Candidate]) -> datetime.date | None:
    """A dateline's day without its year, in the year that other candidates give."""
    return date.printed(f"{printed} {known[0].day.year}") if known else None
