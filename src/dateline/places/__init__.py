"""Places: where an article's names lie. `find` for an article, `geoparse` and `resolve_spans` for bare text.

`use` lays a gazetteer of one's own over the one that ships.
"""

from dateline.places.find import find
from dateline.places.gazetteer import use
from dateline.places.geoparse import geoparse, resolve_spans

__all__ = ["find", "geoparse", "resolve_spans", "use"]
