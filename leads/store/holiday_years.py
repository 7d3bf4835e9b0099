"""The public holidays of countries and regions, kept so that few commands look them up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, delete, select, tuple_

from leads.clock import now
from leads.store import driver
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import holiday_year
from leads.store.snapshot import once

#: After this a year is looked up again: laws change, and a newer package knows them.
GOOD_FOR = timedelta(days=30)

#: A country or region, such as `DE-BY`, and a year.
AreaYear = tuple[str, int]


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The weekend (Monday is 0), the public holidays, and the weekend days on which people work."""

    weekend: frozenset[int]
    holidays: Mapping[date, str]
    worked: frozenset[date]


def kept(tx: Tx, wanted: Sequence[AreaYear]) -> dict[AreaYear, HolidayYear]:
    """The years that are kept and not too old."""
    if not wanted:
        return {}
    return once(tx, (kept, frozenset(wanted)), lambda: _kept(tx, wanted))


def _kept(tx: Tx, wanted: Sequence[AreaYear]) -> dict[AreaYear, HolidayYear]:
    # What a clock that ran ahead has stored is looked up again too.
    given = {
        "areas": sorted({area for area, _ in wanted}),
        "years": sorted({year for _, year in wanted}),
        "oldest": now() - GOOD_FOR,
        "newest": now() + timedelta(days=1),
    }
    found = {}
    for area, year, *days in driver.run(tx, _KEPT, given):
        if (area, year) in wanted:
            found[area, year] = _holiday_year(*days)
    return found


_KEPT = select(
    holiday_year.c.area,
    holiday_year.c.year,
    holiday_year.c.weekend,
    holiday_year.c.holidays,
    holiday_year.c.worked,
).where(
    holiday_year.c.area.in_(bindparam("areas", expanding=True)),
    holiday_year.c.year.in_(bindparam("years", expanding=True)),
    holiday_year.c.looked_up_at.between(bindparam("oldest"), bindparam("newest")),
)


def _holiday_year(
    weekend: Sequence[int], holidays: Mapping[str, str], worked: Sequence[str]
) -> HolidayYear:
    return HolidayYear(
        frozenset(weekend),
        {date.fromisoformat(day): name for day, name in holidays.items()},
        frozenset(map(date.fromisoformat, worked)),
    )


def areas(tx: Tx) -> list[str]:
    """The countries and regions of which any year is kept."""
    wanted = select(holiday_year.c.area).distinct().order_by(holiday_year.c.area)
    return list(tx.execute(wanted).scalars())


def looked_up_since(tx: Tx, at: datetime) -> set[AreaYear]:
    """The years that were looked up at this moment or later."""
    wanted = select(holiday_year.c.area, holiday_year.c.year)
    rows = tx.execute(wanted.where(holiday_year.c.looked_up_at >= at))
    return {(row.area, row.year) for row in rows}


def keep(tx: Tx, looked_up: Mapping[AreaYear, HolidayYear]) -> None:
    """Keep years that were looked up, instead of older ones."""
    if not looked_up:
        return
    key = tuple_(holiday_year.c.area, holiday_year.c.year)
    tx.execute(delete(holiday_year).where(key.in_(list(looked_up))))
    rows = [
        {
            "area": area,
            "year": year,
            "weekend": sorted(one.weekend),
            "holidays": {day.isoformat(): name for day, name in one.holidays.items()},
            "worked": sorted(day.isoformat() for day in one.worked),
            "looked_up_at": now(),
        }
        for (area, year), one in sorted(looked_up.items())
    ]
    # Another process may keep the same years at this moment.
    tx.execute(insert_or_skip(tx, holiday_year), rows)
