"""Markup made to hang or to lose its text: each is dealt with in time that grows with its length only."""

from __future__ import annotations

import time

import pytest

from dateline.errors import InputError
from dateline.read.feed import is_feed
from dateline.read.markup import is_markup, tamed
from dateline.settings import load

DEEP = "<div>" * 300


@pytest.mark.parametrize(
    "text",
    [
        DEEP + "<" + "a" * 2_000_000, "<div><script>" * 100_000, "<div><!--" * 100_000, DEEP + "<" * 2_000_000, DEEP + "<p " * 500_000,
        "<div><style></style>" * 50_000, DEEP + "</div" * 200_000,
    ],
)  # fmt: skip
def test_no_markup_takes_long(text: str) -> None:
    started = time.process_time()
    tamed(text, "a", load())
    assert time.process_time() - started < 10  # they took minutes, or for ever


@pytest.mark.parametrize(
    "text", ["<!-- a -->" * 2000 + "x", "<!-- a -->" * 400 + "<p>", "<?a?>" * 900, "<!DOCTYPE " + "[]" * 2400]
)
def test_long_beginnings_are_told_apart_at_once(text: str) -> None:
    started = time.process_time()
    assert not is_feed(text) and is_markup(text) == text.startswith("<!DOCTYPE")
    assert time.process_time() - started < 5  # twice as long with each comment, before


def test_text_below_many_boxes_survives() -> None:
    from lxml import html

    text = (
        "<html><body>" + "<div>" * 3000 + "<p>The talks went on.</p>" + "</div>" * 3000 + "<p>After.</p></body></html>"
    )
    made = tamed(text, "a", load())
    assert html.fromstring(made).text_content().split() == ["The", "talks", "went", "on.", "After."]


def test_scripts_and_comments_leave_a_page_that_is_flattened() -> None:
    made = tamed(DEEP + "<SCRIPT>var x = '<p>no';</SCRIPT >a<!-- <p>no -->b<svg><p>no</svg>c <!-- open d", "a", load())
    assert "no" not in made and made.rstrip().endswith("d")
    assert [w for w in made.replace("<div>", " ").split() if w in "abc"] == ["a", "b", "c"]


def test_a_tag_of_many_attributes_is_refused() -> None:
    with pytest.raises(InputError, match=r"more than 5,000 attributes \(read.max_attributes\)"):
        tamed("<p " + "a=b " * 30_000 + ">", "a", load())
    honest = "<img src='data:" + "A" * 200_000 + "'>"
    assert tamed(honest, "a", load()) == honest


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("<html><p>x</p>", True), ("  <!-- a --> <!DOCTYPE html><p>", True), ("<div><p>a</p><p>b</p></div>", True),
        ("He wrote <p> in the margin.", False), ("a < b and c > d", False), ("Plain.", False), ("<b>Bold</b> words", False),
    ],
)  # fmt: skip
def test_prose_that_mentions_a_tag_is_no_markup(text: str, markup: bool) -> None:
    assert is_markup(text) is markup
