"""Facts for tests, short to write: `fact("employees", Range(20, 20), method="page")`."""

from datetime import UTC, date, datetime, time
from itertools import count
from typing import TypedDict
from uuid import UUID

from leads.attributes import attribute
from leads.facts import Evidence, Fact, Method, Scope
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value

TODAY = date(2026, 11, 20)
_numbers = count(1)


class Origin(TypedDict, total=False):
    """Where facts of a test come from: options of `fact`."""

    source: str
    method: str


def fact(
    name: str,
    value: Value,
    *,
    source: str = "list:fair",
    method: str = "column",
    seen: date = TODAY,
    as_of: date | None = None,
    confidence: float = 0.8,
    scope: str = "company",
    number: int | None = None,
) -> Fact:
    """One fact; its id is the next number, or `number`."""
    attribute(name)
    return Fact(
        id=UUID(int=next(_numbers) if number is None else number),
        attribute=name,
        value=value,
        evidence=Evidence(
            source=source,
            method=Method(method),
            observed_at=datetime.combine(seen, time(12), tzinfo=UTC),
            as_of=as_of,
            confidence=confidence,
            scope=Scope(scope),
        ),
    )


def people(low: int | None, high: int | None = -1) -> Range:
    """A headcount: exact with one number, `people(20, None)` for 20 or more."""
    return Range(low, low if high == -1 else high)


def euros(low: float | None, high: float | None = -1, currency: str = "EUR") -> MoneyRange:
    """Money: exact with one amount, `euros(5_000_000, None)` for that or more."""
    cents = [
        None if amount is None else round(amount * 100)
        for amount in (low, low if high == -1 else high)
    ]
    return MoneyRange(Range(*cents), currency)


def words(text: str) -> IndustryCode:
    """An industry in a list's own words."""
    return IndustryCode("text", text)


def nace(code: str, revision: str = "2.0") -> IndustryCode:
    """An industry by its NACE code."""
    return IndustryCode(f"nace{revision}", code)


def runs(slug: str) -> TechnologyUse:
    """A technology in use."""
    return TechnologyUse(slug)


def runs_no(slug: str) -> TechnologyUse:
    """A technology, or a category, that somebody says is not in use."""
    return TechnologyUse(slug, uses=False)
