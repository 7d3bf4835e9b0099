"""Write the facts that the rows of a list state: they come by the million."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from typing import Any, TypeAlias
from uuid import UUID

from leads.codec import to_json
from leads.facts import Method, Scope
from leads.ids import new_hex
from leads.store import scope as scopes
from leads.store.bulk_inserts import for_driver, insert_rows
from leads.store.engine import Tx
from leads.store.schema import fact
from leads.values import Value

_NAMES: tuple[str, ...] = ("id", "client_id", "record_id", "attribute", "value", "source", "method")
_NAMES += ("observed_at", "as_of", "quote", "confidence", "scope")
_LONGEST_QUOTE = 500

#: The record, then attribute, value, day, scope, quote and confidence.
StatedFact: TypeAlias = tuple[UUID, str, Value, date | None, Scope, str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedBy:
    """What the facts of one reading of a list share."""

    client_id: UUID
    source: str
    observed_at: datetime


def add_stated(tx: Tx, by: StatedBy, stated: Iterable[StatedFact]) -> None:
    """Append what records state, in this order."""
    scopes.check(tx, f"INSERT INTO {fact.name}", [{"client_id": by.client_id}])
    insert_rows(tx, fact, _NAMES, _rows(tx, by, stated))


def _rows(tx: Tx, by: StatedBy, stated: Iterable[StatedFact]) -> Iterator[tuple[Any, ...]]:
    client = by.client_id.hex
    observed_at = for_driver(tx, fact, "observed_at")(by.observed_at)
    day_for_driver = for_driver(tx, fact, "as_of")
    source, method = by.source, Method.COLUMN.value
    for record_id, attribute, value, day, scope, quote, confidence in stated:
        yield (
            new_hex(),
            client,
            record_id.hex,
            attribute,
            encode_basestring_ascii(value) if isinstance(value, str) else _json(value),
            source,
            method,
            observed_at,
            day and day_for_driver(day),
            quote[:_LONGEST_QUOTE],
            confidence,
            scope.value,
        )


@lru_cache(maxsize=1 << 12)
def _json(value: Value) -> str:
    return json.dumps(to_json(value))
