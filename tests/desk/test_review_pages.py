"""Review in the desk: verdicts, corrections over machine rows, undo, two coders, comments, merged actors."""

from __future__ import annotations

import json
from pathlib import Path

from starlette.testclient import TestClient
from visiting import Maker, post

from dateline.record import open_record, review


def queue(client: TestClient, **query: str) -> dict:
    return client.get("/api/review", params=query).json()


def test_the_queue_goes_from_least_sure(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    seen = []
    for verdict in ("accepted", "rejected", "accepted"):
        row = queue(client)["row"]
        seen.append((row["confidence"], row["id"]))
        assert (
            post(client, "/review", kind="event", target=row["id"], verdict=verdict, next="/review").status_code == 303
        )
    every = sorted(e.confidence for e in open_record(record).events())
    assert [c for c, _ in seen] == every[:3] and len({i for _, i in seen}) == 3
    assert queue(client)["waiting"] == len(every) - 3
    assert [d["verdict"] for d in queue(client)["done"]] == ["accepted", "rejected", "accepted"]


def test_a_correction_shows_everywhere_and_changes_no_machine_row(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    machine = list(open_record(record).events())
    row = client.get("/api/events?type=ASSAULT&size=1").json()["events"][0]
    assaults = client.get("/api/events?type=ASSAULT").json()["total"]
    turned = {"field.actor_ids": ["", *row["recipient_ids"]], "field.recipient_ids": ["", *row["actor_ids"]]}
    fields = {"field.type": "COERCE", "field.mode": "", "field.status": row["status"], **turned}
    answer = post(client, "/review", kind="event", target=row["id"], verdict="corrected", **fields)
    assert answer.status_code == 303
    assert list(open_record(record).events()) == machine
    assert client.get("/api/events?type=ASSAULT").json()["total"] == assaults - 1
    now = client.get(f"/api/event/{row['id']}").json()["event"]
    assert (now["type"], now["mode"], now["quad"]) == ("COERCE", None, "material conflict")
    assert now["actors"] == row["recipients"] and now["recipients"] == row["actors"] and now["score"] != row["score"]
    assert now["was"]["type"] == "ASSAULT" and now["review"] == "corrected"
    page = client.get(f"/event/{row['id']}").text
    assert "corrected" in page and "ASSAULT" in page and "ana" in page
    csv = client.get("/events.csv?review=corrected").text
    assert "type=ASSAULT" in csv and ",COERCE," in csv
    a, b = (now["who"][0]["key"], now["whom"][0]["key"])
    assert row["id"] in [
        e["id"]
        for e in client.get("/api/events", params={"actor": a, "recipient": b, "review": "corrected"}).json()["events"]
    ]


def test_undo_brings_the_row_back(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    row = queue(client)["row"]
    post(client, "/review", kind="event", target=row["id"], verdict="rejected")
    assert queue(client)["row"]["id"] != row["id"]
    (done,) = queue(client)["done"]
    assert post(client, "/review/undo", id=done["id"], next="/review").status_code == 303
    assert queue(client)["row"]["id"] == row["id"] and queue(client)["done"] == []
    assert review.judgements(record, standing=False)[0].stands is False


def test_two_coders_on_the_same_rows(record: Path, desk: Maker) -> None:
    ana = desk(record, coder="ana")
    ben = desk(record, coder="ben", gate=ana.app)
    for number in range(6):
        row = queue(ana, whose="mine", order="sample", seed="5")["row"]
        assert queue(ben, whose="mine", order="sample", seed="5")["row"]["id"] == row["id"]  # the same sample, in order
        post(ana, "/review", kind="event", target=row["id"], verdict="accepted")
        post(ben, "/review", kind="event", target=row["id"], verdict="rejected" if number == 2 else "accepted")
    (pair,) = ana.get("/api/agreement").json()["pairs"]
    assert (pair["first"], pair["second"], pair["rows"], pair["agreed"]) == ("ana", "ben", 6, 5)
    assert pair["alpha"] is not None and pair["alpha"] < 1
    assert len(pair["disputed"]) == 1
    disputed = queue(ana, order="disputed")
    assert disputed["waiting"] == 1 and disputed["row"]["id"] == pair["disputed"][0]["target"]
    undoing = post(ben, "/review/undo", id=queue(ana)["done"][0]["id"])
    assert undoing.status_code == 400  # ben cannot take back what ana signed


def test_a_wrong_correction_is_told(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    row = queue(client)["row"]
    for fields in ({"field.type": "NONE"}, {}, {"field.start_date": "soon"}):
        assert post(client, "/review", kind="event", target=row["id"], verdict="corrected", **fields).status_code == 400
    assert post(client, "/review", kind="event", target="gone", verdict="accepted").status_code == 400
    assert review.judgements(record) == []


def test_statements_are_corrected_too(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    row = queue(client, kind="statement")["row"]
    other = "REJECT" if row["act"] != "REJECT" else "ACCUSE"
    post(
        client,
        "/review",
        kind="statement",
        target=row["id"],
        verdict="corrected",
        **{"field.act": other, "field.speaker_id": ""},
    )
    now = client.get(f"/api/statement/{row['id']}").json()["statement"]
    assert now["act"] == other and now["speaker"] is None and now["was"]["act"] == row["act"]
    label = json.loads(client.get("/review/labels.jsonl").text)
    assert label["fields"] == {"act": other, "speaker_id": None} and label["start"] == row["start_offset"]


def test_comments_and_replies_on_any_row(record: Path, desk: Maker) -> None:
    ana = desk(record, coder="Ana Ö")
    ben = desk(record, coder="ben", gate=ana.app)
    event = ana.get("/api/events?size=1").json()["events"][0]
    talks = ana.get("/api/talks?size=1").json()["talks"][0]
    targets = [("event", event["id"]), ("talks", talks["id"]), ("article", event["article_id"]), ("actor", "rur"), ("dyad", "RUR → GRA"), ("run", "x"), ("problem", "y")]  # fmt: skip
    for kind, target in targets:
        answer = post(
            ana, "/comment", kind=kind, target=target, text=f"first on {kind}", next=f"/thread/{kind}?target=x"
        )
        assert answer.status_code == 303 and answer.headers["location"].endswith("#comments")
        (first,) = ana.get(f"/api/thread/{kind}", params={"target": target}).json()["thread"]["comments"]
        post(ben, "/comment", kind=kind, target=target, text="a reply", reply_to=first["id"])
        found = ben.get(f"/api/thread/{kind}", params={"target": target}).json()["thread"]["comments"]
        assert [(c["author"], c["depth"]) for c in found] == [("Ana Ö", 0), ("ben", 1)]
    assert "1 comment" in ana.get("/events?size=500").text or "2 comments" in ana.get("/events?size=500").text
    assert "first on dyad" in ana.get("/dyad/RUR/GRA").text
    assert post(ben, "/comment", take_back=first["id"]).status_code == 400
    assert post(ana, "/comment", take_back=first["id"]).status_code == 303
    assert "taken back" in ana.get("/thread/problem?target=y").text
    assert post(ana, "/comment", kind="table", target="x", text="no").status_code == 400


def test_actors_are_merged_split_and_parted_again(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")

    def actor(key: str) -> dict:
        return client.get(f"/api/actor/{key}").json()["actor"]

    one, other = actor("rur"), actor("ana belic|RUR")
    assert post(client, "/identity", what="merge", key="ana belic|RUR", into="nobody").status_code == 400
    post(client, "/identity", what="merge", key="ana belic|RUR", into="rur")
    both = actor("rur")
    assert both["statements"] == one["statements"] + other["statements"] and actor("ana belic|RUR")["key"] == "rur"
    (change,) = client.get("/api/actor/rur").json()["changes"]
    post(client, "/identity", what="undo", id=change["id"], key="rur")
    assert actor("rur") == one
    article = client.get("/api/actor/rur").json()["articles"][0]["id"]
    post(client, "/identity", what="split", key="rur", article=article, into="other ruritania|RUR")
    assert actor("other ruritania|RUR")["articles"] == 1 and actor("rur")["articles"] == one["articles"] - 1
