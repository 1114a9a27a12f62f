"""The classes of the pair model, in the order of its outputs, and the marks of its input."""

from __future__ import annotations

from dateline.model import EVENT_TYPES, MODES, QUADS
from dateline.model.event import Quad

CLASSES: tuple[str, ...] = (*EVENT_TYPES, "NONE")
"""What the type head chooses from."""

QUAD_NAMES: tuple[Quad, ...] = (
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
)

QUAD_OF: dict[str, int] = {**{t: QUAD_NAMES.index(QUADS[t]) for t in EVENT_TYPES}, "CONCEDE": 1}
"""The quad head's class of each type. CONCEDE counts as material here, as in the corpora that join it with RETREAT to
YIELD; the quad of an event comes from the codebook, only that of a given pair (`classify_marked`) from this head."""

MODE_CLASSES: tuple[str, ...] = tuple(f"{t}.{m}" for t in EVENT_TYPES if t in MODES for m in (*MODES[t], "-"))
"""What the mode head chooses from: "TYPE.mode", "-" for none. Only those of the chosen type are looked at."""

GIVEN: tuple[str, ...] = ("SUPPORT", "AGREE", "CONCEDE")
"""What may be refused: the models take "will not support" for the thing refused; where the syntax says so it is REJECT."""

STATUS_CLASSES: tuple[str, ...] = ("actual", "future", "hypothetical", "negated", "historical")
