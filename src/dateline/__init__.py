"""Dateline: from news pages to a record of who said and did what to whom, each row leading back to its words.

    >>> import dateline
    >>> coding = dateline.code("page.html")            # one Coding
    >>> record = dateline.open_record("my.record")     # rows, tables

Nothing heavy is imported until it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dateline.version import __version__

if TYPE_CHECKING:
    from dateline.model import (
        Actor,
        Article,
        Coding,
        DateExpression,
        Event,
        Magnitude,
        Place,
        Problem,
        Span,
        Statement,
        Talks,
    )
    from dateline.record import open_record
    from dateline.run.code import code, code_many, code_text

_MODEL = (
    "Actor", "Article", "Coding", "DateExpression", "Event", "Magnitude", "Place", "Problem", "Span", "Statement", "Talks",
)  # fmt: skip
_HOME = {
    **dict.fromkeys(_MODEL, "dateline.model"),
    **dict.fromkeys(("code", "code_many", "code_text"), "dateline.run"),
    "open_record": "dateline.record",
}

__all__ = [
    "Actor",
    "Article",
    "Coding",
    "DateExpression",
    "Event",
    "Magnitude",
    "Place",
    "Problem",
    "Span",
    "Statement",
    "Talks",
    "__version__",
    "code",
    "code_many",
    "code_text",
    "open_record",
]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for, so that `import dateline` stays light."""
    if name not in _HOME:
        raise AttributeError(f"module 'dateline' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
