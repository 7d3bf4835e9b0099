"""Look up host names before any page is fetched: which exist, and which endings answer every name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from leads.lexicon.public_suffixes import split_host
from leads.visit_outcomes import Known as Known
from spiders.addresses import denial
from spiders.guard import Allowed, Guard
from spiders.host_addresses import addresses_of

#: Names that are asked for at once, and seconds until one is given up.
AT_ONCE, PATIENCE = 64, 8.0
#: A name that is not registered: an ending that answers it answers every name.
NONSENSE = "qzx7jv-no-such-name-k4wq"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One name: what is known of it, the hosts that have an address, and the addresses."""

    name: str
    known: Known
    hosts: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()


#: Returns the addresses of a host; none if it does not exist. OSError: no answer.
Resolve = Callable[[str], Awaitable[Sequence[str]]]


def look_up(
    names: Iterable[str], *, allowed: Allowed, resolve: Resolve | None = None
) -> dict[str, LookedUp]:
    """Look up registrable domains, each with and without `www.`.

    With a map of `allowed` hosts, no other name is looked up: all others are missing.
    """
    wanted = list(dict.fromkeys(names))
    if allowed:
        guard = Guard(allowed)
        return {name: _mapped(name, guard) for name in wanted}
    return asyncio.run(_look_up_all(wanted, resolve or addresses_of))


def _mapped(name: str, guard: Guard) -> LookedUp:
    hosts = tuple(host for host in (name, f"www.{name}") if guard.names(host))
    return LookedUp(name, Known.FOUND if hosts else Known.MISSING, hosts)


async def _look_up_all(names: Sequence[str], resolve: Resolve) -> dict[str, LookedUp]:
    turns = asyncio.Semaphore(AT_ONCE)

    async def ask(host: str) -> Sequence[str] | None:
        async with turns:
            try:
                return await asyncio.wait_for(resolve(host), PATIENCE)
            except (OSError, TimeoutError):
                return None

    found = dict(
        zip(names, await asyncio.gather(*(_one(name, ask) for name in names)), strict=True)
    )
    # Which endings answer every name is asked once for each that answered at all.
    endings = sorted({_ending(one.name) for one in found.values() if one.known is Known.FOUND})
    asked = await asyncio.gather(*(ask(f"{NONSENSE}.{ending}") for ending in endings))
    every = {ending: frozenset(some or ()) for ending, some in zip(endings, asked, strict=True)}
    return {name: _checked(one, every) for name, one in found.items()}


async def _one(name: str, ask: Callable[[str], Awaitable[Sequence[str] | None]]) -> LookedUp:
    hosts: list[str] = []
    addresses: list[str] = []
    silent = False
    for host in (name, f"www.{name}"):
        some = await ask(host)
        silent = silent or some is None
        if some:
            hosts.append(host)
            addresses += some
            break
    if not hosts:
        return LookedUp(name, Known.FAILED if silent else Known.MISSING)
    if all(map(denial, addresses)):
        return LookedUp(name, Known.DENIED, (), tuple(addresses))
    return LookedUp(name, Known.FOUND, tuple(hosts), tuple(dict.fromkeys(addresses)))


def _checked(one: LookedUp, every: Mapping[str, frozenset[str]]) -> LookedUp:
    answers_all = every.get(_ending(one.name), frozenset())
    if one.known is Known.FOUND and answers_all and answers_all.issuperset(one.addresses):
        return LookedUp(one.name, Known.WILDCARD, (), one.addresses)
    return one


def _ending(name: str) -> str:
    return split_host(name).suffix or name.partition(".")[2]
