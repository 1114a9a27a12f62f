"""The public functions and the coder's seams: what is wrong with the call raises at once, what is wrong with a page does not."""

from __future__ import annotations

from pathlib import Path

import pytest

import dateline
from dateline import article
from dateline.errors import InputError, UsageError
from dateline.model import Page
from dateline.run import Coder, coder

TEXT = (
    "The river stays low after weeks without rain, and towards evening it grows cool along the bank for those who walk. "
    * 2
)


@pytest.mark.parametrize(
    "call",
    [
        dateline.code,
        lambda s, p: dateline.code_many([s], published=p),
        lambda s, p: dateline.code_text(TEXT, published=p),
    ],
)
def test_a_date_that_is_none_is_told_before_anything_is_coded(tmp_path: Path, call) -> None:  # type: ignore[no-untyped-def]
    page = tmp_path / "a.txt"
    page.write_text("")  # it would fail without a look at the date
    with pytest.raises(UsageError, match="'soon' is not a date like 2025-11-08"):
        call(str(page), "soon")


def test_what_is_not_there_raises(tmp_path: Path) -> None:
    for call in (dateline.code, dateline.code_many):
        with pytest.raises(UsageError, match="no such file"):
            call(tmp_path / "gone.html")


def test_code_is_for_one_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("")
    assert "is empty" in dateline.code(tmp_path / "a.txt").problems[0].message
    (tmp_path / "b.txt").write_text("")
    with pytest.raises(UsageError, match="more than one article"):
        dateline.code(tmp_path)


def test_a_fault_over_a_page_is_a_failed_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr(article, "extract", fail)
    made = Coder().code_page(Page("a.html", TEXT, key="k", notes=("published: doubtful",)))
    assert (made.article.source, made.article.key, made.article.text) == ("a.html", "k", "")
    assert [(p.stage, p.message) for p in made.problems] == [
        ("read", "published: doubtful"), ("article", "fault in Dateline, please report it: RecursionError: too deep"),
    ]  # fmt: skip


def test_a_fault_of_the_parser_keeps_the_article(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def parse(self, _: object) -> None:
            raise ValueError("no parse")

    monkeypatch.setattr(coder.language, "load", lambda _: Broken())
    made = Coder().code_page(Page("a.txt", TEXT))
    assert made.article.text.startswith("The river") and made.actors == ()
    assert made.problems[-1].stage == "language" and "ValueError: no parse" in made.problems[-1].message


def test_an_error_of_reading_keeps_its_stage() -> None:
    made = Coder().code_page(InputError("a: is empty", "a"))
    assert [(p.stage, p.message) for p in made.problems] == [("read", "is empty")]


def test_a_failed_input_is_named_once() -> None:
    """Its row has the source; a message that begins with it again would read "x: not coded: x: is empty"."""
    made = Coder()
    refused = made.code_page(InputError("pages/x.html: is empty", "pages/x.html"))
    short = made.code_page(Page("pages/y.txt", "Three words only."))
    assert (refused.article.source, refused.problems[0].message) == ("pages/x.html", "is empty")
    assert short.problems[-1].message.startswith("only 3 words of article text")
