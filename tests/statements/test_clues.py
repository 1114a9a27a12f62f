"""What the words of a statement say of its act, on parsed sentences: how a cue goes on, and what the speaker's side will do."""

from __future__ import annotations

import pytest

from dateline import actors, language
from dateline.language import Doc
from dateline.statements import clues

SPEAKER = "Foreign Minister Ilse Brandt of Norland"


def parsed(sentence: str, cue: str, content: str) -> tuple[Doc, tuple[int, int], list[tuple[int, int]]]:
    doc = language.load().parse_text(sentence)
    at, said = sentence.index(cue), sentence.index(content)
    return doc, (at, at + len(cue)), [(said, said + len(content))]


def acts(sentence: str, cue: str, content: str) -> tuple[str, ...] | None:
    doc, at, said = parsed(sentence, cue, content)
    word = next(t for t in reversed(doc.tokens(*at)) if t.pos_ in ("VERB", "NOUN"))
    return clues.of_cue(word, list(doc.tokens(*at)), list(doc.tokens(*said[0])))


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "expected"),
    [
        ("Brandt wants to visit the valley.", "wants", "to visit the valley", ("STATE",)),
        ("Brandt wants the rebels to leave the valley.", "wants", "the rebels to leave the valley", ("REQUEST",)),
        ("Brandt warned the rebels to leave the valley.", "warned", "the rebels to leave the valley", ("REQUEST",)),
        ("Brandt prayed the court to free the rebels.", "prayed", "the court to free the rebels", ("REQUEST",)),
        ("Brandt warned that the harvest would be poor.", "warned", "that the harvest would be poor", ()),
        ("Brandt called the envoy a charlatan.", "called", "the envoy a charlatan", ()),
        ("Brandt called for an end of the raids.", "called", "for an end of the raids", ("REQUEST",)),
        ("Brandt called on Sudland to open the border.", "called", "on Sudland to open the border", ("REQUEST",)),
        ("Brandt suggested that the rebels had left.", "suggested", "that the rebels had left", ()),
        ("Brandt suggested that the rebels should leave.", "suggested", "that the rebels should leave", ("REQUEST",)),
        ("Brandt agreed that the talks were hard.", "agreed", "that the talks were hard", ()),
        ("Brandt agreed to open the border.", "agreed", "to open the border", ("AGREE",)),
        ("Brandt denied that the army had fired.", "denied", "that the army had fired", ("STATE",)),
        ("Brandt denied Sudland's accusations of fraud.", "denied", "Sudland's accusations of fraud", ("REJECT",)),
        ("Brandt vowed not to sign the treaty.", "vowed", "not to sign the treaty", ("REJECT",)),
        ("Brandt did not endorse the plan.", "did not endorse", "the plan", ("REJECT",)),
        ("Brandt did not reject the plan.", "did not reject", "the plan", ()),
        ("Brandt regretted her own words.", "regretted", "her own words", ("CONCEDE",)),
        ("Brandt backed off her plan.", "backed", "her plan", ("CONCEDE",)),
        ("Brandt turned down the offer.", "turned", "the offer", ("REJECT",)),
        ("Brandt turned the page.", "turned", "the page", None),
        ("Brandt regretted the raid.", "regretted", "the raid", ("ACCUSE",)),
    ],
)
def test_how_a_cue_goes_on_tells_its_act(sentence: str, cue: str, content: str, expected: tuple[str, ...]) -> None:
    assert acts(sentence, cue, content) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Norland would open the border on Monday", ("AGREE",)),
        ("she would ease the curfew on Monday", ("CONCEDE",)),
        ("we will retaliate within a week", ("THREATEN",)),
        ("Norland would open the border if the raids stopped", ()),
        ("Norland would be glad of an answer", ()),
        ("Sudland would open the border on Monday", ()),
        ("Norland has no plans to open the border", ("REJECT",)),
        ("she was not ready to open the border", ("REJECT",)),
        ("Sudland has no plans to open the border", ()),
    ],
)
def test_what_the_side_of_the_speaker_will_do(content: str, expected: tuple[str, ...]) -> None:
    sentence = f"{SPEAKER} said {content}."
    doc, _, said = parsed(sentence, "said", content)
    own = clues.whose(actors.find(doc), (0, len(SPEAKER)), "indirect")
    assert (*clues.announcing(clues.promised(doc, said, own)), *clues.unwilling(doc, said, own)) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("the onus is on Sudland to disarm the rebels", ("REQUEST",)),
        ("the burden rests with the rebels", ("REQUEST",)),
        ("the onus is on Norland to answer", ()),
        ("the burden is heavy on a winter day", ()),
        ("she would defend its borders", ("THREATEN",)),
        ("Norland would protect itself", ("THREATEN",)),
        ("Norland would protect the witnesses", ()),
        ("Sudland would defend its borders", ()),
    ],
)
def test_a_duty_of_others_is_asked_for_and_one_s_own_defended_against_them(
    content: str, expected: tuple[str, ...]
) -> None:
    doc, _, said = parsed(f"{SPEAKER} said {content}.", "said", content)
    known = actors.find(doc)
    own = clues.whose(known, (0, len(SPEAKER)), "indirect")
    assert (*clues.owed(doc, known, said, own), *clues.guarding(clues.promised(doc, said, own))) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Sudland broke the truce", ("ACCUSE",)),
        ("Sudland sought to shift the blame onto its neighbours", ("ACCUSE",)),
        ("Sudland did not break the truce", ()),
        ("Norland broke the truce", ()),
        ("the day broke over the valley, as Sudland failed to answer", ()),
    ],
)
def test_who_tells_what_others_do_amiss_accuses_them(content: str, expected: tuple[str, ...]) -> None:
    doc, _, said = parsed(f"{SPEAKER} said {content}.", "said", content)
    known = actors.find(doc)
    assert clues.faulted(doc, known, said, clues.whose(known, (0, len(SPEAKER)), "indirect")) == expected


def test_in_a_quotation_others_are_they() -> None:
    content = "They will open the border on Monday"
    doc, _, said = parsed(f"“{content},” {SPEAKER} said.", "said", content)
    start = doc.text.index(SPEAKER)
    known, source = actors.find(doc), (start, start + len(SPEAKER))
    assert clues.announcing(clues.promised(doc, said, clues.whose(known, source, "direct"))) == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [("that we will answer every shot", ("THREATEN",)), ("that the rebels will answer every shot", ())],
)
def test_a_warning_of_what_one_will_do_oneself_threatens(content: str, expected: tuple[str, ...]) -> None:
    doc, at, said = parsed(f"{SPEAKER} warned {content}.", "warned", content)
    own = clues.whose(actors.find(doc), (0, len(SPEAKER)), "indirect")
    assert clues.threatening(doc, doc.tokens(*at)[0], said, own) == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("I want to thank the crew for their work", ("SUPPORT",)),
        ("I want to see the crew", ()),
        ("We urge the rebels to leave", ("REQUEST",)),
    ],
)
def test_what_one_wishes_to_do_by_speaking_is_done(content: str, expected: tuple[str, ...]) -> None:
    doc, _, said = parsed(f"“{content},” {SPEAKER} said.", "said", content)
    assert clues.performing(doc, said)[1] == expected


@pytest.mark.parametrize(
    ("content", "of_thing"),
    [
        ("the talks reached no outcome", True),
        ("France reached no outcome", False),
        ("it reached no outcome", False),
    ],
)
def test_what_begins_with_a_thing_is_no_will(content: str, of_thing: bool) -> None:
    doc, _, said = parsed(f"{SPEAKER} said {content}, as did France.", "said", content)
    assert clues.of_thing(doc, actors.find(doc), said) is of_thing
