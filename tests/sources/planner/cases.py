"""Offers and companies of tests, written short."""

from __future__ import annotations

from leads.prices import Price
from sources.planner.offer import Experience, Offer, OpenCompany, Tally
from sources.planner.why import Why
from sources.source import Billing

NOTHING_LEARNED = Experience()


def euros(cents: float) -> Price:
    return Price(round(cents * 10_000), "EUR")


def offer(
    source: str,
    attributes: str,
    cents: float = 0,
    *,
    countries: str = "",
    by: str = "name",
    billing: Billing | None = None,
) -> Offer:
    return Offer(
        source=source,
        attributes=frozenset(attributes.split()),
        countries=frozenset(countries.split()),
        asks_by=frozenset(by.split()),
        price=euros(cents),
        billing=billing or (Billing.QUESTION if cents else Billing.NOTHING),
    )


def company(
    key: str = "acme.example",
    fits: tuple[str, ...] = (),
    ends: str = "",
    *,
    asked: tuple[tuple[str, str], ...] = (),
    country: str | None = "DE",
    by: str = "name",
    spent: float = 0,
    why: Why = Why.ASKED,
) -> OpenCompany:
    return OpenCompany(
        key=key,
        country=country,
        known_by=frozenset(by.split()),
        fits_by=tuple(frozenset(one.split()) for one in fits),
        ends_by=frozenset(ends.split()),
        asked=dict.fromkeys(asked, why),
        spent=euros(spent),
    )


def learned(hits: dict[tuple[str, str], float], ends: dict[str, float]) -> Experience:
    """Rates learned from a thousand questions each, for every country `DE`."""
    return Experience(
        hits={
            (source, "DE", name): Tally(round(1000 * rate), 1000)
            for (source, name), rate in hits.items()
        },
        ends={name: Tally(round(1000 * rate), 1000) for name, rate in ends.items()},
    )
