"""Readings of the pair model side by side, as it is trained."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.language.floating import PAIR, Pair, Reading
from dateline.learn.packs import LEAST_ROOM, packs


@given(st.lists(st.tuples(st.integers(3, 60), st.integers(1, 12)), min_size=1, max_size=12), st.integers(40, 128))
def test_every_pair_is_in_one_pack_and_sees_its_own_text_alone(sizes: list[tuple[int, int]], room: int) -> None:
    row, held = 0, []
    for length, count in sizes:
        pairs = tuple(Pair(row + k, ((PAIR, 0), (1, k % length), (2, k % length))) for k in range(count))
        held.append(Reading(tuple(range(1000 * len(held), 1000 * len(held) + length)), pairs))
        row += count
    made = list(packs(held, room))
    assert sorted(r for pack in made for r in pack.rows) == list(range(row))
    for pack in made:
        assert len(pack.ids) <= max(room, max(length for length, _ in sizes) + LEAST_ROOM + 3)
        seen = pack.seen()
        words = pack.pair == -1
        assert seen.diagonal().all()
        assert not seen[np.ix_(words, ~words)].any(), "no word sees a mark"
        text = pack.ids // 1000
        assert not seen[text[:, None] != text[None, :]].any()
        assert (pack.places == pack.ids % 1000).all(), "a mark stands where the piece that it copies stands"
        roles = pack.roles()
        assert roles.shape == (3, len(pack.rows), len(pack.ids))
        assert np.allclose(roles[0].sum(-1), 1) and np.allclose(roles[1], 0) and np.allclose(roles[2].sum(-1), 1)
