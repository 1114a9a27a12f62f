"""Codebooks of one's own: what is refused and how, what is learned, and how their types travel."""

from __future__ import annotations

import json
import tomllib
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest

import dateline
from dateline.errors import DataError, SettingsError
from dateline.events import codebook, own, triggers
from dateline.learn import own as learn
from dateline.learn import unseen
from dateline.model.coding import json_schema
from dateline.record import export

EXAMPLE = Path(__file__).parents[2] / "examples" / "codebooks" / "ceasefire_monitoring.toml"
TEXT = "Israel violated the ceasefire with Lebanon on Saturday by shelling the town of Tyre. Russia and Ukraine exchanged forty prisoners each on Friday."


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example that ships, learned once."""
    target, lessons = learn.learn(EXAMPLE, tmp_path_factory.mktemp("own") / "c.codebook.json")
    assert min(one.measured.accuracy for one in lessons.values()) > 0.75
    return target


def table() -> dict:
    return tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda t: t.update(quad="war"), "quad: must be one of"),
        (lambda t: t.update(positiv=[]), "did you mean 'positive'"),
        (lambda t: t["positive"].__setitem__(2, "nobody"), "positive example 3: nobody is marked"),
        (lambda t: t["positive"].__setitem__(0, "<s>A met <t>B</t>."), "positive example 1: <t> opens before </s>"),
        (lambda t: t.update(positive=t["positive"][:5]), "5 examples, at least 8 are needed; add 3"),
        (lambda t: t["negative"].append(t["positive"][0]), "negative example 7: the same as positive example 1"),
        (lambda t: t.update(plover="RETREAT.dance"), "'dance' is no mode of RETREAT"),
        (lambda t: t.update(cameo="99"), "cameo: must be a CAMEO code"),
    ],
)
def test_faults_name_file_type_example_and_what_to_do(change, said: str) -> None:  # type: ignore[no-untyped-def]
    broken = table()
    change(broken["types"]["PRISONER-EXCHANGE"])
    with pytest.raises(DataError, match=r"my.toml: \[types.PRISONER-EXCHANGE\]") as raised:
        own.parse(broken, "my.toml")
    assert said in str(raised.value)


def test_a_name_of_the_16_is_refused() -> None:
    taken = table()
    taken["types"]["ASSAULT"] = taken["types"].pop("PRISONER-EXCHANGE")
    with pytest.raises(DataError, match="ASSAULT is a type already"):
        own.parse(taken, "my.toml")


def test_types_travel(learned: Path) -> None:
    coding = dateline.code_text(TEXT, published="2024-03-05", codebook=learned)
    found = {e.type: e for e in coding.events}
    assert {"CEASEFIRE-VIOLATION", "PRISONER-EXCHANGE"} <= set(found)
    assert found["CEASEFIRE-VIOLATION"].score == -9.0
    assert found["CEASEFIRE-VIOLATION"].quad == "material conflict"
    assert coding.faults() == []
    assert "no type CEASEFIRE-VIOLATION" in " ".join(
        replace(coding, coder=replace(coding.coder, codebook=None)).faults()
    )
    data = json.loads(coding.to_json())
    jsonschema.validate(data, json_schema())
    data["coder"]["codebook"] = None
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema())


def test_the_record_finds_them_and_plain_coding_has_none(learned: Path, tmp_path: Path) -> None:
    coding = dateline.code_text(TEXT, published="2024-03-05", codebook=learned)
    with dateline.open_record(tmp_path / "r.record", create=True) as record:
        record.write(coding, record.start_run("test"))
        assert [e.type for e in record.events(type="ceasefire-violation")] == ["CEASEFIRE-VIOLATION"]
        files = export(record, "gdelt2", tmp_path / "g.tsv")
        assert files
        code = codebook.load().to_cameo("RETREAT", "release")
        assert f"\t{code}\t" in (tmp_path / "g.tsv").read_text(encoding="utf-8")
        with pytest.raises(dateline_usage(), match="unknown"):
            list(record.events(type="QUARREL"))
    plain = dateline.code_text(TEXT, published="2024-03-05")
    assert plain.coder.codebook is None
    assert not any("-" in e.type for e in plain.events)
    assert triggers.load() is triggers.shipped()


def dateline_usage() -> type[Exception]:
    from dateline.errors import UsageError

    return UsageError


def test_other_weights_and_other_files_are_refused(learned: Path, tmp_path: Path) -> None:
    made = json.loads(learned.read_text(encoding="utf-8"))
    other = tmp_path / "other.codebook.json"
    other.write_text(json.dumps(made | {"weights": "sha256:0000000000"}), encoding="utf-8")
    with pytest.raises(DataError, match="learned on other weights"):
        own.use(other)
    with pytest.raises(DataError, match="learn it first: dateline codebook learn"):
        own.use(EXAMPLE)
    with pytest.raises(SettingsError, match="does not exist"):
        own.use(tmp_path / "none.codebook.json")


def test_folded_weights_are_the_regression() -> None:
    """The head on raw vectors gives what the regression in its coordinates gives."""
    chance = np.random.default_rng(0)
    texts = learn.Texts([str(i) for i in range(300)], chance.normal(size=(300, 200)), chance.normal(size=(300, 17)))
    space = learn.Space(texts)
    weights = chance.normal(size=1 + learn.DIMENSIONS + 17)
    head = space.head(weights, 0.5, 2.0)
    raw = texts.vectors @ head.vector + texts.logs @ head.logs + head.bias
    assert np.allclose(raw, 0.5 + 2.0 * (space.of(texts) @ weights))


def test_score_counts() -> None:
    f1, precision, recall = unseen.score(np.array([0.9, 0.9, 0.1, 0.1]), np.array([True, False, True, False]))
    assert (f1, precision, recall) == (0.5, 0.5, 0.5)
