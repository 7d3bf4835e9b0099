"""The leads of a campaign: record what they told, move them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from actions.actor import Right
from actions.follow_up import work_off
from actions.session import Session, Transaction
from actions.where import Where
from engage.handover.checklist import Reply, parse_replies
from engage.handover.stages import LeadStage
from engage.run import qualifying
from engage.run.handing_over import Lead
from engage.run.qualifying import Told
from leads.changes import SignalsChanged, VerdictsChanged
from leads.clock import now
from leads.errors import UsageError
from leads.store import company_search
from leads.yaml_mistakes import did_you_mean

__all__ = [
    "REPLIES",
    "STAGES",
    "Told",
    "changes_of",
    "check_words",
    "lead_named",
    "move_lead",
    "qualify_lead",
    "stage_named",
]

#: In their order, from the least far to the furthest.
STAGES = tuple(one.value for one in LeadStage)
REPLIES = tuple(one.value for one in Reply)

#: Characters of a note or of what was said.
_LONGEST = 2_000


def lead_named(work: Transaction, where: Where, company: str) -> Lead:
    """The lead that a person names; whether it is one is for the caller to see."""
    client_id, campaign_id = work.campaign(where.client, where.campaign)
    found = company_search.find(work.tx, client_id, company)
    return Lead(
        client_id=client_id,
        campaign_id=campaign_id,
        company_id=found.id,
        company=found.name,
        by=work.actor.name,
    )


def qualify_lead(
    session: Session,
    where: Where,
    company: str,
    answers: Sequence[str],
    *,
    words: str = "",
    source: str = "call",
    at: datetime | None = None,
) -> tuple[str, Told]:
    """Record what a company told; without answers, only look. Its name and its checklist."""
    given = parse_replies(answers)
    if at is not None and at > now():
        raise UsageError(f"{at:%Y-%m-%d %H:%M} UTC is in the future", "name when it was said")
    check_words(words, source)
    if not given:
        with session.read() as work:
            lead = lead_named(work, where, company)
            return lead.company, qualifying.view(work.tx, lead)
    with session.write(Right.WORK_QUEUE) as work:
        lead = lead_named(work, where, company)
        told = qualifying.qualify(work.tx, lead, given, words, source, at or now())
        work.follow(changes_of(lead))
    work_off(session)
    return lead.company, told


def move_lead(
    session: Session, where: Where, company: str, stage: str, reason: str
) -> tuple[str, str]:
    """Let a person move a lead to any stage; its name, and the stage that it had."""
    wanted = LeadStage(stage_named(stage))
    check_words(reason)
    if not reason.strip():
        raise UsageError("a move needs a reason", "add --reason TEXT")
    with session.write(Right.WORK_QUEUE) as work:
        lead = lead_named(work, where, company)
        before = qualifying.move(work.tx, lead, wanted, reason.strip())
    return lead.company, before.stage


def check_words(*texts: str) -> None:
    """Refuse texts that are longer than anybody reads."""
    if any(len(text) > _LONGEST for text in texts):
        raise UsageError(f"a text is longer than {_LONGEST:,} characters", "shorten it")


def changes_of(lead: Lead) -> list[SignalsChanged | VerdictsChanged]:
    """What must be computed again after a lead changed."""
    some = (lead.company_id,)
    return [
        SignalsChanged(lead.client_id, some),
        VerdictsChanged(lead.client_id, lead.campaign_id, some),
    ]


def stage_named(text: str) -> str:
    """The stage of a name; UsageError when there is none."""
    if text not in list(LeadStage):
        raise UsageError(
            f"there is no stage {text[:60]!r}{did_you_mean(text, list(LeadStage))}",
            f"the stages are {', '.join(LeadStage)}",
        )
    return text
