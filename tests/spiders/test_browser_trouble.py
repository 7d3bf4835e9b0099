"""What a hostile page, a lost driver and a start that fails cost: never more than their own page."""

import asyncio
import os
import resource
import signal
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from leads.rendering import Rendering
from leads.visit_outcomes import Outcome
from spiders.browser import Browser
from spiders.browser_program import BrowserError
from spiders.exchange import Answer
from spiders.fetch_errors import FetchError
from spiders.rendering import RenderLimits, RenderOptions, Shown, Wish

LIMITS = RenderLimits(quiet=0.5, quiet_without_text=1.2, patience=8)
#: A busy machine tells of few in the time of a page, and Chromium itself bounds frames.
FEW = replace(LIMITS, events=200)
TEXT = "<p>" + "Nordwind GmbH makes windows of wood. " * 20
FLOODS = {
    "requests": "setInterval(() => { for (let i = 0; i < 500; i++)"
    " fetch('/a' + Math.random()).catch(() => 0) }, 1)",
    "frames": "setInterval(() => { for (let i = 0; i < 100; i++) {"
    " document.body.append(document.createElement('iframe')) } }, 1)",
    "navigations": "setInterval(() => { for (let i = 0; i < 500; i++)"
    " document.body.insertAdjacentHTML('beforeend', `<iframe src=/${Math.random()}></iframe>`)"
    " }, 1)",
}
#: Megabytes that this process may grow by while a page floods it.
_GROWTH = 150


def page(script: str) -> Answer:
    html = (
        f"<!doctype html><body>{'' if script in FLOODS.values() else TEXT}<script>{script}</script>"
    )
    return Answer("http://flood.example/", 200, (), html.encode())


async def nothing(url: str) -> Answer:
    raise FetchError(Outcome.HTTP_ERROR, url)


#: Here every page is a shell.
opened = partial(Browser, is_shell=lambda _: True)


class Shows:
    """A browser that shows pages, one after the other, and what it said."""

    def __init__(self, program: str, limits: RenderLimits) -> None:
        self.broken: list[BrowserError] = []
        options = RenderOptions(
            program=program, open_browser=opened, sandboxed=False, limits=limits
        )
        self.browser = opened(options, self.broken.append)

    async def __call__(self, script: str) -> Shown:
        async with self.browser.turn():
            until = asyncio.get_running_loop().time() + 60
            return await self.browser.show(page(script), nothing, Wish(until, 100_000, "en"))


def in_turn(
    program: str, work: Callable[[Shows], Awaitable[None]], limits: RenderLimits = LIMITS
) -> None:
    async def run() -> None:
        shows = Shows(program, limits)
        try:
            await work(shows)
        finally:
            await shows.browser.close()
        assert shows.broken == []

    asyncio.run(run())


@pytest.mark.parametrize("kind", list(FLOODS))
def test_a_page_that_floods_the_driver_costs_only_itself(chromium_path: str, kind: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    async def work(shows: Shows) -> None:
        assert (await shows(FLOODS[kind])).became is Rendering.FAILED
        assert (await shows("")).became is Rendering.RENDERED

    in_turn(chromium_path, work, FEW)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < _GROWTH * 1_000


def test_the_page_beside_a_flood_is_shown(chromium_path: str) -> None:
    async def work(shows: Shows) -> None:
        slow = "setTimeout(() => document.body.append('came late'), 250)"
        flood, beside = await asyncio.gather(shows(FLOODS["requests"]), shows(slow))
        assert flood.became is Rendering.FAILED
        assert (beside.became, "came late" in beside.html) == (Rendering.RENDERED, True)

    in_turn(chromium_path, work, FEW)


def test_a_driver_that_was_killed_is_replaced(chromium_path: str) -> None:
    async def work(shows: Shows) -> None:
        assert (await shows("")).became is Rendering.RENDERED
        for _ in range(2):
            drivers = own_drivers()
            assert len(drivers) == 1
            os.kill(drivers[0], signal.SIGKILL)
            assert (await shows("")).became is Rendering.RENDERED

    in_turn(chromium_path, work)
    assert own_drivers() == []


def test_a_driver_that_is_killed_under_a_page_costs_no_page(chromium_path: str) -> None:
    async def work(shows: Shows) -> None:
        both = asyncio.gather(
            *(shows("setTimeout(() => fetch('/tick').catch(() => 0), 300)") for _ in range(2))
        )
        async with asyncio.timeout(30):
            while shows.browser._chromium is None:
                await asyncio.sleep(0.05)
        os.kill(own_drivers()[0], signal.SIGKILL)
        assert [one.became for one in await both] == [Rendering.RENDERED] * 2

    in_turn(chromium_path, work)


def own_drivers() -> list[int]:
    """The processes of Playwright's driver that this process started and that still run."""
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    return [int(one) for one in children if b"run-driver" in _command(one)]


def _command(process: str) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def test_a_start_that_fails_once_ends_nothing(chromium_path: str, tmp_path: Path) -> None:
    program = tmp_path / "chromium"
    program.write_text(
        f'#!/bin/sh\n[ -e "{tmp_path}/tried" ] || {{ touch "{tmp_path}/tried"; exit 1; }}\n'
        f'exec "{chromium_path}" "$@"\n'
    )
    program.chmod(0o700)

    async def work(shows: Shows) -> None:
        assert (await shows("")).became is Rendering.RENDERED

    in_turn(str(program), work)
    assert (tmp_path / "tried").exists()


def test_a_window_that_a_page_opens_leads_nobody(chromium_path: str) -> None:
    async def work(shows: Shows) -> None:
        opens = "const one = open('/x'); setTimeout(() => { one.location = '/y' }, 100);"
        shown = await shows(opens + "open('about:blank').location = '/z'")
        assert (shown.became, shown.forward) == (Rendering.RENDERED, None)
        assert (await shows("location = '/own'")).forward == "http://flood.example/own"

    in_turn(chromium_path, work)
