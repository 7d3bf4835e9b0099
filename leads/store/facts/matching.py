"""What records state of what is compared to find duplicates."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import String, bindparam, cast, select, type_coerce

from leads.store import driver
from leads.store.engine import Tx
from leads.store.facts.belonging import held
from leads.store.schema import fact, record

#: Ids and values as the driver gives them: to make Python's of each takes longer than to find it.
_MATCHING = (
    select(
        type_coerce(fact.c.record_id, String).label("of_record"),
        fact.c.attribute,
        cast(fact.c.value, String).label("document"),
    )
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
#: Rows that are taken from the driver at once.
_TOGETHER = 10_000


def stated(
    tx: Tx, client_id: UUID, attributes: Sequence[str], record_ids: Sequence[UUID] | None = None
) -> dict[UUID, list[tuple[str, Any]]]:
    """What each live record of the client states about these attributes: name and JSON value, for
    matching; `record_ids` limits the answer to a few records.
    """
    given: dict[str, Any] = {"of_client": client_id, "attributes": list(attributes)}
    if record_ids is None:
        return _by_record(_read(tx, given), attributes)
    return _by_record(
        driver.in_runs(tx, _MATCHING_FEW, given, "of_records", list(record_ids)), attributes
    )


def _read(tx: Tx, given: dict[str, Any]) -> Iterator[Sequence[Any]]:
    for some in tx.execute(_MATCHING, given).partitions(_TOGETHER):
        yield from some


def _by_record(
    rows: Iterable[Sequence[Any]], attributes: Sequence[str]
) -> dict[UUID, list[tuple[str, Any]]]:
    """What each record states; its rows follow each other."""
    # Each row brings a text of its own for a name; millions of them would fill the memory.
    names = {name: name for name in attributes}
    found: dict[UUID, list[tuple[str, Any]]] = {}
    before: object = None
    mine: list[tuple[str, Any]] = []
    for record_id, name, document in rows:
        if record_id != before:
            before = record_id
            key = record_id if isinstance(record_id, UUID) else UUID(record_id)
            mine = found.setdefault(key, [])
        mine.append((names[name], _value(document)))
    return found


def _value(document: str) -> Any:
    """The value of a JSON document; a text without escapes is written as it is."""
    if document[0] == '"' and "\\" not in document:
        return document[1:-1]
    return json.loads(document)
