"""Where an event took place, which is a question of its own: most places of a sentence are not the event's.

Only what the text says of the event counts: a locative in its words ("clashed in Goma"), its own noun ("the Istanbul
talks"), a place that was gone to ("visited Beijing"), then a locative elsewhere in the sentence that hangs on the same
verb, then for what opens an article its printed dateline. The place where a speaker stood is not the place that he spoke
about, so for verbal acts a locative must hang on the verb of speech, not within what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dateline.language import Doc
from dateline.model import Place, Span
from dateline.places import words
from dateline.places.names import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = frozenset({"ccomp", "pcomp", "acl", "relcl", "parataxis"})
_SURE = 0.5
"""Confidence below which a place is more often wrong than right (a third were right, LGL and GeoVirus), its country less."""
_EVIDENT = 2.0
"""Score from which a place is taken; below it stays unknown."""


def event_place(
    doc: Doc, places: Sequence[Place], start: int, end: int, trigger: int | None = None, verbal: bool = False
) -> str | None:
    """The id of the place (among `places`) where the event told in [start, end) happened, None if the text does not say.

    `start`, `end`: code points of the evidence; `trigger`: offset of the event's verb or noun (default: the root of the
    evidence); `verbal`: an act of speech. Source: rules over the parse; see the module.
    """
    evidence = doc.tokens(start, end)
    if evidence is None or not len(evidence):
        return None
    act = doc.tokens(trigger, trigger + 1)[0] if trigger is not None else evidence.root
    sentence = doc.sentence_at(start)
    low = min(start, sentence.start) if sentence else start
    high = max(end, sentence.end) if sentence else end
    best: tuple[float, int, str] | None = None
    for place in places:
        for mention in place.mentions:
            if not low <= mention.start < high:
                continue
            score = _score(doc, mention, act, verbal, start <= mention.start < end)
            # A city is where; the country around it is the weaker answer. Nearer to the act wins a tie.
            score += 0.4 if place.kind in ("city", "facility") else -0.2 if place.kind == "country" else 0.0
            candidate = (score, -abs(mention.start - act.idx), place.id)
            if best is None or candidate > best:
                best = candidate
    if best and best[0] >= _EVIDENT:
        return _certain(best[2], places)
    found = _dateline(doc, places, start)
    return _certain(found, places) if found else None


def _certain(identity: str, places: Sequence[Place]) -> str:
    """The place, or the country around it where the place is doubtful and the article names the country."""
    place = next(p for p in places if p.id == identity)
    if place.kind == "country" or place.confidence >= _SURE or not place.country:
        return identity
    return next((p.id for p in places if p.kind == "country" and p.country == place.country), identity)


def _score(doc: Doc, mention: Span, act: Token, verbal: bool, inside: bool) -> float:
    """How plainly the parse makes a mention the place of the act; 0 if it does not."""
    span = doc.tokens(mention.start, mention.end)
    token = span.root
    lists = words.locatives()
    while token.dep_ in ("conj", "appos") and token.head is not token:
        token = token.head
    while token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ in lists["area"]:
        token = token.head.head
    while token.dep_ in ("compound", "amod", "nmod") and token.head.lower_ in lists["area"]:
        token = token.head
    if token.dep_ == "pobj" and token.head.lower_ in lists["at"]:
        holder, score = _holder(token.head), 2.0
    elif token.dep_ == "pobj" and token.head.lower_ in lists["to"]:
        holder = _holder(token.head)
        score = 2.0 if {holder.lemma_.lower(), holder.head.lemma_.lower()} & lists["going"] else 0.0
    elif token.dep_ in ("compound", "nmod", "amod") and token.head.lemma_.lower() in lists["event"]:
        holder, score = token.head, 2.0
    elif token.dep_ == "dobj" and token.head.lemma_.lower() in lists["going"]:
        holder, score = token.head, 2.5
    elif token.dep_ in ("poss", "nsubj") and not verbal and inside:
        return 0.5
    else:
        return 0.0
    if not score:
        return 0.0
    if (
        verbal
        and holder.i != act.i
        and holder.pos_ in ("NOUN", "PROPN")
        and holder.lemma_.lower() not in lists["gathering"]
    ):
        return 0.0  # "condemned the attack in Kabul" was not said in Kabul
    score += 1.0 if inside else 0.0
    if _same(holder, act):
        score += 1.0
    elif verbal and _said(holder, act):
        return 0.0
    elif holder.pos_ in ("NOUN", "PROPN") and holder.lemma_.lower() not in lists["event"] and not inside:
        # "the embassy in Cairo" elsewhere in the sentence places the embassy, not the act.
        score -= 1.0
    return score


def _holder(preposition: Token) -> Token:
    """The verb or noun that a prepositional phrase hangs on."""
    holder = preposition.head
    while holder.dep_ in ("prep", "pobj") and holder.pos_ == "ADP" and holder.head.i != holder.i:
        holder = holder.head
    return holder


def _same(holder: Token, act: Token) -> bool:
    """Whether the phrase hangs on the act: on it, on its auxiliary, or on an object of it."""
    if holder is act or holder.i == act.i:
        return True
    return holder.head.i == act.i and holder.dep_ in (
        "dobj",
        "prep",
        "advcl",
        "aux",
        "xcomp",
        "conj",
        "attr",
        "nsubjpass",
    )


def _said(holder: Token, act: Token) -> bool:
    """Whether the phrase stands within what is said: below a clause that the verb of speech governs."""
    token = holder
    while token.head.i != token.i and token.i != act.i:  # spaCy makes a new Token at each access
        if token.dep_ in _CLAUSES:
            return True
        token = token.head
    return False


def _dateline(doc: Doc, places: Sequence[Place], start: int) -> str | None:
    """The printed dateline's place, for what the first paragraph tells."""
    article = doc.article
    if not article.dateline or not article.body_start:
        return None
    sentence = doc.sentence_at(start)
    if sentence is None or sentence.index > 0:
        return None
    for place in places:
        if any(m.start < article.body_start for m in place.mentions):
            return place.id
    wanted = {fold(name) for name in article.dateline}
    return next((p.id for p in places if any(fold(m.text) in wanted for m in p.mentions)), None)
