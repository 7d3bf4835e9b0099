"""Split hosts by the public suffix list, of which tldextract has a copy.

The list is read as a file, because importing tldextract loads an HTTP client, which takes longer
than matching a short list.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

_FILE = ".tld_set_snapshot"
_PRIVATE_BELOW = "// ===BEGIN PRIVATE DOMAINS==="


class HostParts(NamedTuple):
    """A host split by the list; a part that it does not have is empty."""

    #: The label in front of the suffix.
    domain: str
    suffix: str
    #: The suffix by the public part of the list: `uk` of `acme.blogspot.co.uk` if that is private.
    registry_suffix: str
    #: The suffix is a platform's, from the private part of the list.
    is_private: bool


class _List(NamedTuple):
    """The list by rule."""

    #: Whether a rule is from the private part.
    rules: dict[str, bool]
    #: Endings of rules, which are none themselves: `kawasaki.jp` of `*.kawasaki.jp`.
    endings: frozenset[str]


@lru_cache(maxsize=1024)
def split_host(host: str) -> HostParts:
    """Split a host in lower case; each is asked for several times in a row."""
    rules, endings = _read()
    labels = host.split(".")
    suffix_at = registry_at = len(labels)
    is_private, below = False, ""
    for at in range(len(labels) - 1, -1, -1):
        label = _in_own_script(labels[at])
        name = f"{label}.{below}" if below else label
        if name in rules:
            suffix_at, is_private = at, rules[name]
            registry_at = registry_at if is_private else at
        elif name not in endings:
            if f"*.{below}" in rules:
                is_private = rules[f"*.{below}"]
                suffix_at = at + 1 if f"!{name}" in rules else at
            break
        below = name

    suffix = ".".join(labels[suffix_at:])
    return HostParts(
        labels[suffix_at - 1] if suffix_at else "",
        suffix,
        ".".join(labels[registry_at:]) if is_private else suffix,
        is_private,
    )


def is_suffix(host: str) -> bool:
    """Whether names below a host in lower case are registered by many owners."""
    found = split_host(host)
    own_script = ".".join(map(_in_own_script, host.split(".")))
    return (bool(found.suffix) and not found.domain) or f"*.{own_script}" in _read().rules


def is_open(suffix: str) -> bool:
    """Whether each name below is somebody's own, but for names that the list has themselves.

    The suffix is of the public part of the list, and in ASCII letters.
    """
    found = split_host(suffix)
    is_own = found.suffix == suffix and not found.is_private and "xn--" not in suffix
    return is_own and f"*.{suffix}" not in _read().rules


def is_rule(host: str) -> bool:
    """Whether the list has the host itself."""
    return host in _read().rules


def _in_own_script(label: str) -> str:
    """Decode `xn--p1ai`: the list has names in their own script."""
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


@cache
def _read() -> _List:
    found = find_spec("tldextract")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("tldextract, which has the list of public suffixes, is missing")
    text = (Path(found.origin).parent / _FILE).read_text(encoding="utf-8")
    public, _, private = text.partition(_PRIVATE_BELOW)
    rules = dict.fromkeys(_rules(public), False) | dict.fromkeys(_rules(private), True)
    endings: set[str] = set()
    for rule in rules:
        ending = rule.partition(".")[2]
        while ending and ending not in rules and ending not in endings:
            endings.add(ending)
            ending = ending.partition(".")[2]
    return _List(rules, frozenset(endings))


def _rules(text: str) -> list[str]:
    return [line.split()[0] for line in text.splitlines() if line and not line.startswith("//")]
