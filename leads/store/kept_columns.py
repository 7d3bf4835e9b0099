"""The cells of a company's lists that no fact holds, such as its stand at a fair."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from leads.store import driver
from leads.store.bound import COMPANY
from leads.store.engine import Tx
from leads.store.row_cells import by_name
from leads.store.schema import list_import, raw_list, record

#: The field of a column that is kept as it is, without a fact.
_KEPT = "keep"


@dataclass(frozen=True, slots=True)
class KeptCell:
    """One cell, under the header of its list."""

    list: str
    header: str
    value: str


_CELLS = (
    select(raw_list.c.name, record.c.raw, list_import.c.columns)
    .join(raw_list, raw_list.c.id == record.c.list_id)
    .join(list_import, list_import.c.id == record.c.import_id)
    .where(record.c.company_id == COMPANY, record.c.ended_at.is_(None))
    .order_by(record.c.id)
)


def of_company(tx: Tx, company_id: UUID) -> list[KeptCell]:
    """The filled cells of the company's live records, in the order of lists and columns."""
    found: dict[KeptCell, None] = {}
    for name, raw, columns in driver.read(tx, _CELLS, {"of_company": company_id}):
        cells = by_name(raw, columns)
        for column in columns.get("columns", ()):
            value = cells.get(column["header"], "")
            if column["field"] == _KEPT and value.strip():
                found[KeptCell(name, column["header"], value.strip())] = None
    return list(found)
