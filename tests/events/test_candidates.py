"""Who acts on whom, read off our own sentences: active, passive, nominal, reciprocal, lists, clauses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hands import marked, named, statement
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.events import candidates, triggers
from dateline.events.mentions import Mentions
from dateline.model import Actor


def found(text: str) -> list[tuple[str, list[str], list[str], set[str]]]:
    """(lemma, actors, recipients, types) of the candidates of a marked text."""
    doc, table = marked(text)
    return [
        (
            c.predicate.lemma_ if c.predicate else "",
            named(table, tuple(m.actor for m in c.actors)),
            named(table, tuple(m.actor for m in c.recipients)),
            set(triggers.types(c.triggers)),
        )
        for c in candidates.find(doc, Mentions(table.actors), ())
    ]


@pytest.mark.parametrize(
    ("text", "lemma", "actors", "recipients", "type_"),
    [
        ("[Rebels] attacked [a police convoy] on Monday.", "attack", ["Rebels"], ["a police convoy"], "ASSAULT"),
        ("[A police convoy] was attacked by [rebels] on Monday.", "attack", ["rebels"], ["A police convoy"], "ASSAULT"),
        ("[Ten villagers] were killed on Monday.", "kill", [], ["Ten villagers"], "ASSAULT"),
        ("The killing of [two judges] by [the militia] shocked the town.", "killing", ["the militia"], ["two judges"], "ASSAULT"),
        ("[Norland] provided food aid to [the islands].", "provide", ["Norland"], ["the islands"], "AID"),
        ("[Norland] imposed sanctions on [Ruritania] last week.", "impose", ["Norland"], ["Ruritania"], "SANCTION"),
        ("[Norland], [Sudmark] and [Ostmark] condemned [Ruritania].", "condemn", ["Norland", "Sudmark", "Ostmark"], ["Ruritania"], "ACCUSE"),
        ("[Norland] thanked [Sudmark] and [Ostmark].", "thank", ["Norland"], ["Sudmark", "Ostmark"], "SUPPORT"),
        ("[The army], which seized power in May, arrested [the editor].", "arrest", ["The army"], ["the editor"], "COERCE"),
        ("[The minister] urged [the rebels] to lay down their arms.", "urge", ["The minister"], ["the rebels"], "REQUEST"),
        ("[The premier] refused to meet [the envoy].", "refuse", ["The premier"], ["the envoy"], "REJECT"),
        ("[The premier] was criticised by [the bishops].", "criticise", ["the bishops"], ["The premier"], "ACCUSE"),
        ("[Ruritania] withdrew its troops from [Ostmark].", "withdraw", ["Ruritania"], ["Ostmark"], "RETREAT"),
        ("The moves by [the council], including recognising [the island], went far.", "recognise", ["the council"], ["the island"], "SUPPORT"),
        ("[The council] - which [the miners] distrust and which met in May - called for a vote.", "call", ["The council"], [], "REQUEST"),
        ("[The president] visited [Ostmark] in May.", "visit", ["The president"], ["Ostmark"], "CONSULT"),
        ("[The envoy], Ilse Brandt, and [her Ruritanian counterpart] met in Melk.", "meet", ["The envoy", "her Ruritanian counterpart"], [], "CONSULT"),
        ("[Norland] and [Ruritania] met in [Melk] on Monday.", "meet", ["Norland", "Ruritania"], [], "CONSULT"),
        ("[The union] protested over [the editor]'s arrest by [the army].", "arrest", ["the army"], ["the editor"], "COERCE"),
        ("[The envoy] lashed out at [Norland] for shelling [the port].", "shell", ["Norland"], ["the port"], "ASSAULT"),
        ("[The premier] spoke of [Norland]'s backing [the rebels].", "back", ["Norland"], ["the rebels"], "SUPPORT"),
        ("[The minister] is due to meet [the envoy] on Friday.", "meet", ["The minister"], ["the envoy"], "CONSULT"),
        ("[The senator] was expelled from [the party] in May.", "expel", ["the party"], ["The senator"], "SANCTION"),
        ("[The king]'s dismissal of [the premier] came on Monday.", "dismissal", ["The king"], ["the premier"], "SANCTION"),
        ("[Norland] and [Ruritania] accused each other on Monday.", "accuse", ["Norland", "Ruritania"], ["Norland", "Ruritania"], "ACCUSE"),
        ("Protests began after [Brandt] last month sacked [the general].", "sack", ["Brandt"], ["the general"], "SANCTION"),
        ("[The only two states] to have signed pacts with [Norland] also sharply criticised [the council].", "criticise", ["The only two states"], ["the council"], "ACCUSE"),
        ("[Two aid workers] - a Dane and a Finn - who had been held by [the militia] in Sudmark since 2014 were freed Monday.", "free", [], ["Two aid workers"], "RETREAT"),
        ("[Several hundred miners] filled the square on Tuesday in a protest that closed schools.", "protest", ["Several hundred miners"], [], "PROTEST"),
        ("[Norland] launched a rocket that sailed over [Ostmark] in May.", "launch", ["Norland"], ["Ostmark"], "MOBILIZE"),
        ("[Norland] and [Ruritania] have accused one another.", "accuse", ["Norland", "Ruritania"], ["Norland", "Ruritania"], "ACCUSE"),
        ("[Norland] broke the truce with [Ostmark] by shelling [a village].", "shell", ["Norland"], ["a village"], "ASSAULT"),
        ("[Norland] accused [Ostmark] of shelling [a village].", "shell", ["Ostmark"], ["a village"], "ASSAULT"),
        ("[Osman]'s firing angered [supporters] amid the crisis.", "fire", [], ["Osman"], "SANCTION"),
        ("[Norland] condemned [Sudmark]'s killing [the envoy].", "kill", ["Sudmark"], ["the envoy"], "ASSAULT"),
        ("[The premier] won praise from [the unions] for the plan.", "praise", ["the unions"], ["The premier"], "SUPPORT"),
        ("[The president] announced the release of [the envoy].", "release", ["The president"], ["the envoy"], "RETREAT"),
        ("[Ostmark] refuses to accept [Norland]'s denials.", "denials", ["Norland"], [], "REJECT"),
        ("[The unions] praised steps bolder than those of [the king].", "praise", ["The unions"], [], "SUPPORT"),
        ("States such as [Norland], [Sudmark] and [Ostmark] condemned [the league].", "condemn", ["Norland", "Sudmark", "Ostmark"], ["the league"], "ACCUSE"),
        ("[Brandt] appealed for the release of [the envoy].", "appeal", ["Brandt"], [], "REQUEST"),
        ("[Brandt] appealed for [the envoy] to be freed.", "appeal", ["Brandt"], [], "REQUEST"),
        ("Talks were held between [Norland] and [Sudmark] in Melk.", "talk", ["Norland", "Sudmark"], [], "CONSULT"),
        ("Fighting broke out between [Norland] and [Sudmark] on Monday.", "fight", ["Norland", "Sudmark"], [], "ASSAULT"),
        ("Negotiations resumed on Monday between [Norland] and [the rebels].", "negotiat", ["Norland", "the rebels"], [], "CONSULT"),
        ("A protest was held by [farmers] against [the council].", "protest", ["farmers"], ["the council"], "PROTEST"),
        ("[Brandt], an outspoken critic of [the king], praised [the envoy].", "critic", ["Brandt"], ["the king"], "ACCUSE"),
        ("[Brandt], a [Norland] supporter, praised [the envoy].", "supporter", ["Brandt"], ["Norland"], "SUPPORT"),
        ("[The premier] has been a critic of [the unions].", "critic", ["The premier"], ["the unions"], "ACCUSE"),
        ("[The senator] has the endorsement of most of [the unions].", "endorsement", ["the unions"], ["The senator"], "SUPPORT"),
        ("[The premier] drew the ire of [the miners] over the plan.", "ire", ["the miners"], ["The premier"], "ACCUSE"),
        ("[The premier] picked up the backing of [the farmers] in May.", "backing", ["the farmers"], ["The premier"], "SUPPORT"),
        ("[Osman], whom [the king] appointed head of the office in [Melk], left.", "appoint", ["the king"], ["Osman"], "SUPPORT"),
        ("[The envoy] discussed the demands of [the rebels] with [the premier].", "discuss", ["The envoy"], ["the premier"], "CONSULT"),
        ("In a speech to [the league], [the premier] attacked the plan of [Norland].", "attack", ["the premier"], ["Norland"], "ASSAULT"),
        ("[Osman] spoke shortly after [Brandt] called [the miners] to thank [them|the miners].", "thank", ["Brandt"], ["the miners"], "SUPPORT"),
        ("[Brandt] on Friday endorsed the re-election of Mayor [Lang] (R-Wis.), Sen. Holt (R-Ariz.), and Sen. [Osman] (R-N.H.).", "endorse", ["Brandt"], ["Lang"], "SUPPORT"),
        ("[The council]'s withdrawal of [troops] from [Ostmark] began.", "withdrawal", ["The council"], ["Ostmark"], "RETREAT"),
        ("Last week's visit of [the envoy] to [Norland] was short.", "visit", ["the envoy"], ["Norland"], "CONSULT"),
        ("[Norland] sent [the Ostmark troops] to [Sudmark].", "send", ["Norland"], ["Sudmark"], "MOBILIZE"),
        ("[Norland] dispatched [two envoys] to meet [the rebels].", "meet", ["two envoys"], ["the rebels"], "CONSULT"),
        ("[Osman] went after [the premier] in the debate.", "go", ["Osman"], ["the premier"], "ACCUSE"),
        ("[Ten soldiers] died in an attack by [the rebels].", "die", ["the rebels"], ["Ten soldiers"], "ASSAULT"),
        ("[Two envoys] died in the bombing on Monday.", "die", [], ["Two envoys"], "ASSAULT"),
        ("[The unions] condemned and rejected the plan of [the king].", "condemn", ["The unions"], ["the king"], "ACCUSE"),
        ("[Rebels] attacked and killed [two envoys].", "attack", ["Rebels"], ["two envoys"], "ASSAULT"),
        ("[Norland] pulled its troops out of [Sudmark].", "pull", ["Norland"], ["Sudmark"], "RETREAT"),
        ("[Norland] cooperates in police matters with [Sudmark].", "cooperate", ["Norland"], ["Sudmark"], "COOPERATE"),
        ("[Sudmark] came under attack from [Norland].", "come", ["Norland"], ["Sudmark"], "ASSAULT"),
        ("[Students] gathered outside the embassy of [Norland].", "gather", ["Students"], ["Norland"], "PROTEST"),
        ("[The premier] was highly critical of [the king].", "critical", ["The premier"], ["the king"], "ACCUSE"),
        ("[The premier] is opposed to [the king]'s plan.", "oppose", ["The premier"], ["the king"], "REJECT"),
        ("[The envoy] said no to [Ruritania].", "say", ["The envoy"], ["Ruritania"], "REJECT"),
        ("A letter showed [the captain] asking for [the troops] to leave.", "ask", ["the captain"], ["the troops"], "REQUEST"),
        ("[The premier]'s call for [the king] to resign was heard.", "call", ["The premier"], ["the king"], "REQUEST"),
        ("[The premier]'s refusal to meet [the king] was noted.", "refusal", ["The premier"], ["the king"], "REJECT"),
        ("[The premier] told [the king] in a phone call that peace was near.", "call", ["The premier"], ["the king"], "CONSULT"),
        ("[Norland]'s pact, which [the union] tried to stop and which [the premier] has criticised, is dead.", "criticise", ["the premier"], ["Norland"], "ACCUSE"),
        ("[The union] condemned the invasion of [the islands] by [Norland].", "condemn", ["The union"], ["Norland"], "ACCUSE"),
        ("[The union] condemned the arrest of [the editor].", "condemn", ["The union"], [], "ACCUSE"),
        ("[The party] wants [the islands].", "want", ["The party"], [], "REQUEST"),
        ("[The party] called for sanctions on [Norland].", "call", ["The party"], [], "REQUEST"),
        ("[Deputies] like [Brandt] and [Osman] have criticised [the king].", "criticise", ["Brandt", "Osman"], ["the king"], "ACCUSE"),
        ("[The union] warned [Norland] against attacking [Sudmark].", "attack", ["Norland"], ["Sudmark"], "ASSAULT"),
    ],
)  # fmt: skip
def test_pairs(text: str, lemma: str, actors: list[str], recipients: list[str], type_: str) -> None:
    hits = [c for c in found(text) if c[0].startswith(lemma[:6])]
    assert hits, found(text)
    assert any(c[1] == actors and c[2] == recipients and type_ in c[3] for c in hits), hits


@pytest.mark.parametrize(
    "text",
    [
        "Talks between [Ruritania] and [Ostmark] ended on Sunday.",
        "[Ruritania] met [Ostmark] in Melk on Sunday.",
        "[Ruritania] and [Ostmark] held talks in Melk on Sunday.",
        "[Ruritania] clashed with [Ostmark] on Sunday.",
    ],
)
def test_parties_of_reciprocal_events(text: str) -> None:
    doc, table = marked(text)
    made = [c for c in candidates.find(doc, Mentions(table.actors), ()) if c.together]
    assert made
    assert any({m.actor for m in (*c.actors, *c.recipients)} == {"a1", "a2"} for c in made)


def test_whom_a_deed_is_blamed_on_has_not_suffered_it() -> None:
    assert not [f for f in found("[Norland] blamed the attack on [the rebels].") if f[0] == "attack"]


def test_what_stands_outside_is_acted_on_only_by_protest() -> None:
    assert [r for lemma, _, r, _ in found("[The premier] spoke outside [the ministry].") if lemma == "speak"] in (
        [],
        [[]],
    )
    assert [r for lemma, _, r, _ in found("[Miners] rallied outside [the ministry].") if lemma == "rally"] == [
        ["the ministry"]
    ]


def test_a_legislature_in_which_something_is_done_is_not_acted_on() -> None:
    doc, table = marked("[Osman] blocked the bill in [the Senate]. [Norland] condemned [the Senate].")
    who = Mentions((table.actors[0], replace(table.actors[1], sector="LEG"), table.actors[2]))
    aimed = [c.predicate.lemma_ for c in candidates.find(doc, who, ()) if c.predicate and c.recipients]
    assert aimed == ["condemn"]


def test_who_is_sent_is_not_acted_on() -> None:
    assert [r for lemma, _, r, _ in found("[Norland] sent [two envoys] to [Sudmark].") if lemma == "send"] == [
        ["Sudmark"]
    ]


def test_who_dies_by_nobody_s_doing_is_not_acted_on() -> None:
    for text in (
        "[The senator] died of cancer in [Norland] last year.",
        "[The gunman] will die in May for the stabbing of [two envoys].",
        "[Two envoys] died in a crash in May.",
        "[Two envoys] were killed when the bus overturned.",
    ):
        assert not [f for f in found(text) if f[0] in ("die", "kill")], text
    assert [f for f in found("[Two envoys] were killed when [rebels] struck.") if f[0] == "kill"]


def test_who_leaves_and_condemns_leaves_nobody() -> None:
    assert [r for lemma, _, r, _ in found("[Osman] resigned and condemned [the king].") if lemma == "resign"] in (
        [],
        [[]],
    )


def test_going_to_do_something_is_no_going() -> None:
    for text in ("[Osman] is going to back [the premier].", "[Osman] went on to condemn [the premier]."):
        assert "go" not in {lemma for lemma, *_ in found(text)}, text
    assert "go" in {lemma for lemma, *_ in found("[Osman] went to [Norland].")}


def test_who_keeps_to_himself_what_he_is_asked_refuses_no_deed() -> None:
    for text in (
        "[The spokesman] declined to comment on the arrests.",
        "[Police] refused to say whether [the king] had fled.",
        "[The envoy] declined to discuss [Norland].",
    ):
        assert not [f for f in found(text) if f[0] in ("decline", "refuse")], text
    assert [f for f in found("[The envoy] refused to say that [the islands] are free.") if f[0] == "refuse"]
    for text in ("[The envoy] declined to meet [the king].", "[The envoy] declined to speak with [the king]."):
        assert [f for f in found(text) if f[0] == "decline"], text
    assert [f for f in found("[The rebels] refused to discuss a truce with [Norland].") if f[0] == "refuse"]


def test_a_request_for_comment_is_no_demand() -> None:
    assert not [f for f in found("[The king] ignored [a reporter]'s request for comment.") if f[0] == "request"]
    assert [f for f in found("[The king] ignored [a general]'s request for weapons.") if f[0] == "request"]


def test_what_somebody_draws_upon_himself_he_does_not_do_to_others() -> None:
    made = found("[The king] drew criticism from [the monks] in May.")
    assert [f[0] for f in made if f[1] == ["The king"]] == []
    assert ["the monks"] not in [f[2] for f in made]


def test_who_is_given_a_grant_gives_none() -> None:
    assert not [f for f in found("[The troupe] has received a grant of 10,000 crowns.") if f[1] == ["The troupe"]]
    assert ("receive", ["the duke"], ["The troupe"], {"AID"}) in [
        (*f[:3], f[3] & {"AID"}) for f in found("[The troupe] received a grant from [the duke].")
    ]


def test_a_court_or_office_hears_a_complaint_and_is_not_complained_of() -> None:
    for text, of in (
        ("[The union] filed a complaint with [the court].", []),
        ("[The union] filed a complaint against [Norland] with [the court].", ["Norland"]),
    ):
        assert [r for lemma, _, r, _ in found(text) if lemma == "file"] == [of], text


def test_what_stands_before_somebody_s_deed_does_not_do_it_with_him() -> None:
    made = found("[Osman] won in [his|Osman] [Melk] lawsuit against [Norland].")
    assert [f[1] for f in made if f[0] == "lawsuit"] == [["Osman"]]
    assert ["Norland"] in [f[1] for f in found("The [Norland] lawsuit against [Ostmark] failed.") if f[0] == "lawsuit"]


def test_a_verb_with_an_object_of_its_own_is_not_joined_to_a_relative_clause() -> None:
    for text in (
        "[Police] raided homes [he|Osman] owned and arrested [Kern].",
        "[Police] raided three homes that [Osman] owned and arrested [Kern] on Monday.",
    ):
        assert [f[1] for f in found(text) if f[0] == "arrest"] == [["Police"]], text
    joined = found("[Police] found the envoy whom [Osman] kidnapped and beat.")
    assert [f[1] for f in joined if f[0] == "beat"] in ([], [["Osman"]])


def test_who_is_named_in_a_charge_is_not_charged() -> None:
    for text in (
        "He was charged with the murder of [two envoys].",
        "[The king] charged him with the murder of [two envoys].",
    ):
        assert ["two envoys"] not in [r for lemma, _, r, _ in found(text) if lemma == "charge"], text
    assert ["Osman"] in [r for lemma, _, r, _ in found("[Osman] was charged with murder.") if lemma == "charge"]


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        (
            "Two leading [Republicans], [Hilda Brandt] and [Otto Kern], condemned [the pact].",
            ["Hilda Brandt", "Otto Kern"],
        ),
        ("[Board members] [Jim Crane] and [Bill Roth] condemned [the pact].", ["Jim Crane", "Bill Roth"]),
        (
            "[Three countries], [Norland], [Sudmark] and [Ostmark], condemned [the pact].",
            ["Norland", "Sudmark", "Ostmark"],
        ),
        ("[The envoy], Ilse Brandt, and [her counterpart] condemned [the pact].", ["The envoy", "her counterpart"]),
        ("[The unions] condemned [the pact].", ["The unions"]),
    ],
)
def test_a_group_whose_members_are_named_is_they(text: str, actors: list[str]) -> None:
    assert [a for lemma, a, _, _ in found(text) if lemma == "condemn"] == [actors]


def test_one_s_own_campaign_is_not_acted_on() -> None:
    assert not [f for f in found("[Osman] suspended [his campaign] on Monday.") if f[2]]
    assert [f for f in found("[Osman] criticised [his campaign] on Monday.") if f[2]]


def test_a_promise_not_to_do_it_is_no_threat() -> None:
    (kind,) = [t for lemma, _, _, t in found("[Norland] promised not to attack [Sudmark].") if lemma == "promise"]
    assert kind == {"AGREE"}


def test_a_state_is_not_asked_by_its_own_leaders() -> None:
    assert not [f for f in found("[Norland], whose leaders have called for a vote, is calm.") if "Norland" in f[2]]


def test_who_is_told_as_a_journalist_is_not_aimed_at() -> None:
    doc, table = marked("[Norland] told [the Melk Courier] that [Sudmark] lies. [Norland] blamed [the Melk Courier].")
    who = Mentions((table.actors[0], replace(table.actors[1], sector="JRN"), table.actors[2]))
    told = statement(doc, table, "Norland", "told", "Sudmark lies", "ACCUSE")
    aimed = {m.actor for c in candidates.of_statement(doc, who, told) for m in c.recipients}
    assert aimed == {table.actors[2].id}
    blamed = statement(doc, table, "Norland", "blamed", "the Melk Courier", "ACCUSE")
    assert table.actors[1].id in {m.actor for c in candidates.of_statement(doc, who, blamed) for m in c.recipients}


def test_foreign_officials_are_not_one_s_own() -> None:
    minister = Actor("a1", "Noor", "person", country="RUR", sector="GOV")
    groups = [Actor("a2", name, "population", sector="GOV") for name in ("foreign officials", "senior officials")]
    assert [Mentions((minister, group)).same_side("a1", "a2") for group in groups] == [False, True]


def test_the_speaker_and_whom_he_blames() -> None:
    doc, table = marked("[Minister Noor] accused [Ostmark] of arming smugglers.")
    said = statement(doc, table, "Minister Noor", "accused", "of arming smugglers", "ACCUSE")
    made = [c for c in candidates.find(doc, Mentions(table.actors), [said]) if c.kind == "statement"]
    assert made[0].actors[0].actor == "a1"
    assert [m.actor for m in made[0].recipients] == ["a2"]
    assert any(not c.recipients for c in made), "nobody named is tried too"


def test_a_statement_that_only_informs_is_tried_for_a_codebook_of_one_s_own_alone() -> None:
    doc, table = marked("[Minister Noor] told [Ostmark] that the harvest had been good.")
    said = statement(doc, table, "Minister Noor", "told", "the harvest had been good", "STATE")
    for informing in (True, False):
        made = candidates.find(doc, Mentions(table.actors), [said], informing=informing)
        assert any(c.kind == "statement" for c in made) is informing
        assert not any(c.kind == "verb" and not c.recipients for c in made), "the cue is no act beside the statement"


def test_all_whom_a_source_names_do_what_is_done_by_saying() -> None:
    doc, table = marked("[Norland] and [Sudmark] said [Ostmark] armed smugglers.")
    said = statement(doc, table, "Norland", "said", "Ostmark armed smugglers", "ACCUSE")
    both = replace(said, source=doc.span(0, len("Norland and Sudmark")))
    for one, who in ((both, ["Norland", "Sudmark"]), (said, ["Norland"])):
        made = list(candidates.of_statement(doc, Mentions(table.actors), one))
        assert {tuple(named(table, tuple(m.actor for m in c.actors))) for c in made} == {tuple(who)}
        assert ["Ostmark"] in [named(table, tuple(m.actor for m in c.recipients)) for c in made]


def test_who_speaks_with_another_is_not_spoken_to_by_him() -> None:
    doc, table = marked("[Norland] and [Sudmark] signed. [Norland] and [Sudmark|Sudmark] said the road would be built.")
    both = statement(doc, table, "Norland", "said", "the road would be built", "SUPPORT")
    at = doc.text.index("signed.") + len("signed. ")
    both = replace(both, source=doc.span(at, at + len("Norland and Sudmark")))
    made = list(candidates.of_statement(doc, Mentions(table.actors), both))
    assert made and not any(m.actor in {a.actor for a in c.actors} for c in made for m in c.recipients)


def test_it_that_stands_for_what_follows_is_nobody() -> None:
    made = found("[Officials] wrote to [Norland], making [it|Sudmark] clear that talks would end.")
    assert ["Sudmark"] not in [r for _, _, r, _ in made]


def test_what_is_told_in_a_statement_is_claimed() -> None:
    doc, table = marked("[Minister Noor] said [Ostmark] bombed [the bridge guards].")
    said = statement(doc, table, "Minister Noor", "said", "Ostmark bombed the bridge guards", "STATE")
    made = [
        c for c in candidates.find(doc, Mentions(table.actors), [said]) if c.predicate and c.predicate.lemma_ == "bomb"
    ]
    assert made and all(c.claimed and c.statement is said for c in made)


def test_force_against_oneself_is_no_act_on_others() -> None:
    assert not found("[The veterans] were killing themselves more often than [civilians].")
    assert found("[The rebels] were killing [civilians].")


def test_marks_stand_at_the_mentions() -> None:
    doc, table = marked("[Rebels] attacked [a convoy].")
    (made,) = [c for c in candidates.find(doc, Mentions(table.actors), ()) if c.kind == "verb"]
    assert made.marked(doc.text) == "<s>Rebels</s> attacked <t>a convoy</t>."


WORDS = ["[Rebels]", "[the army]", "[Norland]", "attacked", "met", "was killed by", "and", "said", "with", "talks", ".", "in Melk", "\n\n", "condemned", "’s", "“no”"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
def test_candidates_lie_in_the_text(parts: list[str]) -> None:
    doc, table = marked(" ".join(parts))
    for c in candidates.find(doc, Mentions(table.actors), ()):
        assert 0 <= c.start < c.end <= len(doc.text)
        assert c.actors or c.recipients
        assert not {m.actor for m in c.actors} & {m.actor for m in c.recipients}
        text = c.marked(doc.text)
        assert text.count("<s>") == text.count("</s>") and text.count("<t>") == text.count("</t>")


def test_a_rebel_without_a_group_is_of_the_only_one_named() -> None:
    person = Actor("a1", "Marek Vol", "person", country="RUR", sector="REB")
    group = Actor("a2", "Valley Front", "armed group", country="RUR", sector="REB", registry_id="front")
    other = Actor("a3", "Hill Front", "armed group", country="RUR", sector="REB", registry_id="hill")
    assert Mentions((person, group)).same_side("a1", "a2")
    assert not Mentions((person, group, other)).same_side("a1", "a2")


def test_a_group_with_the_speaker_s_own_side_is_nobody_spoken_to() -> None:
    doc, table = marked("[Minister Noor] told [both|both] that aid is late. [Norland] waits.")
    noor, both, norland = table.actors
    own = replace(noor, kind="person", affiliation=norland.id)
    made = statement(doc, table, "Minister Noor", "told", "aid is late", "STATE")
    for members, spoken_to in (((norland.id, "a9"), False), ((), True)):
        mentions = Mentions((own, replace(both, members=members), norland))
        found = candidates.of_statement(doc, mentions, made)
        assert any(m.actor == both.id for c in found for m in c.recipients) is spoken_to


def test_a_verb_of_no_list_needs_both_sides() -> None:
    assert ("outwit", ["Norland"], ["Sudmark"], set()) in found("[Norland] outwitted [Sudmark] at the river.")
    assert not found("[Norland] outwitted everybody at the river.")


def test_a_second_recipient_is_another_candidate() -> None:
    pairs = [(a, r) for lemma, a, r, _ in found("[Norland] accused [Sudmark] over [the miners].") if lemma == "accuse"]
    assert pairs == [(["Norland"], ["Sudmark"]), (["Norland"], ["the miners"])]


def test_whom_the_article_speaks_of_most_is_tried_for_a_statement() -> None:
    text = (
        "[Norland] and [Sudmark] quarrel about the river. [Sudmark] built a dam. Farmers of [Sudmark] are glad. "
        "[Ostmark] is silent, [Westmark] too, [the envoy] waits. The foreign minister of [Norland] said the work was a crime."
    )
    doc, table = marked(text)
    said = statement(doc, table, "Norland", "said", "the work was a crime", "ACCUSE")
    tried = [
        named(table, tuple(m.actor for m in c.recipients))
        for c in candidates.of_statement(doc, Mentions(table.actors), said)
    ]
    assert ["Sudmark"] in tried and [] in tried


def test_an_accident_is_nobodys_deed() -> None:
    assert not [f for f in found("[Two soldiers] were killed in a helicopter crash on Monday.") if f[0] == "kill"]
    assert [f for f in found("[Two soldiers] were killed in an ambush on Monday.") if f[0] == "kill"]


def test_what_a_vehicle_or_lightning_did_is_nobodys_deed() -> None:
    for text in ("[Two villagers] were hit by a car in Melk.", "[A farmer] was killed by lightning on Monday."):
        assert not [f for f in found(text) if f[0] in ("hit", "kill")], text
    for text in ("[Two villagers] were hit by a car bomb in Melk.", "[Two villagers] were hit in a car by gunfire."):
        assert [f for f in found(text) if f[0] == "hit"], text


def test_who_only_listens_and_what_only_stands_there_is_nobody_acted_on() -> None:
    assert [r for lemma, _, r, _ in found("[The mayor] thanked [the crowd].") if lemma == "thank"] == [[]]
    assert [r for lemma, _, r, _ in found("[The miners] marched on [the capitol].") if lemma == "march"] == [[]]
    assert [r for lemma, _, r, _ in found("[Rebels] attacked [the capitol].") if lemma == "attack"] == [["the capitol"]]


@pytest.mark.parametrize(
    ("text", "content", "act"),
    [
        ("[The minister|Norland] said [he|Norland] will not support any plan by [Sudmark] that harms [Ostmark].",
         "he will not support any plan by Sudmark that harms Ostmark", "REJECT"),
        ("[The minister|Norland] said [he|Norland] expects steps from [Sudmark] before [Ostmark] votes.",
         "he expects steps from Sudmark before Ostmark votes", "REQUEST"),
    ],
)  # fmt: skip
def test_what_the_words_said_do_names_the_act_and_whom_it_is_aimed_at(text: str, content: str, act: str) -> None:
    doc, table = marked(text)
    said = statement(doc, table, "Norland", "said", content, act)
    first = next(iter(candidates.of_statement(doc, Mentions(table.actors), said)))
    assert act in triggers.types(first.triggers)
    assert named(table, tuple(m.actor for m in first.recipients)) == ["Sudmark"]


def test_overlapping_windows_are_read_as_one_as_far_as_its_length_allows() -> None:
    shared = candidates.windows([(0, 100), (40, 90), (80, 300), (300, 400), (380, 950), (960, 1000)])
    assert shared[(0, 100)] == shared[(40, 90)] == shared[(80, 300)] == (0, 300)
    assert shared[(300, 400)] == (300, 400)  # it touches the one before, and with the one after it would be too long
    assert shared[(380, 950)] == (380, 950)
    assert shared[(960, 1000)] == (960, 1000)


def test_one_s_own_side_acts_on_him_only_where_it_parts_with_him() -> None:
    doc, table = marked("[Gall] was expelled from [the league] in May, and [the league] blamed [Gall].")
    member = replace(table.actors[0], kind="person", affiliation=table.actors[1].id)
    made = candidates.find(doc, Mentions((member, table.actors[1])), ())
    assert {c.predicate.lemma_: len(c.recipients) for c in made if c.predicate} == {"expel": 1, "blame": 0}


def test_who_does_what_is_told_is_tried_before_whom_it_befalls() -> None:
    text = "[Norland] said [the coast] was sold out by [the premier]."
    doc, table = marked(text)
    made = statement(doc, table, "Norland", "said", "the coast was sold out by the premier", "ACCUSE")
    tried = [
        named(table, tuple(m.actor for m in c.recipients))
        for c in candidates.find(doc, Mentions(table.actors), (made,))
        if c.kind == "statement"
    ]
    assert tried[0] == ["the premier"]


def test_a_crowd_s_march_or_a_house_of_prayer_is_nobody_spoken_to() -> None:
    _, table = marked(
        "[closing mosques|closing mosques] and [teacher protests|teacher protests] and [closing factories]"
    )
    kinds = tuple(replace(a, kind="organisation") for a in table.actors)
    assert all(Mentions(kinds).scenery(a.id) for a in kinds)


def test_the_word_of_a_cue_that_says_what_is_done_is_its_verb() -> None:
    doc, table = marked("[Norland] has accused [Sudmark] of theft.")
    made = statement(doc, table, "Norland", "has accused", "theft", "ACCUSE")
    (first, *_) = candidates.of_statement(doc, Mentions(table.actors), made)
    assert first.predicate is not None and first.predicate.text == "accused"
    assert "ACCUSE" in triggers.types(first.triggers)


def test_who_runs_against_somebody_does_nothing_to_him() -> None:
    who = ({"kind": "person"}, {"kind": "person"})

    def tried(text: str) -> set[str]:
        doc, table = marked(text)
        people = tuple(replace(a, **told) for a, told in zip(table.actors, who, strict=True))  # type: ignore[arg-type]
        made = candidates.find(doc, Mentions(people), ())
        return {c.predicate.lemma_ for c in made if c.predicate is not None and c.recipients}

    assert "challenge" not in tried("[Holt], who is challenging [Senator Finch] in Norland, is a lawyer.")
    assert "run" not in tried("[Holt] is running against [Governor Emmet] this year.")
    assert "take" not in tried("[Holt], who is taking on [Senator Finch] in Norland, is a lawyer.")
    assert "challenge" in tried("[Holt] challenged [Senator Finch] over his taxes.")
    assert "challenge" in tried("[Holt] challenged [Senator Finch] to a debate.")


def test_who_says_that_he_is_not_guilty_admits_nothing() -> None:
    assert not any(c[0] == "plead" for c in found("[The mayor] pleaded not guilty on Monday."))
    assert not any(c[0] == "plea" for c in found("[The mayor] entered a plea of not guilty on Monday."))
    assert any(c[0] == "plead" for c in found("[The mayor] pleaded guilty on Monday."))


def test_a_statement_that_keeps_what_is_asked_to_itself_refuses_nothing() -> None:
    doc, table = marked("[Brandt] declined to say whether the talks had failed.")
    made = statement(doc, table, "Brandt", "declined", "say whether the talks had failed", "REJECT")
    assert not list(candidates.of_statement(doc, Mentions(table.actors), made))


def test_people_who_are_but_sent_are_not_acted_on() -> None:
    doc, table = marked("[Norland] sent [additional doctors]. [Norland] sent [the boatmen] back to sea.")
    people = (table.actors[0], *(replace(a, kind="population") for a in table.actors[1:]))
    made = [c for c in candidates.find(doc, Mentions(people), ()) if c.kind == "verb"]
    assert not any(m.actor == "a2" for c in made for m in c.recipients)


def test_officials_of_two_states_are_both_sides() -> None:
    doc, table = marked("[Officials] from [Norland] and [Ostmark] condemned [Ruritania].")
    who = (replace(table.actors[0], kind="population", sector="GOV"), *table.actors[1:])
    verb = next(c for c in candidates.find(doc, Mentions(who), ()) if c.kind == "verb")
    assert named(table, tuple(m.actor for m in verb.actors)) == ["Officials", "Ostmark"]
    people = (replace(who[0], sector="CVL"), *who[1:])
    verb = next(c for c in candidates.find(doc, Mentions(people), ()) if c.kind == "verb")
    assert named(table, tuple(m.actor for m in verb.actors)) == ["Officials"]


@pytest.mark.parametrize(
    ("text", "lemma", "actors"),
    [
        ("[Three ministers] issued statements condemning [Ruritania].", "condemn", ["Three ministers"]),
        ("[Norland] released a video that accuses [Ruritania] of lies.", "accuse", ["Norland"]),
        ("A letter from [the envoys] urging [Ruritania] to leave was read.", "urge", ["the envoys"]),
        ("The letter urging [Ruritania] to leave was signed by [the envoys].", "urge", ["the envoys"]),
        ("[The mayor] signed a letter calling on [the premier] to resign.", "call", ["The mayor"]),
        ("[Norland] sent troops condemning [Ruritania].", "condemn", []),
    ],
)
def test_who_gives_out_a_writing_says_what_it_says(text: str, lemma: str, actors: list[str]) -> None:
    assert [c[1] for c in found(text) if c[0] == lemma and c[1]] == ([actors] if actors else [])


def test_who_is_come_to_the_aid_of_gives_none() -> None:
    made = found("[The envoys] came to [Norland]'s aid. [Norland]'s aid reached [the islands].")
    assert [c[1] for c in made if c[0] == "aid"] == [["Norland"]], "only the second is its own"
    assert any(c[0] == "come" and c[1:3] == (["The envoys"], ["Norland"]) for c in made)


def test_what_somebody_feels_at_another_is_no_act_of_that_one() -> None:
    assert not found("[The premier]'s words angered [the envoys].")


def test_captives_are_freed_by_both_who_swap_them() -> None:
    made = found("[Norland] swapped [two hostages] for three of [the monks] held by [the rebels].")
    assert [f[1:3] for f in made if f[0] == "swap"] == [
        (["Norland"], ["two hostages"]),
        (["the rebels"], ["the monks"]),
    ]
    assert len([f for f in found("[Norland] swapped [two hostages] for three monks.") if f[0] == "swap"]) == 1


def test_what_is_ruled_out_may_be_a_guess() -> None:
    assert not [f for f in found("[Norland] ruled out [Ostmark] involvement in the crash.") if f[0] == "rule"]
    assert [f for f in found("[Norland] ruled out talks with [Ostmark].") if f[0] == "rule"]
