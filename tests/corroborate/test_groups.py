"""Components and average linkage: whatever order things are given in, the groups are the same."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from dateline.corroborate.groups import agglomerate, name, sets


def test_average_linkage_by_hand() -> None:
    pairs = {("a", "b"): 0.9, ("b", "c"): 0.6, ("a", "c"): 0.5, ("c", "d"): 0.8}
    # a+b (.9), then c+d (.8); between the two groups (.6 + .5) / 4 = .275
    assert agglomerate("abcd", pairs, 0.4, lambda m: m) == [["a", "b"], ["c", "d"]]
    assert [sorted(g) for g in agglomerate("abcd", pairs, 0.27, lambda m: m)] == [["a", "b", "c", "d"]]


def test_members_of_one_owner_stay_apart() -> None:
    pairs = {("a", "b"): 0.9, ("a", "c"): 0.8}
    assert agglomerate("abc", pairs, 0.3, lambda m: "x" if m in "ab" else m) == [["a", "c"], ["b"]]


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]),
                       st.sampled_from((0.5, 0.6, 0.7, 0.8, 0.9))), st.randoms(use_true_random=False))  # fmt: skip
def test_order_of_pairs_changes_nothing(pairs: dict[tuple[int, int], float], rng: random.Random) -> None:
    shuffled = list(pairs.items())
    rng.shuffle(shuffled)
    swapped = {((b, a) if rng.random() < 0.5 else (a, b)): s for (a, b), s in shuffled}
    owner = lambda n: n % 7  # noqa: E731
    groups = agglomerate(range(10), pairs, 0.4, owner)
    assert groups == agglomerate(range(10), swapped, 0.4, owner)
    assert sorted(m for g in groups for m in g) == list(range(10))
    assert all(len({owner(m) for m in g}) == len(g) for g in groups)
    whole = {frozenset(g) for g in sets(range(10), pairs)}
    assert all(any(set(g) <= component for component in whole) for g in groups)


def test_a_group_is_named_by_its_smallest_member() -> None:
    assert (
        name("cluster", ["event-b", "event-a"]) == name("cluster", ["event-a", "event-c"]) != name("text", ["event-a"])
    )
