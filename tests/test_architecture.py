"""The house: imports point one way along the rooms, importing is light, the public face is what it says."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import dateline

SOURCE = Path(dateline.__file__).parent
ROOMS = [
    "model", "read", "article", "language", "actors", "places", "dates", "statements", "events", "talks", "record",
    "corroborate", "run", "desk", "learn", "cli",
]  # fmt: skip
BASE = {"errors", "settings", "version"}
"""Modules beside the rooms that any room may use."""


def imported_rooms(file: Path) -> set[tuple[str, int]]:
    """Names of the rooms that a file imports, with line numbers."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "dateline" and len(parts) > 1:
                found.add((parts[1], node.lineno))
    return found


def test_every_folder_is_a_room() -> None:
    folders = {p.name for p in SOURCE.iterdir() if p.is_dir() and (p / "__init__.py").exists()}
    assert folders <= set(ROOMS)


def test_no_import_runs_back_up() -> None:
    faults = []
    for file in SOURCE.rglob("*.py"):
        room = file.relative_to(SOURCE).parts[0]
        if room not in ROOMS:
            continue
        for other, line in imported_rooms(file):
            if other in ROOMS and ROOMS.index(other) > ROOMS.index(room):
                faults.append(f"{file.relative_to(SOURCE)}:{line} ({room}) imports {other}")
    assert not faults, "\n".join(faults)


def test_coding_rooms_are_pure() -> None:
    """The rooms between reading and the record neither open sockets nor start processes."""
    forbidden = {"socket", "subprocess", "urllib.request", "http.client", "requests", "multiprocessing"}
    for room in ROOMS[ROOMS.index("article") : ROOMS.index("record")]:
        for file in (SOURCE / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
                names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                assert not forbidden & set(names), f"{file}:{node.lineno}"


def test_modules_have_walls() -> None:
    long = {
        str(f.relative_to(SOURCE)): n
        for f in SOURCE.rglob("*.py")
        if "node_modules" not in f.parts and (n := len(f.read_text().splitlines())) > 500
    }
    assert not long


def test_import_is_light() -> None:
    """`import dateline` pulls in nothing heavy (its time is measured in benchmarks/, not here)."""
    heavy = {"spacy", "numpy", "pydantic", "onnxruntime", "trafilatura", "rich", "typer", "sqlite3", "torch", "lxml"}
    code = f"import dateline, sys; print(sorted({heavy!r} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_public_names_exist() -> None:
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None
    assert set(dir(dateline)) == set(dateline.__all__)
