"""Merged companies, counted as the one that they are part of now."""

from __future__ import annotations

from uuid import UUID

from leads.store import Tx, companies


class Merged(dict[UUID, UUID]):
    """Each merged company with the one it is part of; any other company is its own."""

    def __missing__(self, company_id: UUID) -> UUID:
        return company_id


def merged_of(tx: Tx, client_id: UUID) -> Merged:
    """The merged companies of a client."""
    return Merged(companies.survivors(tx, client_id))
