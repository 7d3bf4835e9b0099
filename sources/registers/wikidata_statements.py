"""Read the statements of an item of Wikidata: the best ones of a property, and their values.

Shape: `claims` of `action=wbgetentities`, as the Wikibase data model documents it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sources.registers.json_fields import part, record, records, text, whole

Statement = Mapping[str, Any]

_TIME = re.compile(r"\+?([0-9]{4})-([0-9]{2})-([0-9]{2})T.*", re.ASCII)
_AMOUNT = re.compile(r"\+?([0-9]{1,15}(?:\.[0-9]{1,6})?)", re.ASCII)
_ITEM = re.compile(r"Q[1-9][0-9]{0,11}", re.ASCII)
_UNIT = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]{0,11})", re.ASCII)
_POINT_IN_TIME, _END = "P585", "P582"
#: Precisions of a time: a year, a month, a day.
_YEAR, _MONTH = 9, 10
_MOST = 200


def best(item: Any, field: str) -> list[Statement]:
    """The statements of a property that count today: the preferred ones, else the normal ones."""
    kept = [
        one
        for one in records(item, "claims", field)[:_MOST]
        if text(one, "rank") != "deprecated" and _END not in record(one, "qualifiers")
    ]
    preferred = [one for one in kept if text(one, "rank") == "preferred"]
    return preferred or kept


def latest(statements: list[Statement]) -> Statement | None:
    """The statement of the latest point in time; one without a time counts as the oldest."""
    return max(statements, key=lambda one: as_of(one) or date.min, default=None)


def as_of(statement: Statement) -> date | None:
    """The last day of the time that a statement is about."""
    times = records(statement, "qualifiers", _POINT_IN_TIME)
    return last_day(part(times[0], "datavalue", "value")) if times else None


def value_of(statement: Statement) -> Any:
    """The value of a statement; None if it is unknown or there is none."""
    return part(statement, "mainsnak", "datavalue", "value")


def written(statement: Statement) -> str:
    """The value of a statement of text; empty for other values."""
    value = value_of(statement)
    return text(value, "text") if isinstance(value, dict) else text(value)


def item_of(statement: Statement) -> str:
    """The item that a statement names (`Q42`); empty if it names none."""
    found = text(value_of(statement), "id")
    return found if _ITEM.fullmatch(found) else ""


def amount_of(statement: Statement) -> Decimal | None:
    """The amount of a statement, 0 or more."""
    found = _AMOUNT.fullmatch(text(value_of(statement), "amount"))
    return Decimal(found[1]) if found else None


def unit_of(statement: Statement) -> str:
    """The item that an amount is counted in; empty for a plain number."""
    found = _UNIT.fullmatch(text(value_of(statement), "unit"))
    return found[1] if found else ""


def last_day(value: Any) -> date | None:
    """The last day of a time, which may be a whole month or year; None if it is less precise."""
    found = _TIME.fullmatch(text(value, "time"))
    precision = whole(value, "precision")
    if found is None or precision is None or precision < _YEAR:
        return None
    year, month, day = (int(one) for one in found.groups())
    try:
        if precision == _YEAR:
            return date(year, 12, 31)
        if precision == _MONTH:
            return date(year, month, monthrange(year, month)[1])
        return date(year, month, day)
    except ValueError:
        return None


def is_item(text: str) -> bool:
    """Check the form of an item's id: `Q42`."""
    return _ITEM.fullmatch(text) is not None
