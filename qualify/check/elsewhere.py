"""Criteria about places that cannot be met together: regions that lie in none of the countries
asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leads.lexicon.places.countries import country_name
from leads.lexicon.places.place_names import region_country
from qualify.profile.country_groups import countries_of
from qualify.profile.criteria import Criterion, Matches


def elsewhere(required: Sequence[Criterion]) -> Iterator[tuple[str, str, str]]:
    """The ids of two criteria that contradict each other, the one about regions first, and where
    its regions lie.
    """
    asked = [(one.id, one.test) for one in required if isinstance(one.test, Matches)]
    for region_id, regions in asked:
        lie = (
            {region_country(term) for term in regions.terms.any_of}
            if regions.attribute == "region"
            else set()
        )
        if not lie or None in lie:
            continue
        for country_id, countries in asked:
            if countries.attribute == "country" and _outside(
                {code for code in lie if code}, countries
            ):
                yield (
                    region_id,
                    country_id,
                    ", ".join(sorted(country_name(code) for code in lie if code)),
                )


def _outside(lie: set[str], countries: Matches) -> bool:
    wanted, unwanted = countries.terms.any_of, countries.terms.none_of
    return bool(wanted and lie.isdisjoint(countries_of(wanted))) or bool(
        unwanted and lie <= countries_of(unwanted)
    )
