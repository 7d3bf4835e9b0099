"""Log what became of a user and of the user's ways to log in."""

from __future__ import annotations

from uuid import UUID

from leads.store import Tx, events


def log_user(tx: Tx, user_id: UUID, verb: str, who: str, reason: str = "") -> None:
    """Log what somebody did to a user; `who` is the name of that somebody."""
    line = events.Happened(verb=verb, thing="user", thing_id=user_id, who=who, reason=reason)
    events.log(tx, [line])
