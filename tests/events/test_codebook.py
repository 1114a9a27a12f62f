"""The codebook that ships is whole; a broken one says where."""

from __future__ import annotations

import copy
import tomllib
from pathlib import Path

import pytest

from dateline.errors import DataError
from dateline.events import codebook, gate, triggers, words
from dateline.events.codebook import book
from dateline.model import CONTEXTS, EVENT_TYPES, MODES, QUADS

HERE = Path(book.__file__).parent


@pytest.fixture
def table() -> dict:
    return tomllib.loads((HERE / "plover.toml").read_text(encoding="utf-8"))


def test_holds_what_the_record_knows() -> None:
    shipped = codebook.load()
    assert tuple(shipped.types) == EVENT_TYPES
    assert tuple(shipped.contexts) == CONTEXTS
    for name, entry in shipped.types.items():
        assert tuple(entry.modes) == MODES.get(name, ())
        assert entry.quad == QUADS[name]


def test_scores_agree_with_the_quad() -> None:
    for entry in codebook.load().types.values():
        scores = [entry.score, *(m.score for m in entry.modes.values())]
        if "conflict" in entry.quad:
            assert max(scores) <= 0 and entry.score < 0
        else:
            assert min(scores) > 0


def test_cameo_there_and_back() -> None:
    shipped = codebook.load()
    for entry in shipped.types.values():
        for mode in (None, *entry.modes):
            back = shipped.from_cameo(shipped.to_cameo(entry.name, mode))
            assert back is not None and back[0] == entry.name


@pytest.mark.parametrize(
    ("code", "wanted"),
    [
        ("010", None),
        ("0231", ("REQUEST", "assist")),
        ("042", ("CONSULT", "visit")),
        ("057", ("SUPPORT", None)),
        ("195", ("ASSAULT", "aerial")),
        ("203", ("ASSAULT", None)),
        ("175", ("ASSAULT", "crowd-control")),
    ],
)
def test_from_cameo(code: str, wanted: tuple[str, str | None] | None) -> None:
    assert codebook.load().from_cameo(code) == wanted


def broken(table: dict, *path: str, value: object = None) -> dict:
    """A copy of the table with the entry at `path` replaced, or taken out if `value` is None."""
    made = copy.deepcopy(table)
    at = made
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return made


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("types", "AID", "quad"), "nice", r"\[types.AID\] quad"),
        (("types", "AID", "score"), 11, r"\[types.AID\] score"),
        (("types", "AID", "score"), True, r"\[types.AID\] score"),
        (("types", "AID", "definition"), None, r"\[types.AID\] definition"),
        (("types", "AID", "positive"), [], r"\[types.AID\] positive"),
        (("types", "AID", "positive"), ["<s>Norland</s> helped <t>him."], "do not pair"),
        (("types", "AID", "cameo"), ["99"], "no CAMEO code"),
        (("types", "AID", "colour"), "red", "unknown key colour"),
        (("types", "COERCE", "modes", "arrest", "score"), None, r"\[types.COERCE.modes.arrest\] score"),
        (("contexts", "health", "keywords"), [], r"\[contexts.health\] keywords"),
        (("name",), 3, "name"),
        (("types",), {}, "types"),
    ],
)
def test_a_broken_codebook_says_where(table: dict, path: tuple[str, ...], value: object, said: str) -> None:
    with pytest.raises(DataError, match=said) as error:
        codebook.parse(broken(table, *path, value=value), "mine.toml")
    assert "mine.toml" in str(error.value)


def test_a_file_of_ones_own(tmp_path: Path, table: dict) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        (HERE / "plover.toml").read_text(encoding="utf-8").replace('name = "PLOVER"', 'name = "OWN"'), "utf-8"
    )
    assert codebook.load(own).name == "OWN"
    bad = tmp_path / "bad.toml"
    bad.write_text("name = ", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.toml: not valid TOML"):
        codebook.load(bad)
    with pytest.raises(DataError, match="cannot be read"):
        codebook.load(tmp_path / "none.toml")


def test_contexts_are_counted_as_their_patterns_find_them() -> None:
    """What is looked at first, how words begin, leaves no keyword out."""
    entry = {"definition": "d", "keywords": ["mp", "x*", "cease-fire", "troop*", "İzmir"]}
    odd = book._context("odd", entry, "here")
    anyhow = book._context("anyhow", {"definition": "d", "keywords": ["*gate", "vote"]}, "here")
    folder = Path(book.__file__).parents[1] / "data" / "articles"
    texts = "\n".join(file.read_text("utf-8") for file in sorted(folder.glob("*.txt"))).split("\n\n")
    texts += ["The MP left.", "Xenophobia rose.", "A CEASE-FIRE held.", "Trooping on", "A Watergate vote", ""]
    assert len(texts) > 300
    for context in (*codebook.load().contexts.values(), odd, anyhow):
        found = [context.count(text, codebook.openings(text)) for text in texts]
        assert found == [len(context.pattern.findall(text)) for text in texts]
        assert context.name not in ("odd", "anyhow") or any(found)


def test_contexts_match_whole_words() -> None:
    contexts = codebook.load().contexts
    assert contexts["military"].pattern.search("The Army moved.")
    assert not contexts["military"].pattern.search("Armyworms ate the maize.")
    assert contexts["corruption"].pattern.search("bribery charges")
    assert not contexts["natural_resource"].pattern.search("a turmoil")


@pytest.mark.parametrize(
    ("broken_table", "said"),
    [
        ({"BOAST": {"any": {"verbs": []}}}, r"\[BOAST\] is no type"),
        ({"AID": {"visit": {"verbs": []}}}, r"\[AID.visit\] is no mode"),
        ({"AID": {"any": {"verb": []}}}, "unknown list"),
        ({"AID": {"any": {"verbs": ["Help"]}}}, "lower-case"),
        ({"AID": {"any": {"verbs": "help"}}}, "lower-case"),
        ({"AID": []}, "must hold tables"),
    ],
)
def test_broken_triggers_say_where(broken_table: dict, said: str) -> None:
    with pytest.raises(DataError, match=said):
        triggers.parse(broken_table, "t.toml")


def test_broken_word_lists_say_where() -> None:
    with pytest.raises(DataError, match=r"\[status\] future"):
        words.parse({}, "w.toml")
    with pytest.raises(DataError, match=r"\[subjects\] is missing"):
        gate.parse({}, "g.toml")


def test_every_type_has_triggers() -> None:
    lexicon = triggers.load()
    named = {e.trigger.type for entries in (*lexicon.verbs.values(), *lexicon.nouns.values()) for e in entries}
    assert named == set(EVENT_TYPES)
