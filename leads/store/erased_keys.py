"""The keyed hashes that are left of what was erased on request."""

from __future__ import annotations

from sqlalchemy import select

from leads.store.engine import Tx
from leads.store.schema import suppression
from leads.store.suppressions import is_live

#: The reason that stands on the suppression that an erasure leaves.
REASON = "erased on request"


def hashes(tx: Tx) -> set[str]:
    """The hashes of every company, address and number that was erased."""
    left = (
        (suppression.c.level == "law")
        & (suppression.c.reason == REASON)
        & suppression.c.subject.is_(None)
        & suppression.c.key.is_(None)
    )
    return set(tx.execute(select(suppression.c.key_hash).where(left, is_live())).scalars())
