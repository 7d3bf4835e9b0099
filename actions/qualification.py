"""Decide again about a campaign's companies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.queue import Where
from actions.session import Session
from leads.changes import IcpChanged
from leads.store import companies, verdict_passes
from workers.report import funnel

__all__ = ["CampaignCounts", "Where", "qualify_campaign"]


@dataclass(frozen=True, slots=True)
class CampaignCounts:
    """How many companies a campaign has, and how many are at each stage."""

    companies: int
    #: The counts of `workers.report.funnel`, under the keys of the JSON output.
    funnel: Mapping[str, Any]
    work: WorkedOff


def qualify_campaign(session: Session, where: Where, *, every: bool = False) -> CampaignCounts:
    """Decide the companies of a campaign that may be decided otherwise than last time, or every one,
    and count all.
    """
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        if every:
            verdict_passes.forget(work.tx, campaign_id)
        work.follow([IcpChanged(client_id, campaign_id)])
    done = work_off(session)

    with session.read() as work:
        ids = sorted(companies.companies_of(work.tx, client_id))
        counts = funnel(work.tx, client_id, campaign_id, ids, session.secret)
    return CampaignCounts(len(ids), counts, done)
