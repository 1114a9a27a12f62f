"""Which country an actor has where an article tells of abroad, and who is the same as whom. Sentences of our own."""

from __future__ import annotations

import datetime

import pytest
from resolved import actors_of, named, parsed

from dateline.actors import find
from dateline.actors.seats import partisans


def test_an_article_full_of_the_people_of_one_state_is_not_told_from_the_land_they_speak_of() -> None:
    actors = actors_of(
        "Joe Biden became president in 2021, and Kamala Harris became vice president. Antony Blinken served under Biden. Harris had sat "
        "in the Senate with Biden's friends. Peru has sold grain since Peru's trade agreement. Lawmakers knew Blinken, Harris and Biden."
    )
    assert named(actors, "Lawmakers").country == "USA"


def test_an_article_about_a_land_and_none_of_its_people_is_told_from_there() -> None:
    actors = actors_of("Peru raised its tariffs on Monday. Lawmakers said Peru would win. Voters in Peru agreed.")
    assert named(actors, "Lawmakers").country == "PER"


def test_nominees_are_told_apart_by_their_party_and_office() -> None:
    actors = actors_of(
        "Donald Trump, Hillary Clinton and Mike Pence stood in 2016. The Republican presidential nominee was born in New York. The GOP "
        "nominee had held no office. The Democratic nominee had held two. The Republican vice presidential nominee governed Indiana.",
        published=datetime.date(2016, 9, 2),
    )
    trump, clinton, pence = (named(actors, name) for name in ("Donald Trump", "Hillary Clinton", "Mike Pence"))
    assert named(actors, "The Republican presidential nominee") is named(actors, "The GOP nominee") is trump
    assert named(actors, "The Democratic nominee") is clinton
    assert named(actors, "The Republican vice presidential nominee") is pence


def test_the_party_of_people_nobody_knows_is_told_by_the_text() -> None:
    actors = actors_of(
        "Democratic candidate Ann Lowfield spoke in Ohio on Monday. Republican candidate Bo Ekmark answered. "
        "Voters cheered.\n\nThe Democratic nominee promised new schools. The Republican nominee did not."
    )
    assert named(actors, "The Democratic nominee").name == "Ann Lowfield"
    assert named(actors, "The Republican nominee").name == "Bo Ekmark"


def test_an_office_or_a_calling_of_their_life_tells_who_is_meant() -> None:
    actors = actors_of(
        "Donald Trump and Mike Pence stood together in 2016. Hillary Clinton stood against them.\n\nVoters cheered.\n\nThe New York "
        "businessman won. The Indiana governor won, too. The Texas governor was no candidate. The former secretary of state lost.",
        published=datetime.date(2016, 9, 2),
    )
    assert named(actors, "The New York businessman").name == "Donald Trump"
    assert named(actors, "The Indiana governor").name == "Mike Pence"
    assert named(actors, "The Texas governor").name not in ("Donald Trump", "Mike Pence", "Hillary Clinton")
    assert named(actors, "The former secretary of state").name == "Hillary Clinton"


def test_every_party_of_a_politician_is_known() -> None:
    known = partisans()
    assert known["usa-mike-pence"] == ("republican", "indiana")


def test_a_state_tells_whom_it_has_elected() -> None:
    actors = actors_of(
        "Mitch McConnell, Paul Ryan and Bernie Sanders sat in the 114th Congress, and Sen. Ann Marlowe (R-Maine) did not. The Kentucky "
        "Republican led the majority. The Vermont senator sat with the Democrats. The Maine senator left. The Nevada senator came.",
        published=datetime.date(2016, 5, 3),
    )
    assert named(actors, "The Kentucky Republican").name == "Mitch McConnell"
    assert named(actors, "The Vermont senator").name == "Bernie Sanders"
    assert named(actors, "The Maine senator").name == "Ann Marlowe"
    assert named(actors, "The Nevada senator").origin == "described"


def test_the_president_is_the_head_of_the_state_told_of_and_no_deputy_or_head_of_a_bank() -> None:
    actors = actors_of(
        "President Joe Biden met Volodymyr Zelensky in Kyiv on February 20. Ann Lowfield, president of the Norfield Bank, said Biden "
        "had come by train. Vice President Kamala Harris had been in Munich. American officials said the president went on to Warsaw."
    )
    assert named(actors, "the president").name == "Joe Biden"
    actors = actors_of("Vice President Ann Lowfield spoke on Monday. Lowfield said the president would come.")
    assert named(actors, "the president").name != "Ann Lowfield"


def test_campaigns_of_two_people_are_two_and_of_one_person_are_one() -> None:
    actors = actors_of(
        "Ann Lowfield spoke on Monday, and her campaign cheered. Lowfield's campaign sent letters. Bo Ekmark left. Ekmark's campaign promised new schools."
    )
    hers, his = named(actors, "her campaign"), named(actors, "Ekmark's campaign")
    assert named(actors, "Lowfield's campaign") is hers
    assert his is not hers
    assert (hers.affiliation, his.affiliation) == (named(actors, "Ann Lowfield").id, named(actors, "Bo Ekmark").id)


def test_a_spokeswoman_for_somebody_is_not_that_person() -> None:
    actors = actors_of("A spokeswoman for Ann Lowfield said the plan was good. Lowfield left.")
    assert "A spokeswoman" not in " ".join(s.text for s in named(actors, "Ann Lowfield").mentions)


def test_names_between_dashes_and_descriptions_before_them_are_one() -> None:
    actors = actors_of("A former candidate -- Ann Lowfield, who lost -- spoke. The cleaner – Bo Ekmark – agreed.")
    assert named(actors, "A former candidate") is named(actors, "Ann Lowfield")
    assert named(actors, "Bo Ekmark").role == "cleaner"


def test_who_deals_with_a_state_is_not_of_it() -> None:
    actors = actors_of(
        "Ukraine asked for aid on Monday. Ann Lowfield, the special envoy to Ukraine, spoke. Bo Ekmark, the council's Ukraine adviser, "
        "left. Cy Holm, a Ukraine expert, stayed. Ukraine thanked them. Dan Hurst, a Ukrainian adviser, wept."
    )
    assert {named(actors, name).country for name in ("Ann Lowfield", "Bo Ekmark", "Cy Holm")} == {None}
    assert named(actors, "Dan Hurst").country == "UKR"


def test_our_country_is_the_speakers() -> None:
    actors = actors_of(
        'Peru was in the news on Monday. Peru and its grain pleased many.\n\n"Uniting our people. And uniting our nation," Joe Biden '
        "said in his inaugural address. Peru heard it."
    )
    assert named(actors, "our nation").country == "USA"


def test_his_government_is_the_rulers() -> None:
    actors = actors_of(
        "Peru was in the news on Monday, and Peru sold grain to Peru's neighbours. President Emmanuel Macron took office in May 2017, "
        "and his government did so three days later."
    )
    assert named(actors, "his government").country == "FRA"


def test_a_surname_spelled_like_a_pronoun() -> None:
    actors = actors_of("Ann Lowfield left on Monday. He Jianxiong, the former director of the bank, said so.")
    assert "He Jianxiong" in {s.text for s in named(actors, "He Jianxiong").mentions}
    assert all("He" not in {s.text for s in a.mentions} for a in actors.actors)


def test_a_nationality_before_a_title_is_no_people() -> None:
    actors = actors_of(
        "A meeting between President Donald Trump and Chinese vice-premier Liu He was held on October 11, 2019."
    )
    assert {a.name for a in actors.actors} == {"Donald Trump", "Liu He"}


def test_hostages_and_their_families_are_of_no_country_that_the_text_does_not_name() -> None:
    actors = actors_of(
        "Two hostages were released in Afghanistan on Monday. Afghanistan freed three Taliban prisoners, and Afghan police rejoiced. "
        "The families thanked Afghanistan. Protesters were sad."
    )
    assert named(actors, "Two hostages").country is None
    assert named(actors, "The families").country is None
    assert named(actors, "Protesters").country == "AFG"
    assert named(actors, "three Taliban prisoners").sector in ("REB", "GOV")
    assert named(actors, "three Taliban prisoners").sector != "CVL"


def test_the_newspaper_and_the_company_are_those_named() -> None:
    actors = actors_of(
        "The Washington Post wrote about the plan on Monday. Reuters wrote too. The newspaper reported that the talks had failed. "
        "General Motors fell. The company blamed China."
    )
    assert named(actors, "The newspaper").name == "Washington Post"
    assert named(actors, "The company").name == "General Motors"


def test_a_professor_is_no_body() -> None:
    actors = actors_of("Eswar Prasad, a trade professor at Cornell, said trade was difficult.")
    person = named(actors, "Eswar Prasad")
    assert (person.kind, person.sector) == ("person", "EDU")
    assert named(actors, "a trade professor") is person


def test_a_former_office_in_capitals_needs_no_article() -> None:
    actors = actors_of(
        "Joe Biden stands for president. Ann Lowfield said that former Vice President is a political opponent of many.",
        published=datetime.date(2019, 11, 20),
    )
    assert named(actors, "former Vice President").name == "Joe Biden"


def test_short_names_of_bodies_named_in_full() -> None:
    actors = actors_of(
        "The UN Security Council met on Monday. The Security Council condemned the attack. Norfield Mills Group fell. Investors "
        "sold Norfield and bought gold."
    )
    assert named(actors, "Security Council") is named(actors, "UN Security Council")


def test_a_name_that_only_a_source_shows_is_the_description_beside_it() -> None:
    text = "Corvinhale Ustad, a trade professor at Norfield, said trade was difficult."
    doc = parsed(text, published=None)
    actors, who = find(doc).refer(doc, 0, text.index(", said"))
    person = actors.get(who or "")
    assert person is not None
    assert person.name == "Corvinhale Ustad"
    assert len([a for a in actors.actors if a.kind == "person"]) == 1


def test_an_acronym_that_the_text_gives_stands_for_its_body() -> None:
    actors = actors_of("The European Parliament (EP) voted on Monday. An EP member said that the deal was bad.")
    assert named(actors, "EP") is named(actors, "European Parliament")
    assert (named(actors, "An EP member").country, named(actors, "An EP member").sector) == ("EUR", "LEG")


def test_a_party_is_also_called_without_that_word() -> None:
    actors = actors_of("The minister met the leader of the Labor Party. Likud and Labor will vote on Monday.")
    assert named(actors, "Labor") is named(actors, "Labor Party")


def test_a_last_name_with_a_particle_and_a_hyphen_is_nobodys_firm() -> None:
    actors = actors_of('A teacher, Mustafa El-Noury, told a newspaper so. "No," El-Noury explained on Monday.')
    assert named(actors, "El-Noury") is named(actors, "Mustafa El-Noury")


def test_a_group_of_so_many_are_those_counted() -> None:
    text = "A group of about 1,700 farmers gathered in Lima on Monday, chanting that the minister should go."
    doc = parsed(text)
    before = find(doc)
    actors, who = before.refer(doc, 0, text.index(" gathered"))
    assert actors is before and who == named(before, "1,700 farmers").id


def test_both_parties_are_the_two_of_one_country_that_are_named() -> None:
    actors = actors_of(
        "Democrats and Republicans met in Massachusetts on Monday. Both parties were angry at the United States."
    )
    group = named(actors, "Both parties")
    assert {actors.get(m).name for m in group.members} == {"Democratic Party", "Republican Party"}  # type: ignore[union-attr]
    assert group.country == "USA"
    actors = actors_of("The United States sued Massachusetts on Monday. Both parties were angry, he said.")
    assert named(actors, "Both parties").members == ()


@pytest.mark.parametrize("said", ["his rivals moved on", "the two sides moved on"])
def test_a_state_and_its_parts_are_no_two_sides(said: str) -> None:
    actors = actors_of(f"The United States sued Texas and Ohio. Corvin Hale spoke, but {said}.", publisher="USA Today")
    assert all(not a.members for a in actors.actors)


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("Corvin Hale, who served as ambassador to Norway, left on Monday.", "ELI"),
        ("Corvin Hale works as a nurse in Ohio.", "MED"),
    ],
)
def test_as_what_somebody_serves_he_is(text: str, sector: str) -> None:
    actors = actors_of(text, publisher="USA Today")
    assert named(actors, "Corvin Hale").sector == sector


def test_an_office_before_a_last_name_tells_which_of_two_is_meant() -> None:
    actors = actors_of(
        "Bill Clinton left office in 2001, Hillary Clinton in 2013, and Sen. Ann Marlowe met Corvin Marlowe on Monday. President "
        "Clinton had served two terms. Secretary Clinton had served one. Senator Marlowe stayed.",
        published=datetime.date(2016, 5, 3),
    )
    assert named(actors, "President Clinton").name == "Bill Clinton"
    assert named(actors, "Secretary Clinton").name == "Hillary Clinton"
    assert named(actors, "Senator Marlowe").name == "Ann Marlowe"


@pytest.mark.parametrize("title", ["Former Attorney General", "former U.S. Attorney General"])
def test_a_former_title_has_lapsed(title: str) -> None:
    assert named(actors_of(f"They asked {title} Ann Marlowe for help."), f"{title} Ann Marlowe").sector == "ELI"


def test_a_body_is_what_the_last_word_of_its_name_says() -> None:
    text = (
        '"It is odd," said Bo Ekmark, an attorney with the Campaign Legal Center. Later on, Lars Holm\'s campaign said that the '
        "speeches would end."
    )
    assert all("campaign" not in m.text for m in named(actors_of(text), "Campaign Legal Center").mentions)
