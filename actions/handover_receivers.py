"""How a client hears of a lead that is handed over."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right, Role
from actions.session import Session
from actions.where import Where
from leads.store import users, webhooks
from leads.store.webhooks import WebhookRow

#: The type of the message that webhooks get.
EVENT = "lead.handed_over"


@dataclass(frozen=True, slots=True)
class Receivers:
    """Who gets a lead that is handed over on the page."""

    #: Webhooks that get it at once.
    webhooks: int
    #: The client's own users: they see it under Hand-overs, and are sent nothing.
    viewers: int


def receivers(session: Session, where: Where) -> Receivers:
    """Count who gets a lead of the client that is handed over on the page."""
    with session.read(Right.ANSWER) as work:
        client_id = work.client(where.client)
        told = sum(receives(one) for one in webhooks.of_client(work.tx, client_id))
        viewers = sum(
            one.role == Role.VIEWER and one.clients is not None and client_id in one.clients
            for one in users.every(work.tx)
        )
    return Receivers(told, viewers)


def receives(hook: WebhookRow) -> bool:
    """Whether a webhook gets the message about a hand-over."""
    is_on = hook.disabled_at is None
    return is_on and webhooks.is_for(hook.types, EVENT)
