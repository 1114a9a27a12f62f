"""What joining costs: a whole record from scratch, and one article more, over invented records of growing size.

usage: join.py [--dense] [SIZE ...]          sizes in events (reports), default 10000 31600 100000

A corpus grows in time and in countries: from 10^4 events on, days and states grow with the square root of their number.
With --dense both stay (1,000 days, 40 states), so that the same dyad and week hold ever more look-alikes.

Prints CPU seconds, since other work may run beside. The record is invented but not kind: 40 states whose dyads follow a
power law, several like events a week in the busiest, half of all events told by two to six texts, every tenth article a
reprint, talks month by month, statements with pledges. With 10^5 events an article more may take 50 ms (issue 6).
"""

from __future__ import annotations

import datetime
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

from dateline.corroborate import join
from dateline.model import EVENT_TYPES, MODES
from dateline.model.event import QUADS
from dateline.record import Record, open_record

DAYS = 1000
FIRST = datetime.date(2021, 1, 4)
PER_ARTICLE = 4
STATES = 40
_LETTERS = random.Random(3)
VOCABULARY = [
    "".join(_LETTERS.choice("bdfgklmnprstv" if i % 2 == 0 else "aeiou") for i in range(7)) for _ in range(8000)
]


def words(count: int, rng: random.Random) -> list[str]:
    """Words of which some are common and most are rare."""
    return [VOCABULARY[int(len(VOCABULARY) * rng.random() ** 2)] for _ in range(count)]


def name(state: int) -> str:
    """The code of an invented state."""
    return f"X{chr(65 + state // 26)}{chr(65 + state % 26)}"


def events(count: int, rng: random.Random, grown: float) -> Iterator[tuple[int, dict]]:  # type: ignore[type-arg]
    """Reports (day, event), `count` of them. `grown`: how many times the days and states of the smallest record."""
    told = 0
    days, states = int(DAYS * grown), int(STATES * grown)
    while told < count:
        a = min(states, int(rng.paretovariate(0.8))) - 1
        b = rng.choice([s for s in range(states // 2) if s != a])
        kind = rng.choices(EVENT_TYPES, [6, 10, 4, 2, 2, 3, 3, 6, 14, 6, 5, 3, 5, 5, 7, 19])[0]
        day = rng.randrange(days)
        event = {
            "type": kind, "mode": rng.choice(MODES[kind]) if kind in MODES else None, "a": name(a), "b": name(b), "day": day,
            "place": f"Town {rng.randrange(400)}", "words": words(9, rng),
            "killed": rng.randrange(1, 30) if kind == "ASSAULT" else None,
        }  # fmt: skip
        for _ in range(1 if rng.random() < 0.5 else rng.randrange(2, 7)):
            told += 1
            yield day + rng.choice((0, 0, 0, 1, 1, 2)), event
            if told == count:
                return


def fill(path: Path, count: int, dense: bool = False, seed: int = 5) -> list[dict[str, list[tuple]]]:  # type: ignore[type-arg]
    """A record of `count` events, written straight into the tables, and the rows of 40 articles more."""
    rng = random.Random(seed)
    with open_record(path, create=True) as record:
        run = record.start_run("invented")
    grown = 1.0 if dense else max(1.0, (count / 10_000) ** 0.5)
    reports = sorted(events(count + 40 * PER_ARTICLE, rng, grown), key=lambda r: r[0])
    articles = [reports[i : i + PER_ARTICLE] for i in range(0, len(reports), PER_ARTICLE)]
    later = set(rng.sample(range(len(articles)), 40))
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("INSERT INTO coder VALUES ('coder-1', '0', '{}', '')")
    held, text = [], ""
    db.execute("BEGIN")
    for n, told in enumerate(articles):
        text = text if n % 10 == 9 and text else " ".join(words(150, rng))
        rows = _rows(n, told, text, run, rng)
        if n in later:
            held.append(rows)
        else:
            put(db, rows)
    db.execute("COMMIT")
    db.execute("ANALYZE")
    db.close()
    return held


def _rows(n: int, told: list, text: str, run: str, rng: random.Random) -> dict[str, list[tuple]]:  # type: ignore[type-arg]
    id_ = f"sha256:{n:064x}"
    day = (FIRST + datetime.timedelta(days=told[-1][0])).isoformat()
    rows: dict[str, list[tuple]] = {  # type: ignore[type-arg]
        "article": [(id_, f"rev-{n}", f"p/{n}", f"https://e.example/{n}", f"Title {n}", "[]", f"Paper {n % 30}", day, "en", "[]", 0, text, run)],
        "revision": [(f"rev-{n}", id_, "coder-1", day, run, zlib.compress(b"{}"))],
        "actor": [], "place": [], "event": [], "event_actor": [], "statement": [], "statement_addressee": [], "talks": [],
        "talks_actor": [],
    }  # fmt: skip
    cast: dict[str, str] = {}
    for i, (_, e) in enumerate(told):
        for state in (e["a"], e["b"]):
            if state not in cast:
                cast[state] = f"actor-{n}-{state}"
                rows["actor"].append(
                    (cast[state], id_, state, state, f"State {state}", "government", state, "GOV", "[]", "b", run)
                )
        place = f"place-{n}-{i}"
        town = int(e["place"].split()[1])
        rows["place"].append(
            (place, id_, f"p{i}", e["place"], "city", e["b"], town % 60 - 30, town % 170 - 85, "b", run)
        )
        kept = [w for w in e["words"] if rng.random() < 0.75] + words(2, rng)
        evidence = f"State {e['a']} {e['type'].lower()} State {e['b']} {' '.join(kept)} at {e['place']}"
        when = (FIRST + datetime.timedelta(days=e["day"])).isoformat()
        killed = e["killed"] + rng.choice((0, 0, 0, 2)) if e["killed"] else None
        event = f"event-{n}-{i}"
        rows["event"].append(
            (
                event,
                id_,
                f"e{i}",
                e["type"],
                e["mode"],
                QUADS[e["type"]],
                0.0,
                "[]",
                when,
                when,
                place,
                "actual",
                killed,
                0,
                50,
                evidence,
                0.9,
                "b",
                run,
            )
        )
        rows["event_actor"] += [(event, "actor", 0, cast[e["a"]]), (event, "recipient", 0, cast[e["b"]])]
    first = told[0][1]
    for i in range(3):
        act = rng.choice(("ACCUSE", "STATE", "AGREE", "REQUEST", "REJECT"))
        said = f"to {' '.join(words(7, rng))}"
        rows["statement"].append(
            (f"statement-{n}-{i}", id_, f"s{i}", cast[first["a"]], act, "indirect", day, "noted", 0, 50, said, "b", run)
        )
        rows["statement_addressee"].append((f"statement-{n}-{i}", 0, cast[first["b"]]))
    if n % 10 == 0:
        rows["talks"].append((f"talks-{n}", id_, "t1", f"place-{n}-0", day, day, "unknown", "b", run))
        rows["talks_actor"] += [
            (f"talks-{n}", "party", 0, cast[first["a"]]),
            (f"talks-{n}", "party", 1, cast[first["b"]]),
        ]
    return rows


INTO = {
    "article": "id, revision_id, source, url, title, authors, publisher, published, language, dateline, body_start, text, run_id",
    "revision": "id, article_id, coder_id, made, run_id, coding",
    "actor": "id, article_id, local, key, name, kind, country, sector, other_sectors, origin, run_id",
    "place": "id, article_id, local, name, kind, country, lat, lon, origin, run_id",
    "event": "id, article_id, local, type, mode, quad, score, contexts, start_date, end_date, place_id, status, killed, "
    "start_offset, end_offset, evidence, confidence, origin, run_id",
    "event_actor": "event_id, role, position, actor_id",
    "statement": "id, article_id, local, speaker_id, act, quotation, date, cue_text, start_offset, end_offset, text, origin, run_id",
    "statement_addressee": "statement_id, position, actor_id",
    "talks": "id, article_id, local, place_id, start_date, end_date, outcome, origin, run_id",
    "talks_actor": "talks_id, role, position, actor_id",
}


def put(db: sqlite3.Connection, rows: dict[str, list[tuple]]) -> None:  # type: ignore[type-arg]
    """Insert the rows of one article."""
    for table, columns in INTO.items():
        if rows[table]:
            marks = ", ".join("?" * len(rows[table][0]))
            db.executemany(f"INSERT INTO {table}({columns}) VALUES ({marks})", rows[table])


def one_more(record: Record, rows: dict[str, list[tuple]]) -> float:  # type: ignore[type-arg]
    """CPU milliseconds that joining one article takes, its writing not counted."""
    db = sqlite3.connect(record.path, isolation_level=None)
    db.execute("BEGIN")
    put(db, rows)
    db.execute("COMMIT")
    db.close()
    started = time.process_time()
    join(record, [rows["article"][0][0]])
    return 1000 * (time.process_time() - started)


def main() -> None:
    dense = "--dense" in sys.argv
    sizes = [int(s) for s in sys.argv[1:] if s != "--dense"] or [10_000, 31_600, 100_000]
    print(
        "| events | articles | whole join, CPU s | ms an event | clusters | one article more, CPU ms: median | 95 % | worst |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.record"
            held = fill(path, size, dense)
            record = open_record(path)
            started = time.process_time()
            join(record)
            whole = time.process_time() - started
            counts = record.joined_counts()
            more = sorted(one_more(record, rows) for rows in held)
            print(
                f"| {size} | {record.articles().count()} | {whole:.1f} | {1000 * whole / size:.2f} | {counts['events']} | "
                f"{statistics.median(more):.1f} | {more[int(len(more) * 0.95)]:.1f} | {more[-1]:.1f} |",
                flush=True,
            )
            print(json.dumps(counts), file=sys.stderr)


if __name__ == "__main__":
    main()
