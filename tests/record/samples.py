"""Codings for the record's tests: one with every kind of row, and a maker of small ones. People and states are invented."""

from __future__ import annotations

import datetime
from dataclasses import replace

from dateline.model import (
    Actor,
    Article,
    Coder,
    Coding,
    DateExpression,
    Event,
    Magnitude,
    Place,
    Problem,
    Span,
    Statement,
    Talks,
)

TEXT = (
    "STRELSAU — Ruritania's foreign minister, Ana Belic, accused Graustark of shelling a border post on 3 March, "
    "killing two guards. “We will answer,” she said, “when we choose.”\n\n"
    "Graustark’s envoy Otto Kern rejected the accusation. Both sides met in Strelsau under Karlovian mediation; "
    "the talks ended without an agreement."
)
CODER = Coder("0.1.0", {"events": "sha256:1"}, "sha256:2")


def span(text: str, words: str, after: int = 0) -> Span:
    """The first place of `words` in `text` from offset `after` on."""
    start = text.index(words, after)
    return Span(start, start + len(words), words)


def full() -> Coding:
    """A coding in which every table gets rows."""

    def at(words: str) -> Span:
        return span(TEXT, words)

    day = datetime.date(2024, 3, 3)
    return Coding(
        CODER,
        Article(
            "sha256:" + "ab" * 32, "pages/border.html", TEXT, None, "https://example.org/border", "Border row", ("J. Doe",),
            "The Daily Example", datetime.date(2024, 3, 5), "meta", "en", ("Strelsau",), 11,
        ),
        actors=(
            Actor("a1", "Ana Belic", "person", "RUR", "GOV", ("ELI",), "foreign minister", "a2", None, "ana belic|RUR",
                  (at("Ana Belic"), at("she"))),
            Actor("a2", "Ruritania", "government", "RUR", "GOV", registry_id="state:RUR", key="state:RUR",
                  mentions=(at("Ruritania"),), origin="registry"),
            Actor("a3", "Graustark", "government", "GRA", "GOV", key="state:GRA",
                  mentions=(at("Graustark"), at("Graustark’s")), origin="registry"),
            Actor("a4", "Otto Kern", "person", "GRA", "GOV", affiliation="a3", mentions=(at("Otto Kern"),)),
            Actor("a5", "Karlovia", "government", "KAR", "GOV", mentions=(at("Karlovian"),)),
        ),
        places=(Place("p1", "Strelsau", "RUR", None, 49.5, 15.5, None, 0.8, (at("STRELSAU"), at("Strelsau")), "city", "rank"),),
        dates=(DateExpression("d1", "3 March", at("3 March").start, at("3 March").end, day, day, "day", "grammar"),),
        statements=(
            Statement("s1", "a1", at("she"), at("said"), (at("“We will answer,”"), at("“when we choose.”")), "direct",
                      "THREATEN", ("a3",), datetime.date(2024, 3, 5), 0.93, "attribution"),
            Statement("s2", "a4", at("Otto Kern"), at("rejected"), (at("the accusation"),), "indirect", "REJECT", (), None,
                      0.7, "attribution"),
        ),
        events=(
            Event("e1", "ASSAULT", "heavy-weapons", ("a3",), ("a2",), at("shelling a border post on 3 March"), day, day,
                  None, "hypothetical", ("military", "territory"), "material conflict", -10.0, "s1", Magnitude(killed=2),
                  0.6, "pair model"),
            Event("e2", "CONSULT", "third-party", ("a2", "a3"), (), at("Both sides met in Strelsau"), None, None, "p1",
                  "actual", ("diplomatic",), "verbal cooperation", 1.0, None, Magnitude(), 0.9, "pair model"),
        ),
        talks=(
            Talks("t1", ("a2", "a3"), ("a5",), "p1", None, None, 2, "the border", "none",
                  (at("Both sides met in Strelsau"), at("the talks ended without an agreement")), 0.8, "join"),
        ),
        problems=(Problem("dates", "no year given for '3 March'"),),
    )  # fmt: skip


def small(number: int, words: str = "shelling a border post") -> Coding:
    """One of many: its own id, one statement, one event."""
    text = f"Ruritania accused Graustark of {words} in case {number}."
    return Coding(
        CODER,
        Article(f"sha256:{number:064x}", f"pages/{number}.html", text, title=f"Case {number}"),
        actors=(
            Actor("a1", "Ruritania", "government", "RUR", mentions=(span(text, "Ruritania"),)),
            Actor("a2", "Graustark", "government", "GRA", mentions=(span(text, "Graustark"),)),
        ),
        statements=(
            Statement(
                "s1", "a1", span(text, "Ruritania"), span(text, "accused"), (span(text, words),), "indirect", "ACCUSE"
            ),
        ),
        events=(Event("e1", "ACCUSE", "allege", ("a1",), ("a2",), Span(0, len(text) - 1, text[:-1])),),
    )


def failed(source: str, message: str = "the file is empty") -> Coding:
    """An input that gave no article."""
    return Coding(CODER, Article(f"sha256:failed-{source}", source, ""), problems=(Problem("read", message),))


def by(coding: Coding, version: str) -> Coding:
    """The same coding by another version of Dateline."""
    return replace(coding, coder=replace(coding.coder, version=version))
