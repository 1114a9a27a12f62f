"""dates: Doc → dates, resolved to intervals of days by a grammar of our own (docs/pipeline.md)."""

from dateline.dates.find import find, resolve

__all__ = ["find", "resolve"]
