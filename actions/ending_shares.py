"""End the links to reports that a user made, and log what became of links."""

from __future__ import annotations

from actions.session import Transaction
from leads.store import events, scope, shared_reports
from leads.store.shared_reports import ShareRow


def end_shares_of(work: Transaction, user: str) -> None:
    """End the links of a user who is removed."""
    with scope.every_client(work.tx):
        # The user may have worked before for clients that the actor does not see.
        for one in shared_reports.open_of_user(work.tx, user):
            shared_reports.end(work.tx, one.id)
            reason = f"{one.part} of {one.campaign}: {user} is removed"
            log_share(work, "report share ended", one, reason)


def log_share(work: Transaction, verb: str, share: ShareRow, reason: str) -> None:
    """Log what became of a link."""
    line = events.Happened(
        verb=verb,
        thing="shared_report",
        thing_id=share.id,
        who=work.actor.name,
        client_id=share.client_id,
        reason=reason,
    )
    events.log(work.tx, [line])
