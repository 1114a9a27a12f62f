"""record: codings → one SQLite file, and rows out of it (docs/record.md)."""

from dateline.record.export import export
from dateline.record.record import Record, open_record
from dateline.record.rows import (
    ActorRow,
    ArticleRow,
    EventRow,
    ProblemRow,
    RevisionRow,
    RunRow,
    StatementRow,
    TalksRow,
)
from dateline.record.tables import Rows

__all__ = [
    "ActorRow",
    "ArticleRow",
    "EventRow",
    "ProblemRow",
    "Record",
    "RevisionRow",
    "Rows",
    "RunRow",
    "StatementRow",
    "TalksRow",
    "export",
    "open_record",
]
