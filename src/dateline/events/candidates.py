"""Which actors may have done something to which, and the words that say so: candidates for the pair model.

A candidate is one predicate (a verb or noun of the trigger list, or a statement) with the actors read off the parse around
it. Candidates are meant to be too many: the pair model refuses most of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dateline.events import arguments, phrases, triggers, words
from dateline.events.mentions import Mention, Mentions, unique, without
from dateline.events.triggers import Trigger
from dateline.language import Doc
from dateline.language.doc import Sentence
from dateline.model import Statement
from dateline.statements import clues

if TYPE_CHECKING:
    from spacy.tokens import Token

Kind = Literal["verb", "noun", "statement"]

_OF_ACTOR = {"CONSULT", "AGREE", "COOPERATE", "PROTEST", "MOBILIZE", "RETREAT", "CONCEDE", "THREATEN", "REQUEST"}
"""Types whose noun is followed by the one who acts ("the visit of X"); in the others "of" leads to the one acted on."""
_VICTIMS = {"ASSAULT", "COERCE", "SANCTION", "RETREAT"}
"""Types that are coded with a recipient alone where the text names no one who acts ("ten soldiers were killed")."""
_ON_OTHERS = {"ACCUSE", "SUPPORT", "REJECT", "SANCTION", "COERCE", "ASSAULT"}
"""Types of verbs that are done to somebody."""
_WHERE = {"in", "at", "on", "upon", "into", "over", "about"}
"""Prepositions that lead to the place or matter of what several do together, never to one of them."""
_AIMED = {"ACCUSE", "REJECT", "SUPPORT", "THREATEN"}
"""Types of cues whose object may be those who write: they are else but told ("told the newspaper that")."""
MAX_OPTIONS = 2
"""How many recipients are tried for a statement, beside none and beside whom the article speaks of most: of 180 coded
statements with a recipient the first is right in 112, the second in 20, the one spoken of most in 18 of the rest."""
_POSSESSED = re.compile(r"(?:its|our|their|his|her|my)\b|(?:the )?\w+(?:['’]s|s['’]) ", re.I)
"""What begins the name of one's own people ("to protect its people", "Norland's people"): no one whom the speaker turns on."""
_CUES = ("VERB", "NOUN", "AUX")
"""Parts of speech of the word of a cue that says what is done, the likelier first."""
_END = 1 << 62
"""After the last window."""
_MAX_WINDOW = 600
"""Code points of text given to the model: a sentence and, where the recipient stands before it, that one too."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One pair that may be joined by an event.

    `start`, `end`: the words that would be its evidence. `window`: the stretch given to the model. `triggers`: the readings
    of its predicate. `statement`: the one that performs it (kind "statement") or inside whose content it stands.
    """

    kind: Kind
    actors: tuple[Mention, ...]
    recipients: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]
    predicate: Token | None
    start: int
    end: int
    window: tuple[int, int]
    statement: Statement | None = None
    claimed: bool = False
    """True if it stands inside the content of `statement`."""
    rank: int = 0
    """Which of the recipients tried for its predicate or statement it has, 0 for the likeliest."""
    shares: tuple[float, float] = (0.0, 0.0)
    """The shares of the article's mentions that are of the actors' and of the recipients' side."""
    position: float = 0.0
    """Where in the article it begins, 0 to 1."""

    def marked(self, text: str) -> str:
        """The window with its actor and recipient mentions marked."""
        actors, recipients = ([(m.start, m.end) for m in side] for side in (self.actors, self.recipients))
        return marked(text, self.window, actors, recipients)

    @property
    def group(self) -> tuple[object, ...]:
        """What it shares with the other candidates of its predicate or statement by the same actors."""
        at = self.statement.id if self.kind == "statement" and self.statement else self.predicate and self.predicate.i
        return self.kind, at, tuple(m.actor for m in self.actors)

    @property
    def act(self) -> str | None:
        """The act of the statement that performs it, STATE among them; None for a verb or noun."""
        return self.statement.act if self.kind == "statement" and self.statement is not None else None

    @property
    def together(self) -> bool:
        """True if a reading of the predicate makes its parties act on each other."""
        return any(t.together for t in self.triggers)


def marked(
    text: str, window: tuple[int, int], actors: Iterable[tuple[int, int]], recipients: Iterable[tuple[int, int]]
) -> str:
    """A stretch of the text as the pair model reads it: the spans of actors in <s>, those of recipients in <t>."""
    start, end = window
    marks: list[tuple[int, int, str]] = []
    for kind, spans in (("s", actors), ("t", recipients)):
        for s, e in spans:
            if start <= s and e <= end and not any(s < e2 and s2 < e for s2, e2, _ in marks):
                marks.append((s, e, kind))
    out, at = [], start
    for s, e, kind in sorted(marks):
        out += [text[at:s], f"<{kind}>", text[s:e], f"</{kind}>"]
        at = e
    return "".join((*out, text[at:end])).replace("\n", " ")


def find(doc: Doc, mentions: Mentions, statements: Sequence[Statement], informing: bool = True) -> list[Candidate]:
    """All candidates of an article, in the order of the text; those of statements that only inform (STATE) if `informing`."""
    lexicon = triggers.load()
    found: list[Candidate] = []
    cues: set[int] = set()
    for statement in statements:
        made = list(of_statement(doc, mentions, statement))
        found += made if informing or statement.act != "STATE" else []
        if made and statement.cue is not None:
            cues.update(range(statement.cue.start, statement.cue.end))
    for sentence in doc.sentences:
        if not mentions.within(sentence.start, sentence.end):
            continue
        for token in doc.tokens(sentence.start, sentence.end):
            readings = () if _goes(token) else triggers.read(token, lexicon)
            if not readings and not _may_act(token):
                continue
            for candidate in _of_predicate(doc, mentions, sentence, token, readings):
                located = _locate(candidate, statements)
                if located is not None and not (
                    token.idx in cues and (located.kind == "noun" or not located.recipients)
                ):
                    found.append(located)
    shared = windows([c.window for c in found])
    found = [replace(_placed(doc, mentions, c), window=shared[c.window]) for c in found]
    return sorted(found, key=lambda c: (c.start, c.end))


def windows(wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int]]:
    """For each window the one to read in its place: windows that overlap are read as one, as far as its length allows.

    A statement and the predicates inside it then stand in the same text, which the model reads once for all of them.
    """
    found: dict[tuple[int, int], tuple[int, int]] = {}
    joined: list[tuple[int, int]] = []
    open_: tuple[int, int] | None = None
    for start, end in (*sorted(set(wanted)), (_END, _END)):
        if open_ is not None and start < open_[1] and max(end, open_[1]) - open_[0] <= _MAX_WINDOW:
            open_ = (open_[0], max(end, open_[1]))
        else:
            if open_ is not None:
                found |= dict.fromkeys(joined, open_)
            joined, open_ = [], (start, end)
        joined.append((start, end))
    return found


def _placed(doc: Doc, mentions: Mentions, candidate: Candidate) -> Candidate:
    """The candidate with what the article as a whole says of it."""
    sides = (candidate.actors, candidate.recipients)
    actor, recipient = (max((mentions.share(m.actor) for m in side), default=0.0) for side in sides)
    return replace(candidate, shares=(actor, recipient), position=candidate.start / max(1, len(doc.text)))


def _may_act(token: Token) -> bool:
    """Whether a verb that is on no list may name an act all the same."""
    return token.pos_ == "VERB" and not _goes(token) and token.lemma_ not in words.load().verbs["idle"]


def _goes(verb: Token) -> bool:
    """Whether "go" but leads on to what one does ("is going to sign", "went on to condemn")."""
    if verb.lemma_ != "go":
        return False
    below = any(c.dep_ in ("xcomp", "advcl") and any(t.tag_ == "TO" for t in c.children) for c in verb.children)
    on = any(c.lower_ == "on" and c.dep_ in ("prt", "advmod", "prep") for c in verb.children)
    return below and (verb.tag_ == "VBG" or on)


def _locate(candidate: Candidate, statements: Sequence[Statement]) -> Candidate | None:
    """Say in which statement's content the predicate stands, if in one; None for what a quotation merely talks about."""
    assert candidate.predicate is not None
    at = candidate.predicate.idx
    for statement in statements:
        if any(span.start <= at < span.end for span in statement.content):
            return replace(candidate, statement=statement, claimed=True)
    return candidate


def _of_predicate(
    doc: Doc, mentions: Mentions, sentence: Sentence, token: Token, readings: tuple[Trigger, ...]
) -> Iterator[Candidate]:
    """The candidates of one verb or noun: one for its likeliest recipients, or for none."""
    kind: Kind = "noun" if token.pos_ in ("NOUN", "PROPN") else "verb"
    together = any(t.together for t in readings)
    if kind == "verb":
        args = arguments.of_verb(token)
    else:
        args = arguments.of_noun(token, _of_is_actor(token, readings), together)
    if kind == "verb" and not args.recipients and triggers.types(readings) & _ON_OTHERS:
        args = arguments.Arguments(args.actors, tuple(arguments.shared_objects(token)))
    if kind == "verb" and token.lemma_ in words.load().verbs["dying"]:
        args = phrases.of_death(token, lambda t: any(r.type == "ASSAULT" for r in triggers.read(t)))
    named_by = ((head, m) for head in args.actors for m in mentions.named(head))
    actors = unique(
        m for head, m in named_by if not (head.is_ancestor(token) and m.start > token.idx)
    )  # its own object
    if kind == "verb" and _of_pronoun(mentions, token, actors) and (whose := arguments.of_purpose(token)) is not None:
        actors = mentions.named(whose)
    forced = any(t.type in ("ASSAULT", "COERCE") for t in readings)
    if (not actors and _by_accident(token)) or (forced and _to_oneself(token)):
        return
    if (
        phrases.silent(token)
        or phrases.conjectures(token)
        or phrases.contests(mentions, token)
        or (any(t.type == "REQUEST" for t in readings) and phrases.asks_comment(token))
    ):
        return
    if phrases.aided(token) or (not readings and token.lemma_ in words.load().verbs["stirring"]):
        return  # "came to his aid": the verb says who helped; "his words angered the envoys"
    if not readings and phrases.carries(token, lambda noun: bool(triggers.read(noun))):
        return  # "prompted outrage among": the noun says what is done, and by whom
    verbs = words.load().verbs
    within = token.lemma_ in verbs["expelling"]  # "was expelled from his own party"
    within = within or (kind == "noun" and token.lemma_.lower() in verbs["partisans"])  # "a supporter of the premier's"
    recipients: list[Mention] = []
    others: list[Mention] = []
    for head in args.recipients:
        if head.lower_ == "it" and (head.head.pos_ == "ADJ" or head.head.lemma_ == "make"):
            continue  # "made it clear that": "it" is what follows
        if together and head.dep_ == "pobj" and head.head.lower_ in _WHERE:
            continue  # "met in Geneva", "talks on Jeju"
        if phrases.freed(head) and any(t.type == "REQUEST" for t in readings):
            continue
        if head.dep_ == "pobj" and head.head.lower_ == "outside" and not any(t.type == "PROTEST" for t in readings):
            continue  # "spoke outside the court"
        if any(t.type == "REQUEST" for t in readings) and phrases.asked_for(doc, mentions, head):
            continue
        named = [
            m
            for m in without(phrases.doers(mentions, head, readings), actors)
            if (within or not any(mentions.same_side(a.actor, m.actor) for a in actors))
            and (forced or not mentions.scenery(m.actor))
            and not phrases.seat(doc, mentions, m)
            and not (phrases.candidacy(doc, m) and not any(t.type in ("ACCUSE", "SUPPORT") for t in readings))
        ]
        if named and not recipients:
            recipients = named
        elif named:
            others += without(named, [*recipients, *others])
    if token.lemma_.lower() in verbs["sending"]:
        others = []  # whoever is sent is not acted on
        recipients = [] if phrases.sent(mentions, token, recipients, readings) else recipients
    if any(t.inverse for t in readings):
        actors, recipients = recipients, actors
    if not recipients and len(actors) > 1 and any(_each_other(head) for head in args.recipients):
        recipients = actors
    if together:
        recipients = unique([*recipients, *others]) if kind == "noun" else recipients
    if not actors and not (recipients and any(t.type in _VICTIMS for t in readings)):
        return
    if not actors and not recipients:
        return
    if not readings and not (actors and recipients):
        return  # a verb of no list is an act at most of one on another
    yield _made(doc, kind, actors, recipients, readings, token, sentence)
    back = phrases.given_back(mentions, token)
    if others and not together and not all(back) and actors and not any(t.inverse for t in readings):
        yield replace(_made(doc, kind, actors, others[:1], readings, token, sentence), rank=1)
    if all(back):
        yield _made(doc, kind, *back, readings, token, sentence)


def _of_pronoun(mentions: Mentions, verb: Token, actors: Sequence[Mention]) -> bool:
    """Whether a verb's object is a pronoun, not a reflexive one, that means its subject: the subject is another ("called him to thank him")."""
    named = (
        mentions.covering(c) for c in verb.children if c.dep_ == "dobj" and c.tag_ == "PRP" and "sel" not in c.lower_
    )
    return any(m is not None and m.actor in {a.actor for a in actors} for m in named)


def _of_is_actor(noun: Token, readings: tuple[Trigger, ...]) -> bool:
    """Whether "of" after a noun leads to the one who acts."""
    freeing = noun.lemma_.lower() in words.load().verbs["freeing"]
    return any(t.type in _OF_ACTOR and not (freeing and t.type == "RETREAT") for t in readings)


def _each_other(noun: Token) -> bool:
    """Whether an object is "each other" or "one another"."""
    return (noun.lower_, *(c.lower_ for c in noun.children)) in (
        ("other", "each"),
        ("one", "another"),
        ("another", "one"),
    )


def _to_oneself(verb: Token) -> bool:
    """Whether force is turned on oneself ("killed himself"): that is no event between two."""
    return any(c.dep_ == "dobj" and c.lower_.endswith(("self", "selves")) for c in verb.children)


def _by_accident(token: Token) -> bool:
    """Whether what befell somebody was nobody's doing: "were killed in a crash", "died when the bus overturned", "was hit by a car"."""
    scene = words.load().scene
    for child in token.children:
        if child.dep_ in ("prep", "agent"):
            means = scene["accidents"] | (scene["vehicles"] if child.lower_ == "by" else frozenset())
            if any(below.dep_ == "pobj" and below.lemma_.lower() in means for below in child.children):
                return True
        elif child.dep_ == "advcl" and child.lemma_.lower() in scene["mishaps"]:
            return True
    return False


def _made(
    doc: Doc,
    kind: Kind,
    actors: Sequence[Mention],
    recipients: Sequence[Mention],
    readings: tuple[Trigger, ...],
    token: Token,
    sentence: Sentence,
) -> Candidate:
    start, end = clause(token, [*actors, *recipients], sentence)
    return Candidate(
        kind,
        tuple(actors),
        tuple(recipients),
        readings,
        token,
        start,
        end,
        (sentence.start, min(sentence.end, sentence.start + _MAX_WINDOW)),
    )


def clause(token: Token, parties: Sequence[Mention], sentence: Sentence) -> tuple[int, int]:
    """The stretch of the sentence that holds the predicate, what hangs on it and its parties."""
    tokens = [token]
    for child in token.children:
        if child.dep_ not in ("conj", "cc", "punct", "advcl", "parataxis", "relcl"):
            tokens += list(child.subtree)
    start = min([t.idx for t in tokens] + [m.start for m in parties if m.start >= sentence.start])
    end = max([t.idx + len(t) for t in tokens] + [m.end for m in parties if m.end <= sentence.end])
    return max(start, sentence.start), min(end, sentence.end)


def of_statement(doc: Doc, mentions: Mentions, statement: Statement) -> Iterator[Candidate]:
    """The candidates of a statement: its speaker, and those it may be about, the likelier first (at most four)."""
    if statement.speaker is None or statement.speaker not in mentions.actors:
        return
    spans = [s for s in (statement.source, statement.cue, *statement.content) if s is not None]
    here = doc.sentence_at(statement.cue.start if statement.cue else statement.content[0].start)
    if here is None:
        return
    start = min(here.start, statement.content[0].start)
    end = max(here.end, statement.content[0].end)
    whole = (min(s.start for s in spans), max(s.end for s in spans))
    speaker = _speaker(mentions, statement, start, end)
    cue = _cue(doc, statement)
    if cue is not None and phrases.silent(cue):
        return
    readings = triggers.read(cue) if cue is not None else ()
    doing = _doing(doc, mentions, statement)
    if doing is not None and not any(t.type == statement.act for t in readings):
        readings = (*readings, Trigger(statement.act, None))
    speakers = (speaker, *_joined(doc, mentions, statement, speaker))
    ids = {m.actor for m in speakers}
    options = _options(doc, mentions, statement, [v for v in (cue, doing) if v is not None], speaker)
    tried = [option for option in options if not any(m.actor in ids for m in option)][:MAX_OPTIONS]
    most = mentions.counterpart(speaker.actor, whole[0])
    if (
        most is not None
        and most.actor not in ids
        and not any(mentions.side(m.actor) == mentions.side(most.actor) for o in tried for m in o)
    ):
        tried.append([most])
    near = [m.start for option in tried for m in option if max(start - _MAX_WINDOW, 0) < m.start < start]
    before = doc.sentence_at(min(near)) if near else None
    if before is not None:
        start = before.start  # one window for all: the model reads it once
    window = (start, min(end, start + _MAX_WINDOW))
    for rank, option in enumerate(tried):
        yield Candidate("statement", speakers, tuple(option), readings, cue, *whole, window, statement, rank=rank)
    yield Candidate("statement", speakers, (), readings, cue, *whole, window, statement)


def _speaker(mentions: Mentions, statement: Statement, start: int, end: int) -> Mention:
    """The speaker's mention at the source's words, else its nearest one, else the source itself."""
    assert statement.speaker is not None
    if statement.source is not None:
        inside = [
            m for m in mentions.within(statement.source.start, statement.source.end) if m.actor == statement.speaker
        ]
        return inside[0] if inside else Mention(statement.source.start, statement.source.end, statement.speaker)
    near = [m for m in mentions.within(start, end) if m.actor == statement.speaker]
    return near[0] if near else Mention(start, start, statement.speaker)


def _joined(doc: Doc, mentions: Mentions, statement: Statement, speaker: Mention) -> tuple[Mention, ...]:
    """Those who speak with the speaker: the others that the source names ("Norland and Sudland said")."""
    source = statement.source
    if source is None or not source.start <= speaker.start < source.end:
        return ()
    others = [
        mentions.covering(t)
        for t in doc.tokens(speaker.start, speaker.end).root.conjuncts
        if source.start <= t.idx < source.end
    ]
    return tuple({m.actor: m for m in others if m is not None and m.actor != speaker.actor}.values())


def _cue(doc: Doc, statement: Statement) -> Token | None:
    """The cue's verb ("has accused"), else its noun or auxiliary, else its first token."""
    if statement.cue is None:
        return None
    tokens = list(doc.tokens(statement.cue.start, statement.cue.end))
    return min(tokens, key=lambda t: _CUES.index(t.pos_) if t.pos_ in _CUES else len(_CUES), default=None)


def _doing(doc: Doc, mentions: Mentions, statement: Statement) -> Token | None:
    """The verb in what is said by which the speaker does the statement's act: "it expects steps from …", "we will not sign"."""
    content = [(s.start, s.end) for s in statement.content]
    speaker = mentions.actors[statement.speaker] if statement.speaker else None

    def of_speaker(subject: Token) -> bool:
        if subject.lower_ in clues.SPEAKERS:
            return True
        named = mentions.covering(subject)
        return named is not None and speaker is not None and clues.speaks_for(speaker, mentions.actors[named.actor])

    if statement.act == "REJECT" and (refused := clues.refusing(doc, content, of_speaker)) is not None:
        return refused
    verb, acts = clues.performing(doc, content)
    return verb if statement.act in acts else None


def _options(
    doc: Doc, mentions: Mentions, statement: Statement, verbs: Sequence[Token], speaker: Mention
) -> list[list[Mention]]:
    """Who the statement may be about: the objects of its cue and of what it does, its addressees, the actors in its content,
    the one before it."""
    found: list[list[Mention]] = []
    content = [m for span in statement.content for m in mentions.within(span.start, span.end)]
    aimed = any(t.type in _AIMED for v in verbs[:1] for t in triggers.read(v))

    def add(option: list[Mention]) -> None:
        option = [
            m
            for m in option
            if m.actor != speaker.actor
            and (aimed or m in content or mentions.actors[m.actor].sector != "JRN")
            and not mentions.scenery(m.actor)
            and not any(mentions.same_side(speaker.actor, one) for one in (m.actor, *mentions.each([m])))
            and not (mentions.own_people(speaker.actor, m.actor) and _POSSESSED.match(doc.text, m.start))
        ]
        ids = {m.actor for m in option}
        if option and not any(ids == {m.actor for m in other} for other in found):
            found.append(option)

    for verb in (v for v in verbs if v.pos_ == "VERB"):
        for head in arguments.of_verb(verb).recipients[:3]:
            if (
                verb != verbs[0]
                or not any(s.start <= head.idx < s.end for s in statement.content)
                or head.dep_ in ("nsubj", "dobj")
            ) and not (statement.act == "REQUEST" and phrases.asked_for(doc, mentions, head)):
                add(mentions.named(head))
    subjects = [m for m in content if _is_subject(doc, m)]
    for mention in (*subjects, *content):
        add([mention])
    if not content:
        for actor in statement.addressees:
            near = [m for m in mentions.within(max(0, speaker.start - 400), speaker.start + 400) if m.actor == actor]
            add(near[:1])
    if all(mentions.own_people(speaker.actor, m.actor) for option in found for m in option):
        first = min(statement.content[0].start, speaker.start)
        before = [m for m in mentions.within(max(0, first - 350), first) if m.actor != speaker.actor]
        sides: set[str] = set()
        for mention in sorted(before, key=lambda m: (mentions.actors[m.actor].kind == "population", -m.start)):
            side = mentions.side(mention.actor)  # who is not named is spoken to as a state rather than as its people
            if side not in sides and not mentions.own_people(speaker.actor, mention.actor):
                add([mention])
            sides.add(side)
    return found


def _is_subject(doc: Doc, mention: Mention) -> bool:
    """Whether a mention is of the one whom a clause is about, or who does what is told in the passive ("was sold by X")."""
    tokens = doc.tokens(mention.start, mention.end)
    if tokens is None:
        return False
    root = tokens.root
    if root.dep_ == "nsubjpass":
        return not any(c.dep_ == "agent" for c in root.head.children)
    return bool(root.dep_ == "nsubj" or (root.dep_ == "pobj" and root.head.dep_ == "agent"))
