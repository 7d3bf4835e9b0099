"""Run Alembic's steps, and compare a database with the models.

Alembic takes a third of a second to import, and almost no command needs it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlmodel import SQLModel

import leads.tables  # noqa: F401  (fills the metadata)
from leads.migrations.row_security import protect
from leads.migrations.typical_counts import tell_typical_counts

__all__ = ["CommandError", "differences", "run_steps"]


def run_steps(connection: Connection) -> None:
    """Run the steps that the database lacks, in the open transaction; CommandError on failure."""
    config = Config()
    folder = str(Path(__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    # A table that a later step adds is protected as well, without a word in that step.
    protect(connection)
    # An index that a later step builds anew has lost its counts.
    tell_typical_counts(connection)


def differences(connection: Connection) -> list[str]:
    """List what differs between the database's tables and the models."""
    found = compare_metadata(MigrationContext.configure(connection), SQLModel.metadata)
    return [str(one) for one in found]
