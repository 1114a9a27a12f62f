"""Figures of the joiner over tests/corpus: `python tests/corroborate/score_corpus.py [CODINGS.jsonl]`.

Without an argument the gold events are joined. With Dateline's own codings of the corpus (`dateline code
tests/corpus/articles.jsonl --json > CODINGS.jsonl`) these are joined, and aligned to the gold by their words.
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import corpus
from dateline.corroborate import join
from dateline.model import Coding, Event
from dateline.record import Record

HALVES = ("chosen", "held", "all")


def text_pairs(record: Record, half: str) -> tuple[float, float]:
    """Precision and recall over pairs of articles that carry one text."""
    names = corpus.ids()
    true = {name: name for name in corpus.articles()}
    true |= {a: group["id"] for group in corpus.gold("texts")["groups"] for a in group["articles"]}
    found = {names[m.article]: text.id for text in record.texts() for m in text.members}
    return corpus.pairs({a: t for a, t in found.items() if half in ("all", corpus.half(a))}, true)


def aligned(codings: Mapping[str, Coding]) -> dict[tuple[str, str], str]:
    """Gold report (article, evidence) → local id of the coded event that overlaps it best: of its type if there is one."""
    found = {}
    for cluster in corpus.gold("clusters")["clusters"]:
        for report in cluster["reports"]:
            name = report["article"]
            if name not in codings:
                continue
            text = codings[name].article.text
            if report["evidence"] not in text:
                continue
            there = corpus.span(text, report["evidence"])

            def fit(event: Event, there: object = there, cluster: dict = cluster) -> tuple[bool, int, str]:  # type: ignore[type-arg]
                common = min(event.evidence.end, there.end) - max(event.evidence.start, there.start)  # type: ignore[attr-defined]
                return event.type == cluster["type"], common, event.id

            near = [e for e in codings[name].events if fit(e)[1] > 0]
            if near:
                found[name, report["evidence"]] = max(near, key=fit).id
    return found


def cluster_scores(record: Record, codings: Mapping[str, Coding], half: str) -> tuple[float, float, float, float]:
    """B-cubed precision, recall, F1 over the gold reports that were coded, and the part of them."""
    true = {
        (r["article"], r["evidence"]): c["id"] for c in corpus.gold("clusters")["clusters"] for r in c["reports"]
        if half in ("all", corpus.half(r["article"]))
    }  # fmt: skip
    names = {coding.article.id: name for name, coding in codings.items()}
    by_local = {
        (names[e["article_id"]], e["local"]): e["cluster_id"]
        for e in record._joined("reports_view", _all(), lambda r: r, None).records()  # type: ignore[arg-type]
    }
    found = {key: by_local[key[0], local] for key, local in aligned(codings).items() if key in true}
    return (*corpus.b_cubed(found, true), len(found) / len(true))  # type: ignore[arg-type]


def round_scores(record: Record, half: str) -> tuple[float, float, float, float, int]:
    """Gold talks: B-cubed P, R, F1 over (article, round), the part of gold rounds joined right, and how many there are.

    A round is joined right if the notes of most of its articles stand in one round, and most notes of that are its own.
    """
    names = corpus.ids()
    with sqlite3.connect(record.path) as db:
        rows = db.execute(
            "SELECT t.article_id, t.local, r.round_id FROM round_talks r JOIN talks t ON t.id = r.talks_id"
        )
        found = {(names[a], local.removeprefix("t-")): round_ for a, local, round_ in rows}
    true, rounds = {}, {}
    for process in corpus.gold("talks")["processes"]:
        if half in ("all", "chosen" if process["process"] in corpus.CHOSEN else "held"):
            for one in process["rounds"]:
                rounds[one["id"]] = {(a, one["id"]) for a in (*one["articles"], *one["announced_in"])}
                true |= dict.fromkeys(rounds[one["id"]], one["id"])
    right = 0
    for notes in rounds.values():
        ids = [found[n] for n in notes]
        best = max(sorted(set(ids)), key=ids.count)
        own = sum(1 for n, r in found.items() if r == best)
        right += ids.count(best) * 2 > len(ids) and ids.count(best) * 2 > own
    return (*corpus.b_cubed(found, true), right / len(rounds), len(rounds))  # type: ignore[arg-type]


def _all():  # type: ignore[no-untyped-def]
    from dateline.record.query import Filter

    return Filter()


def main() -> None:
    codings = corpus.given(Path(sys.argv[1])) if len(sys.argv) > 1 else corpus.gold_codings()
    with tempfile.TemporaryDirectory() as folder:
        record = corpus.filled(Path(folder) / "corpus.record", codings.values())
        print(join(record))
        for half in HALVES:
            if len(sys.argv) == 1:
                print(f"{half:7} texts: pair precision {{:.3f}} recall {{:.3f}}".format(*text_pairs(record, half)))
                print(f"{half:7} talks: B-cubed P {{:.3f}} R {{:.3f}} F1 {{:.3f}}, rounds joined right {{:.2f}} of {{}}".format(
                    *round_scores(record, half)))  # fmt: skip
            print(f"{half:7} events: B-cubed P {{:.3f}} R {{:.3f}} F1 {{:.3f}}, of the gold reports {{:.2f}}".format(
                *cluster_scores(record, codings, half)))  # fmt: skip


if __name__ == "__main__":
    main()
