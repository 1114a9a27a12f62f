"""The parse as plain lists: what the resolution of actors reads of a document, taken out of spaCy once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dateline.actors.fold import plain
from dateline.language import Doc

_OPEN, _CLOSE, _STRAIGHT = "“«„", "”»", '"'
POSSESSIVE = ("'s", "’s", "'", "’")
"""What makes a name a possessive, as a token."""
HYPHENS = frozenset("-‐‑–—/")


@dataclass(frozen=True, slots=True)
class View:
    """Parallel lists, one item a token. `head` is an index; `sentence` and `paragraph` number from 0.

    `quoted[i]`: the number of the quotation the token stands in, 0 outside. `plain` is folded but keeps case.
    """

    doc: Doc
    text: list[str]
    lower: list[str]
    plain: list[str]
    lemma: list[str]
    pos: list[str]
    dep: list[str]
    head: list[int]
    start: list[int]
    end: list[int]
    space: list[bool]
    sentence: list[int]
    paragraph: list[int]
    quoted: list[int]
    body: int

    def __len__(self) -> int:
        return len(self.text)

    def string(self, first: int, last: int) -> str:
        """The text of the tokens [first, last)."""
        return self.doc.text[self.start[first] : self.end[last - 1]]

    def inside(self, token: int, first: int, last: int) -> bool:
        """Whether the token's head lies in [first, last)."""
        return first <= self.head[token] < last

    def chain(self, token: int, limit: int = 12) -> Iterator[int]:
        """The heads above a token, nearest first."""
        for _ in range(limit):
            up = self.head[token]
            if up == token:
                return
            yield up
            token = up


def view(doc: Doc) -> View:
    """Take the lists out of a parsed document."""
    tokens = list(doc.spacy)
    text = [t.text for t in tokens]
    start = [t.idx for t in tokens]
    sentence, number = [], -1
    for token in tokens:
        if token.is_sent_start or number < 0:
            number += 1
        sentence.append(number)
    paragraph, at = [], 0
    for offset in start:
        while at + 1 < len(doc.paragraphs) and doc.paragraphs[at][1] <= offset:
            at += 1
        paragraph.append(at)
    return View(
        doc=doc,
        text=text,
        lower=[t.lower() for t in text],
        plain=[plain(t) for t in text],
        lemma=[t.lemma_.lower() for t in tokens],
        pos=[t.pos_ for t in tokens],
        dep=[t.dep_ for t in tokens],
        head=[t.head.i for t in tokens],
        start=start,
        end=[s + len(t) for s, t in zip(start, text, strict=True)],
        space=[bool(t.whitespace_) for t in tokens],
        sentence=sentence,
        paragraph=paragraph,
        quoted=_quoted(text, paragraph),
        body=doc.article.body_start,
    )


def _quoted(text: list[str], paragraph: list[int]) -> list[int]:
    """Number the quotations. One that is not closed ends with its paragraph."""
    found, count, current, at = [], 0, 0, -1
    for token, number in zip(text, paragraph, strict=True):
        if number != at:
            current, at = 0, number
        if token[:1] == _STRAIGHT or token in ("''", "``"):
            if current:
                found.append(current)
                current = 0
                continue
            count += 1
            current = count
        elif token[:1] in _OPEN and token:
            count += 1
            current = count
        elif token[-1:] in _CLOSE and token:
            found.append(current)
            current = 0
            continue
        found.append(current)
    return found


@dataclass(frozen=True, slots=True)
class Phrases:
    """Known phrases, for a scan of the longest match: keys, and per first word the most words a key has."""

    keys: frozenset[str]
    longest: Mapping[str, int]

    @classmethod
    def of(cls, keys: Iterator[str] | list[str]) -> Phrases:
        """Index the keys."""
        known = frozenset(keys)
        longest: dict[str, int] = {}
        for key in known:
            words = key.split()
            if words:
                first = words[0].lower()
                longest[first] = max(longest.get(first, 0), len(words))
        return cls(known, longest)

    def longest_at(self, seen: View, i: int, cased: bool) -> tuple[int, str] | None:
        """The longest key that begins at token i: the token after it, and the key. `cased`: capitals may be a key."""
        first = seen.plain[i]
        most = self.longest.get(first.lower())
        if most is None and " " in first:  # a hyphenated word that the tokenizer kept together
            most = self.longest.get(first.split(" ")[0].lower())
        if i + 1 < len(seen) and seen.lower[i + 1] in ("'s", "’s"):  # "Lord's Resistance Army" is folded to "lords ..."
            most = max(most or 0, self.longest.get(first.lower() + "s", 0)) or None
        if most is None:
            return None
        joined, best, glue = "", None, False
        for j in range(i, min(len(seen), i + 2 * most + 2)):
            word, text = seen.plain[j], seen.text[j]
            if text.isspace() or seen.paragraph[j] != seen.paragraph[i]:
                break
            if text == "." and j + 1 < len(seen) and seen.sentence[j + 1] != seen.sentence[i]:
                break
            if word:
                glue = glue or text.lower() in ("'s", "’s")
                joined = joined + word if glue and joined else f"{joined} {word}" if joined else word
                if joined.count(" ") >= most:
                    break
                if text[0] not in "'’":  # "Afghan's" is not "Afghans"
                    if cased and joined.isupper() and joined in self.keys:
                        best = (j + 1, joined)
                    elif joined.lower() in self.keys:
                        best = (j + 1, joined.lower())
            elif text not in HYPHENS and text not in "'’.":
                break
            glue = not seen.space[j] and text not in HYPHENS
        return best
