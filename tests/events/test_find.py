"""Whole findings: the fields hold together, retellings are one event, what is no event is none."""

from __future__ import annotations

import datetime
import importlib
from dataclasses import replace
from pathlib import Path

import pytest
from hands import Table, marked, named, statement

import dateline
from dateline import dates as days
from dateline import events, language, places
from dateline.events import candidates, retell, status
from dateline.events.decide import Decision
from dateline.events.mentions import Mentions
from dateline.model import CONTEXTS, MODES, QUADS, DateExpression, Event, Span
from dateline.settings import load

DAY = datetime.date(2025, 11, 8)


def found(text: str, said: tuple = (), dates: tuple = (), **settings):  # type: ignore[no-untyped-def]
    doc, table = marked(text, published=DAY)
    made = tuple(statement(doc, table, *s, number=i) for i, s in enumerate(said, 1))
    got, problems = events.find(doc, table, (), dates, made, load(**settings))
    return doc, table, got, problems


@pytest.mark.parametrize(
    ("text", "type_", "actors", "recipients"),
    [
        (
            "[Ruritanian rebels] attacked [a police convoy] near Melk.",
            "ASSAULT",
            ["Ruritanian rebels"],
            ["a police convoy"],
        ),
        ("[Police] arrested [forty demonstrators] in the capital.", "COERCE", ["Police"], ["forty demonstrators"]),
        ("[Norland] imposed sanctions on [Ruritania].", "SANCTION", ["Norland"], ["Ruritania"]),
        ("[Norland] condemned [Ruritania].", "ACCUSE", ["Norland"], ["Ruritania"]),
        ("[Norland] thanked [Ostmark].", "SUPPORT", ["Norland"], ["Ostmark"]),
    ],
)
def test_plain_events(text: str, type_: str, actors: list[str], recipients: list[str]) -> None:
    doc, table, got, problems = found(text)
    assert not problems
    (event,) = got
    assert (event.type, named(table, event.actors), named(table, event.recipients)) == (type_, actors, recipients)
    assert event.quad == QUADS[type_]
    assert event.mode is None or event.mode in MODES[type_]
    assert set(event.contexts) <= set(CONTEXTS)
    assert event.evidence.text == doc.text[event.evidence.start : event.evidence.end]
    assert 0 < event.confidence <= 1 and event.origin


def test_parties_of_talks_are_all_actors() -> None:
    _, table, got, _ = found("[Ruritania] and [Ostmark] held talks in Melk on Sunday.")
    (event,) = [e for e in got if e.type == "CONSULT"]
    assert sorted(named(table, event.actors)) == ["Ostmark", "Ruritania"] and not event.recipients


def test_who_speaks_to_reporters_meets_nobody() -> None:
    text = "[The president] met [the Melk Courier] at his home on Thursday."
    doc, table = marked(text, published=DAY)
    as_body, as_paper = ((table.actors[0], replace(table.actors[1], sector=sector)) for sector in ("GOV", "JRN"))
    consulted = [
        [e.type for e in events.find(doc, Table(who), (), (), (), load(events__min_confidence=0.02))[0]].count(
            "CONSULT"
        )
        for who in (as_body, as_paper)
    ]
    assert consulted == [1, 0]


def test_standing_by_one_s_own_people_one_day_is_no_event() -> None:
    text = "[The government] will support [the people of the coast]."
    doc, table = marked(text, published=DAY)
    supported = []
    for country in ("AAA", "BBB"):
        who = (replace(table.actors[0], country="AAA"), replace(table.actors[1], kind="population", country=country))
        got, _ = events.find(doc, Table(who), (), (), (), load(events__min_confidence=0.02))
        supported.append([e.type for e in got].count("SUPPORT"))
    assert supported == [0, 1]


def test_what_two_do_to_each_other_is_two_events() -> None:
    text = (
        "[Ruritania] and [Ostmark] have accused one another after two days of talks, [officials|both] said on Saturday."
    )
    doc, table = marked(text, published=DAY)
    sides = tuple(a.id for a in table.actors[:2])
    both = replace(table.actors[2], members=sides)
    made = statement(
        doc, table, "both", "said", "Ruritania and Ostmark have accused one another after two days of talks", "ACCUSE"
    )
    got, _ = events.find(doc, Table((*table.actors[:2], both)), (), (), (made,), load(events__min_confidence=0.02))
    accused = sorted((e.actors, e.recipients) for e in got if e.type == "ACCUSE")
    assert accused == [((sides[0],), (sides[1],)), ((sides[1],), (sides[0],))]


def test_a_retelling_is_one_event() -> None:
    text = "[Norland] condemned [Ruritania] on Friday.\n\n[Norland|Norland] had condemned [Ruritania|Ruritania], diplomats noted."
    _, _, got, _ = found(text)
    assert [e.type for e in got].count("ACCUSE") == 1


def test_verbal_acts_take_the_day_of_publication() -> None:
    _, _, got, _ = found("[Norland] condemned [Ruritania].")
    assert got[0].start == got[0].end == DAY


def test_a_date_in_the_clause_is_the_event_s() -> None:
    text = "[Rebels] attacked [a police convoy] on 3 November."
    doc, table = marked(text, published=DAY)
    at = doc.text.index("3 November")
    day = datetime.date(2025, 11, 3)
    date = DateExpression("d1", "3 November", at, at + len("3 November"), day, day, "day")
    got, _ = events.find(doc, table, (), (date,), (), load())
    assert (got[0].start, got[0].end, got[0].status) == (day, day, "actual")


def test_a_claim_is_reported_by_its_statement() -> None:
    text = "[Minister Noor] said [rebels] had attacked [a police convoy] near Melk."
    said = (("Minister Noor", "said", "rebels had attacked a police convoy near Melk", "STATE"),)
    _, table, got, _ = found(text, said, events__min_confidence=0.05)
    attack = [e for e in got if e.type == "ASSAULT"]
    assert attack and attack[0].reported_by == "s1" and named(table, attack[0].actors) == ["rebels"]


def test_what_someone_is_accused_of_is_not_coded_again() -> None:
    text = "[Minister Noor] accused [Ostmark] of having attacked [a police convoy] near Melk."
    _, _, got, _ = found(
        text, (("Minister Noor", "accused", "of having attacked a police convoy near Melk", "ACCUSE"),)
    )
    assert "ASSAULT" not in {e.type for e in got}
    assert "ACCUSE" in {e.type for e in got}


def test_a_closed_article_says_why() -> None:
    text = (
        "[Melk Rovers] beat [Port Alba] 3-1 to go top of the league. The striker scored two goals in the first half, the "
        "goalkeeper saved a penalty, and the coach praised his squad after the match."
    )
    _, _, got, problems = found(text)
    assert not got
    assert problems[0].stage == "events" and "sports" in problems[0].message


def test_nothing_in_nothing() -> None:
    doc, table = marked("Nothing happened.")
    assert events.find(doc, table, (), (), (), load()) == ((), ())


def test_two_readings_of_the_same_words_are_one_event() -> None:
    words = Span(0, 40, "x" * 40)

    def draft(type_: str, actors: tuple[str, ...], recipients: tuple[str, ...], confidence: float):  # type: ignore[no-untyped-def]
        return retell.Draft(Event("", type_, None, actors, recipients, words, DAY, DAY, confidence=confidence), None)

    together, towards = draft("CONSULT", ("a", "b"), (), 0.6), draft("CONSULT", ("a", "b"), ("c",), 0.9)
    assert retell.one_each([towards, together]) == [together]
    named_, alone = draft("CONCEDE", ("a",), ("b",), 0.4), draft("CONCEDE", ("a",), (), 0.8)
    assert retell.one_each([alone, named_]) == [named_]
    assert len(retell.one_each([named_, draft("CONCEDE", ("c",), ("b",), 0.4)])) == 2
    each = [draft("ACCUSE", ("a",), ("b",), 0.5), draft("ACCUSE", ("b",), ("a",), 0.5)]
    assert retell.one_each([*each, draft("ACCUSE", ("a", "b"), (), 0.3)]) == each
    assert len(retell.one_each([each[0], draft("ACCUSE", ("a", "c"), (), 0.3)])) == 2
    met = [draft("COOPERATE", ("a",), ("c",), 0.5), draft("COOPERATE", ("b",), ("c",), 0.5)]
    assert len(retell.one_each([*met, draft("COOPERATE", ("a", "b"), (), 0.9)])) > 1


def test_a_meeting_to_come_is_one_whether_read_as_planned_or_as_possible() -> None:
    def draft(status: str, start: int, place: str | None = None, confidence: float = 0.5):  # type: ignore[no-untyped-def]
        words = Span(start, start + 40, "x" * 40)
        return retell.Draft(
            Event(
                "", "CONSULT", None, ("a", "b"), (), words, DAY, DAY, status=status, place=place, confidence=confidence
            ),
            None,
        )  # type: ignore[arg-type]

    planned, perhaps = draft("future", 0), draft("hypothetical", 10, "p1", 0.9)
    (one,) = retell.one_each([perhaps, planned])
    assert (one.event.status, one.event.place) == ("future", "p1")
    assert len(retell.one_each([planned, draft("hypothetical", 200)])) == 2, "other words tell another"
    assert len(retell.one_each([planned, draft("actual", 0)])) == 2


def test_a_threat_is_one_whether_its_verb_or_what_is_threatened_is_read() -> None:
    def draft(type_: str, status: str, start: int, confidence: float):  # type: ignore[no-untyped-def]
        words = Span(start, start + 40, "x" * 40)
        event = Event("", type_, None, ("a",), ("b",), words, DAY, DAY, status=status, confidence=confidence)
        return retell.Draft(event, None)  # type: ignore[arg-type]

    made = draft("THREATEN", "actual", 0, 0.4)
    assert retell.one_each([draft("THREATEN", "future", 10, 0.9), made]) == [made], "what was said has been said"
    assert len(retell.one_each([made, draft("THREATEN", "future", 200, 0.9)])) == 2
    assert len(retell.one_each([draft("SANCTION", "actual", 0, 0.4), draft("SANCTION", "future", 0, 0.9)])) == 2


@pytest.mark.parametrize("verb", ["refused to endorse", "balked at endorsing"])
def test_what_was_refused_is_not_told_again_as_not_done(verb: str) -> None:
    doc, table = marked(f"[Norland] {verb} [Ostmark].")
    made = {c.predicate.lemma_: c for c in candidates.find(doc, Mentions(table.actors), ()) if c.predicate}

    def draft(word: str, type_: str, state: status.Status, actor: str = "a1"):  # type: ignore[no-untyped-def]
        event = Event("", type_, None, (actor,), ("a2",), Span(0, 40, "x" * 40), DAY, DAY, status=state, confidence=0.5)
        return retell.Draft(event, Decision(made[word], type_, None, 0.5, "test"))

    refusing = "refuse" if "refuse" in made else "balk"
    refusal, undone = draft(refusing, "REJECT", "actual"), draft("endorse", "SUPPORT", "negated")
    assert retell.refused(undone, [refusal, undone])
    assert not retell.refused(undone, [undone]) and not retell.refused(refusal, [refusal, undone])
    assert not retell.refused(undone, [draft(refusing, "REJECT", "actual", "a3")])


def _first_verb(text: str) -> candidates.Candidate:
    doc, table = marked(text)
    return next(c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == "verb")


def test_what_a_speaker_says_he_would_do_is_told_by_saying_it() -> None:
    doc, table = marked("[Norland] said it could not support [Ostmark].")
    said = statement(doc, table, "Norland", "said", "it could not support Ostmark", "REJECT")
    spoken, verb = (
        next(c for c in candidates.find(doc, Mentions(table.actors), [said]) if c.kind == "statement" and c.recipients),
        _first_verb("[Norland] could not support [Ostmark]."),
    )

    def draft(made: candidates.Candidate, state: status.Status, start: int = 0):  # type: ignore[no-untyped-def]
        words = Span(start, start + 40, "x" * 40)
        event = Event("", "REJECT", None, ("a1",), ("a2",), words, DAY, DAY, status=state, confidence=0.5)
        return retell.Draft(event, Decision(made, "REJECT", None, 0.5, "test"))

    monday = datetime.date(2025, 11, 10)
    claimed = replace(verb, claimed=True, statement=said)
    on_monday = draft(claimed, "future")
    on_monday = replace(on_monday, event=replace(on_monday.event, start=monday, end=monday))
    assert retell.one_each([on_monday, draft(spoken, "actual")]) == [draft(spoken, "actual")]
    refused, would = draft(spoken, "actual"), draft(verb, "hypothetical")
    assert retell.one_each([would, refused]) == [refused]
    assert len(retell.one_each([refused, draft(verb, "hypothetical", 200)])) == 2, "other words tell another"
    assert len(retell.one_each([draft(verb, "actual"), would])) == 2, "nobody says it"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("[14 rebels] were killed near Melk.", True),
        ("The raid killed [14 rebels] near Melk.", True),
        ("[Rebels] were killed near Melk.", False),
        ("[200 rebels] have been killed this year.", False),
        ("[14 rebels] were beaten near Melk.", False),
    ],
)
def test_less_is_asked_of_a_killing_that_counts_its_dead(text: str, kept: bool) -> None:
    find = importlib.import_module("dateline.events.find")
    doc, table = marked(text)
    made = next(c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == "verb")
    assert bool(find.sift([Decision(made, "ASSAULT", None, 0.2, "test")], 0.3)) is kept
    assert not find.sift([Decision(made, "ASSAULT", None, 0.1, "test")], 0.3)


def test_an_act_on_nobody_is_kept_where_it_is_likelier_than_one_on_somebody() -> None:
    find = importlib.import_module("dateline.events.find")
    doc, table = marked("[Norland] accused [Sudmark] over [the miners].")
    made = candidates.find(doc, Mentions(table.actors), ())[0]
    lone, on = (
        Decision(replace(made, recipients=r), "ACCUSE", None, c, "test") for r, c in (((), 0.6), (made.recipients, 0.5))
    )
    assert find.sift([lone, on], 0.3) == find.sift([on, lone], 0.3) == [lone]


def test_a_telling_without_a_day_is_of_the_day_that_another_tells() -> None:
    def draft(type_: str, start: int, days_ago: int, untold: bool = False):  # type: ignore[no-untyped-def]
        day = DAY - datetime.timedelta(days=days_ago)
        words = Span(start, start + 40, "x" * 40)
        event = Event("", type_, None, ("a",), ("b",), words, day, day, confidence=0.9 if untold else 0.5)
        return retell.Draft(event, None, untold)  # type: ignore[arg-type]

    headline, told = draft("ACCUSE", 0, 0, True), draft("ACCUSE", 200, 2)
    (one,) = retell.one_each([headline, told])
    assert (one.event.start, one.event.evidence.start) == (told.event.start, 0)
    assert len(retell.one_each([draft("ACCUSE", 0, 0), told])) == 2, "said again today"
    assert len(retell.one_each([headline, draft("ACCUSE", 200, 30)])) == 2
    assert len(retell.one_each([draft("ASSAULT", 0, 0, True), draft("ASSAULT", 200, 2)])) == 2
    doc, _, got, _ = found("[Norland] condemns [Ruritania].\n\n[Norland] condemned [Ruritania] on Friday.", dates=())
    assert [e.start for e in got if e.type == "ACCUSE"] == [DAY], "no dates are given"
    day = DAY - datetime.timedelta(days=1)
    at = doc.text.index("Friday")
    friday = DateExpression("d1", "Friday", at, at + 6, day, day, "day")
    _, _, got, _ = found(
        "[Norland] condemns [Ruritania].\n\n[Norland] condemned [Ruritania] on Friday.", dates=(friday,)
    )
    assert [e.start for e in got if e.type == "ACCUSE"] == [day]


def _under_a_dateline(text: str) -> list[tuple[str, str | None]]:
    """Types and places of the events of a text under a dateline of Goma, published on a Saturday."""
    doc, table = marked(f"GOMA, Congo (Reuters) - {text}", published=DAY, dateline=("Goma",), body_start=24)
    known = places.find(doc)
    got, _ = events.find(doc, table, known, days.find(doc), (), load())
    by = {p.id: p.name for p in known}
    return [(e.type, by[e.place] if e.place else None) for e in got]


def test_a_place_that_is_told_stands_before_that_of_the_dateline() -> None:
    lead = "[The premier] met [the king] on Friday."
    assert _under_a_dateline(lead) == [("CONSULT", "Goma")]
    assert _under_a_dateline(f"{lead}\n\n[The premier] met [the king] in Geneva.") == [("CONSULT", "Geneva")]


def test_what_was_days_before_the_news_is_not_of_its_dateline() -> None:
    assert _under_a_dateline("[The premier] met [the king] last week.") == [("CONSULT", None)]


def _drafts(text: str, *said: tuple[str, str, str, str], least: float = 0.02):  # type: ignore[no-untyped-def]
    _, table, got, _ = found(text, said, events__min_confidence=least)
    return [(e.type, named(table, e.actors), named(table, e.recipients)) for e in got]


def test_what_a_demand_takes_for_granted_has_happened() -> None:
    text = "[Norland] demanded an apology for [ten monks] who were arrested by [the army] in May."
    told = _drafts(
        text, ("Norland", "demanded", "an apology for ten monks who were arrested by the army in May", "REQUEST")
    )
    assert ("COERCE", ["the army"], ["ten monks"]) in told
    text = "[Norland] demanded that [the army] arrest [ten monks]."
    told = _drafts(text, ("Norland", "demanded", "that the army arrest ten monks", "REQUEST"))
    assert "COERCE" not in {type_ for type_, _, _ in told}


def test_who_threatens_two_has_threatened_both() -> None:
    text = "[Brandt] threatened to bomb [the rebels] and deport [the refugees]."
    told = _drafts(text, ("Brandt", "threatened", "to bomb the rebels and deport the refugees", "THREATEN"), least=0.32)
    assert {tuple(r) for type_, _, r in told if type_ == "THREATEN"} == {("the rebels",), ("the refugees",)}


def test_a_body_meets_for_itself() -> None:
    doc, table = marked("[The council] met on Monday. [The premier] met on Monday.", published=DAY)
    who = (replace(table.actors[0], kind="igo"), replace(table.actors[1], kind="person"))
    got, _ = events.find(doc, Table(who), (), (), (), load(events__min_confidence=0.02))
    assert [e.actors for e in got if e.type == "CONSULT"] == [(who[0].id,)]


def test_a_noun_that_names_again_what_a_verb_has_told_is_no_second_event() -> None:
    text = (
        "[The premier] will visit [Ruritania] on Monday. The visit of [the premier] to [Ruritania] was long prepared."
    )
    doc, table = marked(text, published=DAY)
    verb, noun = (
        next(c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == kind and c.recipients)
        for kind in ("verb", "noun")
    )
    drafts = [
        retell.Draft(
            Event("", "CONSULT", None, ("a1", "a2"), (), doc.span(c.start, c.end), None, None, status=status),
            Decision(c, "CONSULT", None, 0.6, "test"),
        )
        for c, status in ((verb, "future"), (noun, "actual"))
    ]
    mentions = Mentions(table.actors)
    assert [retell.named_again(draft, drafts, mentions) for draft in drafts] == [False, True]
    assert not retell.named_again(drafts[1], drafts[1:], mentions)
    doc, table = marked(
        "[Rebels] attacked [a village]. Attacks by [rebels|Rebels] on [the village|a village] are many."
    )
    verb, noun = (
        next(c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == kind) for kind in ("verb", "noun")
    )
    drafts = [
        retell.Draft(
            Event("", "ASSAULT", None, ("a1",), ("a2",), doc.span(c.start, c.end), None, None),
            Decision(c, "ASSAULT", None, 0.6, "test"),
        )
        for c in (verb, noun)
    ]
    assert not retell.named_again(drafts[1], drafts, Mentions(table.actors)), "others may be told of"


@pytest.mark.parametrize(
    ("cue", "content", "act", "kept"),
    [
        ("urged", "restraint", "REQUEST", True),  # the cue is the act
        ("insisted", "the onus was on Ostmark", "REQUEST", False),  # it may as well only report
        ("said", "Ostmark must leave the port", "REQUEST", False),  # a verb in what is said names the act
        ("acknowledged", "some thought him weak", "CONCEDE", False),
    ],
)
def test_less_is_asked_only_of_cues_that_are_the_act(cue: str, content: str, act: str, kept: bool) -> None:
    finding = importlib.import_module("dateline.events.find")
    doc, table = marked(f"[Brandt] {cue} {content}. [Ostmark] waits.")
    made = statement(doc, table, "Brandt", cue, content, act)
    first = next(iter(candidates.of_statement(doc, Mentions(table.actors), made)))
    doubtful = Decision(first, act, None, 0.15, "test")
    assert bool(finding.sift([doubtful], 0.32)) is kept
    assert finding.sift([replace(doubtful, confidence=0.33)], 0.32)


def test_nobody_is_acted_on_by_himself_under_another_name() -> None:
    """ "President X and commander Y, known as Z, announced an agreement": Z is Y."""
    page = Path(__file__).parents[2] / "examples" / "havana" / "2015-09-23-caribbean-courier.txt"
    coded = dateline.code(page)
    assert coded.events and all(not set(e.actors) & set(e.recipients) for e in coded.events)


def test_what_nobody_says_of_somebody_is_no_event() -> None:
    finding = importlib.import_module("dateline.events.find")
    doc, table = marked("Attacks on [the premier] went on. [Osman] was charged with fraud.")
    noun, verb = (
        next(c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == kind) for kind in ("noun", "verb")
    )
    said = [Decision(noun, "ACCUSE", "disapprove", 0.9, "test"), Decision(verb, "ACCUSE", "allege", 0.9, "test")]
    assert finding.sift(said, 0.3) == said[1:], "but a charge is told so"
    struck = [Decision(noun, "ASSAULT", None, 0.9, "test")]
    assert finding.sift(struck, 0.3) == struck


def test_a_noun_without_a_doer_is_part_of_what_its_sentence_tells() -> None:
    text = "[The gunmen] killed nine people in last year's shooting of [two nuns]. A shooting at [a school] followed."
    doc, table = marked(text)
    mentions = Mentions(table.actors)
    nouns = [
        c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.text == "shooting"
    ]

    def draft(c: candidates.Candidate, start: int, end: int, type_: str = "ASSAULT") -> retell.Draft:
        who = mentions.each(c.actors)
        event = Event("", type_, None, who, mentions.each(c.recipients), doc.span(start, end), None, None)
        return retell.Draft(event, Decision(c, type_, None, 0.6, "test"))

    first, second = (draft(replace(c, actors=()), c.start, c.end) for c in nouns)
    killed = draft(next(c for c in candidates.find(doc, mentions, ()) if c.actors), 0, text.index("]. A"))
    drafts = [killed, first, second]
    assert [retell.part_of_another(d, drafts) for d in drafts] == [False, True, False]
    condemned = replace(killed, event=replace(killed.event, type="ACCUSE"))
    assert not retell.part_of_another(first, [condemned, first])


def test_what_will_be_said_has_not_been_said() -> None:
    for text, cue, content, wanted in (
        ("[Norland] will accuse [Ostmark] of theft.", "accuse", "Ostmark of theft", "future"),
        ("[Norland] is not accusing [Ostmark] of theft.", "accusing", "Ostmark of theft", "negated"),
        ("[Norland] accused [Ostmark] of theft and said it will be punished.", "accused", "Ostmark of theft", "actual"),
    ):
        doc, table, _, _ = found(text)
        made = statement(doc, table, "Norland", cue, content, "ACCUSE")
        tried = next(iter(candidates.of_statement(doc, Mentions(table.actors), made)))
        assert tried.predicate is not None and status.of_cue(tried.predicate) == wanted, text
    _, _, got, _ = found(
        "[Norland] will accuse [Ostmark] of theft.", [("Norland", "accuse", "Ostmark of theft", "ACCUSE")]
    )
    assert all(e.status != "actual" for e in got)


@pytest.mark.parametrize("learned", [None, object()])
def test_what_only_informs_is_asked_where_a_codebook_of_one_s_own_may_name_it(
    monkeypatch: pytest.MonkeyPatch, learned: object
) -> None:
    asked = []
    module = importlib.import_module("dateline.events.find")
    monkeypatch.setattr(module.own, "in_force", lambda: learned)
    monkeypatch.setattr(module, "decided", lambda _, found: asked.extend(found) or [])
    said = ("Minister Noor", "told", "the harvest had been good", "STATE")
    found("[Minister Noor] told [Ostmark] that the harvest had been good.", (said,))
    assert any(c.kind == "statement" for c in asked) is (learned is not None)


def _draft(doc, c: candidates.Candidate, type_: str, mentions: Mentions, start: datetime.date | None) -> retell.Draft:  # type: ignore[no-untyped-def]
    who = (mentions.each(c.actors), mentions.each(c.recipients))
    event = Event("", type_, None, *who, doc.span(c.start, c.end), start, start)  # type: ignore[arg-type]
    return retell.Draft(event, Decision(c, type_, None, 0.6, "test"), untold=start is None)  # type: ignore[arg-type]


def test_a_deed_without_its_doer_is_the_one_told_with_him() -> None:
    text = (
        "[Rebels] freed [two pilots]. [The pilots|two pilots] were freed in Melk. "
        "The release of [the airmen] was hailed. A release of [nuns] had come before."
    )
    doc, table = marked(text)
    who = Mentions((table.actors[0], *(replace(a, kind="population") for a in table.actors[1:])))
    made = [c for c in candidates.find(doc, who, ()) if any(t.type == "RETREAT" for t in c.triggers)]
    drafts = [_draft(doc, c, "RETREAT", who, None) for c in made]
    assert [retell.known_deed(d, drafts, who) for d in drafts] == [False, True, True, False]
    later = replace(drafts[1], event=replace(drafts[1].event, start=DAY, end=DAY), untold=False)
    first = replace(drafts[0], event=replace(drafts[0].event, start=datetime.date(2025, 11, 3), end=DAY), untold=False)
    assert not retell.known_deed(later, [first, later], who), "of another day"
    charged = [replace(d, event=replace(d.event, type="ACCUSE")) for d in drafts]
    assert not retell.known_deed(charged[1], charged, who), "who is accused may be charged too"


def test_a_noun_of_the_day_of_publication_only_names_again_what_the_same_two_did() -> None:
    text = (
        "[Brandt] criticized [the premier] on 3 November 2025. [Holt] spoke of [Brandt]'s criticism of [the premier]."
    )
    doc, table = marked(text, published=DAY)
    who = Mentions(table.actors)
    made = candidates.find(doc, who, ())
    verb = next(c for c in made if c.predicate is not None and c.predicate.lemma_ == "criticize")
    noun = next(c for c in made if c.predicate is not None and c.predicate.lemma_ == "criticism")
    drafts = [_draft(doc, c, "ACCUSE", who, DAY) for c in (verb, noun)]
    again = replace(drafts[1], untold=True)
    assert retell.named_again(again, [drafts[0], again], who)
    assert not retell.named_again(drafts[1], drafts, who), "of that very day"
    other = replace(drafts[0], event=replace(drafts[0].event, actors=("a3",)))
    assert not retell.named_again(again, [other, again], who), "somebody else did"


def test_a_ground_suffers_force_alone() -> None:
    doc, table = marked("[Norland] deployed troops around [the farm]. [Norland] bombed [the farm].", published=DAY)
    got, _ = events.find(doc, table, (), (), (), load(events__min_confidence=0.02))
    assert got and all(e.type == "ASSAULT" for e in got if e.recipients)


def test_who_claims_responsibility_for_an_act_did_it() -> None:
    for text in (
        "[The rebels] claimed responsibility for the attack on [a police convoy].",
        "[The rebels] claimed responsibility for attacking [a police convoy].",
        "Responsibility for the attack on [a police convoy|a police convoy] was claimed by [the rebels].",
    ):
        doc, table = marked(text)
        mentions = Mentions(table.actors)
        made = next(
            c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.lemma_ == "attack"
        )
        convoy = mentions.each(made.recipients)
        event = Event("", "ASSAULT", None, (), convoy, doc.span(made.start, made.end), DAY, DAY)
        module = importlib.import_module("dateline.events.find")
        owned = module._owned(mentions, retell.Draft(event, Decision(made, "ASSAULT", None, 0.5, "test")))
        assert {a.id: a.name for a in table.actors}[owned.event.actors[0]].lower() == "the rebels", text
    doc, table = marked("[The rebels] spoke of the attack on [a police convoy].")
    mentions = Mentions(table.actors)
    made = next(
        c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.lemma_ == "attack"
    )
    draft = retell.Draft(
        replace(event, evidence=doc.span(made.start, made.end)), Decision(made, "ASSAULT", None, 0.5, "test")
    )
    assert module._owned(mentions, draft) == draft


def test_what_somebody_owns_to_is_no_charge() -> None:
    module = importlib.import_module("dateline.events.find")
    doc = language.load().parse_text(
        "The rebels claimed responsibility for killing two guards. They spoke of killing two guards."
    )
    killing = [t for t in doc.spacy if t.lemma_ == "kill"]
    assert [module._granted(t) for t in killing] == [True, False]
