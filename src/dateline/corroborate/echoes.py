"""What several sides said alike: the echoes of a round ("brotherly mediators")."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from dateline.corroborate.score import rules

ALIKE = 2
"""Content words that a phrase needs to count as said alike: one word ("peace") is no echo, "brotherly mediators" is."""


LONGEST = 6
"""Words of the longest phrase looked for."""

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_MARK = re.compile(r"[.,;:!?()\"“”…]")


def alike(said: dict[str, list[tuple[str, str]]]) -> list[dict[str, object]]:
    """The phrases that two sides or more used: longest first, without those within a longer one.

    `said`: side → (position id, text) of each. A phrase is a run of words of which the first, the last and at least ALIKE
    are content words.
    """
    spoken = {side: [(position, _runs(text)) for position, text in texts] for side, texts in sorted(said.items())}
    shared = Counter(
        word for texts in spoken.values() for word in {w for _, runs in texts for run in runs for w in run}
    )
    users: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for side, texts in spoken.items():
        for position, runs in texts:
            for phrase in {phrase for run in runs for phrase in _phrases(run, shared)}:
                users.setdefault(phrase, {}).setdefault(side, []).append(position)
    found: list[tuple[tuple[str, ...], dict[str, list[str]]]] = []
    for phrase, by in sorted(users.items(), key=lambda item: (-len(item[0]), item[0])):
        if len(by) > 1 and not any(_within(phrase, longer) and set(by) <= set(users_) for longer, users_ in found):
            found.append((phrase, by))
    return [
        {"words": " ".join(phrase), "sides": sorted(by), "positions": sorted({p for ids in by.values() for p in ids})}
        for phrase, by in found
    ]


def _runs(text: str) -> list[list[str]]:
    """The words of a text, parted at its marks."""
    return [_WORD.findall(run) for run in _MARK.split(text.casefold())]


def _phrases(run: list[str], shared: Mapping[str, int]) -> Iterator[tuple[str, ...]]:
    """The phrases of a run of words that consist of words which another side used, too."""
    stop = rules().stop
    for i, first in enumerate(run):
        if first in stop or shared[first] < 2:
            continue
        for j in range(i + 1, min(i + LONGEST, len(run))):
            if shared[run[j]] < 2:
                break
            piece = run[i : j + 1]
            if piece[-1] not in stop and sum(w not in stop for w in piece) >= ALIKE:
                yield tuple(piece)


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
