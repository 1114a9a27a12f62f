"""`dateline actors`: who a name is on a day and why, dictionaries of other projects as registries of one's own, and which
actors of a record are one (identity.py)."""

from __future__ import annotations

import datetime
import difflib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from dateline.cli import identity
from dateline.cli.terminal import one_line, say, told
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.actors.entry import Spell
    from dateline.actors.importers import Form
    from dateline.actors.registry import Match, Registry

app = typer.Typer(
    help="Who a name is on a day, and why; registries of your own; which actors of a record are one.",
    epilog="Example: dateline actors lookup Taliban --on 2015-06-01",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

NEAR = 5
"""How many names like an unknown one are shown."""

NOTES = 20
"""How many lines that an import passed over are shown without --notes."""


@app.command(epilog="Example: dateline actors lookup Taliban --on 2015-06-01")
@told
def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name as news prints it.")],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, like 2015-06-01.")] = None,
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", help="Settings whose registries count too.")
    ] = None,
) -> None:
    """Explain whom a name means on a day: the entries that bear it, the spell that decides, and why."""
    from dateline.actors import registry, use
    from dateline.settings import load

    day = _day(on)
    use(load(settings)["actors.registries"])
    known = registry.load()
    matches = known.lookup(name, day)
    if not matches:
        say(f"'{one_line(name)}' is no name of the registry.{_near(name, known)}")
        raise typer.Exit(1)
    for number, match in enumerate(matches, 1):
        _print(number, match, day)


def _day(value: str | None) -> datetime.date | None:
    if value is None:
        return None
    try:
        return datetime.date.fromisoformat(value)
    except ValueError as error:
        raise UsageError(f"--on must be a day like 2015-06-01, not '{value}'") from error


def _near(name: str, known: Registry) -> str:
    """People whose last name it is, or nearly, and names like it."""
    from dateline.actors.fold import fold

    key = fold(name).lower()
    last: dict[str, list[str]] = {}
    for entry in known.entries.values():
        if entry.kind == "person":
            last.setdefault(fold(entry.name).lower().split()[-1], []).append(entry.name)
    hint = ""
    if people := sorted(last.get(key, [])):
        more = f" and {len(people) - NEAR} more" if len(people) > NEAR else ""
        hint += f" It is the last name of {', '.join(people[:NEAR])}{more}: an article tells which."
    like = [known.index[near][0][0].name for near in difflib.get_close_matches(key, known.index, NEAR, 0.8)]
    if not people:
        like += [one for near in difflib.get_close_matches(key, last, NEAR, 0.8) for one in last[near]]
    if like:
        hint += f" Names like it: {', '.join(list(dict.fromkeys(like))[:NEAR])}."
    return hint or ' Descriptions ("Afghan foreign minister") are read in the text of an article, not looked up here.'


def _print(number: int, match: Match, day: datetime.date | None) -> None:
    entry = match.entry
    sectors = "+".join(s for s in (match.sector, *match.other) if s) or "no sector"
    print(one_line(f"{number}. {entry.name} ({match.kind}): {match.country} {sectors}"))
    print(one_line(f"   because {match.reason}"))
    if match.sense in ("name", "metonym") and entry.kind == "person" and not match.active:
        print("   a person out of office is ELI, with the country of the entry")
    for spell in entry.spells if match.sense == "name" else ():
        mark = ">" if spell is match.spell or (match.spell is None and _days(spell) in match.reason) else " "
        print(one_line(f"   {mark} {_spell(spell)}"))
    if len(entry.names) > 1:
        print(one_line(f"   also: {', '.join(entry.names[1:])}"))
    late = f"; {day} is later than that" if day is not None and day > entry.as_of else ""
    print(one_line(f"   entry {entry.id}, {entry.basis}, as of {entry.as_of}{late}"))


def _spell(spell: Spell) -> str:
    sectors = "+".join((spell.sector, *spell.other))
    role, country = (f"{spell.role}, " if spell.role else ""), (f" {spell.country}" if spell.country else "")
    return f"{_days(spell)}: {role}{sectors}{country}"


def _days(spell: Spell) -> str:
    return "always" if spell.start is None and spell.end is None else f"{spell.start or ''}..{spell.end or ''}"


@app.command("import", epilog="Example: dateline actors import Phoenix.Countries.actors.txt --to my-actors.jsonl")
@told
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A dictionary, or an answer of Wikidata.")],
    to: Annotated[
        Path, typer.Option("--to", metavar="PATH", help="Entries: .jsonl, added to what it holds. Role nouns: .tsv.")
    ],
    form: Annotated[
        str | None, typer.Option("--form", help="registry, actors, agents or wikidata; found out if not given.")
    ] = None,
    notes: Annotated[bool, typer.Option("--notes", help="Show every line passed over.")] = False,
) -> None:
    """Turn a dictionary of another project into a registry of your own, for the setting actors.registries."""
    from dateline.actors.importers import FORMS, read

    if form is not None and form not in FORMS:
        raise UsageError(f"--form '{form}' is none of {', '.join(FORMS)}")
    found = read(_text(file), file.name, cast("Form | None", form))
    for note in found.notes if notes else found.notes[:NOTES]:
        say(note)
    if len(found.notes) > NOTES and not notes:
        say(f"… and {len(found.notes) - NOTES} more lines passed over; --notes shows them")
    if not found.entries and not found.nouns:
        raise UsageError(f"{file}: nothing in it could be used")
    _write(to, found.entries, found.nouns)
    what = f"{len(found.entries)} entries" if found.entries else f"{len(found.nouns)} role nouns"
    say(f"{to}: {what} from {file.name}, {len(found.notes)} lines passed over")
    say(f'to use it, put registries = ["{to}"] under [actors] in your settings file')


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")  # dictionaries older than UTF-8


def _write(to: Path, entries: tuple, nouns: tuple) -> None:  # type: ignore[type-arg]
    from dateline.actors import registry
    from dateline.actors.importers import merge, role_table
    from dateline.errors import DataError

    wanted = ".jsonl" if entries else ".tsv"
    if to.suffix != wanted:
        raise UsageError(f"--to {to}: {'entries' if entries else 'role nouns'} go into a {wanted} file")
    old = _text(to) if to.is_file() else ""
    text = merge(old, entries, str(to)) if entries else role_table(nouns)
    if not entries and old:
        raise UsageError(f"--to {to}: the file is there already; role nouns go into a new one")
    new = to.with_name(to.name + ".new")
    new.write_text(text, encoding="utf-8")
    try:
        if entries:
            registry.load((new,))
    except DataError as error:
        new.unlink()
        raise DataError(re.sub(re.escape(str(new)), str(to), str(error))) from error
    new.replace(to)


@app.command("wikidata-query", epilog="Example: dateline actors wikidata-query AFG > offices.rq")
@told
def wikidata_query(
    country: Annotated[str, typer.Argument(metavar="COUNTRY", help="A country by code (AFG) or name.")],
) -> None:
    """Print the SPARQL that asks Wikidata for the offices of a country; import its JSON answer."""
    from dateline.actors.importers import query

    print(query(country).rstrip("\n"))


identity.register(app)
