"""What scores of a pair model that had not seen the articles (`learn.events cv --out`) are worth.

python -m dateline.learn.outside candidates work/s0.npy --candidates work/articles.jsonl     average precision; acts of statements
python -m dateline.learn.outside records work/s0.npy --coded DATA/records_train              whole records of those articles

`records` codes the articles as they are coded elsewhere, with these scores in place of the model's; what else was fitted on the
articles (regressions, the attribution model) has seen them.
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np

from dateline.language import pairs
from dateline.language.labels import CLASSES
from dateline.learn.jsonl import read_lines

_NONE = len(CLASSES) - 1

Key = tuple[str, str]
"""An article and a marked text of it."""


def load(files: Sequence[Path]) -> dict[Key, pairs.Scores]:
    """The scores of files of `cv --out`."""
    return {key: pairs.Scores(*v) for file in files for key, v in np.load(file, allow_pickle=True).item().items()}


def average_precision(types: np.ndarray, gold: np.ndarray) -> float:
    """Of candidates in the order of the probability of their likeliest type (rows of `types`: the classes): the mean precision at
    those whose type is right, over all that are events. `gold`: class indices."""
    guess = types[:, :_NONE].argmax(1)
    return ranked(types[np.arange(len(types)), guess], guess == gold, int((gold != _NONE).sum()))


def ranked(confidence: np.ndarray, right: np.ndarray, events: int) -> float:
    """The mean precision at the right ones in the order of their confidence, over all that are events."""
    right = right[np.argsort(-confidence, kind="stable")]
    return float((np.cumsum(right) / np.arange(1, len(right) + 1) * right).sum() / max(1, events))


def candidates(options: argparse.Namespace) -> int:
    """Print the average precision over the candidates, and the share of statements whose act is right."""
    from dateline.statements.act import ACTS, of_types

    scores = load(options.scores)
    rows = {(row["article"], row["text"]): row for row in read_lines(options.candidates)}
    both = [(scores[key], rows[key]) for key in scores if key in rows]
    acts = [(s, r) for s, r in both if r.get("act")]
    others = [(s, r) for s, r in both if not r.get("act")]
    if others:
        types = np.stack([s.types for s, _ in others])
        gold = np.array([CLASSES.index(r["type"]) for _, r in others])
        print(
            f"{len(others)} candidates, {int((gold != _NONE).sum())} events: average precision {average_precision(types, gold):.3f}"
        )
    if acts:
        right = [ACTS[int(of_types(s.types).argmax())] == r["act"] for s, r in acts]
        print(f"{len(acts)} statements: act right {np.mean(right):.3f}")
    return 0


@contextmanager
def unseen(scored: dict[str, pairs.Scores]) -> Iterator[None]:
    """The pair model answers with these scores where it is asked of one of these texts."""
    ship = pairs.score

    def score(texts: Sequence[str], closing: bool = True) -> list[pairs.Scores]:
        rest = [text for text in dict.fromkeys(texts) if text not in scored]
        found = dict(zip(rest, ship(rest, closing), strict=True)) if rest else {}
        return [scored[text] if text in scored else found[text] for text in texts]

    with patch.object(pairs, "score", score):
        yield


def records(options: argparse.Namespace) -> int:
    """Code the articles of the scores and print their records' figures, kept from each confidence named."""
    from dateline.learn import evaluate
    from dateline.model import Page
    from dateline.run.coder import Coder
    from dateline.settings import load as settings

    scores = load(options.scores)
    names = {article for article, _ in scores}
    rows = [row for row in read_lines(options.coded / "articles.jsonl") if row["id"] in names]
    for least in options.confidence or [settings()["events.min_confidence"]]:
        with tempfile.TemporaryDirectory() as scratch, unseen({text: s for (_, text), s in scores.items()}):
            gold, said = Path(scratch) / "gold", Path(scratch) / "said.jsonl"
            gold.mkdir()
            coder = Coder(settings(events__min_confidence=least))
            with said.open("w", encoding="utf-8") as file:
                for row in rows:
                    day = datetime.date.fromisoformat(row["published"][:10]) if row.get("published") else None
                    page = Page(
                        "text", row["text"], title=row.get("title"), published=day, publisher=row.get("publisher")
                    )
                    coding = coder.code_page(page)
                    made = json.loads(coding.to_json())
                    made["article"]["key"] = row["id"]
                    file.write(json.dumps(made, ensure_ascii=False) + "\n")
                    shutil.copy(options.coded / "gold" / f"{row['id']}.json", gold)
            print(f"{len(rows)} articles, events from {least}\n{evaluate.score('records', said, gold)}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one subcommand; see the module's docstring."""
    parser = argparse.ArgumentParser(prog="python -m dateline.learn.outside")
    commands = parser.add_subparsers(dest="command", required=True)
    judging = commands.add_parser("candidates")
    judging.add_argument("--candidates", type=Path, required=True, help="what `learn.events candidates` wrote")
    coding = commands.add_parser("records")
    coding.add_argument("--coded", type=Path, required=True, help="folder with articles.jsonl and gold/")
    coding.add_argument("--confidence", type=float, nargs="*", help="keep events from these (default: the setting)")
    for command in (judging, coding):
        command.add_argument("scores", type=Path, nargs="+")
    options = parser.parse_args(arguments)
    return candidates(options) if options.command == "candidates" else records(options)


if __name__ == "__main__":
    sys.exit(main())
