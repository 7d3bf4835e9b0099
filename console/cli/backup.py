"""`sluice backup` and `sluice restore`: database and key in one file, and back."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from actions import restores
from actions.backups import STANDARD, Backup, back_up
from actions.restores import Restored, RestoreRequest
from console.cli.options import AsJson, DryRun, UserName
from console.cli.output import emit, emit_json, note
from leads.errors import UsageError
from leads.settings import load_settings


def backup(
    file: Annotated[str, typer.Argument(help="Where to write it; - for stdout.", metavar="FILE")],
    force: Annotated[bool, typer.Option("--force", help="Replace an earlier backup.")] = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Back up the database and its key.

    The backup is a snapshot; others may go on working. Keep it as secret as the database. Only its
    owner can read the file, and --force is needed to replace one. For -, your shell decides both.

    Example: sluice backup sluice-monday.backup
    """
    if file == STANDARD and (as_json or sys.stdout.isatty()):
        raise UsageError("a backup on stdout is not text", "send it into a pipe, without --json")

    made = back_up(load_settings(), file, user=user, force=force)
    line = f"backed up {_words(made)} to {made.file}, {made.bytes:,} bytes"
    if file == STANDARD:
        note(line)
    elif as_json:
        emit_json({**_json(made), "bytes": made.bytes})
    else:
        emit(line)
    if made.key == "setting":
        note("the backup lacks the key of suppressions: keep SLUICE_HASH_KEY too")


def restore(
    file: Annotated[
        str, typer.Argument(help="A file of `sluice backup`; - for stdin.", metavar="FILE")
    ],
    force: Annotated[
        bool, typer.Option("--force", help="Replace a database that is not empty.")
    ] = False,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Restore a backup (all or nothing).

    Stop `sluice up` and `sluice worker` first. Changes made after the backup are lost, and the
    backup's key replaces the present one. With --dry-run it only checks that the backup is complete
    and can be restored here. That needs no --force: run it after each backup.

    Example: sluice restore sluice-monday.backup --dry-run
    """
    done = restores.restore(load_settings(), RestoreRequest(file, force, dry_run, user))
    emit_json(_restored_json(done)) if as_json else _report(done)


def _report(done: Restored) -> None:
    if done.dry_run:
        emit(f"{done.backup.file} is complete: {_words(done.backup)}; nothing was restored")
        if done.needs_force:
            note("the database here is not empty: restoring needs --force")
        return
    emit(f"restored {_words(done.backup)} from {done.backup.file}")
    if done.kept_key:
        note(f"the previous key is kept as {done.kept_key}")
    if done.kept_database:
        note(f"the damaged database is kept as {done.kept_database}")


def _words(made: Backup) -> str:
    return f"{made.kind} at version {made.version} of {made.created_at:%Y-%m-%d %H:%M} UTC"


def _json(made: Backup) -> dict[str, Any]:
    return {
        "file": made.file,
        "kind": made.kind,
        "version": made.version,
        "created_at": made.created_at,
        "made_by": made.made_by,
        "key": made.key,
    }


def _restored_json(done: Restored) -> dict[str, Any]:
    return {
        **_json(done.backup),
        "dry_run": done.dry_run,
        "needs_force": done.needs_force,
        "kept_key": str(done.kept_key) if done.kept_key else None,
        "kept_database": str(done.kept_database) if done.kept_database else None,
    }
