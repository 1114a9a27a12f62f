"""What only looks like a name: the capital of a sentence or a headline, words glued to a name, tags and codes."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from dateline import language
from dateline.actors.fold import plain
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, capitalised, head_of
from dateline.actors.names import parts
from dateline.actors.registry import Registry
from dateline.actors.view import View
from dateline.actors.words import first_names, roles

_DASHES = frozenset({"-", "–", "—", "--"})
_FINITE = frozenset({"VBZ", "VBD", "MD"})


@cache
def _words(*kinds: str) -> frozenset[str]:
    """The words of English of these kinds ("noun", "verb", "adj") that the pipeline's lemmatizer knows; none if it has no
    such list."""
    nlp = language.load().nlp
    lookups = getattr(nlp.get_pipe("lemmatizer"), "lookups", None) if nlp.has_pipe("lemmatizer") else None
    if lookups is None or not lookups.has_table("lemma_index"):
        return frozenset()
    table = lookups.get_table("lemma_index")
    return frozenset(word for kind in kinds for word in table.get(kind, ()))


def common(seen: View, token: int) -> bool:
    """Whether a word is a common noun or verb of English, by itself or as the tagger bends it, and no first name."""
    word = seen.plain[token].lower()
    return word not in first_names() and bool(_stems(seen, token) & _words("noun", "verb"))


def _stems(seen: View, token: int) -> set[str]:
    """A word as it may stand in a list of words: bare, as the tagger bends it, without the ending of a plural or participle."""
    word = seen.plain[token].lower()
    stem = word.removesuffix("ing")
    ing = {stem, stem + "e", stem[:-1]} if stem != word and len(stem) > 2 else set()
    return {word, seen.lemma[token], word.removesuffix("s")} | ing


def seeming(seen: View, mention: Mention) -> bool:
    """Whether a lone word is no name but the capital of the sentence, line or shout that it opens ("Turnout was low").

    Somebody who speaks or bears a title is somebody; so is a word that the text elsewhere writes as a name within a sentence.
    """
    at = mention.first
    noun = mention.left > 0 and seen.lower[mention.left - 1] in ("a", "an", "the")
    called = mention.origin == "title" and (noun or titled(seen, at))  # "a General Plan", "Governor Resigns"
    if mention.last - at != 1 or not (called or mention.origin in ("ner", "first name")):
        return False
    word = seen.plain[at].lower()
    if len(word) < 2 or not common(seen, at):
        return False
    if seen.dep[at] in ("nsubj", "nsubjpass") and seen.lemma[seen.head[at]] in lexicon().speech:
        return False
    same = [k for k in range(len(seen)) if seen.plain[k].lower() == word]
    if any(not _raised(seen, k) for k in same if capitalised(seen.text[k]) and not (called and k == at)):
        return False
    shouted = len(word) > 3 and seen.text[at].isupper() and any(seen.text[k].islower() for k in same)
    return shouted or called or _opening(seen, at)


def _opening(seen: View, token: int) -> bool:
    """Whether a token is the first word of its sentence, paragraph or quotation."""
    before = token - 1
    while before >= 0 and not seen.plain[before] and not seen.text[before].isspace():
        before -= 1
    if before < 0 or seen.paragraph[before] != seen.paragraph[token] or seen.text[before].isspace():
        return True
    return seen.sentence[before] != seen.sentence[token]


def _raised(seen: View, token: int) -> bool:
    """Whether a word has its capital from where it stands: an opening, a shout or a headline."""
    return _opening(seen, token) or (len(seen.text[token]) > 3 and seen.text[token].isupper()) or titled(seen, token)


def titled(seen: View, token: int) -> bool:
    """Whether a token stands in a line written as a headline: of its words of four letters and more all have capitals."""
    line = seen.paragraph[token]
    first = last = token
    while first > 0 and seen.paragraph[first - 1] == line:
        first -= 1
    while last < len(seen) and seen.paragraph[last] == line:
        last += 1
    long = [seen.text[k] for k in range(first, last) if len(seen.text[k]) > 3 and seen.text[k][0].isalpha()]
    return len(long) > 2 and all(word[0].isupper() for word in long)


def initials(seen: View, first: int, last: int) -> bool:
    """Whether a name is an acronym, which nobody is called: "KLM"; a word in capitals is one that the text writes so only."""
    word = seen.text[first]
    return (
        last - first == 1
        and word.isupper()
        and word.isalpha()
        and 3 <= len(word) <= 4
        and word.title() not in seen.text
    )


def headline(seen: View, first: int, last: int, bare: list[int]) -> bool:
    """Whether a name is only a stretch of a headline: ordinary words, `bare` those in no name known, that the text nowhere
    else writes as a name."""
    if last - first < 2 or not titled(seen, first) or not all(_no_name(seen, k) for k in bare):
        return False
    words = [seen.plain[k] for k in range(first, last)]
    return not any(
        seen.plain[k : k + len(words)] == words and not titled(seen, k)
        for k in range(len(seen))
        if not first <= k < last
    )


def sited(seen: View, first: int, last: int) -> bool:
    """Whether the words beside a name make it a place's: "the Dolna district", "the villages of Zenda and Hofbau"."""
    words = lexicon()
    after = seen.lower[last] if last < len(seen) and seen.text[last].islower() else ""
    two = f"{after} {seen.lower[last + 1]}" if last + 1 < len(seen) else after
    sites = words.settlements | words.sites if last - first == 1 else words.settlements
    if (after in sites or two in sites) and not two.endswith(" hall"):
        return True
    token = head_of(seen, first, last)
    while seen.dep[token] == "conj" and seen.head[token] < token:
        token = seen.head[token]
    of = seen.head[token]
    return seen.dep[token] == "pobj" and seen.lower[of] == "of" and seen.lower[seen.head[of]] in words.settlements


def thing(seen: View, body: Mention) -> bool:
    """Whether the name of a body is that of a thing, a place or an occasion: "the Clean Rivers Act", "the Cabinet Room"."""
    words = [seen.plain[k].lower() for k in range(body.first, body.last)]
    if plain(body.name).lower() in lexicon().not_bodies:
        return True
    heads = [w for w, after in pairwise(words) if after in ("of", "on", "for")]
    return len(words) > 1 and words[-1] in lexicon().things and not any(head in roles() for head in heads)


def cut_people(seen: View, people: list[Mention], known: Registry) -> list[Mention]:
    """People without those that only look it, and without the words that a headline or a sentence glues to their names:
    "Obama Speech", "Questioning Low", "Voters Praise Ann Low"."""
    full = {parts(p.name) for p in people if p.origin != "registry"}
    last = {own[-1] for own in full if own}
    kept = []
    for person in people:
        if person.origin in ("ner", "first name"):
            if seeming(seen, person) or _heavenly(seen, person) or _polled(seen, person) or _affliction(seen, person):
                continue
            _cut_head(seen, person, last)
            _cut_tail(seen, person, full, last, known)
        if person.origin in ("ner", "first name", "title"):
            _cut_words_before(seen, person, full, known)
        words = list(range(person.first, person.last))
        if person.origin == "title" and (seeming(seen, person) or headline(seen, person.first, person.last, words)):
            continue
        kept.append(person)
    return kept


def _heavenly(seen: View, person: Mention) -> bool:
    """A lone common noun with an article: "the Moon"."""
    lone = person.last - person.first == 1 and person.first > 0
    return lone and seen.lower[person.first - 1] == "the" and common(seen, person.first)


def _affliction(seen: View, person: Mention) -> bool:
    """The name of an illness or a storm: "Avian Flu", "Hurricane Ann"."""
    first, last = person.first, person.last
    named = last - first > 1 and (seen.lower[last - 1] in lexicon().ailments or seen.lower[first] in lexicon().storms)
    return named or (first > 0 and seen.text[first - 1].istitle() and seen.lower[first - 1] in lexicon().storms)


def _polled(seen: View, person: Mention) -> bool:
    """The name of a poll: "a Lowfield poll"."""
    at = person.last
    return at < len(seen) and seen.lower[at] in lexicon().polls and seen.head[person.head] == at


def _cut_head(seen: View, person: Mention, last: set[str]) -> None:
    """The participle that opens a sentence is no first name of the one after it, who is known without it."""
    at = person.first
    own = parts(person.name)
    if len(own) != 2 or not seen.lower[at].endswith("ing") or not _opening(seen, at):
        return
    others = sum(seen.plain[k].lower() == own[-1] for k in range(len(seen)))
    if own[-1] in last and others > 1 and common(seen, at):
        _shrink(seen, person, at + 1, person.last)


def _cut_words_before(seen: View, person: Mention, full: set[tuple[str, ...]], known: Registry) -> None:
    """Words that are no names before the full name of somebody who is named without them or whom the registry knows."""
    for first in range(person.first + 1, person.last - 1):
        before = first - 1
        if seen.plain[before].lower() in first_names() or not _no_name(seen, before):
            return
        own = parts(seen.string(first, person.last))
        listed = len(own) > 1 and any(m.kind == "person" for m in known.lookup(seen.string(first, person.last), None))
        if listed or (len(own) > 1 and own in full):
            _shrink(seen, person, first, person.last)
            person.sector = person.role = None  # "Democrat Voters Praise Ann Low": they are democrats
            return


def _no_name(seen: View, token: int) -> bool:
    """Whether a word with a capital is an ordinary word: no proper noun that the lists of English lack."""
    if len(seen.plain[token].rstrip(".")) < 2:
        return False
    return bool(_stems(seen, token) & _words("noun", "verb", "adj")) or seen.doc.spacy[token].is_stop


def _cut_tail(seen: View, person: Mention, full: set[tuple[str, ...]], last: set[str], known: Registry) -> None:
    """Common nouns and verbs after the name of somebody who is named without them."""
    end = person.last
    while (
        end - 1 > person.first
        and common(seen, end - 1)
        and seen.plain[end - 1].lower() not in last - {parts(person.name)[-1]}
    ):
        end -= 1
        before = parts(seen.string(person.first, end))
        named = before in full if len(before) > 1 else before and before[-1] in _alone(seen, last, end - 1, person)
        if named or any(
            m.kind == "person" for m in known.lookup(seen.string(person.first, end), None) if len(before) > 1
        ):
            _shrink(seen, person, person.first, end)
            return


def _alone(seen: View, last: set[str], token: int, person: Mention) -> set[str]:
    """The last name before a headline's noun, where the noun is no last name anywhere else in the text."""
    noun = seen.plain[token + 1].lower()
    again = any(
        seen.plain[k].lower() == noun and not _raised(seen, k) and seen.text[k][0].isupper()
        for k in range(len(seen))
        if not person.first <= k < person.last and seen.text[k]
    )
    return set() if again or not titled(seen, token) else last


def _shrink(seen: View, person: Mention, first: int, last: int) -> None:
    person.first, person.last, person.left = (
        first,
        last,
        max(person.left, first) if first > person.first else person.left,
    )
    person.head, person.name = head_of(seen, first, last), " ".join(seen.string(first, last).split())


def end_of_body(seen: View, first: int, last: int, surnames: set[str]) -> int:
    """Where the name of a body ends at the latest: before a bracket or quotation mark that it does not close and before a
    finite verb, as in a headline. `first` if it is no name: a code, or somebody's last name that a verb follows."""
    text = seen.string(first, last)
    end = last
    for k in range(first, last):
        word = seen.text[k]
        open_bracket = ("(" in word and text.count("(") != text.count(")")) or (")" in word and "(" not in text)
        open_quote = word[:1] in "'‘“\"" and len(word) == 1 and text.count(word) == 1
        verb = k > first and seen.doc.spacy[k].tag_ in _FINITE and seen.pos[k] in ("VERB", "AUX")
        dash = k > first and word in _DASHES and seen.space[k - 1] and seen.space[k]
        if open_bracket or open_quote or verb or dash:
            end = k
            break
    if any("/" in w and any(c.isdigit() for c in w) for w in seen.text[first:end]):
        return first
    if end < last and end - first == 1 and seen.plain[first].lower() in surnames:
        return first
    return end
