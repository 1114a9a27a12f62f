"""Places: where an article's names lie. `find` for an article, `geoparse` and `resolve_spans` for bare text."""

from dateline.places.find import find
from dateline.places.geoparse import geoparse, resolve_spans

__all__ = ["find", "geoparse", "resolve_spans"]
