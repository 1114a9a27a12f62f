"""Arguments that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

RecordFile = Annotated[Path, typer.Argument(metavar="FILE", help="A record, as `dateline code --to FILE` makes it.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DATE", help="From this day on.")]
Until = Annotated[str | None, typer.Option("--until", metavar="DATE", help="Up to this day.")]
AsJson = Annotated[bool, typer.Option("--json", help="JSON lines on standard output in place of a table.")]
