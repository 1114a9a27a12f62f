"""The corpus of tests/corpus as codings, and its gold in the record's ids; the measures that are taken over it.

`gold_codings` turns the gold events into what a coder without fault would have written: one event a report, with the
gold's type, mode, sides and days, a place only where the article names it, and the figures of the evidence. It is the
test of the joiner itself. Dateline's own codings of the articles are the test of both together (score_corpus.py).
"""

from __future__ import annotations

import datetime
import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from dateline.model import Actor, Article, Coder, Coding, Event, Magnitude, Place, Span, Talks
from dateline.model.event import QUADS
from dateline.record import Record, open_record

OUTCOMES = ("none", "agreement", "partial", "adjourned", "ongoing")
FOLDER = Path(__file__).parents[1] / "corpus"
CHOSEN = ("northern-ireland", "darfur")
"""The processes on which thresholds and weights were chosen; sudan(-igad) and amber-valley only measure."""


@cache
def gold(name: str) -> Any:
    return json.loads((FOLDER / f"gold_{name}.json").read_text(encoding="utf-8"))


@cache
def articles() -> dict[str, dict[str, Any]]:
    lines = (FOLDER / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, lines)}


def half(article: str) -> str:
    """Which half of the corpus an article belongs to: "chosen" or "held"."""
    return "chosen" if article.startswith("ni-") else "held"


def article(name: str) -> Article:
    """The article as the reader would make it. Its id comes from title and text, as in the package."""
    row = articles()[name]
    identity = hashlib.sha256(f"{row['title']}\0{row['text']}".encode()).hexdigest()
    return Article(
        f"sha256:{identity}", f"corpus/{name}", row["text"], name, row["url"], row["title"], (), row["publisher"],
        datetime.date.fromisoformat(row["published"][:10]), "table", "en",
    )  # fmt: skip


@cache
def ids() -> dict[str, str]:
    """Article id of the record → label of the corpus."""
    return {article(name).id: name for name in articles()}


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def figure(words: str) -> int | None:
    digits = re.sub(r"\D", "", words)
    return int(digits) if digits else None


@cache
def gold_codings() -> dict[str, Coding]:
    """One coding an article, with the gold events that it reports and the gold talks that it tells of."""
    reports: dict[str, list[tuple[dict[str, Any], dict[str, Any]]]] = defaultdict(list)
    for cluster in gold("clusters")["clusters"]:
        for report in cluster["reports"]:
            reports[report["article"]].append((cluster, report))
    rounds: dict[str, list[tuple[dict[str, Any], bool]]] = defaultdict(list)
    for process in gold("talks")["processes"]:
        for one in process["rounds"]:
            for name in (*one["articles"], *one["announced_in"]):
                rounds[name].append((one, name in one["announced_in"]))
    return {name: _coding(article(name), reports[name], rounds[name]) for name in articles()}


def gold_talks_id(name: str, round_: str) -> str:
    """The local id of the talks in `gold_codings` by which an article tells of a round."""
    return f"t-{round_}"


def _says(text: str, name: str) -> bool:
    """Whether a text names a party: by its name or by another one of the gold list."""
    party = gold("talks")["parties"].get(name, {"aliases": []})
    return any(re.search(rf"\b{re.escape(word)}", text) for word in (name, *party["aliases"]))


def _talks(at: Article, one: dict[str, Any], announces: bool, actor: Any, place: Any) -> Talks:
    """One round as this article can tell it: who is named in it, and venue, days and number where its words give them."""

    def who(names: list[str]) -> tuple[str, ...]:
        known = gold("talks")["parties"]
        return tuple(
            dict.fromkeys(
                actor({"name": n, "countries": known.get(n, {}).get("countries", []), "kind": known.get(n, {}).get("kind", "other")})
                for n in names
                if _says(f"{at.title} {at.text}", n)
            )
        )  # fmt: skip

    def dated(day: str | None) -> datetime.date | None:
        """The day, if the text prints it or the article came out on it or the day after."""
        if day is None:
            return None
        date = datetime.date.fromisoformat(day)
        printed = re.search(rf"\b{date:%B} {date.day}\b|\b{date.day} {date:%B}\b", at.text)
        return date if printed or 0 <= (at.published - date).days <= 1 else None  # type: ignore[operator]

    start, end = dated(one["start"]), dated(one["end"])
    words = {1: "first", 2: "second", 3: "third", 4: "fourth"}
    number = one["number"]
    numbered = number and re.search(
        rf"\b{words[number]} (?:\w+ )?(?:round|meeting|talks)|\bround {number}\b", at.text, re.I
    )
    outcome = next((o for o, told in one["outcomes"].items() if at.key in told and o in OUTCOMES), "unknown")
    first = at.text.split("\n")[0]
    return Talks(
        gold_talks_id(at.key or "", one["id"]), who(one["parties"]), who(one["mediators"]), place(one["venue"]),
        None if announces and end and not start else start or end, end or start, number if numbered else None, None,
        "announced" if announces else outcome, (span(at.text, first),), 1.0, "gold",
    )  # fmt: skip


def _coding(
    at: Article, reports: list[tuple[dict[str, Any], dict[str, Any]]], rounds: list[tuple[dict[str, Any], bool]]
) -> Coding:
    actors: dict[str, Actor] = {}
    places: dict[str, Place] = {}
    events = []

    def actor(given: Mapping[str, Any]) -> str:
        country = given["countries"][0] if given["countries"] else None
        key = f"{given['name'].casefold()}|{country or ''}"
        if key not in actors:
            sector = "GOV" if given["kind"] == "government" else None
            actors[key] = Actor(
                f"a{len(actors) + 1}", given["name"], given["kind"], country, sector, key=key, origin="gold"
            )
        return actors[key].id

    def venue(name: str) -> str | None:
        town = name.split(",")[-1].strip()
        if not any(part.strip() in at.text for part in name.split(",")):
            return None
        places.setdefault(town, Place(f"p{len(places) + 1}", town, None, kind="city", origin="gold"))
        return places[town].id

    for cluster, report in reports:
        place = cluster["place"]
        named = place and place["name"].split(",")[0] in at.text
        if named and place["name"] not in places:
            places[place["name"]] = Place(
                f"p{len(places) + 1}", place["name"], place["country"], kind="city", origin="gold"
            )
        toll = {k: figure(v) for k, v in report["says"].items() if k in ("killed", "injured", "arrested")}
        events.append(
            Event(
                f"e{len(events) + 1}", cluster["type"], cluster["mode"], tuple(dict.fromkeys(map(actor, cluster["actors"]))),
                tuple(dict.fromkeys(map(actor, cluster["recipients"]))), span(at.text, report["evidence"]), _day(cluster["start"]),
                _day(cluster["end"]), places[place["name"]].id if named else None,
                "historical" if report["background"] else "actual", (), QUADS[cluster["type"]], None, None, Magnitude(**toll), 1.0,
                "gold",
            )
        )  # fmt: skip
    talks = tuple(_talks(at, one, announces, actor, venue) for one, announces in rounds)
    return Coding(Coder("gold"), at, tuple(actors.values()), tuple(places.values()), events=tuple(events), talks=talks)


def _day(value: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if value else None


def filled(path: Path, codings: Iterable[Coding]) -> Record:
    """A record of these codings, not joined yet."""
    record = open_record(path, create=True)
    run = record.start_run("corpus")
    for coding in codings:
        record.write(coding, run)
    record.finish_run(run)
    record.close()
    return record


def given(path: Path) -> dict[str, Coding]:
    """Codings of the corpus by label, from a file that `dateline code articles.jsonl --json` wrote."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        coding = Coding.from_json(line)
        found[str(coding.article.key)] = replace(coding)
    return found


def b_cubed(found: Mapping[Hashable, Hashable], true: Mapping[Hashable, Hashable]) -> tuple[float, float, float]:
    """Precision, recall and F1 by B-cubed over the things that both name (Bagga and Baldwin 1998)."""
    things = [t for t in true if t in found]
    by_found, by_true = defaultdict(set), defaultdict(set)
    for t in things:
        by_found[found[t]].add(t)
        by_true[true[t]].add(t)
    if not things:
        return 0.0, 0.0, 0.0
    precision = sum(len(by_found[found[t]] & by_true[true[t]]) / len(by_found[found[t]]) for t in things) / len(things)
    recall = sum(len(by_found[found[t]] & by_true[true[t]]) / len(by_true[true[t]]) for t in things) / len(things)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pairs(found: Mapping[Hashable, Hashable], true: Mapping[Hashable, Hashable]) -> tuple[float, float]:
    """Precision and recall over the pairs that stand together."""
    things = sorted((t for t in true if t in found), key=str)
    mine = {(a, b) for i, a in enumerate(things) for b in things[i + 1 :] if found[a] == found[b]}
    gold_ = {(a, b) for i, a in enumerate(things) for b in things[i + 1 :] if true[a] == true[b]}
    return len(mine & gold_) / max(1, len(mine)), len(mine & gold_) / max(1, len(gold_))
