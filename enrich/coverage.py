"""Record what was read on a site, as facts: required to decide that a technology is absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol
from urllib.parse import urldefrag

from enrich.extracted import ExtractedFact
from enrich.page import BOARD
from leads.dns_records import DNS
from leads.looks import ANSWERED, NEEDS_BROWSER, RENDERED, UNREAD

#: Headers that reveal a delivery network; a network hides the company's own server.
_NETWORKS = (
    "cf-ray",
    "x-amz-cf-id",
    "x-sucuri-id",
    "x-iinfo",
    "akamai-grn",
    "x-akamai-transformed",
    "x-fastly-request-id",
    "x-vercel-id",
    "x-nf-request-id",
)
_NETWORK_SERVERS = (
    "cloudflare",
    "cloudfront",
    "akamai",
    "sucuri",
    "bunnycdn",
    "vercel",
    "netlify",
    "imperva",
    "keycdn",
    "ddos-guard",
    "stackpath",
)
#: A page that the home page forwards to or frames counts as the home page.
_KINDS = {"entry": "home"}


class Looked(Protocol):
    """What a page was like."""

    @property
    def url(self) -> str:
        """URL after redirects."""

    @property
    def kind(self) -> str:
        """Why the page was fetched."""

    @property
    def reasons(self) -> Sequence[str]:
        """Why it has no company content; empty for a normal page."""

    @property
    def words(self) -> str:
        """The words that give the first reason."""

    @property
    def sees_server(self) -> bool:
        """Whether its headers tell about the company's own server."""

    @property
    def has_scripts(self) -> bool:
        """Whether it names scripts or other sources."""

    @property
    def answered(self) -> Sequence[str]:
        """What DNS was asked and answered, by the names that technology rules use."""

    @property
    def is_rendered(self) -> bool:
        """Whether it is what a browser showed."""


def coverage(pages: Sequence[Looked]) -> tuple[ExtractedFact, ...]:
    """Return `coverage` facts as `kind:count`: pages by kind and in all, server headers, scripts.

    A page counts once, and only if it was readable: no errors, placeholders, walls, or shells that
    a browser would have to fill. The others are `needs_browser:count` and `unread_REASON:count`,
    with their addresses and the words that say so. `rendered:count` are readable pages too, as a
    browser filled them. `dns_mx:1` says that DNS answered for mail servers, if only that there are
    none.
    """
    seen = _seen([page for page in pages if page.kind not in (BOARD, DNS)])
    seen[BOARD] = [page.url for page in pages if page.kind == BOARD]
    for page in pages:
        seen |= {f"{ANSWERED}{name}": [page.url] for name in page.answered}
    return tuple(
        ExtractedFact("coverage", f"{kind}:{len(some)}", " ".join(some)[:500], "looked_at", 1.0)
        for kind, urls in sorted(seen.items())
        if (some := dict.fromkeys(urls))
    )


def _seen(pages: Sequence[Looked]) -> dict[str, list[str]]:
    """Addresses of the site's own pages by what they were like."""
    read: dict[str, Looked] = {}
    seen: dict[str, list[str]] = {NEEDS_BROWSER: []}
    for page in sorted(pages, key=lambda one: one.url):
        url = urldefrag(page.url)[0].rstrip("/")
        if not page.reasons:
            read[url] = page
        elif NEEDS_BROWSER in page.reasons[:1]:
            seen[NEEDS_BROWSER].append(url)
        else:
            said = f"{url} ({page.words})" if page.words else url
            seen.setdefault(f"{UNREAD}{page.reasons[0]}", []).append(said)
    for url, page in read.items():
        seen.setdefault(_KINDS.get(page.kind, page.kind), []).append(url)
    seen["pages"] = list(read)
    seen["headers"] = [url for url, page in read.items() if page.sees_server]
    seen[RENDERED] = [url for url, page in read.items() if page.is_rendered]
    seen["scripts"] = [url for url, page in read.items() if page.has_scripts]
    return seen


def sees_server(headers: Mapping[str, str]) -> bool:
    """Check that headers were kept and that none reveals a delivery network."""
    if not headers or any(name in headers for name in _NETWORKS):
        return False
    return not headers.get("server", "").lower().startswith(_NETWORK_SERVERS)
