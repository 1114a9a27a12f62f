"""How often the pair model alone hears the act of a statement as a reader heard it, on statements of PolNeAR dev.

usage: acts.py DATA          the folder of the development data; needs PyTorch, as dateline.learn does

acts_polnear_dev.tsv beside this file holds what readers heard, who did not know what a model had said: document, offsets of the cue,
act. Records are coded with more than the pair model (`statements.act`): the attribution model's head and the cue's own word.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from dateline.language import pairs
from dateline.learn import statements
from dateline.statements.act import ACTS, of_types

HEARD = Path(__file__).with_name("acts_polnear_dev.tsv")


def main(data: Path) -> None:
    """Print the share of acts that are right, and how many statements they are."""
    with HEARD.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        heard = {(row["document"], int(row["cue_start"]), int(row["cue_end"])): row["act"] for row in rows}
    texts = {(name, *cue): text for name, cue, text in statements.told(data / "attribution" / "polnear-dev.jsonl")}
    scores = pairs.score([texts[key] for key in heard])
    right = sum(ACTS[int(of_types(s.types).argmax())] == act for s, act in zip(scores, heard.values(), strict=True))
    print(f"acts right {right / len(heard):.3f} of {len(heard)}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
