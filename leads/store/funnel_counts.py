"""How many companies of a campaign are at each stage, and what they wait for, as the database counts
them: to read a million verdicts takes minutes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, cast, exists, func, or_, select

from leads.store.among import is_id_among
from leads.store.engine import Tx, chunks
from leads.store.schema import (
    company,
    company_score,
    queue_entry,
    raw_list,
    record,
    relationship,
    verdict,
)
from leads.store.verdicts import OPEN_STAGES

#: The stages of companies that fit, or that are for a person to settle.
_FITTING = ("prospect", "suspect")
_IN_QUEUE = ("ready", "leased")
_ENDED = or_(company.c.merged_into.is_not(None), company.c.gone_at.is_not(None))


@dataclass(slots=True)
class Tally:
    """Companies by what their verdicts say."""

    #: All of them, with a verdict or without.
    companies: int = 0
    #: By the stage that the profile puts them at; one without a verdict is a name.
    stages: Counter[str] = field(default_factory=Counter)
    #: Open ones, by what they wait for.
    waiting: Counter[str] = field(default_factory=Counter)
    queued: int = 0


def of_client(tx: Tx, client_id: UUID, campaign_id: UUID) -> Tally:
    """Count all companies of a client."""
    live = select(func.count()).where(company.c.client_id == client_id, ~_ENDED)
    found = Tally(int(tx.execute(live).scalar_one()))
    every = _in_force(campaign_id)
    stages = select(verdict.c.fit_stage, func.count()).where(*every)
    found.stages.update(dict(tx.execute(stages.group_by(verdict.c.fit_stage)).all()))
    _add_waiting(found, tx.execute(_waiting(*every, verdict.c.fit_stage.in_(OPEN_STAGES))), 1)
    found.queued = _queued(tx, campaign_id)
    for some in chunks(_ended_with_verdict(tx, client_id, campaign_id)):
        _take_away(tx, found, campaign_id, some)
    found.stages["name"] += found.companies - found.stages.total()
    return found


def of_companies(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> Tally:
    """Count these companies."""
    found = Tally(len(company_ids))
    for some in chunks(list(company_ids)):
        among = (*_in_force(campaign_id), is_id_among(tx, verdict.c.company_id, some))
        stages = select(verdict.c.fit_stage, func.count()).where(*among)
        for stage, number in tx.execute(stages.group_by(verdict.c.fit_stage)):
            found.stages[stage] += number
        _add_waiting(found, tx.execute(_waiting(*among)), 1)
        found.queued += _queued(tx, campaign_id, is_id_among(tx, queue_entry.c.company_id, some))
    found.stages["name"] += found.companies - found.stages.total()
    return found


def fitting(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[UUID]:
    """The companies of a client that fit, or that are for a person to settle, but are not free in
    the queue.
    """
    wanted = _fitting(campaign_id).join(company, company.c.id == verdict.c.company_id)
    ours = (company.c.client_id == client_id, ~_ENDED, verdict.c.fit_stage.in_(_FITTING))
    # Sorted here: for an order SQLite would read all verdicts.
    return sorted(tx.execute(wanted.where(*ours)).scalars())


def fitting_among(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> list[UUID]:
    """Those of the companies that fit, or that are for a person to settle, but are not free in the
    queue.
    """
    wanted = _fitting(campaign_id)
    return [
        one
        for some in chunks(list(company_ids))
        for one in tx.execute(wanted.where(is_id_among(tx, verdict.c.company_id, some))).scalars()
    ]


def known_of(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[UUID]:
    """The live companies of a client that something other than the verdict may put at a stage: a
    relationship, a list that excludes them, or their signals.
    """
    role = func.coalesce(record.c.role, raw_list.c.role)
    listed = (
        select(record.c.company_id)
        .join(raw_list, raw_list.c.id == record.c.list_id)
        .where(record.c.client_id == client_id, record.c.ended_at.is_(None), role != "prospects")
    )
    related = select(relationship.c.company_id).where(relationship.c.campaign_id == campaign_id)
    out = select(company_score.c.company_id).where(
        company_score.c.campaign_id == campaign_id, company_score.c.disqualified.is_(True)
    )
    found: set[UUID] = set()
    for wanted in (listed, related, out):
        found.update(one for one in tx.execute(wanted).scalars() if one is not None)
    return sorted(_live_among(tx, found))


def _live_among(tx: Tx, company_ids: Iterable[UUID]) -> Iterator[UUID]:
    for some in chunks(sorted(company_ids)):
        among = (is_id_among(tx, company.c.id, some), ~_ENDED)
        yield from tx.execute(select(company.c.id).where(*among)).scalars()


def _in_force(campaign_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return verdict.c.campaign_id == campaign_id, verdict.c.superseded_at.is_(None)


def _fitting(campaign_id: UUID) -> Select[UUID]:
    fits = or_(verdict.c.verdict == "fit", verdict.c.asks.is_(True))
    is_free = exists().where(
        queue_entry.c.campaign_id == campaign_id,
        queue_entry.c.company_id == verdict.c.company_id,
        queue_entry.c.state == "ready",
    )
    return select(verdict.c.company_id).where(*_in_force(campaign_id), fits, ~is_free)


def _waiting(*which: ColumnElement[bool]) -> Select[str, int]:
    """What open companies wait for, as text, and how many wait for that."""
    waits_for: ColumnElement[str] = cast(verdict.c.waits_for, String).label("waits_for")
    wanted = select(waits_for, func.count()).where(verdict.c.verdict == "unknown", *which)
    return wanted.group_by(waits_for)


def _add_waiting(found: Tally, rows: Iterable[Sequence[Any]], sign: int) -> None:
    for waits_for, number in rows:
        for name in json.loads(waits_for):
            found.waiting[name] += sign * number


def _queued(tx: Tx, campaign_id: UUID, *which: ColumnElement[bool]) -> int:
    in_queue = (queue_entry.c.campaign_id == campaign_id, queue_entry.c.state.in_(_IN_QUEUE))
    wanted = select(func.count()).select_from(queue_entry)
    if not which:
        wanted = wanted.join(company, company.c.id == queue_entry.c.company_id).where(~_ENDED)
    return int(tx.execute(wanted.where(*in_queue, *which)).scalar_one())


def _ended_with_verdict(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[UUID]:
    """Companies that are merged or gone while their verdict is in force: until it is put out."""
    ended = select(company.c.id).where(company.c.client_id == client_id, _ENDED)
    wanted = select(verdict.c.company_id).where(*_in_force(campaign_id))
    return list(tx.execute(wanted.where(verdict.c.company_id.in_(ended))).scalars())


def _take_away(tx: Tx, found: Tally, campaign_id: UUID, some: Sequence[UUID]) -> None:
    among = (*_in_force(campaign_id), is_id_among(tx, verdict.c.company_id, some))
    stages = select(verdict.c.fit_stage, func.count()).where(*among)
    for stage, number in tx.execute(stages.group_by(verdict.c.fit_stage)):
        found.stages[stage] -= number
    _add_waiting(found, tx.execute(_waiting(*among)), -1)
