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
from leads.store import verdict_passes
from leads.store.ledger.own import Own, own_pending
from workers.report import funnel_of_client

__all__ = ["CampaignCounts", "Where", "qualify_campaign"]


@dataclass(frozen=True, slots=True)
class CampaignCounts:
    """How many companies a campaign has, and how many are at each stage."""

    companies: int
    #: How many of them were to be decided again.
    again: int
    #: The counts of `workers.report.funnel_of_client`, under the keys of the JSON output.
    funnel: Mapping[str, Any]
    work: WorkedOff


def qualify_campaign(session: Session, where: Where, *, every: bool = False) -> CampaignCounts:
    """Decide again about companies of a campaign, and count all.

    These are the companies whose facts, profile or reference data changed since the last time; with
    `every`, all.
    """
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        if every:
            verdict_passes.forget(work.tx, campaign_id)
        work.follow([IcpChanged(client_id, campaign_id)])
        again = own_pending(work.tx, Own(trace_id=session.trace_id), ["qualify"])
    done = work_off(session)

    with session.read() as work:
        number, counts = funnel_of_client(work.tx, client_id, campaign_id, session.secret)
    return CampaignCounts(number, again, counts, done)
