"""corroborate: the record across articles (docs/corroborate.md)."""

from dateline.corroborate.join import Joined, join, pending

__all__ = ["Joined", "join", "pending"]
