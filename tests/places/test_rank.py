"""What a name means in its text; spans that are odd."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.places.explain import explain
from dateline.places.gazetteer import Candidate
from dateline.places.geoparse import resolve, resolve_spans


def meant(text: str, name: str, domain: str | None = None, others: tuple[str, ...] = ()) -> Candidate:
    """What `name` means in the text, with the spans of `others` given too."""
    spans = [(text.index(n), text.index(n) + len(n)) for n in (name, *others)]
    found = resolve(text, spans, domain)[0]
    assert found is not None
    return found.best


@pytest.mark.parametrize(
    ("text", "name", "others", "country", "kind"),
    [
        ("A summit opened in Paris on Monday.", "Paris", (), "FR", "city"),
        ("Police in Paris, Texas, closed a road.", "Paris", ("Texas",), "US", "city"),
        ("Deputies of Lamar County drove to Paris; Texas paid.", "Paris", ("Lamar County", "Texas"), "US", "city"),
        ("A fire in Athens, Georgia, was put out.", "Georgia", ("Athens",), "US", "admin1"),
        ("A fire in Athens, Georgia, was put out.", "Athens", ("Georgia",), "US", "city"),
        ("Georgia and Ukraine spoke with Russia.", "Georgia", ("Ukraine", "Russia"), "GE", "country"),
        ("Schools closed in Georgia, Alabama and Florida.", "Georgia", ("Alabama", "Florida"), "US", "admin1"),
        ("Moscow and Washington resumed talks.", "Washington", ("Moscow",), "US", "city"),
        ("The army entered Kandahar province.", "Kandahar", (), "AF", "admin1"),
        ("The army entered Aleppo.", "Aleppo", (), "SY", "city"),
        ("Shots were heard in Tripoli in northern Lebanon.", "Tripoli", (), "LB", "city"),
        ("Shots were heard in Tripoli.", "Tripoli", (), "LY", "city"),
        ("Ships crossed the South China Sea.", "South China Sea", (), "", "water"),
        ("Troops left South Ossetia.", "South Ossetia", (), "GE", "region"),
        ("Militias crossed the Sahel.", "Sahel", (), "", "region"),
    ],
)  # fmt: skip
def test_context_decides(text: str, name: str, others: tuple[str, ...], country: str, kind: str) -> None:
    best = meant(text, name, others=others)
    assert (best.country, best.kind) == (country, kind)


def test_the_publisher_s_home_decides() -> None:
    text = "A man was fined in London yesterday."
    assert meant(text, "London").country == "GB"
    assert meant(text, "London", "lfpress.ca").country == "CA"


def test_a_great_capital_is_meant_by_its_bare_name() -> None:
    others = ("Ohio", "Texas", "Iowa", "Florida")
    text = "After the attacks in Paris the governors of Ohio, Texas, Iowa and Florida met in Austin and Dallas."
    assert meant(text, "Paris", others=(*others, "Austin", "Dallas")).country == "FR"
    near = "Deputies of Lamar County left Paris for Ohio, Texas, Iowa and Florida."
    assert meant(near, "Paris", others=("Lamar County", *others)).country == "US"
    assert meant(f"Paris, Texas, is small. {text}", "Paris", others=others).country == "US"


def test_regions_of_several_states_are_no_towns() -> None:
    text = "Voters in Ohio, Iowa and Baltimore spoke of the Middle East and the Gulf states."
    assert meant(text, "Middle East", others=("Ohio", "Iowa", "Baltimore")).kind == "region"


def test_confidence_is_less_where_context_is_less() -> None:
    alone, said = explain("Springfield"), explain("Springfield, Illinois")
    assert said.candidates[0].candidate.name == "Springfield" and said.confidence > alone.confidence
    assert sum(one.probability for one in alone.candidates) == pytest.approx(1)


def test_reasons_say_why() -> None:
    found = explain("Paris", near="Lamar County")
    assert found.candidates[0].candidate.country == "US"
    assert dict(found.candidates[0].reasons)["near other names"] > 0 > dict(found.candidates[0].reasons)["people"]
    assert explain("Black Sea").candidates[0].reasons == ()
    assert explain("Malian").demonym and explain("North Dallas").wider
    for nothing in ("", " ", ",", ", Texas", "Zzzzqq"):
        assert explain(nothing).candidates == ()


def test_odd_inputs() -> None:
    assert resolve_spans("", []) == []
    unknown = {"lat": None, "lon": None, "country": None, "geonameid": None}
    assert resolve_spans("Zzzzqq fell.", [(0, 6)]) == [unknown]
    assert resolve_spans("Київ і Pariş 😀", [(0, 4)]) == [unknown]
    for span in ((0, 0), (3, 2), (-1, 2), (0, 99)):
        with pytest.raises(ValueError, match="within the text"):
            resolve_spans("Paris fell.", [span])
    twice = resolve_spans("Paris, then Paris.", [(0, 5), (12, 17), (0, 5)])
    assert twice[0] == twice[1] == twice[2]


@settings(max_examples=60, deadline=None)
@given(st.text("Paris Texs, .’'-(\n\x00é😀", min_size=1, max_size=60), st.data())
def test_any_span_of_any_text_is_answered(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    (found,) = resolve_spans(text, [(start, end)])
    assert (found["lat"] is None) == (found["lon"] is None)
    assert found["lat"] is None or (-90 <= found["lat"] <= 90 and -180 <= found["lon"] <= 180)
