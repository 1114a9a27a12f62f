"""Printed datelines: the forms that agencies and papers use, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.article import dateline

FORMS = [
    ("STRELSAU/EDELWEISS — Ruritania said", ("Strelsau", "Edelweiss"), None, "Ruritania"),
    ("GENEVA (Reuters) - The talks", ("Geneva",), "Reuters", "The"),
    ("WASHINGTON, Nov. 6 (AP) -- The talks", ("Washington",), "The Associated Press", "The"),
    ("KYIV, Ukraine (AP) — Talks", ("Kyiv",), "The Associated Press", "Talks"),
    ("Mexico City, 6 November – The talks", ("Mexico City",), None, "The"),
    ("Mexico City, 6 November\n\nThe talks", ("Mexico City",), None, "The"),
    ("(CNN) -- The talks", (), "CNN", "The"),
    ("(CNN)The talks", (), "CNN", "The"),
    ("London (CNN) The talks", ("London",), "CNN", "The"),
    ("PORT-AU-PRINCE, Haiti — Talks", ("Port-au-Prince",), None, "Talks"),
    ("N'DJAMENA, Nov 3 (Xinhua) -- Chad", ("N'Djamena",), "Xinhua", "Chad"),
    ("NEW YORK (AP) — Talks", ("New York",), "The Associated Press", "Talks"),
    ("UNITED NATIONS — Talks", ("United Nations",), None, "Talks"),
    ("Berlin and Paris (dpa) - Talks", ("Berlin", "Paris"), "dpa", "Talks"),
    ("ADDIS ABABA/NAIROBI, Nov 6 (Reuters) - Talks", ("Addis Ababa", "Nairobi"), "Reuters", "Talks"),
    ("ISLAMABAD: Talks", ("Islamabad",), None, "Talks"),
    ("WASHINGTON, D.C. — Talks", ("Washington",), None, "Talks"),
    ("MOSCOW, November 6. /TASS/. Talks", ("Moscow",), "TASS", "Talks"),
    ("Geneva, 6 November 2025 (WHO) – Talks", ("Geneva",), None, "Talks"),
    ("BEIRUT — “We talk,” he said", ("Beirut",), None, "“We"),
]


@pytest.mark.parametrize(("text", "places", "agency", "opens"), FORMS, ids=[form[0][:24] for form in FORMS])
def test_forms(text: str, places: tuple[str, ...], agency: str | None, opens: str) -> None:
    text += " went on for two days in the old town hall."
    found = dateline.find(text)
    assert found is not None
    assert (found.places, found.agency) == (places, agency)
    assert text[found.end :].startswith(opens)


@pytest.mark.parametrize(
    "text",
    [
        "BREAKING — The talks have ended without an agreement.",
        "FILE PHOTO: The president leaves the talks in the town hall.",
        "Marlowe: 'I am the one who ended the talks'",
        "Peace — Real peace — came late to the valley.",
        "Ruritania and Graustark have accused one another after two days of talks.",
        "In Paris, 6 November. The talks went on.",
        "The minister (pictured) said that talks went on.",
        "Monday - The talks went on for two days.",
        "U.S. President Ann Marlowe - The woman of the hour - left.",
        "GENEVA — ",
        "",
    ],
)
def test_no_dateline(text: str) -> None:
    assert dateline.find(text) is None


@given(st.text(alphabet=st.sampled_from("AZaz éÉ/—-–(),.:|\n'’“ 016"), max_size=80))
def test_end_lies_within_the_text(text: str) -> None:
    found = dateline.find(text)
    if found is not None:
        assert 0 < found.end < len(text)
        assert not text[found.end].isspace()
        assert found.places or found.agency


def test_names_in_normal_case_stay() -> None:
    assert dateline.normal("Port of Spain") == "Port of Spain"
    assert dateline.normal("RIO DE JANEIRO") == "Rio de Janeiro"


def test_an_agency_and_its_place_on_a_line_over_the_story() -> None:
    found = dateline.above("PTI, Strelsau,")
    assert found is not None and (found.places, found.agency) == (("Strelsau",), "PTI")
    assert dateline.above("Fritz Tarlen, AP") is None  # a photographer
    assert dateline.above("Strelsau, Ruritania") is None


def test_the_sign_at_the_end() -> None:
    assert dateline.closing("The bridge was opened on Monday. PTI") == "PTI"
    assert dateline.closing("The bridge was opened on Monday. (Reuters)") == "Reuters"
    assert dateline.closing("The bridge was opened on Monday. NATO") is None
    assert dateline.closing("He had called the AP") is None


def test_what_stands_over_a_dateline() -> None:
    story = ["STRELSAU — The bridge was opened on Monday.", "Lorries crossed it at once."]
    for over in ("6. Minister found on the bridge", "Strelsau says 'We're on it,' and asks: are you?"):
        assert dateline.opened([over, *story]) == story
    for over in ("The bridge is open again.", "Elph " * 30):
        assert dateline.opened([over, *story]) == [over, *story]
    assert dateline.opened(["Bridge opens", "Strelsau is glad.", story[0]]) == [
        "Bridge opens",
        "Strelsau is glad.",
        story[0],
    ]
    assert dateline.opened(story) == story
