"""Suppress the rows of a list that say that they must not be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intake.parsed_list import ParsedList
from intake.run import Destination
from leads.changes import Change
from leads.store import Tx
from outreach.keys import Key, keys_of
from outreach.run import suppress
from outreach.run.suppress import SuppressionRequest
from workers.screening import known_of


@dataclass(frozen=True, slots=True)
class OptedOutRow:
    """A row that must not be contacted."""

    name: str
    keys: tuple[Key, ...]
    #: The cell that says so, with its column.
    stated: str


def opted_out_rows(rows: ParsedList) -> list[OptedOutRow]:
    """Find the rows that an opt-out column or a status says must not be contacted."""
    if not rows.opt_outs:
        return []
    return [
        OptedOutRow(row.name, keys_of(known_of(row.statements)), str(stated))
        for row in rows
        if (stated := rows.opt_outs.get(row.row))
    ]


def suppress_rows(
    tx: Tx, to: Destination, rows: Sequence[OptedOutRow], secret: bytes
) -> list[Change]:
    """Suppress these rows of a list for its client."""
    changes: list[Change] = []
    for row in rows:
        request = SuppressionRequest(
            kind="company",
            text=row.name,
            level="client",
            by=to.who,
            reason=f"list {to.name}, {row.stated}",
            client_id=to.client_id,
        )
        added = suppress.add_keys(tx, request, row.keys, secret)
        changes += added.changes if added.is_new else ()
    return changes
