"""Names that are looked up slowly or in vain cost a site its time, and are asked for once."""

import asyncio
import socket
from typing import Any

import pytest

from spiders import resolver
from spiders.crawl import crawl
from spiders.guard import Guard
from spiders.limits import Limits
from spiders.site import Outcome, SiteOutcome, SiteToCrawl

AGENT = "Acme/1.0 (+https://acme.example/bot)"


def visit(name: str, limits: Limits) -> SiteOutcome:
    found: list[SiteOutcome] = []
    crawl([SiteToCrawl(name)], limits=limits, user_agent=AGENT, on_site=found.append)
    (outcome,) = found
    return outcome


def test_a_name_that_is_looked_up_for_ever_ends_with_the_time_of_its_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def silent(*_: Any) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(resolver, "look_up_host", silent)
    limits = Limits(download_timeout=0.2, seconds_per_site=1, retry_pause=0)
    assert visit("slow.example", limits).outcome is Outcome.TIMEOUT


def test_a_name_without_an_address_is_asked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    async def missing(host: str, *_: Any) -> Any:
        asked.append(host)
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(resolver, "look_up_host", missing)
    assert visit("gone.example", Limits()).outcome is Outcome.UNREACHABLE
    # On two ports, and at `www.` too.
    assert sorted(asked) == sorted(["gone.example", "www.gone.example"] * 2)

    one, names = len(asked), resolver.GuardedResolver(Guard({}))
    for _ in range(3):
        assert asyncio.run(names.address("gone.example", 443)) == "gone.example"
        with pytest.raises(OSError, match="no such name"):
            asyncio.run(names.resolve("gone.example", 443))
    assert len(asked) == one + 1
