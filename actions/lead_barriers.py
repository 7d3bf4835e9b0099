"""Which leads must not be contacted or handed over any more, and why."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from actions.session import Transaction
from leads.stages import Relationship
from outreach.contact import Barrier, may_contact
from outreach.run.contacts import contact_facts

#: A lead is barred by these; that it is a lead bars it from the queue of prospects alone.
_BARRIERS = frozenset(
    {
        Barrier.LEFT,
        Barrier.SUPPRESSED,
        Barrier.EXCLUDED,
        Barrier.DISQUALIFIED,
        Barrier.CLOSED,
    }
)


def barred(
    work: Transaction, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, str]:
    """Those of the companies that must not be contacted, each with the reason."""
    found = {}
    known = contact_facts(work.tx, client_id, campaign_id, company_ids, work.session.secret)
    for one, facts in known.items():
        decision = may_contact(facts)
        if decision.barrier in _BARRIERS:
            found[one] = decision.reason
        elif facts.relationship is Relationship.LOST:
            found[one] = facts.relationship_reason or "lost"
    return found
