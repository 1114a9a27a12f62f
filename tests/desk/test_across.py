"""What articles tell together: joined events, rounds and processes, pledges, and analysts' verdicts on them."""

from __future__ import annotations

from pathlib import Path

from starlette.testclient import TestClient
from visiting import Maker, post

from dateline.record import open_record


def test_processes_rounds_and_their_positions(reader: TestClient, made: Path) -> None:
    record = open_record(made)
    processes = list(record.processes())
    assert sorted(p["id"] for p in reader.get("/api/processes").json()["processes"]) == sorted(p.id for p in processes)
    seen = 0
    for process in processes:
        data = reader.get(f"/api/process/{process.id}").json()
        assert reader.get(f"/process/{process.id}").status_code == 200
        for one in data["rounds"]:
            page = reader.get(f"/api/round/{one['id']}").json()
            assert reader.get(f"/round/{one['id']}").status_code == 200
            sides = {side["key"] for side in (page["a"], page["b"]) if side}
            wanted = [p for p in record.positions(one["id"]) if p.side in sides and p.repeats is None]
            told = sum(s["times"] for kind in page["said"] for cell in ("a", "b") for s in kind[cell])
            assert told == len(wanted)
            seen += told
    assert seen > 20


def test_the_columns_turn_and_take_other_sides(reader: TestClient) -> None:
    process = reader.get("/api/processes").json()["processes"][0]
    for round_ in reader.get(f"/api/process/{process['id']}").json()["rounds"]:
        page = reader.get(f"/api/round/{round_['id']}").json()
        a, b = page["a"]["key"], page["b"]["key"]
        turned = reader.get(f"/api/round/{round_['id']}", params={"a": b, "b": a}).json()
        assert [k["a"] for k in page["said"]] == [k["b"] for k in turned["said"]]
        for side in page["sides"]:
            other = reader.get(f"/api/round/{round_['id']}", params={"a": side["key"]}).json()
            assert other["a"]["key"] == side["key"] and other["b"]["key"] != side["key"]


def test_talks_lead_to_their_round(reader: TestClient) -> None:
    talks = reader.get("/api/talks?party=RUR&party=GRA&size=1").json()["talks"][0]
    page = reader.get(f"/api/talks/{talks['id']}").json()
    assert page["joined_round"] and f"/round/{page['joined_round']}" in reader.get(f"/talks/{talks['id']}").text


def test_pledges_are_filtered_by_what_became_of_them(reader: TestClient, made: Path) -> None:
    every = list(open_record(made).pledges())
    assert every
    for state in ("kept", "open"):
        rows = reader.get("/api/pledges", params={"state": state}).json()["pledges"]
        assert rows and all(row["state"] == state for row in rows)
    assert reader.get("/api/pledges?state=lost").status_code == 400
    shown, after = [], 0
    while after is not None:
        page = reader.get("/api/pledges", params={"after": str(after)}).json()
        shown += [row["id"] for row in page["pledges"]]
        after = page["after"]
    assert sorted(shown) == sorted(pledge.id for pledge in every)


def test_an_event_shows_all_its_reports(record: Path, desk: Maker) -> None:
    client = desk(record, coder="ana")
    clusters = [c for c in open_record(record).clusters() if len(c.reports) > 1]
    assert clusters
    one = clusters[0]
    event = one.reports[0].event
    data = client.get(f"/api/event/{event}").json()["cluster"]
    assert sorted(r["id"] for r in data["rows"]) == sorted(r.event for r in one.reports)
    assert "All reports of this event" in client.get(f"/event/{event}").text
    post(client, "/verdict", kind="cluster", target=data["id"], verdict="several events")
    assert client.get(f"/api/event/{event}").json()["cluster"]["verdict"] == "several events"
    post(client, "/verdict", kind="cluster", target=data["id"], verdict="take back")
    assert client.get(f"/api/event/{event}").json()["cluster"]["verdict"] is None


def test_a_verdict_on_a_pledge_is_signed_and_taken_back(record: Path, desk: Maker) -> None:
    client, other = desk(record, coder="ana"), desk(record, coder="ben")
    pledge = client.get("/api/pledges?state=open").json()["pledges"][0]
    assert (
        post(client, "/verdict", kind="pledge", target=pledge["id"], verdict="broken", next="/pledges").status_code
        == 303
    )
    now = next(p for p in client.get("/api/pledges?state=broken").json()["pledges"] if p["id"] == pledge["id"])
    assert (now["state"], now["suggested"], now["verdict_by"]) == ("broken", "open", "ana")
    assert post(other, "/verdict", kind="pledge", target=pledge["id"], verdict="take back").status_code == 400
    assert post(client, "/verdict", kind="pledge", target=pledge["id"], verdict="maybe").status_code == 400
    post(client, "/verdict", kind="pledge", target=pledge["id"], verdict="take back")
    assert client.get(f"/api/pledges?state=open&side={pledge['side']}").status_code == 200
    assert pledge["id"] in [p["id"] for p in client.get("/api/pledges?state=open").json()["pledges"]]


def test_the_overview_and_the_list_lead_to_processes(reader: TestClient, made: Path) -> None:
    """Both show the rounds of a process in order, each a link to its round."""
    held = {process.id: process for process in open_record(made).processes()}
    listed = reader.get("/api/processes").json()
    assert listed["total"] == len(held) and len(listed["processes"]) == min(25, len(held))
    ends = [row["end_date"] for row in listed["processes"] if row["end_date"]]
    assert ends == sorted(ends, reverse=True)
    for row in listed["processes"]:
        assert [one["id"] for one in row["line"]] == list(held[row["id"]].rounds)
    shown = reader.get("/api").json()["processes"]
    assert shown and all(len(row["line"]) > 1 for row in shown)
    assert f"/round/{shown[0]['line'][-1]['id']}" in reader.get("/").text


def test_pledges_have_sides_and_what_is_overdue(reader: TestClient, made: Path) -> None:
    every = list(open_record(made).pledges())
    side = every[0].side
    rows = reader.get("/api/pledges", params={"side": side}).json()
    assert rows["total"] == sum(pledge.side == side for pledge in every)
    late = reader.get("/api/pledges?overdue=1").json()["pledges"]
    assert {row["id"] for row in late} == {pledge.id for pledge in every if pledge.overdue}
    counts = reader.get("/api/pledges").json()["counts"]
    assert sum(counts["state"].values()) == sum(counts["kind"].values()) == len(every)
