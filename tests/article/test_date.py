"""Days that pages state, and which of them is believed."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import date
from dateline.article.date import Candidate

DAY = datetime.date(2025, 11, 8)


@pytest.mark.parametrize(
    "text",
    [
        "Saturday, 08 November 2025", "November 8, 2025", "Nov. 8, 2025 10:15 GMT", "8th of November 2025", "2025-11-08", "2025/11/08",
        "Published 08-Nov-2025", "Sat Nov 8 2025",
    ],
)  # fmt: skip
def test_printed(text: str) -> None:
    assert date.printed(text) == DAY


@pytest.mark.parametrize(
    "text", ["8/11/2025", "November 2025", "31 November 2025", "8 November", "page 2025-11-083", ""]
)
def test_no_day_is_guessed(text: str) -> None:
    assert date.printed(text) is None


def test_figures_where_the_order_is_plain() -> None:
    assert date.printed("13/11/2025") == datetime.date(2025, 11, 13)
    assert date.printed("11/13/2025") == datetime.date(2025, 11, 13)
    assert date.printed("11.11.2025") == datetime.date(2025, 11, 11)


@pytest.mark.parametrize(
    ("value", "hour"),
    [
        ("2025-11-08", None), ("2025-11-08T23:30:00+05:00", None), ("2025-11-08T06:30:00Z", 6), ("2025-11-08T06:30:00.000+0000", 6),
        ("Sat, 08 Nov 2025 06:30:00 GMT", 6), ("20251108", None), ("20251108T063000", None),
    ],
)  # fmt: skip
def test_stated(value: str, hour: int | None) -> None:
    assert date.stated(value, "meta") == Candidate(DAY, "meta", hour)


@pytest.mark.parametrize("value", ["", "yesterday", "2025-13-40", "1731052800000"])
def test_stated_nonsense(value: str) -> None:
    assert date.stated(value, "meta") is None


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/2025/11/08/talks-fail", "https://a.example/world/2025-11-08/talks", "https://a.example/world/2025/nov/08/talks",
        "https://a.example/talks-20251108.html",
    ],
)  # fmt: skip
def test_url(url: str) -> None:
    assert date.of_url(url) == DAY


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "https://a.example/2025/11/talks",
        "https://a.example/a?d=/2025/11/08/",
        "https://a.example/id-1984563201",
    ],
)
def test_url_without_a_day(url: str | None) -> None:
    assert date.of_url(url) is None


def test_choice() -> None:
    day = datetime.timedelta(days=1)
    assert date.choose([]) == (None, None)
    chosen, doubt = date.choose([Candidate(DAY + 9 * day, "page line"), Candidate(DAY, "json-ld")])
    assert chosen == Candidate(DAY, "json-ld") and doubt is not None and "page line" in doubt
    # what a user gives is not argued with
    assert date.choose([Candidate(DAY, "json-ld"), Candidate(DAY + 9 * day, "given")]) == (
        Candidate(DAY + 9 * day, "given"),
        None,
    )
    # a time in UTC yields to the publisher's own day, where a time zone explains the difference
    printed = Candidate(DAY - day, "page line")
    assert date.choose([Candidate(DAY, "json-ld", 3), printed]) == (printed, None)
    assert date.choose([Candidate(DAY, "json-ld", 20), printed])[0] == Candidate(DAY, "json-ld", 20)
    # today's date in the head of a page counts only where there is no other
    weak = Candidate(DAY + 9 * day, "page line", weak=True)
    assert date.choose([weak, Candidate(DAY, "url")]) == (Candidate(DAY, "url"), None)
    assert date.choose([weak])[0] == weak


def test_date_lines() -> None:
    assert date.is_date_line("Saturday, 08 November 2025")
    assert date.is_date_line("Published: Nov 8, 2025 10:15 GMT | Updated 3 hours ago")
    assert not date.is_date_line("The talks of 8 November 2025 ended without an agreement, both sides said")


@given(st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_is_read_back(day: datetime.date) -> None:
    for form in ("%A, %d %B %Y", "%b %d, %Y", "%d %b %Y", "%Y-%m-%d"):
        assert date.printed(day.strftime(form)) == day


@given(st.text(max_size=60))
def test_nothing_raises(text: str) -> None:
    date.printed(text)
    date.stated(text, "meta")
    date.of_url(text)
    date.is_date_line(text)


def test_years_of_two_figures() -> None:
    assert date.printed("11/20/31 6:38 AM") == datetime.date(2031, 11, 20)
    assert date.printed("20/11/31") == datetime.date(2031, 11, 20)
    assert date.printed("11/10/31 6:38 AM") is None
    assert date.printed("a score of 11/20/31 points") is None


def test_a_year_with_its_clock_grown_on() -> None:
    assert date.printed("Published Tue, Mar 4 20297:05 AM EST") == datetime.date(2029, 3, 4)


def test_a_day_over_two_lines() -> None:
    assert date.over_two_lines("November 20", "15:23 2029") == datetime.date(2029, 11, 20)
    assert date.over_two_lines("November 20", "15:23") is None
    assert date.over_two_lines("Most read", "2029 in pictures") is None
