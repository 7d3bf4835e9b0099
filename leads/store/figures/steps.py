"""When the companies of a campaign came to each step, and which of them are out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case, func, literal, select

from leads.store.engine import Tx
from leads.store.figures.keys import Key, key
from leads.store.schema import (
    company,
    event,
    handover,
    lead,
    queue_entry,
    raw_list,
    record,
    relationship,
    verdict,
)


class FitTimes(NamedTuple):
    """When a company was first found to be a suspect and a prospect."""

    suspect_at: datetime | None
    prospect_at: datetime | None


class FitNow(NamedTuple):
    """The verdict in force of a company."""

    fit_stage: str
    icp_version_id: Key


@dataclass(frozen=True, slots=True)
class LeadTimes:
    """A lead: its stage, since when, and when it became a lead."""

    company_id: Key
    stage: str
    since: datetime
    entered_at: datetime | None


@dataclass(frozen=True, slots=True)
class StageMove:
    """One move of a lead to another stage."""

    company_id: Key
    at: datetime
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HandoverTimes:
    """One hand-over and its answer."""

    company_id: Key
    sent_at: datetime
    state: str
    answered_at: datetime | None


def listed(tx: Tx, client_id: UUID) -> dict[Key, datetime]:
    """The client's companies that are neither merged nor gone, and when each was first stored."""
    wanted = select(key(company.c.id).label("id"), company.c.created_at).where(
        company.c.client_id == client_id,
        company.c.merged_into.is_(None),
        company.c.gone_at.is_(None),
    )
    return dict(tx.execute(wanted).all())


def fit_times(tx: Tx, campaign_id: UUID) -> dict[Key, FitTimes]:
    """The first verdicts of companies that said suspect or prospect, superseded ones included."""
    is_prospect = verdict.c.fit_stage == "prospect"
    wanted = (
        select(
            key(verdict.c.company_id),
            func.min(verdict.c.decided_at),
            func.min(case((is_prospect, verdict.c.decided_at))),
        )
        .where(
            verdict.c.campaign_id == campaign_id, verdict.c.fit_stage.in_(("suspect", "prospect"))
        )
        .group_by(verdict.c.company_id)
    )
    return {one: FitTimes(first, second) for one, first, second in tx.execute(wanted).all()}


def fit_now(tx: Tx, campaign_id: UUID) -> dict[Key, FitNow]:
    """The verdicts in force."""
    wanted = select(
        key(verdict.c.company_id), verdict.c.fit_stage, key(verdict.c.icp_version_id)
    ).where(verdict.c.campaign_id == campaign_id, verdict.c.superseded_at.is_(None))
    return {one: FitNow(stage, version) for one, stage, version in tx.execute(wanted).all()}


def leads(tx: Tx, campaign_id: UUID) -> list[LeadTimes]:
    """The leads of a campaign."""
    wanted = select(key(lead.c.company_id), lead.c.stage, lead.c.since, lead.c.entered_at)
    return [
        LeadTimes(*row) for row in tx.execute(wanted.where(lead.c.campaign_id == campaign_id)).all()
    ]


def moves(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[StageMove]:
    """The moves of leads from stage to stage, by the log, oldest first; a move that was taken back is
    left out, with the one that took it back.
    """
    # Written out: neither database uses a partial index for a bound value.
    moved = event.c.verb == literal("stage moved", literal_execute=True)
    wanted = (
        select(event.c.thing_id, event.c.at, event.c.data)
        .where(moved, event.c.client_id == client_id)
        .order_by(event.c.at, event.c.id)
    )
    found: dict[Key, list[StageMove]] = {}
    for thing_id, at, data in tx.execute(wanted).all():
        if data.get("campaign_id") != str(campaign_id):
            continue
        company_id = UUID(thing_id).hex
        own = found.setdefault(company_id, [])
        if data.get("taken_back"):
            # It names the company's last move, which it takes back.
            del own[-1:]
        else:
            own.append(StageMove(company_id, at, data["before"], data["after"]))
    return sorted(chain.from_iterable(found.values()), key=attrgetter("at"))


def handed_over(tx: Tx, campaign_id: UUID) -> list[HandoverTimes]:
    """The hand-overs of a campaign, oldest first."""
    wanted = (
        select(
            key(handover.c.company_id), handover.c.sent_at, handover.c.state, handover.c.answered_at
        )
        .where(handover.c.campaign_id == campaign_id)
        .order_by(handover.c.sent_at, handover.c.id)
    )
    return [HandoverTimes(*row) for row in tx.execute(wanted).all()]


def merged(tx: Tx, client_id: UUID) -> dict[Key, Key]:
    """The client's merged companies, each with the one it is part of now."""
    wanted = select(key(company.c.id), key(company.c.merged_into)).where(
        company.c.client_id == client_id, company.c.merged_into.is_not(None)
    )
    return dict(tx.execute(wanted).all())


def related(tx: Tx, campaign_id: UUID, state: str) -> dict[Key, datetime]:
    """The companies that stand with the campaign like this, and since when."""
    wanted = select(key(relationship.c.company_id), relationship.c.since).where(
        relationship.c.campaign_id == campaign_id, relationship.c.state == state
    )
    return dict(tx.execute(wanted).all())


def relationships(tx: Tx, campaign_id: UUID) -> dict[Key, str]:
    """How the companies that are not untouched stand with the campaign."""
    wanted = select(key(relationship.c.company_id), relationship.c.state).where(
        relationship.c.campaign_id == campaign_id
    )
    return dict(tx.execute(wanted).all())


def suppressed(tx: Tx, campaign_id: UUID) -> list[Key]:
    """The companies that fit and are left out of the queue because they are suppressed."""
    wanted = select(key(queue_entry.c.company_id)).where(
        queue_entry.c.campaign_id == campaign_id,
        queue_entry.c.state == "out",
        queue_entry.c.reason.startswith("suppressed:"),
    )
    return list(tx.execute(wanted).scalars())


def excluded(tx: Tx, client_id: UUID) -> list[Key]:
    """The companies that a list of customers, open deals or competitors names."""
    wanted = (
        select(key(record.c.company_id))
        .distinct()
        .join(raw_list, raw_list.c.id == record.c.list_id)
        .where(
            record.c.client_id == client_id,
            record.c.ended_at.is_(None),
            record.c.company_id.is_not(None),
            func.coalesce(record.c.role, raw_list.c.role) != "prospects",
        )
    )
    return list(tx.execute(wanted).scalars())
