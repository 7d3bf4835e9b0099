"""The figures of a run: how many of its companies are at each stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leads.stages import Stage
from leads.store import Tx, funnel_counts, verdicts
from leads.store.funnel_counts import Tally
from outreach.contact import ContactFacts, stage_seen
from outreach.run.contacts import contact_facts, exceptions, exceptions_of_all
from outreach.run.reaching import ReachScope, with_reach


def funnel(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], secret: bytes
) -> dict[str, Any]:
    """Count the companies by stage, by what they wait for, and those excluded, suppressed,
    unreachable and queued.
    """
    tally = funnel_counts.of_companies(tx, campaign_id, company_ids)
    found = exceptions(tx, client_id, campaign_id, company_ids, secret)
    fitting = funnel_counts.fitting_among(tx, campaign_id, company_ids)
    scope = ReachScope(client_id, campaign_id, secret)
    return _counts(tx, scope, campaign_id, tally, found, fitting)


def funnel_of_client(
    tx: Tx, client_id: UUID, campaign_id: UUID, secret: bytes
) -> tuple[int, dict[str, Any]]:
    """How many companies a client has, and the same counts of all of them."""
    tally = funnel_counts.of_client(tx, client_id, campaign_id)
    found = exceptions_of_all(tx, client_id, campaign_id, secret)
    fitting = funnel_counts.fitting(tx, client_id, campaign_id)
    scope = ReachScope(client_id, campaign_id, secret)
    return tally.companies, _counts(tx, scope, campaign_id, tally, found, fitting)


def _counts(
    tx: Tx,
    scope: ReachScope,
    campaign_id: UUID,
    tally: Tally,
    found: Mapping[UUID, ContactFacts],
    fitting: Sequence[UUID],
) -> dict[str, Any]:
    stages = Counter(tally.stages)
    decided = verdicts.brief(tx, campaign_id, list(found))
    for one, facts in found.items():
        fit = Stage(decided[one].fit_stage) if one in decided else Stage.NAME
        stages[fit] -= 1
        stages[stage_seen(fit, facts)] += 1
    return {
        "stages": {one.value: stages.get(one, 0) for one in Stage},
        "waiting": dict(sorted((+tally.waiting).items(), key=lambda one: (-one[1], one[0]))),
        "excluded": sum(1 for one in found.values() if one.excluded),
        "suppressed": sum(1 for one in found.values() if one.suppressed),
        "unreachable": _unreachable(tx, scope, fitting),
        "queued": tally.queued,
    }


def _unreachable(tx: Tx, scope: ReachScope, fitting: Sequence[UUID]) -> int:
    """How many of the companies that fit no channel may reach; for others nobody looks.

    Those that are free in the queue are left out of `fitting`: a channel was found for each when it
    was put there.
    """
    facts = contact_facts(tx, scope.client_id, scope.campaign_id, fitting, scope.secret)
    reached = with_reach(tx, scope, facts, fitting)
    return sum(1 for one in reached.values() if one.unreachable)
