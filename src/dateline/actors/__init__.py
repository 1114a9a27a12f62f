"""actors: Doc → Actors. Who speaks, acts or is acted on, with country, sector and role on the day of the article."""

from dateline.actors.actors import Actors
from dateline.actors.refer import same_gender
from dateline.actors.resolve import find
from dateline.actors.stack import use

__all__ = ["Actors", "find", "same_gender", "use"]
