"""How many companies of a campaign are in each cell of the grid, and were worked there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, func, select

from leads.grid import cell_of_rank
from leads.store import driver
from leads.store.bound import CAMPAIGN
from leads.store.engine import Tx
from leads.store.schema import disposition, queue_entry, scoring_file

_SCORED = select(scoring_file.c.id).where(scoring_file.c.campaign_id == CAMPAIGN).exists()
_RANK = select(queue_entry.c.rank).where(queue_entry.c.id == bindparam("of_row"), _SCORED)


def cell_of(tx: Tx, campaign_id: UUID, entry_id: UUID) -> str | None:
    """The cell of a row of the queue; None: the campaign scores no signals."""
    rank = driver.value(tx, _RANK, {"of_campaign": campaign_id, "of_row": entry_id})
    return None if rank is None else cell_of_rank(rank)


def waiting(tx: Tx, campaign_id: UUID) -> Counter[str]:
    """How many rows of the queue are ready or held, by cell."""
    found = Counter[str]()
    ranks = (
        select(queue_entry.c.rank, func.count().label("n"))
        .where(
            queue_entry.c.campaign_id == campaign_id, queue_entry.c.state.in_(("ready", "leased"))
        )
        .group_by(queue_entry.c.rank)
    )
    for row in tx.execute(ranks):
        found[cell_of_rank(row.rank)] += row.n
    return found


def worked(tx: Tx, campaign_id: UUID, kinds: Collection[str] | None = None) -> Counter[str]:
    """How many companies were reported on, by the cell in which they were; only those of which one
    of these dispositions was reported there.
    """
    companies = func.count(disposition.c.company_id.distinct()).label("n")
    wanted = select(disposition.c.cell, companies).where(
        disposition.c.campaign_id == campaign_id, disposition.c.undone_at.is_(None)
    )
    if kinds is not None:
        wanted = wanted.where(disposition.c.kind.in_(sorted(kinds)))
    found = Counter[str]()
    for row in tx.execute(wanted.group_by(disposition.c.cell)):
        found[row.cell or ""] = row.n
    return found
