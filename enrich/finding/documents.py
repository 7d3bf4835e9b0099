"""A finding as JSON documents: as it is stored and printed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from enrich.finding.judge import Band, Reason
from enrich.finding.result import Finding


def reasons_json(reasons: Iterable[Reason]) -> list[dict[str, Any]]:
    """Mark, weight and quote of each reason."""
    return [{"mark": one.mark, "weight": one.weight, "quote": one.quote} for one in reasons]


def looked_json(found: Finding) -> list[dict[str, Any]]:
    """What came of each site that was visited, in order."""
    return [
        {
            "domain": site.domain,
            "because": site.because,
            "outcome": site.outcome,
            "reason": site.reason,
            "odds": site.judgement.odds if site.judgement else None,
            "reasons": reasons_json(site.judgement.reasons if site.judgement else ()),
        }
        for site in found.looked
    ]


def pages_json(found: Finding) -> list[dict[str, str]]:
    """The pages of a site for review, as text; empty for every other finding."""
    if found.band is not Band.REVIEW:
        return []
    return [
        {
            "url": page.url,
            "kind": page.kind,
            "title": page.title,
            "text": page.text,
            "at": page.received_at.isoformat(),
        }
        for page in found.pages
    ]
