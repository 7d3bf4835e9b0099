"""Companies that fit the bench's profile but for one thing nobody knows for certain."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from uuid import UUID

from bench.qualify_facts import TODAY
from leads.facts import Evidence, Fact, Method, Scope
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse, Value

_numbers = count(1)


def fact(
    name: str,
    value: Value,
    *,
    source: str = "list:fair",
    seen: date = TODAY,
    scope: Scope = Scope.COMPANY,
) -> Fact:
    """One made-up fact."""
    method = Method.PAGE if source.startswith("site") else Method.COLUMN
    evidence = Evidence(
        source=source,
        method=method,
        observed_at=datetime.combine(seen, time(12), tzinfo=UTC),
        scope=scope,
    )
    return Fact(id=UUID(int=next(_numbers)), attribute=name, value=value, evidence=evidence)


def fitting() -> dict[str, list[Fact]]:
    """All that is needed to fit, by attribute."""
    return {
        "industry": [fact("industry", IndustryCode("nace2.0", "25.62"))],
        "turnover": [fact("turnover", MoneyRange(Range(900_000_000, 900_000_000), "EUR"))],
        "employees": [fact("employees", Range(85, 85))],
        "country": [fact("country", "DE")],
        "founded": [fact("founded", Range(1987, 1987))],
        "technology": [fact("technology", TechnologyUse("iis"), source="site:own")],
        "coverage": [
            fact("coverage", look, source="site:own")
            for look in ("home:1", "imprint:1", "pages:6", "headers:6")
        ],
        "status": [fact("status", "active")],
    }


def cases() -> list[tuple[str, list[Fact]]]:
    """What is not known, in words, with the facts."""
    changes: list[tuple[str, dict[str, list[Fact]]]] = [
        ("everything is known, and it fits", {}),
        ("headcount not known", {"employees": []}),
        (
            "headcount of the band 11 to 50, asked are 20",
            {"employees": [fact("employees", Range(11, 50))]},
        ),
        (
            "two lists disagree: 12 and 85 people",
            {
                "employees": [
                    fact("employees", Range(12, 12), source="list:a"),
                    fact("employees", Range(85, 85), source="list:b"),
                ]
            },
        ),
        (
            "the headcount is the group's",
            {"employees": [fact("employees", Range(85, 85), scope=Scope.GROUP)]},
        ),
        ("turnover not known", {"turnover": []}),
        (
            "turnover between 1 and 9 million, asked are 5",
            {"turnover": [fact("turnover", MoneyRange(Range(10**8, 9 * 10**8), "EUR"))]},
        ),
        (
            "turnover in a currency without a rate",
            {"turnover": [fact("turnover", MoneyRange(Range(9 * 10**8, 9 * 10**8), "XTS"))]},
        ),
        ("country not known", {"country": []}),
        (
            "industry in words nobody can place",
            {"industry": [fact("industry", IndustryCode("text", "Zorbing things"))]},
        ),
        ("founding year not known", {"founded": []}),
        ("nobody looked what it runs", {"technology": [], "coverage": []}),
        (
            "only the home page was read",
            {"coverage": [fact("coverage", "home:1", source="site:own")]},
        ),
        ("status not known, which holds nobody back", {"status": []}),
        (
            "the technology was seen three years ago",
            {"technology": [fact("technology", TechnologyUse("iis"), seen=date(2023, 1, 5))]},
        ),
    ]
    return [
        (case, [one for facts in (fitting() | changed).values() for one in facts])
        for case, changed in changes
    ]
