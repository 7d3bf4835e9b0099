"""How much evidence a merge of a client's companies needs."""

from __future__ import annotations

from uuid import UUID

from dedupe.outcome import Strictness
from leads.store import Tx, clients


def strictness_of_client(tx: Tx, client_id: UUID) -> Strictness:
    """Return the client's strictness; a client that is not stored yet has the default."""
    return Strictness(clients.strictness_of(tx, client_id) or Strictness.BALANCED)
