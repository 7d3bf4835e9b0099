"""Counties and provinces, and towns named like countries (`leads/lexicon/data/place_names.yaml`)."""

from __future__ import annotations

from functools import cache

from leads.lexicon.places.countries import compared, country_code
from leads.lexicon.places.place_names import region_country
from leads.lexicon.reference import document


def county_country(text: str) -> str | None:
    """Return the country of a county or province; None if unknown."""
    return _areas().get(compared(text))


def is_shared_area(text: str) -> bool:
    """Check whether a county's name is also a town's elsewhere: `Norfolk` is one in Virginia."""
    return compared(text) in _shared()


def area_country(text: str) -> str | None:
    """Return the country of a region, county or home nation in a column of regions."""
    nation = country_code(text)
    if nation is not None:
        return nation if nation == "GB" else None
    return region_country(text) or county_country(text)


def is_namesake(country: str, state_code: str) -> bool:
    """Check whether a state of the US has a town with the name of a country: Lebanon in PA."""
    return state_code in _namesakes().get(compared(country), ())


@cache
def _areas() -> dict[str, str]:
    return {
        compared(name): code
        for code, names in document("place_names.yaml")["areas"].items()
        for name in names
    }


@cache
def _shared() -> frozenset[str]:
    return frozenset(map(compared, document("place_names.yaml")["shared_areas"]))


@cache
def _namesakes() -> dict[str, frozenset[str]]:
    return {
        compared(town): frozenset(states)
        for town, states in document("place_names.yaml")["namesakes"].items()
    }
