"""Verdicts in force and superseded, relationships, and the counts people ask for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import company, relationship, verdict


def in_force(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The verdict in force for each of the companies that has one."""
    found = {}
    for some in chunks(list(company_ids)):
        wanted = select(verdict).where(
            verdict.c.campaign_id == campaign_id,
            verdict.c.company_id.in_(some),
            verdict.c.superseded_at.is_(None),
        )
        found.update({row["company_id"]: dict(row) for row in tx.execute(wanted).mappings()})
    return found


_BRIEF = (
    verdict.c.company_id,
    verdict.c.verdict,
    verdict.c.fit_stage,
    verdict.c.asks,
    verdict.c.why_not,
    verdict.c.score_worst,
    verdict.c.score_best,
    verdict.c.waits_for,
)


def brief(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The verdicts in force without their answers, which are most of their bulk."""
    found = {}
    for some in chunks(list(company_ids)):
        wanted = select(*_BRIEF).where(
            verdict.c.campaign_id == campaign_id,
            verdict.c.company_id.in_(some),
            verdict.c.superseded_at.is_(None),
        )
        found.update({row["company_id"]: dict(row) for row in tx.execute(wanted).mappings()})
    return found


_STANDING = (verdict.c.id, *_BRIEF, verdict.c.basis, verdict.c.today, verdict.c.lasts_until)


def standing(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The verdicts in force without their answers, with what they rest on and how long they last."""
    found = {}
    for some in chunks(list(company_ids)):
        wanted = select(*_STANDING).where(
            verdict.c.campaign_id == campaign_id,
            verdict.c.company_id.in_(some),
            verdict.c.superseded_at.is_(None),
        )
        found.update({row["company_id"]: dict(row) for row in tx.execute(wanted).mappings()})
    return found


def rest(tx: Tx, rows: Sequence[tuple[UUID, str, date]]) -> None:
    """Note that verdicts, which say the same as before, rest on something else now: id, basis, and
    the day until which they last.
    """
    if rows:
        noted = (
            update(verdict)
            .where(verdict.c.id == bindparam("of"))
            .values(basis=bindparam("on"), lasts_until=bindparam("until"))
        )
        tx.execute(noted, [{"of": one, "on": basis, "until": until} for one, basis, until in rows])


def supersede(tx: Tx, ids: Sequence[UUID]) -> None:
    """Put verdicts out of force."""
    for some in chunks(list(ids)):
        tx.execute(update(verdict).where(verdict.c.id.in_(some)).values(superseded_at=now()))


def add(tx: Tx, rows: Sequence[dict[str, Any]]) -> None:
    """Store verdicts; each row holds every column but `id`, `decided_at` and `superseded_at`."""
    at = now()
    for some in chunks(list(rows), 1500):
        tx.execute(insert(verdict), [{"id": new_id(), "decided_at": at, **row} for row in some])


def end_of_gone(tx: Tx, client_id: UUID) -> list[tuple[UUID, UUID]]:
    """Put the verdicts of merged and vanished companies out of force; campaign and company ids of
    each.
    """
    gone = select(company.c.id).where(
        company.c.client_id == client_id,
        company.c.merged_into.is_not(None) | company.c.gone_at.is_not(None),
    )
    ended = update(verdict).where(
        verdict.c.client_id == client_id,
        verdict.c.superseded_at.is_(None),
        verdict.c.company_id.in_(gone),
    )
    rows = tx.execute(
        ended.values(superseded_at=now()).returning(verdict.c.campaign_id, verdict.c.company_id)
    )
    return [(row.campaign_id, row.company_id) for row in rows]


def relationships(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, dict[str, Any]]:
    """How those of the companies stand with the campaign that are no longer untouched."""
    found = {}
    for some in chunks(list(company_ids)):
        wanted = select(relationship).where(
            relationship.c.campaign_id == campaign_id, relationship.c.company_id.in_(some)
        )
        found.update({row["company_id"]: dict(row) for row in tx.execute(wanted).mappings()})
    return found


def relate(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    company_id: UUID,
    state: str,
    reason: str,
    reopens_at: datetime | None = None,
) -> None:
    """Write how a company stands with the campaign from now on."""
    same = (relationship.c.campaign_id == campaign_id) & (relationship.c.company_id == company_id)
    values = {"state": state, "reason": reason, "since": now(), "reopens_at": reopens_at}
    if not tx.execute(update(relationship).where(same).values(**values)).rowcount:
        tx.execute(
            insert(relationship).values(
                id=new_id(),
                client_id=client_id,
                campaign_id=campaign_id,
                company_id=company_id,
                **values,
            )
        )


#: Of two relationships of one company, the one that stands: the furthest, and a lost one before one
#: that is merely open.
_STANDS = ("untouched", "contacted", "lost", "lead", "qualified_lead", "customer")


def move_relationships(tx: Tx, merges: Sequence[tuple[UUID, UUID]]) -> None:
    """Let the survivors of merges inherit how the merged companies stood, where that is further
    than they got themselves.
    """
    for gone, to in merges:
        for row in (
            tx.execute(select(relationship).where(relationship.c.company_id == gone))
            .mappings()
            .all()
        ):
            own = relationships(tx, row["campaign_id"], [to]).get(to)
            if own is None or _STANDS.index(own["state"]) < _STANDS.index(row["state"]):
                relate(
                    tx,
                    row["client_id"],
                    row["campaign_id"],
                    to,
                    row["state"],
                    row["reason"],
                    row["reopens_at"],
                )


def all_of(tx: Tx, campaign_id: UUID, *, every: bool) -> Iterator[dict[str, Any]]:
    """The verdicts of a campaign, oldest first: those in force, or with `every` the superseded ones
    too.
    """
    wanted = select(verdict).where(verdict.c.campaign_id == campaign_id).order_by(verdict.c.id)
    rows = tx.execute(wanted if every else wanted.where(verdict.c.superseded_at.is_(None)))
    yield from (dict(row) for row in rows.mappings())


def history(tx: Tx, campaign_id: UUID, company_id: UUID) -> list[dict[str, Any]]:
    """Every verdict on one company, newest first."""
    wanted = select(verdict).where(
        verdict.c.campaign_id == campaign_id, verdict.c.company_id == company_id
    )
    return [
        dict(row)
        for row in tx.execute(
            wanted.order_by(verdict.c.decided_at.desc(), verdict.c.id.desc())
        ).mappings()
    ]


def count_by_stage(tx: Tx, campaign_id: UUID) -> dict[str, int]:
    """How many companies the profile alone puts at each stage."""
    wanted = select(verdict.c.fit_stage, func.count().label("n")).where(
        verdict.c.campaign_id == campaign_id, verdict.c.superseded_at.is_(None)
    )
    return {row.fit_stage: row.n for row in tx.execute(wanted.group_by(verdict.c.fit_stage))}
