"""Candidates of real articles, labelled by readers for this project: the sheets they fill, and the labels that stay.

python -m dateline.learn.sheets write --polnear FILE --number 84 --parts 6 --out FOLDER     articles with their candidates
python -m dateline.learn.sheets write --polnear FILE --asked SAID.npz --out FOLDER          those that a teacher doubts
python -m dateline.learn.sheets read FOLDER                                                 filled sheets into LABELS (--add: after those there)

A sheet holds whole articles and, under each, its candidates in groups: one group a statement or predicate, its options
lettered by who is acted on. A reader writes one line a group: its number and "-" or TYPE[.mode]/status@letter, 0 for nobody, x for
somebody who is not offered: the event is then told of nobody. Of a corpus only labels and offsets stay in the repository
(events/data/labels: pairs_polnear.tsv of PolNeAR train, pairs_places.tsv of LGL and GeoVirus); articles of our own stand beside theirs
(events/data/articles, pairs_own.tsv).
"""

from __future__ import annotations

import argparse
import datetime
import gzip
import json
import random
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import numpy as np

from dateline import events
from dateline.errors import DataError
from dateline.events import gate
from dateline.events.candidates import Candidate, marked
from dateline.events.mentions import Mentions
from dateline.language import Doc
from dateline.learn import articles
from dateline.model import EVENT_TYPES, MODES, Actor, Article, Status
from dateline.statements import act

Group = tuple[Candidate, ...]
"""Candidates of one predicate or statement and actor."""
HEADER = ("document", "kind", "at", "window", "actors", "recipients", "type", "mode", "status", "act")
DATA = Path(events.__file__).parent / "data"
LABELS = DATA / "labels" / "pairs_polnear.tsv"
PLACES = DATA / "labels" / "pairs_places.tsv"
"""Labels of documents of LGL and GeoVirus (places/docs.jsonl)."""
OWN = DATA / "articles", DATA / "labels" / "pairs_own.tsv"
"""Articles written for this project, and the labels of their candidates."""
_FILLED = re.compile(r"(\d+)\t(?:-|([A-Z]+)(?:\.([a-z-]+))?/([a-z]+)@([a-z0x]))\s*")
LENGTHS = (1200, 6500)
"""Code points of a document that goes into a sheet: neither a note nor more than a reader holds in mind."""
NEIGHBOURS = 0.12
"""A document is international if a second side has at least this share of its mentions; two thirds of a sheet are."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a reader called one candidate: spans are offsets into the document's text; `type` may be NONE."""

    document: str
    kind: str
    at: int
    window: tuple[int, int]
    actors: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]
    type: str
    mode: str | None
    status: str | None
    act: str | None
    """What the statement does, whoever it is done to; None for a predicate, and where a reader only said that it is no event: of
    958 such that the model doubted 404 were no plain STATE."""

    @property
    def key(self) -> tuple[Any, ...]:
        """What finds the candidate again."""
        return self.kind, self.at, self.actors, self.recipients


def load(path: Path = LABELS) -> list[Label]:
    """The labels that ship. Raises DataError naming the line at fault."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], 2):
        fields = line.split("\t")
        if len(fields) != len(HEADER) or (fields[6] != "NONE" and fields[6] not in EVENT_TYPES):
            raise DataError(f"{path}:{number}: not a label; the columns are {', '.join(HEADER)}")
        spans = [_spans(field) for field in fields[3:6]]
        type_, mode, status, done = fields[6:]
        label = (type_, mode or None, status or None, done or None)
        found.append(Label(fields[0], fields[1], int(fields[2]), spans[0][0], spans[1], spans[2], *label))
    return found


def _spans(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((int(s), int(e)) for s, _, e in (part.partition("-") for part in text.split(";") if part))


def rows(corpus: Path, path: Path = LABELS) -> Iterator[dict[str, Any]]:
    """Training lines of the pair model: each label with its marked words out of the corpus, and each statement with its act."""
    of: dict[str, list[Label]] = {}
    for label in load(path):
        of.setdefault(label.document, []).append(label)
    for name, doc, _, found in coded(corpus, of):
        by_key = {key(candidate): candidate for candidate in found}
        for label in of[name]:
            candidate = by_key.get(label.key)  # as it is read today, else as it was when it was labelled
            window = candidate.window if candidate is not None else label.window
            words = marked(doc.text, window, label.actors, label.recipients)
            yield articles.row(name, words, (label.type, label.mode, label.status, 1.0))
        acts = {label.at: label.act for label in of[name] if label.act}
        for said in {c.statement.id: c.statement for c in found if c.kind == "statement" and c.statement}.values():
            known = acts.get(said.cue.start) if said.cue else None
            if known in act.ACTS and said.cue:
                source = (said.source.start, said.source.end) if said.source else None
                spans = tuple((s.start, s.end) for s in said.content)
                words = act.marked(doc.text, act.Said(source, (said.cue.start, said.cue.end), spans))
                yield articles.act_row(name, words, known, articles.ACT_WEIGHT)


def coded(corpus: Path, names: Iterable[str]) -> Iterator[tuple[str, Doc, tuple[Actor, ...], tuple[Candidate, ...]]]:
    """Documents of the corpus by name, as the rooms before `events` see them, with their candidates."""
    wanted = set(names)
    for row in texts_of(corpus):
        if row["id"] in wanted:
            yield row["id"], *candidates_of(row)


def texts_of(path: Path) -> Iterator[dict[str, Any]]:
    """The documents of a corpus with `id` and `text`: lines of JSON, packed or not, or a folder of our own articles. What has no
    `id` (places/docs.jsonl) is named CORPUS-DOC."""
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield from own(file.read_text(encoding="utf-8"))
        return
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        for row in map(json.loads, file):
            yield row if "id" in row else row | {"id": f"{row['corpus']}-{row['doc']}"}


def own(text: str) -> Iterator[dict[str, Any]]:
    """The articles of one of our own files, where each begins with a line `=== NAME DATE`."""
    for block in re.split(r"(?m)^=== ", text)[1:]:
        head, _, body = block.partition("\n")
        yield {"id": "-".join(head.split()), "text": body.strip() + "\n"}


def candidates_of(row: dict[str, Any]) -> tuple[Doc, tuple[Actor, ...], tuple[Candidate, ...]]:
    day = re.search(r"\d{4}-\d\d-\d\d", row["id"])
    published = datetime.date.fromisoformat(day.group()) if day else None
    return articles.before_events(Article(row["id"], row["id"], row["text"], published=published))


def at(candidate: Candidate) -> int:
    """Where a candidate's predicate stands: its token, a statement's cue, else the begin of its content."""
    if candidate.kind == "statement" and candidate.statement is not None:
        cue = candidate.statement.cue
        return cue.start if cue is not None else candidate.statement.content[0].start
    assert candidate.predicate is not None
    return candidate.predicate.idx


def key(candidate: Candidate) -> tuple[Any, ...]:
    """What finds the candidate's label (`Label.key`)."""
    sides = (tuple((m.start, m.end) for m in side) for side in (candidate.actors, candidate.recipients))
    return candidate.kind, at(candidate), *sides


def doubts(asked: Path, least: float, most: float) -> set[str]:
    """The texts of `learn.teacher ask` that are events with a probability from `least` to `most`."""
    with np.load(asked) as kept:
        event = 1 - kept["type"][:, -1]
        return {text for text, p in zip(kept["texts"].tolist(), event, strict=True) if least <= p <= most}


def groups(found: Sequence[Candidate]) -> list[Group]:
    """Candidates of one predicate or statement and actor together, in the order of the text."""
    by: dict[tuple[object, ...], list[Candidate]] = {}
    for candidate in found:
        by.setdefault(candidate.group, []).append(candidate)
    return [tuple(group) for group in by.values()]


Chosen = tuple[str, Doc, tuple[Actor, ...], list[Group]]
"""A document for a sheet, by name, with its actors and the groups that are asked about."""


def _doubted(options: argparse.Namespace) -> Iterator[Chosen]:
    """The documents with the groups that the teacher doubts, but for those whose candidates are labelled already."""
    texts = doubts(options.asked, options.least, options.most)
    only = set(options.only.read_text(encoding="utf-8").split()) if options.only else None
    known = {label.document for label in load()}
    for row in texts_of(options.polnear):
        name = row["id"]
        if name in known or (only is not None and name not in only) or gate.closed(row["text"], None) is not None:
            continue
        doc, people, found = candidates_of(row)
        kept = [group for group in groups(found) if any(c.marked(doc.text) in texts for c in group)]
        if kept:
            yield name, doc, people, kept


def _mixed(options: argparse.Namespace) -> Iterator[Chosen]:
    """So many documents whole, two thirds of them international."""
    used = set(options.without.read_text(encoding="utf-8").split()) if options.without else set()
    rows_ = [r for r in texts_of(options.polnear) if r["id"] not in used and LENGTHS[0] < len(r["text"]) < LENGTHS[1]]
    random.Random(options.seed).shuffle(rows_)
    abroad, home = options.number * 2 // 3, options.number - options.number * 2 // 3
    for row in rows_:
        if gate.closed(row["text"], None) is not None:
            continue
        doc, people, found = candidates_of(row)
        kept = groups(found)
        if not 8 <= len(kept) <= 60:
            continue
        table = Mentions(people)
        shares = sorted({table.side(a.id): table.share(a.id) for a in people}.values(), reverse=True)
        if len(shares) > 1 and shares[1] >= NEIGHBOURS and abroad:
            abroad -= 1
        elif home:
            home -= 1
        else:
            continue
        yield row["id"], doc, people, kept
        if not abroad and not home:
            return


def write(options: argparse.Namespace) -> int:
    """Write the sheets, and beside each the keys of its candidates."""
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    chosen = list(_doubted(options) if options.asked else _mixed(options))
    for part in range(options.parts):
        lines: list[str] = []
        keys: list[dict[str, Any]] = []
        for name, doc, known, kept in chosen[part :: options.parts]:
            lines += [f"=== {name}", doc.text, "--- candidates"]
            people = {a.id: a for a in known}
            for group in kept:
                lines.append(f"{len(keys)}\t{_shown(doc.text, people, group)}")
                keys.append({"document": name, "options": [_row(c) for c in group]})
        (out / f"sheet{part}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (out / f"sheet{part}.json").write_text(json.dumps(keys), encoding="utf-8")
        print(f"sheet{part}: {len(chosen[part :: options.parts])} documents, {len(keys)} groups")
    return 0


def _shown(text: str, people: dict[str, Actor], group: Sequence[Candidate]) -> str:
    first = group[0]
    where = text[first.start : first.end].replace("\n", " ")
    if first.kind != "statement" and first.predicate is not None:
        i = first.predicate.idx - first.start
        where = f"{where[:i]}»{where[i : i + len(first.predicate)]}«{where[i + len(first.predicate) :]}"
    names = [" + ".join(people[m.actor].name for m in c.recipients) or "nobody" for c in group]
    letters = [f"{x}) {name}" for x, name in zip(_letters([c.recipients for c in group]), names, strict=True)]
    who = " + ".join(people[m.actor].name for m in first.actors) or "nobody named"
    return f"[{first.kind}] {who}: {where[:420]} | {'  '.join(letters)}"


def _letters(recipients: Sequence[Sequence[object]]) -> list[str]:
    """The letters of a group's options by their recipients; 0 for the one that names nobody."""
    return ["abcdefgh"[i] if named else "0" for i, named in enumerate(recipients)]


def _row(candidate: Candidate) -> dict[str, Any]:
    return {
        "kind": candidate.kind,
        "at": at(candidate),
        "window": list(candidate.window),
        "actors": [[m.start, m.end] for m in candidate.actors],
        "recipients": [[m.start, m.end] for m in candidate.recipients],
    }


def read(options: argparse.Namespace) -> int:
    """Filled sheets (labelN.tsv beside sheetN.json) into one file of labels; says what is at fault and writes nothing then."""
    found: list[str] = []
    faults: list[str] = []
    statuses = set(get_args(Status))
    for file in sorted(Path(options.folder).glob("label[0-9]*.tsv")):
        keys = json.loads(file.with_name(file.name.replace("label", "sheet")).with_suffix(".json").read_text("utf-8"))
        done: set[int] = set()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            match = _FILLED.fullmatch(line)
            if not line.strip():
                continue
            if match is None or int(match[1]) >= len(keys):
                faults.append(f"{file}:{number}: '{line}' is not NUMBER<tab>- or NUMBER<tab>TYPE[.mode]/status@letter")
                continue
            group, type_, mode, status, letter = int(match[1]), match[2], match[3], match[4], match[5]
            options_ = keys[group]["options"]
            letters = _letters([o["recipients"] for o in options_])
            if group in done:
                faults.append(f"{file}:{number}: group {group} is labelled twice")
            elif type_ and (
                type_ not in EVENT_TYPES or status not in statuses or (mode and mode not in MODES.get(type_, ()))
            ):
                faults.append(f"{file}:{number}: unknown type, mode or status in '{line}'")
            elif letter and letter != "x" and letter not in letters:
                faults.append(f"{file}:{number}: '{letter}' is none of the options {', '.join(letters)}")
            done.add(group)
            for own, option in zip(letters, options_, strict=True):
                hit = bool(type_) and own == (letter if letter != "x" else "0")
                done_by = (type_ or "") if option["kind"] == "statement" else ""
                label = (type_, mode or "", status, done_by) if hit else ("NONE", "", "", done_by)
                found.append("\t".join(map(str, (keys[group]["document"], *_written(option), *label))))
        missing = len(keys) - len(done)
        if missing:
            print(f"{file.name}: {missing} of {len(keys)} groups not labelled")
    if faults:
        print("\n".join(faults))
        return 1
    options.to.parent.mkdir(exist_ok=True)
    before = options.to.read_text(encoding="utf-8").splitlines()[1:] if options.add else []
    twice = {line.split("\t")[0] for line in before} & {line.split("\t")[0] for line in found}
    if twice:
        print(f"{options.to}: {', '.join(sorted(twice))}: labelled already; nothing is added")
        return 1
    options.to.write_text("\n".join(["\t".join(HEADER), *before, *found]) + "\n", encoding="utf-8")
    events_ = sum(line.split("\t")[6] != "NONE" for line in found)
    print(f"{len(found)} labels, {events_} of them events, in {options.to.name}")
    return 0


def _written(option: dict[str, Any]) -> tuple[Any, ...]:
    sides = (";".join(f"{s}-{e}" for s, e in option[side]) for side in ("actors", "recipients"))
    return option["kind"], option["at"], "-".join(map(str, option["window"])), *sides


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; see the module's docstring."""
    parser = argparse.ArgumentParser(prog="python -m dateline.learn.sheets")
    commands = parser.add_subparsers(dest="command", required=True)
    writing = commands.add_parser("write")
    writing.add_argument("--polnear", type=Path, required=True)
    writing.add_argument("--number", type=int, default=84)
    writing.add_argument("--parts", type=int, default=6)
    writing.add_argument("--seed", type=int, default=5)
    writing.add_argument("--without", type=Path, help="names of documents to leave out, one a line")
    writing.add_argument("--only", type=Path, help="with --asked: names of the only documents taken")
    writing.add_argument(
        "--asked", type=Path, help="what a teacher says (learn.teacher ask): only groups that it doubts"
    )
    writing.add_argument(
        "--least", type=float, default=0.15, help="the probability of an event that --asked doubts from"
    )
    writing.add_argument("--most", type=float, default=0.9, help="and up to")
    writing.add_argument("--out", required=True)
    reading = commands.add_parser("read")
    reading.add_argument("folder")
    reading.add_argument("--to", type=Path, default=LABELS)
    reading.add_argument("--add", action="store_true", help="after the labels that the file holds, instead of them")
    options = parser.parse_args(arguments)
    return write(options) if options.command == "write" else read(options)


if __name__ == "__main__":
    sys.exit(main())
