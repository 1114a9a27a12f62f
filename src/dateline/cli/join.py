"""`dateline join`: what single articles tell, joined across all articles of a record."""

from __future__ import annotations

import time
from pathlib import Path

from dateline.cli.terminal import say
from dateline.record import open_record


def run(file: Path, new_only: bool) -> None:
    """Join the whole record anew, or only what came in since the last join."""
    from dateline.corroborate import join

    started = time.monotonic()
    with open_record(file) as record:
        done = join(record, () if new_only else None)
        counts = record.joined_counts()
    say(
        f"{done.articles} articles joined in {time.monotonic() - started:.1f} s; the record holds "
        + ", ".join(f"{number} {name}" for name, number in counts.items())
    )
