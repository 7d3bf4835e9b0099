"""Whether calendars are open at a moment, with the public holidays that the store keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from leads.clock import now
from leads.lexicon.places.local_calendars import LocalCalendar, calendar_of_key
from leads.store import Tx, holiday_years
from leads.store.engine import writes
from leads.store.holiday_years import HolidayYear
from outreach.hours.days_off import USUAL_WEEKEND, DaysOff, days_off
from outreach.hours.week import CallHours
from outreach.hours.windows import REACHES, DayKind, OpenState, state_at


@dataclass(frozen=True, slots=True)
class AreaDays:
    """The kinds of days of one country or region, year by year."""

    years: Mapping[int, DaysOff]

    def __call__(self, day: date) -> DayKind:
        """What kind of day a date is."""
        found = self.years.get(day.year)
        return found(day) if found else DayKind(is_workday=day.weekday() not in USUAL_WEEKEND)


@dataclass(frozen=True, slots=True)
class CallClock:
    """The call hours of a campaign at one moment."""

    hours: CallHours
    at: datetime
    areas: Mapping[str, AreaDays]

    def state(self, key: str | None) -> OpenState | None:
        """Whether a calendar is open; None when its place is unknown."""
        calendar = calendar_of_key(key or "")
        if calendar is None:
            return None
        return state_at(calendar, self.hours, self.areas[calendar.area], self.at)

    def is_open(self, key: str | None) -> bool:
        """Whether prospects of a calendar may be called now; an unknown place counts as open."""
        found = self.state(key)
        return found is None or found.is_open


def call_clock(tx: Tx, hours: CallHours, at: datetime, keys: Iterable[str | None]) -> CallClock:
    """The clock of a campaign for these calendars."""
    calendars = {calendar_of_key(key) for key in keys if key}
    return CallClock(hours, at, area_days(tx, filter(None, calendars), at))


def look_up_holidays(tx: Tx, keys: Iterable[str | None]) -> None:
    """Keep the public holidays that these calendars need now."""
    if wanted := {calendar for key in keys if key and (calendar := calendar_of_key(key))}:
        area_days(tx, wanted, now())


def misses_holidays(tx: Tx, keys: Iterable[str | None]) -> bool:
    """Whether public holidays that these calendars need now are not kept yet."""
    wanted = {calendar for key in keys if key and (calendar := calendar_of_key(key))}
    needed = [(one.area, year) for one in wanted for year in years_around(now())]
    return not set(needed) <= set(holiday_years.kept(tx, needed))


def area_days(tx: Tx, calendars: Iterable[LocalCalendar], at: datetime) -> dict[str, AreaDays]:
    """The kinds of days around a moment, by area; what had to be looked up is kept."""
    areas = {one.area: (one.country, one.region) for one in calendars}
    years = years_around(at)
    kept = holiday_years.kept(tx, [(area, year) for area in areas for year in years])
    missing = {
        (area, year): looked_up(*place, year)
        for area, place in sorted(areas.items())
        for year in years
        if (area, year) not in kept
    }
    if missing and writes(tx):
        holiday_years.keep(tx, missing)
    every = kept | missing
    return {
        area: AreaDays({year: _days_off(every[area, year]) for year in years}) for area in areas
    }


def years_around(at: datetime) -> list[int]:
    """The years of the days around a moment."""
    near = (at - timedelta(days=1), at + timedelta(days=REACHES[-1] + 3))
    return sorted({one.year for one in near})


def looked_up(country: str, region: str, year: int) -> HolidayYear:
    """Look the holidays of a country or region up."""
    found = days_off(country, region, year)
    return HolidayYear(found.weekend, found.holidays, found.worked)


def _days_off(one: HolidayYear) -> DaysOff:
    return DaysOff(one.weekend, one.holidays, one.worked)
