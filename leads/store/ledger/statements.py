"""Parts of statements that the ledger writes for both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, literal_column

from leads.store.schema import task


def in_state(*states: str, of: Any = task) -> ColumnElement[bool]:
    """A condition on the state, written as a literal: neither database uses a partial index for a
    bound value.
    """
    if len(states) == 1:
        found: ColumnElement[bool] = of.c.state == literal_column(repr(states[0]))
        return found
    return of.c.state.in_([literal_column(repr(state)) for state in states])  # type: ignore[no-any-return]
