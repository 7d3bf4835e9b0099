"""Criteria about places that cannot be met together: regions outside the countries asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leads.lexicon.places.countries import country_name
from leads.lexicon.places.place_names import region_country
from qualify.profile.country_groups import countries_of
from qualify.profile.criteria import Criterion, Matches


def elsewhere(required: Sequence[Criterion]) -> Iterator[tuple[str, str, str]]:
    """Find pairs of criteria that contradict each other.

    Each as the id of the one about regions, the id of the one about countries, and the countries of
    the regions.
    """
    asked = [(one.id, one.test) for one in required if isinstance(one.test, Matches)]
    asked_countries = [(id_, test) for id_, test in asked if test.attribute == "country"]
    for region_id, regions in asked:
        codes = _countries_of_regions(regions)
        for country_id, countries in asked_countries:
            if codes and _outside(codes, countries):
                names = sorted(country_name(code) for code in codes)
                yield region_id, country_id, ", ".join(names)


def _countries_of_regions(regions: Matches) -> set[str]:
    """List the countries of the regions asked for; empty when one of them is not known."""
    if regions.attribute != "region":
        return set()
    found = [region_country(term) for term in regions.terms.any_of]
    codes = {code for code in found if code}
    return codes if None not in found else set()


def _outside(codes: set[str], countries: Matches) -> bool:
    wanted, unwanted = countries.terms.any_of, countries.terms.none_of
    outside_wanted = bool(wanted) and codes.isdisjoint(countries_of(wanted))
    return outside_wanted or (bool(unwanted) and codes <= countries_of(unwanted))
