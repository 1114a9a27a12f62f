"""Columns against plain counting: filters, counts, and pages that hold every row once whatever the order."""

from __future__ import annotations

import datetime
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.desk.columns import NONE, Coder, Columns, several, single
from dateline.desk.prose import Mark, excerpt, paragraphs
from dateline.desk.state import State, state
from dateline.desk.text import plain
from dateline.errors import UsageError

LABELS = ("a", "b", "c")
row = st.tuples(st.integers(-1, 2), st.lists(st.integers(-1, 2), max_size=4), st.integers(0, 5) | st.just(float("nan")))


def columns(rows: list[tuple[int, list[int], float]], step: int = 3) -> Columns:
    owners = np.array([i for i, (_, many, _) in enumerate(rows) for _ in many], dtype=np.int32)
    codes = np.array([code for _, many, _ in rows for code in many], dtype=np.int32)
    return Columns(
        np.arange(1, len(rows) + 1, dtype=np.int64) * step,
        {"one": single(LABELS, [code for code, _, _ in rows]), "many": several(LABELS, owners, codes)},
        {"n": np.array([n for _, _, n in rows], dtype=np.float32), "day": np.arange(len(rows), dtype=np.int32)},
    )


@given(st.lists(row, max_size=40), st.sets(st.integers(0, 2)))
def test_filters_and_counts(rows: list, wanted: set[int]) -> None:
    held = columns(rows)
    one = [code in wanted for code, _, _ in rows]
    many = [bool(wanted & set(codes)) for _, codes, _ in rows]
    assert held.having("one", wanted).tolist() == one
    assert held.having("many", wanted).tolist() == many
    for mask in (held.all(), np.array(one, dtype=bool), ~np.array(one, dtype=bool)):
        chosen = [r for r, kept in zip(rows, mask, strict=True) if kept]
        counted = Counter(code for code, _, _ in chosen if code != NONE)
        assert held.counts("one", mask).tolist() == [counted[i] for i in range(3)]
        counted = Counter(code for _, codes, _ in chosen for code in set(codes) if code != NONE)
        assert held.counts("many", mask).tolist() == [counted[i] for i in range(3)]
        assert dict(held.top("many", mask, 2, ())).items() <= {LABELS[i]: n for i, n in counted.items()}.items()


@given(
    st.lists(row, max_size=40),
    st.sampled_from(["row", "n", "one", "many", "day"]),
    st.booleans(),
    st.integers(1, 7),
    st.sets(st.integers(0, 2)),
)
@settings(max_examples=150)
def test_pages_hold_each_row_once_and_lead_back(
    rows: list, order: str, reverse: bool, size: int, wanted: set[int]
) -> None:
    held = columns(rows)
    mask = held.having("many", wanted) if wanted else held.all()
    seen: list[int] = []
    pages, start = [], None
    while True:
        page = held.page(order, mask, size, start, reverse)
        assert page.total == int(mask.sum()) and page.first == len(seen)
        seen += page.rows
        pages.append(page)
        if page.after is None:
            break
        start = page.after
    assert sorted(seen) == held.rows[mask].tolist()
    for earlier, page in pairwise(pages):
        assert page.before is not None
        assert held.page(order, mask, size, page.before or None, reverse).rows == earlier.rows
    assert pages[0].before is None
    if order == "n":
        values = [rows[r // 3 - 1][2] for r in seen]
        known = [v for v in values if v == v]
        assert known == sorted(known, reverse=reverse)


def test_a_cursor_that_is_gone_begins_anew() -> None:
    held = columns([(0, [], 1.0)] * 5)
    assert held.page("row", held.all(), 2, 4, False).rows == (3, 6)


@given(st.lists(row, max_size=20), st.sets(st.integers(-5, 80)))
def test_numbered(rows: list, numbers: set[int]) -> None:
    held = columns(rows)
    assert held.numbered(numbers).tolist() == [int(r) in numbers for r in held.rows]


def test_a_coder_gives_each_label_one_code() -> None:
    coder = Coder(("x",))
    assert [coder(label) for label in ("y", "x", None, "y")] == [1, 0, NONE, 1] and coder.labels == ("x", "y")


# ---- the article set for reading

text = st.text(alphabet=st.sampled_from("ab \n\u202eא🗞"), min_size=1, max_size=60)


@given(
    text, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.sampled_from(["s1", "s2", "e1"])), max_size=6)
)
@settings(max_examples=200)
def test_the_text_is_cut_but_whole(words: str, spans: list[tuple[int, int, str]]) -> None:
    marks = [
        Mark(min(a, b), max(a, b), ref, f"look-{ref}") for a, b, ref in spans if a != b and max(a, b) <= len(words)
    ]
    made = paragraphs(words, marks, ["s1", "s2", "e1"])
    lines = [line for line in words.split("\n") if line]
    assert ["".join(p.text for p in one.pieces) for one in made] == [plain(line) for line in lines]
    refs = {m.ref for m in marks if words[m.start : m.end].strip("\n")}
    anchored = [ref for one in made for piece in one.pieces for ref in piece.anchors]
    assert len(anchored) == len(set(anchored)) and refs <= set(anchored)
    noted = [ref for one in made for ref in one.notes]
    assert len(noted) == len(set(noted))
    if made:
        assert refs <= set(noted)


@given(text, st.integers(0, 60), st.integers(0, 60))
def test_an_excerpt_is_of_the_text(words: str, a: int, b: int) -> None:
    start, end = min(a, b), max(a, b)
    cut = excerpt(words, start, end, around=8)
    if end <= len(words):
        assert cut["words"] == words[start:end]
        assert cut["before"].removeprefix("… ") + cut["words"] + cut["after"].removesuffix(" …") in words


# ---- the state in the URL


def test_urls_change_one_thing() -> None:
    here = state(
        "/events",
        [("type", "AID"), ("type", "ACCUSE"), ("q", " a&b "), ("after", "9"), ("other", "x"), ("sort", "")],
        ("type", "q", "after", "sort"),
    )
    assert here.url(None, sort="day") == "/events?type=AID&type=ACCUSE&q=a%26b&sort=day"
    assert here.toggled("type", "AID") == "/events?q=a%26b&type=ACCUSE"
    assert here.toggled("type", "REJECT") == "/events?q=a%26b&type=AID&type=ACCUSE&type=REJECT"
    assert here.url(None, after=5).endswith("&after=5") and here.without("q", "a&b") == "/events?type=AID&type=ACCUSE"
    assert State("/actor/a b|c", ()).url() == "/actor/a%20b%7Cc"


def test_days_are_widened() -> None:
    here = state("/", [("since", "2024"), ("until", "2024-02"), ("until_x", "2023-12")], ("since", "until", "until_x"))
    assert [str(here.day(n)) for n in ("since", "until", "until_x")] == ["2024-01-01", "2024-02-29", "2023-12-31"]
    for wrong in ("24", "2024-13", "2024-00", "x", "20240101", "2024-1-1-1"):
        with pytest.raises(UsageError):
            state("/", [("since", wrong)], ("since",)).day("since")


def timeline_of(days: list[datetime.date]) -> dict:
    from dateline.desk.queries.events import timeline

    numbers = {"day": np.array([day.toordinal() for day in days], dtype=np.int32)}
    held = Columns(np.arange(1, len(days) + 1), {"quad": single(("verbal cooperation",), [0] * len(days))}, numbers)
    return timeline(held, held.all())


def test_a_few_far_events_do_not_squeeze_the_others() -> None:
    """They are counted, not drawn; a record that is spread out, or whose far events are many, is drawn whole."""
    near = [datetime.date(2024, 1, 1) + datetime.timedelta(days=5 * i) for i in range(100)]
    with_far = timeline_of([datetime.date(1952, 3, 1), datetime.date(1989, 6, 4), *near])
    assert with_far["outside"] >= 2 and with_far["from"][0].startswith("2024-0")
    assert sum(map(sum, with_far["series"].values())) + with_far["outside"] == 102
    assert timeline_of(near)["outside"] == 0
    spread = timeline_of([datetime.date(1950 + i, 1, 1) for i in range(70)])
    assert spread["outside"] == 0 and len(spread["from"]) == 69 * 12 + 1
    halves = timeline_of([*near, *[datetime.date(1952, 3, 1) + datetime.timedelta(days=i) for i in range(50)]])
    assert halves["outside"] == 0


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        ("2025-11-06", "2025-11-07", "6–7 Nov 2025"), ("2025-11-01", "2025-11-30", "Nov 2025"), ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2023-02-01", "2023-02-27", "1–27 Feb 2023"), ("2012-08-01", "2012-10-31", "Aug – Oct 2012"), ("2024-01-01", "2024-12-31", "2024"),
        ("2012-01-01", "2016-12-31", "2012 – 2016"), ("2023-12-01", "2024-01-31", "Dec 2023 – Jan 2024"), ("9999-12-31", None, "31 Dec 9999"),
        (None, None, "no date"),
    ],
)  # fmt: skip
def test_days_are_written_as_a_reader_would(start: str | None, end: str | None, shown: str) -> None:
    from dateline.desk.web import days

    assert days(start, end) == shown
