"""Where an event took place, which is a question of its own: most places of a sentence are not the event's.

Only what the text says of the event counts: a phrase of place on its verb or noun ("clashed in Goma"), its own noun ("the
Istanbul talks"), a place that was gone to or attacked ("visited Beijing", "the invasion of Iraq"), "there" and "the country"
for the place named last, then for what opens an article (acts of speech apart) its printed dateline. The place where a speaker stood is not the place
that he spoke about, so for acts of speech only what the sentence says of the speaking counts, not what stands within what was
said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dateline.language import Doc
from dateline.model import Place, Span
from dateline.places import words
from dateline.places.locative import Link, apart, attended, belongs, joined, links, within_clause
from dateline.places.names import fold

if TYPE_CHECKING:
    from spacy.tokens import Token

_SURE = 0.5
"""Confidence below which a place is more often wrong than right (a third were right, LGL and GeoVirus), its country less."""
_EVIDENT = 2.0
"""Score from which a place is taken; below it stays unknown."""
_BASE = {"at": 2.0, "to": 2.0, "reached": 2.5, "before": 1.2, "target": 1.5, "where": 2.5}
_KIND = {"city": 0.4, "facility": 0.5, "admin2": 0.2, "country": -0.2}
"""A town or building is where; the country around it is the weaker answer."""
_HERE = {"country": ("country", "nation"), "city": ("city", "town"), "region": ("region", "province", "state")}


def event_place(
    doc: Doc,
    places: Sequence[Place],
    start: int,
    end: int,
    trigger: int | None = None,
    verbal: bool = False,
    said: Sequence[Span] = (),
) -> str | None:
    """The id of the place (among `places`) where the event told in [start, end) happened, None if the text does not say.

    `start`, `end`: code points of the evidence; `trigger`: offset of the event's verb or noun (default: the root of the
    evidence); `verbal`: an act of speech; `said`: what is said, in which no place of the speaking stands. Source: rules over
    the parse; see the module.
    """
    evidence = doc.tokens(start, end)
    if evidence is None or not len(evidence):
        return None
    act = doc.tokens(trigger, trigger + 1)[0] if trigger is not None else evidence.root
    sentence = doc.sentence_at(act.idx)
    low = min(start, sentence.start) if sentence else start
    high = max(end, sentence.end) if sentence else end
    if verbal and sentence:
        low, high = sentence.start, sentence.end
    best: tuple[float, int, str] | None = None
    for place in places:
        for mention in place.mentions:
            if not low <= mention.start < high or is_body(mention.text):
                continue
            if any(s.start <= mention.start < s.end for s in said):
                continue
            score = _score(doc, mention, place, act, verbal, start <= mention.start < end)
            if verbal and not score and _closes(doc, mention, place, said):
                score = _BASE["at"] + 1.0
            if score:
                score += _KIND.get(place.kind or "", 0.0)
            candidate = (score, -abs(mention.start - act.idx), place.id)
            if best is None or candidate > best:
                best = candidate
    if best and best[0] >= _EVIDENT:
        return certain(best[2], places)
    if (here := _here(doc, places, act, low, high, verbal, said)) is not None:
        return certain(here, places)
    if verbal:
        return None
    found = _named_before(doc, places, act, start, end) or at_dateline(doc, places, start)
    return certain(found, places) if found else None


def is_body(name: str) -> bool:
    """Whether a name is of a body that the gazetteer has as a region ("the EU"): its summit is held by it, not in it."""
    return name.lower() in words.locatives()["union"]


def certain(identity: str, places: Sequence[Place]) -> str:
    """The place, or the country around it where the place is doubtful and the article names the country.

    A site of the text is where it is, however little is known of where that lies.
    """
    place = next(p for p in places if p.id == identity)
    if place.kind in ("country", "facility") or place.confidence >= _SURE or not place.country:
        return identity
    return next((p.id for p in places if p.kind == "country" and p.country == place.country), identity)


def _score(doc: Doc, mention: Span, place: Place, act: Token, verbal: bool, inside: bool) -> float:
    """How plainly the parse makes a mention the place of the act; 0 if it does not."""
    root = doc.tokens(mention.start, mention.end).root
    return max((_linked(link, act, verbal, inside) for link in links(root, place.kind)), default=0.0)


def _closes(doc: Doc, mention: Span, place: Place, said: Sequence[Span]) -> bool:
    """Whether an occasion after what was said places the saying, whatever the parse hangs it on ("said X won, at a London rally")."""
    root = doc.tokens(mention.start, mention.end).root
    for link in links(root, place.kind):
        noun = link.holder
        if link.how not in ("at", "before") or noun.lemma_.lower() not in words.locatives()["gathering"]:
            continue
        at = noun.head
        if noun.dep_ != "pobj" or at.lower_ not in ("at", "during"):
            continue
        for s in said:
            if noun.sent.start_char <= s.start and s.end <= at.idx:
                return not any(t.pos_ in ("VERB", "AUX") for t in doc.tokens(s.end, at.idx))
    return False


def _linked(link: Link, act: Token, verbal: bool, inside: bool) -> float:
    holder = link.holder
    score = _BASE[link.how]
    if verbal:
        return score + 1.0 if spoken_at(link, act) else 0.0
    if apart(holder, act):
        return 0.0
    if belongs(holder, act):
        if link.how == "target" and not _near(holder, act):
            return 0.0  # "expelled for his opposition to the war on Iraq"
        return score + (2.0 if inside else 1.0)
    if link.how == "reached" and within_clause(holder, act):
        return 0.0  # "talks on an agreement that has troops leave Kabul"
    if _meanwhile(holder, act):
        return score + 1.0
    if _of_another(holder, act):
        return 0.0
    score += 1.0 if inside else 0.0
    if holder.pos_ in ("NOUN", "PROPN") and not inside and holder.lemma_.lower() not in words.locatives()["event"]:
        score -= 1.0  # "the embassy in Cairo" elsewhere in the sentence places the embassy, not the act
    return score if link.how != "target" else 0.0


def _of_another(holder: Token, act: Token) -> bool:
    """Whether a clause says of someone in the act what is or was elsewhere ("gave to a man who seeks a seat in Melk", "the king, who
    dined them in Melk, met")."""
    if holder.pos_ in ("NOUN", "PROPN"):
        thing = holder.lemma_.lower() not in words.locatives()["event"]
        return thing and act.is_ancestor(holder) and within_clause(holder, act)
    if any(joined(t, act) for t in (holder, *holder.ancestors)):
        return True
    return holder.dep_ == "relcl" and holder.head.dep_ == "nsubj" and holder.head.head.i == act.i


def _meanwhile(holder: Token, act: Token) -> bool:
    """Whether the act is done when somebody comes to or is at a place ("will meet him when he arrives in Israel")."""
    return (
        holder.dep_ == "advcl"
        and holder.head.i == act.i
        and holder.lemma_.lower() in words.locatives()["staying"]
        and any(c.lower_ in ("when", "while") and c.dep_ in ("advmod", "mark") for c in holder.children)
    )


def _near(holder: Token, act: Token) -> bool:
    """Whether the act is the holder, its verb ("launched an attack on") or the verb that it is done to."""
    return holder.i == act.i or holder.head.i == act.i or act.head.i == holder.i or holder.head.head.i == act.i


def spoken_at(link: Link, cue: Token) -> bool:
    """Whether the link says where the speaking of `cue` took place: on the cue, an occasion of speech, or those addressed."""
    lists = words.locatives()
    holder = link.holder
    lemma = holder.lemma_.lower()
    if link.how == "target":
        return False
    if _of_addressed(holder, cue):
        return True  # "told reporters covering the summit in Manila"
    if within_clause(holder, cue) and not _of_subject(holder, cue):
        return False
    if holder.i == cue.i:
        return link.how != "reached" or lemma == "visit"
    if holder.pos_ in ("NOUN", "PROPN"):
        if lemma in lists["heard"]:
            return holder.head.i == cue.i or (holder.head.pos_ == "ADP" and holder.head.head.i == cue.i)
        if _ahead(holder, cue) or not attended(holder, cue):
            return False
        on_the_way = link.how == "to" and holder.dep_ == "pobj" and holder.head.lower_ in ("during", "on", "in", "amid")
        return (on_the_way or (link.how != "to" and lemma in lists["gathering"])) and _reaches(holder, cue)
    return lemma in lists["speaking"] and _reaches(holder, cue)


def _ahead(holder: Token, cue: Token) -> bool:
    """Whether the occasion is still to come ("who will hold talks in Beijing", "said")."""
    token = holder
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token.i != cue.i and any(c.tag_ == "MD" for c in token.children)


def _of_addressed(holder: Token, cue: Token) -> bool:
    """Whether a clause describes those who are spoken to."""
    while holder.dep_ in ("dobj", "pobj", "prep", "compound") and holder.head.i not in (holder.i, cue.i):
        holder = holder.head
    heard = holder.head
    described = holder.dep_ in ("acl", "relcl") and heard.lemma_.lower() in words.locatives()["heard"]
    return described and (heard.head.i == cue.i or (heard.head.pos_ == "ADP" and heard.head.head.i == cue.i))


def _of_subject(holder: Token, cue: Token) -> bool:
    """Whether a participle describes the one who speaks ("Mr Straw, visiting Beijing, said")."""
    token = holder
    while token.head.i != token.i and token.i != cue.i:
        if token.dep_ in ("acl", "relcl") and token.head.dep_ == "nsubj" and token.head.head.i == cue.i:
            return True
        token = token.head
    return False


def _reaches(holder: Token, cue: Token) -> bool:
    """Whether the way up from the holder leads to the cue or to the verb that governs it."""
    above = {cue.i, *(t.i for t in _governing(cue))}
    token = holder
    while token.head.i != token.i:
        if token.i in above:
            return True
        if token.dep_ in ("ccomp", "pcomp") and token.i not in above:
            return False
        token = token.head
    return token.i in above


def _governing(cue: Token) -> Iterator[Token]:
    """The verbs above a cue, up to the noun that its clause only describes."""
    token = cue
    while token.head.i != token.i and token.dep_ not in ("acl", "relcl"):
        token = token.head
        yield token


def _named_before(doc: Doc, places: Sequence[Place], act: Token, start: int, end: int) -> str | None:
    """What "there", "the country" or "the city" in the event's words stands for: the place of that kind named last."""
    for token in doc.tokens(start, end):
        adverb = token.lower_ == "there" and token.dep_ == "advmod" and token.head.pos_ in ("VERB", "AUX")
        if adverb and belongs(token.head, act):
            return _last(doc, places, token.idx, None)
        for kind, nouns in _HERE.items():
            if token.lower_ not in nouns or not any(c.lower_ in ("the", "that") for c in token.children):
                continue
            if any(c.dep_ in ("prep", "amod", "compound", "poss", "relcl") for c in token.children):
                continue
            if any(belongs(link.holder, act) for link in links(token, kind)):
                return _last(doc, places, token.idx, kind)
    return None


def _last(doc: Doc, places: Sequence[Place], before: int, kind: str | None) -> str | None:
    """The place of a kind (None for any) named last before an offset; one that only describes ("U.S. troops") does not count."""
    kinds = {"country": ("country",), "city": ("city",), "region": ("admin1", "region")}.get(kind or "")
    named = [
        (m.start, p.id)
        for p in places
        for m in p.mentions
        if m.end <= before
        and (kinds is None or p.kind in kinds)
        and not is_body(m.text)
        and doc.tokens(m.start, m.end).root.dep_ not in ("compound", "amod", "nmod")
    ]
    return max(named)[1] if named else None


def _here(
    doc: Doc, places: Sequence[Place], act: Token, low: int, high: int, verbal: bool, said: Sequence[Span]
) -> str | None:
    """The dateline's place where a reporter's own "here" says of the act that it was there ("told a rally here")."""
    town = _printed(doc, places)
    if town is None:
        return None
    for token in doc.tokens(low, high):
        if token.lower_ != "here" or token.dep_ != "advmod" or _quoted(doc, token.idx):
            continue
        if any(s.start <= token.idx < s.end for s in said):
            continue
        if verbal and token.head.i == act.i and act.lemma_.lower() not in words.locatives()["speaking"]:
            continue  # "condemned the killing of a trader here"
        if spoken_at(Link(token.head, "at"), act) if verbal else belongs(token.head, act):
            return town
    return None


def _quoted(doc: Doc, at: int) -> bool:
    """Whether an offset stands within quotation marks that its paragraph has opened."""
    sentence = doc.sentence_at(at)
    before = doc.text[doc.paragraphs[sentence.paragraph][0] : at] if sentence else ""
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def at_dateline(doc: Doc, places: Sequence[Place], start: int) -> str | None:
    """The printed dateline's place, for what the first paragraph tells."""
    sentence = doc.sentence_at(start)
    return None if sentence is None or sentence.index > 0 else _printed(doc, places)


def _printed(doc: Doc, places: Sequence[Place]) -> str | None:
    """The place of the printed dateline."""
    article = doc.article
    if not article.dateline or not article.body_start:
        return None
    wanted = {fold(name) for name in article.dateline}
    named = next((p.id for p in places if any(fold(m.text) in wanted for m in p.mentions)), None)
    return named or next((p.id for p in places if any(m.start < article.body_start for m in p.mentions)), None)
