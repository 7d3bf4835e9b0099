"""The figures of a run: how many of its companies are at each stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leads.stages import Stage
from leads.store import Tx, lists, queue, verdicts
from leads.store.lists import ListRow
from leads.verdicts import VerdictBrief
from outreach.contact import stage_seen
from outreach.place import CompanyStatus
from outreach.run.refresh import statuses_of


def funnel(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], secret: bytes
) -> dict[str, Any]:
    """Count the companies by stage, by what they wait for, and those excluded, suppressed,
    unreachable and queued.
    """
    statuses = statuses_of(tx, client_id, campaign_id, company_ids, secret)
    found = verdicts.brief(tx, campaign_id, company_ids)
    stages = Counter(stage_of(one) for one in statuses.values())
    entries = queue.entries(tx, campaign_id, company_ids)
    return {
        "stages": {one.value: stages.get(one, 0) for one in Stage},
        "waiting": _waiting(found),
        "excluded": sum(1 for one in statuses.values() if one.contact.excluded),
        "suppressed": sum(1 for one in statuses.values() if one.contact.suppressed),
        "unreachable": sum(1 for one in statuses.values() if one.contact.unreachable),
        "queued": sum(1 for row in entries.values() if row.state in ("ready", "leased")),
    }


def stage_of(status: CompanyStatus) -> Stage:
    """The stage people see."""
    return stage_seen(Stage(status.fit_stage), status.contact)


def _waiting(found: Mapping[UUID, VerdictBrief]) -> dict[str, int]:
    counts = Counter(
        name for row in found.values() if row.verdict == "unknown" for name in row.waits_for
    )
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def scorecard(
    tx: Tx, client_id: UUID, campaign_id: UUID, raw_list: ListRow, secret: bytes
) -> dict[str, Any]:
    """The figures of one list: rows, duplicates, overlap with other lists, stages, cost per
    prospect.
    """
    found = lists.overlap(tx, client_id, raw_list.id)
    counts = funnel(tx, client_id, campaign_id, found.companies, secret)
    prospects = counts["stages"][Stage.PROSPECT.value]
    cost = raw_list.cost_minor
    return {
        "list": raw_list.name,
        "records": found.records,
        "companies": len(found.companies),
        "duplicates_inside": found.placed - len(found.companies),
        "on_other_lists": found.shared,
        **counts["stages"],
        "excluded": counts["excluded"],
        "suppressed": counts["suppressed"],
        "cost": f"{cost / 100:.2f} {raw_list.cost_currency}" if cost is not None else None,
        "cost_per_prospect": (
            f"{cost / 100 / prospects:.2f} {raw_list.cost_currency}"
            if cost is not None and prospects
            else None
        ),
    }
