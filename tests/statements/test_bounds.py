"""What the parse says of where contents begin and end."""

import numpy as np
import pytest

from dateline import language
from dateline.errors import DataError
from dateline.statements import bounds, tagger

DECREE = 'The governor is describing as "unhinged" a Norland decree attacking the former judges of the island court.'
COUNCIL = "The council vowed not to repeat that mistake and set up an office that urges clerks to report gross violations of the law."


def contents(text: str, parsed: bool) -> list[list[str]]:
    parses = [language.load().parse_text(text).spacy] if parsed else []
    return [[text[s:e] for s, e in a.content] for a in tagger.attributions([text], parses=parses)[0]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (DECREE, ['"unhinged" a Norland decree attacking the former judges of the island court']),
        (COUNCIL, ["not to repeat that mistake"]),
    ],
)
def test_what_is_said_ends_with_its_phrase(text: str, said: list[str]) -> None:
    assert said in contents(text, parsed=True)
    assert said not in contents(text, parsed=False)  # else the parse would not be what mends it


def test_a_content_ends_at_the_end_of_a_phrase_rather_than_within() -> None:
    doc = language.load().parse_text("The envoy said the road to the old mill would close on Monday, she added.").spacy
    found = bounds.gaps(doc)
    ends = dict(zip((t.text for t in doc), found.end.tolist(), strict=True))
    begins = dict(zip((t.text for t in doc), found.begin.tolist(), strict=True))
    assert ends[","] > -2.5 > -4.5 > max(ends["old"], ends["mill"])  # the gap before each
    assert begins["road"] < begins["The"] - 2
    for happens, not_ in ((found.begin, found.none), (found.end, found.on)):
        assert np.allclose(np.exp(happens) + np.exp(not_), 1)


def test_a_text_without_a_parse_is_read_as_before() -> None:
    bare = language.load().nlp.make_doc(DECREE)
    assert tagger.attributions([DECREE], parses=[bare]) == tagger.attributions([DECREE])
    assert tagger.attributions([""], parses=[language.load().parse_text("").spacy]) == [()]


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("at\tvalue\tends\tbegins\n", ":1: the header must be at, value, begins, ends"),
        ("at\tvalue\tbegins\tends\ntags\tNN IN\t0.1\n", ":2: four columns"),
        ("at\tvalue\tbegins\tends\ntags\tNN IN\t0.1\tmuch\n", ":2: four columns"),
    ],
)
def test_a_table_that_does_not_fit_is_named(table: str, fault: str) -> None:
    with pytest.raises(DataError, match=fault):
        bounds.read(table)
