"""Quotation marks: pairs across styles, marks that never close, what counts as direct speech."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.statements.marks import Quoted, quotations


def quoted(text: str) -> tuple[list[str], list[int]]:
    found, stray = quotations(text, [m.span() for m in re.finditer(r"[^\n]+", text)])
    return [text[q.start : q.end] for q in found], list(stray)


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('"We left," he said. "They did not."', ["We left,", "They did not."]),
        ("“We left,” he said.", ["We left,"]),
        ("He said ``we left'' and ''they came too''.", ["we left", "they came too"]),
        ("«Nous partons», the envoy said.", ["Nous partons"]),
        ("The envoy called it 'a long and bitter winter' again.", ["a long and bitter winter"]),
        ('He said: "She told me "go away" twice," and sat.', ['She told me "go away" twice,']),
        ("He said “she called it ‘a very bad joke’ and left”.", ["she called it ‘a very bad joke’ and left"]),
    ],
)
def test_pairs(text: str, inside: list[str]) -> None:
    assert quoted(text) == (inside, [])


def test_an_apostrophe_is_no_mark() -> None:
    assert quoted("The boys' day wasn't long; the '90s weren't either, said the rebels' envoy.") == ([], [])


def test_a_mark_that_never_closes_around_others_is_stray() -> None:
    text = '"Delegates came “in good faith and with full powers,” the envoy said. He blamed “their attitude” alone.'
    assert quoted(text) == (["in good faith and with full powers,", "their attitude"], [0])


def test_a_mark_that_never_closes_quotes_to_the_end_of_its_paragraph() -> None:
    assert quoted('"We came in good faith.\nThe talks ended.') == (["We came in good faith."], [0])


def test_a_quotation_over_several_paragraphs_is_no_fault() -> None:
    text = "“We came in good faith.\n“We leave in sorrow,” the envoy said."
    assert quoted(text) == (["We came in good faith.", "We leave in sorrow,"], [])


def test_kinds() -> None:
    text = "He said “we left” and that they stayed."
    marks = Quoted(quotations(text, [(0, len(text))])[0])
    left, stayed = text.index("we left"), text.index("they stayed")
    assert marks.kind([(left, left + 7)], text) == "direct"
    assert marks.kind([(stayed, len(text))], text) == "indirect"
    assert marks.kind([(left, len(text))], text) == "mixed"


@given(st.text(alphabet="ab .,\n\"“”'‘’`«»", max_size=120))
def test_any_marks_give_ordered_stretches(text: str) -> None:
    found, stray = quotations(text, [m.span() for m in re.finditer(r"[^\n]+", text)])
    for quotation in found:
        assert 0 <= quotation.open <= quotation.start <= quotation.end <= quotation.close <= len(text)
        assert "\n" not in text[quotation.start : quotation.end]
    assert all(a.close <= b.open or a.open == b.open for a, b in itertools.pairwise(found))
    assert all(text[offset] in "\"“„«`'" for offset in stray)
