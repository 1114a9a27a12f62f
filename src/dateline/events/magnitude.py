"""How many people an event touched, read off the words around it.

Numbers in digits and words, round words by the least they allow ("dozens": 24, "hundreds": 200), ranges and "at least" by
their lower bound, "at most" and "up to" by the number given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from dateline.dates.words import load as calendar
from dateline.events import words
from dateline.language import Doc
from dateline.model import Magnitude

if TYPE_CHECKING:
    from spacy.tokens import Token

LARGEST = 20_000_000
"""A count above this is money or votes, not people killed, hurt, arrested or gathered."""


def find(doc: Doc, type_: str, start: int, end: int) -> Magnitude:
    """The magnitude of an event of `type_` whose evidence is [start, end), from the sentence that holds it.

    Only what fits the type is read: killed and injured for ASSAULT (and PROTEST), arrested for COERCE and PROTEST,
    participants for PROTEST and MOBILIZE.
    """
    wanted = {
        "ASSAULT": ("killed", "injured"),
        "COERCE": ("arrested",),
        "PROTEST": ("killed", "injured", "arrested", "participants"),
        "MOBILIZE": ("participants",),
    }.get(type_)
    if wanted is None:
        return Magnitude()
    sentence = doc.sentence_at(start)
    if sentence is None:
        return Magnitude()
    counts = count(list(doc.tokens(sentence.start, sentence.end)))
    return Magnitude(**{kind: n for kind, n in counts.items() if kind in wanted})


def count(tokens: list[Token]) -> dict[str, int]:
    """Counts of people by what happened to them, in one sentence; the first number of each kind."""
    lists = words.load().magnitude
    found: dict[str, int] = {}
    for first, last, number in numbers(tokens):
        if _age_or_year(tokens, first, last):
            continue
        kind = _kind(tokens, first, last, lists)
        if kind is not None and number <= LARGEST:
            found.setdefault(kind, number)
    return found


def _age_or_year(tokens: list[Token], first: int, last: int) -> bool:
    """True for the age behind a name ("Anna Holt, 32, of …"), "aged 32", "32-year-old", the year in "in 2014" and the day
    of a month ("March 23", "23 March")."""
    before = tokens[first - 1] if first else None
    after = [t.lower_ for t in tokens[last : last + 3]]
    beside = [t.text for t in (before, *tokens[last : last + 1]) if t is not None]
    if any(word in calendar().months for word in beside) and tokens[first].text.isdigit():
        return tokens[first].head.i < tokens[first].i or tokens[first].head.text in beside
    if before is None or last != first + 1:
        return False
    if (
        before.text == ","
        and re.fullmatch(r"(?:19|20)\d\d", tokens[first].text)
        and any(
            t.text in calendar().months or t.lower_.rstrip(".") in calendar().months
            for t in tokens[max(0, first - 3) : first]
        )
    ):
        return True  # "Sept. 9, 1997"
    if re.fullmatch(r"(?:19|20)\d\d", tokens[first].text):
        return before.lower_ in ("in", "since", "by", "during", "until", "from")
    if before.text == "," and first > 1 and tokens[first - 2].pos_ == "PROPN" and after[:1] in ([","], ["."], [";"]):
        return True
    return before.lower_ == "aged" or after in (["-", "year", "-"], ["year", "-", "old"])


def _kind(tokens: list[Token], first: int, last: int, lists) -> str | None:  # type: ignore[no-untyped-def]
    """What happened to the people that tokens[first:last] count."""
    head = tokens[last - 1]
    if head.pos_ in ("NUM", "NOUN", "PRON", "DET", "ADJ") and head.dep_ in (
        "nummod",
        "quantmod",
        "amod",
        "det",
        "compound",
    ):
        head = head.head
    elif last < len(tokens) and tokens[last].lower_ == "of":
        objects = [c for c in tokens[last].children if c.dep_ == "pobj"]
        head = objects[0] if objects else head
    lemma = head.lemma_.lower()
    bare = head.pos_ == "NUM" or head.i in range(tokens[first].i, tokens[last - 1].i + 1)
    if not bare and lemma not in lists["people"] and head.pos_ != "PROPN" and lemma not in ("dead", "death", "injury"):
        return None
    chain = [head]
    for above in head.ancestors:
        chain.append(above)
        if above.pos_ in ("VERB", "AUX") or len(chain) > 4:
            break
    near = [
        c for t in chain for c in t.children if c.dep_ in ("acomp", "amod", "acl", "attr", "oprd", "appos", "relcl")
    ]
    for kind in ("killed", "injured", "arrested", "participants"):
        for token in (*near, *chain):
            if token.lemma_.lower() in lists[kind]:
                return kind
    return None


def numbers(tokens: list[Token]) -> Iterator[tuple[int, int, int]]:
    """Number phrases as (first token, end token, value)."""
    lists = words.load()
    i = 0
    while i < len(tokens):
        end, value = _number(tokens, i, lists)
        if end > i:
            if (
                end < len(tokens) - 1
                and tokens[end].lower_ in ("to", "-", "–", "or", "and")
                and tokens[i].pos_ == "NUM"
            ):
                further, other = _number(tokens, end + 1, lists)
                if further > end + 1 and other > value and tokens[end].lower_ != "and":
                    end = further
            yield i, end, value
            i = end
        else:
            i += 1


def _number(tokens: list[Token], i: int, lists: words.Words) -> tuple[int, int]:
    """The number that starts at token i: its end and value; (i, 0) if none does."""
    lower = [t.lower_ for t in tokens[i : i + 4]]
    for length in (3, 2, 1):
        phrase = " ".join(lower[:length])
        if len(lower) >= length and phrase in lists.vague:
            return i + length, lists.vague[phrase]
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+|\d+", lower[0]) and (i == 0 or tokens[i - 1].text not in ("$", "€", "£", "#")):
        value, end = int(lower[0].replace(",", "")), i + 1
    elif re.fullmatch(r"\d+\.\d+", lower[0]) and len(lower) > 1 and lower[1] in lists.scales:
        return i + 2, round(float(lower[0]) * lists.scales[lower[1]])
    elif lower[0] in lists.numbers and not (
        lower[0] in ("a", "an") and (len(lower) < 2 or lower[1] not in (*lists.scales, "dozen"))
    ):
        value, end = lists.numbers[lower[0]], i + 1
        if end + 1 < len(tokens) and tokens[end].text == "-" and tokens[end + 1].lower_ in _units():
            value, end = value + _units()[tokens[end + 1].lower_], end + 2
    else:
        compound = lower[0].split("-")
        if len(compound) == 2 and compound[0] in lists.numbers and compound[1] in _units():
            return i + 1, lists.numbers[compound[0]] + _units()[compound[1]]
        return i, 0
    while end < len(tokens) and (tokens[end].lower_ in lists.scales or tokens[end].lower_ == "dozen"):
        value *= lists.scales.get(tokens[end].lower_, 12)
        end += 1
    return end, value


@cache
def _units() -> dict[str, int]:
    return {w: n for w, n in words.load().numbers.items() if n < 10 and w not in ("a", "an")}
