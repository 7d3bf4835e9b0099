"""Company profiles on social networks from links and `sameAs`; no persons, no share buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.tables import words

MOST = 12
_NETWORK = re.compile(r"https?://(?:[a-z0-9-]{1,20}\.)?([a-z]+)\.", re.IGNORECASE)


def find_social(document: Document) -> Iterator[ExtractedFact]:
    """Find profiles; skip networks linked more than twice, since those links are to others."""
    found: dict[str, ExtractedFact] = {}
    for node in document.organisations[:2]:
        for address in json_ld.texts(node.get("sameAs")):
            if profile := profile_of(address):
                found.setdefault(
                    profile.lower(),
                    ExtractedFact(
                        "social", profile, json_ld.quote("sameAs", address), "json_ld", 0.92
                    ),
                )
    linked: dict[str, dict[str, ExtractedFact]] = {}
    for link in document.markup.links:
        if profile := profile_of(link.href):
            network = profile.split("/")[2].partition(".")[0]
            linked.setdefault(network, {}).setdefault(
                profile.lower(), ExtractedFact("social", profile, link.href[:300], "link", 0.8)
            )
    for profiles in linked.values():
        if len(profiles) <= 2:
            found |= {key: profile for key, profile in profiles.items() if key not in found}
    yield from list(found.values())[:MOST]


def profile_of(address: str) -> str | None:
    """Return the company profile of a URL (`https://linkedin.com/company/acme`), or None."""
    if not _NETWORK.match(address) and not address.startswith("//"):
        return None
    rest = re.sub(
        r"^(?:https?:)?//(?:www\.|m\.|[a-z]{2}(?:-[a-z]{2})?\.)?",
        "",
        address.strip(),
        count=1,
        flags=re.IGNORECASE,
    )
    match = _profiles().match(rest)
    return f"https://{next(filter(None, match.groups()))}".rstrip("/") if match else None


@cache
def _profiles() -> re.Pattern[str]:
    return re.compile("|".join(words("social")), re.IGNORECASE)
