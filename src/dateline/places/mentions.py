"""Where a text names places: the parser's entities and capitalised words that the gazetteer knows, then a classifier.

Every stretch that may be a name is weighed by a logistic regression over what the parser and the gazetteer say of it
and what stands beside it, so that "Paris Hilton" and the "Washington Post" fall and "Laurel County" stands. Peoples
("Malian") are weighed by weights of their own. The weights stand in data/recogniser.toml, learned by
`python -m dateline.learn.mentions`.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from dateline.errors import DataError
from dateline.places import counties, words
from dateline.places.candidates import KINDS, Entry, entry
from dateline.places.names import fold
from dateline.places.namesakes import Namesakes

if TYPE_CHECKING:
    import spacy.tokens

_LABELS = ("GPE", "LOC", "FAC", "NORP", "ORG", "PERSON")
_LONGEST = 4
"""Words of a gazetteer name that are looked up together ("St. Kitts and Nevis" has its own entity)."""
FEATURES = (
    "constant", *(f"is_{label}" for label in _LABELS), "is_other", *(f"within_{label}" for label in _LABELS),
    "within_other", "within_start", "known", "unknown_GPE", "wider", "people", "country", "state", "county", "region", "only_other_name",
    "common", "personal", "words", "upper", "not_proper", "proper_before", "proper_after", "preposition_before", "the_before",
    "title_before", "lower_after", "possessive", "town_before", "area_after", "elsewhere_place", "elsewhere_person",
    "elsewhere_org", "inside_longer", "sentence_start", "locative_before", "of_before", "person_shares", "digit_beside",
    "dateline",
)  # fmt: skip
_JOINERS = frozenset({"of", "and", "the", "de", "la", "al", "el", "upon", "on", "am", "du", "do", "da", "del", "-"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the text that names a place, or a people (`demonym`), with the classifier's probability."""

    start: int
    end: int
    demonym: bool = False
    probability: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Tokens [first, last) that may name a place, with their features in the order of FEATURES."""

    first: int
    last: int
    start: int
    end: int
    demonym: bool
    features: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Weights for places and for peoples in the order of FEATURES, and the probability from which each is kept."""

    places: NDArray[np.float64]
    demonyms: NDArray[np.float64]
    threshold: float
    demonym_threshold: float


def recognise(parsed: spacy.tokens.Doc, weights: Weights | None = None) -> tuple[Mention, ...]:
    """The place names of a parsed text, in order, none overlapping another."""
    other = Namesakes(parsed)
    found = choose(stretches(parsed), weights or load())
    kept = [mention for mention in found if mention.demonym or (mention.start, mention.end) not in other]
    sure = [Mention(*span) for span in counties.find(parsed.text)]
    kept = [m for m in kept if all(m.end <= c.start or c.end <= m.start for c in sure)]
    return tuple(sorted((*kept, *sure), key=lambda mention: mention.start))


def choose(found: Iterable[Stretch], weights: Weights) -> tuple[Mention, ...]:
    """The likely stretches, the likeliest first where two overlap, as mentions in the order of the text."""
    scored = [(_probability(stretch, weights), stretch) for stretch in found]
    scored.sort(key=lambda pair: (-pair[0], pair[1].start, -pair[1].end))
    taken: set[int] = set()
    kept = []
    for probability, stretch in scored:
        tokens = range(stretch.first, stretch.last)
        if probability >= (weights.demonym_threshold if stretch.demonym else weights.threshold) and taken.isdisjoint(
            tokens
        ):
            taken.update(tokens)
            kept.append(Mention(stretch.start, stretch.end, stretch.demonym, probability))
    return tuple(sorted(kept, key=lambda mention: mention.start))


def _probability(stretch: Stretch, weights: Weights) -> float:
    score = float(stretch.features @ (weights.demonyms if stretch.demonym else weights.places))
    return float(1 / (1 + np.exp(-score)))


def stretches(parsed: spacy.tokens.Doc) -> list[Stretch]:
    """All stretches of a text that may be a place name."""
    bounds = dict.fromkeys(_from_entities(parsed))
    bounds.update(dict.fromkeys(_from_words(parsed)))
    labels = _labels(parsed)
    seen: dict[str, Counter[str]] = {}
    for first, last in bounds:
        seen.setdefault(fold(parsed[first:last].text), Counter())[labels.get((first, last), "")] += 1
    persons = Counter(word.text for ent in parsed.ents if ent.label_ == "PERSON" and len(ent) > 1 for word in ent)
    known = {b for b in bounds if _entry(parsed, *b)}
    longest: dict[int, int] = {}
    for first, last in known:
        for i in range(first, last):
            longest[i] = max(longest.get(i, 0), last - first)
    out = []
    for first, last in bounds:
        found = _entry(parsed, first, last)
        demonym = bool(found and found.demonym)
        values = _features(parsed, first, last, found, labels, seen, persons, longest)
        span = parsed[first:last]
        out.append(Stretch(first, last, span.start_char, span.end_char, demonym, values))
    return out


def _entry(parsed: spacy.tokens.Doc, first: int, last: int) -> Entry | None:
    return entry(parsed[first:last].text)


def _labels(parsed: spacy.tokens.Doc) -> dict[tuple[int, int], str]:
    return {_trim(parsed, ent.start, ent.end): ent.label_ for ent in parsed.ents}


def _trim(parsed: spacy.tokens.Doc, first: int, last: int) -> tuple[int, int]:
    """An entity without its article, possessive and white space."""
    while first < last - 1 and (parsed[first].lower_ == "the" or parsed[first].is_space or parsed[first].is_punct):
        first += 1
    while first < last - 1 and (
        parsed[last - 1].lower_ in ("'s", "’s", "'", "’") or parsed[last - 1].is_space or parsed[last - 1].text == ","
    ):
        last -= 1
    return first, last


def _from_entities(parsed: spacy.tokens.Doc) -> Iterator[tuple[int, int]]:
    for ent in parsed.ents:
        first, last = _trim(parsed, ent.start, ent.end)
        if not any(c.isupper() for c in parsed[first:last].text):
            continue
        if ent.label_ in ("GPE", "LOC", "FAC") or _entry(parsed, first, last):
            yield first, last


def _from_words(parsed: spacy.tokens.Doc) -> Iterator[tuple[int, int]]:
    """Capitalised words, one to four together, that the gazetteer knows."""
    n = len(parsed)
    for i, token in enumerate(parsed):
        if not token.text[:1].isupper():
            continue
        for length in range(1, _LONGEST + 1):
            last = i + length
            if last > n:
                break
            tail = parsed[last - 1]
            if tail.is_space or (tail.is_punct and tail.text != "-"):
                break
            if not tail.text[:1].isupper():
                if tail.lower_ in _JOINERS or tail.text == "-":
                    continue
                break
            found = _entry(parsed, i, last)
            if found and (not found.wider or length == 2):
                yield i, last


def _features(
    parsed: spacy.tokens.Doc,
    first: int,
    last: int,
    found: Entry | None,
    labels: dict[tuple[int, int], str],
    seen: dict[str, Counter[str]],
    persons: Counter[str],
    longest: dict[int, int],
) -> NDArray[np.float64]:
    v, beside = dict.fromkeys(FEATURES, 0.0), words.recognised()
    span = parsed[first:last]
    text = span.text
    key = fold(text)
    v["constant"] = 1.0
    label = labels.get((first, last))
    if label:
        v[f"is_{label}" if label in _LABELS else "is_other"] = 1.0
    else:
        around = Counter(token.ent_type_ for token in span if token.ent_type_)
        if around:
            name = around.most_common(1)[0][0]
            v[f"within_{name}" if name in _LABELS else "within_other"] = 1.0
            v["within_start"] = float(span[0].ent_iob_ == "B")
    if found:
        v["known"] = 1.0
        v["wider"] = float(found.wider)
        v["people"] = float(found.logs.max()) / 6
        kinds = found.kinds
        v["country"] = float((kinds == KINDS.index("country")).any())
        v["state"] = float((kinds == KINDS.index("admin1")).any())
        v["county"] = float((kinds == KINDS.index("admin2")).any())
        v["region"] = float((kinds >= KINDS.index("region")).any())
        v["only_other_name"] = float(not found.main.any())
    elif label == "GPE":
        v["unknown_GPE"] = 1.0
    v["common"] = float(key in words.common())
    v["personal"] = float(key in words.personal())
    v["words"] = float(last - first - 1)
    v["upper"] = float(text.isupper() and len(text) > 3)
    v["not_proper"] = float(any(token.pos_ not in ("PROPN", "ADP", "DET", "CCONJ", "PUNCT", "PART") for token in span))
    before = parsed[first - 1] if first else None
    after = parsed[last] if last < len(parsed) else None
    if before is not None:
        lower = before.lower_.rstrip(".")
        v["proper_before"] = float(
            before.text[:1].isupper() and before.is_alpha and not before.is_sent_start and lower not in beside["title"]
        )
        v["preposition_before"] = float(before.pos_ == "ADP" and lower not in beside["beside"])
        v["locative_before"] = float(lower in beside["beside"])
        v["of_before"] = float(lower == "of")
        v["the_before"] = float(lower == "the")
        v["title_before"] = float(lower in beside["title"])
        v["town_before"] = float(before.text == "," and first > 1 and parsed[first - 2].text[:1].isupper())
        v["digit_beside"] = float(before.like_num)
    v["sentence_start"] = float(bool(span[0].is_sent_start))
    if after is not None:
        v["proper_after"] = float(after.text[:1].isupper() and after.is_alpha and not after.is_sent_start)
        v["lower_after"] = float(after.is_lower and after.is_alpha)
        v["possessive"] = float(after.lower_ in ("'s", "’s"))
        v["digit_beside"] = max(v["digit_beside"], float(after.like_num))
        v["area_after"] = float(after.lower_ in beside["area"])
        v["dateline"] = float(after.text in ("—", "–", "--", "(") and span[0].is_sent_start is True)
    elsewhere = seen[key].copy()
    elsewhere[label or ""] -= 1
    total = sum(elsewhere.values())
    if total:
        v["elsewhere_place"] = (elsewhere["GPE"] + elsewhere["LOC"] + elsewhere["FAC"]) / total
        v["elsewhere_person"] = elsewhere["PERSON"] / total
        v["elsewhere_org"] = elsewhere["ORG"] / total
    v["person_shares"] = float(any(token.text in persons for token in span) and label != "PERSON")
    v["inside_longer"] = float(any(longest.get(i, 0) > last - first for i in range(first, last)))
    return np.array(list(v.values()))


@cache
def load() -> Weights:
    """The weights of data/recogniser.toml. Raises DataError for a feature that is missing or unknown."""
    table = tomllib.loads((resources.files("dateline.places") / "data" / "recogniser.toml").read_text(encoding="utf-8"))
    for section in ("places", "demonyms"):
        if set(table.get(section, ())) != set(FEATURES):
            raise DataError(f"places/data/recogniser.toml: [{section}] must hold exactly {', '.join(FEATURES)}")
    return Weights(
        np.array([float(table["places"][name]) for name in FEATURES]),
        np.array([float(table["demonyms"][name]) for name in FEATURES]),
        float(table["keep"]["places"]),
        float(table["keep"]["demonyms"]),
    )
