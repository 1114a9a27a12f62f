"""Whom an act is aimed at that names nobody beside its words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hands import Table, marked, named, statement

from dateline import events
from dateline.events import aims, candidates
from dateline.events.candidates import Candidate
from dateline.events.decide import Decision
from dateline.events.mentions import Mentions
from dateline.model import Sector
from dateline.settings import load


def alone(text: str, word: str, **article: object) -> tuple[object, Mentions, Candidate]:
    """The candidate of a predicate with its actors only."""
    doc, table = marked(text, **article)
    mentions = Mentions(table.actors)
    made = [c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.text == word]
    return doc, mentions, replace(made[0], recipients=())


def aim(text: str, word: str, **article: object) -> str | None:
    doc, mentions, candidate = alone(text, word, **article)
    chosen = aims.choose(doc, mentions, candidate)  # type: ignore[arg-type]
    return None if chosen is None else mentions.actors[chosen.actor].name


@pytest.mark.parametrize(
    ("text", "word", "other"),
    [
        ("[Norland] left the pact with [Ruritania] in May. [Arland] spoke at length. [Ostmark] welcomed the pact.", "welcomed", "Ruritania"),
        ("[Arland] met [Sudmark] over the canal. It was [Ruritania]'s new canal, which [Ostmark] has opposed.", "opposed", "Ruritania"),
        ("After [Ruritania] had opened the dam, [Ostmark] refused to attend. [Arland] stayed silent.", "refused", "Ruritania"),
        ("[Ostmark] opposed the plan.", "opposed", None),
        ("[Arland] held a fair. [Ostmark] opposed the plan.", "opposed", None),
    ],
)  # fmt: skip
def test_whom_an_act_is_aimed_at_stands_around_it(text: str, word: str, other: str | None) -> None:
    assert aim(text, word) == other


def test_the_title_says_whom_an_article_is_about() -> None:
    text = "[Arland] and [Ruritania] share a river. Rain fell all week. The sluices stood open. [Ostmark] opposed the step."
    assert aim(text, "opposed", title="Sluices of Ruritania stand open") == "Ruritania"
    assert aim(text, "opposed", title="Sluices of Arland stand open") == "Arland"


def test_who_acts_with_others_or_calls_for_something_wants_nobody() -> None:
    _, mentions, candidate = alone("[Arland] spoke. [Ostmark] opposed the step.", "opposed")
    assert aims.wanted(mentions, Decision(candidate, "REJECT", None, 0.6, "test"))
    for type_ in ("REQUEST", "CONCEDE", "MOBILIZE", "CONSULT"):
        assert not aims.wanted(mentions, Decision(candidate, type_, None, 0.6, "test"))
    assert not aims.wanted(mentions, Decision(candidate, "ACCUSE", "investigate", 0.6, "test"))
    _, mentions, both = alone("[Arland] and [Ostmark] opposed the step.", "opposed")
    assert not aims.wanted(mentions, Decision(both, "AGREE", None, 0.6, "test"))
    assert aims.wanted(mentions, Decision(both, "REJECT", None, 0.6, "test"))
    protest = replace(candidate, kind="noun")
    assert not aims.wanted(mentions, Decision(protest, "PROTEST", None, 0.6, "test"))


def test_who_tells_of_an_act_is_not_whom_it_is_aimed_at() -> None:
    doc, table = marked("[Arland] said that [Ostmark] opposed the step.")
    made = statement(doc, table, "Arland", "said", "Ostmark opposed the step", "STATE")
    mentions = Mentions(table.actors)
    told = [
        c for c in candidates.find(doc, mentions, (made,)) if c.predicate is not None and c.predicate.text == "opposed"
    ]
    assert told and aims.choose(doc, mentions, replace(told[0], recipients=())) is None


def test_what_states_do_together_is_not_aimed_at_one_of_them() -> None:
    text = "After [the envoy] had spoken, [Ostmark] and [Arland] opposed the step."
    doc, mentions, candidate = alone(text, "opposed")
    envoy, ostmark, arland = mentions.actors.values()
    for country, meant in (("OST", False), ("NOR", True)):
        who = (
            replace(envoy, kind="person", country=country),
            replace(ostmark, country="OST"),
            replace(arland, country="ARL"),
        )
        assert (aims.choose(doc, Mentions(who), candidate) is not None) is meant


@pytest.mark.parametrize("sector", ["JRN", "CVL", "EDU", "BUS"])
def test_an_act_is_not_aimed_at_who_has_no_power(sector: Sector) -> None:
    text = "After [the Courier] had told the story, [Ostmark] opposed the step."
    doc, mentions, candidate = alone(text, "opposed")
    assert aims.choose(doc, mentions, candidate) is not None
    other, state = mentions.actors.values()
    assert aims.choose(doc, Mentions((replace(other, sector=sector), state)), candidate) is None


def test_whom_it_is_aimed_at_is_of_the_likeliest_side() -> None:
    text = "[The president|president] of [Ruritania] spoke. [Arland] spoke. [Ruritania] listened. [Ostmark] opposed the step."
    doc, table = marked(text, title="Ruritania takes a step")
    by = {a.name: a for a in table.actors}
    who = Table(tuple(replace(a, country="RUR") if n in ("president", "Ruritania") else a for n, a in by.items()))
    mentions = Mentions(who.actors)
    (made,) = [
        c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.text == "opposed"
    ]
    chosen = aims.choose(doc, mentions, replace(made, recipients=()))
    assert chosen is not None and chosen.actor == by["Ruritania"].id


def test_among_people_of_one_country_the_side_says_nothing() -> None:
    text = "[Holt] spoke in May. [Osman] spoke too. [Lang] rose. [Brandt] opposed the step."
    doc, mentions, candidate = alone(text, "opposed")
    assert aims.choose(doc, mentions, candidate) is None  # nobody stands out, each is his own
    at_home = Mentions(tuple(replace(a, country="NOR", kind="person") for a in mentions.actors.values()))
    assert aims.choose(doc, at_home, candidate) is None
    near, who, told = alone(
        "[Holt] spoke. [Lang] rose. [Holt] sat. When [Holt] had left, [Brandt] opposed the step.", "opposed"
    )
    at_home = Mentions(tuple(replace(a, country="NOR", kind="person") for a in who.actors.values()))
    assert aims.choose(near, at_home, told) is None  # nor does who else the sentence names


def test_of_equals_the_first_is_taken_in_every_run() -> None:
    names = [f"{first}{last}" for first in ("Ar", "Sud", "West", "Nor") for last in ("land", "mark", "holm")]
    listed = ", ".join(f"[{name}]" for name in names)
    doc, mentions, candidate = alone(f"After {listed} had met, [Ostmark] opposed the step.", "opposed")
    chosen = aims.choose(doc, mentions, candidate)
    assert chosen is not None and mentions.actors[chosen.actor].name == names[0]


def test_who_resigns_turns_on_nobody() -> None:
    _, mentions, candidate = alone("[The king] spoke. [Osman] resigned in May.", "resigned")
    assert aims.wanted(mentions, Decision(candidate, "RETREAT", "withdraw", 0.6, "test"))
    assert not aims.wanted(mentions, Decision(candidate, "RETREAT", "resign", 0.6, "test"))


def test_an_event_that_names_nobody_has_whom_it_is_aimed_at() -> None:
    doc, table = marked("The new canal of [Ruritania] opened in May. [Ostmark] condemned the canal on Monday.")
    got, _ = events.find(doc, table, (), (), (), load(events__min_confidence=0.02))
    (accused,) = [e for e in got if e.type == "ACCUSE"]
    assert named(table, accused.recipients) == ["Ruritania"] and accused.origin.endswith(aims.ORIGIN)


def test_who_is_named_in_what_is_said_is_likelier_than_nobody() -> None:
    doc, table = marked("[Ostmark] said the dam of [Arland] had to go.")
    made = statement(doc, table, "Ostmark", "said", "the dam of Arland had to go", "REJECT")
    mentions = Mentions(table.actors)
    said = [c for c in candidates.find(doc, mentions, (made,)) if c.kind == "statement" and not c.recipients]
    chosen = aims.choose(doc, mentions, said[0])
    assert chosen is not None and mentions.actors[chosen.actor].name == "Arland"


@pytest.mark.parametrize(
    ("word", "meant"), [("Norlandish", "Norland"), ("government", "the government"), ("war", None)]
)
def test_whom_an_anti_protest_is_against(word: str, meant: str | None) -> None:
    text = f"[Norland] spoke. [Norlandish troops] left. [the government] fell. [Students] of Ostmark held anti-{word} protests."
    doc, table = marked(text)
    norland, troops, ruling, students = table.actors
    kinds = (
        replace(norland, country="NOR"),
        replace(troops, kind="armed group", country="NOR"),
        replace(ruling, country="OST"),
        replace(students, kind="population", country="OST"),
    )
    mentions = Mentions(kinds)
    made = [c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.text == "protests"]
    lone = replace(made[0], recipients=())
    assert aims.wanted(mentions, Decision(lone, "PROTEST", "demo", 0.6, "test"))
    chosen = aims.choose(doc, mentions, lone)
    assert (None if chosen is None else mentions.actors[chosen.actor].name) == meant


def test_what_is_taken_is_not_taken_from_whoever_stands_near() -> None:
    text = "[Norland] spoke. [Ruritania] seized the vessels as [Norland] looked on."
    doc, table = marked(text)
    mentions = Mentions(table.actors)
    seized = next(
        c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.lemma_ == "seize"
    )
    bare = replace(seized, recipients=())
    assert aims.choose(doc, mentions, bare) is not None
    assert aims.choose(doc, mentions, bare, forced=True) is None
    doc, table = marked("The vessels of [Norland] came. [Ruritania] seized the vessels.")
    mentions = Mentions(table.actors)
    seized = next(
        c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.lemma_ == "seize"
    )
    meant = aims.choose(doc, mentions, replace(seized, recipients=()), forced=True)
    assert meant is not None and mentions.actors[meant.actor].name == "Norland"


def test_a_body_of_no_sector_or_a_part_of_the_doer_s_country_is_not_meant() -> None:
    doc, table = marked("[Holt] condemned the plan in [the province], as [the code] has it.")
    verb = next(c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == "verb")
    verb = replace(verb, recipients=())
    who = (
        replace(table.actors[0], kind="person", country="NOR"),
        replace(table.actors[1], country="NOR", registry_id="region-nor-x"),
        replace(table.actors[2], kind="organisation", sector=None),
    )
    assert aims.choose(doc, Mentions(who), verb) is None
    other = (who[0], replace(who[1], country="SWE", registry_id="region-swe-x"), who[2])
    assert aims.choose(doc, Mentions(other), verb) is not None


def test_the_bill_is_not_bill_s() -> None:
    text = "[Bill Ostrow|Ostrow] met [Ruritania] over [Sudmark]'s bill. [Arland] opposed the bill."
    assert aim(text, "opposed") == "Sudmark"
    assert (
        aim("[Ruritania] spoke to [Bill Ostrow|Ostrow]. Rain fell. Snow fell. [Arland] opposed the bill.", "opposed")
        is None
    )


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        ("[Finch] spoke. Holt pleased [Finch] less by his lateness than by [his|Holt] endorsement.", "endorsement", True),
        ("[Finch] spoke of [Finch]. [Finch] praised [Holt]'s endorsement.", "endorsement", False),
        ("[Finch]'s invitation came. [Finch] waited. [Holt] refused the invitation.", "refused", True),
        ("[Finch]'s taxes rose. [Finch] waited. [Holt] refused taxes.", "refused", False),
        ("[Finch] spoke of [Finch]. [Holt] protested as [Finch] left.", "protested", True),
    ],
)  # fmt: skip
def test_at_home_the_words_must_leave_no_doubt(text: str, word: str, meant: bool) -> None:
    doc, table = marked(text)
    mentions = Mentions(tuple(replace(a, kind="person", country="ARL") for a in table.actors))
    made = [c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.text == word]
    assert (aims.choose(doc, mentions, replace(made[0], recipients=())) is not None) is meant  # type: ignore[arg-type]
