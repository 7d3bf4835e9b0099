"""Searches of many rows: a slow site holds up no other row, and no page is kept."""

import threading
from typing import Any

from enrich.finding.search import Bounds, Search
from enrich.finding.wanted import Lead, Wanted
from spiders.limits import Limits
from tests.spiders.conftest import Hostile, answer
from tests.workers.agency import IMPRINT
from workers.site_search import Around, search

SLOW, FIRST, SECOND = "slow.example", "first.example", "second.example"


def row(name: str, *domains: str) -> Search:
    leads = tuple(
        Lead(domain=one, because="the list names it", weight=9.0 - place)
        for place, one in enumerate(domains)
    )
    return Search(Wanted(name=name, country="DE", leads=leads), Bounds(visits=2))


def test_a_slow_site_holds_up_no_other_row(web: Hostile) -> None:
    reached = threading.Event()
    in_time: list[bool] = []

    def slow(sock: Any, _over: threading.Event) -> None:
        # Answered once the other row is at its second site: after a round, it never would be.
        in_time.append(reached.wait(20))
        sock.sendall(answer("<p>Nothing</p>"))

    def second(sock: Any, _over: threading.Event) -> None:
        reached.set()
        sock.sendall(answer(IMPRINT))

    web.site(SLOW, home=slow)
    web.site(FIRST, home=answer("<html lang=de><p>Gemüse aus aller Welt, jeden Tag frisch.</p>"))
    web.site(SECOND, home=second)
    found = search(
        [row("Qqslow GmbH", SLOW), row("Quorvian Pumpen GmbH", FIRST, SECOND)],
        limits=Limits(delay=0, download_timeout=40, seconds_per_site=60),
        user_agent="Tests/1.0 (+https://tests.example/crawler)",
        allowed=web.allowed(SLOW, FIRST, SECOND),
        pages=1,
    )
    assert in_time == [True]
    assert [one.domain for one in found[1].looked] == [FIRST, SECOND]


def test_names_that_are_missing_after_a_stop_end_the_search() -> None:
    lead = Lead(domain="quorvian.example", because="the list names it")
    wanted = Search(Wanted(name="Quorvian GmbH", country="DE", leads=(lead,)), Bounds())
    ended: list[Search] = []
    found = search(
        [wanted],
        limits=Limits(),
        user_agent="Tests/1.0 (+https://tests.example/crawler)",
        allowed={},
        pages=1,
        around=Around(look_up=lambda _: {}, on_found=lambda one, _: ended.append(one)),
    )
    assert found == []
    assert ended == []
