"""Which site is visited next: slow ones hold nobody up, and one address gets a few at a time."""

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spiders.crawl import crawl
from spiders.limits import Limits
from spiders.site import Outcome, SiteOutcome, SiteToCrawl
from spiders.supply import Supply
from tests.spiders.conftest import Hostile, Web

AGENT = "Sluice/0.1 (+https://sluice.example/crawler)"


async def at_home(site: SiteToCrawl) -> str:
    """The first letter of a site is its address."""
    await asyncio.sleep(0)
    return site.domain[0]


def sites(*names: str) -> list[SiteToCrawl]:
    return [SiteToCrawl(name) for name in names]


def test_sites_of_one_address_wait_for_each_other_and_hold_up_no_others() -> None:
    async def run() -> list[str]:
        supply = Supply(sites("a1", "a2", "a3", "b1"), None, 10, 2, at_home)
        taken = [await supply.take() for _ in range(3)]
        supply.ended("a")
        taken.append(await supply.take())
        for _ in range(3):
            supply.ended("a" if _ < 2 else "b")
        taken.append(await supply.take())
        return [one[0].domain if one else "-" for one in taken]

    assert asyncio.run(run()) == ["a1", "a2", "b1", "a3", "-"]


def test_new_sites_come_while_others_are_under_way_and_end_with_them() -> None:
    coming = [sites("b1"), [], sites("c1"), []]

    def more() -> Sequence[SiteToCrawl]:
        return coming.pop(0) if coming else []

    async def run() -> list[str]:
        supply = Supply(sites("a1"), more, 10, 2, at_home)
        found = []
        while (taken := await supply.take()) is not None:
            found.append(taken[0].domain)
            if len(found) == 3:
                for address in "abc":
                    supply.ended(address)
        return found

    assert asyncio.run(run()) == ["a1", "b1", "c1"]


@given(
    count=st.integers(1, 12),
    most=st.integers(1, 3),
    lanes=st.integers(1, 5),
    answers=st.lists(st.sampled_from("aabc"), min_size=1, max_size=40),
    steps=st.lists(st.integers(0, 3), min_size=1, max_size=10),
)
@example(count=4, most=1, lanes=4, answers=[*"baaaabbb"], steps=[1])
def test_every_site_is_visited_wherever_its_name_leads_by_then(
    count: int, most: int, lanes: int, answers: list[str], steps: list[int]
) -> None:
    """Each look-up answers by its turn, so that one name leads to several addresses."""
    named = [f"s{n}" for n in range(count)]
    visited: list[str] = []
    asked = 0

    async def address_of(_site: SiteToCrawl) -> str:
        nonlocal asked
        asked += 1
        answered = answers[asked % len(answers)]
        for _ in range(steps[asked % len(steps)]):
            await asyncio.sleep(0)
        return answered

    async def lane(supply: Supply, at: dict[str, int]) -> None:
        while (taken := await supply.take()) is not None:
            site, address = taken
            at[address] = at.get(address, 0) + 1
            assert at[address] <= most
            for _ in range(steps[len(visited) % len(steps)] + 1):
                await asyncio.sleep(0)
            visited.append(site.domain)
            at[address] -= 1
            supply.ended(address)

    async def run() -> None:
        supply = Supply(sites(*named), None, 0, most, address_of)
        at: dict[str, int] = {}
        async with asyncio.timeout(30):
            await asyncio.gather(*(lane(supply, at) for _ in range(lanes)))

    asyncio.run(run())
    assert sorted(visited) == sorted(named)


def test_after_its_time_no_more_are_asked_for() -> None:
    def more() -> Sequence[SiteToCrawl]:
        raise AssertionError("asked")

    async def run() -> Any:
        supply = Supply(sites("a1"), more, 0, 2, at_home)
        first = await supply.take()
        supply.ended("a")
        return first, await supply.take()

    first, second = asyncio.run(run())
    assert first is not None
    assert second is None


def test_a_silent_site_holds_up_no_other(server: Hostile, web: type[Web]) -> None:
    """One of two lanes waits for a site that answers only when all others are done."""
    quick = [f"quick{n}.example" for n in range(6)]
    others_done = threading.Event()

    def answer_last(connection: Any, _over: Any) -> None:
        if others_done.wait(50):
            connection.sendall(web.page())

    for host in quick:
        server.site(host, home=web.page())
    server.site("silent.example", robots=answer_last, home=web.page())
    left = [[SiteToCrawl(one, (f"http://{one}/",))] for one in quick]
    ended: list[str] = []

    def note(outcome: SiteOutcome) -> None:
        ended.append(outcome.domain)
        if set(quick) <= set(ended):
            others_done.set()

    stats = crawl(
        [SiteToCrawl("silent.example", ("http://silent.example/",))],
        limits=Limits(delay=0, sites_at_once=2, download_timeout=60, seconds_per_site=120),
        user_agent=AGENT,
        allowed=server.allowed(*quick, "silent.example"),
        on_site=note,
        more=lambda: left.pop() if left else [],
    )
    assert stats.outcomes == {Outcome.OK: 7}
    assert stats.unfinished == ()
    assert ended[-1] == "silent.example"


def test_an_error_of_who_brings_more_sites_ends_the_crawl(server: Hostile, web: type[Web]) -> None:
    server.site("one.example", home=web.page())

    def broken() -> Sequence[SiteToCrawl]:
        raise RuntimeError("no database")

    with pytest.raises(RuntimeError, match="no database"):
        crawl(
            [SiteToCrawl("one.example", ("http://one.example/",))],
            limits=Limits(delay=0),
            user_agent=AGENT,
            allowed=server.allowed("one.example"),
            on_site=lambda _: None,
            more=broken,
        )
    assert threading.active_count() < 200
