"""Exports: the companies to be written, page by page, and the log of what was written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, delete, insert, select, tuple_, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.queue import ORDER
from leads.store.schema import export, export_row, queue_entry, raw_list, record, verdict

#: Where a page ended: the sort keys of its last row.
Cursor = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewExport:
    """An export that begins."""

    client_id: UUID
    campaign_id: UUID
    profile: str
    profile_version: int
    kind: str
    file: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLine:
    """One export as it is listed."""

    id: UUID
    profile: str
    profile_version: int
    kind: str
    file: str
    by: str
    rows: int
    started_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some companies to be written, in order, and where to go on; None at the end."""

    company_ids: list[UUID]
    next: Cursor | None


def decided_page(
    tx: Tx, campaign_id: UUID, since: datetime | None, after: Cursor | None, size: int
) -> Page:
    """The next companies with a verdict in force, by id."""
    wanted = (
        select(verdict.c.company_id)
        .where(verdict.c.campaign_id == campaign_id, verdict.c.superseded_at.is_(None))
        .order_by(verdict.c.company_id)
        .limit(size)
    )
    if since is not None:
        wanted = wanted.where(verdict.c.decided_at >= since)
    if after is not None:
        wanted = wanted.where(verdict.c.company_id > after[0])
    found = list(tx.execute(wanted).scalars())
    return Page(found, (found[-1],) if len(found) == size else None)


def queued_page(tx: Tx, campaign_id: UUID, after: Cursor | None, size: int) -> Page:
    """The next companies of the queue, best first."""
    wanted = (
        select(queue_entry.c.company_id.label("of"), *ORDER)
        .where(
            queue_entry.c.campaign_id == campaign_id, queue_entry.c.state.in_(("ready", "leased"))
        )
        .order_by(*ORDER)
        .limit(size)
    )
    if after is not None:
        wanted = wanted.where(tuple_(*ORDER) > tuple_(*after))
    found = tx.execute(wanted).all()
    end = tuple(found[-1][1:]) if len(found) == size else None
    return Page([row.of for row in found], end)


def written_page(tx: Tx, campaign_id: UUID, profile: str, after: Cursor | None, size: int) -> Page:
    """The next companies that this profile's files hold: written, and not named as removed since."""
    later, later_row = export.alias("later"), export_row.alias("later_row")
    removed = (
        select(later.c.id)
        .join(later_row, later_row.c.export_id == later.c.id)
        .where(
            _finished(campaign_id, profile, later),
            later.c.kind == "removals",
            later.c.id > export.c.id,
            later_row.c.company_id == export_row.c.company_id,
        )
        .exists()
    )
    wanted = (
        select(export_row.c.company_id)
        .join(export, export.c.id == export_row.c.export_id)
        .where(_finished(campaign_id, profile), export.c.kind == "rows", ~removed)
        .distinct()
        .order_by(export_row.c.company_id)
        .limit(size)
    )
    if after is not None:
        wanted = wanted.where(export_row.c.company_id > after[0])
    found = list(tx.execute(wanted).scalars())
    return Page(found, (found[-1],) if len(found) == size else None)


def last_hashes(
    tx: Tx, campaign_id: UUID, profile: str, company_ids: Sequence[UUID]
) -> dict[UUID, str]:
    """What this profile's files say last of each company that is in one of them."""
    found: dict[UUID, str] = {}
    for some in chunks(list(company_ids)):
        wanted = (
            select(export_row.c.company_id, export_row.c.row_hash)
            .join(export, export.c.id == export_row.c.export_id)
            .where(
                _finished(campaign_id, profile),
                export.c.kind == "rows",
                export_row.c.company_id.in_(some),
            )
            .order_by(export.c.id)
        )
        found.update({row.company_id: row.row_hash for row in tx.execute(wanted)})
    return found


def begin(tx: Tx, wanted: NewExport) -> UUID:
    """Log the beginning of an export; its id."""
    export_id = new_id()
    values = {name: getattr(wanted, name) for name in NewExport.__slots__}
    tx.execute(insert(export).values(id=export_id, rows=0, started_at=now(), **values))
    return export_id


def add_rows(tx: Tx, client_id: UUID, export_id: UUID, hashes: Sequence[tuple[UUID, str]]) -> None:
    """Log written rows: company and hash."""
    rows = [
        {
            "export_id": export_id,
            "client_id": client_id,
            "company_id": company_id,
            "row_hash": row_hash,
        }
        for company_id, row_hash in hashes
    ]
    for some in chunks(rows):
        tx.execute(insert(export_row), some)


def finish(tx: Tx, export_id: UUID, rows: int) -> None:
    """Log that the files of an export are complete."""
    done = update(export).where(export.c.id == export_id)
    tx.execute(done.values(finished_at=now(), rows=rows))


def drop(tx: Tx, export_id: UUID) -> None:
    """Forget an export whose files never appeared."""
    tx.execute(delete(export_row).where(export_row.c.export_id == export_id))
    tx.execute(delete(export).where(export.c.id == export_id))


def log_of(tx: Tx, campaign_id: UUID, limit: int) -> list[ExportLine]:
    """The latest exports of a campaign, the newest first."""
    columns = [export.c[name] for name in ExportLine.__slots__]
    wanted = select(*columns).where(export.c.campaign_id == campaign_id)
    rows = tx.execute(wanted.order_by(export.c.id.desc()).limit(limit)).mappings()
    return [ExportLine(**row) for row in rows]


def list_names(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    """The lists whose live rows name each company."""
    found: dict[UUID, list[str]] = {}
    for some in chunks(list(company_ids)):
        for company_id, name in tx.execute(_lists(some)):
            if company_id is not None:
                found.setdefault(company_id, []).append(name)
    return found


def _lists(company_ids: Sequence[UUID]) -> Select[UUID | None, str]:
    return (
        select(record.c.company_id, raw_list.c.name)
        .join(raw_list, raw_list.c.id == record.c.list_id)
        .where(record.c.company_id.in_(company_ids), record.c.ended_at.is_(None))
        .distinct()
        .order_by(record.c.company_id, raw_list.c.name)
    )


def _finished(campaign_id: UUID, profile: str, of: Any = export) -> Any:
    return and_(
        of.c.campaign_id == campaign_id,
        of.c.profile == profile,
        of.c.finished_at.is_not(None),
    )
