"""Pledges, demands and threats to follow: who, to whom, by when, on what condition, and what later bore on them.

All here is about one pledge and one later event, so that it depends on nothing else in the record. The machine only
suggests what became of it; verdicts are an analyst's (verdicts.py).
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

from dateline.corroborate.score import Features, tokens
from dateline.errors import DataError
from dateline.model import EVENT_TYPES

_FILE = "corroborate/data/pledges.toml"
Relation = Literal["kept", "broken", "bears"]
Suggestion = Literal["kept", "broken", "open", "disputed"]

FOLLOWED = {"pledge": "pledge", "demand": "demand", "threaten": "threat"}
"""Kinds of position that are followed, by the name they have as things to follow."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What keeps and what breaks a pledge on one matter, by event type."""

    words: re.Pattern[str] | None
    kept: frozenset[str]
    broken: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rules:
    """pledges.toml, checked."""

    days: int
    late: int
    link: float
    decide: float
    demand_days: int
    common: int
    topics: tuple[Topic, ...]
    other: Topic
    condition: re.Pattern[str]
    deadline: re.Pattern[str]
    before: frozenset[str]


@cache
def rules() -> Rules:
    """Load the rules once. Raises DataError for an unknown event type."""
    table = tomllib.loads(resources.files("dateline").joinpath(_FILE).read_text(encoding="utf-8"))

    def topic(given: dict[str, list[str]]) -> Topic:
        if unknown := {*given["kept"], *given["broken"]} - set(EVENT_TYPES):
            raise DataError(f"{_FILE}: {', '.join(sorted(unknown))} is no event type")
        words = given.get("words")
        pattern = re.compile("|".join(rf"\b{re.escape(w)}" for w in words)) if words else None
        return Topic(pattern, frozenset(given["kept"]), frozenset(given["broken"]))

    bear, deadline = table["bear"], table["deadline"]
    starts = _either(table["condition"]["starts"])
    return Rules(
        bear["days"], bear["late"], bear["link"], bear["decide"], bear["demand_days"], bear["common"],
        tuple(topic(t) for t in table["topic"].values()), topic(table["other"]),
        re.compile(rf"\b(?:{starts})\s+[^.;:!?…]+?(?=,|[.;:!?…]|$)", re.I),
        re.compile(rf"\b({_either([*deadline['before'], *deadline['at']])})\s+(?:the\s+|midnight\s+on\s+|noon\s+on\s+)?$", re.I),
        frozenset(deadline["before"]),
    )  # fmt: skip


def _either(phrases: Iterable[str]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(phrases, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Made:
    """A pledge, demand or threat as its first statement has it. Days are proleptic ordinals."""

    kind: str
    side: str
    to: tuple[str, ...]
    day: int
    by_when: int | None
    words: frozenset[str]
    text: str

    @property
    def until(self) -> int:
        """The last day on which something is looked for that bears on it."""
        r = rules()
        if self.by_when is not None:
            return self.by_when + r.late
        return self.day + (r.demand_days if self.kind == "demand" else r.days)


def condition(text: str) -> str | None:
    """The clause on which a pledge hangs ("if the ceasefire held"), or None."""
    match = rules().condition.search(text)
    return " ".join(match[0].split()) if match else None


def deadline(
    text: str, start: int, dates: Sequence[tuple[int, int, str, str]], said: str | None
) -> tuple[str | None, str | None]:
    """The last day that keeps a pledge, and its words: of the dates within it that a preposition of time leads in.

    `text`: the article from offset `start` to the end of the content; `dates`: (start, end, first day, last day) of the date
    expressions within, offsets into the article. Days before it was `said` are none.
    """
    for left, right, first, last in dates:
        before = rules().deadline.search(text[: left - start])
        if before is None or (said is not None and last < said):
            continue
        word = " ".join(before[1].casefold().split())
        day = datetime.date.fromisoformat(first) - datetime.timedelta(1) if word in rules().before else None
        return (day.isoformat() if day else last), " ".join(text[before.start() : right - start].split())
    return None, None


def content_words(text: str) -> frozenset[str]:
    """The content words of a pledge, as the scoring of events has them."""
    return frozenset(tokens(text)[0])


def bears(made: Made, event: Features) -> tuple[Relation, float] | None:
    """How a later event bears on a pledge, with a score from 0 to 1, or None if it does not.

    The score is the cosine of their content words, raised where the one who promised acts, or acts on the one who was
    promised; an event without either side is none of it.
    """
    r = rules()
    if not made.day < event.first <= made.until or event.status != "done":
        return None
    involved = {*event.actors, *event.recipients}
    if made.side not in involved and not involved & set(made.to):
        return None
    shared = len(made.words & set(event.words))
    common = shared / ((len(made.words) * len(event.words)) ** 0.5 or 1)
    acts = made.side in event.actors
    score = common + (0.08 if acts else 0.0) + (0.06 if involved & set(made.to) and made.side in involved else 0.0)
    if shared < r.common or score < r.link:
        return None
    relation: Relation = "bears"
    if score >= r.decide:
        folded = made.text.casefold()
        topics = [t for t in r.topics if t.words is not None and t.words.search(folded)] or [r.other]
        mutual = event.type in ("CONSULT", "AGREE") and made.side in involved
        done_by = acts or mutual if made.kind != "demand" else bool(set(made.to) & set(event.actors)) or mutual
        if done_by and any(event.type in t.kept for t in topics):
            relation = "kept"
        elif done_by and any(event.type in t.broken for t in topics):
            relation = "broken"
        if relation == "kept" and made.by_when is not None and event.first > made.by_when + 1:
            relation = "bears"
    return relation, round(min(1.0, score), 3)


def suggest(done: Iterable[Relation], said: Iterable[Relation] = ()) -> tuple[Suggestion, str]:
    """What the machine suggests became of a pledge, by what bears on it, and the reason in words.

    `done`: events; `said`: statements, which decide only where no event does.
    """
    for given, teller in ((list(done), "report"), (list(said), "statement")):
        kept, broken = given.count("kept"), given.count("broken")
        if kept and broken:
            return "disputed", f"{_counted(kept, teller)} of its keeping, {broken} of its breaking"
        if kept or broken:
            kind = "of the kind that keeps it, in its time" if kept else "of the kind that breaks it"
            if teller == "statement":
                kind = "of the other side's thanks for it" if kept else "of blame for it or of a refusal"
            return ("kept" if kept else "broken"), f"{_counted(kept or broken, teller)} {kind}"
    return "open", "nothing in the record tells what became of it"


def _counted(number: int, teller: str) -> str:
    return f"{number} later {teller}{'' if number == 1 else 's'}"
