"""Names that are days or towns, adjectives in a list, and names with a possessive in them."""

from __future__ import annotations

from dateline import actors, language
from dateline.model import Actor, Article


def found(text: str) -> dict[str, Actor]:
    who = actors.find(language.load().parse(Article("x", "x", text)))
    return {a.name: a for a in who.actors}


def test_a_day_is_no_group_of_that_name() -> None:
    assert "November 17" not in found("The minister suspended the talks on November 17.")


def test_a_town_taken_for_a_body_is_no_actor() -> None:
    text = "The Colombian government and the Revolutionary Armed Forces of Colombia formally opened peace talks in Hurdal on Thursday."
    assert "Hurdal" not in found(text)


def test_adjectives_in_a_list_each_name_their_state() -> None:
    who = found("Russian and Ukrainian negotiators met in Istanbul on Tuesday.")
    assert {a.country for a in who.values()} == {"RUS", "UKR"}
    assert all(a.kind == "government" for a in who.values())


def test_a_registered_name_with_a_possessive_in_it() -> None:
    who = found("Delegates of the Lord's Resistance Army and the government met in Juba.")
    assert who["Lord's Resistance Army"].kind == "armed group"
    assert found("Afghanistan's army advanced.").keys() == {"Afghanistan's army"}


def test_a_day_after_a_noun_for_a_body_is_no_name_of_it() -> None:
    assert "Tuesday" not in found(
        "The interview will be shown on the Northern network Tuesday night, the minister said."
    )


def test_a_title_in_a_headline_is_not_named_by_the_next_words() -> None:
    assert "Not To" not in found("Senator Maren Told A Female Reporter Not To ‘Moan’ About The Vote")


def test_a_word_that_opens_the_sentence_is_no_part_of_a_name() -> None:
    who = found("The vote was lost. Key Security Council powers distanced themselves from the decision.")
    assert "Key Security Council" not in who and "Security Council" in who
