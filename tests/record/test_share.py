"""Sharing without text: no sentence of an article gets out, in no form; offsets and hashes do."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import TEXT, full, small

from dateline.errors import UsageError
from dateline.model import Actor, Problem, Span
from dateline.record import Record, export, open_record
from dateline.record.export import FORMATS
from dateline.record.share import NAME_WORDS, SCHEMA, excerpt, name, stripped

WORDY = replace(
    full(),
    actors=(
        *full().actors,
        Actor("a9", TEXT[: TEXT.index(".")], "other", mentions=(Span(0, TEXT.index("."), TEXT[: TEXT.index(".")]),)),
    ),
    problems=(Problem("dates", f"no year given for '{TEXT[11:80]}'"),),
)
"""A coding whose actor is named by a whole sentence, and whose problem quotes one."""

SENTENCES = [s for s in re.split(r"(?<=[.;”])\s+", " ".join(TEXT.split())) if len(s.split()) > 3]


@pytest.fixture
def record(tmp_path: Path) -> Record:
    with open_record(tmp_path / "a.record", create=True) as record:
        for coding in (WORDY, small(1)):
            record.write(coding, record.start_run("code pages"))
    return record


def written(folder: Path, form: str) -> str:
    """Everything in the exported files, as text."""
    files = [folder] if folder.is_file() else sorted(folder.iterdir())
    if form == "parquet":
        pyarrow = pytest.importorskip("pyarrow.parquet")
        return "\n".join(str(pyarrow.read_table(file).to_pylist()) for file in files)
    return "\n".join(file.read_text(encoding="utf-8-sig") for file in files)


def flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("words", [0, 5])
def test_no_sentence_survives(record: Record, tmp_path: Path, form: str, words: int) -> None:
    target = tmp_path / "out"
    export(record, form, target, text=False, words=words)
    shared = flat(written(target, form))
    assert len(SENTENCES) > 3
    for sentence in SENTENCES:
        assert flat(sentence) not in shared
    if words == 0:  # beyond names nothing of three words in a row stays
        for run in ("shelling a border", "met in Strelsau", "rejected the accusation", "when we choose", "Border row"):
            assert flat(run) not in shared, run
    export(record, form, tmp_path / "whole")
    assert form in ("gdelt2", "icews", "phoenix", "polecat", "acled") or flat(SENTENCES[0]) in flat(
        written(tmp_path / "whole", form)
    )


def test_what_is_left_leads_back(record: Record, tmp_path: Path) -> None:
    export(record, "jsonl", tmp_path / "a.jsonl", text=False)
    coding = json.loads((tmp_path / "a.jsonl").read_text().splitlines()[0])
    assert coding["schema"] == SCHEMA and coding["article"]["text"] == "" and coding["article"]["title"] is None
    assert coding["article"]["text_length"] == len(TEXT)
    assert coding["article"]["text_sha256"] == "sha256:" + hashlib.sha256(TEXT.encode()).hexdigest()
    evidence = coding["events"][0]["evidence"]
    words = TEXT[evidence["start"] : evidence["end"]]
    assert evidence["text"] == "" and evidence["sha256"] == "sha256:" + hashlib.sha256(words.encode()).hexdigest()
    assert [a["name"] for a in coding["actors"][:2]] == ["Ana Belic", "Ruritania"]
    assert coding["problems"][0]["message"] == "no year given for '…'"
    assert (coding["events"][0]["type"], coding["events"][0]["magnitude"]["killed"]) == ("ASSAULT", 2)


def test_tables_without_text(record: Record, tmp_path: Path) -> None:
    export(record, "csv", tmp_path / "t", text=False, words=2)
    with (tmp_path / "t" / "events.csv").open(encoding="utf-8-sig", newline="") as file:
        event = next(csv.DictReader(file))
    assert (event["evidence"], event["actors"], event["title"], event["type"]) == (
        "shelling a …",
        "Graustark",
        "",
        "ASSAULT",
    )
    assert event["evidence_sha256"] == "sha256:" + hashlib.sha256(b"shelling a border post on 3 March").hexdigest()
    with (tmp_path / "t" / "statements.csv").open(encoding="utf-8-sig", newline="") as file:
        said = next(csv.DictReader(file))
    assert json.loads(said["content"])[0].keys() == {"start", "end", "sha256"}
    assert (said["source_text"], said["source_text_sha256"][:7]) == ("", "sha256:")


@settings(deadline=None)  # a loaded machine is no fault
@given(st.text(st.sampled_from("ab .,!\n")), st.integers(0, 30))
def test_an_excerpt_is_at_most_half_a_sentence(text: str, words: int) -> None:
    kept = excerpt(text, words).removesuffix(" …").split()
    assert kept == text.split()[: len(kept)]
    first = re.split(r"(?<=[.,!])\s+", text.strip())[0].split()
    assert len(kept) <= min(words, len(first) // 2)


def test_a_short_sentence_does_not_stay_because_a_long_one_follows() -> None:
    assert excerpt("We want no war. That is what the whole valley has always said.", 6) == "We want …"
    assert excerpt("“We want no war,” he said.", 6) == "“We want …"


@settings(deadline=None)  # a loaded machine is no fault
@given(st.lists(st.sampled_from(["peace", "council", "of"]), max_size=20))
def test_names_are_cut(words: list[str]) -> None:
    assert name(" ".join(words)).removesuffix(" …").split() == words[:NAME_WORDS]


def test_stripping_keeps_every_field() -> None:
    whole = full().to_dict()
    without = stripped(whole)
    assert set(without) == set(whole)
    for kind in ("actors", "places", "dates", "statements", "events", "talks", "problems"):
        assert len(without[kind]) == len(whole[kind])
        assert all(set(a) <= set(b) for a, b in zip(whole[kind], without[kind], strict=True))


def test_words_go_with_no_text_only(record: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="without text only"):
        export(record, "jsonl", tmp_path / "x", words=3)
