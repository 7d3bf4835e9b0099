"""What is asked for when a site leads to another domain."""

from __future__ import annotations

from leads.changes import SiteMoved
from leads.store import Tx, campaigns, site_states
from leads.store.facts import facts
from leads.store.ledger.tasks import Wanted
from outreach.run.site_visits import owners_to_visit


def tasks_of_move(tx: Tx, move: SiteMoved) -> list[Wanted]:
    """Visit the domain that a site leads to as a site of its own, for whom the site was visited and
    the domain may be; if it was visited lately, only compare.
    """
    owners = owners_to_visit(tx, facts.companies_with_sites(tx, [move.site]))
    clients = dict.fromkeys(client_id for _, client_id, _ in owners)
    crawling = [one for one in clients if campaigns.any_may_crawl(tx, one)]
    if not crawling:
        return []
    if not site_states.stale(tx, [move.to]):
        return [Wanted(kind="enrich", key=move.to, queue="cheap")]
    client_id = next((one for one in crawling if one not in move.not_for), None)
    if client_id is None:
        return []
    return [Wanted(kind="crawl", key=move.to, queue="crawl", client_id=client_id)]
