"""Where a text speaks of talks, and what each such sentence says of their parties, mediators, venue and days."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dateline.actors import Actors
from dateline.language import Doc, Sentence
from dateline.model import DateExpression, Place
from dateline.talks.doubt import ahead, doubtful, fruitful, in_a_life, in_passing, own_people
from dateline.talks.encounters import encounter, partners, seen, signatories, subjects
from dateline.talks.mediators import mediators
from dateline.talks.outcome import told
from dateline.talks.phrases import SUBJECTS, Phrases, verbal
from dateline.talks.setting import Days, Setting

if TYPE_CHECKING:
    from spacy.tokens import Token

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Mention:
    """One sentence's word for talks, with what stands around it. Actors are ids; `trigger` is a token index.

    `strong`: a word that always means talks. `definite`: it points back ("the talks"). `named`: the parties stand in
    the word's own phrase ("between X and Y"). `future`: the talks are still to come. `told`: outcomes spoken of.
    """

    trigger: int
    sentence: Sentence
    strong: bool
    definite: bool
    named: bool
    future: bool
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    days: tuple[Days, ...] = ()
    round: int | None = None
    told: frozenset[str] = frozenset()
    group: bool = False
    """The parties are named only together ("the two sides"): those of the talks before, if there are any."""
    before: bool = False
    """Told in the past perfect: what had become of earlier talks."""
    passing: bool = False
    """Spoken of without that they are told to be held."""
    fruitful: bool = False
    """Something was agreed there by those whom other sentences name ("the agenda was agreed after secret meetings")."""

    @property
    def bare(self) -> bool:
        """Whether it says nothing of its own."""
        return not (self.parties or self.places or self.days or self.round)


class Reader:
    """Reads one article's mentions."""

    def __init__(self, doc: Doc, actors: Actors, places: Iterable[Place], dates: Iterable[DateExpression]) -> None:
        self.doc = doc
        self.read = Phrases(doc, actors)
        self.sides = self.read.sides
        self.setting = Setting(self.read, places, dates)
        self.words = self.read.words

    def mentions(self) -> Iterator[Mention]:
        """All mentions in the order of the text; those of one sentence that add nothing are joined later."""
        for sentence in self.doc.sentences:
            tokens = self.doc.tokens(sentence.start, sentence.end)
            if tokens is None or self.words.not_talks.search(tokens.text):
                continue
            between = mediators(self.read, sentence)
            said = frozenset(told(self.doc.text[sentence.start : sentence.end]))
            for token in tokens:
                for mention in self._read(token, sentence):
                    yield replace(mention, mediators=tuple(between), told=said | mention.told)

    def _read(self, token: Token, sentence: Sentence) -> Iterator[Mention]:
        lemma, words = token.lemma_.lower(), self.words.meeting
        misread = token.lower_ == "talks" and token.pos_ == "VERB" and not verbal(token)
        noun = (token.pos_ in ("NOUN", "PROPN") or misread) and token.dep_ not in ("compound", "nmod", "amod")
        strong = (
            noun
            and lemma in words["nouns"]
            and not (lemma == "talk" and token.tag_ not in ("NNS", "NNPS") and not misread)
        )
        if strong or (noun and lemma in words["weak_nouns"] and not self._of_club(token)):
            if any(c.lower_ in ("no", "any") and c.dep_ == "det" for c in token.children) or self._cancelled(token):
                return
            parties, named = self._of_noun(token)
            yield from self._made(token, sentence, strong, named, parties)
        elif token.dep_ in SUBJECTS and lemma in self.words.numbers and self._elliptic(token):
            yield from (m for m in self._made(token, sentence, False, False, []) if m.places or m.days)
        elif noun and lemma in words["accord_nouns"]:
            parties = self._of_accord(token)
            several = len(parties) == 1 and self.several(parties[0])
            if len(self.sides.all(parties)) > 1 or several:
                yield from self._made(token, sentence, True, True, parties)
            elif not self.sides.all(parties) and self._of_unnamed(token):
                yield from (m for m in self._made(token, sentence, True, False, []) if m.places or m.days)
        elif token.pos_ == "VERB" and lemma in words["verbs"]:
            yield from self._met(token, sentence)
        elif token.pos_ == "VERB" and (parties := signatories(self.read, token, sentence)):
            yield from self._made(token, sentence, True, True, parties)
        elif token.pos_ == "VERB" and encounter(self.read, token):
            yield from self._met(token, sentence, partners(self.read, token))
        elif token.pos_ == "VERB" and (parties := seen(self.read, token)):
            yield from (m for m in self._made(token, sentence, False, True, parties) if m.places or m.days)
        elif token.pos_ == "VERB" and lemma in words["settling"]:
            parties = self.read.subjects(token) + self.read.objects(token, ("with",))
            if len(self.sides.all(parties)) > 1 and not self._unreal(token, [token]):
                yield from self._made(token, sentence, False, False, parties)

    def _made(
        self, token: Token, sentence: Sentence, strong: bool, named: bool, parties: list[str]
    ) -> Iterator[Mention]:
        """The mention with venue, days, round and tense; none where the talks are only wished for or denied."""
        before = ahead(self.read, token)
        if before and not (parties or self._definite(token)):
            return
        clause = [] if before else self.read.clause(token)
        days = self.setting.days(token, clause, sentence)
        published = self.doc.article.published
        if published is not None and self._to_come(token, clause):
            text = self.doc.text[sentence.start : sentence.end]
            days = [d.ahead(published) if not _YEAR.search(text) else d for d in days]
        later = bool(days) and published is not None and all(d.start > published for d in days)
        if published is not None and not days and self.setting.long_ago(token, clause, sentence, published):
            return
        sooner = bool(days) and published is not None and all(d.end <= published for d in days)
        if self._unreal(token, clause) and not later:
            return
        parties = self.sides.apart(parties, sentence.start, sentence.end)
        future = later or (not sooner and (before or self._to_come(token, clause)))
        begun = future and self._ending(token, clause)
        mention = Mention(
            token.i, sentence, strong, self._definite(token), named, future and not begun, tuple(dict.fromkeys(parties)), (),
            tuple(self.setting.venues(token, clause)), tuple(days), self._round(token), frozenset({"ongoing"} if begun else ()),
            self._together(parties, sentence), any(c.lower_ == "had" for v in clause[:1] for c in v.children),
            in_passing(self.read, token), fruitful(self.read, token),
        )  # fmt: skip
        counted = re.match(r"the first (two|three|four) rounds\b", self._phrase(token), re.I)
        number = self.words.numbers[counted[1].lower()] if counted else 0
        if number == 2 and len(days) == 1 and days[0].start != days[0].end:  # "on May 16 and June 2"
            days = [Days(days[0].start, days[0].start), Days(days[0].end, days[0].end)]
        if number and len(days) == number:
            for n, day in enumerate(days, 1):
                yield replace(mention, days=(day,), round=n)
        elif items := self._items(token, parties, days):
            for ids, places, own in items:
                yield replace(mention, parties=ids, places=places or mention.places[:1], days=own, named=True)
        else:
            yield mention

    def _together(self, parties: list[str], sentence: Sentence) -> bool:
        """Whether the parties stand in the sentence only as a group."""
        groups = [a for a in self.read.actors.within(sentence.start, sentence.end) if a.members]
        named = {a.id for a in self.read.actors.within(sentence.start, sentence.end)}
        return any(set(parties) <= set(a.members) and not named & set(parties) for a in groups) and bool(parties)

    def _items(
        self, token: Token, parties: list[str], days: list[Days]
    ) -> list[tuple[tuple[str, ...], tuple[Place, ...], tuple[Days, ...]]]:
        """Meetings of one with several in turn, each with a day of its own: "met A in X on Monday and B in Y on Tuesday".

        Empty where the sentence is no such list.
        """
        verb = token
        if not verbal(token):
            over = self.read.governor(token)
            if over is None or over[1] != "object":
                return []
            verb = over[0]
        subject = self.read.subjects(verb)
        if len(self.sides.all(subject)) != 1:
            return []
        own = self.sides.all(subject)
        listed = [
            t for t in verb.subtree
            if t.i > verb.i and t.dep_ in ("dobj", "pobj", "conj") and (actor := self.read.at(t)) is not None
            and self.sides.table[actor].kind in ("person", "government") and not self.sides.all([actor]) <= own
        ]  # fmt: skip
        if len(listed) < 2:
            return []
        ends = [*(t.left_edge.i for t in listed[1:]), max(t.i for t in verb.subtree) + 1]
        found = []
        for t, end in zip(listed, ends, strict=True):
            places, when = self.setting.within(t.i, end)
            if len(when) != 1:
                return []
            found.append(((*subject, self.read.at(t) or ""), tuple(places[:1]), tuple(when)))
        return found

    # Who takes part

    def several(self, identity: str) -> bool:
        """Whether one actor is several who go by one name: "Libya's rival parliaments"."""
        actor = self.sides.table[identity]
        return actor.origin == "described" and actor.name.lower().split()[-1].endswith("s")

    def delegations(self, sentence: Sentence) -> list[str]:
        """Whose delegations and negotiators a sentence names."""
        found: list[str] = []
        for token in self.doc.tokens(sentence.start, sentence.end) or ():
            if token.lemma_.lower() in self.words.meeting["delegations"] and token.pos_ in ("NOUN", "PROPN"):
                found += self.read.ids(token)
        return found

    def _of_noun(self, token: Token) -> tuple[list[str], bool]:
        """Parties of "talks": between, with, possessive, compound; else those of the verb over them. And whether two
        stand in the phrase itself."""
        words, own = self.words.meeting, list[str]()
        nouns = [token] if self.read.outer(token) is token else [token, self.read.outer(token)]
        with_ = False
        for noun in nouns:
            for child in self._hung_on(noun):
                if child.dep_ == "prep" and child.lower_ in ("between", "with", "among", "involving", "of"):
                    named = [i for obj in child.children if obj.dep_ == "pobj" for i in self.read.ids(obj)]
                    held = child.lower_ != "of" or noun.lemma_.lower() in ("meeting", "summit", "conference")
                    if not (held or len(self.sides.all(named)) > 1) or self.read.looks_on(child):
                        continue
                    with_ = with_ or child.lower_ == "with"
                    own += named
                elif (
                    child.dep_ in ("poss", "compound", "amod", "nmod")
                    and child.pos_ != "PRON"
                    and not _of_participle(child)
                ):
                    own += self.read.ids(child)
                elif child.dep_ in ("acl", "relcl"):
                    own += self._drawn_in(child)
        if len(self.sides.all(own)) > 1 and not with_:
            return own, True
        over = self._of_verb(token)
        if with_ and not over and (above := self.read.governor(token)):
            verb, how = above
            lemma = verb.lemma_.lower()
            if how == "for" and lemma in words["directing"]:
                over = self.read.objects(verb)  # "A sent B to Z for talks with Y"
            elif (how == "for" and lemma in words["coming"]) or how in words["adjuncts"]:
                over = self.read.subjects(verb)  # "X flew to Z for talks with Y", "X agreed after talks with Y"
        if with_ and not over:
            over = [i for c in (_above(nouns[-1]) or token).children if c.dep_ == "poss" for i in self.read.ids(c)]
        return [*over, *own], len(self.sides.all(own)) > 1

    def _of_club(self, token: Token) -> bool:
        """Whether a conference is of those who negotiate nothing: "the Bar Association's conference", "a meeting hosted by
        the company"."""
        own = [i for c in token.children if c.dep_ in ("compound", "nmod", "poss") for i in self.read.ids(c)]
        own += [
            i for verb in token.children if verb.dep_ == "acl" and verb.tag_ == "VBN"
            for by in verb.children if by.dep_ == "agent" for obj in by.children for i in self.read.ids(obj)
        ]  # fmt: skip
        bodies = [i for i in own if self.sides.table[i].kind in ("organisation", "ngo", "company")]
        return bool(bodies) and not any(self.sides.political(i) for i in own)

    def _hung_on(self, noun: Token) -> Iterator[Token]:
        """What hangs on a word for talks; "with" on its venue, and behind it on the noun above, too: "his departure from
        a meeting in Rome with Iran"."""
        yield from noun.children
        held = [c for child in noun.children if child.lower_ in ("in", "at", "on") for c in child.children]
        if (over := _above(noun)) is not None:
            held.append(over)
        yield from (c for up in held for c in up.children if c.lower_ == "with" and c.i > noun.i)

    def _drawn_in(self, verb: Token) -> list[str]:
        """Parties of a clause on the noun: "which brings together A and B", "attended by A and B", "held by A with B"."""
        words, lemma = self.words.meeting, verb.lemma_.lower()
        if lemma in words["holding"] and verb.tag_ == "VBN":
            by = [obj for c in verb.children if c.dep_ == "agent" for obj in c.children]
            with_ = self.read.objects(verb, ("with",))
            return [*(i for obj in by for i in self.read.ids(obj)), *with_] if with_ else []
        if lemma in words["gathering"]:
            return self.read.objects(verb)
        if lemma == "attend":
            return [
                i for c in verb.children if c.dep_ in ("agent", "prep") and c.lower_ == "by"
                for obj in c.children for i in self.read.ids(obj)
            ]  # fmt: skip
        return []

    def _of_verb(self, token: Token) -> list[str]:
        """The subject of the verb over talks, where it is one who takes part."""
        over = self.read.governor(token)
        if over is None:
            return []
        verb, how = over
        words, lemma = self.words.meeting, verb.lemma_.lower()
        host = lemma in self.words.mediation["hosting"]
        if how == "object" and (lemma in words["holding"] or lemma in words["joining"]):
            return self.read.subjects(verb) + self.read.objects(verb, ("with",))
        if how == "in" and lemma in words["joining"]:
            return self.read.subjects(verb)
        if how == "subject":
            return self._attending(verb)
        together = how == "for" and lemma in words["coming"]
        if (how in words["adjuncts"] or together) and not host and lemma not in words["saying"]:
            found = self.read.subjects(verb)
            if lemma in words["verbs"]:
                found += self.read.objects(verb) + self.read.objects(verb, ("with",))
            return found if len(self.sides.all(found)) > 1 else []
        return []

    def _attending(self, verb: Token) -> list[str]:
        """Those who attend talks that open or close: "talks opened on Monday, with X and Y attending"."""
        found: list[str] = []
        for token in verb.subtree:
            if token.pos_ == "VERB" and token.lemma_.lower() in self.words.meeting["attending"] and token.i != verb.i:
                subjects = [c for c in token.children if c.dep_ in SUBJECTS]
                found += [i for s in subjects for i in self.read.ids(s)]
                beside = [c for c in token.head.children if c.dep_ == "prep" and c.lower_ == "with" and not subjects]
                found += [i for p in beside for obj in p.children for i in self.read.ids(obj)]
        return found

    def _of_accord(self, token: Token) -> list[str]:
        """Parties of an accord made: the subject of "signed an agreement", "X and Y reached a deal"; "a deal between"."""
        over = self.read.governor(token)
        words = self.words.meeting
        made = next(
            (c for c in token.children if c.dep_ == "relcl" and c.lemma_.lower() in words["accord_verbs"]), None
        )
        if made is not None and not self._negated(made):  # "an agreement that X and Y reached"
            return self.read.subjects(made)
        if over is None or over[0].lemma_.lower() not in words["accord_verbs"]:
            return []
        verb, how = over
        if self._negated(verb):
            return []
        found = [
            i for c in token.children if c.dep_ == "prep" and c.lower_ in ("between", "with")
            for obj in c.children for i in self.read.ids(obj)
        ]  # fmt: skip
        return (self.read.subjects(verb) + found) if how == "object" else found

    def _of_unnamed(self, token: Token) -> bool:
        """Whether an accord is made by those whom another sentence names: "the two factions signed an accord", "was signed"."""
        over = self.read.governor(token)
        if over is None or self._negated(over[0]):
            return False
        verb, how = over
        if verb.lemma_.lower() not in self.words.meeting["accord_verbs"] | self.words.meeting["signing"]:
            return False
        if how == "subject":
            return any(c.dep_ in ("nsubjpass", "auxpass") for c in verb.children)
        subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
        return subject is not None and (self._points_back(subject) or subject.tag_ in ("NNS", "NNPS"))

    def _met(self, verb: Token, sentence: Sentence, partners: list[str] | None = None) -> Iterator[Mention]:
        """The mentions of "met", with two sides or a subject that points back ("the two sides will meet"). `partners`:
        those who met another way ("sat down with"), where the object tells how."""
        objects = [] if partners is not None else [c for c in verb.children if c.dep_ == "dobj"]
        objects += [o for c in verb.children if c.dep_ == "prep" and c.lower_ == "with" for o in c.children]
        if objects and (own_people(objects[0], self.read) or (verb.lemma_ == "meet" and self._thing(objects[0]))):
            return
        parties = partners
        if parties is None:
            parties = subjects(self.read, verb) + [i for o in objects for i in self.read.ids(o)]
        if len(self.sides.all(parties)) < 2:
            anaphor = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
            if anaphor is not None and self._back(anaphor) and not objects:
                yield from self._made(verb, sentence, False, False, parties)
            return
        if in_a_life(verb) and self.sides.private(parties) and not self.setting.days(verb, [verb], sentence):
            return
        yield from self._made(verb, sentence, partners is None, True, parties)

    def _thing(self, noun: Token) -> bool:
        """Whether what is met is a thing ("meet the threshold"), though the parse joins people to it."""
        return (
            noun.pos_ == "NOUN"
            and noun.dep_ == "dobj"
            and bool(noun.conjuncts)
            and not self.read.one(noun)
            and (noun.lemma_.lower() not in self.words.meeting["representatives"])
        )

    def _points_back(self, token: Token) -> bool:
        return token.lemma_.lower() in self.words.meeting["anaphors"] or token.pos_ == "PRON"

    def _back(self, token: Token) -> bool:
        """Whether a subject points back, or is several speakers of sides named elsewhere: "the generals met"."""
        several = token.tag_ == "NNS" and token.lemma_.lower() in self.words.meeting["representatives"]
        return self._points_back(token) or (several and any(c.lower_ in ("the", "both") for c in token.children))

    # Whether, when and which

    def _negated(self, verb: Token) -> bool:
        return any(c.dep_ == "neg" for c in verb.children)

    def _unreal(self, token: Token, clause: list[Token]) -> bool:
        """Whether a verb over the talks denies them or only wishes for them. What is done at or after talks may well be
        denied ("agreed not to use force at talks")."""
        over = None if verbal(token) else self.read.governor(token)
        if over is not None and over[1] in self.words.meeting["adjuncts"]:
            return False
        for verb in clause:
            if verb.dep_ in ("acl", "relcl"):
                continue
            if self._negated(verb) or (verb is clause[0] and doubtful(self.read, verb)):
                return True
            while verb.dep_ == "conj" and verb.head.pos_ == "VERB":
                verb = verb.head
            up = verb.head
            wished = verb.dep_ in ("xcomp", "ccomp", "advcl", "pcomp") and up.i != verb.i
            while wished and up.pos_ not in ("VERB", "AUX", "NOUN") and up.head.i != up.i:
                up = up.head
            if wished and up.lemma_.lower() in self.words.meeting["wishing"]:
                return True
            if verb.lemma_.lower() in self.words.meeting["wishing"] and verb is clause[0]:
                return True
        return False

    def _cancelled(self, token: Token) -> bool:
        """Whether talks were called off before they were held: "a meeting that was cancelled", "cancelled the summit"."""
        over = self.read.governor(token)
        verbs = [c for noun in (token, self.read.outer(token)) for c in noun.subtree if c.dep_ in ("acl", "relcl")]
        verbs = [v for v in verbs if v.tag_ in ("VBN", "VBD") and v.head in (token, *token.subtree)]
        if over is not None and over[1] in ("object", "subject"):
            verbs.append(over[0])
        cancelling = self.words.meeting["cancelling"]
        return any(v.lemma_.lower() in cancelling and not self._negated(v) for v in verbs)

    def _ending(self, token: Token, clause: list[Token]) -> bool:
        """Whether only the end of the talks lies ahead ("the talks, set to end on Tuesday"): they are under way."""
        said = [
            v for verb in [*clause, *(c for c in token.children if c.dep_ == "acl")] for v in (verb, *verb.children)
        ]
        verbs = {v.lemma_.lower() for v in said if v.pos_ == "VERB" and v.dep_ != "advcl"}
        words = self.words.meeting
        return bool(verbs & words["ending"]) and not verbs & (words["opening"] | {"hold"})

    def _to_come(self, token: Token, clause: list[Token]) -> bool:
        """Whether the first verb said of the talks puts them in the future."""
        planning = self.words.meeting["planning"]
        for verb in clause[:1] or [token]:
            if any(
                c.dep_ in ("aux", "auxpass") and c.lower_ in ("will", "would", "shall", "'ll") for c in verb.children
            ):
                return True
            past = any(c.lower_ in ("was", "were", "had") for c in verb.children)
            if verb.lemma_.lower() in planning and (verb.tag_ == "VBN" or verb.pos_ == "ADJ") and not past:
                return True
            infinitive = any(c.tag_ == "TO" for c in verb.children)
            if infinitive and verb.head.i != verb.i and verb.head.lemma_.lower() in planning | {"be"}:
                return True
        over = {
            v.lemma_.lower() for v in clause
            if v.dep_ in ("acl", "relcl") and not any(c.lower_ in ("was", "were", "had") for c in v.children)
        }  # fmt: skip
        return bool(over & (planning - {"agree", "hope"})) or any(
            c.lower_ in self.words.meeting["upcoming"] for c in self.read.outer(token).children
        )

    def _definite(self, token: Token) -> bool:
        top = self.read.outer(token)
        return token.pos_ in ("NOUN", "PROPN") and any(
            c.lower_ in ("the", "these", "those", "this", "that", "their") for t in (token, top) for c in t.children
        )

    def _phrase(self, token: Token) -> str:
        top = self.read.outer(token)
        first, last = min(top.left_edge.i, token.left_edge.i), max(top.i, token.i)
        return self.doc.text[self.doc.spacy[first].idx : self.doc.spacy[last].idx + len(self.doc.spacy[last])]

    def _elliptic(self, token: Token) -> bool:
        """Whether a numeral stands for a round numbered after one named before: "a third is planned for May"."""
        planned = token.head.lemma_.lower() in self.words.meeting["planning"] | self.words.meeting["holding"]
        before = self.doc.text[: token.idx]
        article = any(c.lower_ in ("a", "the") for c in token.children)
        return planned and article and self.words.round.search(before) is not None

    def _round(self, token: Token) -> int | None:
        if token.lower_ in self.words.numbers:
            return self.words.numbers[token.lower_]
        match = self.words.round.search(self._phrase(token))
        if match is None:
            return None
        word = (match["ordinal"] or match["cardinal"]).lower()
        if word in self.words.numbers:
            return self.words.numbers[word] if match["cardinal"] or word not in ("one", "two", "three") else None
        digits = "".join(c for c in word if c.isdigit())
        return int(digits) if digits else None


def _of_participle(token: Token) -> bool:
    """Whether a name belongs to a participle after a hyphen: "UN-mediated talks" are not the UN's."""
    return token.i + 2 < len(token.doc) and token.nbor(1).text in "-‐‑–" and token.nbor(2).tag_ in ("VBN", "VBD")


def _above(noun: Token) -> Token | None:
    """The noun that talks hang on by a preposition: "departure" in "his departure from the meeting"."""
    over = noun.head.head
    return over if noun.dep_ == "pobj" and over.pos_ == "NOUN" else None
