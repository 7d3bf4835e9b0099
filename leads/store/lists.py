"""Raw lists, their imports and records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, func, insert, select, update

from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.schema import column_map, list_import, raw_list, record

ROLES = ("prospects", "customers", "open_deals", "competitors")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAbout:
    """What the user says about a list; None leaves what is stored."""

    role: str | None = None
    vendor: str | None = None
    cost_minor: int | None = None
    cost_currency: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One record of a list that counts now."""

    id: UUID
    row_key: str
    content_hash: str
    company_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRecord:
    """One row to be stored as a record."""

    id: UUID
    row: int
    line: int
    row_key: str
    content_hash: str
    match_key: str
    name: str
    raw: dict[str, str]


def list_of(tx: Tx, client_id: UUID, name: str, about: ListAbout) -> UUID:
    """The client's list of that name, made when it is new and held until the transaction ends;
    NotAllowedError when it has another role.
    """
    if not name.strip() or len(name) > 200 or any(ord(character) < 32 for character in name):
        raise UsageError(
            f"{name!r} cannot name a list", "use --name with 1 to 200 printable characters"
        )
    said = {key: value for key in ListAbout.__slots__ if (value := getattr(about, key)) is not None}
    fresh = {
        "id": new_id(),
        "client_id": client_id,
        "name": name,
        "shareable": False,
        "created_at": now(),
    }
    tx.execute(insert_or_skip(tx, raw_list), [{**fresh, "role": "prospects", **said}])
    row = tx.execute(_named(client_id, name).with_for_update(key_share=True)).one()
    if about.role and about.role != row.role:
        raise NotAllowedError(
            f"the list {name!r} has the role {row.role}, not {about.role}",
            "import under another --name",
        )
    if said:
        tx.execute(update(raw_list).where(raw_list.c.id == row.id).values(**said))
    found: UUID = row.id
    return found


def _named(client_id: UUID, name: str) -> Select[Any]:
    return select(raw_list).where(raw_list.c.client_id == client_id, raw_list.c.name == name)


def find_list(tx: Tx, client_id: UUID, name: str, *, hold: bool = False) -> dict[str, Any]:
    """The stored list of that name, kept from other imports until the transaction ends if `hold`;
    NotFoundError when there is none.
    """
    wanted = _named(client_id, name)
    row = tx.execute(wanted.with_for_update(key_share=True) if hold else wanted).mappings().first()
    if row is None:
        raise NotFoundError(f"there is no list {name!r}", "see `sluice lists`")
    return dict(row)


def id_of(tx: Tx, client_id: UUID, name: str) -> UUID | None:
    """The id of the list of that name, if there is one."""
    row = tx.execute(_named(client_id, name)).first()
    return row.id if row else None


def live_rows(tx: Tx, list_id: UUID) -> list[LiveRow]:
    """The records of the list that count now, in the order of their rows."""
    columns = (record.c.id, record.c.row_key, record.c.content_hash, record.c.company_id)
    wanted = select(*columns).where(record.c.list_id == list_id, record.c.ended_at.is_(None))
    return [LiveRow(*row) for row in tx.execute(wanted.order_by(record.c.row, record.c.id))]


def add_import(
    tx: Tx,
    client_id: UUID,
    list_id: UUID,
    file_name: str,
    sha256: str,
    counts: dict[str, Any],
    columns: dict[str, Any],
) -> UUID:
    """Write down one reading of one file."""
    made = new_id()
    tx.execute(
        insert(list_import).values(
            id=made,
            client_id=client_id,
            list_id=list_id,
            file_name=file_name,
            file_sha256=sha256,
            counts=counts,
            columns=columns,
            at=now(),
        )
    )
    return made


def set_counts(tx: Tx, import_id: UUID, counts: dict[str, Any]) -> None:
    """Write what came of the rows of an import."""
    tx.execute(update(list_import).where(list_import.c.id == import_id).values(counts=counts))


def drop_import(tx: Tx, import_id: UUID) -> None:
    """Forget an import that changed nothing."""
    tx.execute(delete(list_import).where(list_import.c.id == import_id))


def add_records(
    tx: Tx, client_id: UUID, list_id: UUID, import_id: UUID, records: Iterable[NewRecord]
) -> None:
    """Store the rows as records of this import."""
    rows = [
        {
            "client_id": client_id,
            "list_id": list_id,
            "import_id": import_id,
            "end_noticed": False,
            **{key: getattr(one, key) for key in NewRecord.__slots__},
        }
        for one in records
    ]
    for some in chunks(rows):
        tx.execute(insert(record), some)


def end_records(tx: Tx, ids: Sequence[UUID], by_import: UUID) -> None:
    """Let records count no more: an import replaced or withdrew them, or undid itself."""
    for some in chunks(list(ids)):
        tx.execute(
            update(record)
            .where(record.c.id.in_(some), record.c.ended_at.is_(None))
            .values(ended_at=now(), ended_by=by_import)
        )


def last_import(tx: Tx, list_id: UUID) -> dict[str, Any] | None:
    """The list's newest import that was not undone."""
    wanted = select(list_import).where(
        list_import.c.list_id == list_id, list_import.c.undone_at.is_(None)
    )
    row = (
        tx.execute(wanted.order_by(list_import.c.at.desc(), list_import.c.id.desc()).limit(1))
        .mappings()
        .first()
    )
    return dict(row) if row else None


def undo_import(tx: Tx, import_id: UUID) -> tuple[list[UUID], list[UUID]]:
    """Take an import back: the ids of the records that end, and of those it had ended, which count
    again.
    """
    ended = list(
        tx.execute(
            select(record.c.id).where(record.c.import_id == import_id, record.c.ended_at.is_(None))
        ).scalars()
    )
    back = list(
        tx.execute(
            select(record.c.id).where(
                record.c.ended_by == import_id, record.c.import_id != import_id
            )
        ).scalars()
    )
    end_records(tx, ended, import_id)
    for some in chunks(back):
        tx.execute(
            update(record)
            .where(record.c.id.in_(some))
            .values(ended_at=None, ended_by=None, end_noticed=False)
        )
    tx.execute(update(list_import).where(list_import.c.id == import_id).values(undone_at=now()))
    return ended, back


def listing(tx: Tx, client_id: UUID) -> list[dict[str, Any]]:
    """The client's lists with what they are, how many records count now and on how many companies
    they sit.
    """
    companies = func.count(func.distinct(record.c.company_id))
    wanted = (
        select(raw_list, func.count(record.c.id).label("records"), companies.label("companies"))
        .outerjoin(record, (record.c.list_id == raw_list.c.id) & record.c.ended_at.is_(None))
        .where(raw_list.c.client_id == client_id)
        .group_by(*raw_list.c)
        .order_by(raw_list.c.name)
    )
    return [dict(row) for row in tx.execute(wanted).mappings()]


def imports_of(tx: Tx, list_id: UUID) -> list[dict[str, Any]]:
    """Every import of a list, newest first."""
    return [
        dict(row)
        for row in tx.execute(
            select(list_import)
            .where(list_import.c.list_id == list_id)
            .order_by(list_import.c.at.desc())
        ).mappings()
    ]


def remembered_columns(tx: Tx, client_id: UUID, fingerprint: str) -> dict[str, Any]:
    """How this header was understood the last time somebody said so; empty when nobody did."""
    wanted = select(column_map.c.columns).where(
        column_map.c.client_id == client_id, column_map.c.fingerprint == fingerprint
    )
    return dict(tx.execute(wanted).scalar() or {})


def remember_columns(tx: Tx, client_id: UUID, fingerprint: str, columns: dict[str, Any]) -> None:
    """Keep how a person understood this header."""
    same = (column_map.c.client_id == client_id) & (column_map.c.fingerprint == fingerprint)
    if not tx.execute(update(column_map).where(same).values(columns=columns, at=now())).rowcount:
        tx.execute(
            insert(column_map).values(
                id=new_id(), client_id=client_id, fingerprint=fingerprint, columns=columns, at=now()
            )
        )


def exclusions(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Which of the companies stand on a list that excludes, with `role: list` for each."""
    found: dict[UUID, str] = {}
    for some in chunks(list(company_ids)):
        wanted = (
            select(record.c.company_id, raw_list.c.role, raw_list.c.name)
            .join(raw_list, raw_list.c.id == record.c.list_id)
            .where(
                record.c.client_id == client_id,
                record.c.company_id.in_(some),
                record.c.ended_at.is_(None),
                raw_list.c.role != "prospects",
            )
            .order_by(raw_list.c.name.desc())
        )
        found.update(
            {
                row.company_id: f"on the list {row.name} ({row.role.replace('_', ' ')})"
                for row in tx.execute(wanted)
            }
        )
    return found


def overlap(tx: Tx, client_id: UUID, list_id: UUID) -> tuple[int, list[UUID], int]:
    """How many live records a list has, the companies they sit on, and how many of these other
    lists name too.
    """
    live = (record.c.client_id == client_id) & record.c.ended_at.is_(None)
    mine = (
        tx.execute(select(record.c.company_id).where(live, record.c.list_id == list_id))
        .scalars()
        .all()
    )
    companies = sorted({one for one in mine if one is not None})
    elsewhere = select(func.count(func.distinct(record.c.company_id))).where(
        live, record.c.list_id != list_id
    )
    shared = elsewhere.where(
        record.c.company_id.in_(
            select(record.c.company_id).where(live, record.c.list_id == list_id)
        )
    )
    return len(mine), companies, int(tx.execute(shared).scalar() or 0)


def companies_of_records(tx: Tx, record_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The company each of the records sits on, of those that count and sit on one."""
    found: dict[UUID, UUID] = {}
    for some in chunks(list(dict.fromkeys(record_ids))):
        wanted = select(record.c.id, record.c.company_id).where(
            record.c.id.in_(some), record.c.company_id.is_not(None), record.c.ended_at.is_(None)
        )
        found.update({row.id: row.company_id for row in tx.execute(wanted)})
    return found


def raw_records(tx: Tx, company_id: UUID) -> list[dict[str, Any]]:
    """The live records of one company as received, with the list each comes from."""
    wanted = (
        select(
            record.c.id,
            record.c.row,
            record.c.line,
            record.c.name,
            record.c.raw,
            raw_list.c.name.label("list"),
            raw_list.c.role,
        )
        .join(raw_list, raw_list.c.id == record.c.list_id)
        .where(record.c.company_id == company_id, record.c.ended_at.is_(None))
        .order_by(raw_list.c.name, record.c.row)
    )
    return [dict(row) for row in tx.execute(wanted).mappings()]
