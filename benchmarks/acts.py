"""How often the act of a statement is heard as a reader heard it, on statements of PolNeAR dev: by the pair model alone, and as records
have it (`statements.act`), with the attribution model's head and what the words say of the act.

usage: acts.py DATA          the folder of the development data; needs PyTorch, as dateline.learn does

acts_polnear_dev.tsv beside this file holds what readers heard, who did not know what a model had said: document, offsets of the cue,
act. Source, cue and content are the corpus's own.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from dateline import actors, language
from dateline.language import pairs
from dateline.learn import attribution, statements
from dateline.model import Article
from dateline.statements import act, tagger
from dateline.statements.draft import Draft, drafts
from dateline.statements.marks import Quoted, quotations
from dateline.statements.tagger import Attribution

HEARD = Path(__file__).with_name("acts_polnear_dev.tsv")
Key = tuple[str, int, int]


def main(data: Path) -> None:
    """Print the shares of acts that are right, and of how many statements."""
    with HEARD.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        heard = {(row["document"], int(row["cue_start"]), int(row["cue_end"])): row["act"] for row in rows}
    corpus = data / "attribution" / "polnear-dev.jsonl"
    texts = {(name, *cue): text for name, cue, text in statements.told(corpus)}
    alone = np.stack([act.of_types(s.types) for s in pairs.score([texts[key] for key in heard])])
    print(f"pair model alone: acts right {_right(alone, list(heard.values())):.3f} of {len(heard)}")
    found = {key: draft for article in attribution.read([corpus]) for key, draft in _drafts(article) if key in heard}
    sums = act.probabilities([d.clues for d in found.values()], [texts[key] for key in found])
    print(f"as in records: acts right {_right(sums, [heard[key] for key in found]):.3f} of {len(found)}")


def _right(likely: np.ndarray, heard: list[str]) -> float:
    return float(np.mean([act.ACTS[int(row.argmax())] == one for row, one in zip(likely, heard, strict=True)]))


def _drafts(article: dict[str, Any]) -> Iterator[tuple[Key, Draft]]:
    """The corpus's attributions of an article as drafts, with the logits that the attribution model has for their cues."""
    doc = language.load().parse(Article(article["id"], article["id"], article["text"]))
    logits = [(r.cue[0][0], r.cue[-1][1], r.act) for r in tagger.attributions([doc.text])[0] if r.cue]
    unknown = (0.0,) * len(act.ACTS)
    rows = []
    for row in article["attributions"]:
        if not row["cue"] or not row["content"]:
            continue
        source, cue, content = (tuple((s, e) for s, e in row[role]) for role in ("source", "cue", "content"))
        near = (one for start, end, one in logits if start < cue[-1][1] and cue[0][0] < end)
        rows.append(Attribution(source, cue, content, 1.0, next(near, unknown)))
    made = drafts(doc, actors.find(doc), rows, Quoted(quotations(doc.text, doc.paragraphs)[0]))
    yield from (((article["id"], *draft.cue), draft) for draft in made)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
