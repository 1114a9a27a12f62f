"""The coding of one article: everything that Dateline read out of it, and its JSON form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, cast

from dateline.model.event import EVENT_TYPES, OWN_TYPE, Event, OwnCodebook, Talks
from dateline.model.text import Actor, Article, DateExpression, Place, Span, Statement

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA: Literal["dateline/1"] = "dateline/1"
"""The name of the JSON form. It changes only when a field is renamed or removed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong or is doubtful in one article: the room that met it and what it met."""

    stage: str
    message: str


@dataclass(frozen=True, slots=True)
class Coder:
    """What made a coding: version, hashes of the models by name, hash of the settings, and the user's codebook if one was used."""

    version: str
    models: dict[str, str] = field(default_factory=dict)
    settings: str = ""
    codebook: OwnCodebook | None = None


@dataclass(frozen=True, slots=True)
class Coding:
    """All that was coded from one article (RECORD form `dateline/1`)."""

    coder: Coder
    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    talks: tuple[Talks, ...] = ()
    problems: tuple[Problem, ...] = ()
    schema: Literal["dateline/1"] = SCHEMA

    def to_dict(self) -> dict[str, Any]:
        """The coding as JSON-ready values (dates as ISO strings, tuples as lists)."""
        return cast(dict[str, Any], _adapter().dump_python(self, mode="json"))

    def to_json(self) -> str:
        """The coding as one line of JSON."""
        return _adapter().dump_json(self).decode("utf-8")

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Coding:
        """Read a coding back; raises `pydantic.ValidationError` where a field is missing or of another type."""
        return _adapter().validate_python(data)

    @classmethod
    def from_json(cls, line: str | bytes) -> Coding:
        """Read a coding back from one line of JSON."""
        return _adapter().validate_json(line)

    def spans(self) -> Iterator[Span]:
        """Every span of the coding, in no promised order."""
        for actor in self.actors:
            yield from actor.mentions
        for place in self.places:
            yield from place.mentions
        for date in self.dates:
            yield Span(date.start_offset, date.end_offset, date.text)
        for statement in self.statements:
            yield from (span for span in (statement.source, statement.cue) if span)
            yield from statement.content
        for event in self.events:
            yield event.evidence
        for talks in self.talks:
            yield from talks.evidence

    def faults(self) -> list[str]:
        """What breaks the contract of the form: spans that are not the text they name, ids that point nowhere, unknown types."""
        text = self.article.text
        faults = [f"span {s.start}:{s.end} is not {s.text!r}" for s in self.spans() if text[s.start : s.end] != s.text]
        actors = {a.id for a in self.actors}
        places = {p.id for p in self.places}
        statements = {s.id for s in self.statements}
        types = {*EVENT_TYPES, *(self.coder.codebook.types if self.coder.codebook else ())}
        for s in self.statements:
            faults += [f"{s.id}: no actor {a}" for a in (s.speaker, *s.addressees) if a is not None and a not in actors]
        for e in self.events:
            if e.type not in types:
                faults.append(f"{e.id}: no type {e.type}")
            faults += [f"{e.id}: no actor {a}" for a in (*e.actors, *e.recipients) if a not in actors]
            if e.place is not None and e.place not in places:
                faults.append(f"{e.id}: no place {e.place}")
            if e.reported_by is not None and e.reported_by not in statements:
                faults.append(f"{e.id}: no statement {e.reported_by}")
        for t in self.talks:
            faults += [f"{t.id}: no actor {a}" for a in (*t.parties, *t.mediators) if a not in actors]
            if t.place is not None and t.place not in places:
                faults.append(f"{t.id}: no place {t.place}")
        for a in self.actors:
            if a.affiliation is not None and a.affiliation not in actors:
                faults.append(f"{a.id}: no actor {a.affiliation}")
            faults += [f"{a.id}: no actor {m}" for m in a.members if m not in actors]
        return faults


@cache
def _adapter() -> TypeAdapter[Coding]:
    from pydantic import TypeAdapter  # heavy: only when a coding is written or read

    return TypeAdapter(Coding)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of one line of `dateline code --json`, generated from these types.

    An event's type is one of the 16 where the coding names no codebook of the user's.
    """
    schema = _adapter().json_schema(mode="serialization")
    without = {"properties": {"coder": {"properties": {"codebook": {"type": "null"}}}}}
    schema |= {"if": without, "then": _event_type({"enum": list(EVENT_TYPES)}), "else": _event_type(_NAMED)}
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Dateline coding"
    return schema


_NAMED = {"pattern": f"^{OWN_TYPE.pattern.replace(chr(92) + 'Z', '$')}$"}


def _event_type(rule: dict[str, Any]) -> dict[str, Any]:
    return {"properties": {"events": {"items": {"properties": {"type": rule}}}}}
