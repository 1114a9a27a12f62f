"""Feeds: RSS 2.0, RSS 1.0 and Atom, with whole texts, summaries, escaped markup, and what is made to do harm."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.model import Page

LONG = "<p>" + "The delegations of Ruritania and Graustark met in Strelsau. " * 12 + "</p>"
RSS = '<?xml version="1.0" encoding="{encoding}"?>\n<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Strelsau Café</title>{items}</channel></rss>'


def rss(*items: str, encoding: str = "UTF-8") -> str:
    return RSS.format(items="".join(f"<item>{item}</item>" for item in items), encoding=encoding)


@pytest.fixture
def items(tmp_path: Path, reading):  # type: ignore[no-untyped-def]
    """Read a feed that is given as text."""

    def of(text: str, encoding: str = "utf-8") -> list[Page | InputError]:
        file = tmp_path / "feed.xml"
        file.write_bytes(text.encode(encoding))
        return reading(file)

    return of


def test_rss_with_the_whole_text(items, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found, _ = items(
        rss(
            "<title>Talks &amp;amp; more</title><link>https://example.org/1</link><guid>g-1</guid><dc:creator>A. Hentzau</dc:creator>"
            f"<pubDate>Sat, 08 Nov 2025 10:00:00 GMT</pubDate><description>Short.</description><content:encoded><![CDATA[{LONG}]]></content:encoded>",
            f"<title>Two</title><link>https://example.org/2</link><content:encoded>{LONG.replace('<', '&lt;')}</content:encoded>",
        )
    )
    assert found.source == f"{tmp_path}/feed.xml#1"
    assert (found.key, found.url, found.publisher) == ("g-1", "https://example.org/1", "Strelsau Café")
    assert (found.published, found.published_origin) == (datetime.date(2025, 11, 8), "feed")
    assert found.authors == ("A. Hentzau",)
    assert found.media == "html" and "Graustark met" in found.content and not found.partial and not found.notes
    assert _.content.count("<p>") == 1 and not _.partial and _.key == "https://example.org/2"


def test_rss_with_summaries_is_partial(items) -> None:  # type: ignore[no-untyped-def]
    plain, marked, twice, long = items(
        rss(
            "<title>1</title><description>Talks went on, officials said.</description>",
            "<title>2</title><description>&lt;p&gt;Talks &lt;b&gt;went&lt;/b&gt; on.&lt;/p&gt;</description>",
            "<title>3</title><description>&amp;lt;p&amp;gt;Talks went on.&amp;lt;/p&amp;gt;</description>",
            f"<title>4</title><description><![CDATA[{LONG}]]></description>",
        )
    )
    assert (plain.media, plain.content, plain.partial) == ("text", "Talks went on, officials said.", True)
    assert marked.media == "html" and "<p>Talks <b>went</b> on.</p>" in marked.content and marked.partial
    assert twice.media == "html" and "<p>Talks went on.</p>" in twice.content
    assert not long.partial


def test_atom(items) -> None:  # type: ignore[no-untyped-def]
    entries = (
        '<entry><id>tag:1</id><title type="html">A</title><link href="https://example.org/1"/><author><name>R. Rassendyll</name></author>'
        f"<published>2025-11-08T23:30:00-05:00</published><updated>2025-11-10T00:00:00Z</updated><summary>Short.</summary>"
        f'<content type="html">{LONG.replace("<", "&lt;")}</content></entry>'
        f'<entry><id>tag:2</id><title>B</title><updated>2025-11-10T00:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{LONG}</div></content></entry>'
        "<entry><id>tag:3</id><title>C</title><summary>Only a summary.</summary></entry>"
    )
    one, two, three = items(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Strelsau</title>{entries}</feed>')
    assert (one.key, one.url, one.authors) == ("tag:1", "https://example.org/1", ("R. Rassendyll",))
    assert one.published == datetime.date(2025, 11, 8)  # as written; in UTC it is the 9th
    assert two.published == datetime.date(2025, 11, 10) and "Graustark met" in two.content
    assert (one.partial, two.partial, three.partial) == (False, False, True)
    assert three.published is None and not three.notes


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Sat, 08 Nov 2025 23:30:00 -0500", "2025-11-08"), ("Sat, 08 Nov 2025 00:30:00 +0900", "2025-11-08"),
        ("8 Nov 2025 10:00 EST", "2025-11-08"), ("08 Nov 25 10:00:00 GMT", "2025-11-08"), ("2025-11-08", "2025-11-08"),
        ("yesterday", None), ("11/08/2025", None), ("31 Feb 2025 10:00:00 GMT", None),
    ],
)  # fmt: skip
def test_dates_of_items(items, written: str, day: str | None) -> None:  # type: ignore[no-untyped-def]
    (found,) = items(rss(f"<title>1</title><description>Talks.</description><pubDate>{written}</pubDate>"))
    assert (found.published.isoformat() if found.published else None) == day
    assert found.notes == (() if day else (f"published: the feed says '{written}', which is no date",))


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "UTF-16", "windows-1251"])
def test_feeds_in_other_encodings(items, encoding: str) -> None:  # type: ignore[no-untyped-def]
    name = "Strelsau" if encoding == "windows-1251" else "Strelsau Café"
    text = rss("<title>1</title><description>Talks.</description>", encoding=encoding).replace("Strelsau Café", name)
    assert items(text, encoding)[0].publisher == name


def test_an_item_without_text_is_told_and_the_others_are_read(items) -> None:  # type: ignore[no-untyped-def]
    empty, full = items(
        rss("<title>1</title><link>https://example.org/1</link>", "<title>2</title><description>Talks.</description>")
    )
    assert "the item holds no text; fetch its page (https://example.org/1)" in str(empty)
    assert full.content == "Talks." and full.source.endswith("#2")


@pytest.mark.parametrize("text", [rss(), '<feed xmlns="http://www.w3.org/2005/Atom"/>'])
def test_a_feed_without_items(items, text: str) -> None:  # type: ignore[no-untyped-def]
    (told,) = items(text)
    assert "a feed without items" in str(told) or "cannot be parsed" in str(told)


def test_a_feed_that_breaks_off_gives_what_is_whole(items) -> None:  # type: ignore[no-untyped-def]
    text = rss(*(f"<title>{i}</title><description>Talks {i}.</description>" for i in range(5)))
    found = items(text[: text.index("Talks 3")])
    assert [p.content for p in found if isinstance(p, Page)][:3] == ["Talks 0.", "Talks 1.", "Talks 2."]


def test_entities_do_no_harm(items, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """Neither a file of this machine nor a billion laughs gets into a text."""
    secret = tmp_path / "secret"
    secret.write_text("SECRET")
    levels = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
    doctype = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}"><!ENTITY l0 "ha">{levels}]>'
    text = rss("<title>&x;</title><description>Talks &x; went &l11; on.</description>").replace(
        "<rss", doctype + "<rss", 1
    )
    for item in items(text):
        assert "SECRET" not in (item.content + str(item.title) if isinstance(item, Page) else str(item))
        assert len(getattr(item, "content", "")) < 1000


def test_markup_of_items_is_tamed_as_that_of_pages(items) -> None:  # type: ignore[no-untyped-def]
    deep, hostile = items(
        rss(
            *(
                f"<title>1</title><content:encoded><![CDATA[{c}]]></content:encoded>"
                for c in ("<div>" * 500 + LONG, "<p " + "a=b " * 30_000 + ">x</p>")
            )
        )
    )
    assert deep.content.count("<div>") < 200 and "Graustark met" in deep.content
    assert isinstance(hostile, InputError) and "attributes" in str(hostile)
