"""When all companies of a campaign were last to be decided, and what may be decided otherwise since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, except_, insert, select

from leads.store.company_changes import Moment
from leads.store.engine import Tx
from leads.store.ledger.statements import in_state
from leads.store.schema import company, task, verdict, verdict_pass
from leads.store.verdicts import OPEN_STAGES


@dataclass(frozen=True, slots=True)
class VerdictPass:
    """A moment at which all companies of a campaign were asked for, and what decides them."""

    icp_version_id: UUID
    #: The program and its reference data.
    made_by: str
    day: date
    moment: Moment


def last(tx: Tx, campaign_id: UUID) -> VerdictPass | None:
    """The last pass over a campaign's companies."""
    one = verdict_pass.c
    wanted = select(one.icp_version_id, one.made_by, one.day, one.place, one.newest)
    row = tx.execute(wanted.where(one.campaign_id == campaign_id)).first()
    return row and VerdictPass(*row[:3], Moment(*row[3:]))


def put(tx: Tx, client_id: UUID, campaign_id: UUID, one: VerdictPass) -> None:
    """Note a pass in place of the one before."""
    forget(tx, campaign_id)
    tx.execute(
        insert(verdict_pass).values(
            campaign_id=campaign_id,
            client_id=client_id,
            icp_version_id=one.icp_version_id,
            made_by=one.made_by,
            day=one.day,
            place=one.moment.place,
            newest=one.moment.newest,
        )
    )


def forget(tx: Tx, campaign_id: UUID) -> None:
    """Forget the last pass: the next one asks for all companies of the campaign."""
    tx.execute(delete(verdict_pass).where(verdict_pass.c.campaign_id == campaign_id))


def without_verdict(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[UUID]:
    """The companies of a client that count and have no verdict in force in a campaign."""
    live = select(company.c.id).where(
        company.c.client_id == client_id,
        company.c.merged_into.is_(None),
        company.c.gone_at.is_(None),
    )
    decided = select(verdict.c.company_id).where(
        verdict.c.campaign_id == campaign_id, verdict.c.superseded_at.is_(None)
    )
    # A difference of sets: PostgreSQL takes time squared for NOT EXISTS while it has not counted rows.
    return list(tx.execute(except_(live, decided)).scalars())


def expired(tx: Tx, campaign_id: UUID, today: date) -> list[UUID]:
    """The companies of a campaign whose verdict no longer lasts."""
    ours = (verdict.c.campaign_id == campaign_id, verdict.c.superseded_at.is_(None))
    found: list[UUID] = []
    for ended in (verdict.c.lasts_until.is_(None), verdict.c.lasts_until < today):
        found += tx.execute(select(verdict.c.company_id).where(ended, *ours)).scalars()
    return found


def undecided(tx: Tx, campaign_id: UUID) -> list[UUID]:
    """The companies of a campaign whose verdict is open."""
    wanted = select(verdict.c.company_id).where(
        verdict.c.campaign_id == campaign_id,
        verdict.c.superseded_at.is_(None),
        verdict.c.fit_stage.in_(OPEN_STAGES),
        verdict.c.verdict == "unknown",
    )
    return list(tx.execute(wanted).scalars())


def unfinished(tx: Tx, client_id: UUID, campaign_id: UUID) -> list[UUID]:
    """The companies of a campaign that tasks are still to decide, or were given up for."""
    found: list[UUID] = []
    for states in (("pending",), ("running",), ("dead", "quarantined")):
        wanted = select(task.c.key).where(
            task.c.kind == "qualify",
            task.c.client_id == client_id,
            task.c.key.startswith(f"{campaign_id}:"),
            in_state(*states),
        )
        found += [UUID(key.partition(":")[2]) for key in tx.execute(wanted).scalars()]
    return found
