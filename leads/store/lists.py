"""Raw lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, func, select, update

from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.ids import new_id
from leads.store import driver
from leads.store.among import is_id_among
from leads.store.bound import CLIENT, COMPANIES
from leads.store.counted import MOST, counted
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.schema import raw_list, record
from leads.store.snapshot import FEW

ROLES = ("prospects", "customers", "open_deals", "competitors")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAbout:
    """The properties of a list that an import may set; None keeps what is stored."""

    role: str | None = None
    vendor: str | None = None
    cost_minor: int | None = None
    cost_currency: str | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class ListRow:
    """One raw list."""

    id: UUID
    client_id: UUID
    name: str
    role: str
    vendor: str | None
    cost_minor: int | None
    cost_currency: str | None
    as_of: date | None
    shareable: bool
    created_at: datetime

    @property
    def excludes(self) -> bool:
        """Whether its companies must not be worked as prospects."""
        return self.role != "prospects"


@dataclass(frozen=True, slots=True)
class ListSummary(ListRow):
    """One raw list with its numbers of live records and of companies."""

    records: int
    companies: int


_COLUMNS = (
    raw_list.c.id,
    raw_list.c.client_id,
    raw_list.c.name,
    raw_list.c.role,
    raw_list.c.vendor,
    raw_list.c.cost_minor,
    raw_list.c.cost_currency,
    raw_list.c.as_of,
    raw_list.c.shareable,
    raw_list.c.created_at,
)


def _list_row(row: Row[*tuple[Any, ...]]) -> ListRow:
    return ListRow(
        id=row.id,
        client_id=row.client_id,
        name=row.name,
        role=row.role,
        vendor=row.vendor,
        cost_minor=row.cost_minor,
        cost_currency=row.cost_currency,
        as_of=row.as_of,
        shareable=row.shareable,
        created_at=row.created_at,
    )


def _summary(row: Row[*tuple[Any, ...]]) -> ListSummary:
    return ListSummary(
        id=row.id,
        client_id=row.client_id,
        name=row.name,
        role=row.role,
        vendor=row.vendor,
        cost_minor=row.cost_minor,
        cost_currency=row.cost_currency,
        as_of=row.as_of,
        shareable=row.shareable,
        created_at=row.created_at,
        records=row.records,
        companies=row.companies,
    )


def list_of(tx: Tx, client_id: UUID, name: str, about: ListAbout) -> UUID:
    """The client's list of that name, added when it is new and locked until the transaction ends.

    NotAllowedError when it has another role.
    """
    if not name.strip() or len(name) > 200 or any(ord(character) < 32 for character in name):
        raise UsageError(
            f"{name!r} cannot name a list", "use --name with 1 to 200 printable characters"
        )
    given = {
        key: value for key in ListAbout.__slots__ if (value := getattr(about, key)) is not None
    }
    fresh = {
        "id": new_id(),
        "client_id": client_id,
        "name": name,
        "shareable": False,
        "created_at": now(),
    }
    tx.execute(insert_or_skip(tx, raw_list), [{**fresh, "role": "prospects", **given}])
    row = find_list(tx, client_id, name, hold=True)
    if about.role and about.role != row.role:
        raise NotAllowedError(
            f"the list {name!r} has the role {row.role}, not {about.role}",
            "import under another --name",
        )
    if given:
        tx.execute(update(raw_list).where(raw_list.c.id == row.id).values(**given))
    return row.id


def records_of(tx: Tx, list_id: UUID) -> int:
    """How many live records a list holds, as `counted` counts."""
    # What stands in the index, so that no row is read.
    return counted(tx, select(record.c.content_hash).where(*_is_live(list_id)))


def companies_of(tx: Tx, list_id: UUID) -> int | None:
    """How many companies a list names; None: more records than are counted name them."""
    live = select(record.c.company_id).where(*_is_live(list_id))
    some = live.limit(MOST + 1).subquery()
    records, companies = func.count(), func.count(func.distinct(some.c.company_id))
    row = tx.execute(select(records.label("records"), companies.label("companies"))).one()
    return None if row.records > MOST else int(row.companies)


def _is_live(list_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return record.c.list_id == list_id, record.c.ended_at.is_(None)


def find_list(tx: Tx, client_id: UUID, name: str, *, hold: bool = False) -> ListRow:
    """The client's list of that name, locked until the transaction ends if `hold`; NotFoundError
    when there is none.
    """
    wanted = select(*_COLUMNS).where(raw_list.c.client_id == client_id, raw_list.c.name == name)
    row = tx.execute(wanted.with_for_update(key_share=True) if hold else wanted).first()
    if row is None:
        raise NotFoundError(f"there is no list {name!r}", "see `sluice lists`")
    return _list_row(row)


def id_of(tx: Tx, client_id: UUID, name: str) -> UUID | None:
    """The id of the client's list of that name, if there is one."""
    wanted = select(raw_list.c.id).where(raw_list.c.client_id == client_id, raw_list.c.name == name)
    found: UUID | None = tx.execute(wanted).scalar()
    return found


def every(tx: Tx, client_id: UUID) -> list[ListRow]:
    """The client's lists without their numbers, by name."""
    wanted = select(*_COLUMNS).where(raw_list.c.client_id == client_id).order_by(raw_list.c.name)
    return [_list_row(row) for row in tx.execute(wanted)]


def listing(tx: Tx, client_id: UUID, name: str | None = None) -> list[ListSummary]:
    """The client's lists by name, or the one that is named."""
    companies = func.count(func.distinct(record.c.company_id))
    wanted = (
        select(*_COLUMNS, func.count(record.c.id).label("records"), companies.label("companies"))
        .outerjoin(record, (record.c.list_id == raw_list.c.id) & record.c.ended_at.is_(None))
        .where(raw_list.c.client_id == client_id)
        .group_by(*_COLUMNS)
        .order_by(raw_list.c.name)
    )
    if name is not None:
        wanted = wanted.where(raw_list.c.name == name)
    return [_summary(row) for row in tx.execute(wanted)]


_ROLE: ColumnElement[str] = func.coalesce(record.c.role, raw_list.c.role)
_COMPANY: ColumnElement[Any] = record.c.company_id
_EXCLUDES = (
    select(record.c.company_id, _ROLE.label("role"), raw_list.c.name)
    .join(raw_list, raw_list.c.id == record.c.list_id)
    .where(record.c.client_id == CLIENT, record.c.ended_at.is_(None), _ROLE != "prospects")
    .order_by(raw_list.c.name.desc())
)
_EXCLUDED = _EXCLUDES.where(record.c.company_id.in_(COMPANIES))


def exclusions(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The companies that a list or one of its rows excludes, each with the reason."""
    found: dict[UUID, str] = {}
    for some in chunks(list(company_ids)):
        for company_id, role, name in _excluded(tx, client_id, some):
            found[company_id] = f"on the list {name} ({role.replace('_', ' ')})"
    return found


def _excluded(tx: Tx, client_id: UUID, some: list[UUID]) -> Sequence[Sequence[Any]]:
    if len(some) <= FEW:
        return driver.read(tx, _EXCLUDED, {"of_client": client_id, "of_companies": some})
    among = _EXCLUDES.where(is_id_among(tx, _COMPANY, some))
    return tx.execute(among, {"of_client": client_id}).all()
