"""Actors and statements made by hand for the tests of this room: marks in the sentence say who is who."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline import language
from dateline.language import Doc
from dateline.model import Actor, Article, Span, Statement

_MARK = re.compile(r"\[([^\]|]+)(?:\|([^\]]+))?\]")


@dataclass(frozen=True)
class Table:
    """As much of `Actors` as the room asks for."""

    actors: tuple[Actor, ...]


def marked(text: str, **article: object) -> tuple[Doc, Table]:
    """A parsed text in which "[the rebels]" or "[They|rebels]" marks a mention; the actor's name is the second part."""
    plain, mentions, at = "", {}, 0
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        words, name = mark.group(1), mark.group(2) or mark.group(1)
        mentions.setdefault(name, []).append(Span(len(plain), len(plain) + len(words), words))
        plain += words
        at = mark.end()
    plain += text[at:]
    actors = tuple(
        Actor(f"a{i}", name, "government", mentions=tuple(spans)) for i, (name, spans) in enumerate(mentions.items(), 1)
    )
    given = {"id": "x", "source": "x", **article}
    return language.load().parse(Article(text=plain, **given)), Table(actors)  # type: ignore[arg-type]


def statement(doc: Doc, table: Table, speaker: str, cue: str, content: str, act: str, number: int = 1) -> Statement:
    """A statement by the actor of that name."""
    actor = next(a for a in table.actors if a.name == speaker)
    at = doc.text.index(content)
    c = doc.text.index(cue)
    return Statement(
        f"s{number}",
        actor.id,
        min(actor.mentions, key=lambda m: abs(m.start - c)),
        doc.span(c, c + len(cue)),
        (doc.span(at, at + len(content)),),
        "indirect",
        act,  # type: ignore[arg-type]
        confidence=0.9,
    )


def named(table: Table, ids: tuple[str, ...]) -> list[str]:
    """Names of actors by id."""
    by = {a.id: a.name for a in table.actors}
    return [by[i] for i in ids]
