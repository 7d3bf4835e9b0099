"""How long who guesses waits, and whose password is checked next."""

import asyncio
from collections.abc import Sequence

import pytest

from actions.networks import narrow, wide
from actions.session import open_installation
from console.web.login_gate import BusyError, Gate
from console.web.throttle import (
    FORGIVEN_EVERY,
    FREE,
    FREE_OF_MANY,
    FREE_OF_NETWORK,
    LONGEST,
    Key,
    Throttle,
    login_keys,
)
from tests.web.browser import Browser
from tests.web.conftest import PASSWORD, serving

ANN = Key("name ann")


def test_the_wait_doubles_up_to_a_limit_and_is_forgotten() -> None:
    time = [0.0]
    throttle = Throttle(lambda: time[0])
    waits = []
    for _ in range(40):
        throttle.failed([ANN, Key("address a")])
        waits.append(throttle.wait([ANN]))
    assert waits[: FREE + 3] == [0.0] * (FREE - 1) + [1.0, 2.0, 4.0, 8.0]
    assert waits[-1] == LONGEST
    assert throttle.wait([Key("name ben")]) == 0.0
    assert throttle.wait([Key("name ben"), Key("address a")]) == LONGEST
    time[0] += LONGEST
    assert throttle.wait([ANN]) == 0.0
    throttle.succeeded(ANN)
    throttle.failed([ANN])
    assert throttle.wait([ANN]) == 0.0


def test_what_is_wrong_now_and_then_costs_nothing() -> None:
    time = [0.0]
    throttle = Throttle(lambda: time[0])
    for _ in range(100):
        throttle.failed([ANN])
        assert throttle.wait([ANN]) == 0.0
        time[0] += FORGIVEN_EVERY


def test_the_typos_of_an_office_are_forgiven() -> None:
    time = [0.0]
    throttle = Throttle(lambda: time[0])
    for number in range(40):
        keys = login_keys(f"user {number}", "192.0.2.7", "")
        throttle.failed(keys)
        throttle.succeeded(keys[0])
        assert throttle.wait(login_keys("ann", "192.0.2.7", "")) == 0.0
        time[0] += FORGIVEN_EVERY * 25 / 30


def guesses(throttle: Throttle, name: str, addresses: Sequence[str]) -> int:
    """How many wrong passwords are read at once, one from each address."""
    read = 0
    for address in addresses:
        keys = login_keys(name, address, "")
        if throttle.wait(keys) == 0.0:
            throttle.failed(keys)
            read += 1
    return read


@pytest.mark.parametrize(
    ("names", "addresses", "most"),
    [
        pytest.param(["ann"], ["192.0.2.7"] * 200, FREE, id="one name, one address"),
        pytest.param(["ann"], [f"2001:db8::{one:x}" for one in range(200)], FREE, id="one /64"),
        pytest.param(
            [f"user {one}" for one in range(200)], ["2001:db8::7"], FREE_OF_NETWORK, id="names"
        ),
        pytest.param(
            ["ann"],
            [f"2001:db8:0:{one:x}::7" for one in range(400)],
            FREE_OF_MANY,
            id="one name, many /64",
        ),
        pytest.param(
            [f"user {one}" for one in range(400)],
            [f"2001:db8:0:{one:x}::7" for one in range(400)],
            FREE_OF_MANY,
            id="each /64 another name",
        ),
        pytest.param(
            ["ann"], [f"2001:db8:{one:x}::7" for one in range(400)], FREE_OF_MANY, id="many /48"
        ),
    ],
)
def test_a_flood_is_slowed(names: list[str], addresses: list[str], most: int) -> None:
    throttle = Throttle(lambda: 0.0)
    if len(names) == len(addresses):
        read = sum(
            guesses(throttle, name, [one]) for name, one in zip(names, addresses, strict=True)
        )
    else:
        read = sum(guesses(throttle, name, addresses) for name in names)
    assert read == most
    # The user's own browser is read all the same, and others from elsewhere are too.
    assert throttle.wait(login_keys("ann", addresses[0], "known")) == 0.0
    assert throttle.wait(login_keys("zoe", "198.51.100.1", "")) == 0.0


@pytest.mark.parametrize(
    ("address", "small", "large"),
    [
        ("192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.77", "192.0.2.0/24"),
        ("fe80::1%eth0", "fe80::/64", "fe80::/48"),
        ("", "", ""),
        ("testclient", "testclient", "testclient"),
    ],
)
def test_addresses_are_counted_by_network(address: str, small: str, large: str) -> None:
    assert (narrow(address), wide(address)) == (small, large)


class _Crowd:
    """Logins that wait at a gate; each stays inside until it is let out."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.inside: list[str] = []
        self.refused: list[str] = []
        self._doors: dict[str, asyncio.Event] = {}
        self._tasks: dict[str, asyncio.Task[None]] = {}

    async def comes(self, name: str, network: str, *, is_known: bool = False) -> None:
        self._doors[name] = asyncio.Event()
        self._tasks[name] = asyncio.create_task(self._enter(name, network, is_known))
        await _settled()

    async def leaves(self, name: str) -> None:
        self._doors[name].set()
        await self._tasks[name]
        await _settled()

    async def gives_up(self, name: str) -> None:
        self._tasks[name].cancel()
        await _settled()

    async def _enter(self, name: str, network: str, is_known: bool) -> None:
        try:
            async with self.gate.turn(network, is_known=is_known):
                self.inside.append(name)
                await self._doors[name].wait()
                self.inside.remove(name)
        except BusyError:
            self.refused.append(name)


async def _settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_networks_take_turns_and_known_browsers_come_first() -> None:
    async def run() -> None:
        crowd = _Crowd(Gate(at_once=2, most=8, most_of_one=4))
        for one in range(6):
            await crowd.comes(f"bot {one}", "flood")
        assert crowd.inside == ["bot 0", "bot 1"]
        await crowd.comes("bot 6", "flood")
        assert crowd.refused == ["bot 6"]
        await crowd.comes("ann", "office")
        await crowd.comes("ben", "office")
        await crowd.comes("zoe", "home", is_known=True)
        await crowd.leaves("bot 0")
        assert crowd.inside == ["bot 1", "zoe"]
        await crowd.leaves("zoe")
        assert crowd.inside == ["bot 1", "bot 2"]
        await crowd.leaves("bot 1")
        assert crowd.inside == ["bot 2", "ann"]
        await crowd.gives_up("bot 3")
        await crowd.leaves("ann")
        await crowd.leaves("bot 2")
        assert sorted(crowd.inside) == ["ben", "bot 4"]
        await crowd.leaves("ben")
        await crowd.leaves("bot 4")
        await crowd.leaves("bot 5")
        await crowd.comes("late", "flood")
        assert (crowd.inside, crowd.gate.waiting) == (["late"], 0)
        await crowd.leaves("late")

    asyncio.run(run())


def test_known_browsers_wait_in_a_line_that_has_an_end() -> None:
    async def run() -> None:
        crowd = _Crowd(Gate(at_once=1, most=3, most_of_one=2))
        for one in range(5):
            await crowd.comes(f"known {one}", "office", is_known=True)
        assert (crowd.refused, crowd.gate.waiting) == (["known 4"], 3)
        for one in range(4):
            await crowd.leaves(f"known {one}")

    asyncio.run(run())


def test_who_gives_up_as_another_comes_leaves_the_place() -> None:
    async def run() -> None:
        crowd = _Crowd(Gate(at_once=1, most=3, most_of_one=3))
        for one in range(4):
            await crowd.comes(f"bot {one}", "flood")
        comes = asyncio.create_task(crowd.comes("ann", "office"))
        gives_up = asyncio.create_task(crowd.gives_up("bot 3"))
        await asyncio.gather(comes, gives_up)
        assert (crowd.refused, crowd.gate.waiting) == ([], 3)
        for name in ("bot 0", "bot 1", "ann", "bot 2"):
            await crowd.leaves(name)
        assert crowd.inside == []

    asyncio.run(run())


def test_an_address_that_is_no_link_does_not_wait(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entered: list[str] = []

    class Noting(Gate):
        async def _enter(self, network: str, *, is_known: bool) -> None:
            entered.append(network)
            await super()._enter(network, is_known=is_known)

    monkeypatch.setattr("console.web.app.Gate", Noting)
    with open_installation() as installation, serving(installation) as at:
        fields = {"password": PASSWORD, "again": PASSWORD}
        assert Browser(at).post("/link/no-such-link", fields).status == 404
        assert entered == []
        Browser(at).post("/login", {"name": "ann", "password": PASSWORD})
    assert len(entered) == 1


def test_a_full_gate_turns_the_last_of_the_longest_line_away() -> None:
    async def run() -> None:
        crowd = _Crowd(Gate(at_once=1, most=4, most_of_one=3))
        for one in range(4):
            await crowd.comes(f"bot {one}", "flood")
        await crowd.comes("ann", "office")
        await crowd.comes("ben", "home")
        assert crowd.refused == ["bot 3"]
        for one in range(10):
            await crowd.comes(f"other {one}", f"network {one}")
        # Every line is as short as it can be: who comes now must wait outside.
        assert crowd.gate.waiting == 4
        assert {"ann", "ben"}.isdisjoint(crowd.refused)
        await crowd.leaves("bot 0")
        await crowd.leaves("bot 1")
        assert crowd.inside == ["ann"]
        await crowd.leaves("ann")
        await crowd.leaves("ben")
        for name in list(crowd.inside):
            await crowd.leaves(name)

    asyncio.run(run())
