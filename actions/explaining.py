"""Explain a company's verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.profiles import IcpFile
from actions.queue import Where
from actions.session import Session
from leads.clock import now
from leads.stages import Stage
from outreach.contact import Barrier, may_contact, stage_seen
from outreach.run.contacts import contact_facts
from outreach.run.reaching import ReachScope, with_reach
from qualify.run.explaining import Explanation, explain, explanation_json

__all__ = ["CompanyExplanation", "Explanation", "company_json", "explain_company"]


@dataclass(frozen=True, slots=True)
class CompanyExplanation:
    """Why a company has its verdict, and whether it may be contacted."""

    explanation: Explanation
    #: Why it must not be contacted; empty when it may be.
    not_to_be_contacted: str
    #: Whether that is because it is a lead or customer, so that it is answered and not prospected.
    is_handed_over: bool
    #: The stage that it counts as: a suppressed or excluded company counts as disqualified.
    counts_as: Stage


def explain_company(
    session: Session, where: Where, company: str, file: IcpFile | None
) -> CompanyExplanation:
    """Explain a company under the profile in force, or under another one."""
    with session.read() as work:
        if file and where.campaign is None:
            client_id, campaign_id = work.client(where.client), None
        else:
            client_id, campaign_id = work.campaign(where.client, where.campaign)
        found = explain(
            work.tx, client_id, campaign_id, company, file.icp if file else None, now().date()
        )
        company_id = found.company.id
        facts = contact_facts(work.tx, client_id, campaign_id, [company_id], session.secret)
        scope = ReachScope(client_id, campaign_id, session.secret)
        facts = with_reach(work.tx, scope, facts, [company_id])

    contact = facts[company_id]
    decision = may_contact(contact)
    return CompanyExplanation(
        explanation=found,
        not_to_be_contacted=decision.reason,
        is_handed_over=decision.barrier is Barrier.HANDED_OVER,
        counts_as=stage_seen(found.decision.stage, contact),
    )


def company_json(found: CompanyExplanation) -> dict[str, Any]:
    """Turn an explanation into plain JSON values."""
    return explanation_json(found.explanation) | {
        "not_to_be_contacted": found.not_to_be_contacted,
        "counts_as": found.counts_as.value,
    }
