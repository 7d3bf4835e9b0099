"""Leave the signals out that a machine caused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from engage.run.loading import as_signal
from engage.signals.kinds import Kinds
from engage.signals.machines import by_machine
from engage.signals.order import each_once
from engage.signals.table import TableBuilder
from leads.store.signals import SignalRow


def by_people(
    said: Mapping[UUID, Sequence[SignalRow]], kinds: Kinds
) -> dict[UUID, list[SignalRow]]:
    """The signals of each company that people caused, the oldest first."""
    builder = TableBuilder()
    rows: list[tuple[UUID, SignalRow]] = []
    for company_id, some in said.items():
        for row in some:
            builder.add(as_signal(company_id, row))
            rows.append((company_id, row))
    table = builder.table()
    order = each_once(table)
    found: dict[UUID, list[SignalRow]] = {one: [] for one in said}
    for place in order[~by_machine(table, order, kinds)].tolist():
        company_id, row = rows[place]
        found[company_id].append(row)
    return found
