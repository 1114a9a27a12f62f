"""The desk's pages on an invented record: `python benchmarks/desk.py [EVENTS] [--record FILE] [--paint]`.

CPU milliseconds of this process for each page: the first time (nothing remembered of these filters) and the median of
five more. With --paint also what a browser sees (Debian's Chromium, headless, an empty cache for each page): first paint
in milliseconds since the navigation began, and kB of all that was loaded. The record is made anew unless --record names one that
is there (tests/desk/synthetic.py makes it, and says what it holds).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "desk"))


def pages(client) -> list[str]:  # type: ignore[no-untyped-def]
    """The pages that are measured, with filters of every kind."""
    event = client.get("/api/events?size=1").json()["events"][0]
    statement = client.get("/api/statements?size=1").json()["statements"][0]
    talks = client.get("/api/talks?size=1").json()["talks"][0]
    return [
        "/", "/api/timeline", "/api/places", "/articles", "/articles?q=river", f"/article/{event['article_id']}",
        "/events", "/events?type=ACCUSE", "/events?type=ACCUSE&type=AID&actor_country=RUR&sort=-confidence",
        "/events?actor=Person+7", "/events?q=case+7", "/events?q=river&since=2024", f"/events?after={event['row'] - 500_000}",
        f"/event/{event['id']}", "/statements", "/statements?act=ACCUSE&speaker_country=GRA", f"/statement/{statement['id']}",
        "/talks", "/talks?party=RUR&party=GRA", f"/talks/{talks['id']}", "/dyad/RUR/GRA", "/dyad/rur/gra", "/actors",
        "/actors?q=person+1", "/actor/rur", "/map", "/network", "/network?tie=material+conflict&since=2024", "/search?q=river",
        "/search?q=case+777", "/processes", "/process/process-7", "/round/round-71", "/pledges", "/pledges?state=broken&kind=threat",
        "/pledges?side=rur&overdue=1", "/review", "/review?kind=statement&order=sample&seed=3", "/runs", "/problems", "/agreement",
    ]  # fmt: skip


def painted(gate, addresses: list[str]) -> None:  # type: ignore[no-untyped-def]
    """Print first paint and weight of each page in Chromium, served on a port of this machine."""
    import shutil
    import threading

    import uvicorn
    from playwright.sync_api import sync_playwright

    from dateline.desk.serve import listen

    listening = listen("127.0.0.1", 0)
    home = f"http://127.0.0.1:{listening.getsockname()[1]}"
    server = uvicorn.Server(uvicorn.Config(gate, log_level="error", lifespan="off", ws="none"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    print(f"{'page':72} {'first paint':>11} {'kB':>5}   ms, all that is loaded")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for address in addresses:
            paints, sizes = [], []
            for _ in range(PAINTS):
                context = browser.new_context(viewport={"width": 1280, "height": 900})
                page = context.new_page()
                loaded: list[int] = []
                page.on("requestfinished", lambda r, loaded=loaded: loaded.append(r.sizes()["responseBodySize"]))
                page.goto(home + address)
                page.wait_for_load_state("networkidle")
                paints.append(page.evaluate("performance.getEntriesByName('first-paint')[0].startTime"))
                sizes.append(sum(loaded))
                context.close()
            print(f"{address[:72]:72} {statistics.median(paints):11.0f} {max(sizes) / 1000:5.0f}", flush=True)
        browser.close()
    server.should_exit = True


PAINTS = 3
"""Times that each page is opened; the median counts."""


def main() -> None:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--paint", action="store_true", help="also measure first paint and weight in Chromium")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient
    from synthetic import fill

    from dateline.desk.app import build

    with tempfile.TemporaryDirectory() as folder:
        path = asked.record or Path(folder, "invented.record")
        if not path.exists():
            fill(path, asked.events)
        begun = time.process_time()
        gate = build(path)
        print(
            f"{len(gate.app.state.store.columns.events):,} events; read into columns in {time.process_time() - begun:.1f} s of CPU"
        )
        client = TestClient(gate, base_url="http://127.0.0.1")
        print(f"{'page':72} {'first':>6} {'then':>6} {'kB':>5}   ms of CPU")
        wanted = pages(client)
        for page in wanted:
            times = []
            for _ in range(6):
                start = time.process_time()
                answer = client.get(page)
                times.append(1000 * (time.process_time() - start))
                assert answer.status_code == 200, (page, answer.status_code)
            print(
                f"{page[:72]:72} {times[0]:6.0f} {statistics.median(times[1:]):6.0f} {len(answer.content) / 1000:5.0f}"
            )
        if asked.paint:
            painted(gate, [page for page in wanted if not page.startswith("/api/")])


if __name__ == "__main__":
    main()
