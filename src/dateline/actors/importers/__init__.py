"""Dictionaries of other projects as entries of the registry. Pure parsing of text; the command line reads the files."""

from dateline.actors.importers.detect import FORMS, Form, read
from dateline.actors.importers.found import Found, Noun, merge, role_table
from dateline.actors.importers.wikidata import query

__all__ = ["FORMS", "Form", "Found", "Noun", "merge", "query", "read", "role_table"]
