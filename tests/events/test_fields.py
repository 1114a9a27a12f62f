"""Status, numbers and the politics gate, on our own sentences."""

from __future__ import annotations

import datetime

import pytest

from dateline import language
from dateline.events import gate, magnitude, status

DAY = datetime.date(2025, 11, 8)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        (
            "At least 12 people were killed and 30 others wounded when a car bomb exploded.",
            {"killed": 12, "injured": 30},
        ),
        ("Police arrested dozens of protesters.", {"arrested": 24}),
        ("Gunmen killed twenty-three soldiers on Monday.", {"killed": 23}),
        ("Between five and seven civilians died.", {"killed": 5}),
        ("Tens of thousands of people marched through the capital.", {"participants": 20_000}),
        ("The attack left two dead and several injured.", {"killed": 2}),
        ("A dozen rebels were killed.", {"killed": 12}),
        ("Up to 200 troops were deployed.", {"participants": 200}),
        ("The raid killed 5 to 7 militants.", {"killed": 5}),
        ("More than 1.5 million people took part in the march.", {"participants": 1_500_000}),
        ("Soldiers detained 1,250 people.", {"arrested": 1250}),
        ("The army killed three rebels and wounded nine.", {"killed": 3, "injured": 9}),
        ("The fine was $12 million.", {}),
        ("He won 52 percent of the vote in 2019.", {}),
        ("The 45-year-old general resigned.", {}),
        ("Police arrested Anna Holt, 32, of Millford.", {}),
        ("Rebels in 2014 were killing themselves.", {}),
        ("The activists who were arrested on March 23 spoke.", {}),
        ("Activists had been arrested on 4 May.", {}),
        ("The envoy was killed in Melk on Sept. 9, 1997.", {}),
        ("The envoy was killed on May 4, 2015, in Melk.", {}),
    ],
)
def test_magnitude(text: str, counts: dict[str, int]) -> None:
    assert magnitude.count(list(language.load().parse_text(text).spacy)) == counts


def predicate(text: str, lemma: str):  # type: ignore[no-untyped-def]
    return next(t for t in language.load().parse_text(text).spacy if t.lemma_ == lemma)


@pytest.mark.parametrize(
    ("text", "lemma", "type_", "wanted"),
    [
        ("The rebels attacked the convoy.", "attack", "ASSAULT", "actual"),
        ("The rebels did not attack the convoy.", "attack", "ASSAULT", "negated"),
        ("The rebels will attack the convoy.", "attack", "ASSAULT", "future"),
        ("The rebels may attack the convoy.", "attack", "ASSAULT", "hypothetical"),
        ("If the rebels attack the convoy, the army will answer.", "attack", "ASSAULT", "hypothetical"),
        ("The rebels plan to attack the convoy.", "attack", "ASSAULT", "future"),
        ("The rebels failed to attack the convoy.", "attack", "ASSAULT", "negated"),
        ("Ruritania balked at attacking the fort.", "attack", "ASSAULT", "negated"),
        ("The minister stopped short of signing the pact.", "sign", "AGREE", "negated"),
        ("The council insisted on signing the pact.", "sign", "AGREE", "actual"),
        ("No rebels attacked the convoy and it never met the army.", "meet", "CONSULT", "negated"),
        ("The premier did not accept the plan.", "accept", "REJECT", "actual"),
        ("The ministers met on Friday.", "meet", "CONSULT", "actual"),
        ("Neither the envoy nor her aides have been charged.", "charge", "ACCUSE", "negated"),
        ("The premier offered no help to the islands.", "offer", "AID", "negated"),
        ("Nobody attacked the convoy.", "attack", "ASSAULT", "negated"),
        ("The rebels lost no men and attacked the convoy.", "attack", "ASSAULT", "actual"),
        ("The rebels began an effort to attack the convoy.", "attack", "ASSAULT", "hypothetical"),
        ("The premier defended his refusal to help the islands.", "help", "AID", "negated"),
        ("The premier announced a plan to help the islands.", "help", "AID", "future"),
        ("The army was supposed to attack the convoy.", "attack", "ASSAULT", "hypothetical"),
        ("The deal between Norland and Sudland was supposed to be short.", "deal", "AGREE", "hypothetical"),
        ("Talks between Norland and Sudland are expected to open on Monday.", "talk", "CONSULT", "future"),
        ("Talks between Norland and Sudland were held on Monday.", "talk", "CONSULT", "actual"),
        ("Talks between Norland and Sudland were scheduled for Monday.", "talk", "CONSULT", "future"),
        ("The visit of the premier to Sudland was cancelled.", "visit", "CONSULT", "hypothetical"),
        ("The premier scheduled a visit to Sudland.", "visit", "CONSULT", "future"),
        ("Has the premier condemned the attack?", "condemn", "ACCUSE", "hypothetical"),
        ("The old king would have praised the premier.", "praise", "SUPPORT", "hypothetical"),
        ("The rebels may have attacked the convoy.", "attack", "ASSAULT", "actual"),
        ("The premier will fly out to meet the king.", "meet", "CONSULT", "future"),
        ("The premier flew out to meet the king.", "meet", "CONSULT", "actual"),
        ("The premier wants to avert a strike on the port.", "strike", "ASSAULT", "hypothetical"),
        ("The council will end the embargo on the islands.", "embargo", "SANCTION", "hypothetical"),
        ("The council ended the embargo on the islands.", "embargo", "SANCTION", "actual"),
        ("The council will announce an embargo on the islands.", "embargo", "SANCTION", "future"),
        ("Nothing is sure until the council meets the rebels.", "meet", "CONSULT", "future"),
        ("Nothing was sure until the council met the rebels.", "meet", "CONSULT", "actual"),
        ("The premier has yet to meet the king.", "meet", "CONSULT", "negated"),
        ("The premier failed to meet the king.", "fail", "CONSULT", "negated"),
        ("The premier intends to meet the king.", "intend", "CONSULT", "future"),
        ("The army is likely to attack the convoy.", "attack", "ASSAULT", "future"),
        ("The army is unlikely to attack the convoy.", "attack", "ASSAULT", "hypothetical"),
        ("The premier has not rejected the plan.", "reject", "REJECT", "negated"),
        ("The senator is going to back the premier.", "back", "SUPPORT", "future"),
        ("Norland to send troops to Ostmark.", "send", "MOBILIZE", "future"),
        ("Unions to sue Norland over the vote.", "sue", "ACCUSE", "future"),
        ("Osman was the first senator to back the premier.", "back", "SUPPORT", "actual"),
        ("The unions urged the king to sign the pact.", "sign", "AGREE", "hypothetical"),
        ("The unions urged the king to sign the pact.", "urge", "REQUEST", "actual"),
        ("The unions called for the envoy to be freed.", "free", "RETREAT", "hypothetical"),
        ("The premier agreed after the king had come to back the plan.", "back", "SUPPORT", "actual"),
        ("Few have condemned the premier.", "condemn", "ACCUSE", "negated"),
        ("A few old senators have condemned the premier.", "condemn", "ACCUSE", "actual"),
        ("The envoys gave no details, but the unions have condemned the premier.", "condemn", "ACCUSE", "actual"),
        ("The senator has not backed the plan but condemned the premier.", "condemn", "ACCUSE", "actual"),
        ("The senator did not meet the king or condemn the premier.", "condemn", "ACCUSE", "negated"),
        ("The ministry declined to comment on the senator's demand.", "demand", "REQUEST", "actual"),
        ("The premier did not follow the council's demand.", "demand", "REQUEST", "actual"),
        ("The premier did not renew his demand.", "demand", "REQUEST", "negated"),
        ("The council has to approve any deal with Norland.", "approve", "AGREE", "hypothetical"),
        ("The council had to approve the deal with Norland.", "approve", "AGREE", "actual"),
        ("A few have condemned the premier.", "condemn", "ACCUSE", "actual"),
        ("The few states that met condemned the premier.", "condemn", "ACCUSE", "actual"),
    ],
)
def test_status_by_words(text: str, lemma: str, type_: str, wanted: str) -> None:
    assert status.by_words(predicate(text, lemma), type_) == wanted


@pytest.mark.parametrize(
    ("days", "wanted"),
    [(0, "actual"), (-9, "actual"), (-11, "historical"), (3, "future")],
)
def test_status_by_days(days: int, wanted: str) -> None:
    day = DAY + datetime.timedelta(days)
    verb = predicate("The rebels attacked the convoy.", "attack")
    assert status.of(verb, "ASSAULT", day, day, DAY, 10) == wanted
    assert status.of(None, "ASSAULT", day, day, None, 10) == "actual"


SPORTS = (
    "Melk Rovers beat Port Alba 3-1 on Saturday to go top of the league. Striker Jonas Weck scored two goals in the first "
    "half and the goalkeeper saved a penalty. The coach praised his squad after the match, their fifth win of the season. "
    "Port Alba's manager attacked the referee. The champions meet Norland United in the semi-final."
)
WEATHER = (
    "Snow and gusts hit the northern coast on Monday, forecasters said. Temperatures fell to minus nine degrees Celsius and "
    "showers are expected to turn to snow. The storm will move east by Tuesday, bringing rain to the valleys."
)
BUSINESS = (
    "Melk Steel's quarterly revenue plunged 14 percent, the company said. Net profit fell to 9 million crowns, or 12 cents per "
    "share, and shares lost 4 percent as investors sold. Analysts had expected a dividend. Its chief executive cut the forecast."
)
FILM = (
    "The film opens on Friday. Director Ilse Brandt's sequel, starring the singer Tarek Osman, premiered at the festival in Melk, "
    "where the actress signed posters for fans on the red carpet. The soundtrack album follows in May."
)
POLITICS = (
    "The government of Ruritania condemned the attack on its embassy on Monday. The foreign minister said troops would guard the "
    "border. Parliament will vote on sanctions. The opposition party asked for an inquiry into the police."
)


@pytest.mark.parametrize(
    ("text", "reason"),
    [(SPORTS, "sports"), (WEATHER, "weather"), (BUSINESS, "company results"), (FILM, "entertainment")],
)
def test_closed_articles_say_why(text: str, reason: str) -> None:
    assert f"about {reason} (" in (gate.closed(text) or "")


@pytest.mark.parametrize(
    "text",
    [
        POLITICS,
        POLITICS + " The minister had watched the football match, where his team scored a goal.",
        "The president banned the football league after fans attacked police. Troops entered the stadium.",
        "",
    ],
)
def test_politics_is_open(text: str) -> None:
    assert gate.closed(text) is None
