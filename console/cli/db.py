"""`sluice db`: the version of the database."""

from __future__ import annotations

from actions import database
from console.cli.options import AsJson
from console.cli.output import emit, emit_json
from leads.errors import SluiceError
from leads.settings import load_settings


def upgrade(as_json: AsJson = False) -> None:
    """Run the migrations that the database lacks.

    All of them run, or none.

    Example: sluice db upgrade
    """
    found = database.upgrade(load_settings())
    emit_json({"version": found}) if as_json else emit(f"the database is at version {found}")


def check(as_json: AsJson = False) -> None:
    """Compare the database with what Sluice needs.

    Exit code 1: they differ.

    Example: sluice db check --json
    """
    found = database.check(load_settings())
    if as_json:
        emit_json(
            {
                "version": found.version,
                "needs": found.needs,
                "differences": found.differences,
            }
        )
    else:
        emit(f"version {found.version or 'none'}, needed {found.needs}")
    if found.differences:
        raise SluiceError(
            f"the database differs: {found.differences[0]}", "run `sluice db upgrade`"
        )
