"""Files, folders and globs: what is read, in which order, under which name; and what is refused."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from dateline import read
from dateline.errors import InputError, UsageError
from dateline.read import files, source
from dateline.settings import load

PROSE = "The café in Graustark closed on Monday, said the minister — “for good”.\n\nRuritania took note of it."
HTML = f"<!doctype html><html><head><title>x</title></head><body><p>{PROSE}</p></body></html>"


def names(found) -> list[str]:  # type: ignore[no-untyped-def]
    return [item.source for item in found]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with pages above and below each other, hidden ones, and a browser's folder beside a page."""
    for name in (
        "b.html",
        "a/z.txt",
        "a/b/c.txt",
        "a.txt",
        "c.TXT",
        ".hidden.txt",
        ".git/x.txt",
        "b_files/s.js",
        "x_files/y.txt",
    ):
        path = tmp_path / "pages" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HTML if name.endswith("html") else PROSE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "pages"


ALL = ["a/b/c.txt", "a/z.txt", "a.txt", "b.html", "c.TXT", "x_files/y.txt"]


def test_a_folder_is_read_by_name_with_all_below(tree: Path, reading) -> None:  # type: ignore[no-untyped-def]
    assert names(reading("pages")) == [f"pages/{name}" for name in ALL]
    assert names(reading(tree)) == [f"{tree}/{name}" for name in ALL]
    os.chdir(tree)
    assert names(reading(".")) == ALL


def test_the_source_is_the_path_as_given(tree: Path, reading) -> None:  # type: ignore[no-untyped-def]
    for given in ("pages/a.txt", "./pages/a.txt", "pages//a.txt", str(tree / "a.txt")):
        assert names(reading(given)) == [given]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        ("pages/*.txt", ["a.txt"]), ("pages/?.[th]*", ["a.txt", "b.html"]), ("pages/*/z.txt", ["a/z.txt"]),
        ("pages/**", ALL), ("pages/**/*.txt", ["a/b/c.txt", "a/z.txt", "a.txt", "x_files/y.txt"]), ("pages/**/b", ["a/b/c.txt"]),
        ("pages/*", ["a/b/c.txt", "a/z.txt", "a.txt", "b.html", "b_files/s.js", "c.TXT", "x_files/y.txt"]), ("**/c.txt", ["a/b/c.txt"]),
    ],
)  # fmt: skip
def test_globs(tree: Path, reading, pattern: str, wanted: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert names(reading(pattern)) == [f"pages/{name}" for name in wanted]


@pytest.mark.parametrize(
    "name", ["a b.txt", "line\nfeed.txt", "[x].txt", "a#1.txt", "-.txt", "é漢.txt", "*.txt", "\x1b[2J.txt", "'q\".txt"]
)
def test_names_of_every_kind(tmp_path: Path, reading, name: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / name).write_text(PROSE, encoding="utf-8")
    assert names(reading(tmp_path / name)) == [str(tmp_path / name)] == names(reading(tmp_path))


def test_a_name_that_is_no_utf8_is_shown_escaped(tmp_path: Path, reading) -> None:  # type: ignore[no-untyped-def]
    raw = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(raw)).write_text(PROSE, encoding="utf-8")
    Path(os.fsdecode(raw) + ".jsonl").write_text('{"text": "x"}')
    assert names(reading(tmp_path)) == [f"{tmp_path}/caf\\xe9.txt", f"{tmp_path}/caf\\xe9.txt.jsonl#1"]
    assert names(reading(os.fsdecode(raw))) == [f"{tmp_path}/caf\\xe9.txt"]


@pytest.mark.parametrize(
    "given", ["none.txt", "none/*.txt", "**/none", "x" * 5000, "a\0b", "a\0b*", "", "ftp://example.org/a"]
)
def test_what_is_not_there_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.chdir(tmp_path)
    for call in (read.check, lambda s: list(read.pages(s, load()))):
        with pytest.raises(UsageError, match="no such file, folder or matching glob") as told:
            call(given)
        assert len(str(told.value)) < 400


def test_rings_of_links_end(tree: Path, reading) -> None:  # type: ignore[no-untyped-def]
    (tree / "a" / "ring").symlink_to(tree)
    (tree / "a" / "b" / "self").symlink_to(tree / "a" / "b")
    (tree / "loop").symlink_to(tree / "loop")
    wanted = [f"pages/{name}" for name in ALL]
    assert [n for n in names(reading("pages")) if n != "pages/loop"] == wanted
    assert [n for n in names(reading("pages/**")) if n != "pages/loop"] == wanted
    (told,) = [p for p in reading("pages") if isinstance(p, InputError)]
    assert told.source == "pages/loop" and "symbolic links" in str(told)


def test_links(tree: Path, tmp_path: Path, reading) -> None:  # type: ignore[no-untyped-def]
    other = tmp_path / "other"
    other.mkdir()
    (other / "o.txt").write_text(PROSE)
    (tree / "d").symlink_to(other)
    (tree / "e.txt").symlink_to(other / "o.txt")
    (tree / "f.txt").symlink_to(tmp_path / "gone")
    found = {p.source: p for p in reading("pages")}
    assert "not followed" in str(found["pages/d"]) and "pages/d/o.txt" not in found
    assert found["pages/e.txt"].content == PROSE
    assert "a link that leads nowhere" in str(found["pages/f.txt"])
    assert names(reading("pages/d")) == ["pages/d/o.txt"]  # named by the user it is read


def test_a_folder_without_pages_says_so(tmp_path: Path, refusal) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "e"
    (folder / "below").mkdir(parents=True)
    assert refusal(folder).endswith("a folder without files")
    (folder / ".hidden").write_text(PROSE)
    assert "without files" in refusal(folder)


def test_what_cannot_be_read_is_told_and_the_rest_is_read(tree: Path, reading, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """The system's refusal stands for missing rights, which root (in many a container) does not feel."""
    real_open, real_scandir = open, os.scandir

    def refuse(path, *rest, **more):  # type: ignore[no-untyped-def]
        if str(path).endswith(("a.txt", "a/b")):
            raise PermissionError(13, "Permission denied", str(path))
        return (real_scandir if not rest and not more else real_open)(path, *rest, **more)

    monkeypatch.setattr(files.os, "scandir", refuse)
    monkeypatch.setattr(source, "open", refuse, raising=False)
    found = reading("pages")
    assert names(found) == ["pages/a/b", *(f"pages/{name}" for name in ALL[1:])]
    told = {p.source: str(p) for p in found if isinstance(p, InputError)}
    assert told == {
        "pages/a/b": "pages/a/b: the folder cannot be read (Permission denied)",
        "pages/a.txt": "pages/a.txt: cannot be read (Permission denied); check path and permissions",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_when_named_and_told_in_a_folder(tmp_path: Path, reading, refusal) -> None:  # type: ignore[no-untyped-def]
    pipe = tmp_path / "in" / "pipe"
    pipe.parent.mkdir()
    os.mkfifo(pipe)
    assert "neither a file nor a folder" in refusal(pipe.parent)
    writer = threading.Thread(target=lambda: pipe.write_text(PROSE, encoding="utf-8"))
    writer.start()
    (found,) = reading(pipe)
    writer.join()
    assert found.content == PROSE


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no such device here")
def test_an_endless_file_ends_at_the_limit(refusal) -> None:  # type: ignore[no-untyped-def]
    assert "larger than 1,000,000 bytes" in refusal("/dev/zero", read__max_bytes=1_000_000)


def test_a_fault_of_a_parser_is_an_item_too(tree: Path, refusal, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    def fail(*_: object) -> str:
        raise RuntimeError("out of order")

    monkeypatch.setattr(source, "decode", fail)
    assert "fault in Dateline, please report it: RuntimeError: out of order" in refusal("pages/a.txt")


def test_a_page_saved_in_one_file(tmp_path: Path, page, refusal) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "a.mhtml"
    head = "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/a\r\nMIME-Version: 1.0\r\n"
    head += 'Content-Type: multipart/related;\r\n\tboundary="--b"\r\n\r\n'
    part = "----b\r\nContent-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{}\r\n"
    file.write_text(head + part.format("html", "<html><body><p>caf=C3=A9</p></body></html>") + "----b--\r\n")
    found = page(file)
    assert (found.media, found.url) == ("html", "https://example.org/a") and "<p>café</p>" in found.content
    file.write_text(head + part.format("css", "p {}") + "----b--\r\n")
    assert "without HTML" in refusal(file)
