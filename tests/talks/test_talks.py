"""Talks of short texts: parties, mediators, venue, days, outcome; what is no talks; spans that hold on any text."""

from __future__ import annotations

import datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline
from dateline import actors, dates, language, places, talks
from dateline.model import Actor, Article, Event, Place, Span, Status, Talks
from dateline.talks.lexicon import load, phrases
from dateline.talks.outcome import decide, told
from dateline.talks.setting import Days
from dateline.talks.sides import Sides

PUBLISHED = datetime.date(2024, 5, 22)  # a Wednesday
_STATES = (("Chile", "CHL"), ("Peru", "PER"))


@cache
def found(text: str) -> tuple[tuple[Talks, ...], dict[str, Actor], dict[str, Place]]:
    doc = language.load().parse(Article("x", "x", text, published=PUBLISHED))
    who, where = actors.find(doc), places.find(doc)
    rows = talks.find(doc, who, where, dates.find(doc), (), ())
    for row in rows:
        assert row.evidence
        assert all(text[s.start : s.end] == s.text for s in row.evidence)
        assert not set(row.parties) & set(row.mediators)
    return rows, {a.id: a for a in who.actors}, {p.id: p for p in where}


def names(text: str) -> list[tuple[list[str], list[str]]]:
    """Countries, or names where there is none that tells sides apart, of parties and mediators."""
    rows, who, _ = found(text)

    def name(i: str) -> str:
        actor = who[i]
        return actor.country or actor.name if actor.kind in ("government", "country", "person", "igo") else actor.name

    return [([name(i) for i in row.parties], [name(i) for i in row.mediators]) for row in rows]


@pytest.mark.parametrize(
    ("text", "parties", "mediators"),
    [
        ("Talks between Pakistan and Afghanistan ended in Istanbul on Tuesday without agreement.", ["PAK", "AFG"], []),
        ("Egypt and Ethiopia held talks in Rome on Tuesday, with Norway and Cuba as guarantors.", ["EGY", "ETH"], ["NOR", "CUB"]),
        ("The talks between Egypt and Ethiopia, with Norway and Cuba as guarantors, ended on Tuesday.", ["EGY", "ETH"], ["NOR", "CUB"]),
        ("The talks of Egypt and Ethiopia ended in Rome on Tuesday, officials said.", ["EGY", "ETH"], []),
        ("Russian and Ukrainian negotiators met in Istanbul on Tuesday.", ["RUS", "UKR"], []),
        ("Israel and Lebanon met in Rome on Tuesday for talks mediated by Qatar.", ["ISR", "LBN"], ["QAT"]),
        ("Egypt and Sudan signed an agreement in Cairo on Tuesday.", ["EGY", "SDN"], []),
        ("Iran and Iraq held two days of UN-mediated talks in Geneva on Tuesday.", ["IRN", "IRQ"], ["UNO"]),
        ("The talks between Iran and Iraq opened in Rome on Tuesday. Both thanked Oman for its mediation.", ["IRN", "IRQ"], ["OMN"]),
        ("Delegates of Egypt, Sudan and Ethiopia met in Nairobi on Tuesday.", ["EGY", "SDN", "ETH"], []),
        ("Iran held talks with its Iraqi counterpart, Anselm Vogt, and the Norwegian leader, Carlos Roth.", ["IRN", "IRQ", "NOR"], []),
        ("Iran sat down with Iraq in Geneva on Tuesday.", ["IRN", "IRQ"], []),
        ("Iran and Iraq faced each other across the table in Geneva on Tuesday.", ["IRN", "IRQ"], []),
        ("The foreign minister signed for Egypt, the ambassador for Sudan in Rome on Tuesday.", ["EGY", "SDN"], []),
        ("Egypt and Sudan signed an accord in Cairo on Tuesday. Norway put its name to it as a guarantor.", ["EGY", "SDN"], ["NOR"]),
        ("Egypt agreed on Tuesday to open the border after talks with Sudan in Cairo.", ["EGY", "SDN"], []),
        ("Talks on the dam ended in Cairo on Tuesday. Ethiopia and Sudan could not agree on water.", ["ETH", "SDN"], []),
        ("Peace talks opened in Rome on Tuesday. The delegation of Iran and that of Iraq sat in two rooms.", ["IRN", "IRQ"], []),
        ("Talks broke up in Muscat on Tuesday. Iran accused Iraq of delay. Oman mediated.", ["IRN", "IRQ"], ["OMN"]),
    ],
)  # fmt: skip
def test_parties_and_mediators(text: str, parties: list[str], mediators: list[str]) -> None:
    assert [(sorted(p), sorted(m)) for p, m in names(text)] == [(sorted(parties), sorted(mediators))]


@pytest.mark.parametrize(
    "text",
    [
        "The chess club held its annual meeting at the town hall on Monday. The next meeting is in June.",
        "The historian will give a talk on the Congress of Vienna on Thursday.",
        "Shelling killed eleven people in Aleppo on Monday. The violence casts a shadow over peace talks.",
        "Norway called on both sides to continue the talks in Havana.",
        "The opposition accused the government of negotiating with terrorists.",
        "Iran refused to meet Iraq in Geneva.",
        "Iranian President Masoud Pezeshkian spoke by telephone with Iraqi President Abdul Latif Rashid on Tuesday.",
        "The captains of Iran and Iraq shook hands in Doha on Tuesday before the match.",
        "Iran and Iraq held talks in Geneva on May 6, 2019. A book now tells how they went.",
        "Police in Iran said that a bus fell into a river. It came two days after talks opened in Geneva. Iraq sent help.",
        "Shareholders approved the merger at a meeting on Thursday. Talks between the two companies began last year.",
        "Iran is open to negotiating with Iraq.",
        "Iran wants to wait until it meets Iraq.",
        "Chilean diplomats often meet with Peruvian diplomats.",
        "Chile could meet Peru in Rome.",
        "Chile would like to go to Norway to meet with Norwegian mayors.",
        "Norway kept its options open concerning future talks with Chile and Peru.",
        "Norway pledged to be “neutral” in negotiations between Chile and Peru.",
        "Norway wants to see Chile and Peru negotiating.",
        "Chile was neutral in negotiations between Iran and Iraq.",
        "Chile and Peru fell out at the 2009 Copenhagen summit.",
        "Chilean President Ann Marlowe met with her aides and Peruvian envoys were not told.",
    ],
)
def test_no_talks(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Iran and Iraq held talks in Geneva on May 20 and 21.", (5, 20), (5, 21)),
        ("Two days of talks between Iran and Iraq ended in Geneva on Tuesday.", (5, 20), (5, 21)),
        ("Iran and Iraq opened a two-day meeting in Geneva on Wednesday.", (5, 22), (5, 23)),
        ("Officials said on Wednesday that talks between Iran and Iraq collapsed in Geneva on Monday.", (5, 20), (5, 20)),
    ],
)  # fmt: skip
def test_days_hang_on_the_talks(text: str, start: tuple[int, int], end: tuple[int, int]) -> None:
    (row,), _, where = found(text)
    assert (row.start, row.end) == (datetime.date(2024, *start), datetime.date(2024, *end))
    assert row.place is not None and where[row.place].name == "Geneva"


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("Iran and Iraq signed an accord in the Qatari capital on Tuesday.", "Doha"),
        ("Iranian President Masoud Pezeshkian flew to Muscat on Tuesday for talks with Oman.", "Muscat"),
        ("Iran and Iraq met in Doha on Tuesday after talks between Turkey and Iraq in Ankara.", "Doha"),
        ("Iran and Iraq met on the southern island of Sardinia on Tuesday.", "Sardegna"),
        ("Iran’s President Ann Marlowe flew to Doha, where she met Iraqi President Anselm Vogt on Tuesday.", "Doha"),
        ("Iran and Iraq have met. The talks covered a range of topics ahead of a summit in Doha later in the week.", None),
    ],
)  # fmt: skip
def test_venue(text: str, venue: str | None) -> None:
    rows, _, where = found(text)
    assert rows and (where[rows[0].place].name if rows[0].place else None) == venue


@pytest.mark.parametrize(
    ("text", "venue"),
    [
        ("GENEVA — Talks between Iran and Iraq ended on Tuesday without agreement.", "Geneva"),
        ("BAGHDAD — The talks between Iran and Iraq ended on Tuesday without agreement.", None),
        ("GENEVA — Officials said that talks between Iran and Iraq had ended on Tuesday.", None),
    ],
)
def test_the_dateline_is_the_venue_of_talks_in_neither_country(text: str, venue: str | None) -> None:
    coding = dateline.code_text(
        f"{text} Nobody spoke to reporters afterwards, and the hotel by the lake was empty in the evening.",
        published=PUBLISHED,
    )
    where = {p.id: p.name for p in coding.places}
    assert [where.get(row.place or "") for row in coding.talks] == [venue]


def test_an_elliptic_round_is_one_of_its_own() -> None:
    text = "Iran and Iraq ended a second round of talks in Geneva on Tuesday. A third is planned for June 4 in Muscat."
    rows, _, where = found(text)
    assert [(r.round, where[r.place or ""].name, r.outcome) for r in rows] == [
        (2, "Geneva", "unknown"),
        (3, "Muscat", "announced"),
    ]
    assert rows[0].parties == rows[1].parties


def test_parties_from_around_are_less_sure() -> None:
    (near,), _, _ = found("Talks between Ethiopia and Sudan ended in Cairo on Tuesday.")
    (far,), _, _ = found("Talks on the dam ended in Cairo on Tuesday. Ethiopia and Sudan could not agree on water.")
    assert len(near.parties) == len(far.parties) == 2 and far.confidence < near.confidence


def test_a_date_to_come_is_not_last_years() -> None:
    assert Days(datetime.date(2023, 5, 27), datetime.date(2023, 5, 28)).ahead(PUBLISHED).start == datetime.date(
        2024, 5, 27
    )
    assert Days(datetime.date(2024, 2, 29), datetime.date(2024, 2, 29)).ahead(
        datetime.date(2024, 12, 1)
    ).end == datetime.date(2025, 2, 28)
    same = Days(datetime.date(2024, 5, 1), datetime.date(2024, 5, 2))
    assert same.ahead(PUBLISHED) == same


@pytest.mark.parametrize(
    ("day", "status", "left"), [(28, "future", 1), (28, "actual", 1), (30, "future", 2), (28, "negated", 2)]
)
def test_a_meeting_ahead_is_told_once(day: int, status: Status, left: int) -> None:
    """A meeting of 28 May, beside the events that its other tellings made."""
    who = actors.Actors(tuple(Actor(f"a{i}", name, "country", country=code) for i, (name, code) in enumerate(_STATES)))
    on = datetime.date(2024, 5, 28)
    other = datetime.date(2024, 5, day)
    meeting = Talks("t1", ("a0", "a1"), start=on, end=on, evidence=(Span(0, 3, "met"),), confidence=0.9)
    event = Event("e1", "CONSULT", None, ("a0", "a1"), (), Span(5, 8, "met"), other, other, status=status)
    article = Article("x", "x", "met, met", published=PUBLISHED)
    assert len(talks.consultations(article, who, [meeting], [event], 7)) == left


@pytest.mark.parametrize(
    ("outcome", "day", "there"), [("agreement", 21, True), ("none", 21, False), ("agreement", 2, False)]
)
def test_what_is_agreed_at_talks_is_agreed_where_they_are(outcome: str, day: int, there: bool) -> None:
    who = actors.Actors(tuple(Actor(f"a{i}", name, "country", country=code) for i, (name, code) in enumerate(_STATES)))
    on, other = datetime.date(2024, 5, 21), datetime.date(2024, 5, day)
    meeting = Talks(
        "t1", ("a0", "a1"), place="p1", start=on, end=on, outcome=outcome, evidence=(Span(0, 3, "met"),), confidence=0.9
    )  # type: ignore[arg-type]
    event = Event("e1", "AGREE", None, ("a0", "a1"), (), Span(5, 8, "met"), other, other)
    article = Article("x", "x", "met, met", published=PUBLISHED)
    found = talks.consultations(article, who, [meeting], [event], 7)
    assert [e.place == "p1" for e in found if e.type == "AGREE"] == [there]


def test_a_person_and_his_rank_are_one_party() -> None:
    text = (
        "Abdul Ghani Baradar, the deputy leader of the Taliban, met American envoy Zalmay Khalilzad in Doha on Tuesday."
    )
    (row,), who, _ = found(text)
    assert sorted(who[i].country or "" for i in row.parties) == ["AFG", "USA"]


def test_past_round_and_next_round_stand_apart() -> None:
    text = (
        "Iran and Iraq held a third round of talks in Geneva on Tuesday and made no progress. "
        "A fourth round will open in Muscat on June 4."
    )
    rows, _, where = found(text)
    assert [(r.round, where[r.place or ""].name, r.outcome) for r in rows] == [
        (3, "Geneva", "none"),
        (4, "Muscat", "announced"),
    ]
    assert rows[0].parties == rows[1].parties


def test_a_leader_and_his_state_are_one_party() -> None:
    text = (
        "Russian President Vladimir Putin met Chinese President Xi Jinping in Beijing on Tuesday. "
        "The talks between Russia and China lasted two hours."
    )
    rows, who, _ = found(text)
    assert [[who[i].kind for i in row.parties] for row in rows] == [["person", "person"]]


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("The talks failed to reach an agreement.", "none"),
        ("They ended without a final agreement.", "none"),
        ("Officials said that little had been agreed after two weeks.", "none"),
        ("Nothing was agreed on the border.", "none"),
        ("The two sides agreed to meet again.", "adjourned"),
        ("They signed an accord.", "agreement"),
        ("They agreed to exchange prisoners but made no progress towards a ceasefire.", "partial"),
        ("The talks were adjourned without a signed agreement.", "adjourned"),
        ("Talks began.", "ongoing"),
        ("They met.", "unknown"),
    ],
)
def test_outcome_of_a_sentence(sentence: str, outcome: str) -> None:
    assert decide(told(sentence), future=False, over=False) == outcome


def test_talks_to_come_are_announced() -> None:
    assert decide({"agreement"}, future=True, over=False) == "announced"
    assert decide({"ongoing"}, future=False, over=True) == "unknown"


def test_phrases_skip_up_to_three_words() -> None:
    pattern = phrases(["without ~ deal", "collapse*"])
    assert pattern.search("ended without a final deal") and pattern.search("collapsed")
    assert not pattern.search("without any of the other four deal")


def test_lists_are_lower_case() -> None:
    words = load()
    assert all(w == w.lower() for lists in (words.meeting, words.mediation) for group in lists.values() for w in group)


WORDS = [
    "Talks", "between", "Iran", "and", "Iraq", "the two sides", "met", "in", "Geneva", "on Tuesday", "May 6 and 7", "mediators",
    "mediated by", "Qatar", "with", "guarantors", "as", "signed", "an agreement", "a third round", "of", "said", ",", ".", "“", "”",
    "\n\n", "who", "will", "é🙂", "hosted", "after", "thanked", "for", "delegates",
    "sat down", "shook hands", "He", "A third", "is planned", "flew to", "saw", "signed for", "as witnesses",
]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join))
def test_any_text_keeps_spans_and_ids(text: str) -> None:
    rows, who, where = found(text)
    for row in rows:
        assert row.parties and set(row.parties) | set(row.mediators) <= set(who)
        assert row.place is None or row.place in where
        assert (row.start is None) == (row.end is None)
        assert row.start is None or row.end is None or row.start <= row.end
        assert 0 < row.confidence <= 1.001


def test_cancelled_talks_are_none() -> None:
    text = (
        "Both have been unable to reschedule a meeting between Egypt and Sudan in Rome that was {} because of protests."
    )
    assert names(text.format("cancelled")) == names(text.format("scrapped")) == []
    assert names(text.format("planned")) != []
    assert names("Egypt canceled a meeting with Sudan in Rome on Tuesday.") == []
    assert names("Egypt held a meeting with Sudan in Rome on Tuesday.") == [(["EGY", "SDN"], [])]


def test_who_leaves_talks_takes_part() -> None:
    text = (
        "Talks between Iran and Iraq went on in Geneva on Tuesday. Iran is worried by the abrupt departure of others. "
        "It has seen Egypt's departure from a meeting on Monday in Rome with Sudan."
    )
    assert names(text) == [(["IRN", "IRQ"], []), (["EGY", "SDN"], [])]


def test_an_accord_hoped_for_is_no_outcome() -> None:
    assert told("They have been expected to sign a trade deal for a month.") == {"unsettled"}
    assert told("They made concessions they might not otherwise have agreed to.") == {"unsettled"}
    assert "agreement" in told("They signed a trade deal.")
    assert decide({"unsettled"}, False, False) == "unknown"
    assert decide({"unsettled", "ongoing"}, False, False) == "ongoing"


def test_the_rebels_are_those_named_before_them() -> None:
    told = (
        "The FARC pledged on Friday to lay down arms, as the rebels and the Colombian government reached an agreement at talks in "
        "Havana. Earlier the smaller ELN declared a ceasefire in Colombia."
    )
    ((parties, _),) = names(told)
    assert sorted(parties) == ["COL", "Revolutionary Armed Forces of Colombia"]


def test_those_who_sat_at_the_talks_replace_the_heads_of_their_sides() -> None:
    text = (
        "Chilean President Ann Marlowe and Peruvian President Boris Dorn met in Rome on Monday. "
        "Those negotiations moved on Sunday to Oslo, where the Chilean foreign minister, Corvin Hale, met with the Peruvian "
        "foreign minister, Anselm Vogt."
    )
    rows, who, _ = found(text)
    assert {who[i].name for i in rows[-1].parties} == {"Corvin Hale", "Anselm Vogt"}


def test_the_conference_of_a_club_is_no_session_of_the_talks() -> None:
    text = "The talks between Iran and Iraq opened in Rome on Tuesday. A minister spoke at the annual conference hosted by the Norland Bar Association."
    rows, _, _ = found(text)
    assert [len(row.evidence) for row in rows] == [1]


def test_talks_of_which_only_the_end_lies_ahead_are_under_way() -> None:
    rows, _, _ = found("The talks between Chile and Peru in Rome will end on Friday.")
    assert [row.outcome for row in rows] == ["ongoing"]
    rows, _, _ = found(
        "Chile and Peru are holding talks in Rome. The talks, set to end on Friday, also cover the fishing grounds."
    )
    assert [row.outcome for row in rows] == ["ongoing"]
    rows, _, _ = found("The talks between Chile and Peru will begin in Rome on Friday and end on Saturday.")
    assert [row.outcome for row in rows] == ["announced"]


def test_some_conference_is_not_of_those_who_met_before() -> None:
    text = "Chile and Peru held talks in Rome on Monday. At a trade conference in Oslo, a banker praised them."
    rows, _, where = found(text)
    assert [where[row.place].name for row in rows if row.place] == ["Rome"]


@pytest.mark.parametrize(
    "told",
    [
        "The agenda was agreed in Oslo in April after six months of secret meetings.",
        "An accord was reached at a meeting in Oslo in April.",
    ],
)
def test_meetings_where_something_was_agreed_are_of_the_sides_known(told: str) -> None:
    rows, _, where = found(f"Chile and Peru held talks in Rome on Monday. {told}")
    assert [where[row.place].name for row in rows if row.place] == ["Rome", "Oslo"]
    assert rows[0].parties == rows[1].parties
    assert rows[1].start == datetime.date(2024, 4, 1) and rows[1].outcome == "agreement"


def test_who_only_might_mediate_is_no_mediator() -> None:
    held = "Iran and Iraq held talks in Geneva on Tuesday."
    assert names(f"{held} Norway brokered the talks.")[0][1] == ["NOR"]
    assert names(f"{held} Norway said it could broker a deal between them.")[0][1] == []


def test_a_pronoun_is_one_party() -> None:
    text = (
        "Chilean President Ann Marlowe arrived in Rome on Monday. Senator Boris Dorn of Chile opposed it. "
        "She will meet Peruvian President Anselm Vogt on Thursday."
    )
    rows, who, _ = found(text)
    assert [{who[i].name for i in row.parties} for row in rows] == [{"Ann Marlowe", "Anselm Vogt"}]


@pytest.mark.parametrize(
    "text",
    [
        "Before she met Senator Boris Dorn and married him, Ann Marlowe lived in Rome.",
        "The fire was in 1978, when Senator Boris Dorn met Ann Marlowe at a fair in Rome.",
        "Senator Boris Dorn and Senator Ann Marlowe have met over the years in the lobby of a hotel in Rome.",
        "Lars Holm was returning to Rome to see his ailing father on Monday.",
    ],
)
def test_meetings_of_a_life_are_no_talks(text: str) -> None:
    assert names(text) == []


def test_who_meets_somebodys_aides_does_not_meet_him() -> None:
    rows, who, _ = found(
        "Chilean Senator Ann Marlowe met Anselm Vogt aides in Rome on Monday. Vogt is a Peruvian senator."
    )
    assert not any(who[i].name == "Anselm Vogt" for row in rows for i in row.parties)


def test_a_body_and_its_leadership_are_no_two_sides() -> None:
    text = "The delegation of the Senate leadership left the Senate."
    named = (
        Actor(
            "a1",
            "Senate leadership",
            "government",
            "CHL",
            "GOV",
            mentions=(Span(22, 39, text[22:39]),),
            origin="described",
        ),
        Actor("a2", "Senate", "organisation", "CHL", "LEG", mentions=(Span(22, 28, text[22:28]),), origin="registry"),
    )
    assert Sides(actors.Actors(named)).apart(["a1", "a2"], 0, len(text)) == ["a2"]


def test_a_team_is_on_the_side_of_who_has_it() -> None:
    named = (
        Actor("a1", "Ann Marlowe", "person", "CHL", "PTY", origin="ner"),
        Actor("a2", "Ann Marlowe's team", "organisation", "CHL", "PTY", affiliation="a1", origin="described"),
        Actor("a3", "Ann Marlowe's party", "organisation", "CHL", "PTY", affiliation="a1", origin="described"),
    )
    sides = Sides(actors.Actors(named))
    assert sides.of("a2") == sides.of("a1") != sides.of("a3")


def test_an_agreement_to_meet_is_no_outcome() -> None:
    assert "agreement" not in told("It is a rare meeting that the rivals themselves agreed to hold.")
    assert "agreement" not in told("The two sides agreed to meet in May.")
    assert "agreement" in told("The two sides agreed to hold elections in May.")


@pytest.mark.parametrize(
    ("text", "parties"),
    [
        ("The talks held by Chile with Peru in Rome on Thursday shed light on the border.", {"Chile", "Peru"}),
        (
            "Senator Ann Marlowe sent Senator Boris Dorn to Lima on Tuesday for talks with Peru.",
            {"Boris Dorn", "Peru"},
        ),
        ("Senator Ann Marlowe dispatched Boris Dorn to meet with Peru in Lima on Tuesday.", {"Boris Dorn", "Peru"}),
    ],
)
def test_who_holds_talks_and_who_is_sent_to_them_take_part(text: str, parties: set[str]) -> None:
    rows, who, _ = found(text)
    assert [{who[i].name for i in row.parties} for row in rows] == [parties]
