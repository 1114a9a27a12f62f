"""Statements written for this project with what they do by being said (src/dateline/statements/data/said.tsv)."""

from __future__ import annotations

from pathlib import Path

from dateline.errors import DataError
from dateline.learn.articles import ACT_WEIGHT
from dateline.statements import act

FILE = Path(act.__file__).parent / "data" / "said.tsv"
COLUMNS = ("act", "source", "cue", "content", "family")


def load(path: Path = FILE) -> list[tuple[str, str, str, float]]:
    """As `statements.labelled` gives those of a corpus; "-" stands for no source. Raises DataError naming every line at fault."""
    found, faults = [], []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        fields = line.split("\t")
        if number == 1 or not line or line.startswith("#"):
            continue
        if len(fields) != len(COLUMNS) or not all(fields) or fields[0] not in act.ACTS:
            faults.append(f"{path}:{number}: not {', '.join(COLUMNS)} by tabs, with one of {', '.join(act.ACTS)}")
            continue
        name, source, cue, content, family = fields
        text = " ".join((source, cue, content)) if source != "-" else f"{cue} {content}"
        at = len(source) + 1 if source != "-" else 0
        spans = ((0, at - 1) if at else None, (at, at + len(cue)), ((at + len(cue) + 1, len(text)),))
        found.append((f"said-{family}", act.marked(text, act.Said(*spans)), name, ACT_WEIGHT))
    if faults:
        raise DataError("\n".join(faults))
    return found
