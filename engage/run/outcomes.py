"""Load the companies that a campaign has worked, with their signals and outcomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import numpy as np

from engage.backtest.closed import NEVER, Closed, Goal, Standing, close, stating
from engage.run.loading import add_texts
from engage.run.raised_hands import CAME
from engage.signals.kinds import Kinds
from engage.signals.table import Ints, SignalTable, TableBuilder, microseconds
from leads.store import Tx, signal_texts
from leads.store.closed import WorkedRow, worked
from leads.store.moment_texts import same_id

#: Relationships and stages that say what a company became.
_STATES = {Goal.LEAD: {"lead", "qualified_lead", "customer"}, Goal.CUSTOMER: {"customer"}}
_LOST = "lost"


@dataclass(frozen=True, slots=True)
class Worked:
    """The companies with an outcome, and the signals that were read."""

    closed: Closed
    table: SignalTable
    #: Companies that were worked and have no outcome yet.
    open: int
    #: The id of each company that was worked, in the order of the table.
    ids: Sequence[UUID]


def load(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    kinds: Kinds,
    goal: Goal,
    *,
    all_signals: bool = True,
    all_companies: bool = False,
) -> Worked:
    """Read the outcomes of a campaign with all signals, or with those alone that state outcomes.

    The signals are those of companies that were worked, or of all.
    """
    rows = worked(tx, client_id, campaign_id, CAME)
    keys = {same_id(tx, row.company_id): place for place, row in enumerate(rows)}
    builder = TableBuilder()
    for name in keys:
        builder.name(name)
    words = None if all_signals else stating(kinds, goal)
    for some in signal_texts.of_campaign(tx, client_id, campaign_id, words):
        add_texts(builder, [one for one in some if all_companies or one[0] in keys])

    table = builder.table()
    closed = close(_standing(rows, list(keys), goal), table, kinds, goal)
    return Worked(closed, table, len(rows) - len(closed), [row.company_id for row in rows])


def _standing(rows: Sequence[WorkedRow], names: Sequence[str], goal: Goal) -> Standing:
    states = _STATES[goal]
    return Standing(
        companies=names,
        is_lost=np.array([row.state == _LOST for row in rows], dtype=np.bool_),
        won_at=_moments(_won_at(row, states, goal) for row in rows),
        lost_at=_moments(row.since if row.state == _LOST else None for row in rows),
        first_at=_moments(row.first_at for row in rows),
        came=np.array([_came(row) for row in rows], dtype=np.bool_),
    )


def _won_at(row: WorkedRow, states: set[str], goal: Goal) -> datetime | None:
    """Since when a company is what the goal asks for; a lead that was lost was one before.

    Each report dates the relationship again, and each move the stage: the first moment counts.
    """
    found = [row.since] if row.state in states else []
    if row.lead_stage and goal is Goal.LEAD:
        found += [row.entered_at, row.lead_since]
    elif row.lead_stage == "customer":
        found.append(row.lead_since)
    return min((one for one in found if one is not None), default=None)


def _came(row: WorkedRow) -> bool:
    """Whether a company became a lead by itself; before the log said so the relationship did."""
    if row.came_at is None:
        return row.reason == CAME
    # An older line is of a lead that was undone.
    return row.entered_at is None or row.came_at >= row.entered_at


def _moments(some: Iterable[datetime | None]) -> Ints:
    return np.array([NEVER if one is None else microseconds(one) for one in some], dtype=np.int64)
