"""`dateline train`: the training scripts of `learn` under one verb."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from dateline.errors import UsageError

TASKS = {
    "attribution": "the encoder that marks who said what",
    "statements": "which attributions are kept, and their acts",
    "events": "the pair model of events, and the weights of its candidates",
}
"""What can be trained: the modules of `dateline.learn` of the same name, which say more with --help."""


def train(task: str, arguments: Sequence[str]) -> None:
    """Hand the arguments to the task's script. Raises UsageError for an unknown task or missing packages."""
    if task not in TASKS:
        raise UsageError(f"task '{task}' is unknown; the tasks are {', '.join(TASKS)}")
    try:
        script = importlib.import_module(f"dateline.learn.{task}")
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("dateline"):
            raise
        raise UsageError(f"training needs {error.name}: install dateline[learn]") from error
    script.main(list(arguments))
