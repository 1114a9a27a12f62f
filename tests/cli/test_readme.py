"""What README.md pastes is what the commands print: the example pages are coded once, as `make demo` does it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOWN = re.compile(r"```\n\$ dateline (?P<command>.+)\n(?P<output>(?s:.+?))```")


def run(*arguments: str, folder: Path) -> str:
    """The standard output of a command in a terminal of 110 columns, without its colours."""
    terminal = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": "110", "LINES": "60"}
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *arguments], cwd=folder, env=terminal, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("readme")
    run("code", str(ROOT / "examples" / "havana"), "--to", "demo.record", folder=made)
    return made


def test_pasted_output_is_what_the_command_prints(folder: Path) -> None:
    pasted = list(SHOWN.finditer((ROOT / "README.md").read_text(encoding="utf-8")))
    assert pasted, "README.md shows no output any more; this test looks at nothing"
    for block in pasted:
        printed = [line.rstrip() for line in run(*block["command"].split(), folder=folder).splitlines()]
        lines = block["output"].rstrip().splitlines()
        assert printed[: len(lines)] == lines, f"`dateline {block['command']}` prints this now:\n" + "\n".join(printed)


def test_commands_that_the_readme_and_the_demo_name_run(folder: Path) -> None:
    told = (ROOT / "README.md").read_text(encoding="utf-8") + (ROOT / "examples" / "demo.py").read_text(
        encoding="utf-8"
    )
    named = set(re.findall(r"dateline ((?:talks|dyad|timeline|show) demo\.record[^`\"\n\\]*)", told))
    assert len(named) >= 4
    for command in sorted(named):
        assert run(*command.split(), folder=folder).strip(), command


def test_tables_for_people_break_no_words(folder: Path) -> None:
    series = run("dyad", "demo.record", "COL", "FARC", "--by", "year", folder=folder)
    header = next(line for line in series.splitlines() if line.startswith("year"))
    assert header.split() == [
        "year",
        "events",
        "COL→FARC",
        "FARC→COL",
        "both",
        "score",
        "reports",
        "texts",
        "independent",
    ]
    rounds = run("talks", "demo.record", folder=folder).splitlines()[2:]
    first = next(row for row in rounds if "Cuba; Norway" in row).split()[-1]
    said = run("talks", "demo.record", first, folder=folder).splitlines()
    assert "Colombia" in said and "Revolutionary Armed Forces of Colombia" in said, "each side is a heading"
    assert any(re.match(r"  kind +words +speaker +date +article$", line.rstrip()) for line in said)
