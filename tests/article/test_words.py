"""The data files of the room hold what the code needs, and a broken one is refused with its name."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from dateline.article import html, lines, meta, words
from dateline.errors import DataError


@pytest.fixture
def moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data folder that the readers use in place of the shipped one."""
    target = tmp_path / "article" / "data"
    target.mkdir(parents=True)
    shipped = resources.files("dateline").joinpath("article/data")
    for file in shipped.iterdir():
        (target / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    for module in (words, meta, html, lines):
        monkeypatch.setattr(module.resources, "files", lambda _: tmp_path)
    readers = (words.words, meta._domains, html._dropped, lines.furniture, lines.weights)
    for reader in readers:
        reader.cache_clear()
    yield target
    for reader in readers:
        reader.cache_clear()


def test_broken_files_are_refused(moved: Path) -> None:
    (moved / "words.toml").write_text(
        (moved / "words.toml").read_text().replace('1 = ["january", "jan"]', ""), encoding="utf-8"
    )
    with pytest.raises(DataError, match=r"words\.toml.*months"):
        words.words()
    (moved / "publishers.tsv").write_text("# domains\nx.example\tX\nx.example\tY\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"publishers\.tsv:3"):
        meta._domains()
    (moved / "dropped.txt").write_text("# patterns\n(read more\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"dropped\.txt:2"):
        html._dropped()
    (moved / "interface.txt").write_text("Read More\n", encoding="utf-8")
    with pytest.raises(DataError, match="lower case"):
        lines.furniture()
    (moved / "lines.json").write_text('{"own": []}', encoding="utf-8")
    with pytest.raises(DataError, match=r"lines\.json"):
        lines.weights()


def test_agencies() -> None:
    assert words.agency("A.P.") == "The Associated Press"
    assert words.agency("pictured") is None


def test_domains() -> None:
    assert meta.outlet_of("https://www.bbc.co.uk/news/1") == "BBC"
    assert meta.outlet_of("https://notbbc.co.uk.example/") is None
    assert meta.is_outlet("The Strelsau Courier", "strelsaucourier.example")
    assert meta.is_outlet("Zenda Valley Post", "zvp.example")
    assert not meta.is_outlet("Expert advice for riders", "horsenews.example")


@pytest.mark.parametrize(
    "sentence",
    [
        "Read the terms aloud, the judge told the minister.", "More than 200 people died, officials said.", "Video of the attack was shown in court.",
        "Sources in the ministry said that talks would go on.", "Image matters to both governments, she said.", "Related talks failed in May.",
        "Comments by the minister angered the army.", "Tags on the crates showed that they came from Graustark.",
        "The police published a picture of the man, according to the newspaper (its photo desk said so).", "Staff reports of the ministry told of it.",
    ],
)  # fmt: skip
def test_sentences_are_not_dropped(sentence: str) -> None:
    assert not html._dropped().fullmatch(sentence)


@pytest.mark.parametrize(
    "row",
    [
        "Staff Reports", "Story continues below gallery", "Trending News", "This article has been adapted from its original source.",
        "On StrelsauPost.com: Lorries queue at the bridge", "[Related: Ministers meet on the island]",
        "Some 300 lorries have crossed the bridge since it opened in May [File: Reuters]",
        "A lorry crosses the bridge in Strelsau on Monday. (AP Photo/Fritz Tarlen)",
        "Some people are eager to cross the bridge. Photograph: Fritz Tarlen/Getty Images", "The bridge is not easy to cross. Fritz Tarlen/Getty",
    ],
)  # fmt: skip
def test_furniture_is_dropped(row: str) -> None:
    assert html._dropped().fullmatch(row)


@pytest.mark.parametrize(
    "row",
    [
        "Follow Antonia Mauban on Twitter @amauban.",
        "Follow the Strelsau Bugle on Instagram, Facebook and YouTube.",
        "Write to Antonia Mauban at antonia.mauban@strelsau.example",
        "Contact Antonia Mauban at 555-0134 or amauban@strelsau.example.",
        "amauban@strelsau.example",
        "Get the day’s top stories delivered to your inbox every morning.",
        "Antonia Mauban contributed reporting from Strelsau.",
        "Additional reporting by Antonia Mauban",
        "Staff writer Antonia Mauban contributed to this report.",
        "Order Reprints",
        "By",
    ],
)
def test_who_to_follow_and_who_helped_is_dropped(row: str) -> None:
    assert html._dropped().fullmatch(row)


@pytest.mark.parametrize(
    "sentence",
    [
        "Follow the money, she said, and the quarrel about the bridge will be plain.",
        "The ministers wrote to the commission at the bridge@elph address, which nobody reads.",
        "Antonia Mauban contributed to the party, the report said, and asked for nothing.",
        "Contact between the two ministers broke off in March.",
        "Reporting by the commission was late.",
        "By Monday both had left.",
    ],
)
def test_like_sentences_are_not_dropped(sentence: str) -> None:
    assert not html._dropped().fullmatch(sentence)
