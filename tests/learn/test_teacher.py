"""Teachers: marks among the pieces, what they say of texts, and a small model that learns from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
transformers = pytest.importorskip("transformers")

from tokenizers import Tokenizer, models, pre_tokenizers, processors  # noqa: E402

from dateline.learn import base as encoders  # noqa: E402
from dateline.learn import pairmodel, teacher, thaw  # noqa: E402
from dateline.learn.pairs import Example  # noqa: E402

WORDS = [
    "[PAD]",
    "[UNK]",
    "u1",
    "u2",
    "u3",
    "u4",
    "[CLS]",
    "[SEP]",
    "norland",
    "shelled",
    "thanked",
    "a",
    "port",
    "ruritania",
    "the",
]
NONE, ASSAULT, SUPPORT = (pairmodel.CLASSES.index(name) for name in ("NONE", "ASSAULT", "SUPPORT"))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base encoder of two small layers with random weights, and its tokenizer."""
    folder = tmp_path_factory.mktemp("base")
    torch.manual_seed(5)
    config = transformers.BertConfig(
        vocab_size=len(WORDS), hidden_size=64, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64,
        max_position_embeddings=64, hidden_dropout_prob=0.0,
    )  # fmt: skip
    config.save_pretrained(folder)
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", WORDS.index("[CLS]")), ("[SEP]", WORDS.index("[SEP]"))]
    )
    made.save(str(folder / "tokenizer.json"))
    return folder


def test_the_marks_stand_around_their_words(base: Path) -> None:
    (ids,) = teacher.pieces(encoders.cutter(base), ["<s>norland</s> shelled <t>the port</t>"])
    shown = [WORDS[i] for i in ids]
    assert shown == ["[CLS]", "u1", "norland", "u2", "shelled", "u3", "the", "port", "u4", "[SEP]"]
    (ids,) = teacher.pieces(encoders.cutter(base), ["a " * 300 + "<s>norland</s> shelled" + " a" * 300])
    assert len(ids) == teacher.MAX_PIECES and {2, 3} <= set(ids)


def test_what_teachers_say_is_joined_by_text(base: Path, tmp_path: Path) -> None:
    states = []
    for number in (1, 2):
        torch.manual_seed(number)
        states.append(tmp_path / f"{number}.pt")
        torch.save(teacher.Teacher(base).state_dict(), states[-1])
    texts = tmp_path / "pool.jsonl"
    lines = ['{"text": "<s>norland</s> shelled a port"}', '{"text": "the <s>port</s>"}', '{"text": "the <s>port</s>"}']
    texts.write_text("\n".join(lines), encoding="utf-8")
    out = tmp_path / "pool.npz"
    asked = ["ask", *map(str, states), "--texts", str(texts), "--out", str(out), "--base", str(base)]
    assert teacher.main(asked) == 0
    seen = np.full(len(pairmodel.CLASSES), 1 / len(pairmodel.CLASSES), np.float32)
    values = (seen, *(np.full(size, 1 / size, np.float32) for size in list(pairmodel.HEADS.values())[1:]))
    held = tmp_path / "held.npy"
    np.save(held, np.array({("article", "the <s>port</s>"): values}, dtype=object), allow_pickle=True)
    known = Example("the <s>port</s>", (NONE,), (), -1, -1, group="article", source="articles")
    other = Example("a <s>port</s>", (NONE,), (), -1, -1, group="own", source="authored")
    found = teacher.taught([known, other], [out, held])
    assert [e.text for e in found] == [known.text, other.text, "<s>norland</s> shelled a port"]
    assert found[1].soft is None and found[0].types == (NONE,) and found[2].types == () and found[2].source == "taught"
    assert set(found[0].soft or ()) == set(pairmodel.HEADS), "only what every file says"
    assert set(found[2].soft or ()) == set(pairmodel.OUTPUTS)
    models_ = [teacher.Teacher(base) for _ in states]
    for model, state in zip(models_, states, strict=True):
        model.load_state_dict(torch.load(state))
    said = [teacher.predict(model, base, [found[2].text, known.text])["type"] for model in models_]
    assert np.allclose(found[2].soft["type"], (said[0][0] + said[1][0]) / 2, atol=1e-2)
    assert np.allclose(found[0].soft["type"], ((said[0][1] + said[1][1]) / 2 + seen) / 2, atol=1e-2)


def test_what_ships_can_be_asked_too(base: Path, tmp_path: Path) -> None:
    torch.manual_seed(3)
    model = pairmodel.PairModel(base).eval()
    state, texts, out = tmp_path / "ships.pt", tmp_path / "pool.jsonl", tmp_path / "own.npz"
    torch.save(model.state_dict(), state)
    texts.write_text('{"text": "<s>norland</s> shelled a port"}', encoding="utf-8")
    asked = ["ask", str(state), "--floating", "--texts", str(texts), "--out", str(out), "--base", str(base)]
    assert teacher.main(asked) == 0
    wanted = pairmodel.predict(model, base, ["<s>norland</s> shelled a port"])
    with np.load(out) as told:
        assert all(np.allclose(told[name], wanted[name], atol=1e-2) for name in pairmodel.OUTPUTS)


@pytest.mark.parametrize("network", [pairmodel, teacher])
def test_a_model_learns_from_labels_and_from_what_is_said(base: Path, network: object) -> None:
    """One text is labelled; of the other a teacher only says that it is SUPPORT."""
    soft = {name: np.full(size, 1e-3, np.float32) for name, size in pairmodel.HEADS.items()}
    soft["type"][SUPPORT] = 1.0
    examples = [
        Example("<s>norland</s> shelled <t>a port</t>", (ASSAULT,), (3,), -1, -1, group="a", source="authored"),
        Example("<s>norland</s> thanked <t>ruritania</t>", (), (), -1, -1, group="b", source="taught", soft=soft),
    ]
    recipe = pairmodel.Recipe(epochs=40, rate=2e-3, head_rate=5e-3, dropout=0.0, average=0.0)
    model = network.train(base, examples * 2, recipe, log=False)  # type: ignore[attr-defined]
    out = network.predict(model, base, [e.text for e in examples])  # type: ignore[attr-defined]
    assert out["type"].argmax(1).tolist() == [ASSAULT, SUPPORT]
    assert out[pairmodel.VECTOR].shape == (2, 3 * 64)


def test_what_is_frozen_stays_and_the_rest_learns(base: Path, tmp_path: Path) -> None:
    examples = [
        Example("<s>norland</s> shelled the <t>port</t>", (ASSAULT,), (), -1, -1, group="a", source="articles"),
        Example("<s>norland</s> thanked <t>ruritania</t>", (SUPPORT,), (), -1, -1, group="b", source="articles"),
    ]
    start = tmp_path / "start.pt"
    torch.manual_seed(1)
    torch.save(teacher.Teacher(base).state_dict(), start)
    recipe = pairmodel.Recipe(epochs=3, average=0.0, frozen=1, inner=0.0)
    before, after = torch.load(start), teacher.train(base, examples, recipe, log=False, start=start).state_dict()
    moved = {name for name, value in after.items() if not torch.equal(value, before[name])}
    assert any(name.startswith("encoder.encoder.layer.1.") for name in moved) and "heads.0.weight" in moved
    assert not [n for n in moved if n.startswith(("encoder.encoder.layer.0.", "encoder.embeddings.", "marks"))]


def test_what_ships_comes_out_of_its_graph_as_it_went_in(base: Path, tmp_path: Path) -> None:
    """Every weight but the words, which are those of the base; also places, which a training changes."""
    torch.manual_seed(9)
    model = pairmodel.PairModel(base)
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if "word_embeddings" not in name and "token_type" not in name:
                parameter.add_(0.1 * torch.randn(parameter.shape))
    pairmodel.write(model, base, tmp_path, ["<s>norland</s> shelled <t>a port</t>"], {"name": "small"})
    wanted, found = model.state_dict(), thaw.events(tmp_path, base).state_dict()
    assert set(found) == set(wanted)
    for name, value in wanted.items():
        assert torch.allclose(found[name], value, atol=0.02), name
