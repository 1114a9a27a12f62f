"""Whether an event happened, lies ahead, is only thought of, did not happen, or lies back."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from dateline.events import triggers, words
from dateline.model import Status
from dateline.statements.act import ACTS

if TYPE_CHECKING:
    from spacy.tokens import Token

REFUSALS = ("REJECT",)
"""Types that a negation makes rather than unmakes ("did not accept the plan")."""
_SINCE = frozenset({"after", "since", "than", "when", "before"})
_UNDONE = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN"})
"""Types of acts that others avert or end."""
_NOBODY = frozenset({"nobody", "none", "neither", "no-one"})


def of(
    predicate: Token | None,
    type_: str,
    start: datetime.date | None,
    end: datetime.date | None,
    published: datetime.date | None,
    historical_days: int,
) -> Status:
    """The status of an event by its predicate's clause and its days.

    `start`, `end`: the event's days, if known. Days before publication by more than `historical_days` make an actual event
    historical; days after it make it future.
    """
    found: Status = "actual" if predicate is None else by_words(predicate, type_)
    if found in ("actual", "future") and published is not None:
        if end is not None and (published - end).days > historical_days:
            return "historical"
        if start is not None and start > published:
            return "future"
    return found


def by_words(predicate: Token, type_: str) -> Status:
    """The status that negation, auxiliaries, conditions and the verbs above give."""
    lists = words.load().status
    verb: Token = predicate
    steps = 0
    refused = type_ in REFUSALS and not _refuses(predicate)
    if (through := _only_leads(predicate, type_)) is not None:
        return through
    if _of_another(predicate, type_):
        return "actual"
    by_himself = turned = False  # whether a verb joined to one above has a doer of its own, or stands behind "but"
    while steps < 4:
        lower = [c.lower_ for c in verb.children]
        if not (refused or by_himself or turned) and (_denied(verb) or (verb == predicate and _of_nothing(verb))):
            return "negated"
        if verb.dep_ == "ROOT" and verb.sent.text.rstrip(" \n\"'”’)").endswith("?"):
            return "hypothetical"
        if any(c.dep_ == "mark" and c.lower_ in lists["conditions"] for c in verb.children):
            return "hypothetical"
        if verb.tag_ in ("VBZ", "VBP") and any(c.lower_ in lists["awaiting"] and c.i < verb.i for c in verb.children):
            return "future"  # "until the council meets"
        helpers = [c.lower_ for c in verb.children if c.dep_ == "aux" and not by_himself]
        if any(h in lists["future"] for h in helpers) or "wo" in helpers:
            return "future"
        if any(h in lists["hypothetical"] for h in helpers) and ("have" not in lower or lists["unreal"] & set(helpers)):
            return "hypothetical"
        above = verb.head
        if verb == predicate and (put := _to_do(verb, type_)) is not None:
            return put
        if verb.dep_ in ("dobj", "nsubjpass") and (put := _put_off(verb, above)) is not None:
            return put
        if verb == predicate and type_ in _UNDONE and _kept_off(verb, above, type_):
            return "hypothetical"
        if verb.dep_ == "advcl" and above.pos_ == "VERB" and any(c.tag_ == "TO" for c in verb.children):
            verb = above  # "will meet to discuss"
            steps += 1
            continue
        if above is verb or verb.dep_ in ("advcl", "relcl", "ccomp", "parataxis", "acl", "nsubj", "nsubjpass"):
            if verb.dep_ == "acl" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
                noun = above.lemma_.lower()
                if noun in lists["withheld"] and type_ not in REFUSALS:
                    return "negated"
                return "hypothetical" if noun in lists["sought"] else "future"
            break
        if (verb.dep_ == "xcomp" and above.lemma_.lower() in lists["trying"]) or (
            verb.dep_ == "pcomp" and f"{above.head.lemma_.lower()} {above.lower_}" in lists["shrinking"]
        ):
            return "negated" if type_ not in REFUSALS else "actual"
        if verb.dep_ == "xcomp" and above.lemma_ == "have" and any(c.lower_ == "yet" for c in above.children):
            return "negated"  # "has yet to meet"
        if (
            verb.dep_ == "xcomp"
            and above.lemma_ in ("have", "need")
            and above.tag_ in ("VBZ", "VBP")
            and "to" in helpers
        ):
            return "hypothetical"  # "has to approve", but "had to approve"
        if verb.dep_ == "xcomp" and above.lemma_.lower() in lists["planning"]:
            return "future"
        if verb.dep_ == "xcomp" and above.lemma_.lower() in lists["supposed"]:
            return "hypothetical"
        if verb.dep_ == "conj":
            by_himself = by_himself or any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)
            turned = turned or any(c.lower_ == "but" and c.i < verb.i for c in above.children)
        verb = above
        steps += 1
    return "actual"


def _of_another(predicate: Token, type_: str) -> bool:
    """Whether what somebody has said is but the matter of what the verb tells of another ("declined to comment on her request")."""
    owners = [c for c in predicate.children if c.dep_ == "poss"]
    another = predicate.dep_ == "dobj" and any(
        c.pos_ != "PRON" for c in owners
    )  # "did not follow the council's demand"
    return predicate.pos_ == "NOUN" and type_ in ACTS and (another or (predicate.dep_ == "pobj" and bool(owners)))


def of_cue(cue: Token) -> Status:
    """The status of what is done by saying something: by the cue alone, since what is said may well be of what might be."""
    if _denied(cue):
        return "negated"
    return (
        "future"
        if any(c.dep_ == "aux" and c.lower_ in words.load().status["future"] for c in cue.children)
        else "actual"
    )


def _to_do(verb: Token, type_: str) -> Status | None:
    """What an infinitive makes of an act: "is going to sign", a headline's "Envoy to visit Norland", what others are asked to do ("urged
    the king to sign", "called for her to be freed"); None for any other."""
    if not any(c.tag_ == "TO" for c in verb.children):
        return None
    above = verb.head
    if above == verb:
        return "future" if any(c.dep_ in ("nsubj", "nsubjpass") and c.i < verb.i for c in verb.children) else None
    if verb.dep_ == "xcomp" and above.lower_ == "going":
        return "future"
    if verb.dep_ == "relcl" and above.dep_ == "ROOT" and not any(c.dep_ == "det" for c in above.children):
        return "future"
    for_ = any(c.dep_ == "mark" and c.lower_ == "for" for c in verb.children)
    asked = any(t.type == "REQUEST" for t in triggers.read(above)) and not any(
        t.type == type_ for t in triggers.read(above)
    )
    if above.pos_ == "VERB" and (
        (verb.dep_ == "advcl" and for_) or (verb.dep_ in ("xcomp", "ccomp", "advcl") and asked)
    ):
        return None if type_ == "REQUEST" else "hypothetical"
    return None


def _refuses(predicate: Token) -> bool:
    """Whether a predicate itself says that something is refused: negated it refuses nothing ("has not ruled out")."""
    return predicate.pos_ != "AUX" and any(t.type in REFUSALS for t in triggers.read(predicate))


def _only_leads(predicate: Token, type_: str) -> Status | None:
    """What a verb of planning or failing makes of the act below it, where it is taken for that act itself ("failed to meet the king"); verbal acts
    it may itself be ("plans to visit" is an agreement)."""
    lists, lemma = words.load().status, predicate.lemma_.lower()
    below = any(c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.children) for c in predicate.children)
    if not below or type_ in ACTS or any(t.type == type_ for t in triggers.read(predicate)):
        return None
    if lemma in lists["trying"]:
        return "negated"
    return "future" if lemma in lists["planning"] else None


def _put_off(noun: Token, verb: Token) -> Status | None:
    """What a verb makes of the act that it is done to: "scheduled talks", "the visit was cancelled", "the deal was supposed to end it"."""
    lists, lemma = words.load().status, verb.lemma_.lower()
    if lemma in lists["setting"]:
        return "future"
    if lemma in lists["withdrawing"]:
        return "hypothetical"
    to_do = any(c.dep_ == "xcomp" and any(t.tag_ == "TO" for t in c.children) for c in verb.children)
    if noun.dep_ == "nsubjpass" and to_do and lemma in lists["supposed"] | lists["planning"]:
        return "hypothetical" if lemma in lists["supposed"] else "future"
    return None


def _kept_off(noun: Token, verb: Token, type_: str) -> bool:
    """Whether a verb keeps the act that it is done to from happening, or is yet to end it ("to avert a strike", "will lift the ban")."""
    lists, lemma = words.load().status, verb.lemma_.lower()
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return False
    return lemma in lists["averting"] or (lemma in lists["ending"] and by_words(verb, type_) != "actual")


def _denied(word: Token) -> bool:
    """Whether a word is negated itself or done by nobody: "did not", "no talks", "neither X nor Y did"."""
    return any(
        child.dep_ == "neg"
        or (child.dep_ == "det" and child.lower_ == "no")
        or (child.dep_ in ("nsubj", "nsubjpass") and _nobody(child))
        for child in word.children
    )


def _of_nothing(verb: Token) -> bool:
    """Whether a verb is done to nobody or with nothing: "offered no help"."""
    return any(child.dep_ == "dobj" and _nobody(child) for child in verb.children)


def _nobody(noun: Token) -> bool:
    """Whether a noun names none: "nobody", "no officials", "neither the envoy nor her aides"."""
    inside = {c.lower_ for c in noun.children if c.dep_ in ("det", "preconj", "cc")}
    fews = [t for t in (noun, *noun.children) if t.lower_ == "few"]  # but "a few", "the few"
    few = bool(fews) and not any(t.i > 0 and t.nbor(-1).lower_ in ("a", "the") for t in fews)
    return noun.lower_ in _NOBODY or not inside.isdisjoint(("no", "neither")) or (few and not inside)


def taken_for_granted(verb: Token) -> bool:
    """Whether a clause takes for granted what it tells, whatever is said with it: "the release of monks who were seized in May", "harder
    than they were hit in May"."""
    while verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        verb = verb.head
    if verb.dep_ in ("relcl", "acl"):
        return not any(c.tag_ in ("MD", "TO") for c in verb.children) and (
            verb.dep_ == "relcl" or verb.tag_ in ("VBN", "VBG")
        )
    return verb.dep_ == "advcl" and any(
        c.lower_ in _SINCE for c in verb.children if c.dep_ in ("mark", "advmod", "prep")
    )
