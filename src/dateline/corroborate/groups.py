"""Groups of linked things: what every way of joining here comes down to, in forms that no order of arrival can change."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from dateline.record.ids import DIGITS, digest

T = TypeVar("T", bound=Hashable)


class Union:
    """Disjoint sets: `join` unites, `find` names the set of a thing (any member, the same for all of a set)."""

    def __init__(self) -> None:
        self._parent: dict[Hashable, Hashable] = {}

    def find(self, thing: Hashable) -> Hashable:
        root = thing
        while (up := self._parent.setdefault(root, root)) != root:
            root = up
        while self._parent[thing] != root:
            self._parent[thing], thing = root, self._parent[thing]
        return root

    def join(self, a: Hashable, b: Hashable) -> None:
        self._parent[self.find(a)] = self.find(b)


def sets(things: Iterable[T], links: Iterable[tuple[T, T]]) -> list[list[T]]:
    """The connected components, each in the order in which its things were given."""
    union = Union()
    ordered = list(things)
    for a, b in links:
        union.join(a, b)
    found: dict[Hashable, list[T]] = {}
    for thing in ordered:
        found.setdefault(union.find(thing), []).append(thing)
    return list(found.values())


def agglomerate(
    members: Sequence[T],
    pairs: Mapping[tuple[T, T], float],
    threshold: float,
    owner: Callable[[T], Hashable],
) -> list[list[T]]:
    """Split one component by average linkage: the nearest two groups unite while their mean score is `threshold` or more.

    `members` in a canonical order, since equal scores are decided by it; `pairs`: scores of linked pairs, a pair without
    one counts 0. Members of one `owner` never stand in one group. Only what is in the component is looked at, so a thing
    that arrives elsewhere changes nothing here.
    """
    index = {member: i for i, member in enumerate(members)}
    groups: dict[int, list[T]] = {i: [member] for i, member in enumerate(members)}
    owners: dict[int, set[Hashable]] = {i: {owner(member)} for i, member in enumerate(members)}
    sums: dict[int, dict[int, float]] = {i: {} for i in groups}
    for (a, b), score in pairs.items():
        i, j = index[a], index[b]
        sums[i][j] = sums[j][i] = score
    heap = [(-total, i, j, 1) for i, row in sums.items() for j, total in row.items() if i < j]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= threshold:
        mean, i, j, cells = heapq.heappop(heap)
        if i not in groups or j not in groups or cells != len(groups[i]) * len(groups[j]):
            continue  # of groups that have changed since
        if mean != -sums[i].get(j, 0.0) / cells or owners[i] & owners[j]:
            continue
        groups[i] += groups.pop(j)
        owners[i] |= owners.pop(j)
        for k, total in sums.pop(j).items():
            del sums[k][j]
            if k != i:
                sums[i][k] = sums[k][i] = sums[i].get(k, 0.0) + total
        for k, total in sums[i].items():
            cells = len(groups[i]) * len(groups[k])
            heapq.heappush(heap, (-total / cells, min(i, k), max(i, k), cells))
    return [groups[i] for i in sorted(groups)]


def name(kind: str, members: Iterable[str]) -> str:
    """The id of a group: a hash of its smallest member, so that it stays when others come and go."""
    return f"{kind}-{digest(kind, min(members))[:DIGITS]}"
