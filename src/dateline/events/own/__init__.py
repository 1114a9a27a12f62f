"""Codebooks of one's own: read (form), learned (learned), and decided by (choose). docs/codebook.md."""

from dateline.events.own import learned
from dateline.events.own.form import FEWEST, MOST, OwnBook, OwnType, marks, parse, read
from dateline.events.own.learned import SUFFIX, Head, Learned, force, in_force, use

__all__ = [
    "FEWEST",
    "MOST",
    "SUFFIX",
    "Head",
    "Learned",
    "OwnBook",
    "OwnType",
    "force",
    "in_force",
    "learned",
    "marks",
    "parse",
    "read",
    "use",
]
