"""Compare a column with thousands of texts or ids, sent as one value: each one as a value of its own
costs more than to look it up.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    String,
    Uuid,
    any_,
    cast,
    func,
    literal,
    select,
    type_coerce,
)

from leads.store.engine import Tx


def is_among(tx: Tx, column: ColumnElement[Any], texts: Collection[str]) -> ColumnElement[bool]:
    """Whether a column of texts holds one of these."""
    if tx.dialect.name == "sqlite":
        listed = func.json_each(literal(json.dumps(list(texts)), String)).table_valued("value")
        return column.in_(select(listed.c.value))

    return column == any_(literal(list(texts), ARRAY(String)))


def is_id_among(tx: Tx, column: ColumnElement[UUID], ids: Collection[UUID]) -> ColumnElement[bool]:
    """Whether a column of ids holds one of these."""
    if tx.dialect.name == "sqlite":
        return is_among(tx, type_coerce(column, String), [id_as_text(tx, one) for one in ids])

    return column == any_(literal(list(ids), ARRAY(Uuid)))


def as_text(column: ColumnElement[UUID]) -> ColumnElement[str]:
    """A column of ids, read as the database writes them: to make an id of each costs more."""
    return cast(column, String)


def id_as_text(tx: Tx, one: UUID) -> str:
    """An id as `as_text` reads it."""
    return one.hex if tx.dialect.name == "sqlite" else str(one)
