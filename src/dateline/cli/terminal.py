"""What reaches the terminal: text made harmless, tables that fit, and errors as one line.

Article text is data. Whatever of it is printed passes `printable` first, and nothing of it is read as markup.
"""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn, ParamSpec, TypeVar

import typer

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from rich.console import Console

P = ParamSpec("P")
R = TypeVar("R")

NARROW = 72
"""Columns below which a table is shown as one block a row: six columns of text need about twelve characters each."""

PIPE_WIDTH = 100
"""Columns of running text where standard output is no terminal."""

BROKEN_PIPE = 141
"""Exit code where the reader of our output went away (128 + SIGPIPE, as the shell reports it for other tools)."""

_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, among them those that begin terminal sequences
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # bidirectional controls: they reorder what stands around them
    "\u2028\u2029\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb"  # separators and invisible characters
    "\ud800-\udfff\U000e0000-\U000e007f]"  # halves of characters, tags
)
"""What text may do to a terminal or hide in it. Joiners (U+200C, U+200D) stay: Persian and emoji are spelled with them."""


def printable(text: str) -> str:
    """The text with control, bidirectional and invisible characters as their escapes (`\\x1b`, `\\u202e`).

    Line feeds stay and tabs become a blank, so that paragraphs keep their shape.
    """
    return _HARMFUL.sub(lambda match: _escape(match[0]), text).replace("\t", " ")


def one_line(text: str) -> str:
    """`printable`, with line breaks as blanks: for a cell or a message."""
    return printable(" ".join(text.split("\n")))


def harmless_json(line: str) -> str:
    """A line of JSON with the same characters as JSON escapes: the same value, but safe to look at."""
    return _HARMFUL.sub(lambda match: "".join(f"\\u{unit:04x}" for unit in _utf16(match[0])), line)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def _utf16(character: str) -> Iterable[int]:
    data = character.encode("utf-16-be", "surrogatepass")
    return (int.from_bytes(data[i : i + 2], "big") for i in range(0, len(data), 2))


def console(stderr: bool = False) -> Console:
    """A console that takes text as text: no markup, no emoji names, no guessed highlights."""
    from rich.console import Console

    class Plain(Console):
        def on_broken_pipe(self) -> NoReturn:  # rich would end the process with code 1
            raise BrokenPipeError

    made = Plain(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = PIPE_WIDTH
    return made


def say(message: str) -> None:
    """One line to standard error."""
    print(one_line(message), file=sys.stderr, flush=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], wide: Sequence[str] = ()) -> None:
    """Print rows to standard output: a table in a terminal, blocks in a narrow one, tab-separated lines in a pipe.

    `wide` names the columns that take what room there is; the others keep to their content.
    """
    cells = ([one_line("" if cell is None else str(cell)) for cell in row] for row in rows)
    screen = console()
    if not screen.is_terminal:
        print("\t".join(columns))
        for row in cells:
            print("\t".join(row))
        return
    from rich.table import Table
    from rich.text import Text

    if screen.width < NARROW:
        for row in cells:
            for name, cell in zip(columns, row, strict=True):
                if cell:
                    screen.print(Text.assemble((f"{name}: ", "bold"), cell))
            screen.print()
        return
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in columns:
        shown.add_column(name, ratio=1 if name in wide else None, overflow="fold", min_width=4, no_wrap=False)
    for row in cells:
        shown.add_row(*(Text(cell) for cell in row))
    screen.print(shown)


def told(command: Callable[P, R]) -> Callable[P, R]:
    """Let a command's errors end it with one clear line: 2 for what Dateline refuses, 130 for Ctrl-C, never a traceback."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            result = command(*args, **kwargs)
            sys.stdout.flush()
            return result
        except DatelineError as error:
            say(f"dateline: {error}")
            raise typer.Exit(2) from error
        except KeyboardInterrupt as error:
            say("dateline: interrupted")
            raise typer.Exit(130) from error
        except BrokenPipeError as error:
            _silence()
            raise typer.Exit(BROKEN_PIPE) from error

    return run


def _silence() -> None:
    """Send what is still buffered for standard output nowhere, or the interpreter complains at its end."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
