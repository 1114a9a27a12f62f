"""What changed between two codings of an article: rows added, removed, changed, field by field.

Rows of two codings are the same row if they have the same content (the rule of ids.py), else if they are of one kind and
their words overlap most. Ids are shown as the names they stand for, so that a renumbering is no change.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from dateline.model import Coding, Span
from dateline.record.ids import Ids
from dateline.record.record import Record

KINDS = ("actors", "places", "dates", "statements", "events", "talks", "problems")
"""The kinds of rows of a coding, in the order in which they are compared."""

LINKS = {"affiliation", "speaker", "addressees", "actors", "recipients", "place", "parties", "mediators", "members",
         "reported_by"}  # fmt: skip
"""Fields that hold ids of other rows of the coding."""

OVERLAP = 0.3
"""Part of the longer stretch of words that two rows must share to be one row with changed fields. Rows of
different sentences share nothing; two events of one sentence share all of it, and there the equal type goes first."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `fields`: name → (before, after) of a changed row; of an added or removed one, its values.

    `article`: id of the article; `kind`: article, actors, … problems; `what`: added, removed or changed; `row`: the row
    in a few words.
    """

    article: str
    kind: str
    what: str
    row: str
    fields: Mapping[str, tuple[Any, Any]]


def diff(before: Coding, after: Coding) -> tuple[Change, ...]:
    """What changed from one coding of an article to another. Empty if nothing did but ids."""
    found = [*_head(before, after)]
    names = _names(before), _names(after)
    ids = _ids(before), _ids(after)
    for kind in KINDS:
        old, new = list(getattr(before, kind)), list(getattr(after, kind))
        for one, other in _paired(kind, old, new, ids, before.article.id == after.article.id):
            changed = _compare(kind, one, other, names)
            if one is None or other is None or changed:
                what = "added" if one is None else "removed" if other is None else "changed"
                shown = _label(kind, other, names[1]) if one is None else _label(kind, one, names[0])
                found.append(Change(after.article.id, kind, what, shown, changed))
    return tuple(found)


def between(one: Record, other: Record) -> Iterator[Change]:
    """What changed from one record to another, article by article.

    Articles are the same by id (equal text), else by key, else by address, so that a corrected text is compared too.
    """
    left = {coding.article.id: coding for coding in one.codings()}
    rest = []
    for coding in other.codings():
        if coding.article.id in left:
            yield from diff(left.pop(coding.article.id), coding)
        else:
            rest.append(coding)
    for coding in rest:
        known = next((i for i, c in left.items() if _same_article(c, coding)), None)
        if known is None:
            yield _whole(coding, "added")
        else:
            yield from diff(left.pop(known), coding)
    for coding in left.values():
        yield _whole(coding, "removed")


def revisions(record: Record, article: str) -> Iterator[tuple[str, str, tuple[Change, ...]]]:
    """The codings an article has had, each with the next: (made, made, what changed). `article`: its id."""
    rows = list(record.revisions(article))
    for one, other in itertools.pairwise(rows):
        changes = diff(record.coding(article, one.id), record.coding(article, other.id))
        yield f"{one.made} ({one.version})", f"{other.made} ({other.version})", changes


def _same_article(one: Coding, other: Coding) -> bool:
    a, b = one.article, other.article
    return bool((a.key and a.key == b.key) or (a.url and a.url == b.url) or a.source == b.source)


def _whole(coding: Coding, what: str) -> Change:
    counts = {kind: len(getattr(coding, kind)) for kind in KINDS}
    sides = {kind: (None, n) if what == "added" else (n, None) for kind, n in counts.items() if n}
    return Change(coding.article.id, "article", what, coding.article.title or coding.article.source, sides)


def _head(before: Coding, after: Coding) -> Iterator[Change]:
    """The article's own fields; of a changed text only how long it is."""
    changed = {
        f.name: (getattr(before.article, f.name), getattr(after.article, f.name))
        for f in fields(before.article)
        if f.name not in ("id", "source") and getattr(before.article, f.name) != getattr(after.article, f.name)
    }
    if "text" in changed:
        changed["text"] = tuple(f"{len(text)} characters" for text in changed["text"])  # type: ignore[assignment]
    if changed:
        title = after.article.title or after.article.source
        yield Change(after.article.id, "article", "changed", title, {k: _plain(*v) for k, v in changed.items()})


def _ids(coding: Coding) -> dict[str, dict[str, str]]:
    ids = Ids(coding)
    return {
        "actors": ids.actors, "places": ids.places, "dates": ids.dates, "statements": ids.statements,
        "events": ids.events, "talks": ids.talks,
    }  # fmt: skip


def _names(coding: Coding) -> dict[str, str]:
    """What stands for an id: the name of an actor or place, the words of a statement."""
    found = {row.id: row.name for row in (*coding.actors, *coding.places)}
    return found | {s.id: _short(" … ".join(piece.text for piece in s.content)) for s in coding.statements}


def _paired(
    kind: str, old: list[Any], new: list[Any], ids: tuple[dict[str, Any], dict[str, Any]], same: bool
) -> Iterator[tuple[Any | None, Any | None]]:
    """Rows of both sides that are one row; None where the other side has none. In the order of the second."""
    partner: dict[int, Any] = {}
    if kind == "problems":
        keys: Callable[[Any, int], Any] = lambda row, side: (row.stage, row.message)  # noqa: E731
    else:
        keys = lambda row, side: ids[side][kind].get(row.id)  # noqa: E731
    at: dict[Any, list[Any]] = {}
    for row in old:
        at.setdefault(keys(row, 0), []).append(row)
    # Ids hash the article's own id, so that they match only between codings of the same text.
    if same or kind == "problems":
        for i, row in enumerate(new):
            if at.get(keys(row, 1)):
                partner[i] = at[keys(row, 1)].pop(0)
    used = {id(row) for row in partner.values()}
    free = [row for row in old if id(row) not in used]
    scored = sorted(
        ((score, i, j) for i, row in enumerate(new) if i not in partner for j, other in enumerate(free)
         if (score := _alike(kind, other, row, same)) >= OVERLAP),
        key=lambda found: (-found[0], found[1], found[2]),
    )  # fmt: skip
    taken: set[int] = set()
    for _, i, j in scored:
        if i not in partner and j not in taken:
            partner[i] = free[j]
            taken.add(j)
    for i, row in enumerate(new):
        yield partner.get(i), row
    for j, row in enumerate(free):
        if j not in taken:
            yield row, None


def _alike(kind: str, one: Any, other: Any, same: bool) -> float:
    """How far two rows are one, 0 to 2: the share of their words, and a little for the same type or name."""
    if kind == "problems":
        return 0.0
    if kind in ("actors", "places"):
        named = float(one.name.casefold() == other.name.casefold())
        return named + (_overlap(_spans(kind, one), _spans(kind, other)) if same else 0.0)
    shared = _overlap(_spans(kind, one), _spans(kind, other)) if same else _same_words(kind, one, other)
    bonus = {"events": "type", "statements": "act"}.get(kind)
    return shared + (0.25 if bonus and shared and getattr(one, bonus) == getattr(other, bonus) else 0.0)


def _same_words(kind: str, one: Any, other: Any) -> float:
    a = {word for span in _spans(kind, one) for word in span.text.casefold().split()}
    b = {word for span in _spans(kind, other) for word in span.text.casefold().split()}
    return len(a & b) / max(len(a | b), 1)


def _spans(kind: str, row: Any) -> Sequence[Span]:
    if kind in ("actors", "places"):
        return list(row.mentions)
    if kind == "dates":
        return [Span(row.start_offset, row.end_offset, row.text)]
    if kind == "statements":
        return [*row.content, *(span for span in (row.cue,) if span)]
    return [row.evidence] if kind == "events" else list(row.evidence)


def _overlap(a: Iterable[Span], b: Iterable[Span]) -> float:
    one = {i for span in a for i in range(span.start, span.end)}
    other = {i for span in b for i in range(span.start, span.end)}
    return len(one & other) / max(len(one), len(other), 1)


def _compare(
    kind: str, one: Any, other: Any, names: tuple[dict[str, str], dict[str, str]]
) -> dict[str, tuple[Any, Any]]:
    row = other if one is None else one
    found: dict[str, tuple[Any, Any]] = {}
    for f in fields(row):
        if f.name == "id":
            continue
        before = None if one is None else _value(f.name, getattr(one, f.name), names[0])
        after = None if other is None else _value(f.name, getattr(other, f.name), names[1])
        if before != after and not (before in (None, [], "") and after in (None, [], "")):
            found[f.name] = (before, after)
    return found


def _value(field: str, value: Any, names: dict[str, str]) -> Any:
    """A field's value for people: names for ids, words for spans, plain types."""
    if field in LINKS:
        if isinstance(value, tuple):
            return [names.get(v, v) for v in value]
        return None if value is None else names.get(value, value)
    if isinstance(value, Span):
        return value.text
    if isinstance(value, tuple):
        return [v.text if isinstance(v, Span) else v for v in value]
    if field == "magnitude":
        given = ((f.name, getattr(value, f.name)) for f in fields(value))
        return ", ".join(f"{name} {number}" for name, number in given if number is not None) or None
    return value.isoformat() if hasattr(value, "isoformat") else value


def _plain(before: Any, after: Any) -> tuple[Any, Any]:
    return (_value("", before, {}), _value("", after, {}))


def _label(kind: str, row: Any, names: dict[str, str]) -> str:
    """A row in a few words."""
    if kind in ("actors", "places"):
        return str(row.name)
    if kind == "dates":
        return str(row.text)
    if kind == "problems":
        return f"{row.stage}: {_short(row.message)}"

    def named(ids: Iterable[str]) -> str:
        return "; ".join(names.get(i, i) for i in ids)

    if kind == "statements":
        who = names.get(row.speaker, "?") if row.speaker else "?"
        return f"{who}: {_short(' … '.join(piece.text for piece in row.content))}"
    if kind == "talks":
        return f"{named(row.parties)} {row.start or ''}".strip()
    what = row.type if row.mode is None else f"{row.type}/{row.mode}"
    return f"{named(row.actors)} {what} {named(row.recipients)}".strip()


def _short(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
