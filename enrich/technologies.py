"""Detect the technologies of a page by their traces, with the rules of the product and of the user."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enrich.detecting.detector import Detector
from enrich.detecting.loaded import detector
from enrich.detecting.resolve import Found, resolve
from enrich.detecting.rules import Hit
from enrich.detecting.surface import Surface
from enrich.document import Document
from enrich.extracted import LONGEST_QUOTE, ExtractedFact
from enrich.page import Page
from leads.values import TechnologyUse


@dataclass(frozen=True, slots=True)
class Match:
    """One piece of evidence: where it was found, and the matched text."""

    field: str
    match: str


@dataclass(frozen=True, slots=True)
class Detection:
    """One technology that the page's owner runs, or that the page only mentions."""

    slug: str
    name: str
    version: str | None
    #: 0 to 100.
    confidence: int
    evidence: tuple[Match, ...]
    #: Whether the owner runs it; a mention proves nothing.
    uses: bool = True


def detect(
    page: Page | Document,
    *,
    rules: Detector | None = None,
    dns: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Detection, ...]:
    """Return the technologies of a page, highest confidence first, then what it only mentions.

    `dns` gives known records of the site's domain by question (`leads/dns_records.py`).
    """
    rules = rules or detector()
    read = page.page if isinstance(page, Document) else page
    surface = Surface(read.html, read.url, read.headers, dns)
    hits = rules.engine.hits(surface)
    if isinstance(page, Document):
        page.unread[:] = [f"technologies: {one}" for one in surface.unread]
    return named(rules, hits)


def named(rules: Detector, hits: Sequence[Hit]) -> tuple[Detection, ...]:
    """Return what hits prove, with names and evidence."""
    found = resolve(hits, rules.known, rules.categories, rules.implied)
    return tuple(_detection(rules, one) for one in found)


def _detection(rules: Detector, one: Found) -> Detection:
    if one.inferred_from:
        evidence: tuple[Match, ...] = (Match("implied", rules.name(one.inferred_from)),)
    else:
        seen = (Match(hit.rule.channel.replace("portals", "href"), hit.shown) for hit in one.hits)
        evidence = tuple(dict.fromkeys(seen))
    return Detection(
        one.slug, rules.name(one.slug), one.version, one.confidence, evidence, one.uses
    )


def technologies_by(
    fingerprints: Path | None,
) -> Callable[[Page | Document], tuple[ExtractedFact, ...]]:
    """Return what finds the technologies in use, with technology rules that a user brings."""
    rules = detector(fingerprints)

    def find_technologies(page: Page | Document) -> tuple[ExtractedFact, ...]:
        return to_extracted(detect(page, rules=rules))

    return find_technologies


def to_extracted(detections: Sequence[Detection]) -> tuple[ExtractedFact, ...]:
    """Convert the technologies in use to facts of the attribute technology."""
    return tuple(_extracted(one) for one in detections if one.uses)


def _extracted(one: Detection) -> ExtractedFact:
    method = {"implied": "implied", "dns": "dns"}.get(one.evidence[0].field, "fingerprint")
    # A record says itself what it is.
    quote = "; ".join(
        match.match if method == "dns" else f"{match.field}: {match.match}"
        for match in one.evidence
    )
    return ExtractedFact(
        "technology", TechnologyUse(one.slug), quote[:LONGEST_QUOTE], method, one.confidence / 100
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
                "uses": one.uses,
                "evidence": [
                    {"field": match.field, "match": match.match} for match in one.evidence
                ],
            }
            for one in detections
        ]
    }
