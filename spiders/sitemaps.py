"""Read sitemaps within bounds: their addresses, packed or not, without an XML parser."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from html import unescape

from leads.lexicon.domains import registrable
from spiders.hrefs import LONGEST_URL
from spiders.links import Link, link_to
from spiders.plain_words import plain
from spiders.same_page import is_repetitive, is_trap
from spiders.site import PageKind
from spiders.tables import table

#: Bytes of one sitemap, unpacked; a larger one is cut where it is packed, else refused.
MOST_BYTES = 1_000_000
#: Documents read per site, and addresses read of each.
MOST_DOCUMENTS, _MOST_ADDRESSES = 3, 10_000
_PACKED = b"\x1f\x8b"
_LOCATION = re.compile(r"<loc>\s*(?:<!\[CDATA\[\s*)?(https?://[^<\]\s]{1,2000})", re.IGNORECASE)
_INDEX = re.compile(r"<sitemapindex\b", re.IGNORECASE)


def addresses(body: bytes) -> tuple[bool, list[str]]:
    """Return whether a sitemap is an index of others, and its addresses in order, each once.

    A text file with one address per line is a sitemap too. Anything else has no addresses.
    """
    text = _unpacked(body).decode("utf-8", "replace")
    found: Iterator[str] = (unescape(one[1]) for one in _LOCATION.finditer(text))
    if "<" not in text[:1_000]:
        found = (line.strip() for line in text.splitlines() if line.startswith("http"))
    kept = (url for url in found if len(url) <= LONGEST_URL)
    some = dict.fromkeys(url for _, url in zip(range(_MOST_ADDRESSES), kept, strict=False))
    return bool(_INDEX.search(text[:5_000])), list(some)


def worth_reading(urls: Sequence[str], domain: str) -> list[str]:
    """Return the sitemaps of the site in an index that may list its main pages, best first."""
    own = [url for url in urls if registrable(url) == domain]
    ranked = [(rank, place, url) for place, url in enumerate(own) if (rank := _rank(url)) < _NEVER]
    return [url for _, _, url in sorted(ranked)]


def wanted_links(urls: Sequence[str], domain: str, kinds: Sequence[PageKind]) -> list[Link]:
    """Return the addresses of the site that are of these kinds by their path, the surest first."""
    found = []
    for url in urls:
        if registrable(url) != domain or is_repetitive(url) or is_trap(url):
            continue
        link = link_to(url, "", "")
        if link.kind in kinds:
            found.append(Link(url, link.kind, link.points, f"the sitemap lists it: {link.why}"))
    return sorted(found, key=lambda link: (-link.points, len(link.url)))


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(_PACKED):
        return body[:MOST_BYTES]
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16).decompress(body, MOST_BYTES)
    except zlib.error:
        return b""


_NEVER = 2


def _rank(url: str) -> int:
    said = set(plain(url.rpartition("/")[2]).split())
    first, never = _words()
    return 0 if said & first else _NEVER if said & never else 1


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    listed = table("unlinked")["sitemaps"]
    return frozenset(listed["first"]), frozenset(listed["never"])
