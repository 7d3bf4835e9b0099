"""The verdicts that were in force at a moment of each company's own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leads.store import signals
from leads.store.engine import Tx, chunks
from leads.store.schema import icp_version, verdict

#: Rows taken from the database at a time.
_FETCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictThen:
    """A verdict of the past."""

    company_id: UUID
    icp: str
    version: int
    verdict: str
    score_worst: int
    answers: Sequence[Mapping[str, Any]]


def in_force_at(tx: Tx, campaign_id: UUID, moments: Mapping[UUID, datetime]) -> dict[UUID, UUID]:
    """The verdict of each company that was in force at its moment, by company; those that had none
    are left out. The verdicts of merged companies count for the one that is left, unless it had its
    own.
    """
    owner = signals.owners(tx, list(moments))
    columns = (verdict.c.id, verdict.c.company_id, verdict.c.decided_at, verdict.c.superseded_at)
    wanted = select(*columns).where(verdict.c.campaign_id == campaign_id)
    found: dict[UUID, UUID] = {}
    rows = tx.execution_options(yield_per=_FETCH).execute(wanted)
    for row in rows:
        to = owner.get(row.company_id)
        if to is None or row.decided_at > moments[to]:
            continue
        is_own = row.company_id == to
        if row.superseded_at is None or row.superseded_at > moments[to]:
            found[to] = row.id if is_own else found.get(to, row.id)
    return found


def with_answers(tx: Tx, then: Mapping[UUID, UUID]) -> Iterator[VerdictThen]:
    """Those verdicts, by the company that each counts for, with their answers."""
    companies = {one: company_id for company_id, one in then.items()}
    columns = (
        verdict.c.id,
        icp_version.c.name.label("icp"),
        icp_version.c.version,
        verdict.c.verdict,
        verdict.c.score_worst,
        verdict.c.answers,
    )
    for some in chunks(list(companies)):
        wanted = select(*columns).join(icp_version, icp_version.c.id == verdict.c.icp_version_id)
        for row in tx.execute(wanted.where(verdict.c.id.in_(some))).mappings():
            values = dict(row)
            yield VerdictThen(company_id=companies[values.pop("id")], **values)
