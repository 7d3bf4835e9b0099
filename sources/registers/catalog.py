"""All registers that can be asked."""

from __future__ import annotations

from functools import cache

from sources.registers.companies_house import CompaniesHouse
from sources.registers.gleif import Gleif
from sources.registers.sec import Sec
from sources.registers.wikidata import Wikidata
from sources.source import Source


@cache
def registers() -> tuple[Source, ...]:
    """All registers, by name."""
    found: list[Source] = [CompaniesHouse(), Gleif(), Sec(), Wikidata()]
    return tuple(sorted(found, key=lambda one: one.card.name))
