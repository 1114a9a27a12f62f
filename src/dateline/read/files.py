"""The files that a path, a folder or a glob names, in a fixed order; nothing is passed over without a word.

Folders are read by name with all below them. Left out are hidden files and folders, and the folder `X_files` that a browser
saves beside `X.html`. A link to a folder is not followed: a ring of links would never end, and an archive from elsewhere
could lead out of itself. If it leads out of the folder read, an InputError says so.
"""

from __future__ import annotations

import fnmatch
import glob
import os
from collections.abc import Iterator

from dateline.errors import InputError


def shown(path: str) -> str:
    """A path as text that every output can hold: bytes of a name that are no UTF-8 stand as `\\xe9`."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def exists(source: str) -> bool:
    """Whether a path or a glob names at least one file or folder."""
    if os.path.exists(source):
        return True
    try:
        return glob.has_magic(source) and next(_matches(source), None) is not None
    except ValueError:  # a name with a NUL
        return False


def expand(source: str) -> Iterator[str | InputError]:
    """The files of a path or glob; a folder that cannot be entered, or holds no file, comes as an InputError."""
    if os.path.isdir(source):
        yield from _folder(source)
    elif os.path.exists(source):
        yield source
    else:
        for path in _matches(source):
            if isinstance(path, str) and os.path.isdir(path):
                yield from _folder(path)
            else:
                yield path


def _folder(folder: str) -> Iterator[str | InputError]:
    empty = True
    for path in _walk(folder, folder):
        empty = False
        yield path
    if empty:
        yield InputError(f"{shown(folder)}: a folder without files", shown(folder))


def _walk(folder: str, top: str) -> Iterator[str | InputError]:
    prefix = "" if folder == os.curdir else folder
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield InputError(f"{shown(folder)}: the folder cannot be read ({error.strerror or error})", shown(folder))
        return
    pages = {os.path.splitext(e.name)[0] for e in entries if e.name.lower().endswith((".html", ".htm"))}
    for entry in entries:
        path = os.path.join(prefix, entry.name)
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir(follow_symlinks=False):
                if not (entry.name.endswith("_files") and entry.name.removesuffix("_files") in pages):
                    yield from _walk(path, top)
            elif entry.is_dir():
                inside = os.path.commonpath([os.path.realpath(path), os.path.realpath(top)]) in (
                    os.path.realpath(top),
                    os.path.realpath(path),
                )
                if not inside:
                    yield InputError(
                        f"{shown(path)}: a link to a folder elsewhere, not followed; name that folder as a source",
                        shown(path),
                    )
            elif entry.is_file():
                yield path
            else:
                what = "a link that leads nowhere" if entry.is_symlink() else "neither a file nor a folder"
                yield InputError(f"{shown(path)}: {what}; not read", shown(path))
        except OSError as error:
            yield InputError(f"{shown(path)}: cannot be read ({error.strerror or error})", shown(path))


def _matches(pattern: str) -> Iterator[str | InputError]:
    """What a glob matches, in order. `**` stands for any folders, itself among them, and does not follow links."""
    parts = pattern.split(os.sep)
    if "**" not in parts:
        yield from sorted(glob.glob(pattern))
        return
    first = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    top = os.sep.join(parts[:first]) or (os.sep if pattern.startswith(os.sep) else os.curdir)
    if not os.path.isdir(top):
        return
    wanted = [part for part in parts[first:] if part]
    skipped = 0 if top == os.curdir else len(os.path.join(top, ""))
    for path in _walk(top, top):
        name = path if isinstance(path, str) else path.source
        if _fits(name[skipped:].split(os.sep), wanted):
            yield path


def _fits(names: list[str], wanted: list[str]) -> bool:
    """Whether a file's path, or the path of a folder above it, fits the parts of a glob."""
    if not wanted:
        return True
    if wanted[0] == "**":
        return _fits(names, wanted[1:]) or (bool(names) and _fits(names[1:], wanted))
    return bool(names) and fnmatch.fnmatchcase(names[0], wanted[0]) and _fits(names[1:], wanted[1:])
