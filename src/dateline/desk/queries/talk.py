"""Comments on rows, threaded."""

from __future__ import annotations

from typing import Any

from dateline.desk.store import Store
from dateline.record import review


def thread(store: Store, kind: str, target: str) -> dict[str, Any]:
    """The comments on a row, each reply under what it answers: a flat list with depths."""
    found = review.comments(store.path, kind, target)
    below: dict[str | None, list[review.Comment]] = {}
    for comment in found:
        below.setdefault(comment.reply_to, []).append(comment)
    laid: list[dict[str, Any]] = []
    pending = [(comment, 0) for comment in reversed(below.get(None, []))]
    while pending:
        comment, depth = pending.pop()
        laid.append({
            "id": comment.id, "author": comment.author, "text": comment.text, "made": comment.made,
            "reply_to": comment.reply_to, "taken_back": comment.undone is not None, "depth": min(depth, DEEPEST),
        })  # fmt: skip
        pending += [(reply, depth + 1) for reply in reversed(below.get(comment.id, []))]
    return {"kind": kind, "target": target, "comments": laid}


DEEPEST = 4
"""Replies deeper than this are shown at this depth: a narrow screen has no room for more."""
