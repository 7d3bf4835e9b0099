"""`sluice backup` and `sluice restore`: database and key in one file, and back."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from console.cli.options import AsJson, DryRun, UserName
from console.cli.output import emit, emit_json, note


def add_to(app: typer.Typer) -> None:
    """Add both commands."""

    @app.command("backup")
    def backup(
        file: Annotated[
            str, typer.Argument(help="Where to write it; - for stdout.", metavar="FILE")
        ],
        force: Annotated[
            bool, typer.Option("--force", help="Replace an earlier backup of that name.")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        """Write the database and the key of its suppressions into one file, while others go on
        working.

        The file is as secret as the database: it may be read by you alone.

        Example: sluice backup sluice-monday.backup
        """
        import sys

        from console.backups import STANDARD, back_up
        from leads.errors import UsageError
        from leads.settings import load_settings

        if file == STANDARD and (as_json or sys.stdout.isatty()):
            raise UsageError(
                "a backup on stdout is not text", "send it into a pipe, without --json"
            )
        done = back_up(load_settings(), file, force=force)
        line = f"backed up {_words(done)} into {done['file']}, {done['bytes']:,} bytes"
        if file == STANDARD:
            note(line)
        elif as_json:
            emit_json(done)
        else:
            emit(line)
        if done["key"] == "setting":
            note(
                "the key of suppressions is not in it, because SLUICE_HASH_KEY gives it: keep"
                " that too"
            )

    @app.command("restore")
    def restore(
        file: Annotated[
            str, typer.Argument(help="What `sluice backup` wrote; - for stdin.", metavar="FILE")
        ],
        force: Annotated[
            bool, typer.Option("--force", help="Replace a database that is not empty.")
        ] = False,
        dry_run: DryRun = False,
        user: UserName = None,
        as_json: AsJson = False,
    ) -> None:
        """Put a backup in place of the database and its key, wholly or not at all. Stop `sluice up`
        and `sluice worker` first.

        With --dry-run: check that the backup is whole and could be restored here, for example after
        each backup.

        Example: sluice restore sluice-monday.backup --dry-run
        """
        from console.restores import Wish, restore
        from leads.settings import load_settings

        done = restore(load_settings(), Wish(file, force, dry_run, user))
        emit_json(done) if as_json else _tell(done)


def _tell(done: dict[str, Any]) -> None:
    if done["dry_run"]:
        emit(f"{done['file']} is whole: {_words(done)}; nothing was restored")
        if done["needs_force"]:
            note("the database here is not empty: restoring needs --force")
        return
    emit(f"restored {_words(done)} from {done['file']}")
    for name, what in (("kept_key", "key"), ("kept_database", "damaged database")):
        if done[name]:
            note(f"the {what} of before is kept as {done[name]}")


def _words(done: dict[str, Any]) -> str:
    return f"{done['kind']} at version {done['version']} of {done['created_at']:%Y-%m-%d %H:%M} UTC"
