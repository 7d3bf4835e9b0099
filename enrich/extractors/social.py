"""Company profiles on social networks from links and `sameAs`; no persons, no share buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact
from enrich.tables import either, words

MOST = 12
_NOT_PLAIN = re.compile(r"[^a-z0-9]")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: `max.frei.14` and `jo-bloggs`: two names, perhaps a number.
_PERSONS_HANDLE = re.compile(
    r"[a-z]{2,40}[.][a-z]{2,40}(?:[.][a-z]{2,40})?(?:[.]?\d{1,4})?", re.IGNORECASE
)
_NETWORK = re.compile(r"https?://(?:[a-z0-9-]{1,20}\.)?([a-z]+)\.", re.IGNORECASE)


def find_social(document: Document) -> Iterator[ExtractedFact]:
    """Find profiles; skip networks linked more than twice, since those links are to others.

    A profile that may be a person's is not kept: it is personal data.
    """
    found: dict[str, ExtractedFact] = {}
    for node in document.organisations[:2]:
        for address in json_ld.texts(node.get("sameAs")):
            profile = profile_of(address)
            if profile and not _may_be_of_person(profile, "", document):
                found.setdefault(
                    profile.lower(),
                    ExtractedFact(
                        "social",
                        profile,
                        json_ld.quote("sameAs", address),
                        json_ld.method(node),
                        0.92,
                    ),
                )
    linked: dict[str, dict[str, ExtractedFact]] = {}
    persons: set[str] = set()
    for link in document.markup.links:
        if profile := profile_of(link.href):
            if _may_be_of_person(profile, document.text[link.start : link.end], document):
                persons.add(profile.lower())
            network = profile.split("/")[2].partition(".")[0]
            linked.setdefault(network, {}).setdefault(
                profile.lower(), ExtractedFact("social", profile, link.href[:300], "link", 0.8)
            )
    for network, profiles in linked.items():
        kept = _own(network, profiles, persons, document)
        if len(kept) <= 2:
            found |= {key: profile for key, profile in kept.items() if key not in found}
    yield from list(found.values())[:MOST]


def _own(
    network: str,
    profiles: dict[str, ExtractedFact],
    persons: set[str],
    document: Document,
) -> dict[str, ExtractedFact]:
    """Return the company's profiles: where persons have them too, those named like the site."""
    if network not in words("social")["personal_networks"]:
        return profiles
    named = {key: one for key, one in profiles.items() if _is_named_like_site(key, document)}
    # On pages about the company, an icon beside a portrait leads to a person.
    if named or document.page.kind == "about":
        return named
    return {key: one for key, one in profiles.items() if key not in persons}


def _may_be_of_person(profile: str, text: str, document: Document) -> bool:
    """Check whether the handle or the text of a link to it looks like a person's name."""
    if _is_named_like_site(profile, document):
        return False
    table, handle = words("social"), profile.rpartition("/")[2]
    if _PERSONS_HANDLE.fullmatch(handle):
        return True
    said = [word for word in _WORD.findall(text) if word.casefold() not in table["link_words"]]
    return 1 <= len(said) <= 4 and all(word[0].isupper() and word[1:].islower() for word in said)


def _is_named_like_site(profile: str, document: Document) -> bool:
    label = _NOT_PLAIN.sub("", (document.domain or "").partition(".")[0])
    handle = _NOT_PLAIN.sub("", profile.rpartition("/")[2].lower())
    if len(label) < 3 or len(handle) < 3:
        return label == handle
    return label in handle or handle in label or handle[:6] == label[:6]


def profile_of(address: str) -> str | None:
    """Return the company profile of a URL (`https://linkedin.com/company/acme`), or None."""
    if not _networks().match(address):
        return None
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
def _networks() -> re.Pattern[str]:
    """Match the hosts of the profiles: most links lead elsewhere."""
    hosts = [pattern[1:].partition(r"\.")[0] for pattern in words("social")["profiles"]]
    before = r"(?:https?:)?//(?:www\.|m\.|[a-z]{2}(?:-[a-z]{2})?\.)?"
    return re.compile(rf"{before}(?:{either(hosts)})\.", re.IGNORECASE)


@cache
def _profiles() -> re.Pattern[str]:
    return re.compile("|".join(words("social")["profiles"]), re.IGNORECASE)
