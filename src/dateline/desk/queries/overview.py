"""The overview, the search across everything, runs and problems."""

from __future__ import annotations

import json
from typing import Any

from dateline.desk.columns import NO_DAY, day
from dateline.desk.queries import across
from dateline.desk.queries import rows as read
from dateline.desk.queries.dyads import busiest, changed
from dateline.desk.queries.talks import latest
from dateline.desk.store import Store
from dateline.record.query import marks

RANKED = 250
"""Up to so many matches are ranked by relevance; words that are more common come newest first, since ranking reads all of
their matches (360 ms at a million events)."""


def overview(store: Store) -> dict[str, Any]:
    """What the record holds."""
    snapshot = store.columns
    events = snapshot.events
    days = snapshot.articles.numbers["day"]
    dated = days[days > NO_DAY]
    first, last = (str(day(int(end))) for end in (dated.min(), dated.max())) if len(dated) else (None, None)
    change = changed(snapshot)
    return {
        "counts": {
            "articles": len(snapshot.articles), "events": len(events), "statements": len(snapshot.statements),
            "talks": len(snapshot.talks), "actors": len(snapshot.actors.keys),
            "problems": store.rows("SELECT count(*) AS n FROM problem")[0]["n"],
        },
        "published": {"first": first, "last": last},
        "types": [{"type": label, "events": count} for label, count in events.top("type", events.all(), 16)],
        "changed": change,
        "busiest": [] if change["dyads"] else busiest(snapshot),
        "processes": across.latest(store),
        "talks": latest(store),
        "problems": problems(store, None, 5)["problems"],
        "runs": runs(store, 1),
        "as_of": snapshot.made,
    }  # fmt: skip


def runs(store: Store, limit: int = 50) -> list[dict[str, Any]]:
    """The runs, latest first, with articles a minute where the run came to its end."""
    found = store.rows("SELECT * FROM runs_view ORDER BY row DESC LIMIT ?", (limit,))
    for run in found:
        run["seconds"] = _seconds(run["started"], run["finished"])
        done = run["added"] + run["replaced"] + run["unchanged"] + run["failed"]
        run["a_minute"] = round(60 * done / run["seconds"], 1) if run["seconds"] else None
    return found


def coders(store: Store) -> list[dict[str, Any]]:
    """What coded the articles in force: version, models, settings, and how many articles each."""
    return [{**one, "models": json.loads(one["models"])} for one in store.columns.coders]


def _seconds(started: str, finished: str | None) -> int | None:
    import datetime

    if finished is None:
        return None
    return int((datetime.datetime.fromisoformat(finished) - datetime.datetime.fromisoformat(started)).total_seconds())


def problems(store: Store, stage: str | None, limit: int, before: int | None = None) -> dict[str, Any]:
    """Problem rows, latest first, those of failed inputs before those of coded articles; and how many a stage has."""
    conditions: list[str] = ["1"]
    values: list[str | int] = []
    if stage is not None:
        conditions.append("stage = ?")
        values.append(stage)
    if before is not None:
        conditions.append("row < ?")
        values.append(before)
    rows = store.rows(
        f"SELECT * FROM problems_view WHERE {' AND '.join(conditions)} ORDER BY row DESC LIMIT ?", (*values, limit + 1)
    )
    stages = store.rows(
        "SELECT stage, count(*) AS problems, count(*) - count(article_id) AS failed FROM problem GROUP BY 1 ORDER BY 2 DESC"
    )
    more = len(rows) > limit
    return {"problems": rows[:limit], "stages": stages, "after": rows[limit - 1]["row"] if more else None}


def search(store: Store, text: str, limit: int = 8) -> dict[str, Any]:
    """The best matches among the newest of each kind: articles, statements, events, actors."""
    wanted = read.expression(text)
    found: dict[str, Any] = {"articles": [], "statements": [], "events": [], "actors": [], "more": {}}
    if wanted is not None:
        with store.reading() as db:
            for kind, key in (("article", "articles"), ("statement", "statements"), ("event", "events")):
                table = f"{kind}_search"
                ranked = db.execute(
                    f"SELECT rowid, rank FROM {table} WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT {RANKED}",
                    (wanted,),
                ).fetchall()
                found["more"][key] = {"found": len(ranked), "capped": len(ranked) == RANKED}
                best = [row[0] for row in sorted(ranked, key=lambda row: (row[1], -row[0]))[:limit]]
                found[key] = best
            found["snippets"] = {
                row[0]: row[1]
                for row in db.execute(
                    "SELECT rowid, snippet(article_search, 1, char(2), char(3), '…', 24) FROM article_search WHERE "
                    f"article_search MATCH ? AND rowid IN ({marks(found['articles'])})",
                    (wanted, *found["articles"]),
                )
            }
        snippets = found.pop("snippets")
        articles = read.fetch(store, "article", found["articles"])
        found["articles"] = [
            {name: row[name] for name in ("id", "title", "publisher", "published", "statements", "events")}
            | {"snippet": _cut(snippets.get(row["row"], ""))}
            for row in articles
        ]
        for kind, key in (("statement", "statements"), ("event", "events")):
            found[key] = read.fetch(store, kind, found[key])
            read.parties(store, kind, found[key])
    snapshot = store.columns
    folded = " ".join(text.replace('"', " ").casefold().split())
    hits = [i for i, name in enumerate(snapshot.actors.names) if folded and folded in name.casefold()]
    weight = snapshot.actors.columns.numbers["rows"]
    hits.sort(key=lambda i: -int(weight[i]))
    found["more"]["actors"] = {"found": len(hits), "capped": False}
    found["actors"] = [
        {"key": snapshot.actors.keys[i], "name": snapshot.actors.names[i], "rows": int(weight[i])} for i in hits[:limit]
    ]
    return found


def _cut(snippet: str) -> list[dict[str, Any]]:
    """A snippet as pieces, the matched words marked: the marks are control characters that the page never sees."""
    pieces: list[dict[str, Any]] = []
    for number, part in enumerate(snippet.replace("\x03", "\x02").split("\x02")):
        if part:
            pieces.append({"text": part, "hit": number % 2 == 1})
    return pieces
