"""Leads: their stage, and when each is contacted next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, insert, select, tuple_, update

from leads.clock import now
from leads.store import driver
from leads.store.bound import CLIENT, COMPANIES
from leads.store.counted import counted
from leads.store.engine import Tx, chunks
from leads.store.inserts import insert_or_skip
from leads.store.schema import company, lead

#: The stages from the least far to the furthest; a rejected lead waits in `nurture`.
STAGES = ("unqualified", "nurture", "mql", "sql", "opportunity", "customer")
#: What to do with a lead that just showed interest.
FIRST_TOUCH = "call"
#: When the next touch of a lead is, and its company: the order of lists.
Place = tuple[datetime, UUID]
_AMONG = select(lead.c.campaign_id, lead.c.company_id).where(
    lead.c.client_id == CLIENT, lead.c.company_id.in_(COMPANIES)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadRow:
    """One lead of a campaign."""

    campaign_id: UUID
    company_id: UUID
    client_id: UUID
    stage: str
    since: datetime
    next_touch_at: datetime
    next_touch: str
    #: When it became a lead; None: before that was kept.
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class NamedLead:
    """A lead with the name of its company."""

    lead: LeadRow
    company: str


def of_companies(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, LeadRow]:
    """Those of the companies that are leads."""
    found = {}
    for some in chunks(list(company_ids)):
        wanted = select(lead).where(lead.c.campaign_id == campaign_id, lead.c.company_id.in_(some))
        for row in tx.execute(wanted).mappings():
            found[row["company_id"]] = LeadRow(**row)
    return found


def among(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[tuple[UUID, UUID]]:
    """Campaign and company of those of the companies that are leads, in any campaign."""
    found: list[tuple[UUID, UUID]] = []
    for some in chunks(list(company_ids)):
        given = {"of_client": client_id, "of_companies": some}
        found += [(campaign, company) for campaign, company in driver.run(tx, _AMONG, given)]
    return found


def of_campaign(
    tx: Tx, campaign_id: UUID, stage: str | None = None, due_at: datetime | None = None
) -> list[NamedLead]:
    """The leads of a campaign, the next touch first; only those of a stage, or due by a moment."""
    return _named(tx, _of_campaign(campaign_id, stage, due_at))


def page(
    tx: Tx,
    campaign_id: UUID,
    stage: str | None,
    due_at: datetime | None,
    after: Place | None,
    size: int,
) -> list[NamedLead]:
    """So many of the same, from behind a place on."""
    wanted = _of_campaign(campaign_id, stage, due_at)
    if after is not None:
        wanted = wanted.where(tuple_(lead.c.next_touch_at, lead.c.company_id) > tuple_(*after))
    return _named(tx, wanted.limit(size))


def count_stage(tx: Tx, campaign_id: UUID, stage: str, most: int) -> int:
    """How many leads a stage has, as `counted` counts up to `most`."""
    return counted(tx, _of_campaign(campaign_id, stage, None), most)


def _of_campaign(
    campaign_id: UUID, stage: str | None, due_at: datetime | None
) -> Select[*tuple[Any, ...]]:
    columns = [lead.c[name] for name in LeadRow.__slots__]
    wanted = (
        select(*columns, company.c.name)
        .join(company, company.c.id == lead.c.company_id)
        .where(lead.c.campaign_id == campaign_id, company.c.gone_at.is_(None))
        .order_by(lead.c.next_touch_at, lead.c.company_id)
    )
    if stage is not None:
        wanted = wanted.where(lead.c.stage == stage)
    if due_at is not None:
        wanted = wanted.where(lead.c.next_touch_at <= due_at)
    return wanted


def _named(tx: Tx, wanted: Select[*tuple[Any, ...]]) -> list[NamedLead]:
    found = []
    for row in tx.execute(wanted).mappings():
        values = {name: row[name] for name in LeadRow.__slots__}
        found.append(NamedLead(LeadRow(**values), row["name"]))
    return found


def ensure(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_id: UUID, stage: str = STAGES[0]
) -> None:
    """Make a company a lead that is due now, unless it is one."""
    at = now()
    row = {
        "campaign_id": campaign_id,
        "company_id": company_id,
        "client_id": client_id,
        "stage": stage,
        "since": at,
        "next_touch_at": at,
        "next_touch": FIRST_TOUCH,
        "entered_at": at,
    }
    tx.execute(insert_or_skip(tx, lead), [row])


def put(tx: Tx, row: LeadRow) -> None:
    """Store what changed of a lead."""
    same = (lead.c.campaign_id == row.campaign_id) & (lead.c.company_id == row.company_id)
    values = {
        "stage": row.stage,
        "since": row.since,
        "next_touch_at": row.next_touch_at,
        "next_touch": row.next_touch,
        "entered_at": row.entered_at,
    }
    tx.execute(update(lead).where(same).values(**values))


def drop(tx: Tx, campaign_id: UUID, company_id: UUID) -> None:
    """Undo that a company became a lead."""
    same = (lead.c.campaign_id == campaign_id) & (lead.c.company_id == company_id)
    tx.execute(delete(lead).where(same))


def follow_merges(tx: Tx, merges: Sequence[tuple[UUID, UUID]]) -> None:
    """Give the survivors of merges the leads of the merged companies, where those are further."""
    for gone, to in merges:
        of_gone = select(lead).where(lead.c.company_id == gone)
        for columns in tx.execute(of_gone).mappings().all():
            row = LeadRow(**columns)
            values = {name: getattr(row, name) for name in LeadRow.__slots__}
            own = of_companies(tx, row.campaign_id, [to]).get(to)
            further = own is None or STAGES.index(own.stage) < STAGES.index(row.stage)
            same = (lead.c.campaign_id == row.campaign_id) & lead.c.company_id.in_(
                [gone, to] if further else [gone]
            )
            tx.execute(delete(lead).where(same))
            values |= {"company_id": to, "entered_at": _first(row, own)}
            if further:
                tx.execute(insert(lead).values(values))
            elif own is not None:
                put(tx, replace(own, entered_at=_first(row, own)))


def _first(one: LeadRow, other: LeadRow | None) -> datetime | None:
    """When the first of two leads became one; None when that of either is not known."""
    if other is None or one.entered_at is None or other.entered_at is None:
        return one.entered_at if other is None else None
    return min(one.entered_at, other.entered_at)
