"""Who acts and who is acted on around a predicate: subjects, objects and phrases read off the parse.

Dependency labels are those of spaCy's English pipelines (ClearNLP).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.events import clauses, words

if TYPE_CHECKING:
    from spacy.tokens import Token

RECIPIENT_PREPOSITIONS = (
    "with", "against", "on", "upon", "to", "toward", "towards", "at", "from", "for", "of", "over", "about",
    "between", "into", "in", "outside", "behind", "down",
)  # fmt: skip
"""Prepositions that may lead to the recipient, the likelier first."""

_OF_OBJECT = ("of", "for", "from", "into", "against")
"""Prepositions before a gerund whose subject is the object of the verb ("accused the army of shelling", but "broke it by shelling")."""
_AMONG, _TOWARDS = ("between", "among", "involving"), ("with", "against", "into", "towards", "toward", "outside")
"""Prepositions that lead to all who take part in what a noun tells, and to those whom it is aimed at."""
_FIELDS = ("in", "on", "over", "about")
"""Prepositions that lead to the field or matter of an act, on which its phrases may hang."""
_SETTING = ("in", "at", "on", "over", "about", "outside", "from", "for", "of", "upon")
"""Prepositions of phrases that, before a verb that has an object, tell but the occasion."""
_DOUBLED = ("out", "away", "off", "outside")
"""Words that stand before another preposition of a phrase ("pulled its troops out of the islands")."""
_RELATIVE = ("WDT", "WP", "WP$")


@dataclass(frozen=True, slots=True)
class Arguments:
    """Heads of the noun phrases around a predicate: those that act, those acted on in the order of their likelihood."""

    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]


def of_verb(verb: Token) -> Arguments:
    """Arguments of a verb, through passives, relatives, infinitives, participles and coordination."""
    subject, passive = subject_of(verb)
    actors: list[Token] = []
    recipients: list[Token] = []
    agents = [p for c in verb.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    if passive:
        actors += agents
        if not agents and verb.lemma_ in words.load().verbs["expelling"]:
            actors += [p for c in verb.children if c.lower_ == "from" for p in c.children if p.dep_ == "pobj"]
        recipients += [subject] if subject is not None else []
        recipients += _objects(verb)
    else:
        actors += [subject] if subject is not None else agents
        recipients += _objects(verb)
    return Arguments(tuple(actors), tuple(r for r in recipients if r not in actors))


def stranded(verb: Token) -> bool:
    """Whether a preposition behind a verb has its object only after the next verb ("met with and prayed for the king")."""
    alone = [c.i for c in verb.children if c.dep_ == "prep" and not any(True for _ in c.children)]
    return any(verb.doc[i + 1 : i + 2].text in ("and", "or") for i in alone)


def shared_objects(verb: Token) -> list[Token]:
    """The objects that a verb shares with the one joined to it ("condemned and rejected the plan of the king")."""
    for joined in verb.children:
        if joined.dep_ != "conj" or joined.pos_ != "VERB" or joined.tag_ != verb.tag_:
            continue
        if stranded(verb) and not any(c.dep_ in ("nsubj", "nsubjpass") for c in joined.children):
            return _objects(joined)  # "met with and prayed for the king"
        between = verb.doc[verb.i + 1 : joined.i]
        if all(t.dep_ in ("cc", "punct", "advmod") for t in between):
            return [c for c in joined.children if c.dep_ == "dobj" and c.tag_ not in _RELATIVE]
    return []


def subject_of(verb: Token, depth: int = 0) -> tuple[Token | None, bool]:
    """The head of the subject, and whether it is acted on (passive)."""
    suffered = verb.tag_ == "VBG" and _undergone(verb) and not _acts_on(verb)
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            root = verb.sent.root
            if clauses.since(child) and root.pos_ in ("NOUN", "PROPN") and root.i < verb.i:
                return root, child.dep_ == "nsubjpass"
            passive = child.dep_ == "nsubjpass" or (suffered and any(c.tag_ == "POS" for c in child.children))
            if child.tag_ in _RELATIVE and verb.dep_ == "relcl":
                return (verb.head if passive else _author(verb.head, depth)), passive
            return child, passive
    if marked := _marked_subject(verb):
        return marked[0], False
    owner = verb.nbor(-1) if verb.tag_ == "VBG" and verb.i > verb.sent.start else None
    if owner is not None and owner.tag_ == "POS" and owner.head.i < verb.i:
        return owner.head, suffered  # "the Union's backing the plan", "the king's firing"
    if (strayed := clauses.strayed(verb)) is not None:
        return strayed, False
    if depth > 4:
        return None, False
    passive = verb.tag_ == "VBN" and any(c.dep_ in ("auxpass", "agent") for c in verb.children)
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        found, above = subject_of(_joined_past(verb) or head, depth + 1)
        return found, passive or (above and verb.tag_ == "VBN")
    if verb.dep_ in ("xcomp", "ccomp") and head.pos_ in ("VERB", "AUX", "ADJ"):
        for child in head.children:
            if child.dep_ == "dobj" and child.i < verb.i and not clauses.makes_use(head):
                return child, passive
        above = head.head if head.pos_ == "ADJ" and head.dep_ == "acomp" else head  # "is due to meet"
        return subject_of(above, depth + 1)[0], passive
    if verb.dep_ == "advcl" and head.pos_ in ("VERB", "AUX"):
        sent = (
            [c for c in head.children if c.dep_ == "dobj"]
            if head.lemma_.lower() in words.load().verbs["sending"]
            else []
        )
        if sent and any(c.tag_ == "TO" for c in verb.children):
            return sent[0], passive  # "sent two envoys to meet the king"
        return subject_of(clauses.told_by(head), depth + 1)[0], passive
    if verb.dep_ == "acomp" and head.pos_ in ("VERB", "AUX"):
        return subject_of(head, depth + 1)[0], passive  # "was critical of", "is opposed to"
    if verb.dep_ == "pcomp" and head.head.pos_ in ("VERB", "AUX"):
        for child in head.head.children if head.lower_ in _OF_OBJECT else ():
            if child.dep_ == "dobj":
                return child, passive
            if child.dep_ == "prep" and child.lower_ == "at" and head.lower_ == "for":
                return next((c for c in child.children if c.dep_ == "pobj"), None), passive  # "lashed out at X for ..."
        found, above = subject_of(clauses.told_by(head.head), depth + 1)
        return found, passive
    if verb.dep_ == "pcomp" and head.lower_ == "including" and head.head.pos_ in ("NOUN", "PROPN"):
        by = [p for c in head.head.subtree if c.lower_ == "by" for p in c.children if p.dep_ == "pobj"]
        return (by[0] if by else _owner(head.head, depth)), passive  # "moves by the council, including recognising ..."
    if verb.dep_ == "acl" and head.dep_ == "ROOT" and verb.tag_ in ("VBN", "VBD") and not clauses.marked_passive(verb):
        return head, False  # "The council - which ... - called for": the parse takes the main verb for a participle
    if verb.dep_ == "acl":
        if verb.tag_ == "VBN":
            return head, True
        if verb.tag_ == "VBG" and head.dep_ == "dobj" and clauses.makes_use(head.head):
            return subject_of(head.head, depth + 1)[0], False  # "spent years attacking"
        if verb.tag_ == "VBG":
            return _author(head, depth), False
        return _owner(head, depth), passive
    if verb.dep_ == "relcl":
        return (head, passive) if _subject_gap(verb) else (None, passive)
    return None, passive


def _joined_past(verb: Token) -> Token | None:
    """The verb of the main clause, where the parse joins the next one to a relative clause in which it has no room, because it has an
    object of its own ("raided homes that the king owned and arrested two guards")."""
    clause, main = verb.head, verb.head.head.head
    if clause.dep_ != "relcl" or _subject_gap(clause) or _filled(clause) or main.tag_ not in ("VBD", "VBN"):
        return None
    if verb.tag_ != main.tag_ or any(c.dep_ == "dobj" and c.tag_ not in _RELATIVE for c in clause.children):
        return None
    return main if any(c.dep_ == "dobj" and c.tag_ not in _RELATIVE for c in verb.children) else None


def of_purpose(verb: Token) -> Token | None:
    """Whose purpose an infinitive tells, where the parse takes the object before it for its subject ("called him to thank him")."""
    return subject_of(verb.head)[0] if verb.dep_ in ("xcomp", "ccomp") and verb.head.pos_ == "VERB" else None


def _marked_subject(verb: Token) -> list[Token]:
    """Who is to do what an infinitive tells, where the parse hangs him on its "for" ("the call for him to resign")."""
    return [p for c in verb.children if c.dep_ == "mark" and c.lower_ == "for" for p in c.children if p.dep_ == "pobj"]


def _owner(noun: Token, depth: int) -> Token | None:
    """Whose decision, plan or offer it is that an infinitive follows ("its decision to withdraw")."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ in ("VERB", "AUX"):
        return subject_of(noun.head, depth + 1)[0]
    return None


def _author(noun: Token, depth: int) -> Token | None:
    """Who says what a writing says ("issued statements condemning", "a letter by the envoys that urges"); the noun itself if it is none."""
    if depth > 4 or noun.lemma_.lower() not in words.load().verbs["writings"]:
        return noun
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.lower_ in ("by", "from") and (by := [p for p in child.children if p.dep_ == "pobj"]):
            return by[0]
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    if above.pos_ not in ("VERB", "AUX") or noun.dep_ not in ("dobj", "attr", "pobj", "nsubjpass"):
        return noun
    agents = [p for c in above.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
    return agents[0] if agents else None if noun.dep_ == "nsubjpass" else subject_of(above, depth + 1)[0]


def _subject_gap(verb: Token) -> bool:
    return not any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _antecedent(verb: Token) -> Token | None:
    """The noun before a relative clause that is the object of its verb, or of the verb joined to that one or below it ("which they tried
    to stop and he condemned")."""
    top = verb
    while top.dep_ in ("conj", "xcomp") and top.head.pos_ in ("VERB", "AUX"):
        top = top.head
    if top.dep_ != "relcl" or _filled(top):
        return None
    pronoun = any(c.dep_ == "dobj" and c.tag_ in _RELATIVE for c in verb.children)
    return top.head if pronoun or (verb == top and not _subject_gap(verb)) else None


def _filled(verb: Token) -> bool:
    """Whether the noun before a relative clause is no object in it: "states whose leaders called for", "the town where they met"."""
    return any(
        c.lower_ in ("where", "when")
        or (c.dep_ in ("nsubj", "nsubjpass") and any(o.lower_ == "whose" for o in c.children))
        for c in verb.children
    )


def _objects(verb: Token) -> list[Token]:
    """Direct and indirect objects first, then subjects of its clauses, then its phrases by likelihood."""
    found = [c for c in verb.children if c.dep_ in ("dobj", "dative", "oprd") and c.tag_ not in _RELATIVE]
    found = [p for c in found for p in ([c] if c.pos_ != "ADP" else [d for d in c.children if d.dep_ == "pobj"])]
    whom = any(c.lower_ == "whom" and c.dep_ in ("dobj", "dative") for c in verb.children)
    if (whom or not found) and (antecedent := _antecedent(verb)) is not None:
        found.insert(0, antecedent)  # "the envoy, whom the king appointed chief of staff"
    for child in verb.children:
        asked = child.dep_ == "advcl" and any(c.lower_ == "for" and c.dep_ == "mark" for c in child.children)
        if child.dep_ in ("ccomp", "xcomp") or asked:  # "asked for the troops to leave"
            found += [c for c in child.children if c.dep_ in ("nsubj", "nsubjpass") and c.tag_ not in _RELATIVE]
    if (
        verb.lemma_.lower() in words.load().verbs["discussing"]
    ):  # what is talked over is no party, who stands in it neither
        with_ = [t for t in verb.subtree if t.lower_ == "with" and t.i > verb.i]
        return [p for t in with_[:1] for p in t.children if p.dep_ == "pobj"]
    found = [*_sent(verb), *found]
    found += _phrases(verb)
    for child in verb.children:
        if child.dep_ == "xcomp" or (child.dep_ == "prep" and any(c.dep_ == "pcomp" for c in child.children)):
            inner = child if child.dep_ == "xcomp" else next(c for c in child.children if c.dep_ == "pcomp")
            found += _objects(inner)
    return list(dict.fromkeys(found))


def _sent(verb: Token) -> list[Token]:
    """To whom somebody is sent, the sent themselves after them ("dispatched two envoys to the islands")."""
    if verb.lemma_.lower() not in words.load().verbs["sending"]:
        return []
    to = [
        c
        for o in (verb, *(c for c in verb.children if c.dep_ == "dobj"))
        for c in o.children
        if c.lower_ in ("to", "into")
    ]
    return [p for c in to for p in c.children if p.dep_ == "pobj"]


def _phrases(token: Token) -> list[Token]:
    """Objects of the prepositions below a token, by RECIPIENT_PREPOSITIONS; through the object of a light phrase too."""
    by: list[tuple[int, Token]] = []
    done_to = any(c.dep_ == "dobj" for c in token.children)
    for child in token.children:
        if done_to and child.i < token.i and child.lower_ in _SETTING and token.pos_ in ("VERB", "AUX"):
            continue  # "In a speech to the unions she attacked the plan"
        if child.lower_ in ("with", "to", "in") and _files(token):
            continue
        if child.lower_ == "with" and token.lemma_.lower() in words.load().verbs["charging"]:
            continue  # "was charged with the murder of two envoys"
        if child.dep_ in ("prep", "dative") and child.lower_ in RECIPIENT_PREPOSITIONS:
            rank = RECIPIENT_PREPOSITIONS.index(child.lower_)
            by += [(rank, p) for p in child.children if p.dep_ == "pobj"]
            if child.lower_ in _FIELDS:  # "works in such matters with the islands", but not "said in an interview with"
                fields = [p for p in child.children if p.dep_ == "pobj" and p.tag_ == "NNS"]
                with_ = [c for p in fields for c in p.children if c.lower_ in ("with", "against")]
                by += [(0, p) for c in with_ for p in c.children if p.dep_ == "pobj"]
        elif child.dep_ in ("prt", "intj") or (child.dep_ == "prep" and child.lower_ in _DOUBLED):
            for below in child.children:
                if below.dep_ == "prep" and below.lower_ in RECIPIENT_PREPOSITIONS:
                    by += [(0, p) for p in below.children if p.dep_ == "pobj"]
        elif child.dep_ == "prep" and child.lower_ == "after" and token.lemma_ in ("go", "come"):
            by += [(0, p) for p in child.children if p.dep_ == "pobj"]  # "went after the premier in the debate"
        elif child.dep_ == "prep" and child.lower_ == "under":  # "came under attack from the rebels"
            froms = [c for p in child.children if p.dep_ == "pobj" for c in p.children if c.lower_ in ("from", "by")]
            by += [(0, p) for c in froms for p in c.children if p.dep_ == "pobj"]
        elif child.dep_ in ("dobj", "nsubjpass"):
            aimed = [c for c in child.children if c.dep_ == "acl" and c.lower_ in ("aimed", "targeted", "directed")]
            if child.lemma_.lower() in words.load().scene["missiles"]:  # "fired a rocket that flew over the islands"
                aimed += [c for c in child.children if c.dep_ == "relcl"]
            for below in (*child.children, *(c for one in aimed for c in one.children)):
                if below.lower_ in ("with", "to", "in") and _files(token):
                    continue
                if below.dep_ == "prep" and below.lower_ in RECIPIENT_PREPOSITIONS:
                    rank = RECIPIENT_PREPOSITIONS.index(below.lower_)
                    by += [(rank, p) for p in below.children if p.dep_ == "pobj"]
    return [p for _, p in sorted(by, key=lambda item: item[0])]


def _files(verb: Token) -> bool:
    """Whether a verb hands in a complaint: the court or office it is filed with is not who is complained of."""
    verbs = words.load().verbs
    return verb.lemma_.lower() in verbs["filing"] and any(
        c.dep_ in ("dobj", "nsubjpass") and c.lemma_.lower() in verbs["complaints"] for c in verb.children
    )


def _undergone(word: Token) -> bool:
    """Whether the owner of a deed has suffered it ("the minister's firing", but "the king's firing of the minister")."""
    of = any(c.dep_ == "prep" and c.lower_ == "of" for c in word.children)
    return not of and not words.load().verbs["undergone"].isdisjoint((word.lower_, word.lemma_.lower()))


def _acts_on(gerund: Token) -> bool:
    """Whether a gerund has an object ("his killing the envoy"); in "his firing angered allies" the parse takes the verb for an adjective."""
    return any(c.dep_ == "dobj" for c in gerund.children) and not gerund.nbor(1).lower_.endswith("ed")


def of_noun(noun: Token, of_is_actor: bool, together: bool) -> Arguments:
    """Arguments of an event noun: "X's attack on Y", "the killing of Y by X", "talks between X and Y".

    `of_is_actor`: whether "of" leads to the one who acts ("the visit of X") rather than the one acted on.
    """
    verbs = words.load().verbs
    if noun.lemma_.lower() in verbs["partisans"]:
        return _of_partisan(noun)
    actors: list[Token] = []
    recipients: list[Token] = []
    suffered = _undergone(noun)
    owned = any(c.dep_ == "poss" and c.lemma_.lower() not in verbs["times"] for c in noun.children)
    clauses: list[Token] = []
    blamed = noun.dep_ == "dobj" and noun.head.lemma_ == "blame"  # "blamed the attack on the rebels"
    for child in noun.children:
        if child.dep_ == "poss" and suffered:
            recipients.append(child)
        elif child.dep_ == "poss" or (
            (together or not owned)  # "his Melk county court lawsuit"
            and child.dep_ in ("compound", "amod", "nmod")
            and child.pos_ in ("PROPN", "ADJ", "NOUN")
        ):
            actors.append(child)
        elif child.dep_ in ("prep", "agent"):
            objects = [p for p in child.children if p.dep_ == "pobj"]
            word = child.lower_
            left = of_is_actor and owned  # "the council's withdrawal of troops from the islands"
            acting = word == "by" or word in _AMONG or (word == "of" and (of_is_actor or _borne(noun)) and not left)
            if acting or (word == "from" and not together and not left):
                actors += objects
            elif word in RECIPIENT_PREPOSITIONS and not (blamed and word == "on"):
                recipients += objects
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBG"):
            actors += [p for c in child.children if c.dep_ == "agent" for p in c.children if p.dep_ == "pobj"]
            if child.lower_ == "involving":
                actors += [c for c in child.children if c.dep_ == "dobj"]
        elif child.dep_ == "acl":
            clauses.append(child)
    if _received(noun):
        subject, passive = subject_of(noun.head)
        if subject is not None and not passive:
            of = noun.lemma_.lower() in verbs["bestowed"]  # "drew the ire of the unions"
            beside = [
                *(c for c in noun.head.children if c.lower_ == "from"),
                *(c for c in noun.children if of and c.lower_ == "of"),
            ]
            given = [p for c in beside for p in c.children if p.dep_ == "pobj"]
            others = [r for r in recipients if r not in given]
            return Arguments(tuple(dict.fromkeys([*actors, *given])), (subject, *others))
    if together or not any(c.dep_ == "poss" and c.pos_ != "PRON" for c in noun.children):
        actors += _light_subject(
            noun
        )  # "Norland made an offer", but in "Norland rejects Ostmark's offer" it is Ostmark's
    if not together and (givers := _givers(noun)):
        return Arguments(tuple(givers), tuple(a for a in actors if a not in givers) or tuple(recipients))
    if _borne(noun) and not recipients:
        recipients += [t for t in _main_subject(noun) if t not in actors]
    aside = of_is_actor and noun.dep_ == "pobj" and noun.head.lower_ == "in"  # "filled the square in a protest"
    named = any(a.dep_ != "compound" or a.pos_ != "NOUN" for a in actors)  # "a phone call"
    if (not actors and together and recipients) or (not named and aside):
        actors += _main_subject(noun)
    if aside and not recipients and noun.head.head.lemma_ in words.load().verbs["telling"]:
        recipients += [c for c in noun.head.head.children if c.dep_ in ("dobj", "dative")]
    if not recipients and noun.dep_ == "dobj" and not blamed:
        recipients += [t for t in _phrases(noun.head) if t not in noun.subtree]
    for clause in clauses if not recipients else ():
        about = [c for c in clause.children if c.dep_ == "nsubj" and c.tag_ not in _RELATIVE] + _marked_subject(clause)
        recipients += about or _objects(clause)  # "the demand that he resign", "the threat to attack"
    if _occurs(noun):
        strayed = [c for c in noun.head.children if c.dep_ == "prep" and c.i > noun.head.i]
        actors += [p for c in strayed if c.lower_ in _AMONG for p in c.children if p.dep_ == "pobj"]
        if not recipients:
            recipients += [p for c in strayed if c.lower_ in _TOWARDS for p in c.children if p.dep_ == "pobj"]
    return Arguments(tuple(dict.fromkeys(actors)), tuple(dict.fromkeys(recipients)))


def _givers(noun: Token) -> list[Token]:
    """Who gives what stands with its receiver before it ("her support from the unions", "the Holt endorsement by the unions")."""
    before = [
        c
        for c in noun.children
        if c.dep_ in ("poss", "compound", "nmod") and c.i < noun.i and c.pos_ in ("PROPN", "PRON")
    ]
    if noun.lemma_.lower() not in words.load().verbs["bestowed"] or not before:
        return []
    return [p for c in noun.children if c.lower_ in ("from", "by") for p in c.children if p.dep_ == "pobj"]


def _borne(noun: Token) -> bool:
    """Whether a noun is what others give to whom the clause is about ("took the town with the support of the king")."""
    by = noun.dep_ == "pobj" and noun.head.lower_ == "with" and noun.head.head.pos_ in ("VERB", "AUX")
    return by and noun.lemma_.lower() in words.load().verbs["bestowed"]


def _received(noun: Token) -> bool:
    """Whether a noun is what the subject of its verb gets from others ("drew criticism from", "has the endorsement of the unions")."""
    verbs, verb = words.load().verbs, noun.head.lemma_.lower()
    if noun.dep_ != "dobj":
        return False
    beside = [*(c.lower_ for c in noun.children), *(c.lower_ for c in noun.head.children if c.lower_ == "from")]
    given = noun.lemma_.lower() in verbs["bestowed"] and not {"of", "from"}.isdisjoint(beside)
    return verb in verbs["receiving"] or (given and verb in verbs["gaining"])


def _of_partisan(noun: Token) -> Arguments:
    """Who is called somebody's supporter or critic, and whose: "Holt, a critic of the king", "the king's critics are the unions"."""
    whose = [c for c in noun.children if c.dep_ in ("poss", "compound", "nmod") and c.pos_ in ("PROPN", "NOUN", "PRON")]
    whose += [
        p
        for c in noun.children
        if c.dep_ == "prep" and c.lower_ in ("of", "to")
        for p in c.children
        if p.dep_ == "pobj"
    ]
    who: list[Token] = []
    if noun.dep_ == "appos" or (noun.dep_ == "compound" and noun.head.pos_ == "PROPN"):
        who = [noun.head]
    elif noun.dep_ == "attr" and noun.head.lemma_ == "be":
        who = [t for t in (subject_of(noun.head)[0],) if t is not None]
    return Arguments(tuple(who), tuple(whose))


def _occurs(noun: Token) -> bool:
    """Whether a noun is the subject of a verb that says no more than that it took place: the phrases behind the verb are the noun's
    ("Talks were held between", "Fighting broke out between")."""
    verbs, verb = words.load().verbs, noun.head.lemma_.lower()
    return (noun.dep_ == "nsubj" and verb in verbs["occurring"]) or (
        noun.dep_ == "nsubjpass" and verb in verbs["light"]
    )


def _main_subject(noun: Token) -> Iterator[Token]:
    """The subject of the clause that a phrase opens or closes ("After talks with the envoy, the premier said ...")."""
    for above in noun.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            subject, passive = subject_of(above)
            if subject is not None and not passive and subject not in noun.subtree and noun not in subject.subtree:
                yield subject
            return


def _light_subject(noun: Token) -> Iterator[Token]:
    """The subject of the verb that carries the noun ("launched an attack", "were in talks with")."""
    verb = noun.head
    if verb.lower_ == "in" and verb.head.lower_ == "part" and verb.head.head.lemma_ == "take":
        subject, passive = subject_of(verb.head.head)  # "took part in talks"
        if subject is not None and not passive:
            yield subject
        return
    if noun.dep_ == "pobj" and noun.head.lower_ in ("in", "for", "into", "to") and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
        if verb.lemma_ not in (
            "be",
            "engage",
            "enter",
            "meet",
            "arrive",
            "sit",
            "gather",
            "travel",
            "go",
            "participate",
            "take",
        ):
            return
    elif noun.dep_ == "attr" and verb.lemma_ == "be":
        pass  # "was a critic of"
    elif noun.dep_ not in ("dobj", "nsubjpass") or verb.lemma_ not in words.load().verbs["light"]:
        return
    subject, passive = subject_of(verb)
    if subject is not None and not passive and subject != noun:
        yield subject
    for child in verb.children:
        if child.dep_ == "agent":
            yield from (p for p in child.children if p.dep_ == "pobj")
