"""corroborate: the record across articles (docs/corroborate.md)."""

from dateline.corroborate.join import Joined, join, pending
from dateline.corroborate.verdicts import VERDICTS, judge, undo

__all__ = ["VERDICTS", "Joined", "join", "judge", "pending", "undo"]
