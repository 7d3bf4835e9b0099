"""Lift suppressions whose time is over, so that their companies come back into the queues."""

from __future__ import annotations

from leads.changes import Change
from leads.store import Tx, events, suppression_expiry
from leads.store.suppressions import HashedKey
from outreach.run.suppress import changes_of

#: Suppressions lifted in one transaction.
MOST = 1_000


def lift_expired(tx: Tx, secret: bytes) -> list[Change]:
    """End the suppressions that expired, and return what that changes."""
    changes: list[Change] = []
    for rows in suppression_expiry.over(tx, MOST):
        first = rows[0]
        if not suppression_expiry.lift(tx, first.request_id):
            continue
        line = events.Happened(
            verb="suppression expired",
            thing="suppression",
            thing_id=first.request_id,
            client_id=first.client_id,
            reason=f"it lasted until {first.until:%Y-%m-%d %H:%M} UTC",
        )
        events.log(tx, [line])
        keys = [HashedKey(row.kind, row.key, row.key_hash) for row in rows]
        changes += changes_of(tx, first.client_id, first.campaign_id, keys, secret, ended=True)
    return changes
