"""The figures of a run: how many of its companies are at each stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from leads.stages import Stage
from leads.store import Tx, queue, verdicts
from leads.verdicts import VerdictBrief
from outreach.contact import stage_seen
from outreach.place import CompanyStatus
from outreach.run.refresh import contacts_of, status_of


def funnel(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], secret: bytes
) -> dict[str, Any]:
    """Count the companies by stage, by what they wait for, and those excluded, suppressed,
    unreachable and queued.
    """
    found = verdicts.brief(tx, campaign_id, company_ids)
    contacts = contacts_of(tx, client_id, campaign_id, found, company_ids, secret)
    statuses = {one: status_of(found.get(one), contact) for one, contact in contacts.items()}
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
