"""Personal names: entities cleaned, capitalised words after a title, words begun by a first name."""

from __future__ import annotations

from functools import cache

from dateline.actors.fold import fold, plain
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention, bare_titles, capitalised, cover_of, head_of, role_phrases
from dateline.actors.publishers import publishers
from dateline.actors.seeming import initials, sited
from dateline.actors.view import HYPHENS, POSSESSIVE, View
from dateline.actors.words import first_names, roles, titles


@cache
def _title_words() -> dict[str, tuple[str, ...]]:
    """Titles as token sequences by their first word, longest first."""
    found: dict[str, list[str]] = {}
    for title in titles():
        first = title.split(" ")[0]
        for key in {first, first.rstrip(".")}:  # "Sens." may be two tokens
            found.setdefault(key, []).append(title)
    return {first: tuple(sorted(rest, key=len, reverse=True)) for first, rest in found.items()}


def scan_people(seen: View, known: list[Mention]) -> list[Mention]:
    """Personal names: what the entity recogniser calls PERSON, cleaned, and capitalised words after a title or begun by
    a first name."""
    people = _People(seen, cover_of(seen, known))
    people.after_titles()
    people.recognised()
    people.by_first_names()
    return sorted(people.found, key=lambda m: m.first)


class _People:
    """The personal names found so far; a word belongs to the first name found that has it."""

    def __init__(self, seen: View, registered: list[Mention | None]) -> None:
        self._seen, self._registered = seen, registered
        self._taken = [False] * len(seen)
        self.found: list[Mention] = []

    def after_titles(self) -> None:
        """Capitalised words after a title: "Sen. Ann Low"."""
        seen = self._seen
        for i in range(len(seen)):
            for title in _title_words().get(seen.text[i], ()):
                length = _title_at(seen, i, title)
                if not length or _initial(seen, i):
                    continue
                self._titled(i, *_last_title(seen, title, i + length))
                break

    def _titled(self, i: int, title: str, first: int) -> None:
        seen = self._seen
        if (
            first < len(seen)
            and titles()[title].sector
            and seen.doc.spacy[i].ent_type_ in ("ORG", "FAC", "LAW", "EVENT")
            and seen.doc.spacy[first].ent_iob_ == "I"
        ):
            return  # "General Assembly", "Justice Department"
        last = _name_run(seen, first, self._registered, 5)
        if last > first and not (last - first == 1 and seen.text[first].isupper() and len(seen.text[first]) > 5):
            self._add(first, last, "title", title, i)
            if self.found and self.found[-1].first == first:
                _widen_title(seen, self.found[-1], i)

    def recognised(self) -> None:
        """The PERSON entities of the parser, but for towns, papers and grounds that it takes for people."""
        seen = self._seen
        for ent in seen.doc.spacy.ents:
            if ent.label_ != "PERSON":
                continue
            first, last = _clean_person(seen, ent.start, ent.end, self._registered)
            lone = last - first == 1
            if lone and (
                seen.pos[first] not in ("PROPN", "NOUN", "X") or seen.text[first].rstrip(".") in bare_titles()
            ):
                continue
            if lone and initials(seen, first, last):
                continue
            if lone and seen.dep[first] == "pobj" and seen.lower[seen.head[first]] in lexicon().locatives:
                continue  # a town that the recogniser takes for a person
            if last > first and (fold(seen.string(first, last)).lower() in publishers() or sited(seen, first, last)):
                continue
            while 0 < first < last and _given(seen, first - 1, self._registered):
                first -= 1
            if lone and first and seen.text[first - 1] == "He" and seen.sentence[first - 1] == seen.sentence[first]:
                first -= 1  # a surname: no name follows the pronoun
            self._add(first, last, "ner")

    def by_first_names(self) -> None:
        """Capitalised words that a first name opens, where the parser has seen nobody."""
        seen = self._seen
        for i in range(len(seen) - 1):
            first_name = capitalised(seen.text[i]) and seen.plain[i].lower() in first_names()
            if self._taken[i] or not first_name or self._registered[i]:
                continue
            token = seen.doc.spacy[i]
            owned = i > 0 and seen.lower[i - 1] in POSSESSIVE  # "the Norland Network's Ann Low"
            if token.ent_type_ in ("ORG", "FAC", "LAW", "EVENT", "WORK_OF_ART") and token.ent_iob_ == "I" and not owned:
                continue
            last = _name_run(seen, i, self._registered, 4)
            role = seen.plain[last - 1].lower() in role_phrases().longest
            if last - i >= 2 and seen.pos[i + 1] == "PROPN" and not role:
                self._add(i, last, "first name")

    def _add(self, first: int, last: int, origin: str, title: str | None = None, left: int | None = None) -> None:
        """Take a stretch for a personal name, unless its words are taken or it names a body, a street or a strain."""
        seen, words = self._seen, lexicon()
        while last > first and (seen.lower[last - 1] in (*POSSESSIVE, ",", ".", "-") or not seen.plain[last - 1]):
            last -= 1
        if last <= first or any(self._taken[first:last]):
            return
        ends = seen.plain[last - 1].lower()
        if last - first > 1 and ends in words.body_ends:
            return
        if last - first > 1 and ends in words.streets and seen.plain[first].lower() not in first_names():
            return  # "Hill Street", "Knox Park"
        if any(c.isdigit() for c in "".join(seen.text[first:last])):
            return  # "the H5N1 strain"
        if last < len(seen) and seen.text[last].startswith("/"):
            return  # the credit of a photograph: "Ann Low/Norland Press"
        if not any(capitalised(w) for w in seen.text[first:last]) or ends in words.not_names:
            return
        name = " ".join(seen.string(first, last).split())
        if origin == "ner" and plain(name).lower() in words.not_bodies:
            return  # "Glass-Steagall"
        told = titles().get(title) if title else None
        double = last - first > 1 and seen.text[first + 1] in HYPHENS  # "Mark-Low" is a last name
        first_name = first_names().get(seen.plain[first].lower()) if last - first > 1 and not double else None
        mention = Mention(
            "person", first, last, head_of(seen, first, last), first if left is None else left, name, "person",
            gender=(told.gender if told else None) or first_name, sector=told.sector if told else None,
            role=title if told and told.sector else None, origin=origin,
        )  # fmt: skip
        for k in range(first, last):
            self._taken[k] = True
        self.found.append(mention)


def _given(seen: View, token: int, registered: list[Mention | None]) -> bool:
    """Whether a word before a name is its first name, which the recogniser has left out or given to a body before it."""
    if not capitalised(seen.text[token]) or seen.plain[token].lower() not in first_names() or registered[token]:
        return False
    return seen.pos[token] == "PROPN" and seen.space[token] and seen.dep[token] == "compound"


def _widen_title(seen: View, person: Mention, start: int) -> None:
    """The office that a title only ends: "Trade Representative Ann Low" is no legislator."""
    for k in range(max(0, start - 2), start):
        hit = role_phrases().longest_at(seen, k, False)
        role = roles()[hit[1]] if hit is not None and hit[0] == person.first else None
        if role is not None and role.kind == "person" and role.sector not in (None, person.sector):
            person.sector, person.role = role.sector, role.phrase
            return


def _initial(seen: View, token: int) -> bool:
    """Whether a letter is somebody's middle initial, and no title: "Ann M. Low"."""
    if token == 0 or len(seen.plain[token].rstrip(".")) != 1:
        return False
    before = seen.text[token - 1]
    return capitalised(before) and seen.pos[token - 1] == "PROPN" and before.rstrip(".") not in bare_titles()


def _given_after_title(seen: View, token: int) -> bool:
    """Whether a title after another one is the first name of its bearer: "Rep. Earl Low"."""
    lone = token + 2 >= len(seen) or not capitalised(seen.text[token + 2]) or seen.pos[token + 2] != "PROPN"
    return lone and seen.plain[token].lower() in lexicon().given_titles


def _last_title(seen: View, title: str, first: int) -> tuple[str, int]:
    """Of titles in a row the last with a sector, and the token after them: "Republican Gov. Ann Low" is a governor."""
    more = True
    while more and first < len(seen):
        more = False
        for other in _title_words().get(seen.text[first], ()):
            length = _title_at(seen, first, other)
            if length and first + length < len(seen) and capitalised(seen.text[first + length]):
                if _given_after_title(seen, first):
                    break
                title = other if titles()[other].sector else title
                first, more = first + length, True
                break
    return title, first


def _title_at(seen: View, i: int, title: str) -> int:
    """How many tokens from i on are the title; 0 if they are not."""
    rest = title
    for j in range(i, min(len(seen), i + 6)):
        word = seen.text[j]
        if not rest.startswith(word):
            return 0
        rest = rest[len(word) :]
        if not rest:
            return j + 1 - i
        if rest[0] == " ":
            if not seen.space[j]:
                return 0
            rest = rest[1:]
    return 0


def _name_run(seen: View, first: int, registered: list[Mention | None], most: int) -> int:
    """The end of the run of capitalised words and particles that begins at `first`."""
    words = lexicon()
    last = at = first
    count = 0
    while at < len(seen) and count < most:
        word = seen.text[at]
        if at > first and seen.paragraph[at] != seen.paragraph[first]:
            break
        if word in HYPHENS and at > first and not seen.space[at - 1] and not seen.space[at]:
            at += 1
            continue
        mention = registered[at]
        if mention is not None and (mention.last - mention.first > 1 or at == first):
            break
        particle = seen.lower[at] in words.particles and at > first
        if word.isspace() or not (capitalised(word) or particle or _joined(seen, at, first)):
            break
        verbal = (
            seen.pos[at] in ("VERB", "AUX", "ADP", "PART", "PRON", "DET", "CCONJ", "SCONJ")
            and seen.lower[at] not in words.particles
        )
        if (verbal and (not capitalised(word) or at == first)) or _headed(seen, at, first, at + 3):
            break
        if capitalised(word) or _joined(seen, at, first):
            last = at + 1
            count += 1
        at += 1
        if not seen.space[at - 1] and at < len(seen) and seen.text[at] not in HYPHENS and seen.text[at] not in (".",):
            break
    return last


def _clean_person(seen: View, first: int, last: int, registered: list[Mention | None]) -> tuple[int, int]:
    """Cut what is no name from the ends of a PERSON entity: nationalities, titles, roles, lower-case words."""
    words = lexicon()
    if any("/" in seen.text[k] for k in range(first, min(last + 1, len(seen)))):
        return first, first
    for k in range(first, last):
        possessive = k > first and seen.lower[k] in POSSESSIVE
        verb = k > first and seen.pos[k] in ("AUX", "VERB", "ADP") and seen.lower[k] not in words.particles
        inner = registered[k] if k > first else None
        residence = inner is not None and inner.first == k and inner.form == "metonym"  # "the Low White House"
        if (
            seen.text[k].isspace()
            or seen.text[k] in "()[]|@"
            or possessive
            or verb
            or residence
            or _headed(seen, k, first, last)
        ):
            last = k
            break
    moved = True
    while moved and first < last:
        moved = False
        mention = registered[first]
        if (
            mention is not None
            and mention.form in ("adjective", "demonym")
            and last - first > mention.last - mention.first
        ):
            first, moved = mention.last, True
        elif (
            mention is not None
            and mention.first <= first
            and mention.last >= last
            and mention.matches[0].kind != "person"
        ):
            return first, first
        elif seen.lower[first] in ("the", "'s", "’s", "a", "an", "and", ",", "-", ".") or not seen.plain[first]:
            first, moved = first + 1, True
        elif (
            (hit := role_phrases().longest_at(seen, first, False)) and hit[0] < last and roles()[hit[1]].sector != "CVL"
        ):
            first, moved = hit[0], True
        else:
            for title in _title_words().get(seen.text[first], ()):
                length = _title_at(seen, first, title)
                if length and first + length < last:
                    first, moved = first + length, True
                    break
    while first < last and not capitalised(seen.text[last - 1]) and not _joined(seen, last - 1, first):
        last -= 1
    while last > first and last + 1 < len(seen) and _joined(seen, last + 1, first) and seen.text[last + 1].isalpha():
        last += 2
    hyphened = first < last < len(seen) - 2 and capitalised(seen.text[last]) and _joined(seen, last + 2, last)
    if hyphened and seen.text[last + 2].islower() and seen.space[last - 1]:
        last += 3  # "Lee" of "Lee Do-hoon"
    if _office(seen, first, last):
        return first, first
    if last - first > 6 or (last > first and seen.plain[first].lower() in words.not_names):
        return first, first
    return first, last


def _headed(seen: View, token: int, first: int, last: int) -> bool:
    """Whether a word inside a name is the verb of a headline that writes all words with capitals: "Ann Low Slams Ivo Marn"."""
    if not first < token < last - 1 or not seen.lower[token].endswith("s") or seen.lower[token] in first_names():
        return False
    if token + 1 >= len(seen) or seen.plain[token + 1].lower() not in first_names():
        return False
    words = [k for k in range(len(seen)) if seen.sentence[k] == seen.sentence[token] and len(seen.text[k]) > 4]
    return len(words) > 3 and all(capitalised(seen.text[k]) for k in words if seen.text[k].isalpha())


def _office(seen: View, first: int, last: int) -> bool:
    """Whether what looks like a name is the office of the one named after it: "Low Hill Elementary Principal Ann Low"."""
    if last - first < 2 or last >= len(seen) or not (capitalised(seen.text[last]) and seen.pos[last] == "PROPN"):
        return False
    hit = role_phrases().longest_at(seen, last - 1, False)
    return hit is not None and hit[0] == last and roles()[hit[1]].kind == "person" and seen.space[last - 1]


def _joined(seen: View, token: int, first: int) -> bool:
    """Whether a word hangs on the one before by a hyphen ("Do-hoon")."""
    return (
        token - 2 >= first
        and seen.text[token - 1] in HYPHENS
        and not seen.space[token - 1]
        and not seen.space[token - 2]
        and seen.text[token].isalpha()
    )
