"""Write the facts that the rows of a list state: they come by the million."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from leads.facts import Method, Stated
from leads.ids import new_hex
from leads.store import scope as scopes
from leads.store.bulk_inserts import for_driver, insert_rows
from leads.store.engine import Tx
from leads.store.schema import fact

_NAMES: tuple[str, ...] = ("id", "client_id", "record_id", "attribute", "value", "source", "method")
_NAMES += ("observed_at", "as_of", "quote", "confidence", "scope")


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedBy:
    """What the facts of one reading of a list share."""

    client_id: UUID
    source: str
    observed_at: datetime


def add_stated(tx: Tx, by: StatedBy, stated: Iterable[tuple[UUID, Iterable[Stated]]]) -> None:
    """Append what records state, in this order."""
    scopes.check(tx, f"INSERT INTO {fact.name}", [{"client_id": by.client_id}])
    insert_rows(tx, fact, _NAMES, _rows(tx, by, stated))


def _rows(
    tx: Tx, by: StatedBy, stated: Iterable[tuple[UUID, Iterable[Stated]]]
) -> Iterator[tuple[Any, ...]]:
    client = by.client_id.hex
    observed_at = for_driver(tx, fact, "observed_at")(by.observed_at)
    source, method = by.source, Method.COLUMN.value
    for record_id, facts in stated:
        record = record_id.hex
        for attribute, value, day, scope, quote, confidence in facts:
            yield (
                new_hex(),
                client,
                record,
                attribute,
                value,
                source,
                method,
                observed_at,
                day,
                quote,
                confidence,
                scope,
            )
