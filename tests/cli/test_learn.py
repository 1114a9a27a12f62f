"""`dateline learn from-review`."""

from __future__ import annotations

import json
from pathlib import Path

from dateline.record import open_record
from dateline.record.review import judge


def test_from_review(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    nothing = run("learn", "from-review", record)
    assert nothing.exit_code == 0 and nothing.stdout == "" and "judged: nothing yet" in nothing.stderr
    with open_record(record) as opened:
        events, statements = list(opened.events()), list(opened.statements())
    judge(record, "event", events[0].id, "ana", "accepted")
    judge(record, "event", events[1].id, "ana", "rejected")
    judge(record, "statement", statements[0].id, "ben", "corrected", {"act": "REJECT"})
    done = run("learn", "from-review", record)
    assert done.exit_code == 0
    labels = [json.loads(line) for line in done.stdout.splitlines()]
    assert sorted((label["kind"], label["verdict"], label["what"]) for label in labels) == [
        ("event", "accepted", "ACCUSE"), ("event", "rejected", "NONE"), ("statement", "corrected", "REJECT"),
    ]  # fmt: skip
    assert "3 labels; judged: 1 event accepted, 1 event rejected, 1 statement corrected" in done.stderr
    assert "accused" not in done.stdout and "Graustark" not in done.stdout
    out = tmp_path / "labels.jsonl"
    assert run("learn", "from-review", record, "--to", out).stdout == "" and out.read_text() == done.stdout
    assert len(run("learn", "from-review", record, "--coder", "ben").stdout.splitlines()) == 1


def test_from_review_with_words(run, record: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with open_record(record) as opened:
        event, statement = next(iter(opened.events())), next(iter(opened.statements()))
    judge(record, "event", event.id, "ana", "accepted")
    judge(record, "event", event.id, "ben", "rejected")
    judge(record, "statement", statement.id, "ana", "accepted")
    pairs = run("learn", "from-review", record, "--as", "pairs", "--coder", "ana")
    first, second = (json.loads(line) for line in pairs.stdout.splitlines())
    assert {first["type"], second["type"]} == {"ACCUSE"} and all(
        row["text"].startswith("<s>") for row in (first, second)
    )
    both = run("learn", "from-review", record, "--as", "pairs")
    assert len(both.stdout.splitlines()) == 1 and "judged differently by coders: 1;" in both.stderr
    (article,) = (json.loads(line) for line in run("learn", "from-review", record, "--as", "acts").stdout.splitlines())
    assert article["attributions"][0]["act"] == "ACCUSE"
    assert run("learn", "from-review", record, "--to", tmp_path / "no" / "x").exit_code == 2
    assert run("learn", "from-review", tmp_path / "no.record").exit_code == 2
