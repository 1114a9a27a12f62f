"""Which form a dictionary has, and its reading."""

from __future__ import annotations

import datetime
import re
from typing import Literal, get_args

from dateline.actors.entry import parse
from dateline.actors.importers import cameo, wikidata
from dateline.actors.importers.found import Found
from dateline.errors import DataError

Form = Literal["registry", "actors", "agents", "wikidata"]
"""The registry's own JSONL, CAMEO/Phoenix actors and agents, an answer of Wikidata's query service."""

FORMS: tuple[str, ...] = get_args(Form)


def read(text: str, where: str, form: Form | None = None, as_of: datetime.date | None = None) -> Found:
    """The entries and role nouns in the text of a file called `where`; `form` None: recognised by what it holds.

    `as_of`: the day for which foreign dictionaries are vouched for (today's by default: they do not say).
    Raises DataError for a text of no known form and for a faulty line of the registry's own form.
    """
    as_of = as_of or datetime.date.today()
    text = text.removeprefix("\ufeff")
    known = form or _form(text, where)
    if known == "agents":
        return cameo.agents(text, where)
    if known == "actors":
        return cameo.actors(text, where, as_of)
    if known == "wikidata":
        return wikidata.offices(text, where, as_of)
    lines = ((number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip())
    return Found(tuple(parse(line, f"{where}:{number}") for number, line in lines))


def _form(text: str, where: str) -> Form:
    start = text.lstrip()
    if start.startswith("["):
        return "wikidata"
    if start.startswith("{"):
        return "registry" if re.match(r'\{\s*"(id|names|kind|country)"', start) else "wikidata"
    if re.search(r"\[\s*~|~\s*\]", text):
        return "agents"
    if re.search(r"\[\s*[A-Z]{3}", text):
        return "actors"
    raise DataError(
        f"{where}: neither the registry's JSONL, nor CAMEO actors or agents, nor an answer of Wikidata; "
        f"say which with --form ({', '.join(FORMS)})"
    )
