"""The channel policy of a client."""

from __future__ import annotations

from uuid import UUID

from leads.store import Tx, channel_policies, events
from outreach.policy import ChannelPolicy
from outreach.policy_text import standard, standard_text, stored


def in_force(tx: Tx, client_id: UUID) -> ChannelPolicy:
    """The policy that a client has put in force, else the one that comes with the product."""
    own = channel_policies.in_force(tx, client_id)
    return stored(own.content) if own else standard()


def text_in_force(tx: Tx, client_id: UUID) -> tuple[str, bool]:
    """The file of the policy in force, and whether it is the client's own."""
    own = channel_policies.in_force(tx, client_id)
    return (own.content, True) if own else (standard_text(), False)


def use(tx: Tx, client_id: UUID, text: str, content_hash: str, by: str) -> bool:
    """Put a checked file in force for a client; whether that changed anything."""
    policy = stored(text)
    changed = channel_policies.use(tx, client_id, policy.version, text, content_hash, by)
    if changed:
        line = events.Happened(
            verb="put in force",
            thing="channel policy",
            thing_id=f"{policy.name} version {policy.version}",
            client_id=client_id,
            who=by,
        )
        events.log(tx, [line])
    return changed
