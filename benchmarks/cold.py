"""What one page costs from a cold start: CPU seconds and wall seconds of `dateline code PAGE --json`, new processes.

    python benchmarks/cold.py [--page PAGE] [--runs 5]

CPU seconds (user and system, of the process and its children) do not depend on what else the machine does; the wall clock
does. The second line is the same process without a page (`dateline --version`), the third what the imports cost by room.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

PAGE = Path(__file__).parents[1] / "examples" / "havana" / "2012-10-18-fjord-post.html"
TOPS = (
    "spacy",
    "thinc",
    "torch",
    "onnxruntime",
    "trafilatura",
    "pydantic",
    "rich",
    "typer",
    "lxml.html",
    "dateline.run",
    "dateline.record",
)


def once(*arguments: str) -> tuple[float, float]:
    """CPU and wall seconds of one process of the command line; raises if it fails."""
    before, started = os.times(), time.perf_counter()
    subprocess.run([sys.executable, "-m", "dateline", *arguments], check=True, capture_output=True)
    after = os.times()
    cpu = after.children_user - before.children_user + after.children_system - before.children_system
    return cpu, time.perf_counter() - started


def imports(page: Path) -> dict[str, float]:
    """Seconds (wall, all below included) that the import of each of TOPS takes, without those that are not imported."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "dateline", "code", str(page), "--json"], check=True, capture_output=True, text=True
    )  # fmt: skip
    rows = re.findall(r"^import time:\s+\d+ \|\s+(\d+) \|\s+([\w.]+)$", done.stderr, re.M)
    return {name: int(micros) / 1e6 for micros, name in rows if name in TOPS}


def main() -> None:
    """Print the three lines."""
    parser = argparse.ArgumentParser(description="CPU seconds of one page from a cold start.")
    parser.add_argument("--page", type=Path, default=PAGE)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    for label, arguments in (("code one page", ("code", str(given.page), "--json")), ("--version", ("--version",))):
        once(*arguments)  # files into the system's cache
        times = [once(*arguments) for _ in range(given.runs)]
        cpu, wall = (statistics.median(t[i] for t in times) for i in (0, 1))
        print(f"{label}: {cpu:.2f} CPU s, {wall:.2f} s on the clock (median of {given.runs})")
    print("imports: " + ", ".join(f"{name} {seconds:.2f} s" for name, seconds in imports(given.page).items()))


if __name__ == "__main__":
    main()
