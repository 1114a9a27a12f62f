"""The codebook: types, modes and contexts as data (plover.toml), checked when loaded, and mapped to and from CAMEO."""

from dateline.events.codebook.book import Codebook, Context, Mode, Type, load, openings, parse

__all__ = ["Codebook", "Context", "Mode", "Type", "load", "openings", "parse"]
