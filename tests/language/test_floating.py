"""How the pair model reads: texts once, marks beside them; and the graph that reads them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, processors

from dateline.language import floating
from dateline.language.floating import MARKS, PAIR, Pair, Reading, readings, roles, shared_out, unmarked

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


def test_last_pieces_have_no_marks_if_not_asked_for(cutter: Tokenizer) -> None:
    (found,) = readings(cutter, ["<s>the army</s> asked <t>ruritania</t>"], closing=False)
    assert found.pairs[0].marks == ((PAIR, 0), (1, 1), (3, 4))


def test_what_is_too_long_is_cut_around_its_marks(cutter: Tokenizer) -> None:
    text = "calm " * 400 + "<s>norland</s> shelled <t>a port</t>" + " calm" * 400
    (found,) = readings(cutter, [text])
    assert len(found.pieces) == floating.MAX_PIECES
    shown = {mark: WORDS[found.pieces[place]] for mark, place in found.pairs[0].marks}
    assert shown == {PAIR: "[CLS]", 1: "norland", 2: "norland", 3: "a", 4: "port"}
    far = "<s>norland</s> shelled" + " calm" * 400 + " <t>a port</t>"
    (found,) = readings(cutter, [far])
    assert {mark for mark, _ in found.pairs[0].marks} == {PAIR, 1, 2}, "a mark that is out of reach is left out"


@given(st.lists(st.integers(0, 3), min_size=1, max_size=40), st.integers(1, 60))
def test_a_text_with_more_marks_than_have_room_is_read_again(sides: list[int], room: int) -> None:
    pairs = tuple(Pair(row, ((PAIR, 0), *((1, k), (2, k)) * count)) for row, (k, count) in enumerate(enumerate(sides)))
    whole = Reading((0, 5, 6, 1), pairs)
    parts = list(shared_out(whole, room))
    assert [p for part in parts for p in part.pairs] == list(pairs)
    for part in parts:
        marks, places, pair = part.marks()
        assert part.pieces == whole.pieces
        assert len(marks) <= room or len(part.pairs) == 1
        assert [tuple(x) for x in zip(marks, places, strict=True)] == [m for p in part.pairs for m in p.marks]
        assert pair.tolist() == [i for i, p in enumerate(part.pairs) for _ in p.marks]


def test_roles_take_the_means_at_opening_marks() -> None:
    marks, pair = np.array([PAIR, 1, 2, 1, 2, PAIR, 3, 4]), np.array([0, 0, 0, 0, 0, 1, 1, 1])
    found = roles(marks, pair, 2)
    assert found[0].tolist() == [[0, 0.5, 0, 0.5, 0, 0, 0, 0], [0] * 8], "two actors, then none"
    assert found[1].tolist() == [[0] * 8, [0, 0, 0, 0, 0, 0, 1, 0]]
    assert found[2].tolist() == [[1, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1, 0, 0]]


def test_the_graph_answers_for_a_pair_alike_whatever_else_is_asked(tmp_path: Path) -> None:
    """A small encoder of random weights: PyTorch's answer, and the int8 graph's with and without neighbours."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    from dateline.language.encoder import session
    from dateline.language.pairs import _feed
    from dateline.learn import pairmodel, slimgraph
    from dateline.learn.packs import packs

    torch.manual_seed(3)
    config = transformers.BertConfig(
        vocab_size=40, hidden_size=96, num_hidden_layers=2, num_attention_heads=3, intermediate_size=48,
        max_position_embeddings=64, initializer_range=0.15, layer_norm_eps=slimgraph.EPSILON, hidden_dropout_prob=0.0,
    )  # fmt: skip
    config.save_pretrained(tmp_path)
    transformers.BertModel(config, add_pooling_layer=False).save_pretrained(tmp_path)
    model = pairmodel.PairModel(tmp_path, 0.0).eval()
    torch.nn.init.normal_(model.marks.weight[1:], std=0.3)
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
    pairmodel.write_graph(model, {}, tmp_path / "model.onnx")
    graph = session(tmp_path / "model.onnx")
    names = [o.name for o in graph.get_outputs()]
    outs = [dict(zip(names, graph.run(names, _feed(reading)), strict=True)) for reading in held]
    assert [o["vector"].shape for o in outs] == [(2, 3 * 96), (1, 3 * 96)]
    assert set(names) == {"vector", *pairmodel.OUTPUTS}
    for name in pairmodel.OUTPUTS:
        found, asked = np.concatenate([o[name] for o in outs]), wanted[name].numpy()
        assert np.abs(found - asked).max() < 0.1 * np.abs(asked).max(), name


def test_what_ships_answers_for_a_pair_alike_whatever_else_is_asked() -> None:
    """The shipped graph: neighbours move an answer by the rounding of int8 alone, the marks by much more."""
    from dateline.language import pairs

    on = "<s>Norland</s> accused <t>Ruritania</t> of arming the rebels, and Ostmark praised the truce."
    others = [
        "Norland accused <t>Ruritania</t> of arming the rebels, and <s>Ostmark</s> praised the truce.",
        "<t>Norland</t> accused Ruritania of arming the <s>rebels</s>, and Ostmark praised the truce.",
        *(
            f"<s>Norland</s> accused Ruritania of arming the rebels, and {'O' * n}stmark <t>praised</t> it."
            for n in (1, 2)
        ),
    ]
    (alone,) = pairs.score([on])
    together = pairs.score([*others, on, *[others[0]] * (pairs.MOST_MARKS // 4)])
    assert alone.best()[0] == "ACCUSE"
    assert np.abs(together[len(others)].types - alone.types).max() < 0.05
    assert np.abs(together[0].types - alone.types).max() > 0.3
    assert np.abs(together[-1].types - together[0].types).max() < 0.05, "what has no room is read again"


def test_the_marks_have_their_numbers() -> None:
    assert sorted({*floating._NUMBER.values(), PAIR}) == list(range(1, MARKS + 1))
