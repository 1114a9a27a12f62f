"""Whom a pronoun means. Sentences of our own."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from resolved import actors_of, named

from dateline import actors, language
from dateline.actors import coref
from dateline.model import Actor


def _meant(text: str, word: str, nth: int = 0) -> Actor | None:
    """The actor whom the nth `word` of a text means."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(f"{word} ", at + 1)
    actors = actors_of(text)
    return next((a for a in actors.actors if any(s.start == at for s in a.mentions)), None)


def _name(text: str, word: str, nth: int = 0) -> str | None:
    found = _meant(text, word, nth)
    return found.name if found is not None else None


def test_who_spoke_a_long_quotation_goes_on_speaking() -> None:
    text = (
        '"Lars Holm does not see it," said Bo Ekmark, who ran the office. "He is wrong. First, the mill burned. Then the road '
        'was closed. Nobody knows why."\n\nHe argued that the town was safe.'
    )
    assert _name(text, "He", 1) == "Bo Ekmark"


def test_who_does_something_to_him_is_another() -> None:
    assert (
        _name("After Bo Ekmark hinted that Lars Holm was tired, Holm contradicted him at once.", "him") == "Bo Ekmark"
    )


@pytest.mark.parametrize("opening", ["As he has before, ", "In his second letter, "])
def test_a_pronoun_before_the_subject_means_it(opening: str) -> None:
    text = f"Bo Ekmark resigned on Monday. {opening}Lars Holm praised the mill."
    assert _name(text, opening.split()[1]) == "Lars Holm"


def test_something_belongs_to_who_does_what_its_clause_tells() -> None:
    assert _name("Bo Ekmark said he was certain that Lars Holm brought his young son with him.", "his") == "Lars Holm"
    assert _name("Lars Holm spoke of a soldier who pledged his life to the flag.", "his") != "Lars Holm"


def test_a_sentence_goes_on_with_the_subject_of_the_one_before() -> None:
    assert _name("Bo Ekmark pledged that Lars Holm was in favour of the road. He also spoke of the wall.", "He") == (
        "Bo Ekmark"
    )


def test_it_after_a_deal_is_the_deal() -> None:
    assert _meant("A trade deal with Peru was meant to be small. But it may grow.", "it") is None
    assert _meant("Peru wrote on Monday. It started when a bridge fell.", "It") is None
    assert named(actors_of("Peru wrote on Monday. But it may pay."), "it").name == "Peru"


def test_who_is_named_beside_the_subject_goes_on_speaking() -> None:
    text = (
        "Lars Holm said the army would go on.\n\nThe head of the delegation, Bo Ekmark, urged Peru to write. He said the "
        "delegation would not wait."
    )
    assert _name(text, "He") == "Bo Ekmark"


def test_who_is_told_of_in_the_words_said_does_not_go_on_speaking() -> None:
    text = (
        '"Lars Holm does not understand the first thing about the valley," said Bo Ekmark, who was coordinator for the valley at '
        'the ministry from 2009 to 2012. "He is ignorant. First of all, Gale was clearly radicalized in Halden. While he appears to '
        "have once signaled his support for them in the midst of this attack, there is no evidence whatsoever that there is any "
        'deeper relationship involving command and control from the hills."\n\nHe argued that the rebels are in retreat.'
    )
    assert _name(text, "He", 1) == "Bo Ekmark"


def test_who_is_told_something_is_not_who_tells_it() -> None:
    text = (
        "Lars Holm asked Bo Ekmark how high a dam would be.\n\n"
        '"It could be ten metres. That is a good height," he told Holm, to cheers from the crowd.'
    )
    assert _name(text, "he") == "Bo Ekmark"


def test_two_subjects_of_one_verb_may_be_one() -> None:
    """As the parser may misread "Holm, who brags he has held": the verb has two subjects, and no object."""
    seen = SimpleNamespace(
        dep=["nsubj", "nsubj", "ROOT", "dobj"], head=[2, 2, 2, 2], lower=["holm", "he", "held", "ekmark"],
        pos=["PROPN", "PRON", "VERB", "PROPN"],
    )  # fmt: skip
    book = SimpleNamespace(seen=seen)
    assert not coref._same_verb(book, 1, 0)
    assert coref._same_verb(book, 1, 3)


def test_a_pronoun_left_open_is_nobody_of_the_other_gender() -> None:
    text = (
        "Ann Marlowe lost her seat in Halden. The Halden Post barely mentioned the remarks of Marlowe.\n\nNorfield News’ Gale "
        "Ekmark noticed that nobody cut away for Marlowe. He commented that the silence was long."
    )
    doc = language.load().parse_text(text)
    known = actors.find(doc)
    woman = next(a for a in known.actors if a.name == "Ann Marlowe")
    at = text.index("He ")
    assert known.refer(doc, at, at + 2)[1] != woman.id


def test_a_last_name_spelled_like_an_auxiliary_is_a_name() -> None:
    text = (
        "Barely anybody agreed with the columnist Henry Will on Monday. Will said that the town should sell the mill."
    )
    doc = language.load().parse_text(text)
    at = text.index("Will said")
    grown, who = actors.find(doc).refer(doc, at, at + 4)
    named = grown.get(who) if who is not None else None
    assert named is not None and named.name == "Henry Will"
