"""Search the sites of many rows together: look names up, visit sites, and hand in what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from enrich.finding.search import Answered, Finding, Search, Visited
from spiders.crawl import crawl
from spiders.guard import Allowed
from spiders.limits import Limits
from spiders.look_up import LookedUp, look_up
from spiders.opted_out import NOBODY, OptedOut
from spiders.site import SiteOutcome, SiteToCrawl

#: Endings that are reserved for examples, beside which nothing real is mapped.
_RESERVED = frozenset({"example", "test"})
#: Rows that are searched together: their pages are in memory.
TOGETHER = 200

LookUp = Callable[[Sequence[str]], Mapping[str, LookedUp]]
Visit = Callable[[Sequence[SiteToCrawl], Callable[[SiteOutcome], None]], object]


def mapped_endings(allowed: Allowed) -> tuple[str, ...]:
    """The reserved endings of mapped hosts, which tests and the demo use."""
    return tuple(sorted({host.rpartition(".")[2] for host, _ in allowed} & _RESERVED))


def search(
    searches: Sequence[Search],
    *,
    limits: Limits,
    user_agent: str,
    allowed: Allowed,
    pages: int,
    look_up_names: LookUp | None = None,
    should_stop: Callable[[], bool] = lambda: False,
    opted_out: OptedOut = NOBODY,
) -> list[Finding]:
    """Drive searches to their end and return their findings, in order.

    A name is looked up once and a site visited once, however many rows ask for it. With a map of
    `allowed` hosts nothing else is reached.
    """
    found: list[Finding] = []
    few = replace(limits, pages_per_site=pages, pages_enough=pages, look_further=False)

    def visit(sites: Sequence[SiteToCrawl], on_site: Callable[[SiteOutcome], None]) -> object:
        return crawl(
            sites,
            limits=few,
            user_agent=user_agent,
            on_site=on_site,
            allowed=allowed,
            should_stop=should_stop,
            opted_out=opted_out,
        )

    names = look_up_names or (lambda some: look_up(some, allowed=allowed))
    for start in range(0, len(searches), TOGETHER):
        some = searches[start : start + TOGETHER]
        _drive(some, names, visit)
        found += [one.finding() for one in some]
    return found


def _drive(searches: Sequence[Search], names: LookUp, visit: Visit) -> None:
    looked: dict[str, LookedUp] = {}
    visits: dict[str, SiteOutcome] = {}
    while True:
        wanted = {one: one.to_look_up() for one in searches}
        fresh = sorted({name for some in wanted.values() for name in some} - looked.keys())
        looked |= names(fresh) if fresh else {}
        for one, some in wanted.items():
            one.looked_up({name: _answered(looked[name]) for name in some})

        to_visit = {one: domain for one in searches if (domain := one.to_visit())}
        if not to_visit:
            if any(wanted.values()):
                continue
            return
        _visit(to_visit, visits, visit)


def _visit(to_visit: Mapping[Search, str], visits: dict[str, SiteOutcome], visit: Visit) -> None:
    hosts = {domain: one.hosts(domain) for one, domain in to_visit.items() if domain not in visits}
    fresh: dict[str, SiteOutcome] = {}

    def keep(outcome: SiteOutcome) -> None:
        fresh[outcome.domain] = outcome

    if hosts:
        visit([SiteToCrawl(domain, _addresses(some)) for domain, some in hosts.items()], keep)
    visits |= fresh
    paid: set[str] = set()
    for one, domain in to_visit.items():
        # Whoever asked first pays for a visit that several rows share.
        pays = domain in fresh and domain not in paid
        paid.add(domain)
        one.visited(domain, _visited(visits.get(domain), pays=pays))


def _addresses(hosts: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{scheme}://{host}/" for scheme in ("https", "http") for host in hosts)


def _answered(one: LookedUp) -> Answered:
    return Answered(known=one.known.value, hosts=one.hosts)


def _visited(outcome: SiteOutcome | None, *, pays: bool) -> Visited:
    if outcome is None:
        return Visited(outcome="unfinished", reason="the visit was stopped")
    return Visited(
        outcome=outcome.outcome.value,
        reason=outcome.reason,
        final_domain=outcome.final_domain,
        pages=outcome.pages,
        requests=outcome.requests if pays else 0,
    )
