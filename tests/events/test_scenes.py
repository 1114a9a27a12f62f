"""Where speakers stand: one utterance placed places the others of its speaker on that occasion."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hands import marked, statement

from dateline import dates, places
from dateline.events import candidates, when
from dateline.events.find import _place
from dateline.events.mentions import Mentions
from dateline.events.scenes import Scenes

DAY = datetime.date(2025, 11, 8)


def where(text: str, *said: tuple[str, str, str], **article: object) -> list[str | None]:
    """The place of each (speaker, cue, content), as the text names it."""
    doc, table = marked(text, **article)
    found = places.find(doc)
    made = [statement(doc, table, *one, "REQUEST", number) for number, one in enumerate(said, 1)]
    mentions, named = Mentions(table.actors), dates.find(doc)
    scenes = Scenes(doc, mentions, found, named, made, when.occasions_of(doc, mentions, named, made))
    by = {p.id: p.name for p in found}
    out = []
    for s in made:
        assert s.cue is not None
        got = scenes.place(s.speaker, s.cue.start, s.content[-1].end, s.cue.start, s.content)
        out.append(by[got] if got else None)
    return out


@pytest.mark.parametrize(
    ("text", "cue", "content", "place"),
    [
        ("[Orlan] said in Geneva that the truce holds.", "said", "the truce holds", "Geneva"),
        ("[Orlan], visiting Geneva, urged both sides to talk.", "urged", "both sides to talk", "Geneva"),
        ("[Orlan] told reporters covering the summit in Geneva that aid is late.", "told", "aid is late", "Geneva"),
        ("[Orlan] told a rally in Geneva that aid is late.", "told", "aid is late", "Geneva"),
        ("Speaking at a forum in Geneva, [Orlan] warned that aid is late.", "warned", "aid is late", "Geneva"),
        ("[Orlan] said that the attack in Geneva was vile.", "said", "the attack in Geneva was vile", None),
        ("[Orlan] condemned the attack in Geneva.", "condemned", "the attack in Geneva", None),
        ("[Orlan], who will hold talks in Geneva, said that aid is late.", "said", "aid is late", None),
        ("[Orlan] lashed out at Turkey.", "lashed", "Turkey", None),
        ("[Orlan] told a Geneva audience that aid is late.", "told", "that aid is late", "Geneva"),
        (
            "[Orlan] said Maro was the head of the gang on Friday at a Geneva rally.",
            "said",
            "Maro was the head of the gang",
            "Geneva",
        ),
    ],
)
def test_one_sentence(text: str, cue: str, content: str, place: str | None) -> None:
    assert where(text, ("Orlan", cue, content)) == [place]


def test_a_speech_holds_for_all_that_its_speaker_says() -> None:
    text = "[Orlan] demanded a truce. In a speech in Geneva, [he|Orlan] said aid is late. [Maro] urged calm."
    said = (("Orlan", "demanded", "a truce"), ("Orlan", "said", "aid is late"), ("Maro", "urged", "calm"))
    assert where(text, *said) == ["Geneva", "Geneva", None]


def test_another_day_is_another_occasion() -> None:
    text = "Speaking at a rally in Geneva on Wednesday, [Orlan] demanded a truce. On Thursday [Orlan] urged calm."
    said = (("Orlan", "demanded", "a truce"), ("Orlan", "urged", "calm"))
    assert where(text, *said, published=DAY) == ["Geneva", None]


def test_what_is_written_or_told_to_a_paper_is_not_of_the_speaker_s_last_scene() -> None:
    text = (
        "[Orlan] told a rally in Geneva that aid is late. [He|Orlan] tweeted that funds are low. In a statement, "
        "[he|Orlan] said that no one helps. [He|Orlan] appealed for the release of two men."
    )
    said = (
        ("Orlan", "told", "that aid is late"), ("Orlan", "tweeted", "that funds are low"), ("Orlan", "said", "that no one helps"),
        ("Orlan", "appealed", "the release of two men"),
    )  # fmt: skip
    assert where(text, *said) == ["Geneva", None, None, "Geneva"]
    doc, table = marked(
        "[Orlan] told a rally in Geneva that aid is late. [He|Orlan] told [the Melk Herald] that funds are low."
    )
    table = replace(table, actors=tuple(replace(a, kind="media") if "Herald" in a.name else a for a in table.actors))
    found = places.find(doc)
    made = [
        statement(doc, table, "Orlan", "told a rally", "aid is late", "ACCUSE"),
        statement(doc, table, "Orlan", "told the", "funds are low", "ACCUSE", 2),
    ]
    scenes = Scenes(doc, Mentions(table.actors), found, (), made)
    at = doc.text.index("told the")
    assert scenes.place(made[1].speaker, at, len(doc.text), at, made[1].content) is None


@pytest.mark.parametrize(
    ("later", "cue", "said", "place"),
    [
        ("[He|Orlan] said that funds are low.", "said", "funds are low", "Geneva"),
        ("[He|Orlan] has demanded more funds.", "demanded", "more funds", None),
        ("Months ago [he|Orlan] demanded more funds.", "demanded", "more funds", None),
        ("[He|Orlan] had demanded more funds.", "demanded", "more funds", None),
        ("[He|Orlan] sent out a letter demanding more funds.", "demanding", "more funds", None),
        ("“[We|Orlan] demand more funds,” the statement said.", "said", "demand more funds", None),
    ],
)
def test_what_was_said_at_some_time_or_in_writing_is_of_no_scene(
    later: str, cue: str, said: str, place: str | None
) -> None:
    text = f"Snow fell.\n\nRoads are shut.\n\n[Orlan] told a rally in Geneva that aid is late. {later}"
    doc, table = marked(text, published=DAY)
    found = places.find(doc)
    first = statement(doc, table, "Orlan", "told", "aid is late", "ACCUSE")
    second = statement(doc, table, "Orlan", cue, said, "REQUEST", 2)
    at = doc.text.rindex(cue)
    second = replace(second, cue=doc.span(at, at + len(cue)))
    scenes = Scenes(doc, Mentions(table.actors), found, dates.find(doc), [first, second])
    got = scenes.place(second.speaker, at, len(doc.text), at, second.content)
    assert (got is not None) == (place is not None)


def test_what_is_said_on_the_air_is_of_no_scene_before() -> None:
    doc, table = marked(
        "[Orlan] told a rally in Geneva that aid is late. [He|Orlan] said on [Melk Radio]'s morning show that funds are low."
    )
    table = replace(table, actors=tuple(replace(a, kind="media") if "Radio" in a.name else a for a in table.actors))
    found = places.find(doc)
    made = [
        statement(doc, table, "Orlan", "told", "aid is late", "ACCUSE"),
        statement(doc, table, "Orlan", "said on", "funds are low", "ACCUSE", 2),
    ]
    scenes = Scenes(doc, Mentions(table.actors), found, (), made)
    at = doc.text.index("said on")
    assert scenes.place(made[1].speaker, at, len(doc.text), at, made[1].content) is None


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("[Orlan] held a rally in Geneva. [He|Orlan] demanded more funds.", True),
        ("[Orlan] cancelled a rally in Geneva. [He|Orlan] demanded more funds.", False),
        ("In an interview ahead of a summit in Geneva, [Orlan] pleaded. [He|Orlan] demanded more funds.", False),
        ("[Orlan] faced criticism over his speech in Geneva. [He|Orlan] demanded more funds.", False),
    ],
)
def test_who_stays_away_from_an_occasion_is_not_there(text: str, there: bool) -> None:
    assert (where(text, ("Orlan", "demanded", "more funds"))[0] is not None) == there


def test_an_interview_with_another_is_another_occasion() -> None:
    text = "In an interview in Geneva, [Orlan] said aid is late. [Maro] said in an interview that calm is near."
    assert where(text, ("Orlan", "said", "aid is late"), ("Maro", "said in", "calm is near")) == ["Geneva", None]


def test_who_introduces_a_speaker_stands_where_the_speaker_does() -> None:
    text = "[Orlan] told a rally in Geneva that aid is late. [Maro] spoke as well when introducing [Orlan]. [He|Maro] urged calm."
    assert where(text, ("Orlan", "told", "aid is late"), ("Maro", "urged", "calm")) == ["Geneva", "Geneva"]


def test_what_is_told_before_a_scene_of_another_day_is_not_of_it() -> None:
    text = (
        "[Orlan] accused the bank. [He|Orlan] met reporters on Friday. "
        "Speaking at a rally in Geneva on Wednesday, [Orlan] demanded a truce."
    )
    said = (("Orlan", "accused", "the bank"), ("Orlan", "demanded", "a truce"))
    assert where(text, *said, published=DAY) == [None, "Geneva"]
    assert where(text.replace("Friday", "Wednesday"), *said, published=DAY) == ["Geneva", "Geneva"]


def test_a_day_told_of_between_parts_a_speaker_from_a_scene() -> None:
    text = (
        "[Orlan] told a rally in Geneva on Wednesday that aid is late. [He|Orlan] met reporters on Thursday. "
        "[He|Orlan] said that no one helps."
    )
    said = (("Orlan", "told", "aid is late"), ("Orlan", "said", "no one helps"))
    assert where(text, *said, published=DAY) == ["Geneva", None]
    assert where(text.replace("Thursday", "Wednesday"), *said, published=DAY) == ["Geneva", "Geneva"]


def test_what_was_done_long_before_is_of_no_scene_of_the_news() -> None:
    text = (
        "[Orlan] told a rally in Geneva that aid is late. In late May [he|Orlan] said that no one helps. "
        "[He|Orlan] deplored the raid of late May."
    )
    said = (("Orlan", "told", "aid is late"), ("Orlan", "said", "no one helps"), ("Orlan", "deplored", "the raid"))
    assert where(text, *said, published=DAY) == ["Geneva", None, "Geneva"]


def test_a_crowd_is_where_the_speaker_is_whom_it_hears() -> None:
    text = "[Orlan] told a rally in Geneva that aid is late. [The crowd] cheered the delay. [Maro] praised the wait."
    said = (
        ("Orlan", "told", "aid is late"), ("The crowd", "cheered", "the delay"), ("Maro", "praised", "the wait"),
    )  # fmt: skip
    assert where(text, *said) == ["Geneva", "Geneva", None]


def test_the_occasion_named_again_is_the_same() -> None:
    text = "[Orlan] told a security forum in Geneva that aid is late. [Maro] told the forum that calm is near."
    assert where(text, ("Orlan", "told", "aid is late"), ("Maro", "told", "calm is near")) == ["Geneva", "Geneva"]


def test_an_occasion_that_only_stands_beside_the_speaking_places_nothing() -> None:
    text = (
        "[Maro] told a security forum in Geneva that calm is near. "
        "The forum opens ahead of a ruling on a case of [Orlan] challenging the border, which [Kelda] vowed to ignore."
    )
    said = (("Maro", "told", "calm is near"), ("Kelda", "vowed", "to ignore"))
    assert where(text, *said) == ["Geneva", None]


def test_a_forum_is_where_the_text_says_not_what_it_is_called() -> None:
    text = "[Orlan] demanded a truce. [Orlan] told the Manila Dialogue, a forum in Geneva, that aid is late."
    said = (("Orlan", "demanded", "a truce"), ("Orlan", "told", "aid is late"))
    assert where(text, *said) == ["Geneva", "Geneva"]


def test_the_next_verb_of_saying_has_the_occasion() -> None:
    lead = "Snow fell. " * 5
    text = lead + "[Orlan], who once said he would quit, told friends at a Geneva rally that aid is late."
    assert where(text, ("Orlan", "said", "he would quit")) == [None]


def test_a_speech_to_come_places_nothing() -> None:
    text = "[Orlan] will give a speech in Geneva. [Orlan] urged calm."
    assert where(text, ("Orlan", "urged", "calm")) == [None]


def test_a_verbal_act_is_not_where_the_war_is_that_it_speaks_of() -> None:
    doc, table = marked("[Orlan] praised [Maro] for the talks with [Norland] over the war in Geneva.")
    found, mentions = places.find(doc), Mentions(table.actors)
    scenes = Scenes(doc, mentions, found, (), ())
    one = next(c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.lower_ == "war")
    assert _place(doc, found, scenes, one, "SUPPORT") is None
    assert _place(doc, found, scenes, one, "ASSAULT") is not None


def test_an_act_that_is_only_named_is_of_no_scene() -> None:
    def place(told: str) -> str | None:
        doc, table = marked(f"[Orlan] told a rally in Geneva that aid is late. {told}")
        found, mentions = places.find(doc), Mentions(table.actors)
        made = [statement(doc, table, "Orlan", "told", "aid is late", "ACCUSE")]
        scenes = Scenes(doc, mentions, found, (), made)
        nouns = [c for c in candidates.find(doc, mentions, ()) if c.predicate is not None]
        return _place(doc, found, scenes, next(c for c in nouns if c.predicate.lower_ == "support"), "SUPPORT")  # type: ignore[union-attr]

    assert place("[Orlan]'s support for [Maro] is old.") is None
    assert place("[Orlan] voiced support for [Maro].") is not None


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("[Farmers] plan to march at the conference.", True),
        ("[Farmers] plan to march at the convention.", False),
        ("[Maro] spoke at a forum in Vienna. [Farmers] plan to march at the conference.", False),
    ],
)
def test_an_act_at_the_only_occasion_that_the_text_places(told: str, place: bool) -> None:
    doc, table = marked(f"[Orlan] spoke at a meeting in Geneva. {told}")
    found, mentions = places.find(doc), Mentions(table.actors)
    scenes = Scenes(doc, mentions, found, (), ())
    assert (scenes.at_occasion(doc.text.index("march")) is not None) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Crowds marched in Nairobi on Monday. [Police] arrested [forty men].", "Nairobi"),
        ("Crowds marched in Nairobi on Monday, officials said. [Police] arrested [forty men].", "Nairobi"),
        ("Crowds marched in Nairobi on Monday.\n\n[Police] arrested [forty men].", None),
        ("Crowds will march in Nairobi on Monday. [Police] arrested [forty men].", None),
        ("Crowds marched in Nairobi on Monday. [Police] arrested [forty men] of Kampala.", None),
        ("[Police] freed [forty men] on Monday, a day after talks in Nairobi ended.", None),
    ],
)
def test_a_deed_is_where_the_deed_before_it_was(text: str, place: str | None) -> None:
    doc, table = marked(text)
    found, mentions = places.find(doc), Mentions(table.actors)
    scenes = Scenes(doc, mentions, found, (), ())
    verbs = [c for c in candidates.find(doc, mentions, ()) if c.predicate is not None]
    one = next(c for c in verbs if c.predicate.lower_ in ("arrested", "freed"))  # type: ignore[union-attr]
    got = _place(doc, found, scenes, one, "COERCE")
    assert next((p.name for p in found if p.id == got), None) == place
