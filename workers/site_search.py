"""Search the sites of many rows together: look names up, visit sites, and hand in what came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from enrich.finding.result import Finding
from enrich.finding.search import Answered, Search, Visited
from enrich.finding.shown import read_shown
from leads.visit_outcomes import Unvisited
from spiders.crawl import crawl
from spiders.guard import Allowed
from spiders.limits import Limits
from spiders.look_up import LookedUp, look_up
from spiders.opted_out import NOBODY, OptedOut
from spiders.robots_cache import RobotsCache
from spiders.site import CrawlStats, SiteOutcome, SiteToCrawl

#: Endings that are reserved for examples, beside which nothing real is mapped.
_RESERVED = frozenset({"example", "test"})
#: Rows that are searched together: what their sites show is in memory.
TOGETHER = 50
#: A site whose first pages are larger than this, together, is not read to its end.
MOST_BYTES = 1_000_000

#: Looks names up; some are missing when the search is asked to stop.
LookUp = Callable[[Sequence[str]], Mapping[str, LookedUp]]
#: Which of the domains that searches want must not be looked up; False: not named either.
Barred = Callable[[Mapping[Search, Sequence[str]]], Mapping[Search, Mapping[str, bool]]]


def _none_barred(_wanted: Mapping[Search, Sequence[str]]) -> Mapping[Search, Mapping[str, bool]]:
    return {}


def _none_resting(_sites: Sequence[str]) -> Mapping[str, str]:
    return {}


def _unheard(_search: Search, _finding: Finding) -> None:
    pass


def _unseen(_outcome: SiteOutcome) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a search asks and reports to; all of it may be left out."""

    look_up: LookUp | None = None
    #: Asked before each look-up: suppressed and erased domains.
    barred: Barred = _none_barred
    #: Which sites are left alone for now, each with why.
    resting: Callable[[Sequence[str]], Mapping[str, str]] = _none_resting
    #: Is given each finding as it is made.
    on_found: Callable[[Search, Finding], None] = _unheard
    #: Is given each visit as it ends.
    on_visit: Callable[[SiteOutcome], None] = _unseen
    should_stop: Callable[[], bool] = lambda: False
    opted_out: OptedOut = NOBODY
    robots: RobotsCache | None = None


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
    around: Around | None = None,
) -> list[Finding]:
    """Drive searches to their end and return their findings, in order; fewer when asked to stop.

    A name is looked up once and a site visited once, however many rows ask for it. With a map of
    `allowed` hosts nothing else is looked up or reached.
    """
    told = around or Around()
    few = replace(
        limits,
        pages_per_site=pages,
        pages_enough=pages,
        look_further=False,
        bytes_per_site=min(limits.bytes_per_site, MOST_BYTES),
    )

    def visit(
        sites: Sequence[SiteToCrawl],
        on_site: Callable[[SiteOutcome], None],
        more: Callable[[], Sequence[SiteToCrawl]],
    ) -> CrawlStats:
        return crawl(
            sites,
            limits=few,
            user_agent=user_agent,
            on_site=on_site,
            allowed=allowed,
            should_stop=told.should_stop,
            more=more,
            robots=told.robots,
            opted_out=told.opted_out,
            only_allowed=bool(allowed),
        )

    names = told.look_up or (lambda some: look_up(some, allowed=allowed))
    found: list[Finding] = []
    for start in range(0, len(searches), TOGETHER):
        lot = _Lot(searches[start : start + TOGETHER], names, visit, told)
        if not lot.run():
            break
        found += [one.finding() for one in lot.searches]
    return found


Visit = Callable[
    [
        Sequence[SiteToCrawl],
        Callable[[SiteOutcome], None],
        Callable[[], Sequence[SiteToCrawl]],
    ],
    CrawlStats,
]


@dataclass(slots=True)
class _Lot:
    """Searches that share look-ups and visits."""

    searches: Sequence[Search]
    names: LookUp
    visit: Visit
    around: Around
    looked: dict[str, LookedUp] = field(default_factory=dict)
    visits: dict[str, Visited] = field(default_factory=dict)
    #: By site, the searches that wait for its visit; the first pays for it.
    under_way: dict[str, list[Search]] = field(default_factory=dict)
    ended: set[Search] = field(default_factory=set)

    def run(self) -> bool:
        """Search all; False if asked to stop before the end."""
        while len(self.ended) < len(self.searches):
            if self.around.should_stop():
                return False
            if not self._look_up():
                return False
            sites = self._next()
            if not sites:
                continue
            if self.visit(sites, self._on_site, self._next).stopped:
                return False
            for domain in list(self.under_way):
                self._hand_in(
                    domain, Visited(outcome=Unvisited.UNFINISHED, reason="it was not visited")
                )
        return True

    def _idle(self) -> Iterator[Search]:
        busy = {one for some in self.under_way.values() for one in some}
        return (one for one in self.searches if one not in self.ended and one not in busy)

    def _look_up(self) -> bool:
        """Look up what searches want that have nothing to visit; the others go on meanwhile.

        False if names are missing, because the search is asked to stop.
        """
        while wanted := self._wanted():
            fresh = sorted({name for some in wanted.values() for name in some} - self.looked.keys())
            self.looked |= self.names(fresh) if fresh else {}
            if not self.looked.keys() >= set(fresh):
                return False
            for one, some in wanted.items():
                one.looked_up({name: _answered(self.looked[name]) for name in some})
            self._end_the_decided()
        self._end_the_decided()
        return True

    def _wanted(self) -> dict[Search, list[str]]:
        """The names that idle searches want to look up, without those that are barred."""
        while True:
            wanted = {one: some for one in self._idle() if (some := one.to_look_up())}
            barred = self.around.barred(wanted)
            if not any(barred.values()):
                return wanted
            for one, domains in barred.items():
                one.deny(domains)

    def _end_the_decided(self) -> None:
        for one in list(self._idle()):
            if one.to_visit() is None and not one.to_look_up():
                self.ended.add(one)
                self.around.on_found(one, one.finding())

    def _next(self) -> list[SiteToCrawl]:
        """The sites to visit now, of every search that waits for none and needs no look-up."""
        found: list[SiteToCrawl] = []
        while fresh := self._fresh():
            resting = self.around.resting(list(fresh))
            for domain, hosts in fresh.items():
                if domain in resting:
                    self._hand_in(
                        domain, Visited(outcome=Unvisited.RESTING, reason=resting[domain])
                    )
                else:
                    found.append(SiteToCrawl(domain, _addresses(hosts)))
        return found

    def _fresh(self) -> dict[str, Sequence[str]]:
        """The sites that idle searches want and that are not visited yet, with their hosts."""
        fresh: dict[str, Sequence[str]] = {}
        for one in list(self._idle()):
            while (domain := one.to_visit()) is not None and domain in self.visits:
                one.visited(domain, self.visits[domain])
            if domain is None:
                continue
            if domain not in self.under_way:
                fresh[domain] = one.hosts(domain)
            self.under_way.setdefault(domain, []).append(one)
        self._end_the_decided()
        return fresh

    def _on_site(self, outcome: SiteOutcome) -> None:
        self.around.on_visit(outcome)
        self._hand_in(outcome.domain, _visited(outcome))

    def _hand_in(self, domain: str, visited: Visited) -> None:
        # Whoever asked first pays for a visit that several rows share.
        shared = self.visits[domain] = replace(visited, requests=0)
        first, *others = self.under_way.pop(domain)
        first.visited(domain, visited)
        for one in others:
            one.visited(domain, shared)
        self._end_the_decided()


def _addresses(hosts: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{scheme}://{host}/" for scheme in ("https", "http") for host in hosts)


def _answered(one: LookedUp) -> Answered:
    return Answered(known=one.known.value, hosts=one.hosts)


def _visited(outcome: SiteOutcome) -> Visited:
    """What a visit told; its pages are read here, and not kept."""
    return Visited(
        outcome=outcome.outcome.value,
        reason=outcome.reason,
        final_domain=outcome.final_domain,
        shown=read_shown(outcome.domain, outcome.pages) if outcome.pages else None,
        requests=outcome.requests,
    )
