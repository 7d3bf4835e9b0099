"""Addresses that a provider's file may name: public host names over HTTPS."""

from __future__ import annotations

import re

from leads.lexicon.domains import has_public_suffix

_URL = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<host>[^/?#]*)(?P<path>.*)", re.DOTALL)
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
_PATH = re.compile(r"(?:/[A-Za-z0-9_.~!$&'()*+,;=:@{}-]*)*", re.ASCII)
#: The last part of an address in numbers: `127.0.0.1`, `0x7f.1`, `017700000001`.
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
#: Ends of names inside one network, or outside the public one.
_NOT_PUBLIC = frozenset(
    {
        "arpa",
        "corp",
        "home",
        "internal",
        "intranet",
        "lan",
        "local",
        "localdomain",
        "localhost",
        "onion",
        "private",
    }
)
_NO_PUBLIC_HOST = "must name a host of the public network, like api.provider.example"
#: Names for examples and tests.
_RESERVED = frozenset({"example", "test"})


def host_of(url: str) -> str:
    """Return the host of an address of a file that was checked."""
    found = _URL.match(url)
    return found["host"] if found else ""


def flaw_of_url(url: str) -> str | None:
    """Say what is wrong with an address; None: nothing that its text can show.

    Where a name leads is not known before it is looked up: the guard refuses private addresses
    when a request is made.
    """
    found = _URL.fullmatch(url)
    if found is None:
        return "is no address; write it like https://api.provider.example/companies"
    if found["scheme"].lower() != "https":
        return "must start with https://"
    return flaw_of_host(found["host"]) or _flaw_of_path(found["path"])


def flaw_of_host(host: str) -> str | None:
    """Say why a host may not be asked; None if its name is one of the public network."""
    written = _flaw_of_writing(host)
    if written:
        return written

    end = host.rstrip(".").rpartition(".")[2]
    is_of_one_word = bool(host) and end == host.rstrip(".")
    if is_of_one_word or end in _NOT_PUBLIC:
        return _NO_PUBLIC_HOST
    if not _HOST.fullmatch(host):
        return "must name its host in lower case ASCII, like api.provider.example"
    return None if end in _RESERVED or has_public_suffix(host) else _NO_PUBLIC_HOST


def _flaw_of_writing(host: str) -> str | None:
    if "{" in host or "$" in host:
        return "must name its host: no placeholder may stand there"
    if "@" in host:
        return "may hold no user name and no password before its host"
    if host.startswith("[") or _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        return "must name a host, not an address in numbers"
    return "may name no port" if ":" in host else None


def _flaw_of_path(path: str) -> str | None:
    if "?" in path or "#" in path:
        return "may hold no ? and no #: write what follows a ? under `query:`"
    if not _PATH.fullmatch(path):
        return "has a character that no path may hold"
    steps = path.split("/")
    if any(step in (".", "..") for step in steps) or "" in steps[1:-1]:
        return "has an empty step, or one of dots, in its path"
    return None
