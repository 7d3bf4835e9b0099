"""Tables built from the classes that list their columns."""

from __future__ import annotations

import inspect
import typing
from typing import Any

from sqlalchemy import Column, MetaData, Table

from leads.store.columns.base import Columns
from leads.store.columns.types import sql_type

#: Every table of the store.
METADATA = MetaData()


def table(name: str, columns: type[Columns]) -> Any:
    """The table of that name with these columns."""
    stated = inspect.get_annotations(columns)
    return Table(
        name, METADATA, *(_column(one, of, vars(columns).get(one)) for one, of in stated.items())
    )


def _column(name: str, annotation: Any, declared: Column[Any] | None) -> Column[Any]:
    (python_type,) = typing.get_args(annotation)
    stored_as, nullable = sql_type(python_type)
    if declared is None:
        return Column(name, stored_as, nullable=nullable)

    return Column(
        name,
        stored_as if declared.type._isnull else declared.type,
        primary_key=declared.primary_key,
        default=declared.default,
        nullable=nullable,
    )
