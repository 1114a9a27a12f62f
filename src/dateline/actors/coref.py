"""Pronouns: he, she, they, it, and the I and we of a quotation."""

from __future__ import annotations

from dateline.actors.cluster import Book, Cluster
from dateline.actors.mentions import Mention

_MALE = frozenset({"he", "him", "his", "himself"})
_FEMALE = frozenset({"she", "her", "hers", "herself"})
_THING = frozenset({"it", "its", "itself"})
_MANY = frozenset({"they", "them", "their", "theirs", "themselves"})
_FIRST = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})


def resolve_pronouns(book: Book) -> None:
    """Give each pronoun to the nearest cluster that fits."""
