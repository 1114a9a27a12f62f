"""Joined reports by hand, for tests of what reads them: the joiner itself is tested in its own room."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from samples import CODER, span

from dateline.model import Actor, Article, Coding, Event, Place

STATES = {"Ruritania": "RUR", "Graustark": "GRA", "Karlovia": "KAR"}
SCORES = {"ACCUSE": -2.0, "AID": 7.0, "CONSULT": 1.0, "ASSAULT": -9.0, "SUPPORT": 3.4, "THREATEN": -4.4}
QUADS = {
    "ACCUSE": "verbal conflict", "AID": "material cooperation", "CONSULT": "verbal cooperation",
    "ASSAULT": "material conflict", "SUPPORT": "verbal cooperation", "THREATEN": "verbal conflict",
}  # fmt: skip


def told(
    number: int, type_: str, who: Sequence[str], whom: Sequence[str] = (), day: str | None = None, publisher: str = "Wire",
    status: str = "actual",
) -> Coding:  # fmt: skip
    """An article that tells one event of invented states."""
    text = f"Report {number}: {' and '.join(who)} against {' and '.join(whom) or 'none'} near Strelsau."
    names = [*who, *whom]
    when = datetime.date.fromisoformat(day) if day else None
    return Coding(
        CODER,
        Article(f"sha256:{number:064x}", f"pages/{number}.html", text, title=f"Report {number}", publisher=publisher,
                published=when),
        actors=tuple(
            Actor(f"a{i}", name, "government", STATES.get(name), "GOV", key=f"state:{STATES.get(name, name)}",
                  mentions=(span(text, name),))
            for i, name in enumerate(names)
        ),
        places=(Place("p1", "Strelsau", "RUR", None, 49.5, 15.5, mentions=(span(text, "Strelsau"),), kind="city"),),
        events=(
            Event("e1", type_, None, tuple(f"a{i}" for i in range(len(who))),  # type: ignore[arg-type]
                  tuple(f"a{len(who) + i}" for i in range(len(whom))), span(text, text), when, when, "p1",
                  status, quad=QUADS[type_], score=SCORES[type_]),  # type: ignore[arg-type]
        ),
    )  # fmt: skip


def join(path: Path, clusters: Sequence[Sequence[int]], texts: Mapping[int, int] | None = None) -> None:
    """Make the reports of these articles (by their numbers) one event each. `texts`: article → the one it reprints."""
    of = dict(texts or {})
    with sqlite3.connect(path) as db:
        for n, number in enumerate(sorted({n for cluster in clusters for n in cluster}), 1):
            article = f"sha256:{number:064x}"
            text = f"text-{of.get(number, number)}"
            db.execute(
                "INSERT INTO text_article(article_id, text_id, position, relation, number, words, sketch) "
                "VALUES (?, ?, 1, ?, ?, 1, x'00')",
                (article, text, "reprint" if number in of else "first", n),
            )
        for i, cluster in enumerate(clusters):
            events = [
                db.execute("SELECT id, article_id FROM event WHERE article_id = ?", (f"sha256:{n:064x}",)).fetchone()
                for n in cluster
            ]
            chosen, article = events[0]
            db.execute(
                """INSERT INTO cluster(id, type, status, actors, actor_countries, recipients, recipient_countries, sides, agreed,
                   disputed, revised, event_id, article_id) SELECT ?, type, 'actual', '', '', '', '', '[]', '{}', '{}', '{}', id,
                   article_id FROM event WHERE id = ?""",
                (f"cluster-{i}", chosen),
            )
            for event, article in events:
                db.execute(
                    "INSERT INTO report(event_id, article_id, cluster_id, features) VALUES (?, ?, ?, '{}')",
                    (event, article, f"cluster-{i}"),
                )
