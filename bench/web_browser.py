"""Time keys in a browser: from the key to the next card on the page, and what a first load costs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from bench.web_seed import Person
from bench.web_server import Server

#: Notes when a key goes down, and when there is another card, on this page or on the next: by the
#: clock of the machine, since a page has no other that an earlier page shares.
_WATCH = """
const clock = () => performance.timeOrigin + performance.now();
const card = () => document.querySelector("article.card #name");
let before = null;
addEventListener("keydown", () => {
  window.benchWait = undefined;
  sessionStorage.setItem("bench:key", clock());
  before = card();
  watch();
}, true);
const seen = () => {
  const key = sessionStorage.getItem("bench:key");
  if (!key || !card() || card() === before) return false;
  sessionStorage.removeItem("bench:key");
  window.benchWait = clock() - Number(key);
  return true;
};
const watch = () => {
  const watching = new MutationObserver(() => seen() && watching.disconnect());
  watching.observe(document, { childList: true, subtree: true });
};
if (sessionStorage.getItem("bench:key") && !seen()) watch();
"""


@dataclass(slots=True)
class Loaded:
    """What the first load of a page took."""

    bytes: int = 0
    requests: int = 0
    #: Addresses on other machines.
    foreign: list[str] = field(default_factory=list)
    #: Milliseconds until the page was there.
    milliseconds: float = 0.0


def first_load(server: Server, person: Person) -> Loaded:
    """Load the queue with an empty cache."""
    loaded = Loaded()
    with _page(server, person) as page:
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")

        def count(event: Any) -> None:
            loaded.bytes += int(event["encodedDataLength"])

        def note(request: Any) -> None:
            loaded.requests += 1
            if not request.url.startswith(server.address):
                loaded.foreign.append(request.url)

        session.on("Network.loadingFinished", count)
        page.on("request", note)
        page.goto(f"{server.address}/queue", wait_until="load")
        timing = "performance.getEntriesByType('navigation')[0].loadEventEnd"
        loaded.milliseconds = page.evaluate(timing)
    return loaded


def time_keys(server: Server, person: Person, times: int) -> dict[str, list[float]]:
    """Milliseconds from the key to the next card: `j` and `k`, a result, and taking the next."""
    waits: dict[str, list[float]] = {"j and k": [], "a result": [], "n": []}
    with _page(server, person) as page:
        page.goto(f"{server.address}/queue")
        for _ in range(times):
            if not page.locator("[data-rows] a").count():
                page.check("input[name=any_time]")
                page.evaluate("document.activeElement.blur()")
                waits["n"].append(_press(page, "n"))
                for key in "jjkk":
                    waits["j and k"].append(_press(page, key))
            if page.locator("[data-rows] a").count() > 1:
                waits["a result"].append(_press(page, _no_answer(page)))
            else:
                # The last one: no card comes after it.
                with page.expect_navigation(wait_until="load"):
                    page.keyboard.press(_no_answer(page))
    # The first ones start what answers them.
    return {name: some[2:] for name, some in waits.items() if some[2:]}


def _press(page: Any, key: str) -> float:
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)
    page.wait_for_function("window.benchWait")
    return float(page.evaluate("window.benchWait"))


def _no_answer(page: Any) -> str:
    key = page.locator("button[name=kind][value=no_answer]").get_attribute("data-key")
    return str(key)


@contextmanager
def _page(server: Server, person: Person) -> Iterator[Any]:
    """A page of a browser in which the person is logged in."""
    play = import_module("playwright.sync_api")
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        raise RuntimeError("there is no Chromium: install Debian's `chromium`, or set CHROMIUM")
    options = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with play.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=options)
        try:
            context = browser.new_context(viewport={"width": 1360, "height": 860})
            context.add_init_script(_WATCH)
            cookie = {"name": "sluice", "value": person.cookie, "url": server.address}
            context.add_cookies([cookie])
            yield context.new_page()
        finally:
            browser.close()
