"""What bars a search for the sites of companies: suppressions, and other barriers."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from actions.session import Transaction
from leads.store import campaigns
from outreach.contact import ContactFacts, SuppressedBy, may_contact
from outreach.run.contacts import contact_facts
from outreach.run.site_visits import companies_to_visit


def barred_from_search(
    work: Transaction, client_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, tuple[str, str]]:
    """The companies that are not searched, each with its barrier in a word and in full."""
    allowed = companies_to_visit(work.tx, client_id, company_ids)
    left = [one for one in company_ids if one not in allowed]
    found: dict[UUID, tuple[str, str]] = {}
    if not left:
        return found

    with_icp: list[UUID | None] = [*campaigns.with_icp(work.tx, client_id)]
    for campaign_id in with_icp or [None]:
        known = contact_facts(work.tx, client_id, campaign_id, left, work.session.secret)
        for one, facts in known.items():
            decision = may_contact(facts)
            if decision.barrier and not decision.site_may_be_visited:
                found.setdefault(one, (decision.barrier.value, _in_full(facts, decision.reason)))
    return found


def _in_full(facts: ContactFacts, reason: str) -> str:
    if not facts.left and isinstance(facts.suppressed, SuppressedBy):
        return f"suppressed by {facts.suppressed.subject}"
    return reason
