"""Small codings for the tests of positions and pledges: people, states and words are invented."""

from __future__ import annotations

import datetime

from dateline.model import Actor, Article, Coder, Coding, DateExpression, Event, Place, Span, Statement, Talks
from dateline.model.event import QUADS

STATES = {"Ruritania": "RUR", "Graustark": "GRA", "Karlovia": "KAR"}


class Writer:
    """An article written piece by piece, which knows where its pieces are."""

    def __init__(self, name: str, day: str, publisher: str = "The Daily Example") -> None:
        self.name, self.day, self.publisher = name, datetime.date.fromisoformat(day), publisher
        self.text = ""
        self.statements: list[Statement] = []
        self.events: list[Event] = []
        self.talks: list[Talks] = []
        self.dates: list[DateExpression] = []

    def _add(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text), words)

    def says(self, who: str, cue: str, content: str, act: str = "STATE", to: tuple[str, ...] = ()) -> Writer:
        source, _, cue_, _, said = (self._add(w) for w in (who, " ", cue, " ", content))
        self.text += ".\n\n"
        self.statements.append(
            Statement(f"s{len(self.statements) + 1}", self.id(who), source, cue_, (said,), "indirect", act,  # type: ignore[arg-type]
                      tuple(map(self.id, to)), self.day, 0.9, "hand")
        )  # fmt: skip
        return self

    def date(self, words: str, first: str, last: str | None = None) -> Writer:
        start = self.text.rindex(words)
        self.dates.append(
            DateExpression(f"d{len(self.dates) + 1}", words, start, start + len(words), datetime.date.fromisoformat(first),
                           datetime.date.fromisoformat(last or first), "day", "hand")
        )  # fmt: skip
        return self

    def event(
        self, type_: str, actors: tuple[str, ...], recipients: tuple[str, ...], words: str, day: str | None = None
    ) -> Writer:
        span = self._add(words)
        self.text += ".\n\n"
        when = datetime.date.fromisoformat(day) if day else self.day
        self.events.append(
            Event(f"e{len(self.events) + 1}", type_, None, tuple(map(self.id, actors)), tuple(map(self.id, recipients)), span,  # type: ignore[arg-type]
                  when, when, quad=QUADS[type_], confidence=0.9, origin="hand")
        )  # fmt: skip
        return self

    def met(
        self,
        words: str,
        outcome: str = "unknown",
        parties: tuple[str, ...] = ("Ruritania", "Graustark"),
        start: str | None = None,
    ) -> Writer:
        span = self._add(words)
        self.text += ".\n\n"
        day = datetime.date.fromisoformat(start) if start else None
        self.talks.append(
            Talks(f"t{len(self.talks) + 1}", tuple(map(self.id, parties)), (self.id("Karlovia"),), "p1", day, day, None, None,
                  outcome, (span,), 0.9, "hand")  # type: ignore[arg-type]
        )  # fmt: skip
        return self

    def id(self, who: str) -> str:
        return f"a{list(STATES).index(who) + 1}"

    def coding(self) -> Coding:
        actors = tuple(
            Actor(self.id(name), name, "government", code, "GOV", key=f"state:{code}", origin="hand")
            for name, code in STATES.items()
        )
        return Coding(
            Coder("hand"),
            Article(f"sha256:{self.name}", f"pages/{self.name}.html", self.text, None, f"https://{self.name}.example/", self.name, (),
                    self.publisher, self.day, "given", "en"),
            actors, (Place("p1", "Strelsau", "RUR", lat=49.5, lon=15.5, kind="city", origin="hand"),), tuple(self.dates),
            tuple(self.statements), tuple(self.events), tuple(self.talks),
        )  # fmt: skip
