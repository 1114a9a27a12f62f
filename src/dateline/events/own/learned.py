"""A learned codebook (NAME.codebook.json, as `dateline codebook learn` writes it), and the one in force in this thread."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.errors import DataError, SettingsError
from dateline.events import triggers
from dateline.events.own import form
from dateline.events.own.form import OwnBook
from dateline.events.triggers import Entry, Lexicon, Trigger
from dateline.language import pairs
from dateline.language.pairs import Scores
from dateline.model import OwnCodebook, OwnType

KIND = "dateline learned codebook"
VERSION = 1
SUFFIX = ".codebook.json"
LEAST_LOG = 1e-4
"""A class less likely than this is as unlikely as it gets: below, int8 rounding speaks and not the sentence."""


@dataclass(frozen=True, slots=True)
class Head:
    """A type's logistic regression, calibration folded in: weights of the vector and of the classes' log probabilities, bias."""

    vector: np.ndarray
    logs: np.ndarray
    bias: float

    def probability(self, scores: Scores) -> float:
        """The probability that a scored pair is an event of the type. Raises DataError without a vector."""
        if scores.vector is None:
            raise DataError(
                "the installed weights give no vector, on which codebooks are learned; install Dateline again"
            )
        logit = scores.vector @ self.vector + logs(scores.types) @ self.logs + self.bias
        return float(1 / (1 + np.exp(-np.clip(logit, -30, 30))))


def logs(types: np.ndarray) -> np.ndarray:
    """Log probabilities as the heads take them."""
    return np.log(np.maximum(types, LEAST_LOG))


@dataclass(frozen=True)
class Learned:
    """A codebook with a head for each type. `weights`: sha256 of the pair model that it was learned on; `digest`: of the file."""

    book: OwnBook
    heads: Mapping[str, Head]
    measured: Mapping[str, Mapping[str, Any]]
    weights: str
    digest: str

    def best(self, scores: Scores) -> tuple[str, float]:
        """The likeliest of its types for a scored pair, and its probability."""
        found = {name: head.probability(scores) for name, head in self.heads.items()}
        name = max(found, key=lambda n: found[n])
        return name, found[name]

    @property
    def noun(self) -> OwnCodebook:
        """As a coding carries it."""
        types = {}
        for t in self.book.types.values():
            type_, mode = t.nearest or (None, None)
            types[t.name] = OwnType(t.quad, t.score, type_, mode, t.cameo)  # type: ignore[arg-type]
        return OwnCodebook(self.book.name, self.book.version, self.book.extends, types)

    @property
    def lexicon(self) -> Lexicon:
        """The shipped words and the codebook's own."""
        verbs: dict[str, list[Entry]] = {}
        nouns: dict[str, list[Entry]] = {}
        for t in self.book.types.values():
            reading = Trigger(t.nearest[0] if t.nearest else "", None, own=t.name)
            triggers.fill(verbs, nouns, t.words, reading, t.words.get("together", ()))
        own = Lexicon({k: tuple(v) for k, v in verbs.items()}, {k: tuple(v) for k, v in nouns.items()})
        return triggers.joined(triggers.shipped(), own)


def write(
    path: Path,
    table: Mapping[str, Any],
    heads: Mapping[str, Head],
    measured: Mapping[str, Mapping[str, Any]],
    weights: str,
) -> None:
    """Write a learned codebook: the codebook as it stood, and what was learned of it."""
    learned = {
        name: {
            "bias": round(head.bias, 6),
            "logs": [round(float(v), 5) for v in head.logs],
            "vector": [round(float(v), 5) for v in head.vector],
            "measured": measured[name],
        }
        for name, head in heads.items()
    }
    made = {"kind": KIND, "version": VERSION, "weights": weights, "codebook": table, "learned": learned}
    path.write_text(json.dumps(made, ensure_ascii=False) + "\n", encoding="utf-8")


def read(path: Path) -> Learned:
    """Read a learned codebook. Raises DataError for another file, one of another version, or one that was edited wrongly."""
    try:
        raw = path.read_bytes()
        made = json.loads(raw)
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror})") from error
    except ValueError as error:
        hint = "; learn it first: dateline codebook learn " + str(path) if path.suffix == ".toml" else ""
        raise DataError(f"{path}: is no learned codebook{hint}") from error
    if not isinstance(made, dict) or made.get("kind") != KIND:
        raise DataError(f"{path}: is no learned codebook; `dateline codebook learn FILE.toml` makes one")
    if made.get("version") != VERSION:
        raise DataError(
            f"{path}: made by another version of Dateline; learn it again: dateline codebook learn FILE.toml"
        )
    book = form.parse(made["codebook"], str(path))
    try:
        heads = {
            name: Head(np.array(h["vector"], float), np.array(h["logs"], float), float(h["bias"]))
            for name, h in made["learned"].items()
        }
        measured = {name: dict(h["measured"]) for name, h in made["learned"].items()}
        missing = set(book.types) ^ set(heads)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"{path}: damaged ({error}); learn it again: dateline codebook learn FILE.toml") from error
    if missing:
        raise DataError(f"{path}: damaged (types {sorted(missing)}); learn it again: dateline codebook learn FILE.toml")
    return Learned(book, heads, measured, str(made["weights"]), "sha256:" + hashlib.sha256(raw).hexdigest())


_IN_FORCE: ContextVar[Learned | None] = ContextVar("own codebook", default=None)


def use(path: str | Path | None) -> Learned | None:
    """Let a learned codebook (setting `events.codebook`) be coded with in this thread; "" for none. Gives it.

    Raises SettingsError if the file is not there, DataError if it is none or was learned on other weights than those installed.
    """
    found = None
    if path:
        file = Path(path).absolute()
        if not file.is_file():
            raise SettingsError(
                f"events.codebook: {file} does not exist; `dateline codebook learn FILE.toml` makes one"
            )
        found = _fitting(file, file.stat().st_mtime_ns)
    force(found)
    return found


def force(learned: Learned | None) -> None:
    """Let this codebook be coded with in this thread, or none."""
    _IN_FORCE.set(learned)
    triggers.use(_lexicon(learned) if learned else None)


def in_force() -> Learned | None:
    """The learned codebook in force in this thread."""
    return _IN_FORCE.get()


@cache
def _fitting(file: Path, changed: int) -> Learned:
    found = read(file)
    if found.weights != pairs.digest():
        raise DataError(
            f"{file}: was learned on other weights of the pair model ({found.weights[7:15]}) than are installed "
            f"({pairs.digest()[7:15] or 'none'}); learn it again: dateline codebook learn FILE.toml"
        )
    return found


_LEXICONS: dict[str, Lexicon] = {}


def _lexicon(learned: Learned) -> Lexicon:
    if learned.digest not in _LEXICONS:
        _LEXICONS[learned.digest] = learned.lexicon
    return _LEXICONS[learned.digest]
