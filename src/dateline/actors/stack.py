"""The user's own registries: which files lie over the shipped one."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from pathlib import Path

from dateline.errors import SettingsError

_STACK: ContextVar[tuple[Path, ...]] = ContextVar("registries", default=())


def use(files: Iterable[str | Path]) -> tuple[Path, ...]:
    """Let these files (setting `actors.registries`) lie over the shipped registry in this thread, the last on top.

    `.jsonl` files hold entries, `.tsv` files role nouns. Gives the paths; they are read when first needed. Raises
    SettingsError for a file that is not there or of another kind.
    """
    paths = tuple(Path(file) for file in files)
    if paths == _STACK.get():
        return paths
    for path in paths:
        if path.suffix not in (".jsonl", ".tsv"):
            raise SettingsError(
                f"actors.registries: {path} is neither .jsonl (entries) nor .tsv (role nouns); "
                "`dateline actors import` makes them of other dictionaries"
            )
        if not path.is_file():
            raise SettingsError(f"actors.registries: {path} does not exist")
    _STACK.set(paths)
    return paths


def entry_files() -> tuple[Path, ...]:
    """The files of entries in force, the last on top."""
    return tuple(path for path in _STACK.get() if path.suffix == ".jsonl")


def role_files() -> tuple[Path, ...]:
    """The tables of role nouns in force, the last on top."""
    return tuple(path for path in _STACK.get() if path.suffix == ".tsv")
