"""Import one file into a list: read, store, and ask for what follows, in one transaction."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

import intake.run
from intake.again import Manner
from intake.read_list import Reading, ReadOptions, open_reading
from intake.run import Imported
from leads.errors import UsageError
from leads.store import Tx, lists
from leads.store.lists import ListAbout
from workers.context import Context
from workers.pipeline import follow


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a user asks to be imported."""

    client_id: UUID
    path: str
    name: str
    about: ListAbout
    options: ReadOptions
    who: str
    manner: Manner = field(default_factory=Manner)
    #: What to call the list when another file's list has that name.
    otherwise: str | None = None


def open_list(tx: Tx, wish: Wish) -> Reading:
    """Open a file the way its header was understood before, unless the wish says otherwise."""
    return open_reading(
        wish.path,
        wish.options,
        source=f"list:{wish.name}",
        client_id=wish.client_id,
        remembered=lambda fingerprint: lists.remembered_columns(tx, wish.client_id, fingerprint),
    )


def run_import(tx: Tx, context: Context, wish: Wish) -> tuple[Imported, Reading]:
    """Import one file; a mapping the user gave is remembered for the next file with this header.

    UsageError when the list of that name is another file's, and the user did not say that this one
    belongs there too.
    """
    wish, reading = _into_its_own(tx, wish, open_list(tx, wish))
    imported, changes = intake.run.store_reading(
        tx, wish.client_id, wish.name, wish.about, reading, wish.who, wish.manner, context.progress
    )
    if wish.options.overrides:
        lists.remember_columns(tx, wish.client_id, reading.fingerprint, reading.columns)
    follow(tx, changes, context.trace_id)
    return imported, reading


def _into_its_own(tx: Tx, wish: Wish, reading: Reading) -> tuple[Wish, Reading]:
    if wish.manner.sure or not intake.run.is_another_list(tx, wish.client_id, wish.name, reading):
        return wish, reading
    if wish.otherwise and wish.otherwise != wish.name:
        other = replace(wish, name=wish.otherwise)
        return _into_its_own(tx, other, open_list(tx, other))
    raise UsageError(
        f"there is a list {wish.name!r} already, and {wish.path} shares neither its columns nor one"
        " of its rows",
        "`sluice import FILE --name NAME` makes a list of its own; with --name"
        f" {shlex.quote(wish.name)} the rows go into that list",
    )


def names_with_folders(paths: Sequence[str]) -> list[str]:
    """A name for each file of its folder and its stem."""
    return [
        f"{Path(path).resolve().parent.name}-{Path(path).stem}" if path != "-" else "stdin"
        for path in paths
    ]


def list_names(paths: Sequence[str]) -> list[str]:
    """A name for each file: its stem; with its folder where two files of one call have the same."""
    stems = [Path(path).stem if path != "-" else "stdin" for path in paths]
    return [
        full if stems.count(stem) > 1 else stem
        for full, stem in zip(names_with_folders(paths), stems, strict=True)
    ]
