"""Replies to the questions of the checklist: appended, and the latest of each question counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import lead_answer
from leads.store.signals import owners


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAnswer:
    """A reply to be stored."""

    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    question: str
    reply: str
    #: What was said, word for word.
    words: str
    source: str
    by: str
    #: When it was said.
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow(NewAnswer):
    """A stored reply."""

    id: UUID
    recorded_at: datetime


def add(tx: Tx, wanted: Iterable[NewAnswer]) -> None:
    """Append replies."""
    at = now()
    rows = [
        {name: getattr(one, name) for name in NewAnswer.__slots__}
        | {"id": new_id(), "recorded_at": at}
        for one in wanted
    ]
    for some in chunks(rows):
        tx.execute(insert(lead_answer), some)


def of_companies(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, Mapping[str, AnswerRow]]:
    """The reply in force to each question, of each company and those merged into it."""
    owner_of = owners(tx, company_ids)
    rows: list[AnswerRow] = []
    for some in chunks(sorted(owner_of)):
        wanted = select(lead_answer).where(
            lead_answer.c.campaign_id == campaign_id, lead_answer.c.company_id.in_(some)
        )
        rows += [AnswerRow(**row) for row in tx.execute(wanted).mappings()]
    found: dict[UUID, dict[str, AnswerRow]] = {}
    for one in sorted(rows, key=lambda row: (row.at, row.id)):
        found.setdefault(owner_of[one.company_id], {})[one.question] = one
    return dict(found)
