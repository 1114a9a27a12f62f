"""Page → Article: whole pages, what the source states, and what yields no article."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from dateline import read
from dateline.article import extract
from dateline.errors import InputError
from dateline.model import Article, Page, Problem
from dateline.settings import Settings, load

GOLD: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).with_name("pages") / "gold.json").read_text(encoding="utf-8")
)
STORY = (
    "STRELSAU (AP) — The ministers of Ruritania and Graustark met on Monday and talked for nine hours about the bridge, officials said.\n\n"
    "The road is to be open by the end of the week, and a commission will meet in May."
)


@pytest.mark.parametrize("name", list(GOLD))
def test_whole_pages(name: str, extracted: Callable[[str], tuple[Article, tuple[Problem, ...]]]) -> None:
    gold, (found, _) = GOLD[name], extracted(name)
    assert found.title == gold["title"]
    assert list(found.authors) == gold["authors"]
    assert found.publisher == gold["publisher"]
    assert (str(found.published), found.published_origin) == (gold["published"], gold["origin"])
    assert list(found.dateline) == gold["dateline"]
    assert found.text[found.body_start :].startswith(gold["starts"])
    assert found.text.endswith(gold["ends"])
    assert len(found.text.split("\n\n")) == gold["paragraphs"]
    assert found.language == "en"


def test_the_source_stands_before_the_page(settings: Settings) -> None:
    page = Page(
        "t#1", "Ministers talk\nBy Antonia Mauban\n4 March 2031\n\n" + STORY, "text", "k1", "https://x.example/2031/03/04/a", "Talks on the bridge",
        ("Rupert Hentzau",), "Zenda Post", datetime.date(2031, 3, 4), "table",
    )  # fmt: skip
    found, problems = extract(page, settings)
    assert (found.key, found.title, found.authors, found.publisher) == (
        "k1",
        "Talks on the bridge",
        ("Rupert Hentzau",),
        "Zenda Post",
    )
    assert (found.published, found.published_origin) == (datetime.date(2031, 3, 4), "table")
    assert not problems


def test_a_given_date_wins_and_others_are_told(settings: Settings) -> None:
    day = datetime.date(2020, 1, 1)
    found, problems = extract(
        Page("p", STORY, url="https://x.example/2031/03/04/a", published=day, published_origin="given"), settings
    )
    assert (found.published, found.published_origin, problems) == (day, "given", ())
    found, problems = extract(
        Page("p", STORY, url="https://x.example/2031/03/04/a", published=day, published_origin="table"), settings
    )
    assert found.published == day
    assert len(problems) == 1 and "2031-03-04" in problems[0].message


def test_no_date_rather_than_a_guess(settings: Settings) -> None:
    assert extract(Page("p", STORY), settings)[0].published is None


def test_agency_as_publisher_of_last_resort(settings: Settings) -> None:
    assert extract(Page("p", STORY), settings)[0].publisher == "The Associated Press"
    assert extract(Page("p", STORY, publisher="Zenda Post"), settings)[0].publisher == "Zenda Post"


def test_summary(settings: Settings) -> None:
    _, problems = extract(Page("f#1", STORY, partial=True), settings)
    assert any("summary only" in p.message for p in problems)


def test_feed_items(settings: Settings, tmp_path: Path) -> None:
    told = "The ministers of Ruritania and Graustark met on Monday and talked for nine hours of the bridge &amp;amp; the road, officials said."
    full = f"<p>STRELSAU &#8212; {told}</p><p>The road opens on Friday.</p><p>The post <a href='x'>Two</a> appeared first on Zenda Post.</p>"
    (tmp_path / "feed.xml").write_text(
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Zenda Post</title>'
        f"<item><title>Talks &amp;amp; roads</title><pubDate>Tue, 04 Mar 2031 10:00:00 GMT</pubDate><description>{told}</description></item>"
        f"<item><title>Two</title><content:encoded><![CDATA[{full.replace('&amp;amp;', '&amp;')}]]></content:encoded></item></channel></rss>",
        encoding="utf-8",
    )
    first, second = (
        extract(p, settings) for p in read.pages(str(tmp_path / "feed.xml"), settings) if isinstance(p, Page)
    )
    assert first[0].title == "Talks & roads" and "bridge & the road" in first[0].text
    assert (str(first[0].published), first[0].published_origin, first[0].publisher) == (
        "2031-03-04",
        "feed",
        "Zenda Post",
    )
    assert any("summary only" in p.message for p in first[1])
    assert second[0].dateline == ("Strelsau",) and second[0].text.endswith("The road opens on Friday.")
    assert not second[1]


def test_identity(settings: Settings) -> None:
    one, other = (
        extract(Page("a", STORY), settings)[0],
        extract(Page("b", STORY, url="https://x.example/"), settings)[0],
    )
    assert one.id == other.id and one.id.startswith("sha256:")
    assert extract(Page("a", STORY + " So it is."), settings)[0].id != one.id


def test_the_same_text_of_two_outlets_or_rows_is_two_articles(settings: Settings) -> None:
    pages = [
        Page("t.csv#1", STORY, key="r1", publisher="Zenda Post"),
        Page("t.csv#2", STORY, key="r2", publisher="Zenda Post"),
        Page("t.csv#3", STORY, key="r1", publisher="Strelsau Herald"),
        Page("t.csv#4", STORY, key="r1"),
        Page("t.csv#5", STORY, publisher="r1"),
    ]
    assert len({extract(page, settings)[0].id for page in pages}) == len(pages)
    moved = Page("elsewhere/t.csv#1", STORY, key="r1", publisher="Zenda Post")
    assert extract(moved, settings)[0].id == extract(pages[0], settings)[0].id


def test_other_languages_are_told(settings: Settings) -> None:
    text = "La reunión de los ministros terminó ayer sin acuerdo, según dijeron los funcionarios de ambos países en la capital, y los mediadores seguirán."
    assert extract(Page("p", text), settings)[0].language == "es"


@pytest.mark.parametrize(
    ("content", "media", "says"),
    [
        ("", "text", "no text"),
        (" \n\x00", "text", "no text"),
        ("Too short.", "text", "only 2 words"),
        ("\ufffdx\ufffd9f" * 300, "text", "no text"),
        ("<html><body><script>app()</script></body></html>", "html", "no article text"),
        ("<html><body><noscript>Please enable JavaScript to run this app.</noscript></body></html>", "html", "scripts"),
        (
            "<html><body><h1>We value your privacy</h1><p>We and our partners use cookies to store personal data such as browsing data and "
            "unique identifiers on your device, and you can accept all or reject all of them below.</p></body></html>",
            "html",
            "consent",
        ),
    ],
)
def test_no_article(content: str, media: str, says: str, settings: Settings) -> None:
    with pytest.raises(InputError, match=says) as caught:
        extract(Page("bad", content, media), settings)  # type: ignore[arg-type]
    assert caught.value.source == "bad" and caught.value.stage == "article"


def test_long_bodies_are_cut_at_a_paragraph() -> None:
    found, problems = extract(
        Page(
            "p",
            "\n\n".join(
                f"Round {n} of the talks in Strelsau ended without an agreement, officials of both sides said."
                for n in range(9)
            ),
        ),
        load(article__max_chars=500),
    )
    assert len(found.text) <= 500 and found.text.endswith(".")
    assert any("cut" in p.message for p in problems)


def test_twenty_megabytes(settings: Settings) -> None:
    text = "\n\n".join(
        f"The talks of round {n} ended without an agreement, officials of both sides said in Strelsau."
        for n in range(220_000)
    )
    found, problems = extract(Page("p", text), settings)
    assert len(found.text) <= settings["article.max_chars"]
    assert len(problems) == 2


@examples(max_examples=60, deadline=None)
@given(
    st.lists(
        st.text(alphabet=st.sampled_from('abcXYZ —-(),./"“”’\u200b\u00a0é中'), min_size=1, max_size=60),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["", "STRELSAU — ", "GENEVA (Reuters) - ", "Zenda, 6 May –"]),
)
def test_offsets(rows: list[str], head: str) -> None:
    """The body's start lies in the text, on a word; paragraphs are parted by one blank line and hold no breaks."""
    try:
        found, _ = extract(Page("p", head + "\n\n".join(rows)), load(article__min_words=1))
    except InputError:
        return
    assert 0 <= found.body_start < len(found.text)
    assert not found.text[found.body_start].isspace()
    assert found.text == found.text.strip()
    assert all(p.strip() and "\n" not in p for p in found.text.split("\n\n"))
    assert bool(found.body_start) or not found.dateline


def test_a_dateline_grown_onto_its_story_is_parted(settings: Settings) -> None:
    found, _ = extract(Page("x", STORY.replace("(AP) — The", "(AP)The")), settings)
    assert (found.dateline, found.text[: found.body_start], found.publisher) == (
        ("Strelsau",),
        "STRELSAU (AP) ",
        "The Associated Press",
    )


def test_an_agency_sign_at_the_end_names_the_publisher_and_stays(settings: Settings) -> None:
    text = STORY.removeprefix("STRELSAU (AP) — ") + " PTI"
    found, _ = extract(Page("x", text), settings)
    assert (found.publisher, found.text) == ("PTI", text)
