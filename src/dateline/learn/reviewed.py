"""What analysts judged (`dateline desk`, Review) as examples for the trainings: stand-off labels, without the words.

A label has the id of its row, its article, offsets into the article's text, and classes: nothing of the text itself, so it may
be passed on and kept under version control. With a record that holds the articles the trainings read the words back in:
`pairs` gives the examples of the pair model, `acts` the attributions whose act is known.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dateline.errors import DataError
from dateline.record.file import reading
from dateline.record.review import Judgement, judgements, machine_row

Span = tuple[int, int]

NOTHING = "NONE"
"""The class of a rejected event: the pair is there, and nothing that counts is done."""
NEAR = 300
"""Code points before the evidence in which a party may be named; Dateline's own candidates look one sentence back."""
MAX_WINDOW = 600
"""Code points of an example of the pair model, as in `events.candidates`."""
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+|\n")


@dataclass(frozen=True, slots=True)
class Label:
    """One row that was judged. Offsets are code points into the text of the article, ends exclusive.

    `what`: the event's type (NONE if it was rejected), the statement's act, the outcome of talks; None for a rejected statement
    or rejected talks. `mode`, `status`, `actors`, `recipients` (a span each): events. `source`, `cue`, `content`: statements.
    `judged_by`: how many coders' judgements stand on the row; `agreed`: whether they say the same. `named`: whether every party
    is named within the evidence or shortly before it; where one is not, its span is missing. No training reads what coders do not
    agree on, or what names no party.
    """

    kind: str
    id: str
    article: str
    start: int
    end: int
    verdict: str
    what: str | None
    judged_by: int
    agreed: bool
    mode: str | None = None
    status: str | None = None
    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()
    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    quotation: str | None = None
    named: bool = True


# ---- out of the record


def labels(record: Path, coder: str | None = None) -> tuple[list[Label], int]:
    """The labels of a record in the order of articles and offsets, and how many judged rows are gone from the record.

    Of several judgements on a row the latest counts, as in the desk; with `coder` only theirs are taken.
    """
    by_row: dict[tuple[str, str], list[Judgement]] = {}
    for judgement in judgements(record, coder=coder):
        by_row.setdefault((judgement.kind, judgement.target), []).append(judgement)
    made: list[Label] = []
    gone = 0
    with reading(record) as db:
        for (kind, target), judged in by_row.items():
            row = machine_row(db, kind, target)
            if row is None:
                gone += 1
            else:
                made.append(_MAKERS[kind](db, row, judged))
    return sorted(made, key=lambda label: (label.article, label.start, label.kind, label.id)), gone


def _common(row: Mapping[str, Any], judged: list[Judgement]) -> dict[str, Any]:
    last = judged[-1]
    said = {(j.verdict == "rejected", json.dumps(j.fields, sort_keys=True)) for j in judged}
    return {
        "id": row["id"], "article": row["article_id"], "start": row["start_offset"], "end": row["end_offset"],
        "verdict": last.verdict, "judged_by": len({j.coder for j in judged}), "agreed": len(said) == 1,
    }  # fmt: skip


def _event(db: sqlite3.Connection, row: Mapping[str, Any], judged: list[Judgement]) -> Label:
    now = {**row, **judged[-1].fields}
    text = _text(db, row["article_id"])
    found = [
        [_named(db, actor, text, row["start_offset"], row["end_offset"]) for actor in now[column]]
        for column in ("actor_ids", "recipient_ids")
    ]
    actors, recipients = (tuple(span for span in side if span is not None) for side in found)
    rejected = judged[-1].verdict == "rejected"
    return Label(
        "event", **_common(row, judged), what=NOTHING if rejected else now["type"], mode=None if rejected else now["mode"],
        status=None if rejected else now["status"], actors=actors, recipients=recipients,
        named=any(found) and not any(span is None for side in found for span in side),
    )  # fmt: skip


def _statement(db: sqlite3.Connection, row: Mapping[str, Any], judged: list[Judgement]) -> Label:
    now = {**row, **judged[-1].fields}
    source, named = _span(row["source_start"], row["source_end"]), True
    if now["speaker_id"] != row["speaker_id"]:  # the words for the speaker were the wrong ones
        source = None
        if now["speaker_id"] is not None:
            text = _text(db, row["article_id"])
            source = _named(db, now["speaker_id"], text, row["start_offset"], row["end_offset"])
            named = source is not None
    content = tuple((piece["start"], piece["end"]) for piece in json.loads(row["content"]))
    rejected = judged[-1].verdict == "rejected"
    return Label(
        "statement", **_common(row, judged), what=None if rejected else now["act"], source=source,
        cue=_span(row["cue_start"], row["cue_end"]), content=content, quotation=None if rejected else now["quotation"],
        named=named,
    )  # fmt: skip


def _talks(db: sqlite3.Connection, row: Mapping[str, Any], judged: list[Judgement]) -> Label:
    rejected = judged[-1].verdict == "rejected"
    return Label("talks", **_common(row, judged), what=None if rejected else {**row, **judged[-1].fields}["outcome"])


_MAKERS = {"event": _event, "statement": _statement, "talks": _talks}


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else (start, end)


def _text(db: sqlite3.Connection, article: str) -> str:
    return str(db.execute("SELECT text FROM article WHERE id = ?", (article,)).fetchone()[0])


def _named(db: sqlite3.Connection, actor: str, text: str, start: int, end: int) -> Span | None:
    """The mention of an actor that the evidence [start, end) is about: the first within it, else the last one shortly before it."""
    spans: list[Span] = db.execute(
        "SELECT start_offset, end_offset FROM mention WHERE actor_id = ? ORDER BY start_offset", (actor,)
    ).fetchall()
    within = [span for span in spans if start <= span[0] and span[1] <= end]
    if within:
        return within[0]
    paragraph = text.rfind("\n", 0, start) + 1
    before = [span for span in spans if max(paragraph, start - NEAR) <= span[0] and span[1] <= start]
    return before[-1] if before else None


# ---- as lines


def line(label: Label) -> dict[str, Any]:
    """A label as one JSON object; fields that its kind does not have are left out."""
    return {name: value for name, value in asdict(label).items() if value not in (None, ()) or name == "what"}


def read(path: Path) -> list[Label]:
    """The labels of a file of such lines. Raises DataError for a line that is no label, with its number."""
    made = []
    try:
        every = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror or error})") from error
    for number, text in enumerate(every, 1):
        try:
            row = json.loads(text)
            spans = {name: tuple(map(_pair, row.get(name, ()))) for name in ("actors", "recipients", "content")}
            ends = {name: _pair(row[name]) if row.get(name) else None for name in ("source", "cue")}
            made.append(Label(**{**row, **spans, **ends}))
        except (ValueError, TypeError, KeyError) as error:
            raise DataError(
                f"{path}:{number}: no label as `dateline learn from-review` writes them ({error})"
            ) from error
    return made


def _pair(value: Any) -> Span:
    start, end = value
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end):
        raise ValueError(f"{value} is no span")
    return start, end


# ---- with the words of a record: what the trainings read


def pairs(made: Iterable[Label], record: Path) -> Iterator[dict[str, Any]]:
    """Examples of the pair model, in the form of `learn.events candidates`: events, and statements with their act.

    Raises DataError where an article is not in the record or is shorter than the label says.
    """
    from dateline.events.candidates import marked
    from dateline.learn.articles import act_row, row
    from dateline.statements import act

    texts = _Texts(record)
    for label in made:
        if label.what is None or not (label.agreed and label.named):
            continue
        text = texts.of(label) if label.kind in ("event", "statement") else ""
        if label.kind == "event":
            spans = (*label.actors, *label.recipients)
            words = marked(text, _window(text, label, spans), label.actors, label.recipients)
            yield row(label.article, words, (label.what, label.mode, label.status, 1.0))
        elif label.kind == "statement" and label.cue and label.what in act.ACTS:
            words = act.marked(text, act.Said(label.source, label.cue, label.content))
            yield act_row(label.article, words, label.what, 1.0)


def acts(made: Iterable[Label], record: Path) -> Iterator[dict[str, Any]]:
    """Articles with the attributions whose act is known, in the form that `learn.attribution --acts` reads; as `pairs` otherwise."""
    from dateline.statements.act import ACTS

    texts = _Texts(record)
    by_article: dict[str, list[Label]] = {}
    for label in made:
        if label.kind == "statement" and label.agreed and label.named and label.cue and label.what in ACTS:
            texts.of(label)
            by_article.setdefault(label.article, []).append(label)
    for article, mine in by_article.items():
        rows = [
            {
                "source": [] if label.source is None else [list(label.source)],
                "cue": [list(label.cue or ())],
                "content": [list(span) for span in label.content],
                "act": label.what,
            }
            for label in mine
        ]
        yield {"id": article, "text": texts.of(mine[0]), "attributions": rows}


def _window(text: str, label: Label, spans: Iterable[Span]) -> Span:
    """The stretch for the model: the evidence, and back to the sentence of a party that is named before it."""
    first = min(start for start, _ in spans)
    start = label.start
    if first < start:
        ends = [match.end() for match in _SENTENCE_END.finditer(text, max(0, first - NEAR), first)]
        start = ends[-1] if ends else max(0, first - NEAR)
    return start, min(max(label.end, start + 1), start + MAX_WINDOW)


class _Texts:
    """The texts of a record's articles, one kept: labels come article by article."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self.held: tuple[str, str] = ("", "")

    def of(self, label: Label) -> str:
        if self.held[0] != label.article:
            with reading(self.record) as db:
                found = db.execute("SELECT text FROM article WHERE id = ?", (label.article,)).fetchone()
            if found is None:
                raise DataError(
                    f"{self.record}: holds no article {label.article}; code the same sources, or give the record of the labels"
                )
            self.held = (label.article, found[0])
        text = self.held[1]
        spans = (*label.actors, *label.recipients, *label.content, (label.start, label.end))
        if max(end for _, end in spans) > len(text):
            raise DataError(
                f"{self.record}: the text of {label.article} is shorter than its labels say; it was cleaned by another version"
            )
        return text
