"""Bodies and metadata out of markup."""

from __future__ import annotations

import json

import pytest

from dateline.article import html
from dateline.article.draft import Draft
from dateline.errors import InputError
from dateline.settings import Settings

SENTENCES = [
    f"The {n} commission of the two countries met in Strelsau on Monday to talk about the bridge, and officials said it would meet again."
    for n in ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
]


def read(markup: str, settings: Settings, address: str | None = None) -> Draft:
    return html.read(markup, "page", address, settings)


def test_paragraphs_lists_and_headings(settings: Settings) -> None:
    inner = f"<p>{SENTENCES[0]}</p><h2>What was agreed upon</h2><ul><li>{SENTENCES[1]}</li><li>{SENTENCES[2]}</li></ul><p>{SENTENCES[3]}</p>"
    found = read(f"<html><body><article><h1>Talks go on in Strelsau</h1>{inner}</article></body></html>", settings)
    assert found.paragraphs == (SENTENCES[0], "What was agreed upon", *SENTENCES[1:4])
    assert found.title == "Talks go on in Strelsau"


def test_the_place_of_an_agency_in_the_box_of_the_author(settings: Settings) -> None:
    story = "".join(f"<p>{s}</p>" for s in SENTENCES)
    for box, places in (
        ("<a>PTI, </a><span> Strelsau, </span><ul><li>Mar 04 2031, 10:18am ist</li></ul>", ("Strelsau",)),
        ("<a>Antonia Mauban, </a><span> Strelsau, </span>", ()),
    ):
        page = f'<html><body><article><h1>Talks go on</h1><div class="article-author">{box}</div>{story}</article></body></html>'
        assert read(page, settings).places == places


def test_lines_that_are_no_text_are_left_out(settings: Settings) -> None:
    dropped = [
        "Read more: The bridge, day by day",
        "Advertisement",
        "Photo: Courier archive",
        "ALSO READ | Snow closes the pass",
    ]
    inner = "".join(f"<p>{s}</p><p>{d}</p>" for s, d in zip(SENTENCES, dropped, strict=False))
    assert read(f"<html><body><article>{inner}</article></body></html>", settings).paragraphs == tuple(SENTENCES[:4])


def test_no_markup_and_no_entities_in_the_text(settings: Settings) -> None:
    ld = {
        "@type": "NewsArticle",
        "articleBody": "<p>One &amp; two &quot;met&quot;.</p><p>They <b>talked</b> of a &lt;b&gt;.</p>" * 3,
    }
    page = f'<html><head><script type="application/ld+json">{json.dumps(ld)}</script></head><body><div id="app"></div></body></html>'
    text = "\n".join(read(page, settings).paragraphs)
    assert 'One & two "met".' in text
    assert "&amp;" not in text and "<p>" not in text and "&quot;" not in text


def test_body_in_several_boxes(settings: Settings) -> None:
    def box(sentences: list[str]) -> str:
        return (
            '<div class="grid"><div class="chunk">'
            + "".join(f"<p>{s}</p>" for s in sentences)
            + "</div></div><div class=ad>Ad</div>"
        )

    page = (
        "<html><body><main>" + box(SENTENCES[:6]) + box(SENTENCES[6:8]) + box(SENTENCES[8:]) + "</main></body></html>"
    )
    assert read(page, settings).paragraphs == tuple(SENTENCES)


def test_deep_nesting_keeps_the_body(settings: Settings) -> None:
    page = (
        "<html><body>" + "<div>" * 600 + "".join(f"<p>{s}</p>" for s in SENTENCES) + "</div>" * 600 + "</body></html>"
    )
    assert read(page, settings).paragraphs == tuple(SENTENCES)


def test_what_the_page_says_of_itself(settings: Settings) -> None:
    page = (
        '<html><head><title>Talks fail - The Strelsau Times</title><meta property="og:site_name" content="Strelsau Times">'
        '<meta name="author" content="Reuters"><meta name="date" content="2031-03-04"></head>'
        '<body><h1>Talks fail</h1><span class="byline">By Antonia Mauban</span>'
        + "".join(f"<p>{s}</p>" for s in SENTENCES)
        + "</body></html>"
    )
    found = read(page, settings, "https://news.strelsautimes.example/2031/03/04/talks")
    assert (found.title, found.authors, found.publisher) == ("Talks fail", ("Antonia Mauban",), "Strelsau Times")
    assert [c.origin for c in found.dates] == ["meta", "url"]


@pytest.mark.parametrize(
    "markup",
    ["<html></html>", "<p>", "<?xml version='1.0'?><html/>", "<html><body><script>x</script>"],
)
def test_empty_pages_give_no_paragraphs(markup: str, settings: Settings) -> None:
    assert read(markup, settings).paragraphs == ()


@pytest.mark.parametrize("markup", ["<!-- -->", "<script>x</script>"])
def test_no_markup_at_all(markup: str, settings: Settings) -> None:
    with pytest.raises(InputError, match="no markup"):
        read(markup, settings)
