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
from dateline.model import Coding, Event, Span
from dateline.record import PositionRow, Record

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


def position_scores(record: Record, codings: Mapping[str, Coding], half: str) -> tuple[float, float, float, int]:
    """Gold positions over Dateline's own codings: the part found (a position overlaps the gold's words), and of those found
    the part with the right party, the part of the right kind; and how many there are.

    The party is right if the name of the side, or of the speaker through whom it speaks, is one of the gold's names of that
    party, or if both are the government of one state.
    """
    names = {coding.article.id: name for name, coding in codings.items()}
    there: dict[str, list[PositionRow]] = {}
    for process in record.processes():
        for position in record.positions(process, repeats=True):
            there.setdefault(names[position.article], []).append(position)
    gold = [p for p in corpus.gold("positions")["positions"] if half in ("all", corpus.half(p["article"]))]
    found = right = kinds = 0
    for one in gold:
        text = codings[one["article"]].article.text
        if one["snippet"] not in text:
            continue
        span = corpus.span(text, one["snippet"])

        def common(p: PositionRow, span: Span = span) -> int:
            return min(p.content[-1].end, span.end) - max(p.content[0].start, span.start)

        near = [p for p in there.get(one["article"], []) if common(p) > 0]
        if not near:
            continue
        best = max(near, key=lambda p: (common(p), p.id))
        party = corpus.gold("talks")["parties"].get(one["party"], {"countries": [], "aliases": [], "kind": None})
        said = f"{best.party} {best.speaker_name}".casefold()
        found += 1
        right += any(
            n.casefold() in said or best.party.casefold() in n.casefold() for n in (one["party"], *party["aliases"])
        ) or (best.side in party["countries"] and party["kind"] == "government")
        kinds += best.kind == one["kind"]
    return found / len(gold), right / max(1, found), kinds / max(1, found), len(gold)


def followed(record: Record, codings: Mapping[str, Coding]) -> tuple[int, int, int, int]:
    """Gold pledges over own codings: how many there are, found (a pledge, demand or threat overlaps where it was made), with
    the gold's last day, and with the suggestion that a reader of the whole corpus would give."""
    names = {coding.article.id: name for name, coding in codings.items()}
    rows = [(names[p.article], p) for p in record.pledges()]
    found = dated = judged = 0
    for gold in corpus.gold("positions")["pledges"]:
        hits = []
        for made in gold["made_in"]:
            text = codings[made["article"]].article.text
            if made["snippet"] in text:
                span = corpus.span(text, made["snippet"])
                hits += [
                    p for a, p in rows if a == made["article"] and p.words.start < span.end and p.words.end > span.start
                ]
        if hits:
            found += 1
            dated += str(hits[0].by_when) == str(gold["by_when"])
            judged += hits[0].suggested == gold["verdict"]
    return len(corpus.gold("positions")["pledges"]), found, dated, judged


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
            else:
                print(f"{half:7} positions: found {{:.2f}}, of these right party {{:.2f}}, right kind {{:.2f}} of {{}}".format(
                    *position_scores(record, codings, half)))  # fmt: skip
            print(f"{half:7} events: B-cubed P {{:.3f}} R {{:.3f}} F1 {{:.3f}}, of the gold reports {{:.2f}}".format(
                *cluster_scores(record, codings, half)))  # fmt: skip
        if len(sys.argv) > 1:
            print(
                "pledges: {} in the gold, {} found, {} with its last day, {} with the suggestion of the gold".format(
                    *followed(record, codings)
                )
            )


if __name__ == "__main__":
    main()
