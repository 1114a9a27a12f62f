"""Makes docs/img: codes examples/havana, serves the record, and takes pictures of the desk with Chromium (Playwright, as the tests).

usage: python docs/screenshots.py [--chromium PATH]
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
PORT = 8799
AT = f"http://127.0.0.1:{PORT}"
BOTH = ("round", "article")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]


def answer(path: str) -> dict:  # type: ignore[type-arg]
    """The JSON twin of a page; waits up to 20 s for the server."""
    for _ in range(100):
        try:
            with urllib.request.urlopen(AT + path) as reply:
                return json.load(reply)
        except OSError:
            time.sleep(0.2)
    sys.exit(f"{AT}: the desk does not answer")


def shoot(chromium: str, pages: dict[str, str]) -> None:
    """A picture of each page as it is once its charts are drawn; of those in BOTH also one in the dark and one narrow."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which(chromium), args=FLAGS)
        for suffix, width, scheme in (("", 1200, "light"), ("-dark", 1200, "dark"), ("-narrow", 390, "light")):
            context = browser.new_context(viewport={"width": width, "height": 1000}, color_scheme=scheme)  # type: ignore[arg-type]
            for name, path in pages.items():
                if suffix and name not in BOTH:
                    continue
                page = context.new_page()
                page.goto(AT + path)
                for drawn in ("html", "dl-timeline", "dl-map", "dl-network"):
                    for one in page.locator(drawn).all():
                        one.locator("xpath=self::*[@data-ready]").wait_for(state="attached")
                target = HERE / "img" / f"{name}{suffix}.png"
                page.screenshot(path=str(target))
                print(target)
                page.close()
            context.close()
        browser.close()


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
                told = max(opened.rounds(process), key=lambda r: r.positions)
                longest = max(opened.articles(), key=lambda a: a.statements)
                event = next(c for c in opened.clusters() if len(c.reports) > 1).reports[0].event
            pages = {
                "overview": "/", "article": f"/article/{longest.id}", "process": f"/process/{process.id}",
                "round": f"/round/{told.id}", "events": "/events", "event": f"/event/{event}",
                "original": f"/original/{longest.id}", "review": "/review", "network": "/network",
            }  # fmt: skip
            shoot(options.chromium, pages)
        finally:
            server.terminate()


if __name__ == "__main__":
    main()
