"""Named bodies that a description without a name stands for: "the union", "the newspaper", "the group"."""

from __future__ import annotations

from dateline.actors.cluster import Book, Cluster
from dateline.actors.fold import plain
from dateline.actors.lexicon import lexicon
from dateline.actors.mentions import Mention
from dateline.actors.view import View


def body(book: Book, mention: Mention) -> Cluster | None:
    """The body named before that a description of one means; None if it means none that can be told."""
    return _of_sector(book, mention) or _resumed(book, mention)


def resumes_body(seen: View, mention: Mention) -> bool:
    """Whether "the group" or "the organisation", with no other word, stands for a body named before."""
    bare = mention.first - mention.left == 1 and mention.last - mention.first == 1 and mention.right == mention.last
    return bare and seen.lower[mention.left] == "the" and seen.lower[mention.first] in lexicon().resuming


_GROUPS = frozenset({"organisation", "ngo", "armed group"})
_NO_GROUPS = frozenset({"GOV", "LEG", "JUD", "MIL", "COP", "SPY", "JRN", "EDU", "BUS"})
"""Sectors of bodies that nobody calls a group."""


def _resumed(book: Book, mention: Mention) -> Cluster | None:
    """The body named last, in this paragraph or one of the two before, that "the group" means."""
    seen = book.seen
    if not resumes_body(seen, mention):
        return None
    named = [
        (m.first, c)
        for c in book.clusters
        if c.kind in _GROUPS and c.origin in ("registry", "ner") and not c.thing and c.sector not in _NO_GROUPS
        if not (c.sector == "PTY" and c.match is not None)
        for m in c.mentions
        if m.first < mention.first and seen.paragraph[mention.first] - seen.paragraph[m.first] <= 2
        and (c.sector is not None or seen.dep[m.head] in ("nsubj", "nsubjpass", "poss"))
    ]  # fmt: skip
    return max(named, key=lambda found: found[0])[1] if named else None


_BODIES = frozenset({"JRN", "LAB", "BUS"})
"""Sectors of bodies that "the newspaper", "the union", "the company" may mean by their sector alone."""


def _of_sector(book: Book, mention: Mention) -> Cluster | None:
    """The one named body of a sector, of the text or else of this paragraph and the one before, that "the union" means."""
    if mention.sector not in _BODIES or mention.plural or mention.kind == "person" or mention.owner is not None:
        return None
    if mention.role in lexicon().mass or mention.countries:
        return None
    named = [
        (c, max(m.first for m in c.mentions if m.first < mention.first))
        for c in book.clusters
        if c.origin in ("registry", "ner") and not c.human and c.sector == mention.sector and c.kind != "population"
        and (mention.sector == "LAB" or c.kind == mention.kind) and not _aired(c)
        and any(m.first < mention.first for m in c.mentions)
    ]  # fmt: skip
    near = [n for n in named if book.seen.paragraph[mention.first] - book.seen.paragraph[n[1]] <= 1]
    meant = named if len(named) == 1 else near
    return meant[0][0] if len(meant) == 1 else None


def _aired(body: Cluster) -> bool:
    """Whether a medium is an agency or a station, which nobody calls a newspaper."""
    name = plain(body.name)
    parts = name.lower().split()
    return body.sector == "JRN" and (
        name.lower() in lexicon().agencies or name.isupper() or bool(lexicon().stations & set(parts))
    )
