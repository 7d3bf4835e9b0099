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
class ImportRequest:
    """One file that a user wants to import."""

    client_id: UUID
    path: str
    name: str
    about: ListAbout
    options: ReadOptions
    who: str
    manner: Manner = field(default_factory=Manner)
    #: What to call the list when another file's list has that name.
    otherwise: str | None = None


def open_list(tx: Tx, request: ImportRequest) -> Reading:
    """Open a file with the columns remembered for its header, unless the request names others."""
    return open_reading(
        request.path,
        request.options,
        source=f"list:{request.name}",
        client_id=request.client_id,
        remembered=lambda fingerprint: lists.remembered_columns(tx, request.client_id, fingerprint),
    )


def run_import(tx: Tx, context: Context, request: ImportRequest) -> tuple[Imported, Reading]:
    """Import one file; a mapping the user gave is remembered for the next file with this header.

    UsageError when the list of that name holds another file's rows and the user did not confirm
    that this file belongs there too.
    """
    request, reading = _with_list_of_its_own(tx, request, open_list(tx, request))
    imported, changes = intake.run.store_reading(
        tx,
        request.client_id,
        request.name,
        request.about,
        reading,
        request.who,
        request.manner,
        context.progress,
    )
    if request.options.overrides:
        lists.remember_columns(tx, request.client_id, reading.fingerprint, reading.columns)
    follow(tx, changes, context.trace_id)
    return imported, reading


def _with_list_of_its_own(
    tx: Tx, request: ImportRequest, reading: Reading
) -> tuple[ImportRequest, Reading]:
    if request.manner.sure or not intake.run.is_another_list(
        tx, request.client_id, request.name, reading
    ):
        return request, reading
    if request.otherwise and request.otherwise != request.name:
        other = replace(request, name=request.otherwise)
        return _with_list_of_its_own(tx, other, open_list(tx, other))
    raise UsageError(
        f"there is a list {request.name!r} already, and {request.path} shares neither its columns"
        " nor one of its rows",
        "`sluice import FILE --name NAME` makes a list of its own; with --name"
        f" {shlex.quote(request.name)} the rows go into that list",
    )


def names_with_folders(paths: Sequence[str]) -> list[str]:
    """A name for each file: its folder and its stem."""
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
