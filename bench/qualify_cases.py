"""Companies that fit the benchmark's profile except for one uncertain value."""

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
    """Create one fact."""
    method = Method.PAGE if source.startswith("site") else Method.COLUMN
    evidence = Evidence(
        source=source,
        method=method,
        observed_at=datetime.combine(seen, time(12), tzinfo=UTC),
        scope=scope,
    )
    return Fact(id=UUID(int=next(_numbers)), attribute=name, value=value, evidence=evidence)


def fitting() -> dict[str, list[Fact]]:
    """Return all facts needed to fit, by attribute."""
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
    """Return the uncertain cases: a description and the facts."""
    changes: list[tuple[str, dict[str, list[Fact]]]] = [
        ("everything known, and it fits", {}),
        ("headcount unknown", {"employees": []}),
        (
            "headcount 11 to 50, required 20",
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
            "headcount of the group",
            {"employees": [fact("employees", Range(85, 85), scope=Scope.GROUP)]},
        ),
        ("turnover unknown", {"turnover": []}),
        (
            "turnover 1 to 9 million, required 5",
            {"turnover": [fact("turnover", MoneyRange(Range(10**8, 9 * 10**8), "EUR"))]},
        ),
        (
            "turnover in a currency without exchange rate",
            {"turnover": [fact("turnover", MoneyRange(Range(9 * 10**8, 9 * 10**8), "XTS"))]},
        ),
        ("country unknown", {"country": []}),
        (
            "industry in unknown words",
            {"industry": [fact("industry", IndustryCode("text", "Zorbing things"))]},
        ),
        ("founding year unknown", {"founded": []}),
        ("technologies not checked", {"technology": [], "coverage": []}),
        (
            "only the home page was read",
            {"coverage": [fact("coverage", "home:1", source="site:own")]},
        ),
        ("status unknown (optional)", {"status": []}),
        (
            "technology seen three years ago",
            {"technology": [fact("technology", TechnologyUse("iis"), seen=date(2023, 1, 5))]},
        ),
    ]
    return [
        (case, [one for facts in (fitting() | changed).values() for one in facts])
        for case, changed in changes
    ]
