"""What the pair model learns from: one form for authored sentences and for the development corpora.

An example is a marked text with what is known of its label. Labels may be partial: a corpus that only says "YIELD" gives
both CONCEDE and RETREAT, one that only says "conflict" gives the quads; the training sums over what is allowed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dateline.events import codebook
from dateline.language.labels import CLASSES, MODE_CLASSES, QUAD_OF, STATUS_CLASSES
from dateline.learn import authored, reviewed
from dateline.learn.jsonl import read_lines

NO_MODE = "-"
UNKNOWN: tuple[tuple[int, ...], tuple[int, ...], int, int] = ((), (), -1, -1)
"""Types, quads, mode and status of what no guide of records has judged."""


@dataclass(frozen=True, slots=True)
class Example:
    """A marked text; the classes it may have (indices into CLASSES), its quads (0–3), mode and status (-1: unknown).

    `pair_types`, `pair_quads`: the same by the guide of the marked-pair corpora, which calls some acts otherwise than the
    guide of records (a signed accord, sanctions, a promise to withdraw); empty where it is not known.
    `soft`: what teachers say of it, probabilities by head (`learn.pairmodel.OUTPUTS`); None where none was asked.
    `group` keeps examples of one sentence or article together in cross-validation; `weight` scales its loss.
    """

    text: str
    types: tuple[int, ...]
    quads: tuple[int, ...]
    mode: int
    status: int
    group: str
    source: str
    weight: float = 1.0
    pair_types: tuple[int, ...] = ()
    pair_quads: tuple[int, ...] = ()
    soft: Mapping[str, np.ndarray] | None = None


def label(type_: str, mode: str | None, status: str | None) -> tuple[tuple[int, ...], tuple[int, ...], int, int]:
    """Class indices of a fully known label."""
    types = (CLASSES.index(type_),)
    quads = (QUAD_OF[type_],) if type_ in QUAD_OF else ()
    name = f"{type_}.{mode or NO_MODE}"
    return (
        types,
        quads,
        MODE_CLASSES.index(name) if name in MODE_CLASSES else -1,
        STATUS_CLASSES.index(status) if status else -1,
    )


def from_authored(rows: Iterable[authored.Row]) -> list[Example]:
    """The project's own sentences, by both guides."""
    return [
        Example(
            r.sentence, *(UNKNOWN if r.type == authored.OPEN else label(r.type, r.mode, r.status)), group=r.bare, source="authored",
            pair_types=pair_types(r.pair or r.type), pair_quads=pair_quads(r.pair or r.type),
        )
        for r in rows
    ]  # fmt: skip


def pair_types(root: str) -> tuple[int, ...]:
    """The classes of a type of the marked-pair corpora; none for NONE and "?"."""
    names = ("CONCEDE", "RETREAT") if root in ("YIELD", "CONCEDE", "RETREAT") else (root,)
    return tuple(CLASSES.index(name) for name in names if name in QUAD_OF)


def pair_quads(root: str) -> tuple[int, ...]:
    """The quad of a type of the marked-pair corpora, as `pair_types`."""
    return tuple({QUAD_OF[CLASSES[i]] for i in pair_types(root)})


def from_codebook() -> list[Example]:
    """The example sentences of the codebook: what a type or mode is, and what it is not (any class but that type)."""
    found = []
    for entry in codebook.load().types.values():
        rest = tuple(i for i, name in enumerate(CLASSES) if name != entry.name)
        for mode, examples in ((None, entry), *((m.name, m) for m in entry.modes.values())):
            for text in examples.positive:
                known = label(entry.name, mode, None)
                found.append(Example(text, *known, group=_bare(text), source="codebook"))
            for text in examples.negative:
                found.append(Example(text, rest, (), -1, -1, group=_bare(text), source="codebook", weight=0.5))
    return found


def _bare(text: str) -> str:
    return re.sub(r"</?[st]>", "", text)


def from_plv(path: Path) -> list[Example]:
    """plv-train.tsv: marked sentences with a root, YIELD for CONCEDE or RETREAT, and a quad."""
    found = []
    for row in _table(path):
        root = row["gold_root"]
        found.append(
            Example(
                row["marked_sentence"], *UNKNOWN, group=row["sentence"], source="plv",
                pair_types=pair_types(root), pair_quads=(int(row["gold_penta"]) - 1,),
            )
        )  # fmt: skip
    return found


def from_aw(path: Path) -> list[Example]:
    """aw-train.tsv: other genres, only cooperation (quads 1, 2) or conflict (3, 4) is known."""
    found = []
    for row in _table(path):
        conflict = row["gold_binary"] == "1"
        quads = (2, 3) if conflict else (0, 1)
        types = tuple(i for i, name in enumerate(CLASSES) if name in QUAD_OF and QUAD_OF[name] in quads)
        found.append(
            Example(
                row["marked_sentence"], types, quads, -1, -1, group=row["sentence"], source="aw", weight=0.5,
                pair_types=types, pair_quads=quads,
            )
        )  # fmt: skip
    return found


def from_cameo(quads: Path, spans: Path) -> list[Example]:
    """Sentences of cameo-quad that cameo-spans marks. Class 0 (neutral statements) is NONE or REQUEST: CAMEO's appeals are in it."""
    marked: dict[str, str] = {}
    for block in spans.read_text(encoding="utf-8").split("\n\n"):
        words = [line.split() for line in block.splitlines() if line.strip()]
        if words:
            marked["".join(w[0] for w in words)] = _mark_words([(w[0], w[-1]) for w in words])
    found = []
    for line in quads.read_text(encoding="utf-8").splitlines():
        sentence, _, number = line.rpartition("\t")
        text = marked.get(re.sub(r"\s+", "", sentence))
        if text is None:
            continue
        if number == "0":
            types, allowed = (CLASSES.index("NONE"), CLASSES.index("REQUEST")), ()
        else:
            allowed = (int(number) - 1,)
            types = tuple(i for i, name in enumerate(CLASSES) if QUAD_OF.get(name) == allowed[0])
        found.append(
            Example(
                text, types, allowed, -1, -1, group=sentence, source="cameo", weight=0.5,
                pair_types=types if allowed else (), pair_quads=allowed,
            )
        )  # fmt: skip
    return found


def _mark_words(words: list[tuple[str, str]]) -> str:
    out: list[str] = []
    for i, (word, tag) in enumerate(words):
        kind = tag[-1].lower()
        following = words[i + 1][1] if i + 1 < len(words) else "O"
        piece = f"<{kind}>{word}" if tag.startswith("B-") else word
        if tag != "O" and not (following.startswith("I-") and following[-1] == tag[-1]):
            piece += f"</{kind}>"
        out.append(piece)
    return " ".join(out)


def from_candidates(path: Path) -> list[Example]:
    """JSONL of the candidates of whole articles with their gold label (`learn.events candidates`)."""
    return [_of_row(row, "articles") for row in read_lines(path)]


def from_reviewed(labels: Path, record: Path) -> list[Example]:
    """What analysts judged: labels of `dateline learn from-review`, with the words out of a record. Raises DataError."""
    return [_of_row(row, "reviewed") for row in reviewed.pairs(reviewed.read(labels), record)]


def _of_row(row: Mapping[str, Any], source: str) -> Example:
    known = label(row["type"], row["mode"], row["status"])
    return Example(row["text"], *known, group=row["article"], source=source, weight=row.get("weight", 1.0))


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))
