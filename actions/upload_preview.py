"""How an uploaded file would be read: its columns, some rows, and what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from actions.actor import Right
from actions.imports import FileToImport, list_about
from actions.list_defaults import list_currency, stated_country
from actions.reading_summary import ReadColumn, read_columns
from actions.session import Session
from actions.uploads import Upload
from intake.columns import recognise
from intake.field_groups import grouped_fields
from intake.mapping import ColumnMapping
from intake.raw_list import open_list
from intake.read_list import open_reading
from intake.read_options import ReadOptions
from intake.sample import sample_of
from leads.errors import SluiceError, UsageError
from leads.recognised_columns import RecognisedColumns
from leads.sheets.old_encodings import OLD
from leads.sheets.rows import SourceRow, Table
from leads.store import imports, lists
from leads.store.lists import ROLES
from workers.stated_before import as_stated_before

__all__ = ["ROLES", "PreviewedColumn", "UploadPreview", "file_of", "preview"]

#: Rows that a preview shows.
ROWS = 5


@dataclass(frozen=True, slots=True)
class PreviewedColumn:
    """A column, the field it is read as, and the cells of the first rows."""

    place: int
    header: str
    field: str
    #: `name`, `content` or `told`; empty when it was not recognised.
    how: str
    cells: Sequence[str]
    #: None for columns that state nothing of the company.
    reading: ReadColumn | None


@dataclass(frozen=True, slots=True)
class UploadPreview:
    """What an import of the file would read."""

    format: str
    encoding: str
    delimiter: str
    sheet: str
    columns: Sequence[PreviewedColumn]
    #: Why the file cannot be imported as it is read now; empty when it can.
    problem: str
    hint: str
    notes: Sequence[str]
    #: The live records of the list that the file goes into; None: a new list.
    records: int | None
    #: The fields that a column can be read as, by group.
    fields: Mapping[str, Sequence[str]]
    encodings: Sequence[str]


def file_of(upload: Upload, columns: Sequence[str] = ()) -> FileToImport:
    """The import of an uploaded file as its user planned it; `columns` is the file's header."""
    plan = upload.plan
    overrides: dict[str, list[str]] = {}
    for place, field in plan.fields.items():
        header = columns[int(place)] if int(place) < len(columns) else ""
        alone = header and list(columns).count(header) == 1
        overrides.setdefault(field, []).append(header if alone else str(int(place) + 1))
    return FileToImport(
        path=str(upload.path),
        client=upload.client,
        name=plan.name,
        about=list_about(
            role=plan.role or None,
            vendor=plan.vendor or None,
            cost=plan.cost or None,
            as_of=date.fromisoformat(plan.as_of) if plan.as_of else None,
        ),
        options=_options(upload, overrides),
        add=plan.add,
    )


def preview(session: Session, upload: Upload) -> UploadPreview:
    """Read the start of an uploaded file; SluiceError when it is no list."""
    plan = upload.plan
    try:
        table = open_list(
            str(upload.path),
            encoding=plan.encoding or None,
            sheet=plan.sheet or None,
            if_needed=True,
        )
    except SluiceError as error:
        return _unread(named(error, upload))
    with session.read(Right.MANAGE) as work:
        client_id = work.client(upload.client)
        there = lists.listing(work.tx, client_id, plan.name)

        def remembered(fingerprint: str) -> RecognisedColumns | None:
            return imports.remembered_columns(work.tx, client_id, fingerprint)

        try:
            options = file_of(upload, table.header).options
            options = as_stated_before(work.tx, client_id, plan.name, options)
            reading = open_reading(
                str(upload.path),
                options,
                source=f"list:{plan.name}",
                client_id=client_id,
                remembered=remembered,
            )
        except SluiceError as error:
            found = recognise(table.header, sample_of(table), {}, needs_name=False)
            columns = _columns(table, found, ())
            problem: SluiceError | None = named(error, upload)
            notes = table.notes.lines()
        else:
            columns = _columns(table, reading.mapping, read_columns(reading))
            problem, notes = None, reading.notes()
    return UploadPreview(
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        columns=columns,
        problem=problem.message if problem else "",
        hint=problem.hint if problem else "",
        notes=[one.replace(str(upload.path), upload.file_name) for one in notes],
        records=there[0].records if there else None,
        fields=grouped_fields(),
        encodings=OLD,
    )


def named(error: SluiceError, upload: Upload) -> SluiceError:
    """The error with the name that the user gave the file, not the server's path."""
    path, name = str(upload.path), upload.file_name
    return UsageError(error.message.replace(path, name), error.hint.replace(path, name))


def _options(upload: Upload, overrides: Mapping[str, Sequence[str]]) -> ReadOptions:
    plan = upload.plan
    return replace(
        ReadOptions(),
        overrides=overrides,
        encoding=plan.encoding or None,
        encoding_if_needed=True,
        sheet=plan.sheet or None,
        as_of=date.fromisoformat(plan.as_of) if plan.as_of else None,
        country=stated_country(plan.country or None),
        currency=list_currency(plan.currency or None),
        file_name=upload.file_name,
    )


def _columns(
    table: Table, mapping: ColumnMapping, readings: Sequence[ReadColumn]
) -> list[PreviewedColumn]:
    rows = list(
        islice((one for one in table if isinstance(one, SourceRow) and not one.blank), ROWS)
    )
    by_header = {one.header: one for one in readings}
    return [
        PreviewedColumn(
            place=column.place,
            header=column.header,
            field=column.field,
            how=str(column.how),
            cells=[row.cells[column.place] for row in rows],
            reading=by_header.get(column.header),
        )
        for column in mapping.columns
    ]


def _unread(error: SluiceError) -> UploadPreview:
    return UploadPreview(
        "", "", "", "", (), error.message, error.hint, (), None, grouped_fields(), OLD
    )
