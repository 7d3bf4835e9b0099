"""Import one file into a list: parse it, then store it and its follow-up tasks in one transaction."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from intake.import_mode import ImportMode
from intake.parsed_list import ParsedList, ParsedRow, parsed
from intake.read_list import Reading, open_reading
from intake.read_options import ReadOptions
from intake.run import Destination, Imported, is_another_list, store_list
from leads.errors import UsageError
from leads.recognised_columns import RecognisedColumns
from leads.store import Tx, clients, erased_keys, imports, lists
from leads.store.lists import ListAbout
from workers.context import Context
from workers.opt_outs import OptedOutRow, opted_out_rows, suppress_rows
from workers.pipeline import follow
from workers.screening import screened
from workers.stated_before import as_stated_before


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """One file that a user wants to import."""

    client_id: UUID
    path: str
    name: str
    about: ListAbout
    options: ReadOptions
    who: str
    manner: ImportMode = field(default_factory=ImportMode)
    #: What to call the list when another file's list has that name.
    otherwise: str | None = None


@contextmanager
def parsed_list(context: Context, request: ImportRequest) -> Iterator[ParsedList]:
    """The parsed rows of the file; its columns are mapped as the user last mapped this header."""

    def remembered(fingerprint: str) -> RecognisedColumns | None:
        with context.store.read() as tx:
            return imports.remembered_columns(tx, request.client_id, fingerprint)

    with context.store.read() as tx:
        country = clients.country_of(tx, request.client_id)
        kept = clients.contacts_of(tx, request.client_id)
        options = as_stated_before(tx, request.client_id, request.name, request.options)
    reading = open_reading(
        request.path,
        replace(options, client_country=country, contacts=kept),
        source=f"list:{request.name}",
        client_id=request.client_id,
        remembered=remembered,
    )
    with parsed(reading, request.name, context.progress) as rows:
        yield rows


def run_import(
    context: Context, request: ImportRequest, *, dry_run: bool = False
) -> tuple[Imported, Reading]:
    """Parse one file, and then store it in one transaction.

    UsageError when the file has no row, and when the list of that name comes from another file and
    the user did not confirm that this one belongs there too.
    """
    with parsed_list(context, request) as rows:
        rows.screened = erased_rows(context, rows)
        opted_out = opted_out_rows(rows)
        with context.store.rehearse() if dry_run else context.store.write() as tx:
            imported = store_import(tx, context, request, rows, opted_out)
        if imported:
            return imported, rows.reading
    if request.otherwise and request.otherwise != request.name:
        return run_import(context, replace(request, name=request.otherwise), dry_run=dry_run)
    raise UsageError(
        f"there is a list {request.name!r} already, and {request.path} shares neither its columns"
        " nor one of its rows",
        "`sluice import FILE --name NAME` makes a list of its own; with --name"
        f" {shlex.quote(request.name)} the rows go into that list",
    )


def erased_rows(context: Context, rows: ParsedList) -> dict[int, ParsedRow | None]:
    """What to store instead of the rows that name somebody who was erased on request."""
    with context.store.read() as tx:
        erased = erased_keys.hashes(tx)
    return screened(rows, erased, context.secret)


def _check_rows(reading: Reading, path: str) -> None:
    """Refuse a file without rows, which would make an empty list."""
    if not reading.accepted + reading.rejected:
        raise UsageError(
            f"{path} has a header and no row below it: nothing was stored",
            "export it again with its rows, or leave it out",
        )


def store_import(
    tx: Tx,
    context: Context,
    request: ImportRequest,
    rows: ParsedList,
    opted_out: Sequence[OptedOutRow] = (),
) -> Imported | None:
    """Store a parsed file and its follow-up tasks; None when the list comes from another file.

    The rows that opted out are suppressed in the same transaction.

    A mapping that the user gave is remembered for the next file with this header.
    """
    client_id, reading = request.client_id, rows.reading
    if lists.id_of(tx, client_id, request.name) is None:
        _check_rows(reading, request.path)
    if not request.manner.list_confirmed and is_another_list(tx, client_id, request.name, rows):
        return None
    to = Destination(
        client_id=client_id,
        name=request.name,
        about=request.about,
        who=request.who,
        mode=request.manner,
    )
    imported, changes = store_list(tx, to, rows, context.progress)
    imported.opted_out = len(opted_out)
    changes = [*changes, *suppress_rows(tx, to, opted_out, context.secret)]
    if request.options.overrides:
        imports.remember_columns(tx, client_id, reading.fingerprint, reading.columns)
    follow(tx, changes, context.trace_id)
    return imported


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
