"""Pairs of records as `sluice dedupe explain --json` and `review --json` print them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from actions.duplicates import (
    CompanyExplained,
    ExplainedPair,
    NamedLink,
    PairReport,
    RecordLabel,
    Separation,
)
from actions.reviews import DoubtfulPair


def company_json(found: CompanyExplained) -> dict[str, Any]:
    """Convert an explained company."""
    return {
        "company": asdict(found.company),
        "records": [asdict(one) for one in found.records],
        "links": [_link_json(one) for one in found.links],
        "history": [asdict(one) for one in found.history],
        "pairs": [_match_json(one) for one in found.pairs],
    }


def separation_json(found: Separation) -> dict[str, Any]:
    """Convert the explanation of two companies."""
    report = found.report
    return {
        **_sides_json(found.left, found.right),
        **_report_json(report.pair),
        "pairs": report.pairs,
        "pairs_compared": report.pairs_compared,
        "why": report.why,
    }


def doubt_json(found: DoubtfulPair) -> dict[str, Any]:
    """Convert a doubtful pair."""
    review = found.review
    return {
        **_sides_json(found.left, found.right),
        "kind": review.kind,
        "outcome": found.outcome,
        "odds": review.odds,
        "together": review.together,
        "for": review.reasons_for,
        "against": review.reasons_against,
        "disagreement": review.disagreement,
    }


def _match_json(found: ExplainedPair) -> dict[str, Any]:
    return _sides_json(found.left, found.right) | _report_json(found.report)


def _sides_json(left: RecordLabel, right: RecordLabel) -> dict[str, Any]:
    return {"left": asdict(left), "right": asdict(right)}


def _report_json(report: PairReport) -> dict[str, Any]:
    return {
        "outcome": report.outcome,
        "margin": report.margin,
        "why": report.why,
        "odds": report.odds,
        "probability": report.probability,
        "compared": report.compared,
        "decided": report.decided,
        "kept_apart_by": report.kept_apart_by,
        "waterfall": [
            {"feature": line.feature, "odds": line.odds, "says": line.sentence}
            for line in report.waterfall
        ],
        "keys": [asdict(key) for key in report.keys],
        "model": report.model or None,
    }


def _link_json(link: NamedLink) -> dict[str, Any]:
    return {
        "company": asdict(link.company),
        "kind": link.kind,
        "of": asdict(link.of),
        "by": link.by,
        "said": link.sentence,
    }
