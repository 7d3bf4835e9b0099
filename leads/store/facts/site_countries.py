"""The country of the companies that a site belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leads.store.engine import Tx, chunks
from leads.store.facts.belonging import is_about, own
from leads.store.facts.facts import companies_with_sites
from leads.store.schema import fact


def countries_of_sites(tx: Tx, sites: Sequence[str]) -> dict[str, str]:
    """The country of the companies that each site belongs to, as two letters; without the sites
    whose companies state none, or different ones.
    """
    stated: dict[UUID, set[str]] = {}
    owners = companies_with_sites(tx, sites)
    for some in chunks(list({company_id for _, _, company_id in owners}), 1000):
        for one in own():
            wanted = select(one.company, fact.c.value).where(
                one.holds, is_about("country"), one.among(some)
            )
            for company_id, country in tx.execute(wanted.distinct()):
                stated.setdefault(company_id, set()).add(str(country))

    found: dict[str, set[str]] = {}
    for site, _, company_id in owners:
        found.setdefault(site, set()).update(stated.get(company_id, ()))
    return {site: countries.pop() for site, countries in found.items() if len(countries) == 1}
