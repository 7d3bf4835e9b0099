"""What is known of a company before it is contacted, as the cells of one row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from leads.facts import Fact
from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse

SIGNAL = "signal: "
#: Attributes of which only the newest value counts.
_NEWEST = {"country", "region", "legal_form", "status", "industry", "employees", "turnover"} | {
    "founded",
    "sites",
}
#: Attributes of which each value is a column.
_EACH = {"technology", "certificate", "language"}
#: Attributes of which only it counts that there is one.
_HAVING = {"phone", "email", "website", "domain", "social", "job_opening", "parent"}
_CUSTOM = "custom:"
#: Digits of an industry code: its division.
_DIVISION = 2
_YES = "yes"


def cells(
    facts: Iterable[Fact], signals: Iterable[tuple[str, datetime]], before: datetime | None
) -> dict[str, str]:
    """The cells of a company, by column; columns without a value are left out.

    Only what was seen or happened before a moment counts, or everything when it is None.
    """
    known = [one for one in facts if before is None or one.evidence.observed_at < before]
    found: dict[str, str] = {}
    # The newest fact is the last, and replaces what older ones say.
    for one in sorted(known, key=lambda fact: (fact.evidence.observed_at, fact.id)):
        found.update(_of_fact(one))
        kind, _, name = one.evidence.source.partition(":")
        if kind == "list" and name:
            found[f"list: {name}"] = _YES
    for signal, at in signals:
        if before is None or at < before:
            found[f"{SIGNAL}{signal}"] = _YES
    return found


def _of_fact(one: Fact) -> Iterator[tuple[str, str]]:
    value, attribute = one.value, one.attribute
    if attribute in _HAVING:
        yield f"has {attribute.replace('_', ' ')}", _YES
    elif attribute in _EACH:
        yield _each(attribute, value)
    elif attribute in _NEWEST or attribute.startswith(_CUSTOM):
        text = _text(value)
        if text:
            yield _column(attribute, value), text


def _each(attribute: str, value: object) -> tuple[str, str]:
    if isinstance(value, TechnologyUse):
        return f"{attribute}: {value.slug}", _YES if value.uses else "no"
    return f"{attribute}: {str(value).strip().casefold()}", _YES


def _column(attribute: str, value: object) -> str:
    """Amounts of two currencies are never compared."""
    return f"{attribute} ({value.currency})" if isinstance(value, MoneyRange) else attribute


def _text(value: object) -> str:
    match value:
        case Range():
            return _middle(value)
        case MoneyRange(amount, _):
            return _middle(amount)
        case IndustryCode("text", code):
            return code.strip().casefold()
        case IndustryCode(scheme, code):
            return f"{scheme}:{code[:_DIVISION]}"
    return str(value).strip().casefold()


def _middle(value: Range) -> str:
    """The middle of a range, or its only bound."""
    bounds = [one for one in (value.low, value.high) if one is not None]
    return str(sum(bounds) / len(bounds)) if bounds else ""


def columns_of(rows: Sequence[Mapping[str, str]], fewest: int, most: int) -> list[str]:
    """The columns that at least so many rows fill, the most filled first; no more than `most`."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in row:
            counts[name] = counts.get(name, 0) + 1
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    return [name for name in ordered if counts[name] >= fewest][:most]
