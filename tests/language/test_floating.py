"""How the pair model reads: texts once, marks beside them, packs of several texts; and the graph that reads them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from dateline.language import floating
from dateline.language.floating import MARKS, PAIR, Pair, Reading, packs, readings, unmarked

WORDS = [
    "[CLS]",
    "[SEP]",
    "[UNK]",
    *["the", "army", "of", "norland", "shelled", "a", "port", "and", "ruritania", "asked", "envoy", "for", "calm", "."],
]


@pytest.fixture(scope="module")
def cutter() -> Tokenizer:
    made = Tokenizer(models.WordLevel({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 0), ("[SEP]", 1)]
    )
    return made


def test_marks_are_taken_off_and_kept_as_spans() -> None:
    bare, spans = unmarked("<s>Norland</s> and <s>Ruritania</s> asked <t>the envoy</t>.")
    assert bare == "Norland and Ruritania asked the envoy."
    assert [(k, bare[a:b]) for k, a, b in spans] == [(1, "Norland"), (1, "Ruritania"), (3, "the envoy")]


def test_a_text_is_read_once_for_all_its_pairs(cutter: Tokenizer) -> None:
    found = readings(
        cutter,
        [
            "<s>norland</s> shelled <t>ruritania</t>",
            "a port",
            "norland shelled <s>ruritania</s>",
            "<s>the army</s> asked",
        ],
    )
    assert [[p.row for p in r.pairs] for r in found] == [[0, 2], [1], [3]]
    first = found[0]
    assert first.pairs[0].marks == ((PAIR, 0), (1, 1), (2, 1), (3, 3), (4, 3))
    assert first.pairs[1].marks == ((PAIR, 0), (1, 3), (2, 3))
    assert found[2].pairs[0].marks == ((PAIR, 0), (1, 1), (2, 2)), "opening at the first piece, closing at the last"


def test_what_is_too_long_is_cut_around_its_marks(cutter: Tokenizer) -> None:
    text = "calm " * 400 + "<s>norland</s> shelled <t>a port</t>" + " calm" * 400
    (found,) = readings(cutter, [text])
    assert len(found.pieces) == floating.MAX_PIECES
    shown = {mark: WORDS[found.pieces[place]] for mark, place in found.pairs[0].marks}
    assert shown == {PAIR: "[CLS]", 1: "norland", 2: "norland", 3: "a", 4: "port"}
    far = "<s>norland</s> shelled" + " calm" * 400 + " <t>a port</t>"
    (found,) = readings(cutter, [far])
    assert {mark for mark, _ in found.pairs[0].marks} == {PAIR, 1, 2}, "a mark that is out of reach is left out"


@given(st.lists(st.tuples(st.integers(3, 60), st.integers(1, 12)), min_size=1, max_size=12), st.integers(40, 128))
def test_every_pair_is_in_one_pack_and_sees_its_own_text_alone(sizes: list[tuple[int, int]], room: int) -> None:
    row, held = 0, []
    for length, count in sizes:
        pairs = tuple(Pair(row + k, ((PAIR, 0), (1, k % length), (2, k % length))) for k in range(count))
        held.append(Reading(tuple(range(1000 * len(held), 1000 * len(held) + length)), pairs))
        row += count
    made = list(packs(held, room))
    assert sorted(r for pack in made for r in pack.rows) == list(range(row))
    for pack in made:
        assert len(pack.ids) <= max(room, max(length for length, _ in sizes) + 32 + 3)
        seen = pack.seen()
        words = pack.pair == -1
        assert seen.diagonal().all()
        assert not seen[np.ix_(words, ~words)].any(), "no word sees a mark"
        text = pack.ids // 1000
        assert not seen[text[:, None] != text[None, :]].any()
        assert (pack.places == pack.ids % 1000).all(), "a mark stands where the piece that it copies stands"
        roles = pack.roles()
        assert roles.shape == (3, len(pack.rows), len(pack.ids))
        assert np.allclose(roles[0].sum(-1), 1) and np.allclose(roles[1], 0) and np.allclose(roles[2].sum(-1), 1)


def test_the_graph_answers_for_a_pair_alike_whatever_else_is_asked(tmp_path: Path) -> None:
    """A small encoder of random weights: PyTorch's answer, and the int8 graph's with and without neighbours."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from dateline.language.encoder import session
    from dateline.language.pairs import _feed
    from dateline.learn import pairmodel, slimgraph

    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=40, hidden_size=96, num_hidden_layers=2, num_attention_heads=3, intermediate_size=48,
        max_position_embeddings=64, initializer_range=0.15, layer_norm_eps=slimgraph.EPSILON, hidden_dropout_prob=0.0,
    )  # fmt: skip
    config.save_pretrained(tmp_path)
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(tmp_path)
    model = pairmodel.PairModel(tmp_path, 0.0).eval()
    torch.nn.init.normal_(model.marks.weight, std=0.3)
    held = [
        Reading(
            (1, 7, 9, 12, 2),
            (Pair(0, ((PAIR, 0), (1, 1), (2, 1), (3, 3), (4, 3))), Pair(1, ((PAIR, 0), (1, 3), (2, 3)))),
        ),
        Reading((1, 22, 31, 17, 5, 8, 2), (Pair(2, ((PAIR, 0), (1, 2), (2, 3), (3, 5), (4, 5))),)),
    ]
    together, alone = next(packs(held, 128)), next(packs([Reading(held[0].pieces, held[0].pairs[1:])], 128))
    with torch.no_grad():
        wanted, single = (model(pairmodel.feed([pack])) for pack in (together, alone))
    assert torch.allclose(wanted["type"][1], single["type"][0], atol=1e-4)
    assert not torch.allclose(wanted["type"][0], wanted["type"][1], atol=1e-2), "the marks count"
    weights = {name: value.numpy() for name, value in model.state_dict().items()}
    heads = {
        name: (h.weight.detach().numpy(), h.bias.detach().numpy())
        for name, h in zip(pairmodel.HEADS, model.heads, strict=True)
    }
    slimgraph.write_marking(weights, {}, weights["marks.weight"], heads, tmp_path / "model.onnx")
    graph = session(tmp_path / "model.onnx")
    names = [o.name for o in graph.get_outputs()]
    out = dict(zip(names, graph.run(names, _feed(together)), strict=True))
    assert out["vector"].shape == (3, 3 * 96) and set(names) == {"vector", *pairmodel.HEADS}
    for name in pairmodel.HEADS:
        assert np.abs(out[name] - wanted[name].numpy()).max() < 0.1 * np.abs(wanted[name].numpy()).max(), name


def test_the_marks_have_their_numbers() -> None:
    assert sorted({*floating._NUMBER.values(), PAIR}) == list(range(1, MARKS + 1))
