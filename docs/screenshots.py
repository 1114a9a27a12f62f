"""Makes docs/img: codes examples/havana, serves the record, and takes pictures of the desk with Chromium.

usage: python docs/screenshots.py [--chromium PATH]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
PORT = 8799
AT = f"http://127.0.0.1:{PORT}"
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
)


def answer(path: str) -> dict:  # type: ignore[type-arg]
    """The JSON twin of a page; waits up to 20 s for the server."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(AT + path) as reply:
                return json.load(reply)
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{AT}: the desk does not answer")


def main() -> None:
    """The command line; see the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default="chromium")
    options = parser.parse_args()
    (HERE / "img").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        record = Path(scratch) / "havana.record"
        subprocess.run(
            [sys.executable, "-m", "dateline", "code", str(HERE.parent / "examples/havana"), "--to", str(record)],
            check=True,
        )
        server = subprocess.Popen([sys.executable, "-m", "dateline", "serve", str(record), "--port", str(PORT)])
        try:
            answer("/api/articles")
            import dateline

            with dateline.open_record(record) as opened:
                process = max(opened.processes(), key=lambda p: len(p.rounds))
                longest = max(opened.articles(), key=lambda a: a.statements)
            pages = {
                "overview": "/", "article": f"/article/{longest.id}", "process": f"/process/{process.id}",
                "round": f"/round/{process.rounds[0]}",
            }  # fmt: skip
            for name, path in pages.items():
                target = HERE / "img" / f"{name}.png"
                subprocess.run(
                    [options.chromium, *FLAGS, "--window-size=1200,1000", f"--screenshot={target}", AT + path],
                    check=True, capture_output=True,
                )  # fmt: skip
                print(target)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
