"""A fact extracted from a page (value, quote, method), and its conversion to a fact and to JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol
from uuid import UUID

from leads.facts import Evidence, Fact, Method, Scope
from leads.ids import new_id
from leads.lexicon.domains import registrable
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value

LONGEST_QUOTE = 500

#: Rank of each extraction method among fact methods. The JSON keeps the detailed name.
METHODS: dict[str, Method] = {
    "json_ld": Method.STRUCTURED,
    "microdata": Method.STRUCTURED,
    "rdfa": Method.STRUCTURED,
    "page_state": Method.STRUCTURED,
    "tel_link": Method.STRUCTURED,
    "mail_link": Method.STRUCTURED,
    "meta": Method.STRUCTURED,
    "html_lang": Method.STRUCTURED,
    "hreflang": Method.STRUCTURED,
    "link": Method.STRUCTURED,
    "imprint_text": Method.PAGE,
    "copyright": Method.PAGE,
    "title": Method.PAGE,
    "text": Method.PAGE,
    "state_text": Method.PAGE,
    "fingerprint": Method.PAGE,
    "dns": Method.DNS,
    "looked_at": Method.PAGE,
    "implied": Method.INFERRED,
    "format": Method.INFERRED,
    "model": Method.INFERRED,
}


@dataclass(frozen=True, slots=True)
class ExtractedFact:
    """One value of one attribute, as stated by one page."""

    attribute: str
    value: Value
    #: The source words, at most 500 characters.
    quote: str
    #: A key of METHODS.
    method: str
    #: 0 to 1.
    confidence: float
    scope: Scope = Scope.COMPANY
    #: The date of the value, if the page gives one.
    as_of: date | None = None


class Source(Protocol):
    """Where a fact was extracted, and when."""

    @property
    def url(self) -> str:
        """URL after redirects."""

    @property
    def fetched_at(self) -> datetime:
        """Time in UTC, timezone-aware."""


def to_fact(
    found: ExtractedFact, page: Source, *, site: str | None = None, fact_id: UUID | None = None
) -> Fact:
    """Convert an extracted fact to a public one (no client); its source is the site, by default the
    page's.
    """
    site = site or registrable(page.url) or page.url
    evidence = Evidence(
        source=f"site:{site}",
        method=METHODS[found.method],
        observed_at=page.fetched_at,
        as_of=found.as_of,
        url=page.url,
        quote=found.quote[:LONGEST_QUOTE],
        confidence=found.confidence,
        scope=found.scope,
    )
    return Fact(
        id=fact_id or new_id(), attribute=found.attribute, value=found.value, evidence=evidence
    )


def extract_json(
    url: str, found: Sequence[ExtractedFact], unread: Sequence[str] = ()
) -> dict[str, Any]:
    """Return the document that `sluice extract --json` prints."""
    return {"url": url, "facts": [_fact_json(one) for one in found], "unread": list(unread)}


def _fact_json(found: ExtractedFact) -> dict[str, Any]:
    return {
        "attribute": found.attribute,
        "value": value_json(found.value),
        "quote": found.quote,
        "method": found.method,
        "confidence": round(found.confidence, 2),
        "scope": found.scope.value,
        "as_of": found.as_of.isoformat() if found.as_of else None,
    }


def value_json(value: Value) -> Any:
    """Convert a value to JSON: text unchanged, ranges with `low` and `high`, others by their
    parts.
    """
    match value:
        case Range(low, high):
            return {"low": low, "high": high}
        case MoneyRange(amount, currency):
            return {"low": amount.low, "high": amount.high, "currency": currency}
        case IndustryCode(scheme, code):
            return {"scheme": scheme, "code": code}
        case TechnologyUse(slug, uses):
            return {"slug": slug, "uses": uses}
        case _:
            return value
