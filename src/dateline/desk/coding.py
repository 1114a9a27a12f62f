"""Adding from the desk: pages that were pasted, dropped or named by URL are coded one after the other and written.

One thread works through the jobs; the coder stays warm between them. A job is kept in memory with what became of it.
"""

from __future__ import annotations

import queue
import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.errors import DatelineError, InputError
from dateline.model import Page

STAGES = ("waiting", "reading", "coding", "writing", "joining", "done")
KEPT = 200
"""Jobs that are remembered; the oldest go first."""
MOST_WAITING = 50


@dataclass(slots=True)
class Job:
    """One thing to add. `pages` or `url`; `stage` and `results` grow while it is worked on."""

    id: str
    what: str
    pages: list[Page] = field(default_factory=list)
    files: list[tuple[str, bytes]] = field(default_factory=list)
    url: str | None = None
    stage: str = "waiting"
    done: int = 0
    of: int = 0
    results: list[dict[str, Any]] = field(default_factory=list)
    error: str | None = None

    def told(self) -> dict[str, Any]:
        """The job as a page shows it."""
        return {
            "id": self.id, "what": self.what, "stage": self.stage, "stages": STAGES, "done": self.done, "of": self.of,
            "results": list(self.results), "error": self.error,
        }  # fmt: skip


class Works:
    """The jobs of one desk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: queue.Queue[Job] = queue.Queue(MOST_WAITING)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def add(self, what: str, pages: list[Page], files: list[tuple[str, bytes]], url: str | None) -> Job:
        """Put a job in line. Raises DatelineError if too many are waiting."""
        job = Job(secrets.token_hex(8), what, pages, files, url)
        try:
            self._waiting.put_nowait(job)
        except queue.Full:
            raise DatelineError(f"{MOST_WAITING} things are waiting to be coded; wait until they are done") from None
        with self._lock:
            self.jobs[job.id] = job
            while len(self.jobs) > KEPT:
                self.jobs.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="desk coding", daemon=True)
                self._thread.start()
        return job

    def _work(self) -> None:
        from dateline.record import open_record
        from dateline.run import Coder

        coder = Coder()
        while True:
            job = self._waiting.get()
            try:
                self._one(job, coder, open_record)
            except DatelineError as error:
                job.error = str(error)
            except Exception as error:  # noqa: BLE001 - the thread must outlive a fault; it is told on the job's page
                job.error = f"fault in Dateline, please report it: {type(error).__name__}: {error}"
            job.stage = "done"

    def _one(self, job: Job, coder: Any, open_record: Any) -> None:
        from dateline.corroborate import join

        job.stage = "reading"
        pages: list[Page | InputError] = [*job.pages]
        pages += list(self._read(job, coder.settings))
        job.of = len(pages)
        job.files.clear()
        with open_record(self.path) as record:
            run = record.start_run(f"desk: {job.what}")
            for page in pages:
                job.stage = "coding"
                coding = coder.code_page(page)
                job.stage = "writing"
                outcome = record.write(coding, run)
                job.done += 1
                job.results.append({
                    "outcome": outcome, "article": coding.article.id if outcome != "failed" else None,
                    "title": coding.article.title or coding.article.source, "source": coding.article.source,
                    "statements": len(coding.statements), "events": len(coding.events), "talks": len(coding.talks),
                    "problems": [problem.message for problem in coding.problems],
                })  # fmt: skip
            job.stage = "joining"
            fresh = [result["article"] for result in job.results if result["outcome"] in ("added", "replaced")]
            if fresh:
                join(record, fresh)
            record.finish_run(run)

    @staticmethod
    def _read(job: Job, settings: Any) -> Any:
        """The pages of the job's files and URL; a file is read under its own name, never from a path."""
        import tempfile

        from dateline import read

        if job.url is not None:
            yield from read.pages(job.url, settings)
        with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
            for number, (name, content) in enumerate(job.files):
                safe = "".join(c for c in Path(name.replace("\\", "/")).name if c.isprintable())[-120:] or "file"
                place = Path(folder, str(number), safe)
                place.parent.mkdir()
                place.write_bytes(content)
                for page in read.pages(str(place), settings):
                    yield _renamed(page, str(place), f"desk/{safe}")


def _renamed(page: Page | InputError, path: str, name: str) -> Page | InputError:
    """The page under the name of the file that was dropped, not that of our copy."""
    from dataclasses import replace

    if isinstance(page, InputError):
        return InputError(str(page).replace(path, name), page.source.replace(path, name), page.stage)
    return replace(page, source=page.source.replace(path, name))
