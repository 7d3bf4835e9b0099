"""Make the references of a page absolute; most need no parser, and many stand on every page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urldefrag, urljoin, urlsplit

from leads.lexicon.domains import registrable
from spiders.tables import table

LONGEST_URL = 500
#: A path from the root that a parser would leave as it is.
_PLAIN = re.compile(r"/(?:(?:[\w~%-][\w.~%-]*/)*[\w~%-][\w.~%-]*/?)?", re.ASCII)
#: A reference whose meaning depends on the whole address of its page.
_OF_THE_PAGE = ("?", "#", ";")
_CACHED = 1_024


@dataclass(frozen=True, slots=True)
class Place:
    """What the references of a page are relative to: its own scheme and host, and the base URL."""

    scheme: str
    host: str
    base: str
    #: Scheme and host of the base, of paths from its root, and its folder.
    root: str
    origin: str
    folder: str

    def absolute(self, href: str) -> str | None:
        """Return the address of a page without fragment; None if it is no page."""
        href = href.strip()
        if _PLAIN.fullmatch(href):
            url = f"{self.origin}{href}"
            return url if _is_page(url, href) else None
        if href.startswith("/") and not href.startswith("//"):
            return _absolute(self.root, href, self.scheme, self.host)
        if not href or href.startswith(_OF_THE_PAGE):
            return _absolute(self.base, href, self.scheme, self.host)
        return _absolute(self.folder, href, self.scheme, self.host)


def place_of(url: str, base: str) -> Place:
    """Return the place of a page with this address and base; ValueError if it has none."""
    here, parts = urlsplit(url), urlsplit(base)
    scheme = here.scheme if parts.netloc == here.netloc else parts.scheme
    root = f"{parts.scheme}://{parts.netloc}"
    folder = f"{root}{parts.path.rpartition('/')[0]}/"
    origin = f"{scheme}://{parts.netloc}"
    return Place(here.scheme, here.netloc, base, f"{root}/", origin, folder)


def domain_of(url: str) -> str | None:
    """Return the registrable domain of an absolute URL."""
    end = url.find("/", url.find("//") + 2)
    return _domain_of_origin(url if end < 0 else url[: end + 1])


@lru_cache(maxsize=_CACHED)
def _domain_of_origin(origin: str) -> str | None:
    return registrable(origin)


def _absolute(base: str, href: str, scheme: str, host: str) -> str | None:
    try:
        url = urldefrag(urljoin(base, href)).url
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not _is_page(url, parts.path):
        return None
    # The same host in the other scheme would need its own robots.txt, and usually redirects anyway.
    return parts._replace(scheme=scheme).geturl() if parts.netloc == host else url


def _is_page(url: str, path: str) -> bool:
    if len(url) > LONGEST_URL:
        return False
    return "." not in path or path.rpartition(".")[2].lower() not in _files()


@cache
def _files() -> frozenset[str]:
    return frozenset(table("links")["files"])
