"""What is asked for when a site leads to another domain."""

from __future__ import annotations

from leads.store import Tx, campaigns, site_states
from leads.store.facts import facts
from leads.store.ledger.tasks import Wanted
from outreach.run.site_visits import owners_to_visit


def tasks_of_move(tx: Tx, site: str, to: str) -> list[Wanted]:
    """Visit the domain that a site leads to as a site of its own, for whom the site was visited; if
    it was visited lately, only compare. Whether it may be visited is asked when its turn comes.
    """
    owners = owners_to_visit(tx, facts.companies_with_sites(tx, [site]))
    clients = dict.fromkeys(client_id for _, client_id, _ in owners)
    client_id = next((one for one in clients if campaigns.any_may_crawl(tx, one)), None)
    if client_id is None:
        return []
    if site_states.stale(tx, [to]):
        return [Wanted(kind="crawl", key=to, queue="crawl", client_id=client_id)]
    return [Wanted(kind="enrich", key=to, queue="cheap")]
