"""Weekends and public holidays of countries and their regions, by the `holidays` package."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from outreach.hours.windows import DayKind

#: Where nothing else is known: Saturday and Sunday.
USUAL_WEEKEND = frozenset({5, 6})


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The weekend and the public holidays of a country or region, for whole years."""

    weekend: frozenset[int]
    holidays: Mapping[date, str]
    #: Days of a weekend on which people work, to make up for a holiday.
    worked: frozenset[date] = frozenset()

    def __call__(self, day: date) -> DayKind:
        """What kind of day a date is."""
        rests = day.weekday() in self.weekend and day not in self.worked
        return DayKind(is_workday=not rests, holiday=self.holidays.get(day))


def days_off(country: str, region: str, year: int) -> DaysOff:
    """Look up a year of a country, or of its region; a country without data has no holidays."""
    # Imported late: it takes half a second, and the store keeps what it answers.
    import holidays

    try:
        known = holidays.list_supported_countries(include_aliases=False)[country]
    except KeyError:
        return DaysOff(USUAL_WEEKEND, {})
    found = holidays.country_holidays(
        country, subdiv=region if region in known else None, years=year, language="en_US"
    )
    first, count = date(year, 1, 1), (date(year + 1, 1, 1) - date(year, 1, 1)).days
    rests = frozenset(found.weekend)
    worked = [
        day
        for day in (first + timedelta(days=ahead) for ahead in range(count))
        if day.weekday() in rests and found.is_working_day(day)
    ]
    named = {day: name for day, name in found.items() if day.year == year}
    return DaysOff(rests, dict(sorted(named.items())), frozenset(worked))
