"""A coder that is quick and knows one sentence: "X accused Y of Z." It stands where `dateline.run.code_many` stands.

Run as a script it is the command line with that coder, for the tests that need a real process:
`python fakes.py code page.txt --json`.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from dateline.errors import UsageError
from dateline.model import Actor, Article, Coder, Coding, Event, Problem, Span, Statement
from dateline.settings import Settings, load

SENTENCE = re.compile(r"(?P<who>[A-Z]\w+) (?P<cue>accused) (?P<whom>[A-Z]\w+) of (?P<what>[^.]+)\.")


def code_many(
    sources: Iterable[str], jobs: int | None = None, settings: Settings | None = None, published: str | None = None
) -> Iterator[Coding]:
    """As dateline.run.code_many, for text files."""
    named = list(sources)
    for source in named:
        if not Path(source).exists():
            raise UsageError(f"{source}: no such file")
    return (code_file(source, settings or load(), published) for source in named)


def code_file(source: str, settings: Settings, published: str | None) -> Coding:
    """One file. An empty one fails; one that says WAIT takes long; one that says PRINT writes to standard output."""
    text = Path(source).read_bytes().decode("utf-8")
    coder = Coder("0.1.0", {}, settings.digest)
    if not text:
        return Coding(
            coder, Article(f"sha256:failed-{source}", source, ""), problems=(Problem("read", "the file is empty"),)
        )
    if "WAIT" in text:
        time.sleep(60)
    if "PRINT" in text:
        print("a library says hello")
    actors: dict[str, Actor] = {}
    statements, events = [], []
    for match in SENTENCE.finditer(text):
        for name in (match["who"], match["whom"]):
            start = text.index(name)
            actors.setdefault(
                name, Actor(f"a{len(actors) + 1}", name, "government", mentions=(Span(start, start + len(name), name),))
            )
        number = len(events) + 1
        who, whom = actors[match["who"]].id, actors[match["whom"]].id
        statements.append(
            Statement(f"s{number}", who, _span(match, "who"), _span(match, "cue"), (_span(match, "what"),), "indirect", "ACCUSE",
                      (whom,), confidence=0.9, origin="fake")
        )  # fmt: skip
        evidence = Span(match.start(), match.end(), match[0])
        if settings["events.min_confidence"] <= 0.8:
            events.append(
                Event(f"e{number}", "ACCUSE", "allege", (who,), (whom,), evidence, reported_by=f"s{number}", confidence=0.8,
                      origin="fake")
            )  # fmt: skip
    day = datetime.date.fromisoformat(published) if published else None
    article = Article(
        "sha256:" + hashlib.sha256(text.encode()).hexdigest(), source, text, title=text.split("\n")[0][:60], published=day,
        published_origin="given" if day else None, language="en",
    )  # fmt: skip
    return Coding(coder, article, tuple(actors.values()), statements=tuple(statements), events=tuple(events))


def _span(match: re.Match[str], group: str) -> Span:
    return Span(*match.span(group), match[group])


if __name__ == "__main__":
    import dateline.run

    dateline.run.code_many = code_many  # type: ignore[assignment]
    from dateline.cli import main

    sys.argv[0] = "dateline"
    main()
