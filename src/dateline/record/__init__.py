"""record: codings → one SQLite file, and rows out of it (docs/record.md)."""

from dateline.record.across import (
    Bearing,
    ClusterRow,
    PledgeRow,
    PositionRow,
    ProcessRow,
    Report,
    RoundRow,
    RoundTalks,
    TextArticle,
    TextRow,
    Value,
    VerdictRow,
)
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
    "Bearing",
    "ClusterRow",
    "EventRow",
    "PledgeRow",
    "PositionRow",
    "ProblemRow",
    "ProcessRow",
    "Record",
    "Report",
    "RevisionRow",
    "RoundRow",
    "RoundTalks",
    "Rows",
    "RunRow",
    "StatementRow",
    "TalksRow",
    "TextArticle",
    "TextRow",
    "Value",
    "VerdictRow",
    "export",
    "open_record",
]
