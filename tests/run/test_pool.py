"""The pool: order, crashes, hangs, faults of the work, workers that never get ready, the end of a run."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.run.pool import WINDOW, Done, Lost, map_ordered

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
import pool_work  # noqa: E402 - the workers import it by this name


def run(items, work=pool_work.misbehave, jobs=2, deadline=30.0, attempts=2, setup=pool_work.ready):  # type: ignore[no-untyped-def]
    return list(map_ordered(items, setup, work, jobs, deadline, attempts))


def alive() -> list[int]:
    return [p.pid for p in multiprocessing.active_children() if p.pid]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_items(jobs: int) -> None:
    results = run(range(40), pool_work.slow_when_even, jobs)
    assert [r.value[0] for r in results] == list(range(40))
    processes = {r.value[1] for r in results}
    assert len(processes) == jobs
    assert (os.getpid() in processes) == (jobs == 1)


@pytest.mark.parametrize("jobs", [1, 2])
def test_no_items(jobs: int) -> None:
    assert run([], jobs=jobs) == []
    assert alive() == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_exception_is_that_items_result(jobs: int) -> None:
    assert run(["a", "raise:bad page", "b"], jobs=jobs) == [
        Done("did a"), Lost("raise:bad page", "ValueError: bad page"), Done("did b"),
    ]  # fmt: skip


def test_a_crash_costs_only_its_item() -> None:
    results = run(["a", "crash", "b", "c"])
    assert [type(r) for r in results] == [Done, Lost, Done, Done]
    assert "2 attempts" in results[1].reason and "-9" in results[1].reason


def test_a_passing_crash_costs_nothing(tmp_path: Path) -> None:
    items = ["a", f"crash-once:{tmp_path / 'mark'}", "b"]
    assert run(items) == [Done(f"did {item}") for item in items]


def test_a_hang_ends_at_the_deadline() -> None:
    started = time.monotonic()
    results = run(["hang", "a", "b"], deadline=0.5, attempts=1)
    assert time.monotonic() - started < 20
    assert isinstance(results[0], Lost) and "0.5 s" in results[0].reason
    assert results[1:] == [Done("did a"), Done("did b")]


def test_kill_from_outside_loses_nothing() -> None:
    """Every worker alive is killed with -9 in mid-run; each item still has its result, once and in order."""
    items = [f"big:{i}" for i in range(2000)]
    killed: list[int] = []

    def kill() -> None:
        time.sleep(0.3)
        for pid in alive():
            killed.append(pid)
            os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=kill)
    results = []
    for i, result in enumerate(map_ordered(items, pool_work.ready, pool_work.misbehave, 2, 30.0, 3)):
        if i == 5:
            thread.start()
        results.append(result)
        time.sleep(0.0005)
    thread.join()
    assert killed
    assert results == [Done("x" * i) for i in range(2000)]


def test_a_worker_is_single_threaded_and_leaves_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    assert run(["threads"]) == [Done("1")]
    assert "OMP_NUM_THREADS" not in os.environ


def test_a_worker_that_cannot_start_is_told() -> None:
    with pytest.raises(DatelineError, match="no model here"):
        run(["a"], setup=pool_work.unready)
    with pytest.raises(DatelineError, match=r"3 worker processes in a row .*exit 7"):
        run(["a"], setup=pool_work.dies_at_start)
    assert alive() == []


def test_items_are_drawn_as_needed() -> None:
    """A stream without end, of which the consumer takes three: what is drawn stays within the window."""
    drawn = 0

    def endless() -> Iterator[str]:
        nonlocal drawn
        while True:
            drawn += 1
            yield f"item:{drawn}"

    stream = map_ordered(endless(), pool_work.ready, pool_work.misbehave, 2, 30.0, 2)
    assert [next(stream) for _ in range(3)] == [Done(f"did item:{i}") for i in (1, 2, 3)]
    stream.close()  # type: ignore[attr-defined]
    assert drawn <= 3 + 2 * WINDOW
    assert alive() == []


def test_an_error_of_the_items_ends_the_workers() -> None:
    def broken() -> Iterator[str]:
        yield "a"
        raise OSError("disk gone")

    with pytest.raises(OSError, match="disk gone"):
        run(broken())
    assert alive() == []


def test_large_items_and_results_pass() -> None:
    item = "x" * 3_000_000
    assert run([item, "big:3000000"]) == [Done(f"did {item}"), Done("x" * 3_000_000)]


SCRIPT = """
import sys, time
sys.path.insert(0, {here!r})
import pool_work
from dateline.run.pool import map_ordered
if __name__ == "__main__":
    for result in map_ordered({items!r}, pool_work.ready, pool_work.misbehave, 2, 60.0, 2):
        print(result.value, flush=True)
"""


def test_workers_do_not_write_to_standard_output(tmp_path: Path) -> None:
    script = tmp_path / "noisy.py"
    script.write_text(SCRIPT.format(here=str(HERE), items=["print"] * 3))
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "did print\n" * 3
    assert "noise on descriptor 1" in done.stderr


def test_ctrl_c_ends_all_without_a_word_from_the_workers(tmp_path: Path) -> None:
    script = tmp_path / "long.py"
    script.write_text(SCRIPT.format(here=str(HERE), items=["pid:1", "pid:2", "hang", "hang"]))
    process = subprocess.Popen(
        [sys.executable, script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    workers = {int(process.stdout.readline()) for _ in range(2)}
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert err.count("Traceback") == 1, err  # the script's own KeyboardInterrupt
    assert "Process ForkServerProcess" not in err
    for pid in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
