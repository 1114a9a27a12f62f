"""Pronouns: he, she, they, it, and the I and we of a quotation.

A pronoun goes to the mention before it that scores best: nearer sentences before farther ones, subjects before others,
whoever a pronoun meant last before whoever it did not; it must agree in number and gender, and must not be the other
argument of the same verb (Hobbs' and Lappin and Leass' ideas, much reduced). The first person within a quotation is the
subject of the verb of speech beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dateline.actors.cluster import Book, Cluster
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.view import View

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_PERSONAL = frozenset({"he", "his", "she", "her"})
_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
_ALL = _MALE | _FEMALE | _THING | _MANY | _FIRST
_SUBJECTS = ("nsubj", "nsubjpass", "agent", "csubj")
REACH = 3
"""How many sentences back an antecedent may lie; tried 2 to 5 on the speakers of the training articles."""
QUOTED, GOVERNING, SPEAKING, NEAREST, MAIN = 2.0, 0.6, 0.8, 0.8, 0.4
"""A mention within a quotation is unlikely for a pronoun outside; the subject of a verb above the pronoun's is likely; so
is the last speaker for the subject of a verb of speech; so is who does what the clause tells of for whose something is. Set on the 102 pronoun speakers of the training articles."""
TOLD_OF = 1.0
"""How much less likely still whoever is named within a quotation is to speak after it."""
SPOKEN = 0.35
"""What a sentence that is all quotation counts as between a pronoun outside of quotations and what it means."""
QUEUE = 60
"""How many mentions, or words, before a pronoun are looked at: a bound on work in texts without sentences."""


@dataclass(slots=True)
class _Heard:
    """One mention as the pronouns after it see it."""

    token: int
    sentence: int
    cluster: Cluster
    verb: int | None
    """The word whose subject it is, if it is one."""
    pronoun: bool = False


@dataclass(slots=True)
class _State:
    heard: list[_Heard] = field(default_factory=list)
    speakers: dict[int, Cluster] = field(default_factory=dict)
    told: list[float] = field(default_factory=list)
    """By sentence, how many stand before it, those within a quotation counted as SPOKEN"""


def resolve_pronouns(book: Book) -> None:
    """Give each pronoun to the nearest cluster that fits; one that none fits stays without."""
    seen = book.seen
    named = sorted(
        ((m.head, m, c) for c in book.clusters for m in c.mentions if m.form != "pronoun"), key=lambda row: row[0]
    )
    within = {k for _, m, _ in named if m.form == "person" and m.last - m.first > 1 for k in range(m.first, m.last)}
    pronouns = [
        i for i, word in enumerate(seen.lower)
        if word in _ALL and seen.text[i] != "US" and seen.start[i] >= seen.body and i not in within
    ]  # fmt: skip
    state = _State(speakers=speakers(book), told=_told(seen))
    at = 0
    for i in pronouns:
        while at < len(named) and named[at][0] < i:
            head, _, cluster = named[at]
            state.heard.append(_Heard(head, seen.sentence[head], cluster, _governed(seen, head)))
            at += 1
        word = seen.lower[i]
        found = state.speakers.get(seen.quoted[i]) if word in _FIRST else None
        if word not in _FIRST:
            after = named[at : at + 8]
            found = _fronted(book, i, after) or _antecedent(book, i, state, after)
        if found is None and word in _MALE | _FEMALE:
            found = _ahead(book, i, named[at : at + 8])
        if found is None:
            continue
        cluster = found
        if word in ("he", "she") and cluster.gender is None and cluster.human:
            cluster.gender = "m" if word == "he" else "f"
        mention = Mention("pronoun", i, i + 1, i, i, seen.text[i], origin="pronoun")
        book.put(mention, cluster)
        state.heard.append(_Heard(i, seen.sentence[i], cluster, _governed(seen, i), True))


def _governed(seen: View, head: int) -> int | None:
    """The word whose subject a mention is, by itself or as the name beside it ("the head of the delegation, Humbert Low, urged")."""
    if seen.dep[head] == "appos" and seen.dep[seen.head[head]] in _SUBJECTS:
        head = seen.head[head]
    return seen.head[head] if seen.dep[head] in _SUBJECTS else None


def _antecedent(
    book: Book, i: int, state: _State, following: Sequence[tuple[int, Mention, Cluster]] = ()
) -> Cluster | None:
    seen, word = book.seen, book.seen.lower[i]
    if word == "it" and (_empty_it(book, i) or _of_a_thing(book, i, {h.token for h in state.heard[-QUEUE:]})):
        return None
    best: tuple[float, Cluster] | None = None
    speaker = state.speakers.get(seen.quoted[i]) if seen.quoted[i] else None
    words, above = lexicon(), set(seen.chain(i))
    speaks = seen.dep[i] in _SUBJECTS and seen.lemma[seen.head[i]] in words.speech
    leads = seen.dep[i] in _SUBJECTS and not seen.quoted[i]
    nearest, told_of = _nearest(book, i), {seen.head[k] for k in above if seen.dep[k] == "relcl" and _who(seen, k)}
    others = {id(h.cluster) for h in state.heard[-QUEUE:] if _same_verb(book, i, h.token)}
    others |= {id(c) for head, _, c in following if _same_verb(book, i, head)}  # "he told Chirac"
    for heard in state.heard[-QUEUE:][::-1]:
        sentences: float = seen.sentence[i] - heard.sentence
        if not seen.quoted[i]:
            sentences = state.told[seen.sentence[i]] - state.told[heard.sentence]
        if sentences > REACH:
            break
        cluster, verb = heard.cluster, heard.verb
        apart = seen.paragraph[heard.token] != seen.paragraph[i]
        if seen.dep[heard.token] == "appos" and (apart or seen.sentence[i] - heard.sentence > 1):
            verb = None  # who is only named beside a subject is thought of in the next sentence alone
        if not _agrees(cluster, word) or cluster is speaker or id(cluster) in others:
            continue
        score = (
            -1.5 * sentences
            - 0.01 * (i - heard.token)
            + (1.0 if verb is not None or heard.token in told_of else 0.0)
            + (0.4 if heard.pronoun else 0.0)
        )
        if apart:
            score -= 0.3
        if cluster.match is not None or cluster.origin != "described":
            score += 0.4
        if seen.quoted[heard.token] and not seen.quoted[i]:
            score -= QUOTED + (TOLD_OF if speaks else 0.0)
        if verb in above or heard.token in told_of:
            score += GOVERNING
        if speaks and verb is not None and seen.lemma[verb] in words.speech:
            score += SPEAKING
        if leads and sentences and verb is not None and seen.dep[verb] == "ROOT":
            score += MAIN
        if heard.token in nearest:
            score += NEAREST
        if best is None or score > best[0]:
            best = (score, cluster)
    return best[1] if best is not None else None


def _nearest(book: Book, i: int) -> set[int]:
    """Where those stand who, by the clause of a possessive, are likeliest to be whose it is: the subject of its verb, or the noun
    that its relative clause is about."""
    seen = book.seen
    if seen.dep[i] != "poss" or seen.dep[seen.head[i]] == "attr":
        return set()  # "the one who stayed was his son"
    for up in seen.chain(i):
        subjects = [t for t in seen.doc.spacy[up].lefts if t.dep_ in _SUBJECTS]
        if seen.dep[up] == "relcl" and _who(seen, up):
            return {seen.head[up]}
        if subjects:
            return {t.i for t in subjects if t.i < i}
    return set()


def _who(seen: View, verb: int) -> bool:
    """Whether a relative pronoun is the subject of a verb."""
    return any(t.dep_ in _SUBJECTS and t.tag_ in ("WP", "WDT") for t in seen.doc.spacy[verb].lefts)


def _told(seen: View) -> list[float]:
    """For each sentence, how many stand before it; one that is all quotation counts less."""
    spoken: dict[int, bool] = {}
    for number, quoted, word in zip(seen.sentence, seen.quoted, seen.plain, strict=True):
        spoken[number] = spoken.get(number, True) and (bool(quoted) or not word)
    found, total = [], 0.0
    for number in range(len(spoken)):
        found.append(total)
        total += SPOKEN if spoken[number] else 1.0
    return found


def _agrees(cluster: Cluster, word: str) -> bool:
    if word in _MALE or word in _FEMALE:
        wanted = "m" if word in _MALE else "f"
        return cluster.human and not cluster.plural and cluster.gender in (None, wanted)
    if word in _THING:
        return not cluster.human and not cluster.plural and cluster.kind != "population"
    return (
        cluster.plural
        or cluster.kind in ("population", "organisation", "armed group", "company", "ngo")
        or bool(cluster.members)
    )


def _same_verb(book: Book, i: int, token: int) -> bool:
    """Whether both are arguments of one verb ("Blair met him"): then they are two; a possessive may be the same. Two subjects of one
    verb are a sentence misread ("Chirac, who boasts he has held, …")."""
    seen = book.seen
    if seen.dep[i] == "poss" or seen.lower[i].endswith(("self", "selves")):
        return False
    if seen.dep[i] in _SUBJECTS and seen.dep[token] in _SUBJECTS:
        return False
    up, other = seen.head[i], seen.head[token]
    if seen.dep[i] == "pobj":
        up = seen.head[up]
    if seen.dep[token] == "pobj":
        other = seen.head[other]
    return up == other and seen.pos[up] in ("VERB", "AUX")


def _empty_it(book: Book, i: int) -> bool:
    """ "It is clear that", "it rained", "it emerged that": no one."""
    seen = book.seen
    if seen.dep[i] == "expl":
        return True
    if seen.dep[i] not in _SUBJECTS:
        return False
    verb = seen.head[i]
    if seen.lemma[verb] in lexicon().impersonal:
        return True
    if seen.lemma[verb] in ("start", "begin") and any(
        t.lower_ in ("when", "with") for t in seen.doc.spacy[verb].subtree
    ):
        return True
    below = {t.dep_ for t in seen.doc.spacy[verb].rights}
    return (
        (seen.lemma[verb] == "be" or seen.lower[verb] in ("'s", "’s"))
        and bool(below & {"acomp", "attr", "ccomp", "xcomp", "prep"})
        and "dobj" not in below
    )


def _of_a_thing(book: Book, i: int, actors: set[int]) -> bool:
    """An "it" after a thing in the same place of a sentence: "welcomed the agreement. The former president denounced it", "The deal
    was to be small. But it may grow"."""
    seen = book.seen
    if seen.dep[i] in _SUBJECTS:
        return _subject_thing(book, i, actors)
    if seen.dep[i] != "dobj":
        return False
    for j in range(i - 1, max(-1, i - QUEUE), -1):
        if seen.sentence[j] < seen.sentence[i] - 1:
            break
        if seen.dep[j] in ("dobj", "nsubjpass") and seen.doc.spacy[j].tag_ == "NN" and j not in actors:
            return True
    return False


def _subject_thing(book: Book, i: int, actors: set[int]) -> bool:
    """Whether an "it" that is the subject of its sentence, and speaks not, follows a sentence whose subject is no actor."""
    seen = book.seen
    verb = seen.head[i]
    verbs = {seen.lemma[verb], *(t.lemma_.lower() for t in seen.doc.spacy[verb].conjuncts)}
    if seen.dep[verb] != "ROOT" or verbs & lexicon().speech or seen.quoted[i]:
        return False
    for j in range(i - 1, max(-1, i - QUEUE), -1):
        if seen.sentence[j] < seen.sentence[i] - 1 or (seen.sentence[j] == seen.sentence[i] and j in actors):
            break
        told = seen.sentence[j] < seen.sentence[i] and seen.dep[j] in ("nsubj", "nsubjpass")
        if told and seen.dep[seen.head[j]] == "ROOT":
            return seen.doc.spacy[j].tag_ == "NN" and j not in actors
    return False


def _ahead(book: Book, i: int, following: list[tuple[int, Mention, Cluster]]) -> Cluster | None:
    """Who is named after a pronoun in the same sentence: "As he left, Chirac said"."""
    seen = book.seen
    for head, _, cluster in following:
        if seen.sentence[head] != seen.sentence[i]:
            return None
        if seen.dep[head] in _SUBJECTS and _agrees(cluster, seen.lower[i]):
            return cluster
    return None


def _fronted(book: Book, i: int, following: list[tuple[int, Mention, Cluster]]) -> Cluster | None:
    """The subject after the clause or phrase that opens its sentence and tells of that subject by a pronoun: "As he has before,
    Chirac said", "In his letter, Chirac said"."""
    seen = book.seen
    if seen.lower[i] not in _PERSONAL or seen.dep[i] not in ("nsubj", "nsubjpass", "poss"):
        return None
    if seen.lemma[seen.head[i]] in lexicon().opinions:
        return None  # what somebody thinks of others
    below = i
    for up in seen.chain(i):
        subjects = [t.i for t in seen.doc.spacy[up].lefts if t.dep_ in _SUBJECTS]
        if below < up and seen.dep[below] in ("advcl", "prep") and any(k > i for k in subjects):
            opens = seen.doc.spacy[below].left_edge.i
            led = seen.doc.spacy[up].left_edge.i == opens or seen.lower[opens - 1] in ("but", "and", "yet")
            heads = [c for head, _, c in following if head in subjects] if led else []
            return heads[0] if heads and _agrees(heads[0], seen.lower[i]) else None
        if subjects and i not in subjects:
            return None
        below = up
    return None


def speakers(book: Book) -> dict[int, Cluster]:
    """Who speaks each quotation: the subject of a verb of speech outside it, in a sentence that touches it, else in the
    sentence before it in the paragraph; a quotation that opens a paragraph goes on from the one before it."""
    seen, words = book.seen, lexicon()
    heads = {m.head: c for c in book.clusters for m in c.mentions}
    by_sentence: dict[int, Cluster] = {}
    for i, lemma in enumerate(seen.lemma):
        if lemma in words.speech and seen.pos[i] == "VERB" and not seen.quoted[i]:
            for token in seen.doc.spacy[i].children:
                if token.dep_ == "nsubj" and token.i in heads:
                    by_sentence.setdefault(seen.sentence[i], heads[token.i])
    found: dict[int, Cluster] = {}
    places: dict[int, list[int]] = {}
    for i, number in enumerate(seen.quoted):
        if number:
            places.setdefault(number, []).append(i)
    for number, tokens in places.items():
        first, last = seen.sentence[tokens[0]], seen.sentence[tokens[-1]]
        near = [*range(first, last + 1), first - 1, last + 1]
        speaker = next((by_sentence[s] for s in near if s in by_sentence), None)
        if speaker is not None:
            found[number] = speaker
    return found
