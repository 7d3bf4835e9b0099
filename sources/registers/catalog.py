"""All registers that can be asked."""

from __future__ import annotations

from functools import cache

from sources.registers.companies_house import CompaniesHouse
from sources.registers.czechia import Czechia
from sources.registers.finland import Finland
from sources.registers.france import France
from sources.registers.gleif import Gleif
from sources.registers.norway import Norway
from sources.registers.sec import Sec
from sources.registers.wikidata import Wikidata
from sources.source import Source


@cache
def registers() -> tuple[Source, ...]:
    """All registers, by name."""
    found: list[Source] = [
        CompaniesHouse(),
        Czechia(),
        Finland(),
        France(),
        Gleif(),
        Norway(),
        Sec(),
        Wikidata(),
    ]
    return tuple(sorted(found, key=lambda one: one.card.name))
