"""Where what is said begins and ends, on spans given by hand. Sentences of our own."""

from __future__ import annotations

import pytest

from dateline import language
from dateline.language import Doc
from dateline.model import Article
from dateline.statements.edges import finished, whole_quotations, without_past, without_tail
from dateline.statements.marks import Quoted, quotations

Offsets = tuple[int, int]


def _parsed(text: str) -> tuple[Doc, Quoted]:
    doc = language.load().parse(Article("x", "x", text))
    return doc, Quoted(quotations(text, doc.paragraphs)[0])


def _at(text: str, piece: str) -> Offsets:
    return text.index(piece), text.index(piece) + len(piece)


@pytest.mark.parametrize(
    ("text", "pieces", "told"),
    [
        ("He said there was a fire in Altburg, and left.", ["there was a fire in"], ["there was a fire in Altburg"]),
        (
            "He said there was a fire in old Altburg mill, and left.",
            ["there was a fire in old Altburg"],
            ["there was a fire in old Altburg mill"],
        ),
        ("He said there was a fire on Monday.", ["there was a fire"], ["there was a fire"]),
        (
            "He said you are with the farm lobby and never against it.",
            ["you are with the", "and never against it"],
            ["you are with the farm lobby and never against it"],
        ),
        ("The fire, he said, was out.", ["The fire", "was out"], ["The fire", "was out"]),
    ],
)
def test_a_piece_ends_with_its_phrase(text: str, pieces: list[str], told: list[str]) -> None:
    doc, _ = _parsed(text)
    found = finished(doc, [_at(text, p) for p in pieces], [_at(text, "said")])
    assert [text[s:e] for s, e in found] == told


def test_when_it_was_said_is_no_part_of_a_quotation() -> None:
    text = 'She wrote, "Thank you all, dear friends" on Friday afternoon.'
    doc, quoted = _parsed(text)
    cue = next(t for t in doc.spacy if t.text == "wrote")
    start, end = without_tail(doc, _at(text, 'Thank you all, dear friends" on Friday afternoon'), quoted, cue)
    assert text[start:end] == "Thank you all, dear friends"
    text = 'The mill is, she wrote, "a heap of old stones" for every neighbour.'
    doc, quoted = _parsed(text)
    cue = next(t for t in doc.spacy if t.text == "wrote")
    piece = _at(text, 'a heap of old stones" for every neighbour')
    assert without_tail(doc, piece, quoted, cue) == piece


def test_a_quotation_is_whole_and_of_one_cue() -> None:
    text = '"Here we stand on a great day for the mill," he told the town.\n\nThe road, he said, "is mended and open".'
    doc, quoted = _parsed(text)
    first, second = _at(text, "we stand on a great day for the mill"), _at(text, "on a great day")
    cues = [_at(text, "told"), _at(text, "said")]
    contents = whole_quotations(doc.text, [(first,), (second, _at(text, "is mended and open"))], cues, quoted)
    assert [[text[s:e] for s, e in pieces] for pieces in contents] == [
        ["Here we stand on a great day for the mill"],
        ["is mended and open"],
    ]


def test_an_empty_quotation_is_nobodys() -> None:
    text = "He spoke of lying “ '' and left."
    doc, quoted = _parsed(text)
    assert whole_quotations(doc.text, [(_at(text, "lying"),)], [_at(text, "spoke of")], quoted) == [
        (_at(text, "lying"),)
    ]


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("Marn threatened to step in after Holt fired him.", "to step in after Holt fired him", "to step in"),
        (
            "Marn vowed to step in, after years of quiet.",
            "to step in, after years of quiet",
            "to step in, after years of quiet",
        ),
        (
            "Marn vowed to “step in after Holt fired him.”",
            "to “step in after Holt fired him.”",
            "to “step in after Holt fired him.”",
        ),
        (
            "Marn said he stepped in after Holt fired him.",
            "he stepped in after Holt fired him",
            "he stepped in after Holt fired him",
        ),
    ],
)
def test_what_came_before_is_not_threatened_or_promised(text: str, said: str, left: str) -> None:
    doc, quoted = _parsed(text)
    (piece,) = without_past(doc, (_at(text, said),), quoted)
    assert text[slice(*piece)] == left


def test_an_infinitive_that_opens_its_sentence_is_no_threat() -> None:
    text = "To see the number of cases that may fall is stunning, since so many of them were decided by one vote, said Ann Marlowe."
    doc, quoted = _parsed(text)
    said = (0, text.index(", said"))
    assert without_past(doc, (said,), quoted) == (said,)
