"""The desk in a real Chromium: every page by axe, by keyboard, in the dark, on a narrow screen, with no request elsewhere.

Needs Debian's chromium and playwright. Where chromium is absent the tests are skipped with a loud line, except in CI
(environment CI=true), where its absence is a failure.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
import uvicorn

from dateline.desk.app import build
from dateline.desk.serve import listen
from dateline.desk.web import enc
from dateline.record import open_record, review

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WAIT = 30_000
"""Milliseconds that a step may take; on a free machine each takes tens."""

COLOURS = {"type": "rule", "values": ["color-contrast"]}
"""What the dark can break of a page that was good in the light."""
ROOM = {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}
"""What a narrow screen can break of a page that was good on a wide one; `checked` also sees that nothing sticks out."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

if CHROMIUM is None and os.environ.get("CI") != "true":
    pytest.skip("NO BROWSER TESTS: chromium is not installed (apt-get install chromium)", allow_module_level=True)

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - only where there is a browser


class Served:
    """A desk over a record, on a port of its own, in a thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        listening = listen("127.0.0.1", 0)
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(build(path), log_level="error", lifespan="off", ws="none"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listening]}, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def end(self) -> None:
        self.server.should_exit = True
        self.thread.join(5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "chromium is not installed: CI must have it (.ci/run)"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def served(made: Path) -> Iterator[Served]:
    desk = Served(made)
    yield desk
    desk.end()


@pytest.fixture
def writable(record: Path) -> Iterator[Served]:
    desk = Served(record)
    yield desk
    desk.end()


Opener = Callable[..., Page]


@pytest.fixture
def opened(browser: Browser) -> Iterator[Opener]:
    """Opens a page in a session of its own and watches it: no request elsewhere, no fault, nothing against the policy."""
    contexts, faults = [], []

    def make(address: str, width: int = 1280, scheme: str = "light", **more: object) -> Page:
        more = {"reduced_motion": "reduce", **more}  # colours are judged at rest, not on their way from light to dark
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)  # type: ignore[arg-type]
        contexts.append(context)
        context.set_default_timeout(WAIT)
        page = context.new_page()
        home = re.match(r"http://[^/]+", address)
        assert home
        page.on("request", lambda r: None if r.url.startswith(home[0] + "/") else faults.append(f"request to {r.url}"))
        page.on("pageerror", lambda e: faults.append(f"fault on {page.url}: {e}"))
        page.on(
            "console",
            lambda m: faults.append(f"{m.type} on {page.url}: {m.text}") if m.type in ("error", "warning") else None,
        )
        page.on("dialog", lambda d: faults.append(f"dialog: {d.message}"))
        page.goto(address)
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, faults


def settled(page: Page) -> Page:
    """The page when its islands have drawn."""
    page.locator("html[data-ready]").wait_for(state="attached")
    for name in ("dl-timeline", "dl-map", "dl-network"):
        for one in page.locator(name).all():
            one.locator("xpath=self::*[@data-ready]").wait_for(state="attached")
    return page


def checked(page: Page, rules: list[str] | dict[str, object] = RULES) -> None:
    """No violation of WCAG 2.2 AA, by axe; and the page is no wider than the screen."""
    settled(page)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(r => r.violations.map("
        "v => [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].failureSummary.slice(0, 300)]))",
        rules,
    )
    assert not found, (page.url, found)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, page.url


@cache
def addresses(path: Path) -> dict[str, str]:
    """A page of every kind; lists are short, since every row is like the next and axe looks at each."""
    record = open_record(path)
    event = next(iter(record.events(type="ASSAULT")))
    talks = [t for t in record.talks(party="RUR") if "GRA" in (t.party_countries or "")]
    hostile = next(a for a in record.articles() if "hostile" in a.id)
    return {
        "overview": "/", "articles": "/articles?size=8", "article": f"/article/{enc(talks[1].article)}", "hostile": f"/article/{enc(hostile.id)}",
        "events": "/events?q=river&size=8", "event": f"/event/{event.id}", "statements": "/statements?act=ACCUSE&size=8",
        "statement": f"/statement/{next(iter(record.statements())).id}", "talks": "/talks?size=8", "talk": f"/talks/{talks[1].id}",
        "dyad": "/dyad/RUR/GRA", "actors": "/actors?size=8", "actor": "/actor/rur", "map": "/map", "network": "/network",
        "processes": "/processes", "process": f"/process/{next(iter(record.processes())).id}", "pledges": "/pledges",
        "round": f"/round/{max(record.rounds(), key=lambda r: r.positions).id}",
        "search": "/search?q=river", "review": "/review", "agreement": "/agreement", "runs": "/runs", "problems": "/problems",
        "add": "/add", "thread": "/thread/run?target=x", "error": "/nothing",
    }  # fmt: skip


KINDS = (
    "overview", "articles", "article", "hostile", "events", "event", "statements", "statement", "talks", "talk", "dyad",
    "actors", "actor", "map", "network", "search", "processes", "process", "round", "pledges", "review", "agreement", "runs", "problems", "add", "thread",
)  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_is_accessible(served: Served, opened: Opener, kind: str) -> None:
    """Wide and light, then the same page in the dark, then on a narrow screen."""
    page = opened(served.address + addresses(served.path)[kind])
    checked(page)
    page.emulate_media(color_scheme="dark")
    checked(page, COLOURS)
    page.set_viewport_size({"width": 360, "height": 800})
    checked(page, ROOM)


@pytest.mark.parametrize("kind", ["events", "article", "round"])
def test_narrow_screens(served: Served, opened: Opener, kind: str) -> None:
    """Loaded there, so that drawers are shut."""
    checked(opened(served.address + addresses(served.path)[kind], width=360))


@pytest.mark.parametrize("kind", ["overview", "events", "article", "map"])
def test_pages_are_light_and_quick(served: Served, opened: Opener, kind: str) -> None:
    """Under 400 kB with everything that it loads. First paint is half a second on a machine that is free."""
    sizes: list[int] = []
    page = opened("http://127.0.0.1" + served.address[len("http://127.0.0.1") :] + "/static/mark.svg")
    page.on("response", lambda r: sizes.append(len(r.body())))
    page.goto(served.address + addresses(served.path)[kind])
    settled(page)
    page.wait_for_load_state("networkidle")
    assert 20_000 < sum(sizes) < 400_000


def test_an_article_and_its_margin_lead_to_each_other(served: Served, opened: Opener) -> None:
    page = settled(opened(served.address + addresses(served.path)["article"]))
    words = page.locator('.sheet .m.st[data-r~="s1"]').first
    note = page.locator("#m-s1")
    assert not note.evaluate("e => e.classList.contains('lit')")
    words.click()
    assert note.evaluate("e => e.classList.contains('lit')")
    page.locator("h1").click()
    assert not note.evaluate("e => e.classList.contains('lit')")
    note.hover()
    assert words.evaluate("e => e.classList.contains('lit')")
    page.locator('.layer[data-layer="statements"]').click()
    assert page.url.endswith("?hide=statements") and not note.is_visible()
    page.reload()
    assert not page.locator("#m-s1").is_visible()


def test_the_article_without_script(served: Served, opened: Opener) -> None:
    """Calls and notes are plain links; so are filters, pages and layers."""
    page = opened(served.address + addresses(served.path)["article"], java_script_enabled=False)
    page.locator(".call a").first.click()
    assert "#m-" in page.url
    page.goto(served.address + "/events")
    page.locator(".facet a").first.click()
    assert "type=" in page.url and page.locator("tbody tr").count() > 0


def test_nothing_of_the_hostile_article_runs(served: Served, opened: Opener) -> None:
    page = settled(opened(served.address + addresses(served.path)["hostile"]))
    assert page.title() != "owned" and "script" in page.title()
    assert page.locator(".sheet p[dir=auto]").nth(2).evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert page.locator(".sheet script, .sheet img, .sheet svg[onload]").count() == 0


def test_dark_by_system_and_by_switch(writable: Served, opened: Opener) -> None:
    page = opened(writable.address + "/events?type=AID", scheme="dark")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    dark = page.evaluate(paper)
    page.emulate_media(color_scheme="light")
    light = page.evaluate(paper)
    assert dark != light
    page.locator(".theme button").click()
    page.wait_for_load_state()
    assert page.evaluate(paper) == dark and page.url.endswith("/events?type=AID")
    page.emulate_media(color_scheme="dark")
    page.locator(".theme button").click()
    page.wait_for_load_state()
    assert page.evaluate(paper) == light


def test_filters_swap_in_place_and_the_url_keeps_the_state(served: Served, opened: Opener) -> None:
    page = settled(opened(served.address + "/events"))
    page.evaluate("window.stayed = true")
    link = page.locator("#f-type-1")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**type=**")
    page.locator("#f-type-1.on").wait_for()
    assert page.evaluate("window.stayed") is True  # swapped, not loaded anew
    assert page.evaluate("document.activeElement.id") == "f-type-1"  # the keyboard is where it was
    count = page.locator(".count").inner_text()
    page.reload()
    assert page.locator(".count").inner_text() == count
    settled(page)
    page.go_back()
    page.locator("#f-type-1:not(.on)").wait_for()


def test_brushing_the_timeline_filters(served: Served, opened: Opener) -> None:
    page = settled(opened(served.address + "/events"))
    box = page.locator("dl-timeline .u-over").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.3, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.5, y, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"since=\d{4}-\d\d&until=\d{4}-\d\d"))
    page.locator(".count", has_text=" of ").wait_for()
    settled(page)
    assert page.locator("#f-since").input_value() in page.url


def test_charts_have_a_table_behind_them(served: Served, opened: Opener) -> None:
    page = settled(opened(served.address + "/events?type=ACCUSE"))
    page.locator("dl-timeline details summary").click()
    cells = page.locator("dl-timeline td.num").all_inner_texts()
    assert sum(map(int, cells)) == int(page.locator(".count").inner_text().split(" ")[0])


def sign(page: Page, name: str) -> None:
    page.locator("#coder").fill(name)
    page.keyboard.press("Enter")
    page.locator(".keys").wait_for()


def test_reviewing_by_keyboard_with_undo(writable: Served, opened: Opener) -> None:
    page = settled(opened(writable.address + "/review"))
    sign(page, "ana")
    settled(page)
    first = page.locator('#judge [name="target"]').input_value()
    page.keyboard.press("a")
    page.locator(".done li").wait_for()
    second = page.locator('#judge [name="target"]').input_value()
    assert second != first
    page.keyboard.press("c")
    assert page.evaluate("document.activeElement.id") == "c-type"
    kind = page.locator("#c-type").input_value()
    page.locator("#c-type").select_option("PROTEST" if kind != "PROTEST" else "AID")
    checked(page)
    page.locator("#c-status").focus()
    page.keyboard.press("r")  # in a field a letter is a letter (and no status begins with it)
    page.get_by_role("button", name="Save the correction").click()
    page.locator(".done li").nth(1).wait_for()
    made = review.judgements(writable.path)
    assert [(j.target, j.verdict) for j in made] == [(first, "accepted"), (second, "corrected")]
    settled(page)
    page.keyboard.press("u")
    page.locator(".done li").nth(1).wait_for(state="detached")
    assert [j.target for j in review.judgements(writable.path)] == [first]
    settled(page)
    assert page.locator('#judge [name="target"]').input_value() == second
    page.locator("#keys").uncheck()
    page.keyboard.press("r")
    assert len(review.judgements(writable.path)) == 1


def test_two_people_review_at_once(writable: Served, opened: Opener) -> None:
    ana, ben = (settled(opened(writable.address + "/review?whose=mine&order=sample&seed=4")) for _ in range(2))
    for page, name in ((ana, "ana"), (ben, "ben")):
        sign(page, name)
        settled(page)
    for number in range(3):
        assert (
            ana.locator('#judge [name="target"]').input_value() == ben.locator('#judge [name="target"]').input_value()
        )
        for page, key in ((ana, "a"), (ben, "r" if number == 1 else "a")):
            settled(page).keyboard.press(key)
            page.locator(".done li").nth(number).wait_for()
            settled(page)
    assert len(review.judgements(writable.path)) == 6
    ana.goto(writable.address + "/agreement")
    assert "2 of 3 alike" in ana.locator(".agreed").inner_text()
    checked(ana)


def test_a_comment_and_a_reply(writable: Served, opened: Opener) -> None:
    where = writable.address + addresses(writable.path)["talk"]
    ana = opened(where)
    ana.locator("#coder").fill("ana")
    ana.keyboard.press("Enter")
    ana.locator("#say").fill("Who mediated <b>this</b>?")
    ana.locator(".comments").get_by_role("button", name="Send").last.click()
    ana.locator(".comment").wait_for()
    ben = opened(where)
    ben.locator("#coder").fill("ben")
    ben.keyboard.press("Enter")
    ben.get_by_text("Reply to ana").click()
    ben.locator(".comment textarea").fill("Karlovia did.")
    ben.locator(".comment").get_by_role("button", name="Send").click()
    ben.locator(".comment.d1").wait_for()
    assert ben.locator(".comment p").first.inner_text() == "Who mediated <b>this</b>?"
    checked(ben)


def test_the_keyboard_alone_suffices(served: Served, opened: Opener) -> None:
    """From the top: skip link, then through the list to an event and to its words in the article."""
    page = settled(opened(served.address + "/events?type=ASSAULT"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('tbody a[href^=\"/event/\"]')"):
            break
    else:
        raise AssertionError("no event was reached by Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    page.keyboard.press("Enter")
    page.wait_for_url("**/event/**")
    page.locator(".from a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/article/**#t-e*")
    assert page.locator(page.url[page.url.index("#") :]).count() == 1


def test_print_styles_leave_the_reading(served: Served, opened: Opener) -> None:
    for kind in ("article", "talk"):
        page = settled(opened(served.address + addresses(served.path)[kind]))
        page.emulate_media(media="print")
        assert not page.locator(".top").is_visible() and not page.locator(".foot").is_visible()
        assert page.locator(".sheet p, .columns .said").first.is_visible()
        assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
