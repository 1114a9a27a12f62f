"""The page as it was beside the body: from a file that is there, on this machine only, as text only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import hostile
from visiting import Maker

from dateline.desk.web import enc
from dateline.record import open_record


def written(record: Path, folder: Path) -> str:
    coding = hostile.coding()
    page = folder / "page.html"
    body = "Ruritania accused Graustark of shelling the village of Zenda again."
    page.write_text(
        f"<html><body><nav>Subscribe now</nav><p>{body}</p><script>document.title='owned'</script></body></html>"
    )
    article = replace(coding.article, id="sha256:original", source=str(page), text=body, title="Shelling")
    plain = replace(coding, article=article, actors=(), places=(), dates=(), statements=(), events=(), talks=())
    with open_record(record) as writing:
        writing.write(plain, writing.start_run())
    return article.id


def test_the_source_beside_the_body(record: Path, tmp_path: Path, desk: Maker) -> None:
    article = written(record, tmp_path)
    client = desk(record)
    lines = client.get(f"/api/original/{enc(article)}").json()["lines"]
    assert {line["text"]: line["kept"] for line in lines} == {
        "Subscribe now": False, "Ruritania accused Graustark of shelling the village of Zenda again.": True,
    }  # fmt: skip
    page = client.get(f"/original/{enc(article)}")
    assert (
        page.status_code == 200
        and "owned" not in page.text
        and f"/original/{enc(article)}" in client.get(f"/article/{enc(article)}").text
    )
    (tmp_path / "page.html").unlink()
    assert client.get(f"/original/{enc(article)}").status_code == 404


def test_files_are_not_read_for_others(record: Path, tmp_path: Path, desk: Maker) -> None:
    article = written(record, tmp_path)
    client = desk(record, host="0.0.0.0")
    assert client.get(f"/original/{enc(article)}").status_code == 400
