"""Settings: defaults in settings.toml, overlaid by one TOML file, frozen after loading.

Precedence: keyword overrides > the file given (or named by DATELINE_SETTINGS) > settings.toml.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dateline.errors import SettingsError

Value = bool | int | float | str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings by dotted name ("read.max_bytes")."""

    values: Mapping[str, Value]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def section(self, name: str) -> dict[str, Value]:
        """The settings of one room, without its prefix."""
        return {key.partition(".")[2]: value for key, value in self.values.items() if key.startswith(name + ".")}

    @property
    def digest(self) -> str:
        """sha256 over the settings that can change a coding ([run] only says how the work is shared out)."""
        coding = {key: value for key, value in self.values.items() if not key.startswith("run.")}
        return "sha256:" + hashlib.sha256(json.dumps(coding, sort_keys=True).encode()).hexdigest()

    def __reduce__(self) -> tuple[Any, ...]:
        return _thaw, (dict(self.values),)


def _thaw(values: dict[str, Value]) -> Settings:
    return Settings(MappingProxyType(values))


def _flatten(table: Mapping[str, Any], where: str) -> dict[str, Value]:
    flat: dict[str, Value] = {}
    for section, entries in table.items():
        if not isinstance(entries, Mapping):
            raise SettingsError(
                f"{where}: '{section}' stands outside a section; write it under one, as in settings.toml"
            )
        for key, value in entries.items():
            flat[f"{section}.{key}"] = tuple(value) if isinstance(value, list) else value
    return flat


@cache
def _defaults() -> Mapping[str, Value]:
    text = resources.files("dateline").joinpath("settings.toml").read_text(encoding="utf-8")
    return MappingProxyType(_flatten(tomllib.loads(text), "settings.toml"))


def load(path: str | Path | None = None, **overrides: Value) -> Settings:
    """Load the settings.

    `path`: a TOML file, or None for the file named by DATELINE_SETTINGS, if any. `overrides`: dotted names with "__"
    for the dot (`run__jobs=2`). Raises SettingsError for an unknown key (with the nearest one) or a wrong type.
    """
    values = dict(_defaults())
    path = path or os.environ.get("DATELINE_SETTINGS") or None
    if path is not None:
        try:
            table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except OSError as error:
            raise SettingsError(f"{path}: cannot be read ({error.strerror}); give a TOML file or none") from error
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingsError(f"{path}: not valid TOML ({error})") from error
        for key, value in _flatten(table, str(path)).items():
            values[key] = _checked(key, value, str(path))
    for key, value in overrides.items():
        name = key.replace("__", ".")
        values[name] = _checked(name, value, "override")
    return Settings(MappingProxyType(values))


def _checked(key: str, value: Value, where: str) -> Value:
    defaults = _defaults()
    if key not in defaults:
        near = difflib.get_close_matches(key, list(defaults), 1, 0.4)
        hint = f"; did you mean '{near[0]}'?" if near else f"; the settings are {', '.join(sorted(defaults))}"
        raise SettingsError(f"{where}: unknown setting '{key}'{hint}")
    wanted = type(defaults[key])
    if wanted is float and type(value) is int:
        return float(value)
    if type(value) is not wanted:
        raise SettingsError(f"{where}: '{key}' must be {wanted.__name__}, not {type(value).__name__} ({value!r})")
    return value
