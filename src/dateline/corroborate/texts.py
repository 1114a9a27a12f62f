"""The same text: reprints, wire copy and updated versions are one witness.

Bodies are compared by their groups of three words ("shingles"). MinHash and bands of it find candidates without looking at
every article (Broder 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, ch. 3); what decides is the exact
part of the shorter body that both share. The bands stand in the record, so that an article is compared with its
neighbours only, and the texts are the connected components of a decision about pairs: their order of arrival is nothing.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

import numpy as np

from dateline.corroborate.groups import Union, name, sets

WORDS = 3
"""Words a shingle. Of 2, 3 and 4, all part reprints from rewrites in the corpus; with 3 the least shared part of a
reprint is .69 and the largest of two different texts .13 (docs/corroborate.md)."""

SHARED = 0.5
"""Part of the shorter body's shingles that make two bodies one text. In the middle between the two figures above, and on
the side of precision: half of a body that stands elsewhere word by word is no coincidence."""

SHARED_ADDRESS = 0.2
"""The same for two articles under one address: versions may be rewritten, but an address that always shows something
else (a front page) is no text."""

SHORTEST = 0.2
"""A body shorter than this part of the other is a brief taken over into a longer text, which has more to say."""

LEAST = 12
"""Shingles a body needs to be compared: below, a caption or "more to follow" would be one text with its like."""

BANDS, ROWS = 48, 3
"""Bands of the MinHash and its rows each. Two bodies with half of all their shingles in common meet in a band with
probability 1-(1-.5^3)^48 = .998, with 40 % .96; unrelated ones (2 %) in 4 of 10,000 cases."""

LOOK = 0.1
"""Candidates whose sketches agree in less than this part are not read. The true share would have to be .1 or less by
SHARED and SHORTEST; the estimate's standard error there is .025."""

_WORD = re.compile(r"\w+")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|ref|cmp|cid)", re.I)
_SEED = np.random.default_rng(20_240_506)
_A = (_SEED.integers(1, 2**63, size=(BANDS * ROWS, 1), dtype=np.uint64) << np.uint64(1)) | np.uint64(1)
_B = _SEED.integers(0, 2**63, size=(BANDS * ROWS, 1), dtype=np.uint64)
_MIX = _SEED.integers(1, 2**62, size=(BANDS, ROWS), dtype=np.uint64) * np.uint64(2) + np.uint64(1)


@dataclass(frozen=True, slots=True)
class Body:
    """What is known of an article's text: hashes of its shingles, MinHash, address, and what orders versions."""

    article: str
    shingles: frozenset[int]
    address: str | None
    published: str


def shingles(text: str) -> frozenset[int]:
    """Hashes of the groups of WORDS words, case and punctuation aside."""
    words = _WORD.findall(text.casefold())
    return frozenset(zlib.crc32(" ".join(words[i : i + WORDS]).encode()) for i in range(len(words) - WORDS + 1))


def sketch(of: Iterable[int]) -> np.ndarray:
    """The MinHash: BANDS × ROWS 32-bit numbers. Two sketches agree in the part of shingles that two bodies share."""
    values = np.fromiter(of, np.uint64)
    if not len(values):
        return np.zeros(BANDS * ROWS, np.uint32)
    least: np.ndarray = ((_A * values + _B) >> np.uint64(32)).min(axis=1).astype(np.uint32)
    return least


def bands(of: np.ndarray) -> list[int]:
    """One 62-bit number a band, equal where all rows of the band are."""
    rows = of.reshape(BANDS, ROWS).astype(np.uint64)
    mixed = (rows * _MIX).sum(axis=1, dtype=np.uint64) ^ (np.arange(BANDS, dtype=np.uint64) << np.uint64(56))
    return [int(value) for value in mixed >> np.uint64(2)]


def shared(a: frozenset[int], b: frozenset[int]) -> float:
    """The part of the smaller set that is in both, 0 to 1."""
    return len(a & b) / max(1, min(len(a), len(b)))


def same(a: Body, b: Body) -> bool:
    """Whether two bodies are one text."""
    fewer, more = sorted((len(a.shingles), len(b.shingles)))
    if fewer < LEAST:
        return a.shingles == b.shingles and a.address is not None and a.address == b.address
    part = shared(a.shingles, b.shingles)
    if a.address is not None and a.address == b.address:
        return part >= SHARED_ADDRESS
    return part >= SHARED and fewer >= SHORTEST * more


def address(url: str | None) -> str | None:
    """The URL without scheme, "www.", fragment and tracking parameters; None for what is no web address."""
    parts = urlsplit(url or "")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query) if not _TRACKING.fullmatch(k)])
    return f"{parts.hostname.removeprefix('www.')}{parts.path.rstrip('/')}{'?' + query if query else ''}"


class Texts:
    """The texts of an open record, within the caller's transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._body = lru_cache(4096)(self._read)

    def join(self, articles: Iterable[str], broken: Iterable[str] = ()) -> set[str]:
        """Take in new articles and mend texts that lost one. Gives the articles whose text is another now."""
        db = self._db
        union, known = Union(), {}
        for text in broken:
            left = [row[0] for row in db.execute("SELECT article_id FROM text_article WHERE text_id = ?", (text,))]
            known.update(dict.fromkeys(left, text))
            for i, a in enumerate(left):
                for b in left[i + 1 :]:
                    if union.find(a) != union.find(b) and same(self._body(a), self._body(b)):
                        union.join(a, b)
        new = [a for a in articles if self._add(a)]
        for article in new:
            known[article] = ""
            for text, members in self._near(article, known):
                if any(union.find(article) == union.find(m) for m in members):
                    continue
                hit = next((m for m in members if same(self._body(article), self._body(m))), None)
                if hit is None:
                    continue
                if text not in ("", *broken) and members[0] not in known:  # a text that is whole stays whole
                    everyone = db.execute("SELECT article_id FROM text_article WHERE text_id = ?", (text,)).fetchall()
                    known.update(dict.fromkeys((row[0] for row in everyone), text))
                    for (other,) in everyone:
                        union.join(hit, other)
                union.join(article, hit)
        links = [(a, union.find(a)) for a in known]
        changed: set[str] = set()
        for group in sets(sorted(known), [(a, b) for a, b in links if isinstance(b, str)]):
            text = name("text", group)
            if any(known[a] != text for a in group) or any(known[a] in broken for a in group):
                changed.update(group)
            self._write(text, group)
        return changed

    def _add(self, article: str) -> bool:
        """Put the article's sketch and bands into the record; False if it is there already."""
        db = self._db
        if db.execute("SELECT 1 FROM text_article WHERE article_id = ?", (article,)).fetchone():
            return False
        body = self._body(article)
        marks = sketch(body.shingles)
        number = db.execute("SELECT ifnull(max(number), 0) + 1 FROM text_article").fetchone()[0]
        db.execute(
            "INSERT INTO text_article(article_id, text_id, position, relation, address, number, words, sketch) "
            "VALUES (?, '', 1, 'first', ?, ?, ?, ?)",
            (article, body.address, number, len(body.shingles), marks.astype("<u4").tobytes()),
        )
        if len(body.shingles) >= LEAST:
            db.executemany("INSERT OR IGNORE INTO text_band VALUES (?, ?)", ((band, number) for band in bands(marks)))
        return True

    def _near(self, article: str, known: dict[str, str]) -> Iterator[tuple[str, list[str]]]:
        """Candidates, by the text that they stand in; those taken in just now each for itself."""
        db = self._db
        number, own, blob = db.execute(
            "SELECT number, address, sketch FROM text_article WHERE article_id = ?", (article,)
        ).fetchone()
        rows = db.execute(
            "SELECT DISTINCT t.article_id, t.text_id, t.sketch, 0 FROM text_band mine JOIN text_band theirs "
            "ON theirs.band = mine.band JOIN text_article t ON t.number = theirs.number "
            "WHERE mine.number = ?1 AND theirs.number <> ?1 UNION ALL "
            "SELECT article_id, text_id, sketch, 1 FROM text_article WHERE address = ?2 AND number <> ?1",
            (number, own),
        ).fetchall()
        mine = np.frombuffer(blob, "<u4")
        found: dict[str, list[str]] = {}
        for other, text, theirs, address_too in sorted(rows):
            if address_too or float((np.frombuffer(theirs, "<u4") == mine).mean()) >= LOOK:
                found.setdefault(text if other not in known and text else other, []).append(other)
        yield from found.items()

    def _read(self, article: str) -> Body:
        url, published, text, start = self._db.execute(
            "SELECT url, published, text, body_start FROM article WHERE id = ?", (article,)
        ).fetchone()
        return Body(article, shingles(text[start:]), address(url), published or "9999")

    def _write(self, text: str, group: list[str]) -> None:
        bodies = order([self._body(a) for a in group])
        for position, body in enumerate(bodies):
            relation, of, part = relate(body, bodies[:position])
            self._db.execute(
                "UPDATE text_article SET text_id = ?, position = ?, relation = ?, of_article = ?, shared = ? "
                "WHERE article_id = ?",
                (text, position + 1, relation, of, part, body.article),
            )


def order(bodies: Iterable[Body]) -> list[Body]:
    """In order of publication. On one day the address with several versions leads, and versions grow as news come in."""
    given = sorted(bodies, key=lambda b: b.article)
    versions = {b.address: sum(o.address == b.address for o in given) for b in given if b.address is not None}

    def key(body: Body) -> tuple[object, ...]:
        several = versions.get(body.address or "", 1)
        size = len(body.shingles)
        return body.published, -several, size if several > 1 else -size, body.article

    return sorted(given, key=key)


def relate(body: Body, before: list[Body]) -> tuple[str, str | None, float | None]:
    """How a body relates to those before it: first, version (same address) or reprint of the one most like it."""
    if not before:
        return "first", None, None
    versions = [b for b in before if b.address is not None and b.address == body.address]
    nearest = versions[-1] if versions else max(before, key=lambda b: _likeness(body, b))
    relation = "version" if versions else "reprint"
    return relation, nearest.article, round(shared(body.shingles, nearest.shingles), 3)


def _likeness(a: Body, b: Body) -> tuple[float, int]:
    """Shared part of all shingles of both; of equal ones, the longer."""
    return len(a.shingles & b.shingles) / max(1, len(a.shingles | b.shingles)), len(b.shingles)
