"""Fitting what the parse says of the bounds of a content."""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch")
from dateline import language
from dateline.learn import bounds
from dateline.statements.bounds import features, read

SPOKEN = [
    ("The envoy", "said", "the road to the mill would close"),
    ("A clerk", "claimed", "the bridge near the harbour had burned"),
    ("The mayor of the town", "warned", "the wells in the valley were poisoned"),
]


def article(number: int) -> dict[str, object]:
    source, cue, content = SPOKEN[number % len(SPOKEN)]
    text = f"{source} {cue} {content} on the island, people thought."
    at = text.index(content)
    start = len(source) + 1
    return {
        "id": str(number), "text": text,
        "attributions": [{"source": [[0, len(source)]], "cue": [[start, start + len(cue)]], "content": [[at, at + len(content)]]}],
    }  # fmt: skip


def test_gaps_are_those_of_the_sentence_and_say_what_changes() -> None:
    one = article(0)
    found = list(bounds.gaps([one]))
    words = [token.text for token in language.load().parse_text(str(one["text"])).spacy]
    changed = [at for at, gap in enumerate(found, 1) if gap.changes]
    assert [words[at] for at in changed] == ["the", "on"]  # begins before the one, ends before the other
    assert [gap.open for gap in found].index(True) == changed[0] and len(found) == len(words) - 1


def test_what_is_fitted_tells_ends_from_gaps_within(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data, out = tmp_path / "said.jsonl", tmp_path / "bounds.tsv"
    data.write_text("".join(json.dumps(article(n)) + "\n" for n in range(60)), encoding="utf-8")
    assert bounds.main(["--data", str(data), "--check", str(data), "--out", str(out)]) == 0
    known = read(out.read_text(encoding="utf-8"))
    doc = language.load().parse_text(str(article(0)["text"])).spacy
    ends = [sum(known.get(f, (0.0, 0.0))[1] for f in found) for found in features(doc)]
    words = [token.text for token in doc]
    assert ends[words.index("on")] > max(ends[words.index(word)] for word in ("road", "to", "mill", "would", "close"))
    assert "log loss" in capsys.readouterr().out
