"""Links of a page within its site, each classified by its words and its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from w3lib.html import get_base_url

from leads.lexicon.domains import registrable
from spiders.anchors import References, plain_links, read
from spiders.exchange import Page, safe_url
from spiders.hrefs import Place, domain_of, place_of
from spiders.link_words import judge
from spiders.navigation import Navigation
from spiders.same_page import is_repetitive, is_trap
from spiders.site import PageKind

MOST_LINKS = 2000
#: What is remembered during a visit: places, and of each so many short references and blocks.
_MOST_PLACES, _MOST_KNOWN, _SHORT, _MOST_BLOCKS = 4, 1_000, 300, 12
#: Where a `<base href>` must be to count.
_BASE_WITHIN = 4_096
_BASE = re.compile("<base", re.IGNORECASE)
#: References that mean the same on every page of a site.
_ABSOLUTE = ("/", "http://", "https://", "mailto:", "tel:")
#: Points for the place of a link.
_PLACES = {"footer": 2, "nav": 2, "header": 1}


@dataclass(frozen=True, slots=True)
class Link:
    """An absolute URL on the site without fragment, and the kind of page it leads to."""

    url: str
    kind: PageKind
    #: How sure the kind is, and the words and the place that say so.
    points: int = field(default=0, compare=False)
    why: str = field(default="", compare=False)
    text: str = field(default="", compare=False)


def links_of(response: Page, domain: str, known: KnownLinks | None = None) -> list[Link]:
    """Return links to pages of the same registrable domain in page order, each URL once.

    `known` is what the other pages of the site had, and is added to.
    """
    text = page_text(response)
    place = place_of(response.url, base_of(text, response.url, domain))
    known = KnownLinks() if known is None else known
    found = _Reading(text, place, domain, known.at(place)).all()
    return [link for link, leads_on in found.values() if leads_on]


class _Seen(NamedTuple):
    """What a reference leads to: None for no page of the site."""

    link: Link | None
    #: Whether it counts as a reference, and means the same on every page of the site.
    counts: bool = False
    everywhere: bool = False
    leads_on: bool = False


#: Links by URL, the better one of each, and whether it leads on.
_Found = dict[str, tuple[Link, bool]]


class _Block(NamedTuple):
    """What the references of a block of navigation lead to, and how many of them count."""

    seen: tuple[_Seen, ...]
    found: _Found
    counts: int


class _Known(NamedTuple):
    """What is known of a place: by reference and where it stands, and by block of navigation."""

    references: dict[tuple[str, str, str, str], _Seen]
    #: By the hash and the length of a block's text.
    blocks: dict[tuple[int, int], _Block]


class KnownLinks:
    """What the references of one site lead to: navigation stands on every page of it."""

    def __init__(self) -> None:
        #: By page scheme and host, and root of the base; the oldest go first.
        self._places: dict[tuple[str, str, str], _Known] = {}

    def at(self, place: Place) -> _Known:
        """Return what is known of a place, to be added to."""
        key = (place.scheme, place.host, place.root)
        found = self._places.get(key)
        if found is None:
            found = self._places[key] = _Known({}, {})
            if len(self._places) > _MOST_PLACES:
                del self._places[next(iter(self._places))]
        return found


class _Reading:
    """Reads the references of one page in order; a block of navigation is read once a site."""

    def __init__(self, text: str, place: Place, domain: str, known: _Known) -> None:
        self._text = text
        self._place = place
        self._domain = domain
        self._known = known
        self._navigation = Navigation(text)
        self._references = References(text)
        #: References that count, of which a page may have some.
        self._left = MOST_LINKS
        self._found: _Found = {}

    def all(self) -> _Found:
        """Return what the references lead to, as many as count."""
        for start, end, name in self._navigation.blocks():
            self._take(self._read(start)[0])
            # Otherwise it stands in a comment or in a script.
            if self._references.at <= start:
                self._take_block(start, end, name)
        self._take(self._read(len(self._text))[0])
        return self._found

    def _take_block(self, start: int, end: int, name: str) -> None:
        text = self._text[start:end]
        key = (hash(text), end - start)
        block = self._known.blocks.get(key)
        if block is None:
            seen, is_whole = self._read_plain(text, name) or self._read(end)
            block = _block_of(seen)
            if is_whole and self._references.at <= end and len(self._known.blocks) < _MOST_BLOCKS:
                self._known.blocks[key] = block
        if self._found or block.counts > self._left:
            self._take(block.seen)
        else:
            self._left -= block.counts
            self._found.update(block.found)
        self._references.skip(max(end, self._references.at))

    def _take(self, seen: Sequence[_Seen]) -> None:
        for one in seen:
            self._left -= one.counts
            if self._left < 0:
                return
            _add(self._found, one)

    def _read_plain(self, text: str, where: str) -> tuple[Sequence[_Seen], bool] | None:
        """Return what a block of plain links leads to, and whether it means the same on every page
        of the site; None for any other block.
        """
        links = plain_links(text, min(self._left, _MOST_KNOWN), _SHORT) if where else None
        if links is None:
            return None
        place, domain = self._place, self._domain
        seen = [_led_to(place, domain, link, where, is_short=True) for link in links]
        return seen, all(one.everywhere for one in seen)

    def _read(self, end: int) -> tuple[Sequence[_Seen], bool]:
        """Return what the references that begin before `end` lead to, as far as they count; and
        whether each also ends there, and means the same on every page of the site.
        """
        where, known, left = self._navigation.at, self._known.references, self._left
        found: list[_Seen] = []
        stand_alone = True
        for name, head, inside, at in self._references.before(end):
            key = (name, head, inside, where(at))
            seen = known.get(key)
            if seen is None:
                seen = _seen(self._place, self._domain, key)
                if seen.everywhere and len(known) < _MOST_KNOWN:
                    known[key] = seen
            left -= seen.counts
            if left < 0:
                return found, False
            found.append(seen)
            stand_alone = stand_alone and seen.everywhere and at + len(inside) <= end
        return found, stand_alone


def _block_of(seen: Sequence[_Seen]) -> _Block:
    found: _Found = {}
    for one in seen:
        _add(found, one)
    return _Block(tuple(seen), found, sum(one.counts for one in seen))


def _add(found: _Found, seen: _Seen) -> None:
    link = seen.link
    if link is None:
        return
    before = found.setdefault(link.url, (link, seen.leads_on))[0]
    if before is not link and before.kind is PageKind.OTHER is not link.kind:
        found[link.url] = (link, seen.leads_on)


def _seen(place: Place, domain: str, key: tuple[str, str, str, str]) -> _Seen:
    name, head, inside, where = key
    is_short = len(head) <= _SHORT
    reading = read(name, head, inside)
    if reading is None:
        return _Seen(None, everywhere=is_short)
    return _led_to(place, domain, reading, where, is_short=is_short)


def _led_to(
    place: Place, domain: str, reading: tuple[str, str, bool], where: str, *, is_short: bool
) -> _Seen:
    href, text, forced = reading
    everywhere = is_short and href.startswith(_ABSOLUTE)
    url = place.absolute(href)
    if url is None or domain_of(url) != domain:
        return _Seen(None, counts=True, everywhere=everywhere)
    shown = Link(url, PageKind.ENTRY, why="the page shows it") if forced else None
    link = shown or link_to(url, text, where)
    leads_on = _leads_on(url, link.kind)
    return _Seen(link, counts=True, everywhere=everywhere, leads_on=leads_on)


def link_to(url: str, text: str, place: str) -> Link:
    """Classify a link by its URL, its text, and where on the page it stands."""
    found = judge(url, text)
    if found.kind is PageKind.OTHER:
        return Link(url, found.kind, text=text[:60])
    why = f"{found.why}, in the {place}" if place else found.why
    return Link(url, found.kind, found.points + _PLACES.get(place, 0), why, text[:60])


def _leads_on(url: str, kind: PageKind) -> bool:
    """Whether a link leads to no space without end, such as a query or a calendar, unless words
    tell what it is.
    """
    if kind is PageKind.OTHER:
        return "?" not in url and not is_trap(url)
    return not is_repetitive(url)


def page_text(response: Page) -> str:
    """Decode the page; one whose declared encoding cannot decode it is read as UTF-8."""
    try:
        text = response.text
    except (ValueError, LookupError, AssertionError, TypeError):
        # Python has codecs that are no character sets (undefined, base64, idna).
        text = ""
    return text if "<" in text else response.body.decode("utf-8", "replace")


def base_of(text: str, url: str, domain: str) -> str:
    """Return the URL that links are relative to: `<base href>`, unless no parser takes it or it
    leads off the site, as those of a copied or a test site do.
    """
    head = text[:_BASE_WITHIN]
    try:
        base = get_base_url(head, url) if _BASE.search(head) else safe_url(url)
        if base == url:
            return url
        urlsplit(urljoin(base, "/"))
    except ValueError:
        return url
    return base if registrable(base) == domain else url
