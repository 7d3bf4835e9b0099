"""Which clocks and public holidays count where a company is (`leads/lexicon/data/time_zones.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from leads.lexicon.phones import phone_country, phone_zones
from leads.lexicon.places.countries import CODES, compared
from leads.lexicon.places.place_names import city_named, region_named
from leads.lexicon.places.regions import state_by_name, states_by_code
from leads.lexicon.reference import document


@dataclass(frozen=True, slots=True)
class LocalCalendar:
    """A country (alpha-2), the code of its region where that has holidays of its own, and the
    possible time zones.
    """

    country: str
    region: str
    zones: tuple[str, ...]

    @property
    def area(self) -> str:
        """The country or region whose holidays count: `DE-BY`."""
        return f"{self.country}-{self.region}" if self.region else self.country

    @property
    def key(self) -> str:
        """The calendar as one short text: `DE-BY`, `US America/Chicago`."""
        every = zones_of_country(self.country)
        return self.area if self.zones == every else f"{self.area} {','.join(self.zones)}"


def local_calendar(
    country: str | None, region: str = "", city: str = "", phones: Iterable[str] = ()
) -> LocalCalendar | None:
    """Find the calendar of a company; None when its country is unknown.

    The region counts before the city, and both before the area code of a number of that country.
    Without any of them every zone of the country is possible. Phones are in E.164.
    """
    numbers = tuple(phones)
    code = country or next(filter(None, map(phone_country, numbers)), None)
    if code is None or code not in CODES:
        return None
    zones = _zones_of_place(code, region, city)
    if len(zones) > 1:
        narrowed = (_narrowing_zones(number, code, zones) for number in numbers)
        zones = next(filter(None, narrowed), zones)
    return LocalCalendar(code, _holiday_region(code, region, city), zones)


@lru_cache(maxsize=1 << 12)
def calendar_of_key(key: str) -> LocalCalendar | None:
    """Read a calendar from its key; None for the empty key of an unknown place."""
    where, _, zones = key.partition(" ")
    country, _, region = where.partition("-")
    if country not in CODES:
        return None
    every = zones_of_country(country)
    return LocalCalendar(country, region, tuple(zones.split(",")) if zones else every)


@cache
def zones_of_country(country: str) -> tuple[str, ...]:
    """Return the time zones of a country, that of most companies first."""
    single = _data()["one_zone"].get(country)
    return (single,) if single else tuple(_data()["several_zones"].get(country, ()))


def _zones_of_place(country: str, region: str, city: str) -> tuple[str, ...]:
    every = zones_of_country(country)
    if len(every) == 1:
        return every
    by_city = _by_name("cities").get((country, city_named(city)))
    by_region = _by_name("regions").get((country, _region_word(country, region)))
    if by_region and len(by_region) > 1 and by_city and set(by_city) <= set(by_region):
        return by_city
    return by_region or by_city or every


def _holiday_region(country: str, region: str, city: str) -> str:
    regions = _holiday_codes("holiday_regions", country)
    if code := regions.get(_region_word(country, region)):
        return code
    if region.upper() in regions.values():
        return region.upper()
    return _holiday_codes("holiday_cities", country).get(city_named(city), "") if city else ""


def _region_word(country: str, region: str) -> str:
    """A region as the tables are keyed: the code of a state, or the English name, compared."""
    if not region:
        return ""
    of_code = (one for one in states_by_code(region.strip().upper()) if one.country == country)
    state = next(of_code, None) or state_by_name(region)
    if state and state.country == country:
        return compared(state.code)
    return compared(region_named(region) or region)


@cache
def _by_name(table: str) -> dict[tuple[str, str], tuple[str, ...]]:
    """The zones by country and name."""
    named = compared if table == "regions" else city_named
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for country, by_zone in _data()[table].items():
        for zones, names in by_zone.items():
            found |= {(country, named(name)): tuple(zones.split()) for name in names}
    return found


@cache
def _holiday_codes(table: str, country: str) -> dict[str, str]:
    """The codes of a country's regions by the name of a region or city, as names are compared."""
    named = compared if table == "holiday_regions" else city_named
    return {named(name): code for name, code in _data()[table].get(country, {}).items()}


def _narrowing_zones(number: str, country: str, among: tuple[str, ...]) -> tuple[str, ...]:
    """The zones of a number's area code; none when it tells nothing, or contradicts the place."""
    if phone_country(number) != country:
        return ()
    same = _data()["same_clocks"]
    zones = tuple(dict.fromkeys(same.get(one, one) for one in phone_zones(number)))
    return zones if set(zones) < set(among) else ()


@cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = document("time_zones.yaml")
    return data
