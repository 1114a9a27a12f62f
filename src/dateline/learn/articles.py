"""Coded articles as training data: each candidate of an article with the label that the gold coding gives it.

Gold has its actors by name and its evidence as text (the form of eval_records.py). A candidate whose words overlap an event's
evidence and whose parties are that event's has its type; one that meets evidence with other parties is NONE; one that
retells a coded pair elsewhere counts half. Where nobody offers the right recipient, the candidate without one has the type.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline import actors, dates, language, statements
from dateline.events import candidates, triggers
from dateline.events.candidates import Candidate
from dateline.events.mentions import Mentions
from dateline.language import Doc
from dateline.model import Actor, Article

ACT_WEIGHT = 0.7
"""Weight in training of a statement's act that its reader was sure of."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A development article as the rooms before `events` see it, with its candidates and its gold coding."""

    id: str
    doc: Doc
    actors: tuple[Actor, ...]
    candidates: tuple[Candidate, ...]
    gold: Mapping[str, Any]


def load(folder: Path) -> Iterator[Coded]:
    """The coded articles of a folder with articles.jsonl and gold/ID.json."""
    for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        published = datetime.date.fromisoformat(row["published"][:10]) if row.get("published") else None
        article = Article(row["id"], row["id"], row["text"], title=row.get("title"), published=published)
        gold = json.loads((folder / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))
        yield Coded(row["id"], *before_events(article), gold)


def before_events(article: Article) -> tuple[Doc, tuple[Actor, ...], tuple[Candidate, ...]]:
    """The parsed article, its actors and its candidates."""
    doc = language.load().parse(article)
    said, known, _ = statements.find(doc, actors.find(doc), dates.find(doc))
    return doc, known.actors, tuple(candidates.find(doc, Mentions(known.actors), said))


_STOP = {"the", "of", "and", "a", "an", "mr", "mrs", "ms", "president", "minister", "spokesman", "spokesperson"}


def names(actor: Actor) -> set[frozenset[str]]:
    """The words of each way in which an actor is named."""
    return {_words(actor.name), *(_words(m.text) for m in actor.mentions)} - {frozenset()}


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", text.lower().replace("’", "'")) if w not in _STOP)


def stands_for(gold: Sequence[Mapping[str, Any]], table: Sequence[Actor]) -> dict[str, set[str]]:
    """Names of the gold actors that each actor may stand for (one whose words are the other's, or a part of them)."""
    ways = {g["name"]: {_words(g["name"]), *map(_words, g["mentions"])} - {frozenset()} for g in gold}
    found: dict[str, set[str]] = {}
    for actor in table:
        mine = names(actor)
        exact = {name for name, theirs in ways.items() if mine & theirs}
        loose = {name for name, theirs in ways.items() if any(a <= b or b <= a for a in mine for b in theirs)}
        found[actor.id] = exact or loose
    return found


def label(
    text: str, found: Sequence[Candidate], table: Sequence[Actor], gold: Mapping[str, Any]
) -> list[tuple[str, str | None, str | None, float]]:
    """(type or "NONE", mode, status, weight) of each candidate."""
    who = stands_for(gold["actors"], table)
    spans = []
    for event in gold["events"]:
        start = text.find(event["evidence"])
        spans.append((start, start + len(event["evidence"])) if start >= 0 else None)
    labels = [_label(c, who, gold["events"], spans) for c in found]
    told = {c.group for c, label in zip(found, labels, strict=True) if label[0] != "NONE"}
    for i, candidate in enumerate(found):
        if candidate.group not in told and candidate.actors and not candidate.recipients:
            here = [e for e, span in zip(gold["events"], spans, strict=True) if _overlap(candidate, span)]
            labels[i] = _label(candidate, who, [{**e, "recipient": None} for e in here], [(0, len(text))] * len(here))
    return labels


def _label(
    candidate: Candidate,
    who: Mapping[str, set[str]],
    events: Sequence[Mapping[str, Any]],
    spans: Sequence[tuple[int, int] | None],
) -> tuple[str, str | None, str | None, float]:
    proposed = set(triggers.types(candidate.triggers))
    if candidate.statement is not None and candidate.kind == "statement":
        proposed.add(candidate.statement.act)
    here, elsewhere, met = [], [], False
    for event, span in zip(events, spans, strict=True):
        overlaps = _overlap(candidate, span)
        met = met or overlaps
        if _same_pair(candidate, event, who):
            (here if overlaps else elsewhere).append(event)
    likely = [e for e in here if e["type"] in proposed] or here
    if likely:
        return likely[0]["type"], likely[0]["mode"], likely[0]["status"], 1.0
    again = [e for e in elsewhere if e["type"] in proposed]
    if again:
        return again[0]["type"], None, None, 0.5
    return "NONE", None, None, 1.0 if met else 0.7


def _overlap(candidate: Candidate, span: tuple[int, int] | None) -> bool:
    return span is not None and min(span[1], candidate.end) > max(span[0], candidate.start)


def _same_pair(candidate: Candidate, event: Mapping[str, Any], who: Mapping[str, set[str]]) -> bool:
    actors = set(event["actor"] or [])
    recipients = set(event["recipient"] or [])
    mine = {n for m in candidate.actors for n in who.get(m.actor, ())}
    theirs = {n for m in candidate.recipients for n in who.get(m.actor, ())}
    if not recipients and len(actors) > 1 and event["type"] in ("CONSULT", "COOPERATE", "AGREE", "ASSAULT"):
        return len((mine | theirs) & actors) > 1 and (not theirs or bool(theirs & actors))
    if not recipients:
        return bool(mine & actors) and not candidate.recipients
    if not actors:
        return not candidate.actors and bool(theirs & recipients)
    return bool(mine & actors) and bool(theirs & recipients)


def row(article: str, words: str, labelled: tuple[str, str | None, str | None, float]) -> dict[str, Any]:
    """One line of the candidates' file: an article, marked words, and their type, mode, status and weight."""
    return {"article": article, "text": words, **dict(zip(("type", "mode", "status", "weight"), labelled, strict=True))}


def act_row(article: str, words: str, act: str, weight: float) -> dict[str, Any]:
    """Such a line for a statement as `statements.act.marked` has it: its act is its type, one that only informs is NONE."""
    return row(article, words, ("NONE" if act == "STATE" else act, None, None, weight)) | {"act": act}


__all__ = ["ACT_WEIGHT", "Coded", "act_row", "before_events", "label", "load", "row", "stands_for"]
