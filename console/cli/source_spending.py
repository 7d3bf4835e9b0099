"""What questions to sources cost, as rows and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from actions.spending import Price, SourceSpent

_COLUMNS = {
    "group": "{}",
    "questions": "QUESTIONS",
    "found": "FOUND",
    "hits": "HIT RATE",
    "reused": "REUSED",
    "cost": "COST",
    "set_aside": "SET ASIDE",
    "unclear": "UNCLEAR",
}
_BY_SOURCE = {
    "facts": "FACTS",
    "per_fact": "PER FACT",
    "right": "RIGHT",
    "per_correct_fact": "PER CORRECT FACT",
}
UNKNOWN = "unknown"


def source_columns(by: str) -> Mapping[str, str]:
    """Keys of rows with their headings."""
    columns = _COLUMNS | (_BY_SOURCE if by == "source" else {})
    return columns | {"group": by.upper()}


def group_row(one: SourceSpent) -> dict[str, object]:
    """One group as people read it."""
    row: dict[str, object] = {
        "group": one.group,
        "questions": one.questions,
        "found": one.found,
        "hits": "" if one.hit_rate is None else f"{100 * one.hit_rate:.0f} %",
        "reused": one.reused or "",
        "cost": money(one.cost) or "nothing",
        "set_aside": money(one.set_aside),
        "unclear": money(one.unclear),
    }
    if one.worth is None:
        return row
    checked = one.worth.checked
    return row | {
        "facts": one.worth.facts,
        "per_fact": _each(one.per_fact),
        "right": f"{one.worth.right} of {checked}" if checked else "",
        "per_correct_fact": _each(one.per_correct_fact),
    }


def group_json(one: SourceSpent) -> dict[str, Any]:
    """One group; `facts` and what follows are null unless groups are sources."""
    worth = one.worth
    return {
        "group": one.group,
        "questions": one.questions,
        "answered": one.answered,
        "found": one.found,
        "hit_rate": one.hit_rate,
        "reused": one.reused,
        "cost": amounts(one.cost),
        "set_aside": amounts(one.set_aside),
        "unclear": amounts(one.unclear),
        "facts": worth and worth.facts,
        "checked": worth and worth.checked,
        "right": worth and worth.right,
        "per_fact": None if one.per_fact is None else amounts(one.per_fact),
        "per_correct_fact": (
            None if one.per_correct_fact is None else amounts(one.per_correct_fact)
        ),
    }


def amounts(prices: Sequence[Price]) -> list[dict[str, str]]:
    """Prices as JSON, such as `[{"amount": "0.120000", "currency": "EUR"}]`."""
    return [{"amount": str(one.units), "currency": one.currency} for one in prices]


def money(prices: Sequence[Price]) -> str:
    """Prices as people read them: `0.12 EUR + 3.00 USD`; empty: nothing."""
    return " + ".join(map(str, prices))


def _each(prices: Sequence[Price] | None) -> str:
    if prices is None:
        return UNKNOWN
    return money(prices) or "nothing"
