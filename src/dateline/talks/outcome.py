"""What became of talks, as sentences tell it, and one outcome out of what they tell."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.model import Outcome
from dateline.talks.lexicon import load


def told(text: str) -> set[str]:
    """The outcomes that a sentence speaks of ("resuming" for talks that are to go on).

    The lists are tried in their order and what one phrase has taken is not read again: "without a final agreement" is
    no agreement, "agreed to meet again" neither.
    """
    found = set()
    for name, pattern in load().outcomes:
        if pattern.search(text):
            found.add(name)
            text = pattern.sub(lambda match: "#" * len(match[0]), text)
    return found


def decide(told_of: Iterable[str], future: bool, over: bool) -> Outcome:
    """One outcome of talks.

    `future`: they are still to come; `over`: their last day lies before the day of publication. Something agreed and
    something failed is partial; an adjournment stands above a failure to agree, a failure above the intent to go on.
    """
    said = set(told_of)
    if future:
        return "adjourned" if "adjourned" in said else "announced"
    if "agreement" in said:
        return "partial" if said & {"none", "partial"} else "agreement"
    if "adjourned" in said:
        return "adjourned"
    if "none" in said and "partial" not in said:
        return "none"
    if "partial" in said:
        return "partial"
    if "resuming" in said:
        return "adjourned"
    if "ongoing" in said and not over:
        return "ongoing"
    return "unknown"
