"""An article by somebody who wishes the reader ill: markup, scripts, bidi controls, template syntax, formulas, in every field."""

from __future__ import annotations

import datetime

from dateline.model import (
    Actor,
    Article,
    Coder,
    Coding,
    DateExpression,
    Event,
    Place,
    Problem,
    Span,
    Statement,
    Talks,
)

SCRIPT = "<script>document.title='owned'</script>"
SVG = "<svg/onload=document.title='owned'><img src=x onerror=document.title='owned'>"
TEMPLATE = "{{ 7*191 }}{% raw %}${7*191}<%= 7*191 %>"
BIDI = "pay \u202e000,1\u202c \u2066now\u2069"
FORMULA = '=HYPERLINK("http://evil.example","click")'
ATTRIBUTE = "\" autofocus onfocus=document.title='owned' x='"
HEBREW = "שר החוץ אמר: לא ניסוג"
EVIL = (SCRIPT, SVG, TEMPLATE, BIDI, FORMULA, ATTRIBUTE, HEBREW, "\x07\x1b[31mred")

WHO = f"{SVG} Front / {ATTRIBUTE}"
WHERE = f"{SCRIPT}ville"


def coding() -> Coding:
    """The coding of that article; every text that is shown holds something that must not work."""
    text = f"{FORMULA} said {WHO} in {WHERE}.\n\n{BIDI} {TEMPLATE} {SCRIPT}\n\n{HEBREW}\n\nThe end \U0001f5de of it."

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words), words)

    day = datetime.date(2024, 2, 2)
    evil = "javascript:document.title='owned'"
    return Coding(
        Coder("0.1.0", {SCRIPT: SVG}, TEMPLATE),
        Article("sha256:hostile/../<b>", f"pages/{SCRIPT}.html", text, None, evil, f"{SCRIPT}{TEMPLATE} {BIDI}", (SVG,),
                f"{ATTRIBUTE} Post", day, "meta", "en", (SCRIPT,), 0),
        actors=(
            Actor("a1", WHO, "armed group", "XXX", "REB", (), f"{SCRIPT} chief", "a2", None, f"evil/{SVG}~s|XXX", (at(WHO),)),
            Actor("a2", HEBREW, "government", "XXX", "GOV", mentions=(at(HEBREW),)),
        ),
        places=(Place("p1", WHERE, "XXX", None, 10.0, 20.0, None, 0.5, (at(WHERE),), "city"),),
        dates=(DateExpression("d1", BIDI, at(BIDI).start, at(BIDI).end, day, day, "day"),),
        statements=(
            Statement("s1", "a1", at(WHO), at("said"), (at(FORMULA), at(SCRIPT)), "mixed", "THREATEN", ("a2",), day, 0.5, SVG),
        ),
        events=(
            Event("e1", "ASSAULT", None, ("a1",), ("a2",), at(FORMULA), day, day, "p1", "actual", (), "material conflict",
                  -9.0, "s1", confidence=0.2, origin=SCRIPT),
        ),
        talks=(Talks("t1", ("a1", "a2"), (), "p1", day, day, 1, f"{SVG}{TEMPLATE}", "none", (at(TEMPLATE),), 0.5),),
        problems=(Problem("dates", f"{SCRIPT} {TEMPLATE}"),),
    )  # fmt: skip
