"""Speed as a count per CPU-second, beside the speed of this Python on this machine."""

from __future__ import annotations

import time
from collections.abc import Callable


def report(name: str, work: Callable[[], int]) -> None:
    """Run `work`, which returns how many it has done, and print how many a CPU-second, and what one costs in additions."""
    unit = _unit()
    started = time.process_time()
    count = work()
    spent = time.process_time() - started
    unit = min(unit, _unit())
    print(f"{count} {name}s in {spent:.2f} CPU-seconds: {count / spent:.0f} a CPU-second")
    print(f"one {name} costs as much as {spent / count / unit * 1e6:.0f} additions in a loop of Python")


def _unit() -> float:
    """CPU-seconds of a million additions in this Python."""
    started = time.process_time()
    total = 0
    for i in range(1_000_000):
        total += i
    return time.process_time() - started
