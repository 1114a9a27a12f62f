"""The coding: its JSON round trip, its schema in docs, and what it reports as faults."""

from __future__ import annotations

import datetime
import json
from dataclasses import fields, replace
from pathlib import Path

import jsonschema
import pytest

from dateline.model import EVENT_TYPES, MODES, QUADS, Actor, Article, Coder, Coding, Event, Span, Statement, Talks
from dateline.model.coding import json_schema

DOCS = Path(__file__).parents[2] / "docs"

TEXT = "Ruritania accused Graustark of shelling a border post."


def coding() -> Coding:
    article = Article("sha256:0", "page.txt", TEXT, title="Border row", published=datetime.date(2024, 3, 1))
    ruritania = Actor("a1", "Ruritania", "government", mentions=(Span(0, 9, "Ruritania"),))
    graustark = Actor("a2", "Graustark", "government", mentions=(Span(18, 27, "Graustark"),))
    evidence = Span(0, 53, TEXT[:53])
    statement = Statement(
        "s1", "a1", Span(0, 9, "Ruritania"), Span(10, 17, "accused"), (Span(18, 53, TEXT[18:53]),), "indirect", "ACCUSE"
    )
    event = Event("e1", "ACCUSE", "allege", ("a1",), ("a2",), evidence, reported_by="s1")
    return Coding(
        Coder("0", {"events": "sha256:1"}), article, (ruritania, graustark), statements=(statement,), events=(event,),
        talks=(Talks("t1", ("a1", "a2")),),
    )  # fmt: skip


def test_json_round_trip() -> None:
    assert Coding.from_json(coding().to_json()) == coding()
    assert Coding.from_dict(json.loads(coding().to_json())) == coding()


def test_json_form() -> None:
    data = coding().to_dict()
    assert data["schema"] == "dateline/1"
    assert data["article"]["published"] == "2024-03-01"
    assert data["events"][0]["evidence"] == {"start": 0, "end": 53, "text": TEXT[:53]}
    jsonschema.validate(data, json_schema())


def test_schema_refuses_another_type() -> None:
    data = coding().to_dict()
    data["events"][0]["type"] = "QUARREL"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema())


def test_schema_in_docs_is_current() -> None:
    written = json.loads((DOCS / "record.schema.json").read_text(encoding="utf-8"))
    assert written == json_schema(), "run: python -m dateline.model.schema docs/record.schema.json"


def test_faults_name_what_is_broken() -> None:
    good = coding()
    assert good.faults() == []
    wrong_text = replace(good.events[0], evidence=Span(0, 3, "xyz"))
    assert "0:3" in replace(good, events=(wrong_text,)).faults()[0]
    lost_actor = replace(good.statements[0], speaker="a9")
    assert replace(good, statements=(lost_actor,)).faults() == ["s1: no actor a9"]
    lost_place = replace(good.talks[0], place="p1")
    assert replace(good, talks=(lost_place,)).faults() == ["t1: no place p1"]


def test_frozen() -> None:
    with pytest.raises(AttributeError):
        coding().article.text = "other"  # type: ignore[misc]
    assert not hasattr(coding(), "__dict__")


def test_codebook_constants_agree() -> None:
    assert set(QUADS) == set(EVENT_TYPES)
    assert set(MODES) <= set(EVENT_TYPES)
    assert {f.name for f in fields(Event)} >= {"type", "mode", "actors", "recipients", "evidence", "status"}
