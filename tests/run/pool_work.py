"""What the pool's workers do in test_pool.py: a module of its own, since workers import it by name."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path


def ready() -> dict[str, int]:
    return {"done": 0}


def slow_when_even(state: dict[str, int], item: int) -> tuple[int, int]:
    """Even items take longer than odd ones, so that results come in out of order."""
    if item % 2 == 0:
        time.sleep(0.01)
    state["done"] += 1
    return item, os.getpid()


def misbehave(state: dict[str, int], item: str) -> str:
    """Do what the item says."""
    name, _, argument = item.partition(":")
    if name == "raise":
        raise ValueError(argument)
    if name == "hang":
        time.sleep(600)
    if name == "crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "crash-once" and not Path(argument).exists():
        Path(argument).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    if name == "print":
        print("noise on standard output")
        os.write(1, b"noise on descriptor 1\n")
        sys.stdout.flush()
    if name == "threads":
        return os.environ["OMP_NUM_THREADS"]
    if name == "pid":
        return str(os.getpid())
    if name == "big":
        return "x" * int(argument)
    return f"did {item}"


def unready() -> None:
    raise RuntimeError("no model here")


def dies_at_start() -> None:
    os._exit(7)
