"""Keep the public holidays ready that claims will need, so that no claim looks them up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from leads.clock import now
from leads.store import Tx, holiday_years
from leads.store.holiday_years import GOOD_FOR, AreaYear
from outreach.run.call_clock import looked_up, years_around

#: How long before they are too old, or needed for the first time, holidays are looked up.
AHEAD = timedelta(days=5)


def due(tx: Tx, limit: int) -> list[AreaYear]:
    """The areas in use and the years whose holidays are to be looked up, at most so many."""
    at = now()
    soon = at + AHEAD
    years = sorted({*years_around(at), *years_around(soon)})
    wanted = [(area, year) for area in holiday_years.areas(tx) for year in years]
    ready = holiday_years.looked_up_since(tx, soon - GOOD_FOR)
    return [one for one in wanted if one not in ready][:limit]


def renew(wanted: Sequence[AreaYear]) -> dict[AreaYear, holiday_years.HolidayYear]:
    """Look these holidays up; outside any transaction, because it takes long."""
    return {(area, year): looked_up(*_place(area), year) for area, year in wanted}


def keep(tx: Tx, found: dict[AreaYear, holiday_years.HolidayYear]) -> None:
    """Keep holidays that were looked up."""
    holiday_years.keep(tx, found)


def _place(area: str) -> tuple[str, str]:
    country, _, region = area.partition("-")
    return country, region
