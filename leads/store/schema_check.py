"""Compare a database's tables with the code's."""

from __future__ import annotations

import warnings

from sqlalchemy.exc import DBAPIError, SAWarning

from leads.migrations import steps
from leads.migrations.row_security import unprotected
from leads.store.engine import Store


def differences(store: Store) -> list[str]:
    """List what differs between the database's tables and the code's, a sentence each."""
    with store.read() as tx, warnings.catch_warnings():
        # SQLite cannot show expression indexes, and SQLAlchemy and Alembic say so every time.
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("ignore", SAWarning)
        try:
            bare = [f"row-level security on {one} is off or out of date" for one in unprotected(tx)]
            return [*steps.differences(tx), *bare]
        except DBAPIError as error:
            return [str(error.orig)]
