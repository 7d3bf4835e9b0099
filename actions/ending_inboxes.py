"""End the inboxes of a user who is removed."""

from __future__ import annotations

from actions.session import Transaction
from leads.store import events, inboxes, scope


def end_inboxes_of(work: Transaction, user: str) -> None:
    """Leave the inboxes of a user who is removed without an owner: what comes in is refused."""
    with scope.every_client(work.tx):
        # Another user may get the same name, whichever clients the actor sees.
        ended = inboxes.disown(work.tx, user)
        lines = [
            events.Happened(
                verb="inbox ended",
                thing="inbox",
                thing_id=one.id,
                client_id=one.client_id,
                who=work.actor.name,
                reason=f"{one.name}: {user} is removed",
            )
            for one in ended
        ]
        events.log(work.tx, lines)
