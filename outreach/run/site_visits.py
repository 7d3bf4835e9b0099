"""Which sites to visit: those of companies that some campaign may contact."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from leads.store import Tx, campaigns, contact_keys, suppressions
from leads.store.facts import facts
from outreach.contact import may_contact
from outreach.run.contacts import contact_facts_by_stored_keys


def sites_to_visit(tx: Tx, client_id: UUID, sites: Sequence[str]) -> list[str]:
    """The sites without those all of whose companies, of this client, must not be contacted."""
    companies: dict[str, set[UUID]] = {}
    for site, owner, company_id in facts.companies_with_sites(tx, sites):
        if owner == client_id:
            companies.setdefault(site, set()).add(company_id)

    every = sorted({one for some in companies.values() for one in some})
    worth_it = companies_to_visit(tx, client_id, every)
    return [site for site in sites if site not in companies or companies[site] & worth_it]


def owners_to_visit(
    tx: Tx, found: Iterable[tuple[str, UUID, UUID]]
) -> list[tuple[str, UUID, UUID]]:
    """Of site, client and company ids, those whose company may be contacted; the order is kept."""
    rows = list(found)
    by_client: dict[UUID, list[UUID]] = {}
    for _, client_id, company_id in rows:
        by_client.setdefault(client_id, []).append(company_id)

    worth_it = {
        client_id: companies_to_visit(tx, client_id, some) for client_id, some in by_client.items()
    }
    return [row for row in rows if row[2] in worth_it[row[1]]]


def companies_to_visit(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> set[UUID]:
    """The companies that at least one campaign of the client may contact.

    Once anything is suppressed, a company whose contact keys are not stored yet is left out: its
    next decision stores them.
    """
    waiting = list(dict.fromkeys(company_ids))
    if suppressions.any_live(tx):
        marks = contact_keys.marks(tx, waiting)
        waiting = [one for one in waiting if marks[one] is not None]
    found: set[UUID] = set()
    with_icp: list[UUID | None] = [*campaigns.with_icp(tx, client_id)]
    for campaign_id in with_icp or [None]:
        facts_of = contact_facts_by_stored_keys(tx, client_id, campaign_id, waiting)
        found |= {one for one in waiting if may_contact(facts_of[one]).site_may_be_visited}
        waiting = [one for one in waiting if one not in found]
    return found
