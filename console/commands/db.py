"""`sluice db`: the database's version."""

from __future__ import annotations

import typer

from console.cli.options import AsJson
from console.cli.output import emit, emit_json


def add_to(app: typer.Typer) -> None:
    """Add the commands of the database."""
    group = typer.Typer(
        name="db", help="Bring the database up to date, or check it.", no_args_is_help=True
    )

    @group.command("upgrade")
    def upgrade(as_json: AsJson = False) -> None:
        """Bring the database to the version this Sluice needs; all steps or none.

        Example: sluice db upgrade
        """
        from leads.settings import load_settings
        from leads.store import Store
        from leads.store.migrate import upgrade as run
        from leads.store.migrate import version

        url = load_settings().database_url
        run(url)
        store = Store(url)
        found = version(store)
        store.close()
        emit_json({"version": found}) if as_json else emit(f"the database is at version {found}")

    @group.command("check")
    def check(as_json: AsJson = False) -> None:
        """Compare the database with what this Sluice needs; exit code 1 when they differ.

        Example: sluice db check --json
        """
        from leads.errors import SluiceError
        from leads.migrations import HEAD
        from leads.settings import load_settings
        from leads.store import Store
        from leads.store.migrate import check as compare
        from leads.store.migrate import version

        store = Store(load_settings().database_url)
        found = version(store)
        differences = (
            compare(store) if found == HEAD else [f"version {found or 'none'}, needed {HEAD}"]
        )
        store.close()
        if as_json:
            emit_json({"version": found, "needs": HEAD, "differences": differences})
        else:
            emit(f"version {found or 'none'}, needed {HEAD}")
        if differences:
            raise SluiceError(f"the database differs: {differences[0]}", "run `sluice db upgrade`")

    app.add_typer(group)
