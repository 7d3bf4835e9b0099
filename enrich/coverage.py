"""What was looked at on a site, as facts: without them nobody may say that a company does not run a
technology.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urldefrag

from enrich.document import Document
from enrich.found import Found
from enrich.parked import parked

#: Headers by which a delivery network shows itself; behind one the server that the company runs is
#: not seen.
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
#: A page that the home page forwards to or frames is the home page.
_KINDS = {"entry": "home"}


def coverage(documents: Sequence[Document]) -> tuple[Found, ...]:
    """Attribute coverage, as `kind:count`: pages read by kind and in all, those whose server's
    headers and whose scripts were seen.

    A page counts once, and only when it could be read: no errors, placeholders, or shells that a
    browser would have to fill.
    """
    read = {
        urldefrag(document.page.url)[0].rstrip("/"): document
        for document in documents
        if not parked(document)
    }
    read = dict(sorted(read.items()))
    seen: dict[str, list[str]] = {}
    for url, document in read.items():
        seen.setdefault(_KINDS.get(document.page.kind, document.page.kind), []).append(url)
    seen["pages"] = list(read)
    seen["headers"] = [url for url, document in read.items() if sees_server(document.page.headers)]
    seen["scripts"] = [
        url for url, document in read.items() if document.markup.scripts or document.markup.sources
    ]
    return tuple(
        Found("coverage", f"{kind}:{len(urls)}", " ".join(urls)[:500], "looked_at", 1.0)
        for kind, urls in sorted(seen.items())
        if urls
    )


def sees_server(headers: Mapping[str, str]) -> bool:
    """Whether the headers are those of the company's own server: some were kept, and none is a
    delivery network's.
    """
    if not headers or any(name in headers for name in _NETWORKS):
        return False
    return not headers.get("server", "").lower().startswith(_NETWORK_SERVERS)
