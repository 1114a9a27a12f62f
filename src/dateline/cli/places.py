"""`dateline places`: what a place name means and why, and GeoNames' tables as a gazetteer of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import one_line, say, told
from dateline.errors import UsageError

if TYPE_CHECKING:
    from dateline.places.explain import Explained

app = typer.Typer(
    help="What a place name means, and why; GeoNames' tables as a gazetteer of your own.",
    epilog='Example: dateline places lookup Paris --near "Lamar County"',
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

REASONS = 4
"""How many reasons are shown for a candidate: the rest adds little."""


@app.command(epilog="Example: dateline places lookup Tripoli --near Beirut")
@told
def lookup(
    name: Annotated[str, typer.Argument(metavar="NAME", help='A name as news prints it, also "Paris, Texas".')],
    near: Annotated[
        str | None, typer.Option("--near", metavar="PLACE", help="A place that the same article names.")
    ] = None,
    country: Annotated[
        str | None, typer.Option("--country", metavar="CC", help="A country said beside it: code or name.")
    ] = None,
    publisher: Annotated[
        str | None, typer.Option("--publisher", metavar="DOMAIN", help="Where it is printed, like lfpress.ca.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Candidates at most (5).")] = 5,
    settings: Annotated[
        Path | None, typer.Option("--settings", metavar="FILE", help="Settings whose gazetteer counts too.")
    ] = None,
) -> None:
    """Show the places that a name may mean, with their probabilities and what tells for and against each."""
    from dateline import places
    from dateline.places.explain import explain
    from dateline.settings import load

    places.use(load(settings)["places.gazetteer"])
    code = _country(country) if country else None
    if near and not explain(near).candidates:
        raise UsageError(f"--near '{one_line(near)}' is no name of the gazetteer")
    found = explain(name, near, code, publisher)
    if not found.candidates:
        say(f"'{one_line(name)}' is no name of the gazetteer.{_like(name)}")
        raise typer.Exit(1)
    if found.demonym:
        say(f"'{one_line(name)}' is a people: evidence for a country or region, but no place")
    if found.wider:
        say("only a part of the name is known: the place is near there")
    for number, one in enumerate(found.candidates[:limit], 1):
        _print(number, one)
    if len(found.candidates) > limit:
        say(f"… and {len(found.candidates) - limit} more; --limit shows them")
    print(f"confidence that the first is right: {found.confidence:.2f}")


def _country(value: str) -> str:
    """The alpha-2 code of a country by code or name."""
    from dateline.places import countries
    from dateline.places.names import fold

    plain = fold(value)
    for code, country in countries.table().items():
        if plain in (code.lower(), country.alpha3.lower(), *(fold(name) for name in (country.name, *country.names))):
            return code
    raise UsageError(f"--country '{one_line(value)}' is neither a code (LY, LBY) nor the name of a country")


def _like(name: str) -> str:
    from dateline.places import gazetteer

    like = gazetteer.default().like(name)
    return f" Names like it: {', '.join(like)}." if like else ""


def _print(number: int, one: Explained) -> None:
    from dateline.places import countries, gazetteer

    place = one.candidate
    above = [gazetteer.default().by_id(unit) for unit in (place.admin2, place.admin1) if unit]
    country = countries.table().get(place.country)
    where = [unit.name for unit in above if unit] + ([country.name] if country and place.kind != "country" else [])
    people = f", {place.population:,} people" if place.population and place.id > 0 else ""
    named = f", GeoNames {place.geonameid}" if place.geonameid else ""
    print(one_line(f"{number}. {', '.join((place.name, *where))} ({place.kind}): probability {one.probability:.2f}"))
    print(one_line(f"   {place.lat:.4f} {place.lon:.4f}{people}{named}"))
    reasons = ", ".join(f"{says} {value:+.1f}" for says, value in one.reasons[:REASONS])
    against = "against the second" if number == 1 else "against the first"
    print(
        f"   {against}: {reasons or 'nothing tells them apart'}"
        if one.reasons or number > 1
        else "   no other bears the name"
    )


@app.command("import", epilog="Example: dateline places import allCountries.txt --to my-places.sqlite")
@told
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A table of GeoNames: .txt, or the .zip as it comes.")],
    to: Annotated[Path, typer.Option("--to", metavar="PATH", help="The gazetteer to write, .sqlite; replaced whole.")],
    classes: Annotated[
        str, typer.Option("--classes", metavar="LETTERS", help="GeoNames' feature classes, of A P H L T S.")
    ] = "AP",
    country: Annotated[
        list[str] | None, typer.Option("--country", metavar="CC", help="Only this country (UA); may be given again.")
    ] = None,
) -> None:
    """Turn a table of GeoNames into a gazetteer of your own, for the setting places.gazetteer."""
    from dateline.places import artefact, geonames

    if to.suffix != ".sqlite":
        raise UsageError(f"--to {to}: a gazetteer is a .sqlite file")
    tally = geonames.Tally()
    rows = geonames.rows(file, classes, [_country(one) for one in country or ()], tally)
    meta = {"sources": f"{file.name}, feature classes {classes.upper()}"}
    try:
        places, names = artefact.write(to, rows, meta)
    finally:
        for reason, count in tally.passed.items():
            say(f"passed over: {count:,} {reason}")
    say(f"{to}: {places:,} places, {names:,} names, {to.stat().st_size / 1e6:.1f} MB. {artefact.ATTRIBUTION}")
    say(f'to use it, put gazetteer = "{to}" under [places] in your settings file')
