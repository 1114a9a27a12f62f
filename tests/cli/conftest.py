"""The command line with the quick coder of fakes.py, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

PAGE = "Border row\n\nRuritania accused Graustark of shelling a border post.\n\nKarlovia accused Ruritania of lying."


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., object]:
    """Invoke a command in this process; gives the result with stdout, stderr and exit_code."""
    import fakes

    import dateline.run
    from dateline.cli.app import app

    monkeypatch.setattr(dateline.run, "code_many", fakes.code_many)
    return lambda *arguments: CliRunner().invoke(app, [str(a) for a in arguments])


@pytest.fixture
def command() -> Callable[..., subprocess.Popen[bytes]]:
    """Start a command in a process of its own, with pipes."""

    def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        environment = {k: v for k, v in os.environ.items() if k != "COLUMNS"}
        return subprocess.Popen(
            [sys.executable, str(HERE / "fakes.py"), *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, **options,  # type: ignore[call-overload]
        )  # fmt: skip

    return start


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    """Three pages: one with two accusations, an empty one, one with one accusation."""
    folder = tmp_path / "pages"
    folder.mkdir()
    paths = [folder / name for name in ("a.txt", "b.txt", "c.txt")]
    for path, text in zip(paths, (PAGE, "", "Another row\n\nGraustark accused Karlovia of meddling."), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


@pytest.fixture
def record(tmp_path: Path, pages: list[Path], run: Callable[..., object]) -> Path:
    """A record of the three pages."""
    path = tmp_path / "my.record"
    assert run("code", *pages, "--to", path, "--published", "2024-03-05").exit_code == 1  # type: ignore[attr-defined]
    return path
