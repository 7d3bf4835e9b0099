"""Suppressions: who must not be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import FileResponse
from pydantic import AwareDatetime

from actions import suppression_table, suppressions
from actions.suppression_exports import export_file
from actions.suppression_imports import import_file
from actions.suppressions import Scope, SuppressionRow
from actions.where import Where
from console.api.callers import Caller, Campaign, Client, needs
from console.api.downloads import Folder
from console.api.listing import Key, Page, Paging, listed
from console.api.uploads import LIST_FILE, File
from console.api.words import STORABLE, Body, Text, Word

router = APIRouter(prefix="/suppressions", tags=["suppressions"])
Reader = Annotated[Caller, needs("suppressions:read")]
Writer = Annotated[Caller, needs("suppressions:write")]
Exporter = Annotated[Caller, needs("exports:create")]
Level = Literal["law", "agency", "client", "campaign"]


class NewSuppression(Body):
    """Whom nobody may contact."""

    #: A company, domain, e-mail address or phone number.
    whom: Word
    kind: Literal["company", "domain", "email", "phone"] | None = None
    level: Level = "client"
    country: Word | None = None
    reason: Text = ""
    until: AwareDatetime | None = None
    #: The only channel that is stopped.
    channel: Word | None = None


class End(Body):
    """Why a suppression ends."""

    reason: Text = ""
    level: Level = "client"


@dataclass(frozen=True, slots=True)
class Suppression:
    """One form under which somebody is suppressed."""

    suppression_id: UUID
    #: None: erased on request, and recognised by its hash.
    whom: str | None
    kind: str
    level: str
    channel: str | None
    reason: str
    by: str
    at: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Added:
    """What adding a suppression did."""

    kind: str
    #: False: the same one was there already.
    is_new: bool
    companies: int
    open_cards: int


@dataclass(frozen=True, slots=True)
class RejectedLine:
    """A line of a file that names nobody."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a file of suppressions."""

    new: int
    known: int
    rejected: int
    unread: int
    companies: int
    open_cards: int
    #: The first lines that were rejected, with the reason.
    rejected_lines: Sequence[RejectedLine]


@router.get("", response_model=Page[Suppression])
def list_suppressions(caller: Reader, client: Client, part: Paging) -> Any:
    """List the suppressions that count for a client, under every form."""

    def fetch(after: Key | None, limit: int) -> Sequence[SuppressionRow]:
        place = (UUID(after[0]), UUID(after[1])) if after else None
        return suppression_table.list_rows(caller.session, client, place, limit)

    return listed(part, fetch, _key, _shown)


@router.get("/check")
def check(
    caller: Reader,
    where: Campaign,
    whom: Annotated[str, Query(min_length=1, max_length=500, pattern=STORABLE)],
) -> list[Suppression]:
    """Check whether somebody is suppressed: the suppressions that say so."""
    found = suppressions.check(caller.session, Where(where.client, where.campaign), whom)
    return [_shown(one) for one in found]


@router.post("", status_code=201)
def add(caller: Writer, where: Campaign, sent: NewSuppression, *, dry_run: bool = False) -> Added:
    """Suppress a company, domain, e-mail address or phone number."""
    until = sent.until.astimezone(UTC) if sent.until else None
    made = suppressions.add(
        caller.session,
        Scope(where, sent.level),
        sent.whom,
        kind=sent.kind,
        country=sent.country,
        reason=sent.reason,
        until=until,
        channel=sent.channel,
        dry_run=dry_run,
    )
    return Added(made.kind, made.is_new, made.hits.companies, made.hits.open_cards)


@router.post("/imports", status_code=201, openapi_extra=dict(LIST_FILE))
def import_suppressions(
    caller: Writer,
    where: Campaign,
    sent: File,
    level: Level = "client",
    *,
    dry_run: bool = False,
) -> Imported:
    """Suppress everything that a file names."""
    done = import_file(caller.session, Scope(where, level), sent.path, dry_run=dry_run)
    return Imported(
        done.new,
        done.known,
        done.rejected.count,
        done.unread.count,
        done.hits.companies,
        done.hits.open_cards,
        [RejectedLine(line, reason) for line, reason in done.rejected.lines],
    )


@router.post("/export", response_class=FileResponse)
def export(caller: Exporter, client: Client, folder: Folder) -> FileResponse:
    """Export the suppressions that count for a client, as CSV; it is logged."""
    path = Path(folder) / "suppressions.csv"
    export_file(caller.session, client, str(path))
    return FileResponse(path, media_type="text/csv", filename=path.name)


@router.post("/{suppression_id}/end")
def end(caller: Writer, where: Campaign, suppression_id: UUID, sent: End) -> dict[str, UUID]:
    """End a suppression under all its forms."""
    scope = Scope(where, sent.level)
    return {
        "ended": suppressions.end(caller.session, scope, str(suppression_id), reason=sent.reason)
    }


def _key(row: SuppressionRow) -> list[str]:
    return [str(row.request_id), str(row.id)]


def _shown(row: SuppressionRow) -> Suppression:
    return Suppression(
        row.request_id,
        row.key or row.subject,
        row.kind,
        row.level,
        row.channel,
        row.reason,
        row.by,
        row.at,
        row.until,
    )
