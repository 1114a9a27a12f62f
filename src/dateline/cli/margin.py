"""An article as its text, with the coding in the margin: what `show FILE article ID` and a bare `code` print."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from dateline.cli.terminal import NARROW, console, one_line, printable
from dateline.model import Actor, Coding, Event, Span, Statement, Talks

if TYPE_CHECKING:
    import datetime

    from rich.console import Console
    from rich.text import Text

STYLES = {"source": "cyan", "cue": "bold yellow", "content": "green", "date": "underline", "mark": "bold magenta"}

_PARAGRAPH = re.compile(r"[^\n]+")


def show(coding: Coding) -> None:
    """Print one coding to standard output; notes stand beside their paragraph, or under it in a narrow window."""
    from rich.table import Table
    from rich.text import Text

    screen = console()
    _head(screen, coding)
    notes, marks = _Notes(coding), _marks(coding)
    beside = screen.is_terminal and screen.width >= NARROW
    for paragraph in _PARAGRAPH.finditer(coding.article.text):
        start, end = paragraph.span()
        text = _styled(coding, start, end, marks)
        margin = notes.within(start, end)
        if beside:
            grid = Table.grid(expand=True, padding=(0, 3, 1, 0))
            grid.add_column(ratio=3)
            grid.add_column(ratio=2)
            grid.add_row(text, Text("\n").join(_note(label, said) for label, said in margin))
            screen.print(grid)
            continue
        screen.print(text)
        for label, said in margin:
            screen.print(Text("    ") + _note(label, said))
        screen.print()
    _foot(screen, coding)


def _head(screen: Console, coding: Coding) -> None:
    article = coding.article
    from rich.text import Text

    screen.print(Text(one_line(article.title or article.source), style="bold"))
    day = f"{article.published} ({article.published_origin})" if article.published else "no date"
    facts = [article.publisher, day, article.language, article.url if article.url != article.source else None]
    screen.print(Text(one_line(" · ".join(fact for fact in facts if fact)), style="dim"))
    screen.print(Text(one_line(f"{article.source} · {article.id} · dateline {coding.coder.version}"), style="dim"))
    screen.print()


def _foot(screen: Console, coding: Coding) -> None:
    from rich.text import Text

    if coding.actors:
        screen.print(Text("Actors", style="bold"))
        for actor in coding.actors:
            screen.print(Text(f"  {actor.id} {_described(actor)}"))
        screen.print()
    if coding.problems:
        screen.print(Text("Problems", style="bold"))
        for problem in coding.problems:
            screen.print(Text(one_line(f"  {problem.stage}: {problem.message}"), style="red"))
        screen.print()


def _described(actor: Actor) -> str:
    facts = [actor.kind, actor.country, actor.sector, actor.role]
    return one_line(f"{actor.name}: {', '.join(fact for fact in facts if fact)} ({len(actor.mentions)} mentions)")


def _note(label: str, said: str) -> Text:
    from rich.text import Text

    return Text.assemble((label, STYLES["mark"]), " ", one_line(said))


class _Notes:
    """What the margin says, by the offset where the words begin that it is about."""

    def __init__(self, coding: Coding) -> None:
        self.actors = {actor.id: actor for actor in coding.actors}
        self.places = {place.id: place.name for place in coding.places}
        self.at: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for statement in coding.statements:
            anchor = statement.cue or statement.source or next(iter(statement.content), None)
            self._add(anchor, statement.id, self._statement(statement))
        for event in coding.events:
            self._add(event.evidence, event.id, self._event(event))
        for talks in coding.talks:
            self._add(next(iter(talks.evidence), None), talks.id, self._talks(talks))

    def within(self, start: int, end: int) -> list[tuple[str, str]]:
        """The notes on the paragraph from `start` to `end`. A note without words stands with the first paragraph."""
        return [note for at in sorted(self.at) if start <= at < end or (at < 0 and start == 0) for note in self.at[at]]

    def _add(self, anchor: Span | None, label: str, said: str) -> None:
        self.at[anchor.start if anchor else -1].append((label, said))

    def _names(self, ids: Iterable[str]) -> str:
        return ", ".join(self._name(actor) for actor in ids)

    def _name(self, actor: str) -> str:
        known = self.actors.get(actor)
        if known is None:
            return actor
        codes = " ".join(code for code in (known.country, known.sector) if code)
        return f"{known.name} ({codes})" if codes else known.name

    def _statement(self, statement: Statement) -> str:
        described = statement.source.text if statement.source else "unnamed"
        speaker = self._name(statement.speaker) if statement.speaker else f"“{described}”"
        to = f" to {self._names(statement.addressees)}" if statement.addressees else ""
        return f"{speaker}{to}: {statement.act} [{statement.quotation}, {statement.confidence:.2f}]"

    def _event(self, event: Event) -> str:
        what = f"{event.type}/{event.mode}" if event.mode else event.type
        who = self._names(event.actors) or "?"
        whom = f" → {self._names(event.recipients)}" if event.recipients else ""
        place = self.places.get(event.place or "")
        facts = [
            _days(event.start, event.end),
            f"in {place}" if place else None,
            event.status if event.status != "actual" else None,
            f"claimed in {event.reported_by}" if event.reported_by else None,
            f"{event.confidence:.2f}",
        ]
        return f"{what} {who}{whom} [{', '.join(fact for fact in facts if fact)}]"

    def _talks(self, talks: Talks) -> str:
        place = self.places.get(talks.place or "")
        facts = [
            f"mediated by {self._names(talks.mediators)}" if talks.mediators else None,
            f"in {place}" if place else None,
            _days(talks.start, talks.end),
            f"round {talks.round}" if talks.round else None,
            f"outcome {talks.outcome}",
        ]
        return f"talks of {self._names(talks.parties)} [{', '.join(fact for fact in facts if fact)}]"


def _days(start: datetime.date | None, end: datetime.date | None) -> str | None:
    if start is None:
        return None
    return f"{start}" if end in (None, start) else f"{start} to {end}"


def _marks(coding: Coding) -> dict[int, list[str]]:
    """The labels to print into the text, by the offset after which each stands: the end of its words."""
    marks: dict[int, list[str]] = defaultdict(list)
    for statement in coding.statements:
        last = max((piece.end for piece in statement.content), default=None)
        if last is not None:
            marks[last].append(statement.id)
    for event in coding.events:
        marks[event.evidence.end].append(event.id)
    for talks in coding.talks:
        if talks.evidence:
            marks[talks.evidence[0].end].append(talks.id)
    return marks


def _styled(coding: Coding, start: int, end: int, marks: dict[int, list[str]]) -> Text:
    """One paragraph with its spans coloured and the labels of statements, events and talks where their words end."""
    from rich.text import Text

    spans: list[tuple[int, int, str]] = []
    for statement in coding.statements:
        spans += [(piece.start, piece.end, STYLES["content"]) for piece in statement.content]
        for span, name in ((statement.source, "source"), (statement.cue, "cue")):
            if span is not None:
                spans.append((span.start, span.end, STYLES[name]))
    spans += [(date.start_offset, date.end_offset, STYLES["date"]) for date in coding.dates]
    here = [(max(a, start), min(b, end), style) for a, b, style in spans if a < end and b > start]
    edges = sorted({start, end, *(e for a, b, _ in here for e in (a, b)), *(m for m in marks if start < m <= end)})
    text = Text()
    for left, right in pairwise(edges):
        styles = " ".join(style for a, b, style in here if a <= left and right <= b)
        text.append(printable(coding.article.text[left:right]), styles or None)
        if right in marks:
            text.append(f"[{' '.join(marks[right])}]", STYLES["mark"])
    return text
