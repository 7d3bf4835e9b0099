"""Which clocks and holidays count where a company is."""

from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest

from leads.lexicon.places.countries import CODES
from leads.lexicon.places.local_calendars import (
    calendar_of_key,
    local_calendar,
    zones_of_country,
)
from leads.lexicon.places.place_names import region_named
from leads.lexicon.places.regions import states_by_code
from leads.lexicon.reference import document


@pytest.mark.parametrize(
    ("country", "region", "city", "phones", "key"),
    [
        ("DE", "", "", [], "DE"),
        ("DE", "Bayern", "", [], "DE-BY"),
        ("DE", "by", "", [], "DE-BY"),
        ("DE", "", "Köln", [], "DE-NW"),
        ("DE", "Bavaria", "Köln", [], "DE-BY"),
        ("GB", "Scotland", "", [], "GB-SCT"),
        ("US", "", "", [], "US"),
        ("US", "NY", "", [], "US America/New_York"),
        ("US", "California", "", [], "US America/Los_Angeles"),
        ("US", "TX", "", [], "US America/Chicago,America/Denver"),
        ("US", "TX", "El Paso", [], "US America/Denver"),
        ("US", "TX", "", ["+19155550123"], "US America/Denver"),
        ("US", "NY", "", ["+13125550100"], "US America/New_York"),
        ("US", "", "Chicago", [], "US America/Chicago"),
        ("US", "", "", ["+13125550100"], "US America/Chicago"),
        ("US", "", "", ["+18005550100"], "US"),
        ("US", "", "", ["+4930770123"], "US"),
        ("US", "", "", ["no number", "+13125550100"], "US America/Chicago"),
        ("CA", "ON", "Toronto", [], "CA-ON America/Toronto"),
        ("AU", "WA", "", [], "AU-WA Australia/Perth"),
        ("ES", "", "Las Palmas", [], "ES Atlantic/Canary"),
        ("ES", "Canarias", "", [], "ES-CN Atlantic/Canary"),
        ("RU", "", "Novosibirsk", [], "RU Asia/Krasnoyarsk"),
        (None, "", "", ["+4930770123"], "DE"),
        (None, "Bavaria", "Munich", [], None),
        ("ZZ", "", "", [], None),
        ("de", "", "", [], None),
    ],
)
def test_the_calendar_of_a_company(
    country: str | None, region: str, city: str, phones: list[str], key: str | None
) -> None:
    found = local_calendar(country, region, city, phones)
    assert (found.key if found else None) == key
    assert calendar_of_key(key or "") == found


def test_every_country_has_zones_that_exist() -> None:
    for country in CODES - {"BV", "HM"}:
        for zone in zones_of_country(country):
            ZoneInfo(zone)
        assert zones_of_country(country), country


def test_the_zones_are_those_of_the_time_zone_database() -> None:
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    listed = {(row[0], row[2]) for row in rows}
    # The user-assigned code of Kosovo is in no list of the database.
    ours = {(code, zone) for code in CODES - {"XK", "BV", "HM"} for zone in zones_of_country(code)}
    assert ours <= listed


def test_the_tables_of_regions_name_what_the_lexicon_knows() -> None:
    tables = document("time_zones.yaml")
    for country, by_zone in tables["regions"].items():
        zones = set(zones_of_country(country))
        for some, regions in by_zone.items():
            assert set(some.split()) <= zones
            assert [name for name in regions if not _is_known(country, name)] == []
    for country, regions in tables["holiday_regions"].items():
        assert [name for name in regions if not _is_known(country, name)] == []
        assert set(tables["holiday_cities"][country].values()) <= set(regions.values())
    for country, cities in tables["cities"].items():
        assert set(cities) <= set(zones_of_country(country))


def _is_known(country: str, name: str) -> bool:
    states = [one.country for one in states_by_code(name)]
    return country in states or region_named(name) == name
