"""Record what was read on a site, as facts: required to decide that a technology is absent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urldefrag

from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.parked import parked

#: Headers that reveal a delivery network; behind one, the company's own server is invisible.
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


def coverage(documents: Sequence[Document]) -> tuple[ExtractedFact, ...]:
    """Return `coverage` facts as `kind:count`: pages by kind and in all, server headers, scripts.

    A page counts once, and only if it was readable: no errors, placeholders, or shells that a
    browser would have to fill.
    """
    read: dict[str, Document] = {}
    unread: dict[str, None] = {}
    for document in sorted(documents, key=lambda one: one.page.url):
        url, reasons = urldefrag(document.page.url)[0].rstrip("/"), parked(document)
        if not reasons:
            read[url] = document
        elif "needs_browser" in reasons:
            unread[url] = None
    seen: dict[str, list[str]] = {"needs_browser": list(unread)}
    for url, document in read.items():
        seen.setdefault(_KINDS.get(document.page.kind, document.page.kind), []).append(url)
    seen["pages"] = list(read)
    seen["headers"] = [url for url, document in read.items() if sees_server(document.page.headers)]
    seen["scripts"] = [
        url for url, document in read.items() if document.markup.scripts or document.markup.sources
    ]
    return tuple(
        ExtractedFact("coverage", f"{kind}:{len(urls)}", " ".join(urls)[:500], "looked_at", 1.0)
        for kind, urls in sorted(seen.items())
        if urls
    )


def sees_server(headers: Mapping[str, str]) -> bool:
    """Check that headers were kept and that none reveals a delivery network."""
    if not headers or any(name in headers for name in _NETWORKS):
        return False
    return not headers.get("server", "").lower().startswith(_NETWORK_SERVERS)
