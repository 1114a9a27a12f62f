"""A supervised pool of processes: one warm worker each, results in the order of the items, bounded memory.

The standard library's ProcessPoolExecutor dies as a whole with one worker, has no deadline, and a record that crashes its
worker crashes every one that it is handed to. Here a worker that dies or hangs costs only itself: its item is tried
again on a new worker, and after the last attempt it becomes a `Lost` result that says why. Measured in the spike
(notes/stack.md): after kill -9 of a worker 0 of 480 results lost and one model reloaded; 10,000 empty items cost the
parent 0.06 CPU seconds.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from dateline.errors import DatelineError, InputError
from dateline.model import Coding, Page
from dateline.settings import Settings

T = TypeVar("T")
R = TypeVar("R")
State = Any

WINDOW = 16
"""Items a worker that may be under way or waiting for an earlier one. It bounds memory (a coding is about 100 kB) and is
wide enough that one page of a hundred times the usual length does not leave the other workers idle."""

SETUP_SECONDS = 300.0
"""How long a worker may take to load its models: 3 s on a laptop, a minute on a cluster's cold network drive."""

SETUP_FAILURES = 3
"""Workers that may die in a row before one gets ready. More would mean that none ever will (no memory, no model)."""

TICK = 0.5
"""Seconds between looks at the clock while no worker answers."""

SINGLE = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
"""One thread a worker: with one process a core, more threads only get into each other's way."""


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """An item's result."""

    value: R


@dataclass(frozen=True, slots=True)
class Lost(Generic[T]):
    """An item without a result, and why: its worker died or hung at every attempt, or the work raised."""

    item: T
    reason: str


@dataclass(slots=True)
class _Job(Generic[T]):
    number: int
    item: T
    attempt: int = 1


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    since: float
    """When it was started, or got the job it has."""
    job: _Job[T] | None = None
    ready: bool = False


def code_pages(pages: Iterable[Page | InputError], settings: Settings, jobs: int) -> Iterator[Coding]:
    """Code pages in `jobs` processes, in their order. A page that no worker survives gives a coding that says so."""
    from dateline.run.coder import Coder  # here, so that a worker's start does not wait for it

    failing = Coder(settings)
    results = map_ordered(
        pages,
        partial(_warm_coder, settings),
        _code_page,
        jobs,
        settings["run.deadline_seconds"],
        settings["run.attempts"],
    )
    for result in results:
        if isinstance(result, Done):
            yield result.value
        else:
            page = result.item if isinstance(result.item, Page) else None
            yield failing.failed(result.item.source, "run", result.reason, page)


def _warm_coder(settings: Settings) -> State:
    from dateline.language.spare import spare

    spare(settings["language.pipeline"])
    from dateline.run.coder import Coder

    coder = Coder(settings)
    coder.warm()
    return coder


def _code_page(coder: State, page: Page | InputError) -> Coding:
    coding: Coding = coder.code_page(page)
    return coding


def map_ordered(
    items: Iterable[T],
    setup: Callable[[], State],
    work: Callable[[State, T], R],
    jobs: int,
    deadline: float,
    attempts: int,
) -> Iterator[Done[R] | Lost[T]]:
    """Apply `work` to every item and yield the results in the items' order.

    `setup` makes what a worker keeps (a coder with its models) and `work(state, item)` does one item; both must be
    importable functions, or partials of such. `deadline`: seconds an item may take. `attempts`: how often an item is
    tried that kills or hangs its worker; an exception from `work` is a result at once, since it would come again.
    With `jobs` 1 all is done in this process, without deadline. Items are drawn as they are needed. Raises DatelineError
    if no worker gets ready, and whatever `items` raises.
    """
    if jobs <= 1:
        yield from _here(items, setup, work)
        return
    pool: _Pool[T] = _Pool(setup, work, deadline, attempts)
    try:
        yield from pool.run(iter(items), jobs)
    finally:
        pool.stop()


def _here(items: Iterable[T], setup: Callable[[], State], work: Callable[[State, T], R]) -> Iterator[Done[R] | Lost[T]]:
    state = setup()
    for item in items:
        try:
            yield Done(work(state, item))
        except Exception as error:  # noqa: BLE001 - whatever an item does to its work, the run goes on
            yield Lost(item, _named(error))


class _Pool(Generic[T]):
    """The workers of one run and what they are at."""

    def __init__(
        self, setup: Callable[[], State], work: Callable[[State, T], Any], deadline: float, attempts: int
    ) -> None:
        # forkserver where there is one: a fork of this process would copy its threads' locks, spawn starts slower.
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        self.context: Any = multiprocessing.get_context(method)
        self.setup, self.work, self.deadline, self.attempts = setup, work, deadline, attempts
        self.workers: dict[Connection, _Worker[T]] = {}
        self.again: deque[_Job[T]] = deque()
        self.results: dict[int, Done[Any] | Lost[T]] = {}
        self.failures = 0

    def run(self, items: Iterator[T], jobs: int) -> Iterator[Done[Any] | Lost[T]]:
        """Start workers as there is work for them; yield results as soon as all earlier ones are out."""
        drawn = given = 0
        more = True
        while True:
            for connection in self._idle(jobs):
                if not self.again and more and drawn - given < WINDOW * jobs:
                    try:
                        self.again.append(_Job(drawn, next(items)))
                        drawn += 1
                    except StopIteration:
                        more = False
                if not self.again:
                    break
                self._give(connection, self.again.popleft())
            if given in self.results:
                yield self.results.pop(given)
                given += 1
                continue
            if given == drawn and not more:
                return
            self._listen()

    def _idle(self, jobs: int) -> list[Connection | None]:
        """The workers that wait for an item; a null stands for one that may still be started."""
        waiting: list[Connection | None] = [c for c, w in self.workers.items() if w.ready and w.job is None]
        return waiting + [None] * (jobs - len(self.workers))

    def _give(self, connection: Connection | None, job: _Job[T]) -> None:
        if connection is None:
            self._start(job)
            return
        worker = self.workers[connection]
        worker.job, worker.since = job, time.monotonic()
        try:
            connection.send(job.item)
        except OSError:  # it died while idle: not the item's fault
            worker.job = None
            self._drop(connection)
            self.again.appendleft(job)

    def _start(self, job: _Job[T]) -> None:
        """Start a worker; it gets its first item when it is ready."""
        ours, theirs = self.context.Pipe()
        process = self.context.Process(target=_serve, args=(theirs, self.setup, self.work), daemon=True)
        with _single_threaded():
            process.start()
        theirs.close()
        self.workers[ours] = _Worker(process, time.monotonic(), job)

    def _listen(self) -> None:
        """Wait for answers, deaths and deadlines, and take each in."""
        for connection in wait(list(self.workers), timeout=TICK):
            assert isinstance(connection, Connection)
            try:
                kind, value = connection.recv()
            except (EOFError, OSError):
                self._lost(connection, "its worker process died")
                continue
            self._answered(connection, kind, value)
        now = time.monotonic()
        for connection, worker in list(self.workers.items()):
            if not worker.ready and now - worker.since > SETUP_SECONDS:
                self._lost(connection, f"its worker was not ready after {SETUP_SECONDS:g} s")
            elif worker.ready and worker.job and now - worker.since > self.deadline:
                self._lost(connection, f"no result after {self.deadline:g} s (setting run.deadline_seconds)")

    def _answered(self, connection: Connection, kind: str, value: Any) -> None:
        worker = self.workers[connection]
        job, worker.job = worker.job, None
        if kind == "unready":
            raise DatelineError(f"a worker process could not start: {value}")
        if kind == "ready":
            worker.ready, self.failures = True, 0
            if job:
                self._give(connection, job)
            return
        assert job is not None
        self.results[job.number] = Done(value) if kind == "done" else Lost(job.item, value)

    def _lost(self, connection: Connection, why: str) -> None:
        """Take in that a worker died or hung; its item is tried again or given up."""
        worker = self.workers[connection]
        code = self._drop(connection)
        if not worker.ready:
            self.failures += 1
            if self.failures >= SETUP_FAILURES:
                raise DatelineError(
                    f"{self.failures} worker processes in a row ended before they were ready (exit {code}). Is there "
                    "memory for them? Try jobs=1. A script that uses more jobs must do its work under "
                    "`if __name__ == '__main__':`"
                )
            if worker.job:
                self.again.appendleft(worker.job)
        elif worker.job and worker.job.attempt < self.attempts:
            worker.job.attempt += 1
            self.again.appendleft(worker.job)
        elif worker.job:
            ended = f"{why} (exit {code})" if code is not None and "died" in why else why
            self.results[worker.job.number] = Lost(
                worker.job.item, f"given up after {worker.job.attempt} attempts: {ended}"
            )

    def _drop(self, connection: Connection) -> int | None:
        """End a worker; gives its exit code."""
        worker = self.workers.pop(connection)
        worker.process.join(0.2)  # one that died by itself tells its own exit code
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        connection.close()
        return worker.process.exitcode

    def stop(self) -> None:
        """End all workers: those at rest are asked, the others killed."""
        for connection, worker in self.workers.items():
            if worker.ready and worker.job is None:
                with suppress(OSError):
                    connection.send(None)
            else:
                worker.process.kill()
        for connection in list(self.workers):
            self._drop(connection)


@contextmanager
def _single_threaded() -> Iterator[None]:
    """The environment that a worker starts with: numeric libraries read it when they are loaded, and not again."""
    before = {name: os.environ.get(name) for name in SINGLE}
    os.environ.update(dict.fromkeys(SINGLE, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _serve(connection: Connection, setup: Callable[[], State], work: Callable[[State, T], Any]) -> None:
    """A worker: set up once, then one item after another until a null or the parent's end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(2, 1)  # standard output belongs to the parent's JSON lines
    sys.stdout = sys.stderr
    try:
        state = setup()
    except Exception as error:  # noqa: BLE001 - told to the parent, which raises it
        connection.send(("unready", _named(error)))
        return
    try:
        connection.send(("ready", None))
        for item in iter(connection.recv, None):
            try:
                answer = ("done", work(state, item))
            except Exception as error:  # noqa: BLE001 - one item's fault is one item's result
                answer = ("failed", _named(error))
            connection.send(answer)
    except (EOFError, OSError):
        return  # the parent is gone


def _named(error: BaseException) -> str:
    return str(error) if isinstance(error, DatelineError) else f"{type(error).__name__}: {error}"
