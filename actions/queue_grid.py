"""Count the cells of the grid of fit and engagement: who waits, who was worked, and what it brought."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.session import Session
from actions.where import Where
from engage.run.rules import file_needed
from leads import grid
from leads.shares import Share
from leads.stages import Relationship
from leads.store import grid_counts
from outreach.run import rules

__all__ = ["Grid", "GridCell", "grid_of"]

_INTERESTED = frozenset(
    {Relationship.LEAD.value, Relationship.QUALIFIED_LEAD.value, Relationship.CUSTOMER.value}
)


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell, such as B1."""

    cell: str
    #: Prospects that are in the queue now.
    waiting: int
    #: Companies of all that were worked, and of those how many became leads by it.
    worked: int
    leads: int

    @property
    def conversion(self) -> Share:
        """The part of those worked that became leads."""
        return Share(self.leads, self.worked)


@dataclass(frozen=True, slots=True)
class Grid:
    """All nine cells, in the order in which the queue serves them."""

    cells: Sequence[GridCell]
    #: Companies that were worked before signals were scored: they are in no cell.
    worked_before: int


def grid_of(session: Session, where: Where) -> Grid:
    """Count each cell; NotFoundError when the campaign scores no signals.

    A company that was worked counts in the cell in which it was then: what it said moves it to
    another one.
    """
    with session.read() as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        file_needed(work.tx, campaign_id)
        every = rules.in_force(work.tx, client_id).rules.values()
        kinds = [one.name for one in every if one.relationship in _INTERESTED]
        waiting = grid_counts.waiting(work.tx, campaign_id)
        worked = grid_counts.worked(work.tx, campaign_id)
        leads = grid_counts.worked(work.tx, campaign_id, kinds)
    cells = [GridCell(one, waiting[one], worked[one], leads[one]) for one in grid.ORDER]
    return Grid(cells, worked[""])
