"""Scores the talks of codings against gold: the short texts of gold.jsonl, and the rounds of tests/corpus.

Run `python tests/talks/score.py gold [--half odd|even] [--show]`, `… longer`, `… more` or `python tests/talks/score.py corpus --prefix ni- vk-`.
Talks of text and coding are paired greedily by what they share. An accepted name with "?" before it is neither demanded nor wrong.
"""

from __future__ import annotations

import argparse
import datetime
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import dateline
from dateline.model import Actor, Coding, Talks

HERE = Path(__file__).parent
STATE_SECTORS = {"GOV", "MIL", "LEG", "ELI", None}
"""Sectors of people and bodies who stand for their state in talks; those of rebels, parties and unions do not."""


def fold(name: str) -> frozenset[str]:
    """The words of a name without case, accents and articles."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return frozenset(re.findall(r"[a-z0-9]+", plain.replace("'s", ""))) - {"the", "of", "and"}


def is_named(actor: Actor, table: dict[str, Actor], accepted: Iterable[str]) -> bool:
    """Whether an actor is one of the accepted: codes of three capitals for states and bodies, names for all."""
    names = {fold(actor.name)} | {fold(mention.text) for mention in actor.mentions if mention.text[:1].isupper()}
    affiliation = table.get(actor.affiliation or "")
    if affiliation is not None:
        names.add(fold(affiliation.name))
    for word in accepted:
        word = word.lstrip("?")
        if re.fullmatch(r"[A-Z]{3}", word):
            state = actor.kind in ("government", "country", "igo") or actor.sector in STATE_SECTORS
            if state and actor.kind not in ("armed group", "population", "media") and actor.country == word:
                return True
        elif any(name and (name <= fold(word) or fold(word) <= name) for name in names):
            return True
    return False


def optional(accepted: list[str]) -> bool:
    """Whether a gold name is not demanded."""
    return accepted[0].startswith("?")


def compare(found: Iterable[str], gold: list[list[str]], table: dict[str, Actor]) -> tuple[int, int, int]:
    """Hits, false alarms and misses of a set of actors. A second person of a side is no fault, a person beside the
    government that he stands for is."""
    hit: dict[int, list[Actor]] = {}
    wrong = 0
    for identity in found:
        actor = table[identity]
        at = next((n for n, accepted in enumerate(gold) if is_named(actor, table, accepted)), None)
        if at is None or (at in hit and {actor.kind, *(a.kind for a in hit[at])} & {"government", "country"}):
            wrong += 1
        else:
            hit.setdefault(at, []).append(actor)
    due = [n for n, accepted in enumerate(gold) if not optional(accepted)]
    return sum(n in hit for n in due), wrong, sum(n not in hit for n in due)


class Tally:
    """Counts of hits, false alarms and misses by field."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()

    def add(self, field: str, hits: int, wrong: int, missed: int) -> None:
        self.counts[field, "hit"] += hits
        self.counts[field, "wrong"] += wrong
        self.counts[field, "missed"] += missed

    def f1(self, field: str) -> float:
        hits, wrong, missed = (self.counts[field, key] for key in ("hit", "wrong", "missed"))
        return 2 * hits / (2 * hits + wrong + missed) if hits else 0.0

    def lines(self) -> Iterator[str]:
        for field in dict.fromkeys(field for field, _ in self.counts):
            hits, wrong, missed = (self.counts[field, key] for key in ("hit", "wrong", "missed"))
            precision, recall = hits / max(1, hits + wrong), hits / max(1, hits + missed)
            yield f"{field:10} F1 {self.f1(field):.3f}  precision {precision:.3f}  recall {recall:.3f}  ({hits + missed} due)"


def affinity(talks: Talks, due: dict, coding: Coding) -> float:
    """How much found talks and due talks share; 0 for nothing."""
    table = {a.id: a for a in coding.actors}
    score = float(compare(talks.parties, due["parties"], table)[0])
    score += 0.5 * sum(
        any(is_named(table[p], table, accepted) for p in talks.parties)
        for accepted in due["parties"]
        if optional(accepted)
    )
    score += 1.5 * (_place(talks, coding) is not None and _is_place(_place(talks, coding), due["place"]))
    score += 1.5 * (_days(talks) is not None and _days(talks) in (due["days"] or []))
    score += 1.0 * (talks.outcome in due["outcome"]) + 0.5 * (talks.round == due["round"])
    return score if score > 1.5 else 0.0


def pair(coding: Coding, due: list[dict]) -> list[tuple[Talks | None, dict | None]]:
    """Found and due talks in pairs, the most alike first; what is left over stands alone."""
    ranked = sorted(
        ((affinity(t, d, coding), -i, -j) for i, t in enumerate(coding.talks) for j, d in enumerate(due)), reverse=True
    )
    pairs, used, taken = [], set(), set()
    for score, i, j in ranked:
        if score and -i not in used and -j not in taken:
            used.add(-i)
            taken.add(-j)
            pairs.append((coding.talks[-i], due[-j]))
    pairs += [(t, None) for i, t in enumerate(coding.talks) if i not in used]
    return pairs + [(None, d) for j, d in enumerate(due) if j not in taken]


def _place(talks: Talks, coding: Coding) -> str | None:
    return next((p.name for p in coding.places if p.id == talks.place), None)


def _is_place(name: str, accepted: list[str] | None) -> bool:
    return any(fold(name) <= fold(word) or fold(word) <= fold(name) for word in accepted or ())


def _days(talks: Talks) -> list[str] | None:
    return [talks.start.isoformat(), (talks.end or talks.start).isoformat()] if talks.start else None


def score_one(coding: Coding, due: list[dict], tally: Tally) -> None:
    """Add one article's counts."""
    table = {a.id: a for a in coding.actors}
    for talks, gold in pair(coding, due):
        tally.add("talks", int(bool(talks and gold)), int(gold is None), int(talks is None))
        found = talks or Talks("", ())
        want = gold or {"parties": [], "mediators": [], "place": None, "days": None, "round": None, "outcome": None}
        tally.add("parties", *compare(found.parties, want["parties"], table))
        tally.add("mediators", *compare(found.mediators, want["mediators"], table))
        place, due_place = _place(found, coding), want["place"]
        right = place is not None and _is_place(place, due_place)
        needed = bool(due_place) and not due_place[0].startswith("?")
        tally.add("venue", int(right and needed), int(place is not None and not right), int(needed and not right))
        days = _days(found)
        tally.add(
            "days", int(days is not None and days in (want["days"] or [])),
            int(days is not None and days not in (want["days"] or [])), int(bool(want["days"]) and days not in want["days"]),
        )  # fmt: skip
        same = found.round == want["round"]
        tally.add(
            "round",
            int(same and found.round is not None),
            int(found.round is not None and not same),
            int(want["round"] is not None and not same),
        )
        if gold is not None:
            good = talks is not None and talks.outcome in gold["outcome"]
            tally.add("outcome", int(good), 0, int(not good))


def gold_rows(half: str = "both") -> list[dict]:
    """The rows of gold.jsonl: "odd" lines are for development, "even" lines for the final figure."""
    rows = [json.loads(line) for line in (HERE / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    return {"odd": rows[::2], "even": rows[1::2], "both": rows}[half]


def longer_rows(name: str = "longer", half: str = "both") -> list[dict]:
    """The rows of longer.jsonl or more.jsonl: documented talks as a newspaper tells them. "even" ids are for development."""
    rows = [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [r for r in rows if half == "both" or (half == "odd") == bool(int(r["id"][1:]) % 2)]


def code(row: dict) -> Coding:
    """Code one row as it would come in a table."""
    published = datetime.date.fromisoformat(row["published"][:10])
    return dateline.code_text(row["text"], title=row.get("title"), published=published, publisher=row.get("publisher"))


def show(coding: Coding) -> Iterator[str]:
    """The talks of a coding as lines to read."""
    names = {a.id: f"{a.name} [{a.kind} {a.country} {a.sector}]" for a in coding.actors}
    for t in coding.talks:
        yield (
            f"   found: {'; '.join(names[p] for p in t.parties)} | M {'; '.join(names[m] for m in t.mediators)} | "
            f"{_place(t, coding)} {_days(t)} round {t.round} {t.outcome} | {t.subject}"
        )


def corpus_due(article: dict, talks: dict) -> list[dict]:
    """The rounds that an article tells of, with the parties and mediators that its text names."""
    names, text, due = talks["parties"], article["title"] + " " + article["text"], []

    def named(parties: list[str]) -> list[list[str]]:
        """Names, aliases and the state's code; those that the text does not name are not demanded."""
        found = []
        for party in parties:
            entry = names.get(party, {"aliases": [], "countries": [], "kind": ""})
            words = [party, *entry["aliases"]]
            codes = entry["countries"] if entry["kind"] in ("government", "country", "igo") else []
            mark = "" if any(w in text for w in words) else "?"
            found.append([mark + w for w in (*words, *codes)])
        return found

    for process in talks["processes"]:
        for round_ in process["rounds"]:
            if article["id"] not in round_["articles"]:
                continue
            outcomes = [key for key, ids in round_["outcomes"].items() if article["id"] in ids]
            due.append(
                {
                    "id": round_["id"],
                    "parties": named(round_["parties"]),
                    "mediators": [["?" + w.lstrip("?") for w in m] for m in named(round_["mediators"] + round_["hosts"])],
                    "place": ["?" + w for w in re.split(r", ", round_["venue"])] if round_["venue"] else None,
                    "outcome": outcomes,
                }
            )  # fmt: skip
    return due


def score_corpus(article: dict, coding: Coding, due: list[dict], tally: Tally) -> None:
    """Add one article of the corpus: every due round should be found, with no stranger among parties and mediators."""
    table = {a.id: a for a in coding.actors}
    for want in due:
        ranked = sorted(
            coding.talks,
            key=lambda t: (
                -compare(t.parties, want["parties"], table)[0],
                -_is_place(_place(t, coding) or "", want["place"]),
                t.outcome not in want["outcome"],
            ),
        )
        best = (
            ranked[0]
            if ranked
            and any(
                is_named(table[p], table, [w for party in want["parties"] for w in party]) for p in ranked[0].parties
            )
            else None
        )
        tally.add("rounds", int(best is not None), 0, int(best is None))
        found = best or Talks("", ())
        tally.add("parties", *compare(found.parties, want["parties"], table))
        right = [m for m in found.mediators if any(is_named(table[m], table, w) for w in want["mediators"])]
        tally.add("mediators", len(right), len(found.mediators) - len(right), 0)
        if best is not None and _place(best, coding):
            good = _is_place(_place(best, coding), want["place"])
            tally.add("venue", int(good), int(not good), 0)
        if want["outcome"]:
            good = best is not None and best.outcome in want["outcome"]
            tally.add("outcome", int(good), 0, int(not good))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["gold", "longer", "more", "corpus"])
    parser.add_argument("--half", choices=["odd", "even", "both"], help="gold: odd, the others: both")
    parser.add_argument("--prefix", nargs="+", default=["ni-", "vk-"])
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    tally = Tally()
    if arguments.what in ("gold", "longer", "more"):
        half = arguments.half or ("odd" if arguments.what == "gold" else "both")
        for row in gold_rows(half) if arguments.what == "gold" else longer_rows(arguments.what, half):
            coding = code(row)
            score_one(coding, row["talks"], tally)
            if arguments.show:
                print(f"## {row['id']} {row['kind']} ({row['published']})\n{row['text']}")
                print(*(f"   due:   {json.dumps(d, ensure_ascii=False)}" for d in row["talks"]), sep="\n")
                print(*show(coding), sep="\n")
    else:
        folder = HERE.parent / "corpus"
        talks = json.loads((folder / "gold_talks.json").read_text(encoding="utf-8"))
        for line in (folder / "articles.jsonl").read_text(encoding="utf-8").splitlines():
            article = json.loads(line)
            if not article["id"].startswith(tuple(arguments.prefix)):
                continue
            due, coding = corpus_due(article, talks), code(article)
            score_corpus(article, coding, due, tally)
            tally.add("rows", len(coding.talks), 0, 0)
            if arguments.show:
                print(f"## {article['id']} {article['title']} ({article['published']})\n{article['text']}")
                print(*(f"   due: {d['id']} {d['outcome']}" for d in due), *show(coding), sep="\n")
    print(*tally.lines(), sep="\n")


if __name__ == "__main__":
    main()
