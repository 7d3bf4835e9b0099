"""Hand-overs: leads sent to the client, and what the client answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import company, handover
from leads.store.signals import owners

COLUMNS = (
    "id",
    "company_id",
    "version",
    "checklist",
    "sent_at",
    "sent_by",
    "answer_by",
    "state",
    "answered_at",
    "answered_by",
    "reason",
    "words",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHandover:
    """A lead to be sent."""

    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    #: Of the hand-over file.
    version: int
    #: The reply to each question.
    checklist: Mapping[str, str]
    sent_by: str
    sent_at: datetime
    answer_by: datetime


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """A stored hand-over."""

    id: UUID
    company_id: UUID
    version: int
    checklist: Mapping[str, str]
    sent_at: datetime
    sent_by: str
    answer_by: datetime
    state: str
    answered_at: datetime | None
    answered_by: str | None
    reason: str
    words: str
    #: The name of the company that it counts for.
    company: str


def add(tx: Tx, new: NewHandover) -> UUID | None:
    """Store a hand-over that waits for an answer; its id, or None when another one waits."""
    made = new_id()
    values = {name: getattr(new, name) for name in NewHandover.__slots__}
    values |= {"checklist": dict(new.checklist), "id": made, "state": "open"}
    row = values | {"reason": "", "words": ""}
    added = tx.execute(insert_or_skip(tx, handover).values(row).returning(handover.c.id))
    return made if added.first() else None


def of_campaign(tx: Tx, campaign_id: UUID) -> list[HandoverRow]:
    """Every hand-over of a campaign: the open ones, the most overdue first, then the answered ones,
    the newest first.
    """
    found = _rows(tx, handover.c.campaign_id == campaign_id)
    waiting = [one for one in found if one.state == "open"]
    answered = [one for one in found if one.state != "open"]
    waiting.sort(key=lambda one: (one.answer_by, one.id))
    answered.sort(key=lambda one: (one.answered_at or one.sent_at, one.id), reverse=True)
    return waiting + answered


def open_of(tx: Tx, campaign_id: UUID, company_id: UUID) -> list[HandoverRow]:
    """The hand-overs of a company, and of those merged into it, that wait for an answer, the oldest
    first.
    """
    these = sorted(owners(tx, [company_id]))
    waiting = (handover.c.campaign_id == campaign_id) & (handover.c.state == "open")
    found = _rows(tx, waiting & handover.c.company_id.in_(these))
    return sorted(found, key=lambda one: one.id)


def were_sent(tx: Tx, campaign_id: UUID, company_id: UUID) -> bool:
    """Whether a company, or one merged into it, was ever handed over."""
    these = sorted(owners(tx, [company_id]))
    return bool(
        _rows(tx, (handover.c.campaign_id == campaign_id) & handover.c.company_id.in_(these))
    )


def answer(tx: Tx, handover_id: UUID, state: str, by: str, reason: str, words: str) -> bool:
    """Store the client's answer; False when it was answered before."""
    waiting = update(handover).where(handover.c.id == handover_id, handover.c.state == "open")
    values = {
        "state": state,
        "answered_at": now(),
        "answered_by": by,
        "reason": reason,
        "words": words,
    }
    return tx.execute(waiting.values(values)).rowcount > 0


def _rows(tx: Tx, condition: ColumnElement[bool]) -> list[HandoverRow]:
    columns = [handover.c[name] for name in COLUMNS]
    survivor = company.alias()
    wanted = (
        select(*columns, func.coalesce(survivor.c.name, company.c.name))
        .join(company, company.c.id == handover.c.company_id)
        .outerjoin(survivor, survivor.c.id == company.c.merged_into)
        .where(condition)
    )
    return [HandoverRow(*tuple(row)) for row in tx.execute(wanted)]
