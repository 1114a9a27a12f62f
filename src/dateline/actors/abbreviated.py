"""States of the USA as its papers and its post shorten them."""

from __future__ import annotations

from dateline.actors.lexicon import lexicon


def american_state(written: str) -> str | None:
    """The name of the state that is shortened so: "Fla.", "N. C." and "FL" are, None for what is none ("Fla", "fl", "Lima")."""
    if len(written) == 2 and written.isupper():
        return lexicon().postal_states.get(written.lower())
    if not written.endswith("."):
        return None
    return lexicon().short_states.get(written.replace(".", "").replace(" ", "").lower())
