"""Merged companies, counted as the one that they are part of now."""

from __future__ import annotations

from uuid import UUID

from leads.store import Tx
from leads.store.figures import steps
from leads.store.figures.keys import Key


class Merged(dict[Key, Key]):
    """Each merged company with the one it is part of; any other company is its own."""

    def __missing__(self, company: Key) -> Key:
        return company


def merged_of(tx: Tx, client_id: UUID) -> Merged:
    """The merged companies of a client."""
    return Merged(steps.merged(tx, client_id))
