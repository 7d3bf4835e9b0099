"""What is known of a company before it is contacted, as the cells of one row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from leads.values import IndustryCode, MoneyRange, Range, TechnologyUse

SIGNAL = "signal: "
#: Attributes of which only the newest value counts.
_NEWEST = {"country", "region", "legal_form", "status", "industry", "employees", "turnover"} | {
    "founded",
    "sites",
    "openings",
}
#: Attributes of which each value is a column.
_EACH = {"technology", "certificate", "language", "asks_for"}
#: Attributes of which only it counts that there is one.
HAVING = {"phone", "email", "website", "domain", "social", "job_opening", "parent"}
_CUSTOM = "custom:"
#: Digits of an industry code: its division.
_DIVISION = 2
YES = "yes"


def cells_of(attribute: str, value: object) -> Iterator[tuple[str, str]]:
    """The cells of one fact: column and text. The value of an attribute in `HAVING` is not read."""
    if attribute in HAVING:
        yield f"has {attribute.replace('_', ' ')}", YES
    elif attribute in _EACH:
        yield _each(attribute, value)
    elif attribute in _NEWEST or attribute.startswith(_CUSTOM):
        text = _text(value)
        if text:
            yield _column(attribute, value), text


def list_of(source: str) -> str | None:
    """The column of the list that a source names; None: it is no list."""
    kind, _, name = source.partition(":")
    return f"list: {name}" if kind == "list" and name else None


def _each(attribute: str, value: object) -> tuple[str, str]:
    if isinstance(value, TechnologyUse):
        return f"{attribute}: {value.slug}", YES if value.uses else "no"
    return f"{attribute}: {str(value).strip().casefold()}", YES


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
