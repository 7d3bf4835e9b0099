"""The ledger of spending: what each question cost whom, in lines that are never edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import literal_column, select

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx
from leads.store.many_rows import insert_many
from leads.store.schema import spending_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A part of what a question cost."""

    client_id: UUID
    question_id: UUID
    campaign_id: UUID | None
    budget_id: UUID | None
    company_id: UUID | None
    list_id: UUID | None
    #: `reserved`, `charged`, `refunded` or `used`.
    why: str
    #: Millionths; below 0: given back.
    micros: int
    currency: str
    #: The same in the currency of the budget.
    budget_micros: int | None = None


_NAMES = tuple(field.name for field in fields(Line))
#: Lines that cost something. Written out: an index of these is not used for a bound 0.
PAID = spending_line.c.micros != literal_column("0")


def add_lines(tx: Tx, lines: Sequence[Line], at: datetime | None = None) -> None:
    """Append lines to the ledger; `at` is the time they count at, else the present one."""
    at = at or now()
    rows = [{"id": new_id(), **{name: getattr(one, name) for name in _NAMES}} for one in lines]
    insert_many(tx, spending_line, {"at": at}, rows)


def lines_of(tx: Tx, question_id: UUID) -> list[Line]:
    """The lines of a question, oldest first."""
    wanted = select(*(spending_line.c[name] for name in _NAMES))
    mine = wanted.where(spending_line.c.question_id == question_id).order_by(spending_line.c.id)
    return [Line(**dict(zip(_NAMES, row, strict=True))) for row in tx.execute(mine)]
