"""`dateline codebook learn` and `dateline codebook --codebook`: a codebook of the user's own."""

from __future__ import annotations

from pathlib import Path

from dateline.cli.terminal import say, table
from dateline.errors import UsageError


def learn(word: str | None, file: Path | None, to: Path | None) -> None:
    """Learn a codebook, print what each type is worth and what to do about it. Raises UsageError for a wrong call."""
    if word != "learn" or file is None:
        raise UsageError("write: dateline codebook learn FILE.toml")
    from dateline.learn import own

    target, lessons = own.learn(file, to, say)
    rows = []
    for name, lesson in lessons.items():
        m = lesson.measured
        rows.append(
            (
                name,
                f"{m.found} of {m.examples}",
                f"{m.spared} of {m.negatives}",
                f"{m.taken} of {m.others}",
                f"{m.accuracy:.2f}",
            )
        )
    print("Each example of yours was left out in turn, and judged by what was learned from the others:")
    table(("type", "recognised", "negatives refused", "of ours taken", "accuracy"), rows)
    for name, lesson in lessons.items():
        for line in lesson.advice:
            print(f"{name}: {line}")
    say(f"{target}: learned; code with: dateline code SOURCES --codebook {target}")


def show(path: Path, name: str | None) -> None:
    """Print a codebook of the user's in short, or one type whole; written (TOML) or learned. Raises UsageError for an unknown type."""
    from dateline.events import own

    book = own.read(path) if path.suffix == ".toml" else own.learned.read(path).book
    if name is None:
        beside = "beside the 16 of PLOVER" if book.extends else "standing alone"
        print(f"{book.name} {book.version}, {beside}\n")
        rows = ((t.name, t.quad, t.score, ", ".join(t.plover), t.cameo, len(t.positive)) for t in book.types.values())
        table(("type", "quad", "score", "plover", "CAMEO", "examples"), rows)
        return
    entry = book.types.get(name.upper())
    if entry is None:
        raise UsageError(f"'{name}' is no type of {book.name}; its types are {', '.join(book.types)}")
    print(f"{entry.name} ({entry.quad}, score {entry.score:g}, CAMEO {entry.cameo or 'none'})\n{entry.definition}")
    if entry.excludes:
        print(f"Not: {entry.excludes}")
    for sign, sentences in (("+", entry.positive), ("-", entry.negative)):
        for sentence in sentences:
            print(f"  {sign} {sentence}")
