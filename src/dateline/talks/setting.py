"""Where and when: the places and days that the parse ties to a word for talks."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dateline.language import Sentence
from dateline.model import DateExpression, Place
from dateline.places import words
from dateline.talks.phrases import DEPTH, Phrases

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 7
"""Days: "two days of talks" ended on a Friday tell the first day too; of longer talks not every day was sat."""
_SKIPPED = re.compile(r"\b(?:since|until|till|by|before|pending)\s+(?:\w+\s+)?$", re.I)
APART = ("after", "following", "before", "since", "until")
"""Prepositions before another meeting than the one spoken of."""
TOPICAL = ("on", "over", "about", "regarding", "concerning")
"""Prepositions before what talks are about."""
HISTORY = 400
"""Days: talks of a year and more ago are history that the article recalls."""
WIDEST = 45
"""Days: a wider interval ("in 2021 and 2022") tells when talks were, not which days they took."""
_LENGTH = re.compile(r"\b(?P<n>[a-z]+|\d+)(?:-day\b|\s+(?:full\s+|straight\s+)?days?\b(?:\s+of\b)?)", re.I)
_NTH = re.compile(r"\b(?P<nth>second|third|fourth|fifth)\s+day\b", re.I)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a mention gives, and whether they are those of the opening or of the close."""

    start: datetime.date
    end: datetime.date
    kind: Literal["begin", "end", "on", "span"] = "on"

    def ahead(self, published: datetime.date) -> Days:
        """The same days a year on, for talks to come whose date without a year was taken for the past one."""
        if not HALF_YEAR < (published - self.end).days < 2 * HALF_YEAR:
            return self
        return Days(_year_on(self.start), _year_on(self.end), self.kind)

    def meets(self, other: Days) -> bool:
        """Whether two may be days of the same talks: they overlap, or an opening comes before a close."""
        if self.start <= other.end and other.start <= self.end:
            return True
        first, last = sorted((self, other), key=lambda d: d.start)
        near = (last.start - first.end).days <= NEAR
        return near and first.kind == "begin" and last.kind == "end" and last.start == last.end


def _year_on(day: datetime.date) -> datetime.date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


HALF_YEAR = 183
"""Days: a date that far back is rather one to come, where the words speak of the future."""
NEAR = 120
"""Days between the opening and the close of one round of talks; longer rounds are told as a new session."""


class Setting:
    """Looks up places and dates by token."""

    def __init__(self, read: Phrases, places: Iterable[Place], dates: Iterable[DateExpression]) -> None:
        self.read = read
        self.places = tuple(places)
        self._places: dict[int, Place] = {}
        for place in self.places:
            for mention in place.mentions:
                tokens = read.doc.tokens(mention.start, mention.end)
                if tokens is not None and (read.at(tokens.root) is None or not self._acts(tokens.root)):
                    self._places[tokens.root.i] = place
        self._dates: list[tuple[Token, DateExpression]] = []
        for date in dates:
            tokens = read.doc.tokens(date.start_offset, date.end_offset)
            if tokens is not None and date.start is not None and date.end is not None:
                self._dates.append((tokens.root, date))

    def _acts(self, token: Token) -> bool:
        """Whether a name of a state or town acts here: it is no object of a preposition of place."""
        lead = token.head if token.dep_ == "pobj" else None
        if lead is not None and lead.lower_ == "of":
            return lead.head.lower_ not in words.locatives()["shore"] | words.locatives()["area"]  # "the island of X"
        return lead is None or lead.lower_ not in ("in", "at", "near", "outside")

    def dateline(self) -> Place | None:
        """The town that the line before the first sentence names, if it is one."""
        first = self.read.doc.sentences[0].start if self.read.doc.sentences else 0
        towns = [p for p in self.places if p.kind not in (None, "country", "region") and p.mentions[0].end <= first]
        return towns[0] if len(towns) == 1 else None

    def within(self, start: int, end: int) -> tuple[list[Place], list[Days]]:
        """The places and days told between two tokens, whatever they hang on: for lists whose items have their own."""
        places = [
            p for i, p in sorted(self._places.items()) if start <= i < end and self._inside(self.read.doc.spacy[i])
        ]
        days = [Days(d.start, d.end) for t, d in self._dates if start <= t.i < end and d.start and d.end]
        return sorted(dict.fromkeys(places), key=lambda p: p.kind == "country"), days

    def venues(self, trigger: Token, clause: list[Token]) -> list[Place]:
        """Places "in" or "at" which the talks or the verbs said of them are, and those before the noun ("the Geneva
        talks"); towns before countries, then what hangs on the word itself before what hangs on its verb."""
        found: list[tuple[bool, Place]] = []
        own = {t.i for t in trigger.subtree}
        tops = {trigger.i, self.read.outer(trigger).i, *(v.i for v in clause)}
        sentence, alone = trigger.sent, self._alone(trigger)
        if (place := self._where(clause[0] if clause else trigger)) is not None:
            found.append((False, place))
        for token in sentence:
            place = self._places.get(token.i)
            if place is None:
                continue
            if (alone and self._inside(token)) or self._gone_to(token, clause):
                found.append((True, place))
            elif token.dep_ in ("compound", "nmod", "amod", "poss") and token.head.i == trigger.i:
                if place.kind not in (None, "country"):
                    found.append((False, place))
            elif self._inside(token) and self._reaches(token, tops):
                found.append((token.i not in own, place))
        found.sort(key=lambda f: (f[1].kind in ("country", "region", None), f[0]))
        return list(dict.fromkeys(place for _, place in found))

    def _where(self, verb: Token) -> Place | None:
        """The place that a clause with "where" is of: "flew to X, where she met"; "a visit to X on Monday, where"."""
        where = next((c for c in verb.children if c.lower_ == "where" and c.dep_ == "advmod"), None)
        if where is None or verb.dep_ not in ("relcl", "advcl"):
            return None
        for i in range(where.i - 1, where.sent.start - 1, -1):
            if i in self._places:
                return self._places[i]
            if where.doc[i].pos_ in ("VERB", "AUX"):
                return None
        return None

    def _inside(self, token: Token) -> bool:
        """Whether something is in or at the place: its first preposition says so."""
        ground = False
        for _ in range(DEPTH):
            if token.dep_ == "pobj":
                head = token.head
                if head.lower_ == "of" and head.head.pos_ == "NOUN":  # "in the town of X", "on the island of X"
                    token, ground = head.head, head.head.lower_ in words.locatives()["shore"]
                    continue
                return head.lower_ in ("in", "at", "near", "outside") or (ground and head.lower_ == "on")
            if token.dep_ not in ("conj", "appos", "compound", "nmod", "poss"):
                return False
            token = token.head
        return False

    def _reaches(self, token: Token, tops: set[int]) -> bool:
        """Whether the way up from a token meets the talks or their verbs before any other clause."""
        meeting = self.read.words.meeting["nouns"] | self.read.words.meeting["weak_nouns"]
        city = self._places[token.i].kind not in ("country", "region", "admin1", None)
        for up in token.ancestors:
            if up.i in tops:
                return True
            if up.pos_ == "NOUN" and up.lemma_.lower() in meeting:
                return False  # "the talks went on ahead of a summit in X"
            if up.dep_ == "prep" and up.lower_ in APART and up.head.i in tops:
                return False  # "met after talks in X"
            ground = any(c.lower_ in words.locatives()["shore"] for c in up.children)  # "met on the island of X"
            if up.dep_ == "prep" and up.lower_ in TOPICAL and up.head.i in tops and not city and not ground:
                return False  # "talks on the standoff in X"
            if up.pos_ in ("VERB", "AUX") and not (
                up.dep_ in ("acl", "relcl") and up.tag_ == "VBN" and {up.head.i, up.head.head.head.i} & tops
            ):
                return False
        return False

    def _gone_to(self, token: Token, clause: list[Token]) -> bool:
        """Whether a place is where somebody goes to meet: "flew to X for talks", "is to travel to X to see"."""
        to = token.head
        if token.dep_ != "pobj" or to.lower_ != "to" or to.head not in clause:
            return False
        if to.head.lemma_.lower() not in self.read.words.meeting["coming"]:
            return False
        return to.head is not clause[0] or any(c.lower_ == "for" and c.i > to.i for c in to.head.children)

    def days(self, trigger: Token, clause: list[Token], sentence: Sentence) -> list[Days]:
        """The days that hang on the talks or on the verbs said of them."""
        words, found = self.read.words.meeting, []
        tops = {trigger.i, self.read.outer(trigger).i}
        verbs = {v.i: v for v in clause}
        alone = self._alone(trigger)
        for root, date in self._dates:
            if not sentence.start <= date.start_offset < sentence.end or _SKIPPED.search(self._before(date)):
                continue
            over = trigger if alone else self._over(root, tops, verbs)
            if over is None:
                continue
            assert date.start is not None and date.end is not None
            if (date.end - date.start).days > WIDEST:
                continue
            lemma = over.lemma_.lower()
            kind: Literal["begin", "end", "on", "span"] = (
                "begin" if lemma in words["opening"] else "end" if lemma in words["closing"] else "on"
            )
            if kind == "begin" and (date.end - date.start).days > LONGEST:
                continue  # "the talks began in November" tells no day
            if date.start != date.end:
                kind = "span" if date.granularity in ("interval", "day") else "on"
            found.append(Days(date.start, date.end, kind))
        return [self._stretched(d, trigger, sentence) for d in found]

    def long_ago(self, trigger: Token, clause: list[Token], sentence: Sentence, published: datetime.date) -> bool:
        """Whether talks are told to be those of a year or a time that is history ("the 2009 summit")."""
        tops, verbs = {trigger.i, self.read.outer(trigger).i}, {v.i: v for v in clause}
        old = [d for d in self._dates if d[1].end is not None and (published - d[1].end).days > HISTORY]
        return any(
            sentence.start <= date.start_offset < sentence.end
            and not _SKIPPED.search(self._before(date))
            and (over := self._over(root, tops, verbs)) is not None
            and (over.i in tops or over.i in verbs)
            for root, date in old
        )

    def _alone(self, trigger: Token) -> bool:
        """Whether the parse made the word for talks the root of its sentence: what stands there then belongs to it."""
        top = self.read.outer(trigger)
        return top.dep_ == "ROOT" and top.pos_ in ("NOUN", "PROPN")

    def _before(self, date: DateExpression) -> str:
        return self.read.doc.text[max(0, date.start_offset - 16) : date.start_offset]

    def _over(self, token: Token, tops: set[int], verbs: dict[int, Token]) -> Token | None:
        """The talks or their verb that a date hangs on; None if another noun or verb stands between."""
        below = token
        for up in token.ancestors:
            if up.i in tops or up.i in verbs:
                return up
            if up.dep_ == "prep" and up.lower_ in APART and up.head.i in tops and not self._dated(below):
                return None
            below = up
            if up.pos_ in ("VERB", "AUX"):
                party = {
                    up.head.i,
                    *(a.i for a in up.head.ancestors if a.pos_ in ("NOUN", "PROPN")),
                }  # "of the ministers"
                if up.dep_ in ("acl", "relcl") and up.tag_ == "VBN" and party & tops:
                    return up
                return None
            plain = up.pos_ == "NOUN" and up.ent_type_ not in ("DATE", "TIME") and up.i not in self._places
            if plain and up.lemma_.lower() not in self._through():
                return None
        return None

    def _dated(self, token: Token) -> bool:
        """Whether a token is of a date itself: "after Friday"."""
        return token.ent_type_ in ("DATE", "TIME")

    def _through(self) -> frozenset[str]:
        meeting = self.read.words.meeting
        return (
            meeting["containers"]
            | meeting["nouns"]
            | meeting["weak_nouns"]
            | meeting["accord_nouns"]
            | {"hour", "morning"}
        )

    def _stretched(self, days: Days, trigger: Token, sentence: Sentence) -> Days:
        """One day with the length of the talks: "two days of talks ended on Friday", "opened a two-day meeting"."""
        if days.start != days.end:
            return days
        text = self.read.doc.text[sentence.start : sentence.end]
        nth = _NTH.search(text)
        if nth is not None:
            back = self.read.words.numbers[nth["nth"].lower()] - 1
            return Days(days.start - datetime.timedelta(days=back), days.end, "span")
        length = next((n for n in self._lengths(text) if 1 < n <= LONGEST), None)
        if length is None:
            return days
        rest = datetime.timedelta(days=length - 1)
        if days.kind == "begin":
            return Days(days.start, days.end + rest, "span")
        return Days(days.start - rest, days.end, "span")

    def _lengths(self, text: str) -> Iterator[int]:
        """Numbers of days that the sentence gives to the talks."""
        for match in _LENGTH.finditer(text):
            after = text[match.end() : match.end() + 40]
            talks = re.match(
                r"\s*(?:of\s+)?(?:[\w-]+\s+){0,3}?(?:talks|negotiations|meetings?|summit|conference|session|round|discussions)\b",
                after,
            )
            closing = re.search(r"\bafter\s+$", text[: match.start()]) and re.match(
                r"\s*(?:[,.;]|$|with\b|without\b)", after
            )
            if talks or closing:
                word = match["n"].lower()
                number = self.read.words.numbers.get(word) or (int(word) if word.isdigit() else None)
                if number is not None and word not in ("first", "second", "third"):
                    yield number
