"""Characters, white space and paragraphs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.article import clean


def test_characters() -> None:
    assert clean.characters("a\x00b\r\nc\rd\u2028e\ufefff\x1b[31m") == "ab\nc\nd\nef[31m"
    assert (
        clean.characters("\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645")
        == "\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
    )


def test_entities() -> None:
    assert clean.entities("A &amp; B &#8212; C &lt;b&gt; &nbsp;D") == "A & B — C <b> \u00a0D"
    assert clean.entities("AT&T; R&D and Q&A") == "AT&T; R&D and Q&A"
    assert clean.entities("x&#0;y&#x1b;z") == "x\ufffdyz"


def test_each_line_is_a_paragraph() -> None:
    assert clean.paragraphs("The talks ended.\nNobody spoke.\n\n \n  The  road\topened. ") == [
        "The talks ended.",
        "Nobody spoke.",
        "The road opened.",
    ]


def test_broken_lines_are_joined() -> None:
    text = (
        "The ministers of both countries met on Monday in the town hall of\nStrelsau, where they talked for nine hours about the road\n"
        "and the bridge, and left without a word to those who had waited\noutside.\n\nThe talks go on next week, officials said, though no day has been\nset.\n"
    )
    assert [p[:12] for p in clean.paragraphs(text)] == ["The minister", "The talks go"]
    assert clean.paragraphs("Talks fail,\nofficials say after a night.\nThe road is shut.") == [
        "Talks fail, officials say after a night.",
        "The road is shut.",
    ]


@given(st.text(max_size=200))
def test_paragraphs_keep_every_letter(text: str) -> None:
    cleaned = clean.characters(text)
    joined = "".join(clean.paragraphs(cleaned))
    assert [c for c in joined if not c.isspace()] == [c for c in cleaned if not c.isspace()]
    assert "\n" not in joined and "\x00" not in joined


def test_misread_utf8_is_put_right() -> None:
    for plain in ("“Señor” Müller’s café – naïve — ‘so’…", "É, à, ç and £3 or €5"):
        for codec in ("cp1252", "latin-1"):
            misread = plain.encode().decode(codec, "replace")
            assert clean.characters(misread) == plain
    assert clean.characters("â€œThe bridge is open,â€ she said. â€˜Yes.â€™") == "“The bridge is open,” she said. ‘Yes.’"


def test_letters_that_look_misread_stay() -> None:
    text = "«Spaß“ amanhã” IRMÃ” café—” São NÃO Åland Ärzte â la Â” 5 €"
    assert clean.characters(text) == text
