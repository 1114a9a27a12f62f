"""Things to follow: by when, on what condition, what bore on them; verdicts that outlive a new coding."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from written import Writer

import corpus
from dateline.corroborate import join, judge, undo
from dateline.corroborate.pledges import condition, suggest
from dateline.errors import UsageError
from dateline.record import PledgeRow, Record


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("that it would open the bridge if the ceasefire held, and not before", "if the ceasefire held"),
        ("to leave unless the troops go first", "unless the troops go first"),
        ("that talks would begin on June 3 whatever the result of the election", "whatever the result of the election"),
        ("to open the bridge by June 3", None), ("that the gift was lavish", None),
    ],
)  # fmt: skip
def test_conditions(text: str, clause: str | None) -> None:
    assert condition(text) == clause


def test_suggestions() -> None:
    assert suggest([])[0] == "open" and suggest(["bears"])[0] == "open"
    assert suggest(["kept", "bears"])[0] == "kept" and suggest(["broken"])[0] == "broken"
    assert suggest(["kept", "broken"])[0] == "disputed"


def promise() -> Writer:
    writer = Writer("promise", "2024-03-05").says(
        "Ruritania", "promised", "Graustark to withdraw its troops from the river towns by 3 April if the ceasefire held", "AGREE",
        ("Graustark",),
    )  # fmt: skip
    return writer.date("3 April", "2024-04-03")


def filled(path: Path, *writers: Writer) -> Record:
    record = corpus.filled(path, [w.coding() for w in writers])
    join(record)
    return record


def only(record: Record) -> PledgeRow:
    (found,) = record.pledges()
    return found


WITHDREW = ("RETREAT", ("Ruritania",), ("Graustark",), "Ruritania withdrew its last troops from the river towns")
SHELLED = (
    "ASSAULT",
    ("Ruritania",),
    ("Graustark",),
    "Ruritania shelled the river towns and broke the ceasefire with its troops",
)


def test_a_pledge_with_its_day_and_condition(tmp_path: Path) -> None:
    pledge = only(filled(tmp_path / "a.record", promise()))
    assert (pledge.kind, pledge.side, pledge.to, str(pledge.by_when)) == ("pledge", "RUR", ("GRA",), "2024-04-03")
    assert (pledge.by_words, pledge.condition) == ("by 3 April", "if the ceasefire held")
    assert (pledge.suggested, pledge.overdue, pledge.verdict) == ("open", False, None)


@pytest.mark.parametrize(
    ("day", "event", "suggested"),
    [("2024-04-02", WITHDREW, "kept"), ("2024-03-20", SHELLED, "broken"), ("2024-05-10", WITHDREW, "open"), ("2024-03-01", WITHDREW, "open")],
)  # fmt: skip
def test_later_events_bear_on_it(tmp_path: Path, day: str, event: tuple, suggested: str) -> None:  # type: ignore[type-arg]
    record = filled(tmp_path / "a.record", promise())
    with record:
        record.write(Writer("later", day).event(*event).coding(), record.start_run("later"))
    join(record, ["sha256:later"])
    pledge = only(record)
    assert pledge.suggested == suggested
    assert [b.relation for b in pledge.bearing] == (
        [suggested] if suggested != "open" else ["bears"] if day > "2024-04" else []
    )
    assert pledge.overdue == (day == "2024-05-10")
    both = filled(tmp_path / "b.record", Writer("later", day).event(*event), promise())
    assert only(both) == pledge, "the order of arrival changes nothing"


def test_what_kept_it_is_forgotten_with_its_article(tmp_path: Path) -> None:
    record = filled(tmp_path / "a.record", promise(), Writer("later", "2024-04-02").event(*WITHDREW))
    assert only(record).suggested == "kept"
    with record:
        record._writer.execute("DELETE FROM event WHERE article_id = 'sha256:later'")
        record._writer.execute("DELETE FROM article WHERE id = 'sha256:later'")
    join(record, ())
    assert (only(record).suggested, only(record).bearing) == ("open", ())


def test_a_verdict_outlives_joins_and_new_codings(tmp_path: Path) -> None:
    record = filled(tmp_path / "a.record", promise(), Writer("later", "2024-04-02").event(*WITHDREW))
    verdict = judge(record, "pledge", only(record).id, "A. Reader", "broken", "two posts stayed manned")
    join(record)
    assert (only(record).verdict, only(record).verdict_by, only(record).suggested) == ("broken", "A. Reader", "kept")
    coding = promise().coding()
    shorter = coding.statements[0].content[0]
    cut = replace(
        shorter,
        end=shorter.end - len(" if the ceasefire held"),
        text=shorter.text.removesuffix(" if the ceasefire held"),
    )
    with record:  # another version finds a shorter content: the statement has another id now
        record.write(
            replace(coding, statements=(replace(coding.statements[0], content=(cut,)),)), record.start_run("again")
        )
    join(record, [coding.article.id])
    assert only(record).verdict == "broken" and only(record).condition is None
    assert record.verdicts(orphaned=True).count() == 0
    with record:  # a version that finds nothing orphans it, with the old words
        record.write(replace(coding, statements=()), record.start_run("third"))
    join(record, [coding.article.id])
    assert record.pledges().count() == 0
    (orphan,) = record.verdicts(orphaned=True)
    assert (
        orphan.id == verdict and orphan.members[0]["text"] == shorter.text and orphan.note == "two posts stayed manned"
    )
    with record:  # and it comes back with its row
        record.write(coding, record.start_run("fourth"))
    join(record, [coding.article.id])
    assert only(record).verdict == "broken"
    with pytest.raises(UsageError, match="yours"):
        undo(record, verdict, "B. Other")
    undo(record, verdict, "A. Reader")
    assert only(record).verdict is None and record.verdicts().count() == 1


def test_a_verdict_on_an_event_follows_its_reports(tmp_path: Path) -> None:
    record = filled(tmp_path / "a.record", Writer("one", "2024-04-02").event(*SHELLED))
    (cluster,) = record.clusters()
    judge(record, "cluster", cluster.id, "A. Reader", "one event")
    with record:
        record.write(Writer("two", "2024-04-02", "The Echo").event(*SHELLED).coding(), record.start_run("two"))
    join(record, ["sha256:two"])
    (joined,) = record.clusters()
    assert joined.report_count == 2 and joined.verdict == "one event"
    with pytest.raises(UsageError, match="unknown"):
        judge(record, "cluster", joined.id, "A. Reader", "kept")
    with pytest.raises(UsageError, match="no cluster"):
        judge(record, "cluster", "cluster-none", "A. Reader", "one event")
