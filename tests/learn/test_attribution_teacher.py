"""A larger encoder as teacher of attribution: its own ids for the same pieces, what it says of windows, and how that is mixed with
what coders say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: E402

from dateline.errors import DataError  # noqa: E402
from dateline.learn import attribution, attribution_teacher, base  # noqa: E402

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "envoy", "said", "talks", "failed", "in", "may", "."]
FIRST, LAST = 2, 3
TEXT = "the envoy said the talks failed in may ."


def _saved(folder: Path, words: list[str], config: object, model: object) -> Path:
    folder.mkdir()
    config.save_pretrained(folder)  # type: ignore[attr-defined]
    model.save_pretrained(folder)  # type: ignore[attr-defined]
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small BERT of random weights, which stands for MiniLM; the windows' special pieces are its own."""
    torch.manual_seed(1)
    shape = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 64}
    config = transformers.BertConfig(vocab_size=len(WORDS), max_position_embeddings=64, **shape)
    folder = _saved(tmp_path / "bert", WORDS, config, transformers.BertModel(config, add_pooling_layer=False))
    monkeypatch.setenv("DATELINE_BASE", str(folder))
    monkeypatch.setattr("dateline.statements.windows.CLS", FIRST)
    monkeypatch.setattr("dateline.statements.windows.SEP", LAST)
    return folder


@pytest.fixture
def large(small: Path, tmp_path: Path) -> Path:
    """A small MPNet that calls the same pieces otherwise."""
    own = ["<s>", "<pad>", "</s>", "<unk>", *WORDS]
    shape = {"hidden_size": 96, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 96}
    config = transformers.MPNetConfig(vocab_size=len(own), max_position_embeddings=64, **shape)
    return _saved(tmp_path / "mpnet", own, config, transformers.MPNetModel(config, add_pooling_layer=False))


def _pool(folder: Path) -> list[attribution.Example]:
    spans = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 38]]}
    return list(attribution.examples({"text": TEXT, "attributions": [spans]}, base.cutter(folder)))


def test_a_piece_has_one_id_for_all_and_each_encoder_its_own(small: Path, large: Path, tmp_path: Path) -> None:
    assert base.names(small).tolist() == list(range(len(WORDS)))
    found = base.names(large).tolist()
    assert found[:4] == [1, 5, 0, 2], "the ends of a text and its filling are those that MPNet was taught"
    assert found[4:] == [4 + i for i in range(4, len(WORDS))]
    assert base.cutter(large).get_vocab() == base.cutter(small).get_vocab()
    config = transformers.MPNetConfig(vocab_size=9, hidden_size=32, num_hidden_layers=1, num_attention_heads=1)
    poor = _saved(
        tmp_path / "poor", ["<s>", "<pad>", "</s>", "[UNK]", *WORDS[:5]], config, transformers.MPNetModel(config)
    )
    with pytest.raises(DataError, match="another vocabulary"):
        base.names(poor)


def test_what_is_said_of_windows_is_kept_and_mixed(small: Path, large: Path, tmp_path: Path) -> None:
    pool = _pool(small)
    model = attribution.AttributionModel(large)
    judged = list(attribution_teacher.judge([model], [1.0], pool))
    ((window, said),) = attribution_teacher.load([_written(tmp_path / "said.npz", judged)])
    assert window.ids.tolist() == pool[0].window.ids.tolist()
    assert np.allclose(said.tags, judged[0][1].tags, atol=1e-3) and np.allclose(said.tags.sum(-1), 1, atol=1e-2)
    assert said.cues.tolist() == pool[0].cues.tolist() and said.sources.shape == pool[0].sources.shape
    (mixed,) = attribution_teacher.taught(pool, [tmp_path / "said.npz"], 0.25)
    real = pool[0].window.starts >= 0
    wanted = 0.75 * pool[0].tags[real] + 0.25 * judged[0][1].tags[real]
    assert np.allclose(mixed.tags[real], wanted, atol=1e-3) and not mixed.tags[~real].any()
    assert np.allclose(mixed.contents, 0.75 * pool[0].contents + 0.25 * judged[0][1].contents, atol=1e-3)
    (alone,) = attribution_teacher.taught([], [tmp_path / "said.npz"], 0.25)
    assert np.allclose(alone.contents, judged[0][1].contents, atol=1e-3) and alone.acts.tolist() == [-1]


def test_two_teachers_say_the_mean_of_what_each_says(small: Path, large: Path) -> None:
    pool = _pool(small)
    two = [attribution.AttributionModel(folder) for folder in (large, small)]
    (first, second), ((_, both),) = (
        [next(attribution_teacher.judge([one], [1.0], pool))[1] for one in two],
        attribution_teacher.judge(two, [3.0, 1.0], pool),
    )
    for name in ("tags", "said", "sources", "contents"):
        wanted = 0.75 * getattr(first, name) + 0.25 * getattr(second, name)
        assert np.allclose(getattr(both, name), wanted, atol=1e-3)
        assert not np.allclose(getattr(first, name), getattr(second, name), atol=1e-2)


def _written(file: Path, judged: list[tuple[attribution.Example, attribution_teacher.Said]]) -> Path:
    assert attribution_teacher.save(file, judged) == len(judged)
    return file


def test_cues_are_read_off_the_tags() -> None:
    tags = np.eye(3)[[0, 1, 2, 0, 2, 1, 0]]
    assert attribution_teacher.runs(tags).tolist() == [
        [0, 1, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 1, 0, 0],
        [0, 0, 0, 0, 0, 1, 0],
    ]


def test_a_small_model_learns_what_only_a_teacher_says(small: Path, large: Path, tmp_path: Path) -> None:
    (example,) = _pool(small)
    said = attribution_teacher.Said(
        example.tags + (example.window.starts < 0)[:, None] * np.array([1.0, 0, 0]), example.said, example.cues,
        example.sources, example.contents,
    )  # fmt: skip
    file = _written(tmp_path / "said.npz", [(example, said)])
    pool = attribution_teacher.taught([], [file], 0.5)
    model = attribution.train(pool * 8, small, epochs=60, rate=2e-3, seed=1, pieces=64, report=10_000)
    ((_, found),) = attribution_teacher.judge([model], [1.0], pool, found=True)
    assert found.cues.tolist() == example.cues.tolist()
    assert ((found.contents > 0.5) == (example.contents > 0.5)).all()
    assert ((found.sources > 0.5) == (example.sources > 0.5)).all()


def test_slimmed_weights_are_trained_on(small: Path, tmp_path: Path) -> None:
    whole = attribution.AttributionModel(small)
    state = whole.state_dict()
    for part in ("query", "key", "value"):
        for kind in ("weight", "bias"):
            name = f"encoder.encoder.layer.0.attention.self.{part}.{kind}"
            state[name] = state[name][:32]
    name = "encoder.encoder.layer.0.attention.output.dense.weight"
    state[name] = state[name][:, :32]
    torch.save(state, tmp_path / "slim.pt")
    model = attribution.train(_pool(small) * 4, small, 2, 1e-3, 1, start=tmp_path / "slim.pt", pieces=64, report=10_000)
    assert model.state_dict()[name].shape == (64, 32)
    assert not torch.equal(model.state_dict()[name], state[name])


def test_each_teacher_needs_its_base_and_share(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for more in (["--base", "mpnet"], ["--shares", "0.5"]):
        with pytest.raises(SystemExit):
            attribution_teacher.main(["one.pt", "two.pt", "--out", str(tmp_path / "said.npz"), *more])
        assert "2 weights need as many" in capsys.readouterr().err
