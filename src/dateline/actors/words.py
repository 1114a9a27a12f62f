"""The words for people and bodies that have no entry: roles, titles, first names (`actors/data/*.tsv`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal, cast

from dateline.actors.entry import SECTORS
from dateline.actors.fold import plain
from dateline.actors.stack import role_files
from dateline.errors import DataError
from dateline.model import ActorKind, Sector

_KINDS = ("person", "organisation", "population")

ROLE_COLUMNS = ("singular", "plural", "sector", "other", "kind", "gender")
"""The header of a table of role nouns."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a role noun or phrase stands for. `sector` None: the body or country it belongs to decides ("spokesman").

    `plural`: this form means several people, or several bodies; `kind` is then "population" for people.
    """

    phrase: str
    sector: Sector | None
    other: Sector | None
    kind: ActorKind
    plural: bool
    gender: Literal["m", "f"] | None


@dataclass(frozen=True, slots=True)
class Title:
    """A title before a name: the gender and the sector it tells, None for neither."""

    title: str
    gender: Literal["m", "f"] | None
    sector: Sector | None


def roles(files: tuple[Path, ...] | None = None) -> Mapping[str, Role]:
    """Roles by phrase, lower case and without hyphens or apostrophes (`fold.plain`), singular and plural.

    A phrase in a table itself comes before the plural of another ("forces": MIL). The user's tables (`files`, or those
    in force: stack.py) lie over the shipped one. Raises DataError.
    """
    return _roles(role_files() if files is None else files)


@cache
def _roles(files: tuple[Path, ...]) -> Mapping[str, Role]:
    found = _role_table("actors/data/roles.tsv", _shipped("roles.tsv"))
    for path in files:
        try:
            found |= _role_table(str(path), path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise DataError(f"{path}: cannot be read ({error})") from error
    return found


def _role_table(name: str, text: str) -> dict[str, Role]:
    own: dict[str, Role] = {}
    plurals: dict[str, Role] = {}
    for where, row in _rows(name, text, ROLE_COLUMNS):
        if row["kind"] not in _KINDS:
            raise DataError(f"{where}: kind '{row['kind']}' is none of {', '.join(_KINDS)}")
        sector, other = _sector(where, row["sector"]), _sector(where, row["other"])
        kind = cast(ActorKind, row["kind"])
        gender = _gender(where, row["gender"])
        singular, plural = row["singular"], row["plural"]
        if singular == plural == "-":
            raise DataError(f"{where}: neither singular nor plural is given")
        if singular != "-":
            key = plain(singular).lower()
            if key in own:
                raise DataError(f"{where}: '{singular}' is listed twice")
            own[key] = Role(singular, sector, other, kind, False, gender)
        if plural != "-":
            key = plain(plural).lower()
            many: ActorKind = "organisation" if kind == "organisation" else "population"
            role = Role(plural, sector, other, many, True, gender)
            if singular == "-":
                if key in own:
                    raise DataError(f"{where}: '{plural}' is listed twice")
                own[key] = role
            else:
                plurals.setdefault(key, role)
    return {**plurals, **own}


@cache
def titles() -> Mapping[str, Title]:
    """Titles as written ("Gen.", "Gen", "General"). Raises DataError."""
    found: dict[str, Title] = {}
    for where, row in _rows("actors/data/titles.tsv", _shipped("titles.tsv"), ("title", "gender", "sector")):
        if row["title"] in found:
            raise DataError(f"{where}: '{row['title']}' is listed twice")
        found[row["title"]] = Title(row["title"], _gender(where, row["gender"]), _sector(where, row["sector"]))
    return found


@cache
def first_names() -> Mapping[str, Literal["m", "f"]]:
    """First names, folded, that tell a gender; those that do not are left out. Raises DataError."""
    found: dict[str, set[str]] = {}
    for where, row in _rows("actors/data/first_names.tsv", _shipped("first_names.tsv"), ("name", "gender")):
        if row["gender"] not in ("m", "f", "u"):
            raise DataError(f"{where}: gender must be m, f or u, not '{row['gender']}'")
        found.setdefault(plain(row["name"]).lower(), set()).add(row["gender"])
    return {
        name: cast(Literal["m", "f"], min(told)) for name, told in found.items() if len(told) == 1 and "u" not in told
    }


def _shipped(name: str) -> str:
    return (resources.files("dateline.actors") / "data" / name).read_text(encoding="utf-8")


def _rows(name: str, text: str, columns: tuple[str, ...]) -> Iterator[tuple[str, dict[str, str]]]:
    header: tuple[str, ...] | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        where, values = f"{name}:{number}", tuple(line.split("\t"))
        if header is None:
            header = values
            if header != columns:
                raise DataError(f"{where}: the header must be {', '.join(columns)}")
        elif len(values) != len(columns) or not all(values):
            raise DataError(f"{where}: must have {len(columns)} columns, none of them empty ('-' for none)")
        else:
            yield where, dict(zip(columns, values, strict=True))


def _sector(where: str, value: str) -> Sector | None:
    if value == "-":
        return None
    if value not in SECTORS:
        raise DataError(f"{where}: '{value}' is no PLOVER sector")
    return cast(Sector, value)


def _gender(where: str, value: str) -> Literal["m", "f"] | None:
    if value not in ("m", "f", "-"):
        raise DataError(f"{where}: gender must be m, f or -, not '{value}'")
    return None if value == "-" else cast(Literal["m", "f"], value)
