"""Reading the record across articles: what `Record` offers of clusters, texts, talks, positions and pledges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, TypeVar

from dateline.record import across as build
from dateline.record.across import ClusterRow, PledgeRow, PositionRow, ProcessRow, RoundRow, TextRow, VerdictRow
from dateline.record.file import reading
from dateline.record.own_types import event_types
from dateline.record.query import Day, Filter
from dateline.record.tables import Rows

T = TypeVar("T")

KINDS = ("blame", "demand", "refuse", "pledge", "threaten", "thank", "claim")
FOLLOWED = ("pledge", "demand", "threat")
VERDICTS = ("kept", "broken", "open", "disputed")


class HasId(Protocol):
    """A row of the record."""

    @property
    def id(self) -> str: ...


class Joined:
    """The readers across articles. They read what the last join left (`dateline join FILE`)."""

    path: Path

    def texts(self, *, article: str | None = None, limit: int | None = None) -> Rows[TextRow]:
        """The texts, one a witness, with the articles that carry each. `article`: the text of one article."""
        f = Filter()
        if article is not None:
            f.add("id = (SELECT text_id FROM text_article WHERE article_id = ?)", article)
        return self._joined("texts_view", f, build.text_row, limit)

    def clusters(
        self,
        *,
        type: str | None = None,
        side: str | None = None,
        since: Day | None = None,
        until: Day | None = None,
        article: str | None = None,
        event: str | None = None,
        disputed: bool | None = None,
        min_texts: int | None = None,
        limit: int | None = None,
    ) -> Rows[ClusterRow]:
        """The events, each with its reports.

        `type`: one of PLOVER's 16. `side`: an actor or recipient, by country code, key, or how it is called. `since`,
        `until`: days that the event touches. `article`, `event`: the clusters that hold a report of this article, this event row.
        `disputed`: with rival values, or without. `min_texts`: told by at least so many texts.
        """
        f = Filter()
        f.one_of("type", type, event_types(self.path, type), "event type")
        f.side("EXISTS (SELECT 1 FROM json_each(clusters_view.sides) WHERE value IN ({sides}))", side)
        f.period("start_date", "end_date", since, until)
        if article is not None:
            f.add("id IN (SELECT cluster_id FROM report WHERE article_id = ?)", article)
        if event is not None:
            f.add("id = (SELECT cluster_id FROM report WHERE event_id = ?)", event)
        if disputed is not None:
            f.add("disputed <> '{}'" if disputed else "disputed = '{}'")
        f.at_least("texts", min_texts)
        return self._joined("clusters_view", f, build.cluster_row, limit)

    def processes(self, *, side: str | None = None, limit: int | None = None) -> Rows[ProcessRow]:
        """The series of talks, in order of time. `side`: a party, by country code, key, or how it is called."""
        f = Filter()
        f.side(
            "id IN (SELECT r.process_id FROM round r JOIN round_party t ON t.round_id = r.id WHERE t.side IN ({sides}) "
            "AND t.role = 'party')",
            side,
        )
        order = "start_date IS NULL AND end_date IS NULL, ifnull(start_date, end_date), name, id"
        return self._joined("processes_view", f, build.process_row, limit, order)

    def rounds(
        self,
        process: str | HasId | None = None,
        *,
        since: Day | None = None,
        until: Day | None = None,
        article: str | None = None,
        limit: int | None = None,
    ) -> Rows[RoundRow]:
        """The rounds of talks, of one `process` (row or id) or all, in order of time; those without a date last, or in a
        process where their articles put them."""
        f = Filter()
        f.equal("process_id", _id(process))
        f.period("start_date", "end_date", since, until)
        if article is not None:
            f.add("id IN (SELECT round_id FROM round_talks WHERE article_id = ?)", article)
        when = "start_date IS NULL AND end_date IS NULL, ifnull(start_date, end_date), process_id, position"
        return self._joined("rounds_view", f, build.round_row, limit, when if process is None else "position")

    def positions(
        self, talks: str | HasId, *, side: str | None = None, kind: str | None = None, repeats: bool = False,
        limit: int | None = None,
    ) -> Rows[PositionRow]:  # fmt: skip
        """What each side said on `talks`: a round, a process, or the talks of one article (row or id).

        `side`: country code, key, or how it is called. `kind`: blame, demand, refuse, pledge, threaten, thank, claim.
        `repeats`: also the same words in reprints and later versions of a text.
        """
        f = Filter()
        given = _id(talks)
        f.add(
            "(round_id = ? OR process_id = ? OR round_id = (SELECT round_id FROM round_talks WHERE talks_id = ?))",
            given, given, given,
        )  # fmt: skip
        f.side("side IN ({sides})", side)
        f.one_of("kind", kind, KINDS, "kind of position")
        if not repeats:
            f.add("repeats IS NULL")
        return self._joined("positions_view", f, build.position_row, limit)

    def pledges(
        self,
        *,
        kind: str | None = None,
        side: str | None = None,
        suggested: str | None = None,
        talks: str | HasId | None = None,
        limit: int | None = None,
    ) -> Rows[PledgeRow]:
        """Pledges, demands and threats to follow. `side`: whose, as in `positions`. `suggested`: kept, broken, open,
        disputed."""
        f = Filter()
        f.one_of("kind", kind, FOLLOWED, "kind")
        f.side("side IN ({sides})", side)
        f.one_of("suggested", suggested, VERDICTS, "suggestion")
        if talks is not None:
            f.add("round_id IN (SELECT id FROM round WHERE id = ? OR process_id = ?)", *[_id(talks)] * 2)
        return self._joined("pledges_view", f, build.pledge_row, limit)

    def verdicts(self, *, kind: str | None = None, orphaned: bool | None = None) -> Rows[VerdictRow]:
        """What analysts said of clusters and pledges, oldest first. `orphaned`: those that hang on nothing any more."""
        f = Filter()
        f.equal("kind", kind)
        if orphaned is not None:
            f.add("current IS NULL" if orphaned else "current IS NOT NULL")
        return self._joined("verdicts_view", f, build.verdict_row, None)

    def joined_counts(self) -> dict[str, int]:
        """How many there are of each: reports, and the events, texts, rounds, processes, positions and pledges of them."""
        counted = {
            "reports": "SELECT count(*) FROM report",
            "events": "SELECT count(DISTINCT cluster_id) FROM report",
            "texts": "SELECT count(DISTINCT text_id) FROM text_article",
            "rounds": "SELECT count(DISTINCT round_id) FROM round_talks",
            "processes": "SELECT count(DISTINCT process_id) FROM round WHERE id IN (SELECT round_id FROM round_talks)",
            "positions": "SELECT count(*) FROM position WHERE repeats IS NULL",
            "pledges": "SELECT count(DISTINCT pledge_id) FROM pledge_statement",
        }
        with reading(self.path) as db:
            return {name: int(db.execute(sql).fetchone()[0]) for name, sql in counted.items()}

    def _joined(
        self, view: str, f: Filter, make: Callable[[dict[str, Any]], T], limit: int | None, order: str = "row"
    ) -> Rows[T]:
        return Rows(self.path, view, f.where, tuple(f.values), order, make, limit)


def _id(row: str | HasId | None) -> str | None:
    return row if row is None or isinstance(row, str) else row.id
