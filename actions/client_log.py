"""Log what was changed of a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from actions.session import Transaction
from leads.store import events


def log_client_change(
    work: Transaction, client_id: UUID, what: str, data: Mapping[str, Any] | None = None
) -> None:
    """Log that the actor changed something of a client, such as `default country: DE`."""
    events.log_of_client(work.tx, client_id, "changed", work.actor.name, what, data)
