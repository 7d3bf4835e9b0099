"""Technology fingerprints from `enrich/data/fingerprints.yaml`, indexed by where to look."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from enrich.tables import words

#: Channels whose entries are texts to find in URLs or markup.
TEXT_CHANNELS = ("scripts", "sources", "own", "paths", "html")


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of evidence to look for."""

    slug: str
    #: Lower-case text that must be present before the pattern runs.
    has: str
    pattern: re.Pattern[str] | None
    #: 0 to 100.
    sure: int


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """All fingerprints; keys of `headers` and `metas` are lower-case names."""

    headers: Mapping[str, tuple[Entry, ...]]
    metas: Mapping[str, tuple[Entry, ...]]
    cookies: tuple[Entry, ...]
    texts: Mapping[str, tuple[Entry, ...]]
    #: Slug by vendor domain that hosts a subdomain per customer.
    portals: Mapping[str, str]


@cache
def fingerprints() -> Fingerprints:
    """Load the fingerprints of the product once."""
    table: dict[str, dict[str, Any]] = words("fingerprints")
    return Fingerprints(
        headers=_named(table, "headers"),
        metas=_named(table, "meta"),
        cookies=tuple(_entries(table, "cookies")),
        texts={channel: tuple(_entries(table, channel)) for channel in TEXT_CHANNELS},
        portals={domain: slug for slug, row in table.items() for domain in row.get("portals", ())},
    )


def _named(table: Mapping[str, Mapping[str, Any]], channel: str) -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for slug, row in table.items():
        for name, pattern in row.get(channel, {}).items():
            entry = Entry(slug, "", re.compile(pattern, re.IGNORECASE) if pattern else None, 100)
            found[name] = (*found.get(name, ()), entry)
    return found


def _entries(table: Mapping[str, Mapping[str, Any]], channel: str) -> Iterator[Entry]:
    for slug, row in table.items():
        for written in row.get(channel, ()):
            entry = written if isinstance(written, dict) else {"has": written}
            pattern = re.compile(entry["re"], re.IGNORECASE) if "re" in entry else None
            yield Entry(slug, entry["has"], pattern, int(entry.get("sure", "100")))
