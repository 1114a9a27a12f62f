"""talks: the meetings and rounds of talks of one article, with parties, mediators, venue, dates, round and outcome."""

from dateline.talks.consult import consultations
from dateline.talks.join import find

__all__ = ["consultations", "find"]
