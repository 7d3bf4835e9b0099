"""Raw lists: import, see and undo them, and count what they were worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from actions import imports, lists
from actions.imports import Counts, FileToImport
from actions.list_defaults import ReadOptions, list_currency, stated_country
from actions.reading_summary import ReadingSummary
from actions.undo_import import undo_import
from console.api.callers import Caller, Campaign, Client, needs
from console.api.listing import Page, Paging, in_memory, listed
from console.api.uploads import LIST_FILE, File
from console.api.words import Asked, Named, Word
from console.cli.column_map import column_map
from console.reports.documents import scorecard

router = APIRouter(prefix="/lists", tags=["lists"])
Reader = Annotated[Caller, needs("lists:read")]
Writer = Annotated[Caller, needs("lists:write")]
Columns = Annotated[
    list[Word],
    Query(alias="map", description="FIELD=COLUMN, as in `sluice import --map`.", max_length=300),
]


@dataclass(frozen=True, slots=True)
class RawList:
    """A list and how much it holds."""

    id: UUID
    name: str
    role: str
    vendor: str | None
    cost_minor: int | None
    cost_currency: str | None
    as_of: date | None
    created_at: datetime
    records: int
    companies: int


@dataclass(frozen=True, slots=True)
class Import:
    """One file that went into a list."""

    id: UUID
    file_name: str
    at: datetime
    counts: Mapping[str, int]
    undone_at: datetime | None


@dataclass(frozen=True, slots=True)
class ListWithImports:
    """A list and its imports, newest first."""

    name: str
    role: str
    vendor: str | None
    as_of: date | None
    imports: Sequence[Import]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file."""

    list: str
    dry_run: bool
    counts: Counts
    strictness: str
    #: Pairs of records that a person must decide.
    review_pairs: int
    #: Rows that say that they must not be contacted; they are suppressed.
    opted_out: int
    #: Rows that are excluded, by the role that they state.
    roles: Mapping[str, int]
    reading: ReadingSummary


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """What undoing an import changed."""

    ended: int
    restored: int


@router.get("", response_model=Page[RawList])
def list_lists(caller: Reader, client: Client, part: Paging) -> Any:
    """List a client's lists, by name."""
    rows = [
        RawList(*(getattr(one, name) for name in RawList.__slots__))
        for one in lists.list_lists(caller.session, client)
    ]
    return listed(part, in_memory(rows, lambda row: [row.name]), lambda row: [row.name])


@router.post("/imports", status_code=201, openapi_extra=dict(LIST_FILE))
def import_list(
    caller: Writer,
    client: Client,
    sent: File,
    columns: Columns = [],  # noqa: B006 - FastAPI copies it
    name: Asked = "",
    role: Asked = "",
    vendor: Asked = "",
    cost: Asked = "",
    as_of: date | None = None,
    encoding: Asked = "",
    sheet: Asked = "",
    country: Asked = "",
    currency: Asked = "",
    *,
    add: bool = False,
    replace: bool = False,
    dry_run: bool = False,
) -> Imported:
    """Store a raw list: CSV, XLSX or JSON lines, as the file's name says."""
    file = FileToImport(
        path=sent.path,
        client=client,
        name=name or None,
        about=imports.list_about(
            role=role or None, vendor=vendor or None, cost=cost or None, as_of=as_of
        ),
        options=ReadOptions(
            encoding=encoding or None,
            sheet=sheet or None,
            overrides=column_map(columns),
            as_of=as_of,
            country=stated_country(country or None),
            currency=list_currency(currency or None),
            file_name=sent.name,
        ),
        add=add,
        replace=replace,
    )
    done = imports.import_list(caller.session, file, dry_run=dry_run)
    report = done.report
    return Imported(
        report.list_name,
        dry_run,
        report.counts,
        done.strictness,
        done.review_pairs,
        report.opted_out,
        report.roles,
        report.reading,
    )


@router.get("/scorecards")
def scorecards(caller: Reader, where: Campaign) -> list[dict[str, Any]]:
    """Compare what the client's lists of prospects were worth to a campaign."""
    found = lists.show_scorecards(caller.session, where.client, where.campaign)
    return [scorecard(one) for one in found]


@router.get("/{name}")
def show_list(caller: Reader, client: Client, name: Named) -> ListWithImports:
    """Show a list and its imports: each import's counts add up to the rows of its file."""
    found = lists.show_list(caller.session, client, name)
    about = found.about
    made = [
        Import(one.id, one.file_name, one.at, one.counts, one.undone_at) for one in found.imports
    ]
    return ListWithImports(about.name, about.role, about.vendor, about.as_of, made)


@router.get("/{name}/scorecard")
def show_scorecard(caller: Reader, where: Campaign, name: Named) -> dict[str, Any]:
    """Count what a list was worth to a campaign."""
    (found,) = lists.show_scorecards(caller.session, where.client, where.campaign, name)
    return scorecard(found)


@router.post("/{name}/undo")
def undo(caller: Writer, client: Client, name: Named) -> UndoneImport:
    """Undo the last import of a list."""
    done = undo_import(caller.session, client, name)
    return UndoneImport(done.ended, done.restored)
