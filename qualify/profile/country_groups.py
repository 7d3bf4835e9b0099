"""Names that mean several countries, such as `europe` and `dach`: the table is
`leads/lexicon/data/country_groups.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from leads.lexicon.reference import document


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """Countries that share a name."""

    #: One of them, as a sentence calls it: `a Nordic country`.
    shown: str
    #: ISO 3166-1 alpha-2.
    codes: frozenset[str]


@cache
def country_groups() -> dict[str, CountryGroup]:
    """Every group by the name a profile writes."""
    return {
        name: CountryGroup(entry["shown"], frozenset(entry["codes"]))
        for name, entry in document("country_groups.yaml").items()
    }


@cache
def group_named(text: str) -> str | None:
    """The group that a text names, however it is spelled (`Latin America`, `LATAM`); None for any
    other text.
    """
    return _spellings().get(_plain(text))


@cache
def _spellings() -> dict[str, str]:
    table = document("country_groups.yaml")
    return {
        _plain(spelling): name
        for name, entry in table.items()
        for spelling in (name, *entry.get("also", ()))
    }


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").replace("&", " and ").split())


@cache
def countries_of(terms: tuple[str, ...]) -> frozenset[str]:
    """The country codes that some codes and names of groups mean."""
    groups = country_groups()
    return frozenset[str]().union(
        *(groups[term].codes if term in groups else {term} for term in terms)
    )
