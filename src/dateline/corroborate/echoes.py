"""What several sides said alike: the echoes of a round ("brotherly mediators")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dateline.corroborate.score import rules

ALIKE = 2
"""Content words that a phrase needs to count as said alike: one word ("peace") is no echo, "brotherly mediators" is."""


def alike(said: dict[str, list[tuple[str, str]]]) -> list[dict[str, object]]:
    """The phrases that two sides or more used: longest first, without those within a longer one.

    `said`: side → (position id, text) of each. A phrase is a run of words of which the first, the last and at least ALIKE
    are content words.
    """
    users: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for side, texts in sorted(said.items()):
        for position, text in texts:
            for phrase in set(_phrases(text)):
                users.setdefault(phrase, {}).setdefault(side, []).append(position)
    found: list[tuple[tuple[str, ...], dict[str, list[str]]]] = []
    for phrase, by in sorted(users.items(), key=lambda item: (-len(item[0]), item[0])):
        if len(by) > 1 and not any(_within(phrase, longer) and set(by) <= set(users_) for longer, users_ in found):
            found.append((phrase, by))
    return [
        {"words": " ".join(phrase), "sides": sorted(by), "positions": sorted({p for ids in by.values() for p in ids})}
        for phrase, by in found
    ]


def _phrases(text: str) -> Iterable[tuple[str, ...]]:
    stop = rules().stop
    for run in re.split(r"[.,;:!?()\"“”…]", text.casefold()):
        given = re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", run)
        for i, first in enumerate(given):
            if first in stop:
                continue
            for j in range(i + ALIKE, min(i + 6, len(given)) + 1):
                piece = given[i:j]
                if piece[-1] not in stop and sum(w not in stop for w in piece) >= ALIKE:
                    yield tuple(piece)


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))
