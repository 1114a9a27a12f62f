"""Invented news and its coding, for tests and benchmarks of the desk: `python synthetic.py FILE [ARTICLES]`.

States, people, papers and words are fictional; every sentence is made from the templates below. `codings` gives whole
codings (written by Record.write); `fill` writes rows straight into the tables, for records of a million events.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import random
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dateline.model import (
    EVENT_TYPES,
    MODES,
    QUADS,
    Actor,
    Article,
    Coder,
    Coding,
    DateExpression,
    Event,
    Magnitude,
    Place,
    Problem,
    Span,
    Statement,
    Talks,
)
from dateline.record import Record

CODER = Coder("0.1.0", {"attribution": "sha256:1", "events": "sha256:2"}, "sha256:3")
STATES = {
    "Ruritania": ("RUR", "Strelsau", 49.5, 15.5, "Ana Belic", "foreign minister"),
    "Graustark": ("GRA", "Edelweiss", 46.6, 13.8, "Otto Kern", "government spokesman"),
    "Karlovia": ("KAR", "Karlsburg", 47.4, 19.1, "Ilse Varga", "special envoy"),
    "Melkland": ("MEL", "Melk", 52.1, 21.0, "Jonas Tal", "president"),
    "Syldavia": ("SYL", "Klow", 43.9, 20.4, "Mira Dusan", "prime minister"),
    "Borduria": ("BOR", "Szohod", 41.3, 23.5, "Pal Trovic", "defence minister"),
}
REBELS = ("Hentzau Front", "Zenda League")
TOWNS = [("Zenda", "RUR", 49.0, 14.2), ("Hentzau", "RUR", 50.1, 16.3), ("Ganlook", "GRA", 46.2, 14.6), ("Tarlen", "GRA", 47.0, 12.9)]  # fmt: skip
PAPERS = ("The Strelsau Mail", "Graustark Courier", "Karlovian Wire", "Northern Post")
SAID = {
    "ACCUSE": ("accused", "{t} has been shelling our villages for a week", "of breaking the truce along the river"),
    "REJECT": ("rejected", "we will not discuss the valley under fire", "the demand to open the archives"),
    "THREATEN": ("warned", "any crossing of the river will be answered", "that its patience has an end"),
    "REQUEST": ("demanded", "the monitors must be let into the valley", "that all prisoners be released by winter"),
    "AGREE": ("promised", "we will send our engineers to repair the bridge", "to receive the monitors in spring"),
    "CONCEDE": ("offered", "we are ready to draw back our guns by ten miles", "to reopen the road on Monday"),
    "SUPPORT": ("praised", "the plan of the envoy is fair to both sides", "the work of the mediators"),
    "STATE": ("said", "the talks will take as long as they take", "that the delegation arrived in the morning"),
}
DONE = {
    "ASSAULT": ("{a} shelled a {r} border post near {p}, killing {n} guards", "heavy-weapons"),
    "COERCE": ("{a} seized two {r} barges on the river at {p}", "seize"),
    "MOBILIZE": ("{a} moved three brigades towards the {r} border near {p}", "troops"),
    "AID": ("{a} sent {n} trucks of flour to {r} through {p}", None),
    "RETREAT": ("{a} released {n} {r} prisoners at {p}", "release"),
    "SANCTION": ("{a} expelled two envoys of {r} from {p}", "expel"),
    "COOPERATE": ("{a} and engineers of {r} rebuilt the bridge at {p}", None),
}
SCORES = {"verbal cooperation": 3.0, "material cooperation": 6.5, "verbal conflict": -3.0, "material conflict": -8.0}
OUTCOMES = ("none", "agreement", "partial", "adjourned", "ongoing", "announced", "unknown")
FIRST = datetime.date(2023, 1, 2)


class _Text:
    """Text that grows and knows where its pieces are."""

    def __init__(self) -> None:
        self.text = ""

    def add(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text), words)

    def find(self, words: str, after: int = 0) -> Span:
        start = self.text.index(words, after)
        return Span(start, start + len(words), words)

    def every(self, words: str) -> tuple[Span, ...]:
        found, at = [], self.text.find(words)
        while at >= 0:
            found.append(Span(at, at + len(words), words))
            at = self.text.find(words, at + len(words))
        return tuple(found)


def codings(count: int, seed: int = 7) -> Iterator[Coding]:
    """`count` codings, the same for the same seed: two out of three tell of a dispute, one of a round of talks."""
    rng = random.Random(seed)
    for number in range(count):
        day = FIRST + datetime.timedelta(days=number * 900 // max(count, 1))
        yield coding(number, day, rng)


def coding(number: int, day: datetime.date, rng: random.Random) -> Coding:
    """One coding: a headline, a deed, what both sides said to it, and in every third article talks."""
    ours, theirs, host = rng.sample(list(STATES), 3) if number % 4 else ("Ruritania", "Graustark", "Karlovia")
    rebels = rng.choice(REBELS)
    met = number % 3 == 0
    town, town_country, lat, lon = rng.choice(TOWNS)
    deed = rng.choice(list(DONE))
    outcome = OUTCOMES[(number // 3) % len(OUTCOMES)]
    book = _Text()
    dateline = book.add(f"{STATES[host][1].upper() if met else town.upper()} — ")
    weekday = day.strftime("%A")
    toll = rng.randint(2, 30)
    first = book.add(DONE[deed][0].format(a=ours, r=theirs, p=town, n=toll))
    when = book.find(weekday, 0) if weekday in book.text else None
    book.add(" on ")
    when = book.add(weekday)
    book.add(f", officials told {rng.choice(PAPERS)}.\n\n")
    made: list[Statement] = []
    acts: list[str] = []
    for turn in range(rng.randint(3, 6)):
        side, other = ((ours, theirs), (theirs, ours))[turn % 2]
        act = rng.choice(list(SAID))
        cue, direct, indirect = SAID[act]
        person, role = STATES[side][4], STATES[side][5]
        source = book.add(f"{side}’s {role}, {person}," if turn < 2 else person)
        book.add(" ")
        cue_span = book.add(cue if act in ("SUPPORT", "REJECT", "STATE") else f"{cue} {other}")
        cue_span = Span(cue_span.start, cue_span.start + len(cue), cue)
        if turn % 2 == 0:
            book.add(": ")
            content = (book.add(f"“{direct.format(t=other)}”"),)
            kind = "direct"
        else:
            book.add(" ")
            content = (book.add(indirect),)
            kind = "indirect"
        book.add(". " if turn % 2 == 0 else ".\n\n")
        acts.append(act)
        made.append(
            Statement(
                f"s{turn + 1}", "a3" if side == ours else "a4", source, cue_span, content, kind, act,
                () if act == "STATE" else ("a2" if side == ours else "a1",), day, round(rng.uniform(0.4, 0.99), 2),
                "attribution",
            )
        )  # fmt: skip
    book.add("" if book.text.endswith("\n\n") else "\n\n")
    round_ = number // 3 + 1
    talks: tuple[Talks, ...] = ()
    evidence: list[Span] = []
    if met:
        evidence.append(
            book.add(f"Delegations of {ours} and {theirs} met in {STATES[host][1]} under the mediation of {host}")
        )
        book.add(". ")
        evidence.append(book.add(f"It was their round {round_} of talks on the river valley; the outcome: {outcome}"))
        book.add(".\n\n")
    book.add(f"The {rebels} had no seat at the table. {host} called for calm.")

    def state(n: str, name: str) -> Actor:
        return Actor(
            n, name, "country", STATES[name][0], "GOV", registry_id=STATES[name][0].lower(),
            key=STATES[name][0].lower(), mentions=book.every(name), origin="registry",
        )  # fmt: skip

    def person(n: str, name: str, of: str) -> Actor:
        code, _, _, _, called, role = STATES[name]
        return Actor(
            n, called, "person", code, "MIL" if "defence" in role else "GOV", (), role, of, None,
            f"{called.casefold()}|{code}", book.every(called), origin="apposition",
        )  # fmt: skip

    actors = (
        state("a1", ours), state("a2", theirs), person("a3", ours, "a1"), person("a4", theirs, "a2"), state("a5", host),
        Actor("a6", rebels, "armed group", "RUR", "REB", registry_id=None, key=f"{rebels.casefold()}|RUR",
              mentions=book.every(rebels), origin="ner"),
    )  # fmt: skip
    capital = STATES[host]
    places = [
        Place("p1", town, town_country, None, lat, lon, None, 0.86, (*book.every(town), *book.every(town.upper())), "city", "rank"),
        Place("p2", capital[1], capital[0], None, capital[2], capital[3], None, 0.95, (*book.every(capital[1]), *book.every(capital[1].upper())), "city", "rank"),
    ]  # fmt: skip
    confidence = round(rng.uniform(0.36, 0.98), 2)
    status = rng.choices(("actual", "historical", "hypothetical", "negated", "future"), (80, 8, 6, 3, 3))[0]
    events = [
        Event("e1", deed, DONE[deed][1], ("a1",), ("a2",), first, day, day, "p1", status, ("military", "territory"), QUADS[deed],
              SCORES[QUADS[deed]], None, Magnitude(killed=toll if deed == "ASSAULT" else None), confidence, "pair model"),
    ]  # fmt: skip
    for said, act in zip(made, acts, strict=True):
        if act == "STATE" or (act, said.speaker) in {(e.type, e.actors[0]) for e in events}:
            continue
        span = Span(said.source.start, said.content[-1].end, book.text[said.source.start : said.content[-1].end])
        events.append(
            Event(f"e{len(events) + 1}", act, None, (said.speaker,), said.addressees, span, day, day, None, "actual",
                  ("diplomatic",), QUADS[act], SCORES[QUADS[act]], said.id, Magnitude(), round(rng.uniform(0.4, 0.97), 2),
                  "pair model")
        )  # fmt: skip
    if met:
        talks = (
            Talks("t1", ("a1", "a2"), ("a5",), "p2", day, day + datetime.timedelta(days=number % 2), round_,
                  "the river valley", outcome, tuple(evidence), round(rng.uniform(0.6, 0.95), 2), "join"),
        )  # fmt: skip
        events.append(
            Event(f"e{len(events) + 1}", "CONSULT", "third-party", ("a1", "a2"), (), evidence[0], day, day, "p2", "actual",
                  ("diplomatic",), QUADS["CONSULT"], 1.0, None, Magnitude(), 0.9, "pair model")
        )  # fmt: skip
    dates = (DateExpression("d1", when.text, when.start, when.end, day, day, "day", "grammar"),)
    title = (
        f"{ours} and {theirs} meet in {capital[1]}, round {round_}"
        if met
        else f"{deed.title()} at {town} alarms {theirs}"
    )
    digest = hashlib.sha256(f"{number}{book.text}".encode()).hexdigest()
    problems = (Problem("dates", f"no year given for '{weekday}'"),) if number % 9 == 0 else ()
    return Coding(
        CODER,
        Article(f"sha256:{digest}", f"pages/{number}.html", book.text, None, f"https://example.org/{number}", title,
                ("J. Doe",), PAPERS[number % len(PAPERS)], day, "meta", "en",
                (dateline.text.split(" —")[0].title(),), dateline.end),
        actors, tuple(places), dates, tuple(made), tuple(events), talks, problems,
    )  # fmt: skip


def retold(one: Coding) -> Coding:
    """The same report in another paper, with a sentence of its own at the end."""
    paper = PAPERS[(PAPERS.index(str(one.article.publisher)) + 1) % len(PAPERS)]
    article = replace(
        one.article, id=one.article.id[:-4] + "beef", source=one.article.source.replace("pages", "again"), publisher=paper,
        text=one.article.text + " Our own reporter adds that the night was quiet.", url=None,
    )  # fmt: skip
    return replace(one, article=article)


def write(path: Path, count: int, seed: int = 7) -> None:
    """A record of `count` codings and two failed inputs."""
    with Record_(path) as record:
        run = record.start_run("invented pages")
        for number, one in enumerate(codings(count, seed)):
            record.write(one, run)
            if number % 10 == 0:
                record.write(retold(one), run)
        for name in ("pages/empty.html", "pages/huge.pdf"):
            record.write(
                Coding(CODER, Article(f"sha256:{name}", name, ""), problems=(Problem("read", "no text in it"),)), run
            )
        record.finish_run(run)


def Record_(path: Path) -> Record:
    from dateline.record import open_record

    return open_record(path, create=True)


def fill(path: Path, events: int, seed: int = 7) -> None:
    """A record of about `events` events written straight into the tables: four an article, with the same words.

    For measuring only: the revisions hold no coding.
    """
    rng = random.Random(seed)
    with Record_(path) as record:
        run = record.start_run("invented rows")
        record.finish_run(run)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA synchronous = OFF")
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("INSERT OR IGNORE INTO coder VALUES ('coder-1', '0.1.0', '{}', 'sha256:3')")
    names = list(STATES)
    people = [(f"Person {n}", STATES[names[n % len(names)]][0]) for n in range(20_000)]
    types = list(EVENT_TYPES)
    empty = zlib.compress(b"{}")
    articles = max(1, events // 4)
    for begin in range(0, articles, 10_000):
        _batch(db, rng, run, empty, types, names, people, range(begin, min(articles, begin + 10_000)))
    db.execute("UPDATE run SET added = ?", (articles,))
    fill_joined(db)
    db.execute("ANALYZE")
    db.close()


def fill_joined(db: sqlite3.Connection) -> None:
    """What `join` would make of such a record, in size and form: every talks a round, ten rounds a process, the statements of ten
    articles a round's positions, every third of them a pledge, the events of every two articles clusters of two reports."""
    db.execute("BEGIN")
    talks = db.execute(
        "SELECT t.id, t.article_id, t.start_date, t.round, t.outcome, a.name, a.key, b.name, b.key FROM talks t JOIN actor a ON "
        "a.article_id = t.article_id AND a.local = 'a1' JOIN actor b ON b.article_id = t.article_id AND b.local = 'a2' ORDER BY t.row"
    ).fetchall()
    for n, (id_, article, day, number, outcome, ours, our, theirs, their) in enumerate(talks):
        process = f"process-{n // 10}"
        if n % 10 == 0:
            db.execute("INSERT INTO process VALUES (?, ?, ?)", (process, f"{ours} – {theirs}", f'["{our}", "{their}"]'))
        said = [{"outcome": outcome, "articles": [article], "texts": 1, "evidence": None}]
        values = (f"round-{n}", process, n % 10 + 1, number, f"round {number}", "Strelsau", "RUR", None, None, day, day, outcome,
                  json.dumps(said), "the river", 1, "{}", "[]", "[]", "[]", "[]", "{}", f"round-{n + 1}")  # fmt: skip
        db.execute(f"INSERT INTO round VALUES ({', '.join('?' * len(values))})", values)
        for place, (name, key) in enumerate(((ours, our), (theirs, their))):
            db.execute("INSERT INTO round_party VALUES (?, 'party', ?, ?, ?, NULL)", (f"round-{n}", place, key, name))
        db.execute("INSERT INTO round_talks VALUES (?, ?, ?, 0)", (id_, f"round-{n}", article))
    kinds = ("blame", "demand", "refuse", "pledge", "threaten", "thank", "claim")
    sides = [(key, name) for *_, name, key, _, _ in talks] or [("x", "X")]
    every = db.execute("SELECT id, article_id, row FROM statement ORDER BY row").fetchall()
    for id_, article, row in every:
        n = min(int(row) // 30, len(talks) - 1)
        key, name = sides[n]
        position = (id_, key, f"position-{row}", f"round-{n}", article, name, kinds[row % 7], row % 2)
        db.execute("INSERT INTO position VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)", position)
        if row % 3 == 0:
            state = ("open", "open", "open", "kept", "broken", "disputed")[row // 3 % 6]
            kind = ("pledge", "demand", "threat")[row // 3 % 3]
            pledge = (f"pledge-{row}", id_, kind, key, name, "[]", "", "2021-01-01" if row % 2 else None, state)
            db.execute("INSERT INTO pledge VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, 'as invented', NULL)", pledge)
            db.execute("INSERT INTO pledge_statement VALUES (?, ?, ?)", (id_, f"pledge-{row}", article))
    found = db.execute(
        "SELECT id, article_id, type, start_date, start_offset, end_offset, evidence, row FROM event ORDER BY row"
    )
    for id_, article, kind, day, start, end, words, row in found.fetchall():
        cluster = f"cluster-{(row - 1) // 8}-{(row - 1) % 4}"
        if (row - 1) % 8 < 4:
            values = (cluster, kind, None, "actual", 0.0, "", "", "", "", "[]", day, day, *[None] * 8, "{}",
                      '{"place": []}', "{}", id_, start, end, words, article, 0.8)  # fmt: skip
            db.execute(f"INSERT INTO cluster VALUES ({', '.join('?' * len(values))})", values)
        db.execute("INSERT INTO report VALUES (?, ?, ?, ?, '{}')", (row, id_, article, cluster))
    db.execute("DELETE FROM touched")
    db.execute("COMMIT")


def _batch(db, rng, run, empty, types, names, people, numbers) -> None:  # type: ignore[no-untyped-def]
    rows: dict[str, list[tuple]] = {k: [] for k in ("article", "revision", "actor", "place", "statement", "event", "talks", "ea", "sa", "ta", "sc", "mention")}  # fmt: skip
    for n in numbers:
        day = (FIRST + datetime.timedelta(days=n % 1000)).isoformat()
        a = f"sha256:{n:064x}"
        ours, theirs = rng.sample(names, 2)
        text = f"STRELSAU — {ours} accused {theirs} of shelling the river towns in case {n}. Both met in Strelsau. " * 4
        rows["article"].append((a, f"revision-{n}", f"pages/{n}.html", f"Case {n} of {ours}", "[]", PAPERS[n % 4], day, "en", "[]", 0, text, run))  # fmt: skip
        rows["revision"].append((f"revision-{n}", a, "coder-1", day, run, empty))
        cast = [(ours, STATES[ours][0].lower(), "country", STATES[ours][0], "GOV"), (theirs, STATES[theirs][0].lower(), "country", STATES[theirs][0], "GOV")]  # fmt: skip
        for _ in range(2):
            who, code = people[int(rng.paretovariate(0.7)) % len(people)]
            cast.append((who, f"{who.casefold()}|{code}", "person", code, rng.choice(("GOV", "MIL", "REB", "OPP"))))
        for i, (name, key, kind, code, sector) in enumerate(cast):
            rows["actor"].append((f"actor-{n}-{i}", a, f"a{i + 1}", key, name, kind, code, sector, "[]", 11, 20, name, "ner", run))  # fmt: skip
            rows["mention"].append((f"mention-{n}-{i}", a, f"actor-{n}-{i}", 11, 20, text[11:20], run))
        town, country, lat, lon = rng.choice(TOWNS)
        label = f"{town} {n % 3000}"
        rows["place"].append((f"place-{n}", a, "p1", label, "city", country, lat + (n % 60) / 9, lon + (n % 50) / 9, 0, 8, text[:8], 0.9, "rank", run))  # fmt: skip
        for i in range(4):
            kind = types[int(rng.triangular(0, 15.99, 8))]
            modes = MODES.get(kind)
            rows["event"].append((f"event-{n}-{i}", a, f"e{i + 1}", kind, modes[0] if modes else None, QUADS[kind], SCORES[QUADS[kind]], "[]", day, day, f"place-{n}" if i % 2 else None, rng.choice(("actual", "actual", "actual", "historical", "hypothetical")), 11, 70, f"{ours} accused {theirs} of shelling the river towns in case {n}", round(rng.uniform(0.35, 1), 2), "pair model", run))  # fmt: skip
            rows["ea"] += [(f"event-{n}-{i}", "actor", 0, f"actor-{n}-{i % 4}"), (f"event-{n}-{i}", "recipient", 0, f"actor-{n}-{(i + 1) % 4}")]  # fmt: skip
        for i in range(3):
            rows["statement"].append((f"statement-{n}-{i}", a, f"s{i + 1}", f"actor-{n}-{i}", rng.choice(types), rng.choice(("direct", "indirect", "mixed")), day, 11, 70, f"shelling the river towns in case {n}", round(rng.uniform(0.35, 1), 2), "attribution", run))  # fmt: skip
            rows["sc"].append((f"statement-{n}-{i}", 0, 11, 70, f"shelling the river towns in case {n}"))
            rows["sa"].append((f"statement-{n}-{i}", 0, f"actor-{n}-{(i + 1) % 4}"))
        if n % 10 == 0:
            rows["talks"].append((f"talks-{n}", a, "t1", f"place-{n}", day, day, n % 9 + 1, "the river", OUTCOMES[n // 10 % 7], 11, 70, text[11:70], 0.8, "join", run))  # fmt: skip
            rows["ta"] += [(f"talks-{n}", "party", 0, f"actor-{n}-0"), (f"talks-{n}", "party", 1, f"actor-{n}-1")]
    into = {
        "article": "article(id, revision_id, source, title, authors, publisher, published, language, dateline, body_start, text, run_id)",
        "revision": "revision(id, article_id, coder_id, made, run_id, coding)",
        "actor": "actor(id, article_id, local, key, name, kind, country, sector, other_sectors, start_offset, end_offset, text, origin, run_id)",
        "mention": "mention(id, article_id, actor_id, start_offset, end_offset, text, run_id)",
        "place": "place(id, article_id, local, name, kind, country, lat, lon, start_offset, end_offset, text, confidence, origin, run_id)",
        "statement": "statement(id, article_id, local, speaker_id, act, quotation, date, start_offset, end_offset, text, confidence, origin, run_id)",
        "sc": "statement_content", "sa": "statement_addressee",
        "event": "event(id, article_id, local, type, mode, quad, score, contexts, start_date, end_date, place_id, status, start_offset, end_offset, evidence, confidence, origin, run_id)",
        "ea": "event_actor",
        "talks": "talks(id, article_id, local, place_id, start_date, end_date, round, subject, outcome, start_offset, end_offset, evidence, confidence, origin, run_id)",
        "ta": "talks_actor",
    }  # fmt: skip
    db.execute("BEGIN")
    for name, target in into.items():
        if rows[name]:
            marks = ", ".join("?" * len(rows[name][0]))
            db.executemany(f"INSERT INTO {target} VALUES ({marks})", rows[name])
    db.execute("COMMIT")


if __name__ == "__main__":
    size = int(sys.argv[2]) if len(sys.argv) > 2 else 120
    (fill if size > 5_000 else write)(Path(sys.argv[1]), size)
