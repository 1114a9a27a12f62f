"""`dateline serve` and `dateline desk`."""

from __future__ import annotations

from pathlib import Path

from dateline.cli.terminal import say


def run(file: Path, port: int | None, host: str, names: list[str], read_only: bool, browser: bool) -> None:
    """Serve the record; with `browser` open it in the user's browser as soon as it answers."""
    from dateline.desk.serve import serve

    def ready(address: str) -> None:
        say(f"The desk answers at {address} (Ctrl-C ends it)")
        if browser:
            import webbrowser

            webbrowser.open(address)

    say(f"Reading {file} …")
    serve(file, host, port, tuple(names), read_only, ready)
