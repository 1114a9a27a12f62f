"""`dateline join`: what single articles tell, joined across all articles of a record."""

from __future__ import annotations

import time
from pathlib import Path

from dateline.cli.terminal import say
from dateline.record import open_record
from dateline.record.review import orphans


def run(file: Path, new_only: bool) -> None:
    """Join the whole record anew, or only what came in since the last join."""
    from dateline.corroborate import join

    started = time.monotonic()
    with open_record(file) as record:
        done = join(record, () if new_only else None)
        counts = record.joined_counts()
        lost = orphans(record.path)
    say(
        f"{done.articles} articles joined in {time.monotonic() - started:.1f} s; the record holds "
        + ", ".join(f"{number} {name}" for name, number in counts.items())
    )
    told_orphans(lost, file)


def told_orphans(lost: int, file: Path) -> None:
    """Say on standard error how many verdicts of analysts have lost their row, and where they are listed."""
    if lost:
        hang = "verdict of an analyst hangs" if lost == 1 else "verdicts of analysts hang"
        say(f"{lost} {hang} on no row any more; with their old words: dateline show {file} reviews")
