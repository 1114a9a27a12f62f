"""`dateline codebook`, `settings` and `doctor`: what Dateline codes, how it is set, whether it is whole."""

from __future__ import annotations

import difflib
import importlib.metadata
import importlib.util
import json
import platform
import re
import sqlite3
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.cli.terminal import say, table
from dateline.errors import UsageError
from dateline.settings import Value, load
from dateline.version import __version__

if TYPE_CHECKING:
    from dateline.events.codebook import Mode, Type

PACKAGES = ("spacy", "onnxruntime", "tokenizers", "trafilatura", "lxml", "pydantic", "typer", "rich")
"""Packages that `doctor` names; pyarrow is an extra."""

SAMPLE = (
    "The foreign minister of France, Jean Exemple, accused Germany on Monday of breaking the treaty. "
    "German officials rejected the accusation, and talks between France and Germany are to be held in Geneva."
)
"""A text in which every room finds something."""

_KEY = re.compile(r"(?P<key>\w+)\s*=\s*(?P<value>.+?)\s*(?:#\s*(?P<sentence>.*))?")


def print_codebook(name: str | None) -> None:
    """Print all types and contexts in short, or one type or context whole. Raises UsageError for an unknown name."""
    from dateline.events import codebook

    book = codebook.load()
    if name is None:
        print(f"{book.name} {book.version}: `dateline codebook TYPE` explains one\n")
        rows = ((t.name, t.quad, t.score, ", ".join(t.modes)) for t in book.types.values())
        table(("type", "quad", "score", "modes"), rows, ("modes",))
        print("\ncontexts: " + ", ".join(book.contexts))
    elif name.upper() in book.types:
        _print_type(book.types[name.upper()])
    elif name.lower() in book.contexts:
        context = book.contexts[name.lower()]
        print(f"{context.name}: {context.definition}\nkeywords: {', '.join(context.keywords)}")
    else:
        known = [*book.types, *book.contexts]
        near = difflib.get_close_matches(name.upper(), known, 1, 0.4) or difflib.get_close_matches(name, known, 1, 0.4)
        hint = f"did you mean '{near[0]}'?" if near else f"the types are {', '.join(book.types)}"
        raise UsageError(f"'{name}' is no type and no context of {book.name}; {hint}")


def _print_type(entry: Type) -> None:
    print(f"{entry.name} ({entry.quad}, score {entry.score:g}, CAMEO {entry.to_cameo})\n{entry.definition}")
    print(f"Not: {entry.excludes}")
    _print_examples(entry)
    for mode in entry.modes.values():
        print(f"\n{entry.name}/{mode.name} (score {mode.score:g}, CAMEO {mode.to_cameo})\n{mode.definition}")
        _print_examples(mode)


def _print_examples(entry: Type | Mode) -> None:
    for sign, sentences in (("+", entry.positive), ("-", entry.negative)):
        for sentence in sentences:
            print(f"  {sign} {sentence}")


def setting_sentences() -> dict[str, str]:
    """The sentence behind every setting, from settings.toml."""
    return {name: sentence for name, _, sentence in _setting_lines() if name}


def _setting_lines() -> Iterator[tuple[str, str, str]]:
    """The lines of settings.toml as (dotted name, line, sentence); the name is empty for sections and comments."""
    section = ""
    for line in resources.files("dateline").joinpath("settings.toml").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[] ")
        match = _KEY.fullmatch(line)
        yield (f"{section}.{match['key']}" if match else "", line, (match["sentence"] or "") if match else "")


def print_settings(file: Path | None) -> None:
    """Print the settings in force as TOML, each with its sentence."""
    values = load(file).values
    for name, line, sentence in _setting_lines():
        if not name:
            print(line)
            continue
        setting = f"{name.partition('.')[2]} = {_toml(values[name])}"
        print(f"{setting:<34} # {sentence}" if sentence else setting)


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:_}"
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def examine() -> int:
    """Print what is installed and what is not; 0 if all is there and a sample could be coded, else 1."""
    found = [*_versions(), *_data(), _coded()]
    table(
        ("part", "state", "detail"),
        ((part, "ok" if ok else "MISSING", detail) for part, ok, detail in found),
        ("detail",),
    )
    bad = [part for part, ok, _ in found if not ok]
    if bad:
        say(f"dateline: not in order: {', '.join(bad)}; installing Dateline again mends it")
    return 1 if bad else 0


def _versions() -> Iterator[tuple[str, bool, str]]:
    yield "dateline", True, f"{__version__} on Python {platform.python_version()}, {platform.system()}"
    try:
        with sqlite3.connect(":memory:") as db:
            db.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
            db.execute("CREATE TABLE s (x TEXT) STRICT")
        yield "sqlite", True, f"{sqlite3.sqlite_version} with FTS5 and STRICT"
    except sqlite3.OperationalError as error:
        yield "sqlite", False, f"{sqlite3.sqlite_version}: {error}; the record needs SQLite 3.37 or later with FTS5"
    for package in PACKAGES:
        try:
            yield package, True, importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            yield package, False, "not installed"
    extra = importlib.util.find_spec("pyarrow")
    yield "pyarrow", True, importlib.metadata.version("pyarrow") if extra else "not installed (only Parquet needs it)"


def _data() -> Iterator[tuple[str, bool, str]]:
    pipeline = load()["language.pipeline"]
    spec = importlib.util.find_spec(pipeline)
    yield "pipeline", spec is not None, pipeline if spec else f"{pipeline} (setting language.pipeline) is not installed"
    data = resources.files("dateline").joinpath("data")
    gazetteer = data.joinpath("gazetteer.sqlite")
    yield "gazetteer", gazetteer.is_file(), "data/gazetteer.sqlite"
    models = data.joinpath("models")
    names = sorted(m.name for m in models.iterdir() if m.joinpath("model.onnx").is_file()) if models.is_dir() else []
    yield "models", bool(names), ", ".join(names) or "none under data/models"


def _coded() -> tuple[str, bool, str]:
    """Code the sample; whatever goes wrong is the finding."""
    started = time.monotonic()
    try:
        from dateline.run import code_text

        coding = code_text(SAMPLE, published="2025-11-08")
    except Exception as error:  # noqa: BLE001 - a broken installation may fail in any way, and doctor is there to tell
        return "sample", False, f"{type(error).__name__}: {error}"
    faults = [p.message for p in coding.problems]
    whole = bool(coding.actors) and not any("fault" in message for message in faults)
    counts = f"{len(coding.actors)} actors, {len(coding.statements)} statements, {len(coding.events)} events"
    return "sample", whole, f"{counts} in {time.monotonic() - started:.1f} s" + "".join(f"; {m}" for m in faults)
