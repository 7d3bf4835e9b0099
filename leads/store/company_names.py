"""The names of companies, to be compared with a name that was not found."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from leads.store.engine import Tx
from leads.store.schema import company

#: More names are not read: a slip is looked for, and a command must end.
MOST = 200_000


def live(tx: Tx, client_id: UUID | None) -> list[str]:
    """The names of live companies; None: of every client."""
    wanted = select(company.c.name).where(
        company.c.merged_into.is_(None), company.c.gone_at.is_(None)
    )
    if client_id is not None:
        wanted = wanted.where(company.c.client_id == client_id)
    return list(dict.fromkeys(tx.execute(wanted.limit(MOST)).scalars()))
