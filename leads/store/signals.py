"""Signals: appended, taken back by another row, read by company."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store import contact_keys
from leads.store.companies import survivor
from leads.store.counting_signals import counting_signals_of_some, in_force_of_some
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.schema import signal

#: A signal has eighteen columns, and SQLite takes 32,766 parameters a statement.
_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignal:
    """A signal to be stored; `source` and `external_id` name one event of a client."""

    client_id: UUID
    company_id: UUID
    kind: str
    happened_at: datetime
    source: str
    external_id: str
    by: str
    channel: str = "unknown"
    contact_id: UUID | None = None
    campaign_id: UUID | None = None
    value_minor: int | None = None
    value_currency: str | None = None
    link: str | None = None
    agent: str | None = None
    machine: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalRow:
    """One stored signal."""

    id: UUID
    company_id: UUID
    contact_id: UUID | None
    campaign_id: UUID | None
    kind: str
    channel: str
    source: str
    external_id: str
    happened_at: datetime
    heard_at: datetime
    value_minor: int | None
    value_currency: str | None
    by: str
    link: str | None
    agent: str | None
    machine: bool | None


def add(tx: Tx, wanted: Iterable[NewSignal]) -> list[SignalRow]:
    """Store the signals whose event is not known yet; the stored ones, in their order."""
    at = now()
    rows = [_row(one, at) for one in wanted]
    stored: set[UUID] = set()
    for some in chunks(rows, _AT_ONCE):
        tx.execute(insert_or_skip(tx, signal), some)
        ids = [row["id"] for row in some]
        stored.update(tx.execute(select(signal.c.id).where(signal.c.id.in_(ids))).scalars())
    return [_signal(row) for row in rows if row["id"] in stored]


def known(tx: Tx, client_id: UUID, source: str, external_ids: Iterable[str]) -> set[str]:
    """Which of these external ids the client has a signal of."""
    found: set[str] = set()
    for some in chunks(sorted(set(external_ids)), _AT_ONCE):
        wanted = select(signal.c.external_id).where(
            signal.c.client_id == client_id,
            signal.c.source == source,
            signal.c.external_id.in_(some),
        )
        found.update(tx.execute(wanted).scalars())
    return found


def one_of(tx: Tx, client_id: UUID, signal_id: UUID) -> SignalRow | None:
    """A signal of a client by its id, whether it is in force or not."""
    wanted = select(signal).where(signal.c.client_id == client_id, signal.c.id == signal_id)
    found = tx.execute(wanted).mappings().first()
    return _signal(found) if found else None


def company_of(tx: Tx, client_id: UUID, signal_id: UUID) -> UUID | None:
    """The company that a signal counts for now; None: the client has no such signal."""
    owner = select(signal.c.company_id).where(
        signal.c.client_id == client_id, signal.c.id == signal_id
    )
    found = tx.execute(owner).scalar()
    return survivor(tx, client_id, found) if found else None


def retract(tx: Tx, client_id: UUID, signal_ids: Iterable[UUID], by: str) -> int:
    """Take signals back, each at most once; how many were taken back."""
    wanted: list[UUID] = sorted(set(signal_ids))
    taken_back = []
    for some in chunks(wanted, _AT_ONCE):
        found = tx.execute(
            select(signal).where(
                signal.c.client_id == client_id,
                signal.c.id.in_(some),
                signal.c.retracts.is_(None),
            )
        )
        taken_back += [_retraction(row, by) for row in found.mappings()]
    before = known(tx, client_id, "sluice", [row["external_id"] for row in taken_back])
    fresh = [row for row in taken_back if row["external_id"] not in before]
    for some in chunks(fresh, _AT_ONCE):
        tx.execute(insert_or_skip(tx, signal), some)
    return len(fresh)


def free_events(tx: Tx, signal_ids: Iterable[UUID]) -> None:
    """Let the events of signals that were taken back be recorded again: an undone import may be
    imported again.
    """
    for some in chunks(sorted(set(signal_ids)), _AT_ONCE):
        rows = tx.execute(select(signal.c.id, signal.c.external_id).where(signal.c.id.in_(some)))
        renamed = [{"row_id": row.id, "to": f"undone {row.id} {row.external_id}"} for row in rows]
        this = update(signal).where(signal.c.id == bindparam("row_id"))
        tx.execute(this.values(external_id=bindparam("to")), renamed)


def in_force(tx: Tx, client_id: UUID, signal_ids: Iterable[UUID]) -> set[UUID]:
    """Which of these signals nobody has taken back."""
    found: set[UUID] = set()
    back = signal.alias("back")
    is_back = select(back.c.id).where(back.c.retracts == signal.c.id).exists()
    for some in chunks(sorted(set(signal_ids)), _AT_ONCE):
        wanted = select(signal.c.id).where(
            signal.c.client_id == client_id, signal.c.id.in_(some), ~is_back
        )
        found.update(tx.execute(wanted).scalars())
    return found


def of_companies(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, list[SignalRow]]:
    """The signals in force of each company and of those merged into it, oldest first.

    Companies without a signal are left out.
    """
    in_force = in_force_of_some(client_id)
    found: dict[UUID, list[SignalRow]] = {}
    for some in chunks(list(company_ids), _AT_ONCE):
        owner = owners(tx, some)
        for part in chunks(sorted(owner), _AT_ONCE):
            wanted = select(signal).where(in_force, signal.c.company_id.in_(part))
            for row in tx.execute(wanted).mappings():
                found.setdefault(owner[row["company_id"]], []).append(_signal(row))
    for rows in found.values():
        rows.sort(key=lambda one: (one.happened_at, one.id))
    return found


def first_of(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    owner: Mapping[UUID, UUID],
    kinds: Sequence[str],
) -> dict[UUID, datetime]:
    """When companies first gave a signal in force of some kinds that counts for a campaign; `owner`
    names the company that each counts for.
    """
    wanted = select(signal.c.company_id, signal.c.happened_at).where(
        counting_signals_of_some(client_id, campaign_id), signal.c.kind.in_(kinds)
    )
    found: dict[UUID, datetime] = {}
    for some in chunks(sorted(owner), _AT_ONCE):
        for row in tx.execute(wanted.where(signal.c.company_id.in_(some))):
            one = owner[row.company_id]
            found[one] = min(row.happened_at, found.get(one, row.happened_at))
    return found


def forget(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> int:
    """Delete every signal of companies that are erased; how many."""
    deleted = 0
    for some in chunks(list(company_ids), _AT_ONCE):
        of_company = (signal.c.client_id == client_id) & signal.c.company_id.in_(some)
        # A row and the one that takes it back belong to one company, and refer to each other.
        tx.execute(update(signal).where(of_company).values(retracts=None))
        deleted += tx.execute(delete(signal).where(of_company)).rowcount
    return deleted


def owners(tx: Tx, company_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The companies and those merged into them, each with the one that it counts for."""
    merged = contact_keys.merged_into(tx, company_ids)
    return dict(zip(company_ids, company_ids, strict=True)) | merged


def _row(one: NewSignal, at: datetime) -> dict[str, Any]:
    given = {name: getattr(one, name) for name in NewSignal.__slots__}
    return given | {"id": new_id(), "heard_at": at, "retracts": None}


def _retraction(row: Mapping[Any, Any], by: str) -> dict[str, Any]:
    at = now()
    return dict(row) | {
        "id": new_id(),
        "source": "sluice",
        "external_id": f"retracts {row['id']}",
        "happened_at": at,
        "heard_at": at,
        "by": by,
        "retracts": row["id"],
    }


def _signal(row: Mapping[Any, Any]) -> SignalRow:
    return SignalRow(**{name: row[name] for name in SignalRow.__slots__})
