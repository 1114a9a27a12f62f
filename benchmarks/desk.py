"""Server time of the desk's pages on an invented record: `python benchmarks/desk.py [EVENTS] [--record FILE]`.

CPU milliseconds of this process for each page: the first time (nothing remembered of these filters) and the median of
five more. The record is made anew unless --record names one that is there (tests/desk/synthetic.py makes it).
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
        "/search?q=case+777", "/review", "/review?kind=statement&order=sample&seed=3", "/runs", "/problems", "/agreement",
    ]  # fmt: skip


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("events", nargs="?", type=int, default=1_000_000)
    parser.add_argument("--record", type=Path)
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
        for page in pages(client):
            times = []
            for _ in range(6):
                start = time.process_time()
                answer = client.get(page)
                times.append(1000 * (time.process_time() - start))
                assert answer.status_code == 200, (page, answer.status_code)
            print(
                f"{page[:72]:72} {times[0]:6.0f} {statistics.median(times[1:]):6.0f} {len(answer.content) / 1000:5.0f}"
            )


if __name__ == "__main__":
    main()
