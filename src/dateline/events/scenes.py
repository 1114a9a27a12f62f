"""Where those who speak in an article stand: what it says of one utterance holds for the speaker's others on that occasion.

"He said in London" places the whole speech, "told the AIPAC meeting in Washington" all that she told it, "the forum" once it
was "a forum in Singapore" everybody who speaks to it. Another day named, or another place, is another occasion.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.dates import hang
from dateline.events import when
from dateline.events import words as listed
from dateline.events.mentions import Mentions, is_crowd
from dateline.events.stays import Stays, owner, to_come
from dateline.language import Doc
from dateline.model import DateExpression, Event, Place, Span, Statement
from dateline.places import words
from dateline.places.event import at_dateline, certain, event_place, is_body
from dateline.places.locative import attended, belongs, links
from dateline.statements import words as spoken
from dateline.statements.occasions import RECENT, Occasion, past

if TYPE_CHECKING:
    from spacy.tokens import Token

_STEPS = 5
_BESIDE = 3
"""Spaces between the cue and those who are told."""
_AFTER = 2
"""Sentences after one that tells of a meeting in which "the talks" are that one."""
_THE = frozenset({"the", "that", "this"})
_NEW = frozenset({"a", "an", "another"})
"""What comes before an occasion that the text has not told of before ("said in an interview")."""
_BY = frozenset({"at", "outside", "near", "inside", "during"})
"""Prepositions by which one is where an occasion is."""
_HEARD = 100
"""How far from what a crowd does it may be named, in code points."""
_IN = frozenset({"in", "via", "by"})
"""Prepositions of what something is said in ("in a statement"); "on" is one before a name ("on Twitter")."""
_AIRED = frozenset({"on", "in", "with", "to", "during"})
"""Prepositions of where something is broadcast or told to the press."""
_LEAD = 4
"""Sentences that open an article: they tell what later ones place ("has appealed", and later "speaking in London")."""


@dataclass(frozen=True, slots=True)
class Scene:
    """An occasion of speech: who speaks (actor id), where (place id), the day if its sentence names one, at which offset."""

    actor: str | None
    place: str
    day: datetime.date | None
    at: int
    occasion: str | None = None
    """The noun of the occasion or of the audience ("forum"), by which the text may come back to it."""


class Scenes:
    """The scenes of one article."""

    def __init__(
        self,
        doc: Doc,
        mentions: Mentions,
        places: Sequence[Place],
        dates: Sequence[DateExpression],
        statements: Sequence[Statement],
        told: Sequence[Occasion] = (),
    ) -> None:
        self._doc, self._places, self._mentions, self._told = doc, places, mentions, told
        self._all_dates = dates
        self._dates = [d for d in dates if d.start is not None and d.granularity == "day"]
        media = {
            a.id for a in mentions.actors.values() if a.kind == "media"
        }  # what an agency reports, the article does
        self._said = [span for s in statements if s.speaker not in media for span in s.content]
        self._stays = Stays(doc, mentions, places, self._said)
        found = [*self._occasions(mentions), *self._utterances(statements), *self._opening(mentions, statements)]
        self._all = sorted(found, key=lambda s: (s.at, s.place))
        self._all = sorted([*self._all, *self._returns(statements)], key=lambda s: (s.at, s.place))

    def place(self, speaker: str | None, start: int, end: int, cue: int, said: Sequence[Span] = ()) -> str | None:
        """The place (id) of an act of speech: of its own sentence, else of its speaker's occasion; None if unsaid.

        `start`, `end`: the evidence; `cue`: offset of the verb of speech; `said`: what is said.
        """
        own = event_place(self._doc, self._places, start, end, cue, True, said)
        if own is not None:
            return own
        scene, verb = self._came_back(cue, said), self._doc.tokens(cue, cue + 1)[0]
        if scene is None and (
            when.some_time(self._doc, verb, True)
            or when.earlier(verb)
            or self._elsewhere(cue, said)
            or self._to_others(speaker, cue, said)
        ):
            return None
        scene = scene or self._of_speaker(speaker, cue, said) or self._of_crowd(speaker, cue) or self._introduced(cue)
        if scene is not None:
            return certain(scene.place, self._places)
        stay = self._stays.of(speaker, cue)
        return certain(stay.place.id, self._places) if stay is not None else None

    def assumed(self, event: Event) -> bool:
        """Whether the place of an event is that of the printed dateline, which its sentence does not name."""
        sentence = self._doc.sentence_at(event.evidence.start)
        if (
            sentence is None
            or event.place is None
            or at_dateline(self._doc, self._places, sentence.start) != event.place
        ):
            return False
        first = max(sentence.start, self._doc.article.body_start or 0)
        place = next(p for p in self._places if p.id == event.place)
        return not any(first <= m.start < sentence.end for m in place.mentions)

    def met(self, parties: Collection[str], at: int, ahead: bool) -> str | None:
        """The place (id) where those who meet are, one the guest of another; `at`: offset of the words that tell it."""
        found = self._stays.hosted(parties, at, ahead) or self._told_again(at)
        return certain(found, self._places) if found is not None else None

    def at_occasion(self, act: int) -> str | None:
        """The place (id) of an act done at an occasion that the text has placed before ("to protest at the forum")."""
        token, alike = self._doc.tokens(act, act + 1)[0], listed.load().scene["assemblies"]
        for phrase in token.sent:
            if phrase.dep_ != "prep" or phrase.lower_ not in _BY or not belongs(phrase.head, token):
                continue
            for noun in phrase.children:
                before = [s for s in self._all if s.occasion and s.at < phrase.idx]
                known = [s for s in before if s.occasion == noun.lemma_.lower()]
                if not known and noun.lemma_.lower() in alike and len({s.place for s in before}) == 1:
                    known = [s for s in before if s.occasion in alike]
                if known and any(c.lower_ in _THE for c in noun.children):
                    return certain(known[-1].place, self._places)
        return None

    def of_deed(self, act: int) -> str | None:
        """The place (id) of a deed whose sentence names none: that of the deed told just before it in its paragraph."""
        sentence = self._doc.sentence_at(act)
        named = [m.start for p in self._places for m in p.mentions]
        if sentence is None or any(sentence.start <= at < sentence.end for at in named):
            return None
        for before in reversed(self._doc.sentences[max(0, sentence.index - _AFTER) : sentence.index]):
            if before.paragraph != sentence.paragraph:
                return None
            root = self._doc.tokens(before.start, before.end).root
            root = next((c for c in root.children if c.dep_ == "ccomp" and c.i < root.i), root)  # "..., officials said"
            found = event_place(self._doc, self._places, before.start, before.end, root.idx) if past(root) else None
            if found is not None and next(p for p in self._places if p.id == found).kind == "facility":
                return None  # "were held in the county jail"
            if found is not None or any(before.start <= at < before.end for at in named):
                return found
        return None

    def _told_again(self, at: int) -> str | None:
        """The place of a meeting that the next sentences open with ("The Geneva talks covered ...")."""
        told = self._doc.sentence_at(at)
        for place in self._places if told else ():
            for mention in place.mentions:
                sentence = self._doc.sentence_at(mention.start)
                if told is None or sentence is None or not 0 < sentence.index - told.index <= _AFTER:
                    continue
                for link in links(self._doc.tokens(mention.start, mention.end).root, place.kind):
                    noun = link.holder
                    the = noun.left_edge.lower_ in _THE
                    subject = noun.dep_ in ("nsubj", "nsubjpass") and link.how in ("at", "before")
                    if subject and the and noun.lemma_.lower() in words.locatives()["encounter"]:
                        return place.id
        return None

    def _of_speaker(self, speaker: str | None, cue: int, said: Sequence[Span]) -> Scene | None:
        mine = [s for s in self._all if speaker is not None and s.actor == speaker]
        if not mine:
            return None
        before = [s for s in mine if s.at <= cue]
        opening = self._doc.sentences[min(len(self._doc.sentences), _LEAD) - 1].end
        if not before and (cue >= opening or len({s.place for s in mine}) > 1):
            return None
        scene = before[-1] if before else mine[0]
        told = {o.day for o in self._told if o.actor == speaker and o.at <= opening}
        if not before and scene.day and told - {None, scene.day}:
            return None  # the news is of more than one day of the speaker's
        if self._long_past(cue, said, scene):
            return None
        days = {self._day(cue, said), *(o.day for o in self._told if o.actor == speaker and scene.at < o.at <= cue)}
        return None if scene.day and days - {None, scene.day} else scene

    def _introduced(self, cue: int) -> Scene | None:
        """The scene of the one whom the sentence of a speaking says that its speaker introduces ("said when introducing the senator")."""
        sentence = self._doc.sentence_at(cue)
        if sentence is None:
            return None
        near = self._doc.sentences[max(0, sentence.index - 1) : sentence.index + 1]
        for verb in self._doc.tokens(near[0].start, sentence.end) if near[0].paragraph == sentence.paragraph else ():
            if verb.lemma_ not in listed.load().scene["introducing"] or verb.dep_ not in ("advcl", "acl", "pcomp"):
                continue
            who = next(
                (m for c in verb.children if c.dep_ == "dobj" and (m := self._mentions.covering(c)) is not None), None
            )
            theirs = [s for s in self._all if who is not None and s.actor == who.actor]
            if theirs:
                return next((s for s in reversed(theirs) if s.at <= cue), theirs[0])
        return None

    def _of_crowd(self, speaker: str | None, cue: int) -> Scene | None:
        """The scene last told, if those who act are the crowd that hears its speaker ("drew boos from the crowd")."""
        sentence, actor = self._doc.sentence_at(cue), self._mentions.actors.get(speaker or "")
        near = [
            m for m in self._mentions.all if actor is not None and m.actor == actor.id and abs(m.start - cue) < _HEARD
        ]
        if sentence is None or not any(is_crowd(self._doc, m) for m in near):
            return None
        before = [s for s in self._all if s.at < sentence.end]
        told = self._doc.sentence_at(before[-1].at) if before else None
        return before[-1] if told is not None and sentence.index - told.index <= _AFTER else None

    def _long_past(self, cue: int, said: Sequence[Span], scene: Scene) -> bool:
        """Whether the sentence tells of a time before the news ("in late May she urged"), of which the scene's own does not."""
        sentence, published = self._doc.sentence_at(cue), self._doc.article.published
        if sentence is None or published is None or sentence.start <= scene.at < sentence.end:
            return False
        return any(
            d.end is not None and (published - d.end).days > RECENT
            for d in self._all_dates
            if sentence.start <= d.start_offset < sentence.end
            and not any(s.start <= d.start_offset < s.end for s in said)
            and hang.verb(self._doc, d, spoken.words().leads) is not None
        )

    def _elsewhere(self, cue: int, said: Sequence[Span]) -> bool:
        """Whether something is said in writing ("tweeted", "said in a statement", "the letter said"), which is done nowhere in particular."""
        verb, written = self._doc.tokens(cue, cue + 1)[0], words.locatives()["writing"]
        of = verb.head if verb.dep_ in ("acl", "relcl") else verb
        if verb.lemma_.lower() in written or of.lemma_.lower() in written:
            return True
        above = [verb.head] if verb.dep_ in ("acl", "advcl", "xcomp", "conj") and verb.head.pos_ == "VERB" else []
        objects = [c for one in (verb, *above) for c in one.children if c.dep_ in ("dobj", "nsubj")]
        if any(c.lemma_.lower() in written for c in objects):
            return True
        return any(
            noun.lemma_.lower() in written
            and (phrase.lower_ in _IN or (phrase.lower_ == "on" and noun.pos_ == "PROPN"))
            for phrase in _phrases(verb, said)
            for noun in phrase.children
        )

    def _to_others(self, speaker: str | None, cue: int, said: Sequence[Span]) -> bool:
        """Whether something is told to or on a newspaper or broadcaster that the speaker's scene does not name ("told the Herald", "said on
        CNN's morning show", "in an interview with CNN")."""
        verb = self._doc.tokens(cue, cue + 1)[0]
        heard = [c for c in verb.children if c.dep_ in ("dobj", "dative") and c.i > verb.i]
        heard += [t for p in _phrases(verb, said) if p.lower_ in _AIRED for t in list(p.subtree)[: _STEPS + 3]]
        named = [m for t in heard if (m := self._mentions.covering(t)) is not None]
        media = [m.actor for m in named if self._mentions.actors[m.actor].kind == "media"]
        mine = [s for s in self._all if s.actor == speaker and s.at <= cue]
        if not media or not mine or (sentence := self._doc.sentence_at(mine[-1].at)) is None:
            return False
        mentioned = self._mentions.actors[media[0]].mentions
        return not any(sentence.start <= m.start < sentence.end for m in mentioned)

    def _came_back(self, cue: int, said: Sequence[Span]) -> Scene | None:
        """The occasion or audience that the sentence of the speaking names again: "told the forum", "told the teachers"."""
        sentence = self._doc.sentence_at(cue)
        if sentence is None:
            return None
        known = {s.occasion: s for s in self._all if s.occasion and s.at < sentence.start}
        for token in self._doc.tokens(sentence.start, sentence.end):
            if any(s.start <= token.idx < s.end for s in said) or token.lemma_.lower() not in known:
                continue
            told = cue < token.idx and self._doc.tokens(cue, token.idx + 1).text.count(" ") <= _BESIDE
            the = any(c.lower_ in _THE for c in token.children)
            if any(c.lower_ in _NEW or c.dep_ == "poss" for c in token.children):
                continue
            if told or (the and token.dep_ not in ("nsubj", "nsubjpass")):  # "the forum opens ahead of a ruling"
                return known[token.lemma_.lower()]
        return None

    def _day(self, at: int, said: Sequence[Span] = ()) -> datetime.date | None:
        """The day that the sentence names, outside of what is said."""
        sentence = self._doc.sentence_at(at)
        if sentence is None:
            return None
        for date in self._dates:
            if sentence.start <= date.start_offset < sentence.end and not any(
                s.start <= date.start_offset < s.end for s in said
            ):
                return date.start
        return None

    def _utterances(self, statements: Sequence[Statement]) -> Iterator[Scene]:
        """Statements whose own sentence says where they were made."""
        for s in statements:
            if s.cue is None or s.speaker is None:
                continue
            where = event_place(self._doc, self._places, s.cue.start, s.cue.end, s.cue.start, True, s.content)
            if where is not None:
                cue = self._doc.tokens(s.cue.start, s.cue.end).root
                yield Scene(s.speaker, where, self._day(s.cue.start, s.content), s.cue.start, _audience(cue))

    def _returns(self, statements: Sequence[Statement]) -> list[Scene]:
        """Statements whose sentence comes back to an occasion or audience: their speakers stand there too."""
        found = []
        for s in statements:
            scene = self._came_back(s.cue.start, s.content) if s.cue and s.speaker else None
            if scene is not None and s.cue is not None:
                found.append(Scene(s.speaker, scene.place, self._day(s.cue.start, s.content), s.cue.start))
        return found

    def _occasions(self, mentions: Mentions) -> Iterator[Scene]:
        """Speeches, rallies, interviews and the like whose place the text says, with the one who acts at them."""
        for place in self._places:
            for mention in place.mentions:
                if is_body(mention.text) or any(s.start <= mention.start < s.end for s in self._said):
                    continue
                root = self._doc.tokens(mention.start, mention.end).root
                for link in links(root, place.kind):
                    occasion = _occasion(link.holder) if link.how in ("at", "before") else None
                    if occasion is None:
                        continue
                    actor = _speaker(occasion, mentions)
                    day = self._day(occasion.idx)
                    noun = occasion.lemma_.lower() if occasion.pos_ in ("NOUN", "PROPN") else None
                    noun = None if noun in words.locatives()["press"] else noun
                    yield Scene(actor, place.id, day, occasion.idx, noun)
                    break

    def _opening(self, mentions: Mentions, statements: Sequence[Statement]) -> Iterator[Scene]:
        """A person whom the first sentence quotes under a dateline that is no capital: in capitals correspondents sit."""
        if not self._doc.sentences:
            return
        first = self._doc.sentences[0]
        where = at_dateline(self._doc, self._places, first.start)
        place = next((p for p in self._places if p.id == where), None)
        if place is None or place.geonames_id is None or place.geonames_id in words.capitals():
            return
        for s in statements:
            actor = mentions.actors.get(s.speaker or "")
            at = s.cue.start if s.cue else s.content[0].start
            if actor is not None and actor.kind == "person" and first.start <= at < first.end:
                yield Scene(actor.id, place.id, self._day(at, s.content), at)


def _occasion(holder: Token) -> Token | None:
    """The noun of speech or the verb of speaking that a phrase of place belongs to: itself or what it is a part of."""
    lists = words.locatives()
    token = holder
    for _ in range(_STEPS):
        lemma = token.lemma_.lower()
        if token.pos_ in ("NOUN", "PROPN") and lemma in lists["occasion"]:
            return token
        heard = token.head if token.dep_ in ("acl", "relcl") else token
        if (
            heard.lemma_.lower() in lists["heard"]
            and heard.head.lemma_.lower() in lists["telling"]
            and heard.dep_ == "dobj"
        ):
            return heard
        if token.pos_ == "VERB":
            held = [c for c in token.children if c.dep_ == "dobj" and c.lemma_.lower() in lists["occasion"]]
            return held[0] if held else token if lemma in ("speak", "address") else None
        if token.dep_ not in ("pobj", "prep", "dobj", "appos", "dative") or token.head.i == token.i:
            return None
        token = token.head
    return None


def _phrases(verb: Token, said: Sequence[Span]) -> list[Token]:
    """The prepositions of a verb's phrases outside of what is said."""
    return [c for c in verb.children if c.dep_ == "prep" and not any(s.start <= c.idx < s.end for s in said)]


def _audience(cue: Token) -> str | None:
    """Who is told something, as far as it is a crowd of its own: reporters stand everywhere."""
    for child in cue.children:
        if (
            child.dep_ in ("dobj", "dative")
            and child.lemma_.lower() in words.locatives()["heard"] - words.locatives()["press"]
        ):
            return str(child.lemma_.lower())
    return None


def _speaker(occasion: Token, mentions: Mentions) -> str | None:
    """Whose occasion it is; None where nobody has spoken there yet."""
    if not attended(occasion):
        return None
    owned = any(c.dep_ == "poss" and mentions.covering(c) is not None for c in occasion.children)
    return None if to_come(occasion) and not owned else owner(occasion, mentions)
