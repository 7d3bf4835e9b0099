"""Which companies of a campaign may be decided otherwise than they are."""

from __future__ import annotations

from uuid import UUID

from leads.clock import now
from leads.store import (
    Tx,
    campaigns,
    companies,
    company_changes,
    links,
    profiles,
    verdict_passes,
)
from leads.store.verdict_passes import VerdictPass
from leads.version import own_version
from qualify.run.verdict_row import versions


def companies_due(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[UUID]:
    """The companies that a pass over a whole campaign must decide, oldest first.

    These are all, or, when the profile, the program and its data are those of the last pass, what
    changed since and what has no verdict. The pass is noted: its tasks are to be asked for in this
    transaction.
    """
    icp, today = profiles.in_force(tx, campaign_id), now().date()
    if icp is None:
        return companies.ids_of(tx, client_id)
    # Before anything is read: what is stored from now on belongs to the next pass.
    this = VerdictPass(icp.id, _made_by(), today, company_changes.moment(tx))
    before = verdict_passes.last(tx, campaign_id)
    verdict_passes.put(tx, client_id, campaign_id, this)
    changed = None
    if before is not None and _is_alike(before, this):
        changed = company_changes.since(tx, client_id, before.moment)
    if changed is None:
        return companies.ids_of(tx, client_id)

    some = set(links.linked_with(tx, client_id, sorted(changed)))
    # A company that was gone comes back without one, and a task may have been discarded.
    some.update(verdict_passes.without_verdict(tx, client_id, campaign_id))
    some.update(verdict_passes.expired(tx, campaign_id, today))
    some.update(verdict_passes.unfinished(tx, client_id, campaign_id))
    if campaigns.may_crawl(tx, campaign_id):
        # Deciding asks for visits to their sites.
        some.update(verdict_passes.undecided(tx, campaign_id))
    return sorted(some)


def _is_alike(before: VerdictPass, this: VerdictPass) -> bool:
    """Whether two passes decide the same about the same facts, but for what ends by date."""
    same = (before.icp_version_id, before.made_by) == (this.icp_version_id, this.made_by)
    # After a clock that was ahead, every verdict is of a day that has not come.
    return same and before.day <= this.day


def _made_by() -> str:
    return f"{own_version()} {versions()}"
