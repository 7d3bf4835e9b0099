"""Take a signal back, and let the lead go back that it alone made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.follow_up import OF_SIGNALS, work_off
from actions.session import Session, Transaction
from engage.run import lead_taken_back
from engage.run.lead_taken_back import LeadAfter
from leads.changes import SignalsChanged, VerdictsChanged
from leads.errors import NotFoundError, UsageError
from leads.store import company_search, lead_rows, signals
from leads.store.figures.sources import campaign_name
from leads.store.signals import SignalRow

__all__ = ["LeadAfter", "Removed", "remove_signal"]


@dataclass(frozen=True, slots=True)
class Removed:
    """A signal that was taken back, and what became of the company's leads, by campaign."""

    signal: SignalRow
    company: str
    leads: Sequence[tuple[str, LeadAfter]]


def remove_signal(session: Session, client: str, signal_id: str) -> Removed:
    """Take a signal back: it counts no more, and its row stays."""
    try:
        wanted = UUID(signal_id)
    except ValueError:
        raise UsageError(
            f"{signal_id!r} is not a signal id", "copy it from `sluice signal list`"
        ) from None

    with session.write(Right.WORK_QUEUE) as work:
        client_id = work.client(client)
        found = signals.one_of(work.tx, client_id, wanted)
        company_id = signals.company_of(work.tx, client_id, wanted)
        taken = signals.retract(work.tx, client_id, [wanted], work.actor.name)
        if found is None or company_id is None or not taken:
            raise NotFoundError(
                "there is no such signal in force of this client", "see `sluice signal list`"
            )
        after = _leads(work, client_id, company_id, found)
        work.follow([SignalsChanged(client_id, (company_id,))])
        name = company_search.get(work.tx, client_id, company_id).name
        named = [(campaign_name(work.tx, one.campaign_id), one) for one in after]
    work_off(session, OF_SIGNALS)
    return Removed(found, name, named)


def _leads(
    work: Transaction, client_id: UUID, company_id: UUID, signal: SignalRow
) -> list[LeadAfter]:
    cause = f"{signal.kind} of {signal.happened_at:%Y-%m-%d} was taken back by {work.actor.name}"
    having = lead_rows.among(work.tx, client_id, [company_id])
    campaigns = [one for one, _ in having if signal.campaign_id in (None, one)]
    found = lead_taken_back.go_back(work.tx, client_id, company_id, campaigns, cause)
    gone = [one.campaign_id for one in found if one.after is None]
    work.follow([VerdictsChanged(client_id, one, (company_id,)) for one in gone])
    return found
