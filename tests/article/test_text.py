"""Running text and flattened pages, and the choice of lines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import flat, lines, text

PAGES = Path(__file__).with_name("pages")

PROSE = [
    "The two ministers met in Strelsau on Monday and talked for nine hours about the bridge.",
    "Officials said that the road would be open to lorries by the end of the week.",
    "Nobody withdrew a claim, and a commission is to meet about the island in May.",
]


def test_clean_text_stays_as_it_is() -> None:
    found = text.read("\n".join(PROSE))
    assert found.paragraphs == tuple(PROSE)
    assert found.title is None


def test_headline_byline_and_date_are_set_apart() -> None:
    found = text.read("Ministers talk in Strelsau\nBy Antonia Mauban\nMarch 4, 2031\n\n" + "\n\n".join(PROSE))
    assert found.paragraphs == tuple(PROSE)
    assert (found.title, found.authors) == ("Ministers talk in Strelsau", ("Antonia Mauban",))
    assert [str(c.day) for c in found.dates] == ["2031-03-04"]


def test_a_title_that_the_source_states_is_taken_off() -> None:
    found = text.read("Ministers talk in Strelsau.\n\n" + "\n".join(PROSE), "Ministers talk in Strelsau")
    assert found.paragraphs == tuple(PROSE)


@pytest.mark.parametrize("gap", [". ", " . ", " - ", ": "])
def test_a_stated_title_on_the_line_of_the_lead_is_taken_off(gap: str) -> None:
    found = text.read(
        f"Ministers talk in Strelsau{gap}{PROSE[0]}\n" + "\n".join(PROSE[1:]), "Ministers talk in Strelsau"
    )
    assert found.paragraphs == tuple(PROSE)


def test_a_stated_title_is_taken_off_before_a_dateline() -> None:
    lead = "STRELSAU, Ruritania -- " + PROSE[0]
    assert text.read("Ministers to talk in Strelsau " + lead, "Ministers to talk in Strelsau").paragraphs == (lead,)


def test_what_stands_over_a_printed_dateline_is_a_headline() -> None:
    lead = "STRELSAU, Ruritania (AP) — " + PROSE[0]
    found = text.read("\n\n".join(["Ministers meet, and part in anger.", lead, *PROSE[1:]]), "ministers-meet")
    assert found.paragraphs == (lead, *PROSE[1:])
    assert text.read("\n\n".join(["Ministers meet.", *PROSE])).paragraphs == ("Ministers meet.", *PROSE)


@pytest.mark.parametrize("title", ["The two ministers met in Strelsau", "The two", "Officials said that"])
def test_a_lead_that_only_begins_as_its_title_stays(title: str) -> None:
    assert text.read("\n".join(PROSE), title).paragraphs == tuple(PROSE)


def test_byline_is_no_headline() -> None:
    found = text.read("By Antonia Mauban\n\n" + "\n".join(PROSE))
    assert (found.title, found.authors, found.paragraphs) == (None, ("Antonia Mauban",), tuple(PROSE))


def test_dateline_is_no_headline() -> None:
    assert (
        text.read(
            "STRELSAU (AP) — The ministers of\nboth sides met and talked about the bridge for nine hours on Monday."
        ).title
        is None
    )


def test_flattened_page_is_told_from_clean_text() -> None:
    page = (PAGES / "strelsau.txt").read_text(encoding="utf-8")
    assert not flat.is_clean(flat.split(page))
    assert flat.is_clean(PROSE)
    assert flat.title_of(flat.split(page)) == "Ruritania and Graustark agree to reopen the Elphberg bridge"


def test_flattened_pages_f1() -> None:
    """A floor under the line model on pages it never saw: share of words rightly kept, both ways."""
    for name in ("strelsau.txt", "harbour.txt"):
        page = (PAGES / name).read_text(encoding="utf-8")
        story = [row for row in page.splitlines() if len(row.split()) > 12 and row.rstrip().endswith((".", "”", "."))]
        got = list(text.read(page).paragraphs)
        kept = sum(len(row.split()) for row in got if row in story)
        assert kept >= 0.95 * sum(len(row.split()) for row in story)
        assert kept >= 0.95 * sum(len(row.split()) for row in got)


def test_best_path() -> None:
    odds = np.array([-3.0, 2, 2, -0.5, 2, -3, 1, -3])
    assert lines.best_path(odds, (1.0, 1.0)) == [False, True, True, True, True, False, False, False]
    assert lines.best_path(odds, (0.0, 0.0)) == [False, True, True, False, True, False, True, False]
    assert lines.best_path(np.array([]), (1.0, 1.0)) == []


@given(st.lists(st.floats(-5, 5), max_size=9), st.floats(0, 3))
def test_best_path_is_the_best(odds: list[float], price: float) -> None:
    def worth(choice: list[bool]) -> float:
        inside, total = False, 0.0
        for value, keep in zip(odds, choice, strict=True):
            total -= price * (keep != inside)
            total += value if keep else 0.0
            inside = keep
        return total - price * inside

    best = worth(lines.best_path(np.array(odds), (price, price)))
    for number in range(2 ** len(odds)):
        assert worth([bool(number >> i & 1) for i in range(len(odds))]) <= best + 1e-9


@given(st.text(max_size=300), st.one_of(st.none(), st.text(max_size=40)))
def test_any_text_is_read(raw: str, title: str | None) -> None:
    found = text.read(raw, title)
    assert all(row.strip() for row in found.paragraphs)


@given(st.lists(st.text(alphabet="ab .\t•*Z", min_size=1, max_size=30), max_size=25))
def test_features_have_their_shape(rows: list[str]) -> None:
    found = flat.split("\n".join(rows))
    assert lines.features(found, None).shape == (len(found), len(lines.OWN) + len(lines.PLACE))
    assert len(lines.choose(found)) == len(found)


def _page(*rows: str) -> str:
    """A flattened page: a menu, the rows given, a footer."""
    menu = ["* Home", "* News", "* Sport", "* Log in", "* Subscribe", "Search", "Menu"]
    return "\n\n".join([*menu, *rows, "Related stories", "* Bridge week in pictures", "Contact us", "Terms of use"])


STORY = [
    "The two ministers met in Strelsau on Monday and talked for nine hours about the bridge over the Elph.",
    "Officials of Ruritania said that the road to the bridge would be open to lorries by the end of the week.",
    "Nobody withdrew a claim to the island, and a commission of both countries is to meet about it in May.",
    "The prime minister of Graustark said that the bridge had cost both countries twenty years of trade.",
]


def test_headline_stands_over_its_byline() -> None:
    related = ["Ministers to meet in Strelsau about the bridge", "The bridge over the Elph: what both ministers want"]
    page = _page("Ruritania says island quarrel is over", "By Antonia Mauban", "More on: Elph", *related, *STORY)
    assert text.read(page).title == "Ruritania says island quarrel is over"


def test_caption_under_the_day_is_no_headline() -> None:
    head = ["Two ministers end a quarrel of twenty years", "Updated on: March 4, 2031 / 10:07 AM"]
    page = _page(*head, "Two ministers talk in Strelsau about the bridge over the Elph", *STORY)
    assert text.read(page).title == head[0]


def test_head_of_a_flattened_page() -> None:
    page = _page(
        "Two ministers end a quarrel of twenty years",
        "Antonia Mauban Associated Press",
        "November 20",
        "15:23 2029",
        *STORY,
    )
    found = text.read(page)
    assert found.authors == ("Antonia Mauban",)
    assert [str(c.day) for c in found.dates] == ["2029-11-20"]
    assert found.paragraphs == tuple(STORY)
    standfirst = "The quarrel about the island in the Elph has cost both countries much of their trade."
    late = _page(
        "Two ministers end a quarrel",
        standfirst,
        "Share",
        "Tweet",
        "Email",
        "Wednesday 20 November 2029 11:42, UK",
        *STORY,
    )
    assert [str(c.day) for c in text.read(late).dates] == ["2029-11-20"]


def test_a_highlight_goes_and_its_paragraph_stays() -> None:
    chosen = [True] * 5
    flat._drop_teasers([STORY[2], *STORY], chosen, None)
    assert chosen == [False, True, True, True, True]
    twice = [True] * 8  # the whole story twice: the first copy stays
    flat._drop_teasers([*STORY, *STORY], twice, None)
    assert all(twice)


def test_a_ticker_of_headline_and_lead_goes() -> None:
    title = "Two ministers end a quarrel of twenty years"
    page = _page(f"* {title} {STORY[0]} {STORY[1][:40]}", title, "By Antonia Mauban", *STORY)
    assert text.read(page).paragraphs == tuple(STORY)


def test_captions_and_links_between_paragraphs_go() -> None:
    subhead, caption = "1. A quarrel of twenty years", "Minister tells how the quarrel over the island began"
    link = "        Graustark opens its ports to lorries of Ruritania"
    chosen = [True] * 12
    flat._drop_captions([*STORY[:2], subhead, caption, STORY[2], link, STORY[3], "How it began", *STORY], chosen)
    assert [n for n, keep in enumerate(chosen) if not keep] == [3, 5]


def test_a_teaser_far_below_the_story_goes() -> None:
    lines = [*STORY * 6, *["* Bridge"] * 20, "The bridge is open to lorries"]
    chosen = [True] * 24 + [False] * 20 + [True]
    flat._drop_island(lines, chosen)
    assert chosen == [True] * 24 + [False] * 21


def test_links_under_their_heading_go() -> None:
    chosen = [True] * 5
    flat._drop_links(
        [STORY[0], "Trending News", "* Bridge over the Elph is open", "* Boats on the Elph", STORY[1]], chosen
    )
    assert chosen == [True, True, False, False, True]


def test_an_agency_line_over_the_story() -> None:
    found = text.read(_page("Two ministers end a quarrel of twenty years", "PTI, Strelsau,", *STORY))
    assert (found.publisher, found.places) == ("PTI", ("Strelsau",))


def test_bylines_of_clean_text() -> None:
    for row in (
        "Antonia Mauban Associated Press",
        "March 4, 2031 by Antonia Mauban",
        "By Antonia Mauban March 4, 2031, 7:47 PM",
    ):
        found = text.read("\n\n".join(["Ministers talk in Strelsau", row, *STORY]))
        assert (found.authors, found.paragraphs) == (("Antonia Mauban",), tuple(STORY))
    found = text.read("\n\n".join(["Ministers talk in Strelsau", "Reuters, Strelsau", *STORY]))
    assert (found.publisher, found.places, found.paragraphs) == ("Reuters", ("Strelsau",), tuple(STORY))


@pytest.mark.parametrize(
    "head",
    [
        ["By", "Antonia Mauban"],
        ["By", "ANTONIA MAUBAN@amauban"],
        ["Antonia Mauban", "Antonia Mauban", "Share"],
        ["Antonia Mauban", "- March 4, 2031 9:15 am"],
        ["March 4, 2031", "Antonia Mauban"],
        ["* Antonia Mauban, Elph Insider", "* Share"],
        ["Antonia Mauban", "News reporter @amauban"],
    ],
)
def test_an_author_alone_on_a_line(head: list[str]) -> None:
    page = _page("Two ministers end a quarrel of twenty years", *head, *STORY)
    assert [name.title() for name in text.read(page).authors] == ["Antonia Mauban"]


def test_a_name_alone_without_a_sign_of_a_byline_is_no_author() -> None:
    page = _page("Two ministers end a quarrel of twenty years", "Antonia Mauban", "Share", "Tweet", *STORY)
    assert text.read(page).authors == ()
    listed = _page("Two ministers end a quarrel", "By", "Antonia Mauban", "Order Reprints", "March 4, 2031", *STORY)
    assert text.read(listed).authors == ("Antonia Mauban",)


def test_the_paper_in_the_box_of_its_author_is_no_headline() -> None:
    box = ["By", "Antonia Mauban", "Antonia Mauban", "The Strelsau Bridge Journal", "Biography"]
    page = _page("A quarrel over the bridge ends: what next?", *box, "March 4, 2031", *STORY)
    assert text.read(page).title == "A quarrel over the bridge ends: what next?"


def test_an_author_alone_over_the_day_of_clean_text() -> None:
    found = text.read("\n\n".join(["Ministers talk in Strelsau", "Antonia Mauban", "March 4, 2031", *STORY]))
    assert (found.authors, found.paragraphs) == (("Antonia Mauban",), tuple(STORY))


@pytest.mark.parametrize(
    ("head", "outlet"),
    [
        ("By ANTONIA MAUBAN Lighthouse Reporter March 4, 2031 STRELSAU -- ", None),
        ("BY ANTONIA MAUBAN STAFF WRITER March 4, 2031 ", None),
        ("Antonia Mauban amauban@strelsau.example Bugle March 4, 2031 From Strelsau Journal ", "Strelsau Journal"),
        ("Antonia Mauban Associated Press March 4, 2031 From Strelsau.com ", "Strelsau.com"),
    ],
)
def test_a_head_on_the_line_of_the_lead(head: str, outlet: str | None) -> None:
    title = "Two ministers end a quarrel"
    found = text.read(f"{title}. {head}{' '.join(STORY)}", title)
    assert [name.title() for name in found.authors] == ["Antonia Mauban"]
    assert [str(c.day) for c in found.dates] == ["2031-03-04"]
    assert found.paragraphs == (("STRELSAU -- " if "STRELSAU" in head else "") + " ".join(STORY),)
    assert outlet is None or found.publisher == outlet


@pytest.mark.parametrize(
    "lead",
    [
        "By March 4, 2031 Antonia Mauban had met both ministers and talked with them for nine hours about the bridge.",
        "Antonia Mauban resigned on March 4, 2031 Officials said, after nine hours of talks about the bridge in Strelsau.",
        "Antonia Mauban, Staff Writer of the court, died on March 4, 2031 The ministers said so on the next day in Strelsau.",
    ],
)
def test_a_lead_that_names_a_person_and_a_day_is_no_head(lead: str) -> None:
    assert text.read(lead, "Two ministers end a quarrel").paragraphs == (lead,)


def test_an_initial_set_apart_is_put_back() -> None:
    story = [f"T {STORY[0][1:]}", STORY[1], "B ridge tolls fall in May, officials of both countries said.", STORY[3]]
    found = text.read(_page("Two ministers end a quarrel", "By Antonia Mauban", *story)).paragraphs
    assert found[0] == STORY[0] and found[2].startswith("Bridge tolls")
    kept = [
        STORY[0],
        "X marks the place of the bridge on maps of both countries.",
        "A way must be found, they said.",
        STORY[3],
    ]
    assert text._capped(kept) == kept
    assert text._capped(["W hile both talked, lorries crossed."]) == ["While both talked, lorries crossed."]


def test_a_headline_may_ask() -> None:
    head = "The two ministers and the bridge over the Elph: who will pay for it?"
    page = _page(
        head, "Antonia Mauban and Fritz Tarlen, Ministers' Bridge Lighthouse", "Published March 4, 2031", *STORY
    )
    assert text.read(page).title == head


def test_headlines_of_other_stories_far_under_the_byline_are_none() -> None:
    share = [
        f"* {name}"
        for name in ("View archive", "Email the author", "Get the feed", "Facebook", "Twitter", "Copy", "Print")
    ]
    other = [
        "Two ministers to meet in Strelsau about the bridge over the Elph",
        "Lorries wait at the bridge for the ministers",
    ]
    head = [
        "A quarrel of twenty years is over",
        "By Antonia Mauban",
        *share,
        *share[::-1],
        "More on:",
        "Elph",
        *other,
        "see also",
    ]
    assert text.read(_page(*head, other[0], *STORY)).title == head[0]
