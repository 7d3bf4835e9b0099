"""What records state of what is compared to find duplicates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from leads.store import driver
from leads.store.engine import Tx
from leads.store.facts.belonging import held
from leads.store.schema import fact, record

_MATCHING = (
    select(fact.c.record_id, fact.c.attribute, fact.c.value)
    .join(record, record.c.id == fact.c.record_id)
    .where(
        record.c.client_id == bindparam("of_client"),
        record.c.ended_at.is_(None),
        fact.c.attribute.in_(bindparam("attributes", expanding=True)),
        held(),
    )
    .order_by(fact.c.record_id, fact.c.id)
)
_MATCHING_FEW = _MATCHING.where(fact.c.record_id.in_(bindparam("of_records", expanding=True)))


def stated(
    tx: Tx, client_id: UUID, attributes: Sequence[str], record_ids: Sequence[UUID] | None = None
) -> dict[UUID, list[tuple[str, Any]]]:
    """What each live record of the client states about these attributes: name and JSON value, for
    matching; `record_ids` limits the answer to a few records.
    """
    given: dict[str, Any] = {"of_client": client_id, "attributes": list(attributes)}
    if record_ids is None:
        rows: Any = tx.execute(_MATCHING, given)
    else:
        rows = driver.in_runs(tx, _MATCHING_FEW, given, "of_records", list(record_ids))
    found: dict[UUID, list[tuple[str, Any]]] = {}
    for record_id, name, value in rows:
        found.setdefault(record_id, []).append((name, value))
    return found
