"""The face of the commands: documented, with an example each, quick to start, never a traceback."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer.main

from dateline.cli.app import app

DOCS = Path(__file__).parents[2] / "docs" / "commands.md"
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example_and_a_chapter(run, name: str) -> None:  # type: ignore[no-untyped-def]
    shown = run(name, "--help")
    assert shown.exit_code == 0
    assert COMMANDS[name].help.strip()
    assert COMMANDS[name].epilog.startswith(f"Example: dateline {name}")
    assert f"Example: dateline {name}" in " ".join(shown.stdout.split())
    chapter = re.search(rf"^## dateline {name}\b.*?\n(.*?)(?=^## |\Z)", DOCS.read_text(encoding="utf-8"), re.M | re.S)
    assert chapter, f"'## dateline {name}' is not in docs/commands.md"
    assert re.search(rf"^dateline {name}\b", chapter[1], re.M), "the chapter has no example"
    for parameter in COMMANDS[name].params:
        if parameter.name == "help":
            continue
        if parameter.param_type_name == "option":
            assert getattr(parameter, "help", None), f"{name} {parameter.name} has no help"
            assert f"`{parameter.opts[0]}" in chapter[0], f"{name} {parameter.opts[0]} is not in docs/commands.md"


def test_no_chapter_without_a_command() -> None:
    chapters = set(re.findall(r"^## dateline (\w+)", DOCS.read_text(encoding="utf-8"), re.M))
    assert chapters == set(COMMANDS)


def test_examples_in_the_docs_are_valid() -> None:
    """Every `dateline …` line of the docs parses: a renamed option fails here."""
    import shlex

    lines = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("dateline ")]
    assert len(lines) >= len(COMMANDS)
    for line in lines:
        words = shlex.split(re.split(r"\s+[|>#]", line)[0])[1:]
        if words[0].startswith("-"):
            continue
        COMMANDS[words[0]].make_context(words[0], words[1:], parent=None)


def test_help_is_quick_and_light() -> None:
    heavy = {"spacy", "numpy", "pydantic", "onnxruntime", "trafilatura", "torch", "lxml", "sqlite3", "dateline.run"}
    code = (
        "import sys; sys.argv = ['dateline', '--help']\n"
        "from dateline.cli import main\n"
        f"try: main()\nexcept SystemExit: print(sorted({heavy!r} & set(sys.modules)), file=sys.stderr)"
    )
    best = 9.9
    for _ in range(3):
        started = time.monotonic()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        best = min(best, time.monotonic() - started)
    assert done.stderr.strip() == "[]"
    assert "Usage" in done.stdout
    assert best < 1.5  # 0.2 s on two free cores; the modules above are what would make it slow


def test_version_and_python_m() -> None:
    done = subprocess.run([sys.executable, "-m", "dateline", "--version"], capture_output=True, text=True, check=True)
    from dateline import __version__

    assert done.stdout == f"dateline {__version__}\n"


def test_an_unknown_command_is_exit_2(run) -> None:  # type: ignore[no-untyped-def]
    done = run("cod")
    assert done.exit_code == 2 and "cod" in done.stderr
