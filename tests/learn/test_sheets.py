"""Sheets of candidates for readers: written from a corpus, filled by hand, read back into labels that find their words."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from dateline.errors import DataError
from dateline.learn import sheets

TEXT = """MELK — Ruritania accused Graustark on Monday of blocking the valley road, and its foreign minister, Ilse Brandt,
met the Norland envoy, Tarek Osman, in the port of Melk. The army of Graustark attacked a Ruritanian convoy on Friday near the
bridge, officials in Melk said. Ruritania has imposed sanctions on Graustark and has asked Norland for two hundred generators.

"We will not sign a treaty that gives away the valley," Brandt told reporters. She thanked Norland for its help and urged
Graustark to withdraw its troops from the valley. Graustark rejected the demand, and its president, Emil Varga, said that
Ruritania had started the war. The Norland government offered to host talks between Ruritania and Graustark next week. Miners in
Graustark went on strike over the war, and police arrested their leader on Sunday. Ruritania condemned the arrest. Graustark
expelled the Ruritanian ambassador, and Ruritania recalled its diplomats from Graustark. Norland urged both to show restraint.

The port of Melk stayed open over the week. Traders there said that the price of flour had gone up by a third since the road
was blocked, and that the ships from the south came late or not at all. The schools of the valley are closed until the end of
the month, and some of the families have gone to relatives on the coast.
""".replace("\n", " ", 1)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("sheets")
    with gzip.open(place / "corpus.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "wire_2023-03-02_valley", "text": TEXT}) + "\n")
    done = ["write", "--polnear", str(place / "corpus.jsonl.gz"), "--number", "3", "--parts", "1", "--out", str(place)]
    assert sheets.main(done) == 0
    return place


def keys(folder: Path) -> list[dict]:
    return json.loads((folder / "sheet0.json").read_text(encoding="utf-8"))


def fill(folder: Path, first: str) -> int:
    lines = [first, *(f"{i}\t-" for i in range(1, len(keys(folder))))]
    (folder / "label0.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return sheets.main(["read", str(folder), "--to", str(folder / "labels.tsv")])


def test_a_filled_sheet_becomes_labels_of_the_same_words(folder: Path) -> None:
    option = keys(folder)[0]["options"][0]
    assert option["recipients"], "the first group of the sheet has somebody acted on"
    assert fill(folder, "0\tACCUSE.allege/actual@a") == 0
    labels = sheets.load(folder / "labels.tsv")
    assert len(labels) == sum(len(k["options"]) for k in keys(folder))
    assert [(x.type, x.mode, x.status) for x in labels if x.type != "NONE"] == [("ACCUSE", "allege", "actual")]
    lines = list(sheets.rows(folder / "corpus.jsonl.gz", folder / "labels.tsv"))
    assert lines[0]["type"] == "ACCUSE" and "<s>" in lines[0]["text"] and "<t>" in lines[0]["text"]
    again = [c for *_, found in sheets.coded(folder / "corpus.jsonl.gz", ["wire_2023-03-02_valley"]) for c in found]
    assert {x.key for x in labels} == {sheets.key(c) for c in again}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("0\tBOMB/actual@a", "unknown type"),
        ("0\tACCUSE.aerial/actual@a", "unknown type"),
        ("0\tACCUSE/actual@h", "is none of the options"),
        ("0 -", "is not NUMBER"),
        ("9999\t-", "is not NUMBER"),
    ],
)
def test_faults_are_named_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], line: str, said: str
) -> None:
    (folder / "labels.tsv").unlink(missing_ok=True)
    assert fill(folder, line) == 1
    assert said in capsys.readouterr().out and not (folder / "labels.tsv").exists()


def test_an_event_whose_recipient_is_not_offered_is_told_of_nobody(folder: Path) -> None:
    offered = [[bool(o["recipients"]) for o in k["options"]] for k in keys(folder)]
    group = next(i for i, options in enumerate(offered) if any(options) and not all(options))
    lines = [f"{i}\tREJECT/actual@x" if i == group else f"{i}\t-" for i in range(len(offered))]
    (folder / "label0.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert sheets.main(["read", str(folder), "--to", str(folder / "labels.tsv")]) == 0
    labels = sheets.load(folder / "labels.tsv")
    assert [(x.type, x.recipients) for x in labels if x.type != "NONE"] == [("REJECT", ())]


def test_our_own_articles_are_read_by_name_and_day() -> None:
    made = list(sheets.own("=== own-1 2020-02-03\nA title\n\nNorland waited.\n\n=== own-2 2021-01-01\nB\n"))
    assert made == [
        {"id": "own-1-2020-02-03", "text": "A title\n\nNorland waited.\n"},
        {"id": "own-2-2021-01-01", "text": "B\n"},
    ]


def test_documents_without_an_id_are_named_by_corpus_and_number(tmp_path: Path) -> None:
    (tmp_path / "docs.jsonl").write_text(
        json.dumps({"corpus": "lgl", "doc": "12", "text": "x"}) + "\n", encoding="utf-8"
    )
    assert [row["id"] for row in sheets.texts_of(tmp_path / "docs.jsonl")] == ["lgl-12"]


def test_the_labels_that_ship_are_whole(tmp_path: Path) -> None:
    shipped = (sheets.LABELS, 60, 0.05, 0.3), (sheets.PLACES, 20, 0.05, 0.5), (sheets.OWN[1], 40, 0.1, 0.5)
    for path, documents, least, most in shipped:
        labels = sheets.load(path)
        assert len({x.document for x in labels}) > documents
        assert least < sum(x.type != "NONE" for x in labels) / len(labels) < most
    texts = {
        row["id"]: row["text"] for file in sheets.OWN[0].glob("*.txt") for row in sheets.own(file.read_text("utf-8"))
    }
    for label in sheets.load(sheets.OWN[1]):
        text = texts[label.document]
        assert all(0 <= s < e <= len(text) for s, e in (label.window, *label.actors, *label.recipients)), label
    bad = tmp_path / "bad.tsv"
    bad.write_text("\t".join(sheets.HEADER) + "\nx\tverb\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"bad\.tsv:2"):
        sheets.load(bad)


def test_only_what_a_teacher_doubts_is_asked(folder: Path, tmp_path: Path) -> None:
    ((_, doc, _, found),) = sheets.coded(folder / "corpus.jsonl.gz", ["wire_2023-03-02_valley"])
    texts = list(dict.fromkeys(c.marked(doc.text) for c in found))
    types = np.zeros((len(texts), 17))
    types[:, -1] = 1.0
    types[0, [0, -1]] = 0.5
    np.savez(tmp_path / "said.npz", texts=np.array(texts), type=types)
    (tmp_path / "names").write_text("wire_2023-03-02_valley\n", encoding="utf-8")
    asked = ["write", "--polnear", str(folder / "corpus.jsonl.gz"), "--parts", "1", "--out", str(tmp_path)]
    assert sheets.main([*asked, "--asked", str(tmp_path / "said.npz"), "--only", str(tmp_path / "names")]) == 0
    doubted = [sheets.key(c) for c in found if c.marked(doc.text) == texts[0]]
    groups = keys(tmp_path)
    assert 0 < len(groups) < len(keys(folder))
    for group in groups:
        mine = [
            (o["kind"], o["at"], *(tuple(map(tuple, o[s])) for s in ("actors", "recipients"))) for o in group["options"]
        ]
        assert any(one in doubted for one in mine)


def test_new_labels_are_added_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fill(folder, "0\t-") == 0
    labels = folder / "labels.tsv"
    other = labels.read_text("utf-8").replace("wire_2023-03-02_valley", "wire_2022-01-01_other")
    labels.write_text(other, encoding="utf-8")
    adding = ["read", str(folder), "--to", str(labels), "--add"]
    assert sheets.main(adding) == 0
    found = sheets.load(labels)
    assert {x.document for x in found} == {"wire_2022-01-01_other", "wire_2023-03-02_valley"}
    assert sheets.main(adding) == 1 and "valley: labelled already" in capsys.readouterr().out
    assert sheets.load(labels) == found
