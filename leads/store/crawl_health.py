"""How visits to sites went lately: their outcomes, and the sites that refused or were slow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from leads.ids import floor_of
from leads.store.engine import Tx
from leads.store.schema import crawl


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeCount:
    """The visits with one outcome."""

    outcome: str
    visits: int
    pages: int
    bytes: int
    mean_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVisited:
    """One visit to one site."""

    id: UUID
    site: str
    outcome: str
    reason: str
    pages: int
    seconds: float
    started_at: datetime


_VISIT = select(
    crawl.c.id,
    crawl.c.site,
    crawl.c.outcome,
    crawl.c.reason,
    crawl.c.pages,
    crawl.c.seconds,
    crawl.c.started_at,
)


def outcomes_since(tx: Tx, since: datetime) -> list[OutcomeCount]:
    """The visits that ended since then, by outcome, the most frequent first."""
    counted = (
        select(
            crawl.c.outcome,
            func.count().label("visits"),
            func.sum(crawl.c.pages).label("pages"),
            func.sum(crawl.c.bytes).label("bytes"),
            func.avg(crawl.c.seconds).label("mean_seconds"),
        )
        .where(crawl.c.id >= floor_of(since))
        .group_by(crawl.c.outcome)
    )
    found = [
        OutcomeCount(
            outcome=row.outcome,
            visits=row.visits,
            pages=int(row.pages or 0),
            bytes=int(row.bytes or 0),
            mean_seconds=float(row.mean_seconds or 0),
        )
        for row in tx.execute(counted)
    ]
    return sorted(found, key=lambda one: (-one.visits, one.outcome))


def slowest(tx: Tx, since: datetime, limit: int) -> Sequence[SiteVisited]:
    """The visits that took longest among those that ended since then."""
    lately = _VISIT.where(crawl.c.id >= floor_of(since))
    return _listed(tx, lately.order_by(crawl.c.seconds.desc(), crawl.c.id.desc()).limit(limit))


def with_outcomes(
    tx: Tx, outcomes: Collection[str], since: datetime, before: UUID | None, limit: int
) -> Sequence[SiteVisited]:
    """The newest visits with one of these outcomes that ended since then and before a visit."""
    wanted = _VISIT.where(crawl.c.id >= floor_of(since), crawl.c.outcome.in_(outcomes))
    if before:
        wanted = wanted.where(crawl.c.id < before)
    return _listed(tx, wanted.order_by(crawl.c.id.desc()).limit(limit))


def _listed(tx: Tx, visits: Select[*tuple[Any, ...]]) -> Sequence[SiteVisited]:
    return [SiteVisited(**row) for row in tx.execute(visits).mappings()]
