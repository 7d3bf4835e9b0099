"""Detect technologies by traces in headers, cookies and markup, never by page text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from enrich.document import Document, read
from enrich.extracted import ExtractedFact
from enrich.fingerprints import Entry, fingerprints
from enrich.page import Page
from leads.lexicon.domains import registrable
from leads.lexicon.technologies import technology
from leads.values import TechnologyUse

#: Maximum evidence kept per technology.
MOST_EVIDENCE = 6
_WINDOW = 300
_MOST_OCCURRENCES = 8
_LONGEST_MATCH = 160
_LONGEST_SCRIPT = 50_000
_COOKIE = re.compile(r"(?:^|[\n,])\s{0,20}([^=;,\s]{1,100})=")
#: Names of the channels in the output, as in the usual fingerprint schema.
_FIELDS = {"scripts": "scriptSrc", "sources": "src", "own": "src", "paths": "href", "html": "html"}
_NOT_PLAIN = re.compile(r"[^a-z0-9]")


@dataclass(frozen=True, slots=True)
class Match:
    """One piece of evidence: where it was found, and the matched text."""

    field: str
    match: str


@dataclass(frozen=True, slots=True)
class Detection:
    """One technology that the page's owner runs."""

    slug: str
    version: str | None
    #: 0 to 100.
    confidence: int
    evidence: tuple[Match, ...]

    @property
    def name(self) -> str:
        """Return the technology's name in the catalog."""
        return technology(self.slug).name


@dataclass(frozen=True, slots=True)
class _Hit:
    slug: str
    sure: int
    version: str | None
    match: Match


def detect(page: Page | Document) -> tuple[Detection, ...]:
    """Return the technologies of a page, highest confidence first."""
    document = page if isinstance(page, Document) else read(page)
    hits: dict[str, list[_Hit]] = {}
    for hit in _hits(document):
        hits.setdefault(hit.slug, []).append(hit)
    found = [_detection(slug, seen) for slug, seen in hits.items()]
    return tuple(sorted([*found, *_implied(found)], key=lambda one: (-one.confidence, one.slug)))


def _detection(slug: str, hits: Sequence[_Hit]) -> Detection:
    doubt = 1.0
    for sure in {
        hit.match.field: hit.sure for hit in sorted(hits, key=lambda hit: hit.sure)
    }.values():
        doubt *= 1 - sure / 100
    version = next((hit.version for hit in hits if hit.version), None)
    evidence = tuple(dict.fromkeys(hit.match for hit in hits))[:MOST_EVIDENCE]
    return Detection(slug, version, round(100 * (1 - doubt)), evidence)


def _implied(found: Sequence[Detection]) -> Iterator[Detection]:
    """Yield implied technologies from the catalog, with the strongest source as evidence."""
    seen = {one.slug for one in found}
    for one in sorted(found, key=lambda one: (-one.confidence, one.slug)):
        for slug in sorted(technology(one.slug).implies - seen):
            seen.add(slug)
            yield Detection(slug, None, one.confidence, (Match("implied", one.name),))


def _hits(document: Document) -> Iterator[_Hit]:
    yield from _header_hits(document)
    known, markup = fingerprints(), document.markup
    for name, content in markup.metas:
        for entry in known.metas.get(name, ()):
            yield from _checked(entry, "meta", content, f"{name}: {content}")
    yield from _address_hits("scripts", markup.scripts, document)
    yield from _address_hits("sources", markup.sources, document)
    yield from _address_hits("own", [*markup.scripts, *markup.sources], document)
    yield from _address_hits("paths", [link.href for link in markup.links], document)
    yield from _portal_hits(document)
    yield from _html_hits(document)


def _header_hits(document: Document) -> Iterator[_Hit]:
    known = fingerprints()
    for name, value in document.page.headers.items():
        for entry in known.headers.get(name, ()):
            yield from _checked(entry, "headers", value[:2_000], f"{name}: {value}")
    cookies = [
        match[1].lower()
        for match in _COOKIE.finditer(document.page.headers.get("set-cookie", "")[:20_000])
    ]
    for entry in known.cookies:
        for cookie in cookies:
            if cookie.startswith(entry.has):
                yield _Hit(entry.slug, entry.sure, None, Match("cookies", cookie))
                break


def _checked(entry: Entry, field: str, value: str, shown: str) -> Iterator[_Hit]:
    match = entry.pattern.search(value) if entry.pattern else None
    if entry.pattern is None or match:
        yield _Hit(entry.slug, entry.sure, _version(match), Match(field, shown[:_LONGEST_MATCH]))


def _version(match: re.Match[str] | None) -> str | None:
    groups = match.groups() if match else ()
    return next((group.strip(".") for group in groups if group and group.strip(".")), None)


def _address_hits(channel: str, addresses: Sequence[str], document: Document) -> Iterator[_Hit]:
    """Match entries in URLs; `own` and `paths` count only on the site's own domain."""
    together = "\n".join(addresses).lower()
    for entry in fingerprints().texts[channel]:
        if entry.has not in together:
            continue
        for address in addresses:
            folded = address.lower()
            if entry.has not in folded or (
                channel in {"own", "paths"} and not _is_own(folded, entry.has, document)
            ):
                continue
            match = entry.pattern.search(address) if entry.pattern else None
            if entry.pattern is None or match:
                shown = address[max(0, folded.find(entry.has) - 80) :][:_LONGEST_MATCH]
                yield _Hit(entry.slug, entry.sure, _version(match), Match(_FIELDS[channel], shown))
                break


def _is_own(address: str, has: str, document: Document) -> bool:
    """Check whether a URL is relative or on the page's domain, with the text in its path."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if (
        parts.scheme not in {"", "http", "https"}
        or has.split("?")[0] not in f"/{parts.path.lstrip('/')}{'?' if parts.query else ''}"
    ):
        return False
    return not parts.netloc or registrable(parts.netloc) == document.domain


def _portal_hits(document: Document) -> Iterator[_Hit]:
    """Match vendor subdomains named like the site (acme.vendor.example for acme.example)."""
    portals = fingerprints().portals
    label = _NOT_PLAIN.sub("", (document.domain or "").partition(".")[0])
    for address in [link.href for link in document.markup.links] + document.markup.sources:
        host = address[:300].lower().partition("//")[2].partition("/")[0]
        given, _, vendor = host.partition(".")
        while vendor and vendor not in portals:
            vendor = vendor.partition(".")[2]
        squashed = _NOT_PLAIN.sub("", given)
        if (
            vendor
            and len(label) > 2
            and len(squashed) > 2
            and (label in squashed or squashed in label)
            and registrable(host) != document.domain
        ):
            yield _Hit(portals[vendor], 92, None, Match("href", address[:_LONGEST_MATCH]))


def _html_hits(document: Document) -> Iterator[_Hit]:
    html = document.page.html
    folded = html.replace("İ", "I").lower()
    for entry in fingerprints().texts["html"]:
        at = -1
        for _ in range(_MOST_OCCURRENCES):
            at = folded.find(entry.has, at + 1)
            if at < 0:
                break
            window = html[max(0, at - _WINDOW) : at + _WINDOW]
            match = entry.pattern.search(window) if entry.pattern else None
            if (entry.pattern is None or match) and _is_markup(folded, at):
                shown = " ".join((match[0] if match else html[at : at + len(entry.has)]).split())
                yield _Hit(
                    entry.slug, entry.sure, _version(match), Match("html", shown[:_LONGEST_MATCH])
                )
                break


def _is_markup(folded: str, at: int) -> bool:
    """Check whether a position is in a tag, script or comment: page text is no evidence."""
    left = max(0, at - _LONGEST_SCRIPT)
    if folded.rfind("<", left, at + 1) > folded.rfind(">", left, at):
        return True
    in_script = folded.rfind("<script", left, at) > folded.rfind("</script", left, at)
    return in_script or folded.rfind("<!--", left, at) > folded.rfind("-->", left, at)


def to_extracted(detections: Sequence[Detection]) -> tuple[ExtractedFact, ...]:
    """Convert detections to facts of the attribute technology."""
    return tuple(
        ExtractedFact(
            "technology",
            TechnologyUse(one.slug),
            "; ".join(f"{match.field}: {match.match}" for match in one.evidence)[:500],
            "implied" if one.evidence[0].field == "implied" else "fingerprint",
            one.confidence / 100,
        )
        for one in detections
    )


def technologies_json(detections: Sequence[Detection]) -> dict[str, Any]:
    """Return the document that `sluice technologies --json` prints."""
    return {
        "technologies": [
            {
                "name": one.name,
                "slug": one.slug,
                "version": one.version,
                "confidence": one.confidence,
                "uses": True,
                "evidence": [
                    {"field": match.field, "match": match.match} for match in one.evidence
                ],
            }
            for one in detections
        ]
    }
