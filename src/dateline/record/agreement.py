"""How far two coders agree: Krippendorff's alpha for nominal labels, and where they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from dateline.record.review import Judgement, judgements

FIELD = {"event": "type", "statement": "act", "talks": "outcome"}
"""The field on which coders of a kind of row are compared first."""

NO_ROW = "(no such row)"
"""The label of a row that a coder rejected."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two coders on the rows that both judged. `alpha` is None where it is not defined (no rows, or one label only)."""

    first: str
    second: str
    kind: str
    rows: int
    agreed: int
    alpha: float | None
    disputed: tuple[tuple[Judgement, Judgement, str, str], ...]
    """The rows they label otherwise: both judgements, both labels."""


def label(judgement: Judgement) -> str:
    """What the coder says the row is: the machine's value if accepted, the corrected one, or NO_ROW."""
    if judgement.verdict == "rejected":
        return NO_ROW
    name = FIELD[judgement.kind]
    return str(judgement.fields.get(name, judgement.seen.get(name)))


def agreements(path: Path) -> list[Agreement]:
    """Every pair of coders that judged at least one row of a kind in common, by kind and number of rows."""
    by: dict[tuple[str, str], dict[str, Judgement]] = {}
    for judgement in judgements(path):
        by.setdefault((judgement.kind, judgement.coder), {})[judgement.target] = judgement
    found = []
    for (kind, first), (other_kind, second) in combinations(sorted(by), 2):
        common = sorted(by[kind, first].keys() & by[other_kind, second].keys()) if kind == other_kind else []
        if not common:
            continue
        pairs = [(by[kind, first][target], by[kind, second][target]) for target in common]
        labels = [(label(a), label(b)) for a, b in pairs]
        disputed = tuple((a, b, x, y) for (a, b), (x, y) in zip(pairs, labels, strict=True) if x != y)
        found.append(Agreement(first, second, kind, len(common), len(common) - len(disputed), alpha(labels), disputed))
    return sorted(found, key=lambda a: (a.kind, -a.rows, a.first, a.second))


def alpha(units: Iterable[Sequence[Hashable | None]]) -> float | None:
    """Krippendorff's alpha, nominal: 1 is perfect, 0 is chance. `units`: for each row the labels of its coders.

    None among the labels is a missing value; rows with fewer than two labels are left out. Returns None where it is not
    defined. (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, section C.)

        >>> round(alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")]), 3)
        0.533
    """
    totals: Counter[Hashable] = Counter()
    disagreement = 0.0
    for unit in units:
        values = Counter(value for value in unit if value is not None)
        m = values.total()
        if m < 2:
            continue
        totals.update(values)
        disagreement += (m * m - sum(n * n for n in values.values())) / (m - 1)
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    if n < 2 or expected == 0:
        return None
    return 1 - (n - 1) * disagreement / expected
