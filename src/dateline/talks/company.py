"""Who takes part in talks whose own sentences do not say: the sides that the rest of the article puts at the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.language import Sentence
from dateline.talks.mediators import mediators
from dateline.talks.mentions import Reader
from dateline.talks.phrases import SUBJECTS
from dateline.talks.sides import Side

if TYPE_CHECKING:
    from spacy.tokens import Token

DELEGATION, TOGETHER, TITLE, DISPUTE, DECIDES, BESIDE, NAMED = 3.0, 2.0, 2.0, 1.5, 1.0, 1.0, 0.25
"""What speaks for a side: its delegation is named; it is one subject with another; the title names it; it accuses another,
or is accused; it decides or answers something; a sentence on the talks names it; any other sentence does. Judgement, set on
the even texts of tests/talks/longer.jsonl and more.jsonl."""
LEAST, MANY = 1.5, 3.0
"""What the two first sides need, and each further one."""
NAMINGS = 4
"""Sentences that only name a side count so often at most."""


class Company:
    """The evidence of one article, read once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._sides = reader.sides
        self._weights: dict[Side, float] = defaultdict(float)
        self._sent: set[Side] = set()
        self._ids: dict[Side, list[str]] = defaultdict(list)
        self._between: set[Side] = set()
        namings: dict[Side, int] = defaultdict(int)
        for sentence in reader.doc.sentences:
            self._between |= self._sides.all(mediators(reader.read, sentence))
            for side, weight, ids in self._evidence(sentence):
                if weight == NAMED:
                    namings[side] += 1
                    if namings[side] > NAMINGS:
                        continue
                self._weights[side] += weight
                self._ids[side] += ids
        for side in self._titled():
            self._weights[side] += TITLE

    def of(self, own: Iterable[str], barred: Iterable[Side], host: str | None, told: Iterable[Sentence]) -> list[str]:
        """The parties that talks have beside those they name (`own`), best first; empty where no two sides stand out.

        `barred`: sides that mediate. `host`: the country of the venue, a party only where its delegation is named.
        `told`: the sentences on the talks.
        """
        out = set(barred) | self._between
        mine = self._sides.all(own) - out
        beside: dict[Side, float] = defaultdict(float)
        for sentence in told:
            for actor in self._reader.read.actors.within(sentence.start, sentence.end):
                side = self._sides.of(actor.id)
                if side is not None:
                    beside[side] = BESIDE
                    self._ids[side].append(actor.id)
        ranked: list[tuple[float, int, Side]] = []
        for order, side in enumerate(self._ids):
            weight = self._weights[side] + beside[side]
            if side in out or side in mine or not self._may(side):
                continue
            if side == ("state", host) and side not in self._sent:
                weight -= TOGETHER
            if weight >= LEAST:
                ranked.append((-weight, order, side))
        ranked.sort()
        due = max(0, 2 - len(mine))
        chosen = [s for n, (weight, _, s) in enumerate(ranked) if n < due or -weight >= MANY]
        if len(chosen) + len(mine) < 2:
            return []
        return [i for side in chosen for i in self._best(side)]

    def _best(self, side: Side) -> list[str]:
        """The actors of a side, the state before its people and bodies; no police force for its state."""
        table, ids = self._sides.table, list(dict.fromkeys(self._ids[side]))
        state = [i for i in ids if (table[i].registry_id or "").upper() == side[1]]
        people = [i for i in ids if table[i].kind == "person"]
        rest = [i for i in ids if table[i].sector != "COP" and i not in people]
        return state or (people if people and ids[0] == people[0] else []) or rest or people or ids

    def _may(self, side: Side) -> bool:
        """Whether a side may be at the table unnamed: a political one; a body of states only by its delegation."""
        if side[0] == "body":
            return side in self._sent
        return any(self._sides.political(i) for i in self._ids[side])

    def _evidence(self, sentence: Sentence) -> Iterator[tuple[Side, float, list[str]]]:
        read, words = self._reader.read, self._reader.words.meeting
        for actor in read.actors.within(sentence.start, sentence.end):
            side = self._sides.of(actor.id)
            if side is not None:
                yield side, NAMED, [actor.id]
        for token in self._reader.doc.tokens(sentence.start, sentence.end) or ():
            if token.pos_ in ("NOUN", "PROPN") and token.lemma_.lower() in words["delegations"]:
                for side, ids in self._sides.each(read.ids(token)).items():
                    self._sent.add(side)
                    yield side, DELEGATION, ids
            if token.dep_ in SUBJECTS:
                yield from self._subject(token)

    def _subject(self, token: Token) -> Iterator[tuple[Side, float, list[str]]]:
        """What a subject tells by its verb, and by standing beside another."""
        read, words = self._reader.read, self._reader.words
        verb, lemma = token.head, token.head.lemma_.lower()
        mediating = lemma in words.mediation["verbs"] | words.mediation["hosting"] | words.mediation["presiding"]
        if mediating or token.dep_ == "nsubjpass":
            return
        subject = self._sides.each(read.ids(token))
        if len(subject) == 2:
            yield from ((side, TOGETHER, ids) for side, ids in subject.items())
        if lemma in words.meeting["disputing"]:
            others = self._sides.each(read.objects(verb))
            if subject and others and not set(subject) & set(others):
                yield from ((side, DISPUTE, ids) for side, ids in (*subject.items(), *others.items()))
        elif lemma in words.meeting["deciding"]:
            yield from ((side, DECIDES, ids) for side, ids in subject.items())

    def _titled(self) -> set[Side]:
        """The sides that the title names, by a name that the text has too or by their country's."""
        title = f" {' '.join(_words(self._reader.doc.article.title or ''))} "
        found = set()
        for actor in self._sides.actors.actors:
            side = self._sides.of(actor.id)
            names = {actor.name, *(m.text for m in actor.mentions if m.text[:1].isupper())}
            if side is not None and any(f" {' '.join(_words(name))} " in title for name in names if len(name) > 2):
                found.add(side)
        for place in self._reader.setting.places:
            if place.kind == "country" and place.country and f" {' '.join(_words(place.name))} " in title:
                found.add(("state", place.country))
        return found


def _words(text: str) -> list[str]:
    """Words in lower case, without the possessive and marks."""
    plain = text.lower().replace("’", "'").replace("'s ", " ").removesuffix("'s")
    return "".join(c if c.isalnum() or c == "'" else " " for c in plain).split()
