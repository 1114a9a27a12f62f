"""Which day an event is given: one that hangs on its predicate, that of speaking, or the day of the lines above."""

from __future__ import annotations

import datetime

import pytest
from hands import marked, statement

from dateline import dates
from dateline.events import candidates, when
from dateline.events.mentions import Mentions

PUBLISHED = datetime.date(2023, 3, 9)


def days(text: str, lemma: str, verbal: bool, published: datetime.date | None = PUBLISHED) -> datetime.date | None:
    """The first day of the candidate with this predicate, in an article of a Thursday."""
    doc, table = marked(text, published=published)
    mentions, named = Mentions(table.actors), dates.find(doc)
    one = next(c for c in candidates.find(doc, mentions, ()) if c.predicate is not None and c.predicate.lemma_ == lemma)
    return when.day(doc, one, named, verbal, when.occasions_of(doc, mentions, named, ()))[0]


@pytest.mark.parametrize(
    ("text", "lemma", "verbal", "day"),
    [
        ("[Norland] attacked [Sudmark] on Monday.", "attack", False, "2023-03-06"),
        ("[Norland] will free [two pilots] because of the blast on Monday.", "free", False, None),
        ("[Norland] will free [two pilots] on 20 March 2023.", "free", False, "2023-03-20"),
        ("[Norland] wants [Sudmark] to lift the tariffs that were imposed on 1 February.", "want", True, "2023-03-09"),
        ("On Tuesday [Norland] condemned [Sudmark] over the strike of 1 February.", "condemn", True, "2023-03-07"),
        ("[Norland] condemned [Sudmark].", "condemn", True, "2023-03-09"),
        ("The envoys came on Tuesday. [Norland] freed [two pilots].", "free", False, "2023-03-07"),
        ("The envoys came on Tuesday. [Two pilots] were freed in Melk.", "free", False, "2023-03-07"),
        ("[Two pilots], who had been held since 2 May 2019, were freed by [Norland].", "free", False, None),
        ("The war began on 2 May 2019. [Norland] freed [two pilots].", "free", False, None),
        ("[Norland]'s envoy met [Sudmark]'s in Melk, following a summit of the two leaders last week.", "meet", False, None),
        ("[Norland]'s envoy met [Sudmark]'s in Melk after a summit on Monday.", "meet", False, None),
        ("[Norland]'s envoy met [Sudmark]'s after Monday.", "meet", False, "2023-03-06"),
        ("[Norland] urged [Sudmark] on Tuesday to withdraw before 2 May 2023.", "urge", True, "2023-03-07"),
        ("[Norland] called for sanctions on [Sudmark] before 2 May 2023.", "call", True, "2023-03-09"),
        ("[Norland] attacked [Sudmark] before 3 March 2023.", "attack", False, "2023-03-03"),
        ("The envoy said on Tuesday [he] met [the premier] last week.", "meet", False, "2023-02-27"),
        ("[Norland] told [Sudmark] Tuesday it wanted peace.", "tell", True, "2023-03-07"),
        ("[Norland] condemned the 3 March attack by [Sudmark].", "condemn", True, "2023-03-09"),
        ("[Deputies] grilled [the premier] on the 3 March call.", "grill", True, "2023-03-09"),
        ("[Holt] praised [the premier]'s accomplishments over the past eight years.", "praise", True, "2023-03-09"),
        ("[Holt] criticized [the premier] for his votes in the 1990s.", "criticize", True, "2023-03-09"),
        ("[Holt] escalated her attacks on [the premier], criticizing [him|the premier] for his votes in the 1990s.", "escalate", True, "2023-03-09"),
        ("In 2019 [Holt] praised [the premier].", "praise", True, "2019-01-01"),
        ("[Norland] condemned [Sudmark] at a Tuesday summit.", "condemn", True, "2023-03-07"),
        ("[The premier] met reporters on Tuesday and condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] drew applause on Tuesday when [he|The premier] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] answered Tuesday by condemning [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] left on Tuesday after [he|The premier] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] left on Tuesday, hours after [he|The premier] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] left on Tuesday, 20 months after [he|The premier] condemned [Sudmark].", "condemn", True, None),
        ("[The premier] was asked what he said on 3 March, when [he|The premier] condemned [Sudmark].", "condemn", True, "2023-03-03"),
        ("[Gunmen] attacked [the mayor] two weeks after the town had celebrated on 1 February.", "attack", False, None),
        ("[Police] beat [marchers] ahead of a vote on 3 May 2023.", "beat", False, None),
        ("[Norland] attacked fewer of [Sudmark]'s ships, compared with a dozen in 2021.", "attack", False, None),
        ("[The premier] often condemned [Sudmark].", "condemn", True, None),
        ("[Norland] gave [Sudmark] money in recent years and made its peace in 2021.", "give", False, None),
        ("[The king], whom [the premier] dismissed a few weeks ago, spoke on Tuesday.", "dismiss", False, None),
        ("[The premier] left on Tuesday, and [the king] condemned [Sudmark].", "condemn", True, "2023-03-09"),
        ("[The premier] met reporters on Tuesday.\n\n[He|The premier] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] spent Tuesday in talks.\n\n" + 20 * "Much was said of the war. " + "[He|The premier] met [the king] in the morning.", "meet", False, "2023-03-07"),
        ("[The premier] met reporters on Tuesday.\n\nHours later [the king] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The presidential nominee] immigrated briefly to Ruritania on Tuesday for a visit with the leader of the country he has made his own.\n\n[He|The presidential nominee] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] spent Tuesday in Melk.\n\n[He|The premier] held talks with [the king].", "talk", False, "2023-03-07"),
        ("[Norland] issued a condemnation of [Sudmark] on Tuesday.", "condemnation", True, "2023-03-07"),
        ("[Norland]'s envoy provoked [Sudmark]'s condemnation on Tuesday.", "condemnation", True, "2023-03-07"),
        ("When the miners rose in 1956, [the king] refused [Norland].", "refuse", True, "1956-01-01"),
        ("[The king] refused [Norland] after the miners rose in 1956.", "refuse", True, "2023-03-09"),
        ("[The premier] spoke on Tuesday.\n\n[The crowd] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] spoke on Tuesday.\n\n" + 20 * "Much was said of the war. " + "[The crowd] condemned [Sudmark].", "condemn", True, "2023-03-09"),
        ("Speaking in Melk on Tuesday, [the premier] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier], visiting Melk on Tuesday, spoke.\n\n[He|The premier] condemned [Sudmark].", "condemn", True, "2023-03-07"),
        ("[The premier] called for a strike against [Sudmark] next week.", "call", True, "2023-03-09"),
        ("The envoys came overnight on Tuesday. [Norland] freed [two pilots].", "free", False, "2023-03-07"),
        ("The envoys came on Tuesday. [Rebels] shelled the town, killing [two pilots].", "kill", False, "2023-03-07"),
        ("It is bad for the envoy to earn [Norland]'s praise for [Sudmark] last week.", "praise", True, "2023-02-27"),
        ("[Norland] will issue a condemnation of [Sudmark] in May.", "condemnation", True, "2023-03-09"),
        ("[The premier] met reporters on Tuesday.\n\n[The king] condemned [Sudmark].", "condemn", True, "2023-03-09"),
        ("[The premier] met reporters on Tuesday.\n\n[He|The premier] condemns [Sudmark].", "condemn", True, "2023-03-09"),
        ("[The premier] met reporters on 1 May 2021.\n\n[He|The premier] condemned [Sudmark].", "condemn", True, "2023-03-09"),
        ("[The premier] met reporters on Tuesday.\n\nIn 2021 [he|The premier] left the party. [He|The premier] condemned [Sudmark].", "condemn", True, "2023-03-09"),
    ],
)  # fmt: skip
def test_day(text: str, lemma: str, verbal: bool, day: str | None) -> None:
    found = days(text, lemma, verbal)
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize(
    ("told", "day"),
    [
        ("[The premier] has long condemned [Sudmark].", None),
        ("[The premier] has met [the king] and condemned [Sudmark].", None),
        ("[The premier] has condemned [Sudmark] on Tuesday.", datetime.date(2023, 3, 7)),
        ("[The premier] had condemned [Sudmark].", None),
        ("[Norland] said [the premier] had condemned [Sudmark].", PUBLISHED),
        ("[The premier] condemned [Sudmark].", PUBLISHED),
    ],
)
def test_what_was_said_at_some_time_until_now_has_no_day_below_the_lead(told: str, day: datetime.date | None) -> None:
    assert days(f"Talks are on.\n\nThey go well.\n\n{told}", "condemn", True) == day
    assert days(told, "condemn", True) in (day, PUBLISHED)


def test_what_a_speaker_does_in_his_own_words_is_of_the_day_he_says_it() -> None:
    doc, table = marked(
        '[The premier] said on Tuesday: "[We|The premier] thank [Sudmark] for its help."', published=PUBLISHED
    )
    said = statement(doc, table, "The premier", "said", "We thank Sudmark for its help.", "SUPPORT")
    one = next(c for c in candidates.find(doc, Mentions(table.actors), [said]) if c.kind == "verb" and c.claimed)
    assert when.day(doc, one, (), True)[0] == PUBLISHED


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ('[The king] said in 2012: "[Sudmark] is to blame."', "2012-01-01", "2012-12-31"),
        ('In an August interview, [the king] said: "[Sudmark] is to blame."', "2022-08-01", "2022-08-31"),
        ('[The king] said last week: "[Sudmark] is to blame."', "2023-02-27", "2023-03-05"),
        ('[The king] of the 2012 deal said: "[Sudmark] is to blame."', "2023-03-09", "2023-03-09"),
    ],
)
def test_what_was_said_at_some_time_past_is_of_that_whole_time(text: str, first: str, last: str) -> None:
    doc, table = marked(text, published=PUBLISHED)
    speaker = next(a.name for a in table.actors if "king" in a.name.lower())
    said = statement(doc, table, speaker, "said", "Sudmark is to blame.", "ACCUSE")
    one = next(c for c in candidates.find(doc, Mentions(table.actors), [said]) if c.kind == "statement")
    start, end = when.day(doc, one, dates.find(doc), True)
    assert (str(start), str(end)) == (first, last)


def test_a_day_that_cannot_be_told_leaves_no_room_for_another() -> None:
    text = "[Police] dispersed [a rally] on Saturday, with which Melk celebrated its fair of 2019."
    assert days(text, "disperse", False, None) is None
    assert days(text, "disperse", False) == datetime.date(2023, 3, 4)
    along = "It began on 5 March 2019. [Farmers] marched last fall, demanding help from [the mayor]."
    assert days(along, "demand", True, None) is None
