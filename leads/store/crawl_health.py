"""How visits to sites went lately: their outcomes, and the sites that refused or were slow."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, cast, func, or_, select

from leads.ids import floor_of
from leads.looks import NEEDS_BROWSER, RENDERED, UNREAD, why_unread
from leads.store.engine import Tx
from leads.store.facts.belonging import held, is_about
from leads.store.schema import crawl, fact


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


@dataclass(frozen=True, slots=True)
class UnreadPages:
    """Pages that were fetched and hold nothing about a company."""

    #: As people read it: "login wall".
    why: str
    sites: int
    pages: int


_VISIT = select(
    crawl.c.id,
    crawl.c.site,
    crawl.c.outcome,
    crawl.c.reason,
    crawl.c.pages,
    crawl.c.seconds,
    crawl.c.started_at,
)


def first_of(tx: Tx, since: datetime, most: int) -> UUID | None:
    """The visit from which on there are `most` that ended since then; None: there are fewer."""
    newest = select(crawl.c.id).where(crawl.c.id >= floor_of(since)).order_by(crawl.c.id.desc())
    found: UUID | None = tx.execute(newest.offset(most - 1).limit(1)).scalar()
    return found


def outcomes_since(tx: Tx, first: UUID) -> list[OutcomeCount]:
    """The visits from one on, by outcome, the most frequent first."""
    counted = (
        select(
            crawl.c.outcome,
            func.count().label("visits"),
            func.sum(crawl.c.pages).label("pages"),
            func.sum(crawl.c.bytes).label("bytes"),
            func.avg(crawl.c.seconds).label("mean_seconds"),
        )
        .where(crawl.c.id >= first)
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


def unread_since(tx: Tx, first: UUID) -> list[UnreadPages]:
    """Why pages were not read, of the sites read since one visit, the most frequent first."""
    return _looks_since(tx, first, (UNREAD, NEEDS_BROWSER))


def rendered_since(tx: Tx, first: UUID) -> int:
    """How many pages were read as a browser shows them, of the sites read since one visit."""
    return sum(one.pages for one in _looks_since(tx, first, (f"{RENDERED}:",)))


def _looks_since(tx: Tx, first: UUID, kinds: Sequence[str]) -> list[UnreadPages]:
    said = cast(fact.c.value, String)
    looks = select(said.label("look"), func.count(fact.c.site.distinct()).label("sites")).where(
        fact.c.id >= first,
        is_about("coverage"),
        fact.c.site.is_not(None),
        held(),
        or_(*(said.like(f'"{kind}%') for kind in kinds)),
    )
    found: dict[str, UnreadPages] = {}
    for row in tx.execute(looks.group_by(said)):
        kind, _, count = str(row.look).strip('"').partition(":")
        why = why_unread(kind) or kind
        before = found.get(why, UnreadPages(why, 0, 0))
        pages = before.pages + row.sites * int(count)
        found[why] = UnreadPages(why, before.sites + row.sites, pages)
    return sorted(found.values(), key=lambda one: (-one.pages, one.why))


def slowest(tx: Tx, first: UUID, limit: int) -> Sequence[SiteVisited]:
    """The visits that took longest among those from one on."""
    lately = _VISIT.where(crawl.c.id >= first)
    return _listed(tx, lately.order_by(crawl.c.seconds.desc(), crawl.c.id.desc()).limit(limit))


def with_outcomes(
    tx: Tx, outcomes: Collection[str], first: UUID, before: UUID | None, limit: int
) -> Sequence[SiteVisited]:
    """The newest visits with one of these outcomes, from one on and before another."""
    wanted = _VISIT.where(crawl.c.id >= first, crawl.c.outcome.in_(outcomes))
    if before:
        wanted = wanted.where(crawl.c.id < before)
    return _listed(tx, wanted.order_by(crawl.c.id.desc()).limit(limit))


def _listed(tx: Tx, visits: Select[*tuple[Any, ...]]) -> Sequence[SiteVisited]:
    return [SiteVisited(**row) for row in tx.execute(visits).mappings()]
