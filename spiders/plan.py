"""Choose the next page of a site: one of each wanted kind first, within the limits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from spiders.limits import Limits
from spiders.link_words import most_of
from spiders.links import Link
from spiders.same_page import language_of, same_page
from spiders.site import PageKind

_ORDER = {kind: place for place, kind in enumerate(PageKind)}
#: Points for a page in the site's first language, and for each language further down.
_OWN_LANGUAGE, _NEXT_LANGUAGE, _NO_LANGUAGE = 3, -1, -8
#: Where a site without an imprint says who it is.
_INSTEAD = PageKind.PRIVACY


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One page to fetch: its rank in the plan, its depth from the home page, and its URL."""

    place: tuple[int, int, int]
    depth: int
    link: Link


class Plan:
    """The known unfetched pages. Every page taken counts against the limits, even if it fails."""

    def __init__(self, limits: Limits, home: str, languages: Sequence[str] = ()) -> None:
        self._limits = limits
        self._languages = list(languages)
        self._known = {home, same_page(home)}
        self._had_pages = set(self._known)
        self._waiting: dict[PageKind, dict[str, Step]] = {}
        #: The kind of the step that waits for a page.
        self._waits_as: dict[str, PageKind] = {}
        #: Links of no kind with their depths: most are never looked at.
        self._others: list[tuple[Link, int]] = []
        #: Links offered before: navigation is the same on every page, and so are its links.
        self._offered: dict[int, Link] = {}
        self._taken = 1
        self._seen = 0
        self._had = Counter([PageKind.HOME])
        self._under_way: Counter[PageKind] = Counter()

    def offer(self, links: Iterable[Link], depth: int) -> None:
        """Add links found on a page at `depth` links from the home page; of addresses of one page
        the best counts. A frame or a start page is as deep as what shows it.
        """
        if depth >= self._limits.depth:
            return
        for link in links:
            if id(link) in self._offered:
                continue
            self._offered[id(link)] = link
            if link.kind is PageKind.OTHER:
                self._others.append((link, depth))
            else:
                self._add(link, depth)

    def _add(self, link: Link, depth: int) -> None:
        key = _key(link, link.url)
        if key in self._waits_as:
            waiting = self._waiting[self._waits_as[key]][key]
            if self._points(link) <= self._points(waiting.link):
                return
            self._drop(key)
        elif key in self._known or link.url in self._known:
            return
        self._known.add(key)
        self._seen += 1
        place = (_ORDER[link.kind], depth, self._seen)
        step = Step(place, depth + (link.kind is not PageKind.ENTRY), link)
        self._waiting.setdefault(link.kind, {})[key] = step
        self._waits_as[key] = link.kind

    def _drop(self, key: str) -> None:
        """Let nothing wait for a page."""
        if (kind := self._waits_as.pop(key, None)) is not None:
            del self._waiting[kind][key]

    def _add_others(self) -> None:
        others, self._others = self._others, []
        for link, depth in others:
            self._add(link, depth)

    def forget(self, urls: Iterable[str]) -> None:
        """Leave out addresses of a page that was fetched in another language."""
        for url in urls:
            key = same_page(url)
            self._known.add(key)
            self._drop(key)

    def take(self, *, others: bool = True, kept_free: int = 0) -> Step | None:
        """Return the next page to fetch; None if no page is worth fetching.

        Without `others` only pages of a kind are taken. `kept_free` pages are left for an imprint
        or contact page that is still looked for.
        """
        if self.is_full:
            return None
        wanted = self._wanted()
        if not others:
            wanted.discard(PageKind.OTHER)
        kinds = self._kinds_of(wanted)
        if not kinds and PageKind.OTHER in wanted:
            self._add_others()
            kinds = self._kinds_of(wanted)
        if not kinds:
            return None
        # Links are compared within the best kind only: many are of one kind, or of none.
        ranks = {kind: self._rank(kind) for kind in kinds}
        best = min(ranks.values())
        step = min(
            (
                step
                for kind in kinds
                if ranks[kind] == best
                for step in self._waiting[kind].values()
            ),
            key=lambda step: (-self._points(step.link), step.place),
        )
        has_room = self._taken < self._limits.pages_per_site - kept_free
        if not has_room and _ORDER[step.link.kind] > _ORDER[PageKind.CONTACT]:
            return None
        self._drop(_key(step.link, step.link.url))
        self._taken += 1
        self._under_way[step.link.kind] += 1
        return step

    def done(self, step: Step, url: str | None) -> bool:
        """Record that a taken page ended at `url` (None: failed); False if it was fetched
        before.
        """
        self._under_way[step.link.kind] -= 1
        if url is None or _key(step.link, url) in self._had_pages or url in self._had_pages:
            return False
        self._drop(same_page(url))
        self._had_pages |= {url, _key(step.link, url)}
        self._known |= {url, _key(step.link, url)}
        self._had[step.link.kind] += 1
        return True

    def lacks(self, kind: PageKind) -> bool:
        """Whether no page of a kind was fetched and none waits."""
        return not self._had.get(kind) and not self._waiting.get(kind)

    @property
    def is_full(self) -> bool:
        """Whether the site's pages are used up."""
        return self._taken >= self._limits.pages_per_site

    def _kinds_of(self, wanted: set[PageKind]) -> list[PageKind]:
        """Return those of the kinds of which pages wait."""
        return [kind for kind, steps in self._waiting.items() if steps and kind in wanted]

    def _wanted(self) -> set[PageKind]:
        """Return the kinds of which more pages are to be fetched."""
        had, coming = self._had, self._under_way
        wanted = {
            kind for kind, most in _most().items() if had.get(kind, 0) + coming.get(kind, 0) < most
        }
        if had.total() + coming.total() >= self._limits.pages_enough:
            wanted.discard(PageKind.OTHER)
        return wanted

    def _rank(self, kind: PageKind) -> tuple[bool, bool, int]:
        """Start pages first, then one page of each kind, then second ones; pages of no kind last."""
        order = _ORDER[kind]
        if kind is _INSTEAD and self.lacks(PageKind.IMPRINT):
            order = _ORDER[PageKind.CONTACT]
        is_second = kind is not PageKind.ENTRY and bool(
            self._had.get(kind) or self._under_way.get(kind)
        )
        return (kind is PageKind.OTHER, is_second, order)

    def _points(self, link: Link) -> int:
        language = language_of(link.url)
        if language is None or not self._languages:
            return link.points
        if language not in self._languages:
            return link.points + _NO_LANGUAGE
        place = self._languages.index(language)
        return link.points + (_OWN_LANGUAGE if place == 0 else _NEXT_LANGUAGE * place)


@cache
def _most() -> dict[PageKind, int]:
    return {kind: most_of(kind) for kind in PageKind}


def _key(link: Link, url: str) -> str:
    """Frames and start pages differ by address: one may be the home page in a language."""
    return url if link.kind is PageKind.ENTRY else same_page(url)
