"""Compare a column with thousands of texts or ids, sent as one value: each one as a value of its own
costs more than to look it up.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    String,
    Uuid,
    any_,
    bindparam,
    cast,
    func,
    literal,
    select,
    type_coerce,
)
from sqlalchemy.types import UserDefinedType

from leads.store.engine import Tx

#: A text with a character that is not of these is quoted in a list.
_NOT_PLAIN = re.compile(r"[^0-9A-Za-z_,-]")


class _Listed(UserDefinedType[str]):
    """A list for PostgreSQL, written as it reads one: to let the driver write it costs more than the
    look-up.
    """

    cache_ok = True

    def __init__(self, of: str) -> None:
        self.of = of

    def get_col_spec(self, **_: Any) -> str:
        """Name the type of the list."""
        return f"{self.of}[]"


_TEXTS = _Listed("VARCHAR")
#: A text such as `{id,id}`, which PostgreSQL reads once as a list.
ID_LIST = _Listed("UUID")
_NUMBERS = _Listed("INTEGER")


def is_among(tx: Tx, column: ColumnElement[Any], texts: Collection[str]) -> ColumnElement[bool]:
    """Whether a column of texts holds one of these."""
    if tx.dialect.name == "sqlite":
        listed = func.json_each(literal(json.dumps(list(texts)), String)).table_valued("value")
        return column.in_(select(listed.c.value))

    return column == any_(cast(literal(_listed(texts), _TEXTS), _TEXTS))


def is_id_among(
    tx: Tx, column: ColumnElement[UUID] | ColumnElement[UUID | None], ids: Collection[UUID]
) -> ColumnElement[bool]:
    """Whether a column of ids holds one of these."""
    if tx.dialect.name == "sqlite":
        return is_among(tx, type_coerce(column, String), [id_as_text(tx, one) for one in ids])

    return column == any_(cast(literal(id_list(ids), ID_LIST), ID_LIST))


def is_listed(database: str, column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a column of ids or numbers is in the list that a statement gets by this name.

    One statement serves lists of all lengths. `as_id_list` and `as_number_list` write the list.
    """
    if database == "sqlite":
        listed = func.json_each(bindparam(name, type_=String)).table_valued("value")
        return type_coerce(column, String).in_(select(listed.c.value))

    kind = ID_LIST if isinstance(column.type, Uuid) else _NUMBERS
    return column == any_(cast(bindparam(name, type_=kind), kind))


def as_id_list(database: str, ids: Iterable[str]) -> str:
    """Ids, as texts with dashes, as `is_listed` takes them."""
    if database == "sqlite":
        joined = '","'.join(ids).replace("-", "")
        return f'["{joined}"]' if joined else "[]"

    return f"{{{','.join(ids)}}}"


def as_number_list(database: str, numbers: Iterable[int]) -> str:
    """Numbers as `is_listed` takes them."""
    joined = ",".join(map(str, numbers))
    return f"[{joined}]" if database == "sqlite" else f"{{{joined}}}"


def id_list(ids: Iterable[UUID]) -> str:
    """Ids as PostgreSQL reads a list of them."""
    return f"{{{','.join(map(str, ids))}}}"


def _listed(texts: Collection[str]) -> str:
    """Texts as PostgreSQL reads a list of them."""
    joined = ",".join(texts)
    if _is_plain(joined, len(texts)):
        return f"{{{joined}}}"

    quoted = (one.replace("\\", r"\\").replace('"', r"\"") for one in texts)
    return "{" + ",".join(f'"{one}"' for one in quoted) + "}"


def _is_plain(joined: str, count: int) -> bool:
    """Whether all texts may go without quotes: not empty, not NULL, of plain characters alone."""
    if _NOT_PLAIN.search(joined) or joined.count(",") != count - 1:
        return False
    # An empty text stands beside a comma, and NULL is a word of lists.
    around = f",{joined.upper()},"
    return ",," not in around and ",NULL," not in around


def as_text(column: ColumnElement[UUID] | ColumnElement[UUID | None]) -> ColumnElement[str]:
    """A column of ids, read as the database writes them: to make an id of each costs more."""
    return cast(column, String)


def id_as_text(tx: Tx, one: UUID) -> str:
    """An id as `as_text` reads it."""
    return one.hex if tx.dialect.name == "sqlite" else str(one)
