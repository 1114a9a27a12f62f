"""Where news is told from when its publisher is not known: the ending of the address, and what only American papers write.
Sentences of our own."""

from __future__ import annotations

import pytest
from resolved import actors_of, named, parsed

from dateline.actors import find
from dateline.actors.abbreviated import american_state
from dateline.actors.home import home
from dateline.actors.local import country
from dateline.model import Article


@pytest.mark.parametrize(("url", "country"), [("http://clarenews.ie/a", "IRL"), ("http://norfieldnews.tv/a", None)])
def test_the_ending_of_an_address_tells_the_country(url: str, country: str | None) -> None:
    assert home(Article("t", "t", "The council met.", url=url)) == country


def test_american_local_news_is_known_by_its_words() -> None:
    text = "NORFIELD, Ohio - Two residents were arrested, said Ann Low, a sheriff's deputy of Hale County. Police found the car."
    assert country(text) == "USA"
    actors = actors_of(text)
    assert named(actors, "Two residents").country == "USA" and named(actors, "Police").country == "USA"


def test_news_of_another_state_is_not_american_for_a_word() -> None:
    assert not country(
        "The district attorney and the sheriff of Kisumu fled, police in Kenya said. Uganda and Tanzania wait."
    )
    assert not country("The council of Hale met on Monday. Police said two residents were arrested.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Two ninth-graders of Hale were absent, a teacher said. Six percent of pupils were.", "USA"),
        ("Indiana moved the tax day, and the selectmen of Hale agreed.", "USA"),  # no India in Indiana
        ("The harvest fair of Guernsey County opened. The city council met.", "USA"),
        ("Two ninth-graders were hurt on Route 38, a teacher said.", "USA"),
        ("Norfield Mayor Ann Low met the RCMP and two MPPs. She spoke of Canadian law.", "CAN"),
        ("Bo Hale, 40, appeared at Norfield Magistrates' Court. The county council paid £300.", "GBR"),
        ("Six percent of pupils of Norfield High School were absent at 9 a.m.", None),  # written in many countries
        ("Councillors of the city council heard a neighbour. The school board of Hale agreed.", None),
    ],
)
def test_local_news_is_told_by_what_only_one_country_writes(text: str, told: str | None) -> None:
    assert country(text) == told


@pytest.mark.parametrize(
    ("text", "url", "told"),
    [
        ("The school board of Hale met. Two parents spoke.", "https://www.haletimes.com/a", "USA"),
        ("The school board of Hale met. Two parents spoke.", None, None),
        ("The school board of Hale met. Two Nigerian parents spoke.", "https://www.haletimes.com/a", None),
        ("The school board of Hale met. Two parents spoke.", "https://www.haletimes.tv/a", None),
        ("The council of Hale met. Two parents spoke.", "https://www.haletimes.com/a", None),
    ],
)
def test_one_mark_is_enough_for_a_page_under_com(text: str, url: str | None, told: str | None) -> None:
    assert home(Article("t", "t", text, url=url)) == told


def test_a_department_is_of_the_state_that_the_text_is_told_from() -> None:
    text = "MANILA - The Department of Justice filed charges on Monday against three officers of the Philippines. Filipino senators left."
    assert named(actors_of(text), "Department of Justice").country == "PHL"
    text = (
        "The Department of Justice charged five officers of China in 2014. Barack Obama was president. China denied it."
    )
    assert named(actors_of(text), "Department of Justice").country == "USA"


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("Fla.", "Florida"),
        ("N.C.", "North Carolina"),
        ("N. C.", "North Carolina"),
        ("ME", "Maine"),
        ("Me", None),
        ("Miss", None),
        ("in", None),
    ],
)
def test_a_shortened_american_state_is_known_by_its_stops_or_capitals(written: str, state: str | None) -> None:
    assert american_state(written) == state


@pytest.mark.parametrize("state", ["Ohio", "Va.", "OH"])
def test_a_town_before_a_state_is_no_capital(state: str) -> None:
    actors = actors_of(f"Voters of Dublin, {state} chose a mayor. Dublin opened a school.", publisher="USA Today")
    assert "IRL" not in {a.country for a in actors.actors}


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("Lebanon firefighters left the school board of Hale alone. Lebanon grows.", "https://www.haletimes.com/a"),
        ("A sheriff of Hale County came to Lebanon. The mayor of Lebanon was glad.", "https://www.lebanonleaf.com/a"),
        ("LEBANON - A sheriff of Hale County came. Lebanon was glad, two ninth-graders said.", None),
        ("Lebanon is small. Bo Hale of Lebanon, Pa. said so.", None),
        ("The fair of Lebanon High School in Hale County opened. Lebanon was glad.", "https://www.haletimes.com/a"),
    ],
)
def test_a_town_of_local_news_is_not_the_state_of_its_name(text: str, url: str | None) -> None:
    assert "LBN" not in {a.country for a in actors_of(text, url=url).actors}


@pytest.mark.parametrize(
    "text",
    [
        "LEBANON - The government of Lebanon resigned on Monday. Lebanon is in crisis.",
        "Lebanon police left. A sheriff of Hale County met a Lebanese senator. Lebanon was glad.",
        "Bo Hale, a sheriff of Hale County, flew to Lebanon. Lebanon had asked him to come.",
    ],
)
def test_a_state_stays_one_where_no_town_is_told(text: str) -> None:
    assert "LBN" in {a.country for a in actors_of(text, url="https://www.haletimes.com/a").actors}


def test_a_car_tells_nothing_of_whom_a_story_is_about() -> None:
    text = "Two residents of Norfield were hurt. Police found a Toyota, a Honda and a Nissan. A Toyota burned."
    for name in ("Two residents", "Police"):
        assert named(actors_of(text, publisher="BBC"), name).country == "GBR"


def test_local_bodies_and_posts_have_the_sector_of_local_government_and_police() -> None:
    actors = actors_of(
        "The Florida Highway Patrol closed the road. Sgt. Ann Low of the Highway Patrol said so, and State Patrol troopers came. "
        "State party chairman Bo Ekmark spoke. Norfield County Council members listened. Paul Hale, superintendent of Norfield Public Schools, left.",
        publisher="USA Today",
    )
    assert named(actors, "Florida Highway Patrol").sector == "COP"
    assert named(actors, "Sgt. Ann Low").sector == "COP"
    assert named(actors, "State Patrol troopers").sector == "COP"
    assert named(actors, "State party chairman Bo Ekmark").sector == "PTY"
    assert named(actors, "Norfield County Council").sector == "GOV"
    assert named(actors, "Paul Hale").sector == "EDU"


def test_a_paper_by_its_last_word_is_the_one_named() -> None:
    actors = actors_of("The Washington Post wrote about it. The Post said that it was wrong.", publisher="USA Today")
    assert named(actors, "Post") is named(actors, "Washington Post")


def test_a_firm_before_one_of_the_registry_is_one_of_its_own() -> None:
    actors = actors_of("Acme and Walmart said no.", publisher="USA Today")
    assert {a.name for a in actors.actors} == {"Acme", "Walmart"}


def test_several_nations_are_of_no_one_country() -> None:
    actors = actors_of("The senator spoke. Several nations have bought ships.", publisher="USA Today")
    assert named(actors, "Several nations").country is None


def test_the_side_of_somebody_who_governs_nothing_is_no_state() -> None:
    actors = actors_of("Sen. Ann Low spoke on Monday. Low's side said no.", publisher="USA Today")
    assert "United States" not in {a.name for a in actors.actors}


def test_records_and_studies_are_nobody_whoever_is_named_within() -> None:
    doc = parsed("Prices fell. Campaign finance records showed it. A private group said so.")
    text = doc.text
    start, end = text.index("Campaign"), text.index(" showed")
    actors, who = find(doc).refer(doc, start, end)
    assert (actors.get(who or "")).kind == "other"  # type: ignore[union-attr]
