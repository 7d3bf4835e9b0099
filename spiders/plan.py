"""Choose the next page of a site: wanted kinds first, within the limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from spiders.limits import Limits
from spiders.links import Link, most_of
from spiders.site import PageKind

_ORDER = {kind: place for place, kind in enumerate(PageKind)}


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One page to fetch: its rank in the plan, its depth from the home page, and its URL."""

    place: tuple[int, int, int]
    depth: int
    link: Link


class Plan:
    """The known unfetched pages. Every page taken counts against the limits, even if it fails."""

    def __init__(self, limits: Limits, home: str) -> None:
        self._limits = limits
        self._seen = {home}
        self._had_urls = {home}
        self._waiting: list[Step] = []
        self._taken = 1
        self._had = Counter([PageKind.HOME])
        self._under_way: Counter[PageKind] = Counter()

    def offer(self, links: Iterable[Link], depth: int) -> None:
        """Add links found on a page at `depth` links from the home page."""
        if depth >= self._limits.depth:
            return
        for link in links:
            if link.url not in self._seen:
                self._seen.add(link.url)
                place = (_ORDER[link.kind], depth, len(self._seen))
                self._waiting.append(Step(place, depth + 1, link))
        self._waiting.sort()

    def take(self) -> Step | None:
        """Return the next page to fetch; None if no page is worth fetching."""
        if self._taken >= self._limits.pages_per_site:
            return None
        step = next((step for step in self._waiting if self._wanted(step.link.kind)), None)
        if step is not None:
            self._waiting.remove(step)
            self._taken += 1
            self._under_way[step.link.kind] += 1
        return step

    def done(self, step: Step, url: str | None) -> bool:
        """Record that a taken page ended at `url` (None: failed); False if it was fetched
        before.
        """
        self._under_way[step.link.kind] -= 1
        if url is None or url in self._had_urls:
            return False
        self._waiting = [other for other in self._waiting if other.link.url != url]
        self._had_urls.add(url)
        self._had[step.link.kind] += 1
        return True

    def _wanted(self, kind: PageKind) -> bool:
        at_hand = self._had + self._under_way
        if kind is PageKind.OTHER:
            return at_hand.total() < self._limits.pages_enough
        return at_hand[kind] < most_of(kind)
