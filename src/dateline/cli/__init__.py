"""cli: a thin shell over the public functions, with the same verbs (docs/commands.md)."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Heavy modules load with the command that needs them."""
    from dateline.cli.app import app

    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its code instead of ending the run.
        getattr(stream, "reconfigure", lambda **_: None)(errors="backslashreplace")
    app()
