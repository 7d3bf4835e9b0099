"""The queue: who stands in it, who holds what until when, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, insert, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx, chunks
from leads.store.schema import campaign, company, disposition, lease, queue_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where one company should stand: in the queue with its score, or out of it with the reason."""

    company_id: UUID
    state: str
    reason: str
    score_worst: int = 0
    score_best: int = 0
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """One live lease."""

    lease_id: UUID
    entry_id: UUID
    client_id: UUID
    campaign_id: UUID
    company_id: UUID
    user: str
    token: int
    since: datetime
    until: datetime


def entries(tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    """The queue rows of those companies that have one."""
    found = {}
    for some in chunks(list(company_ids)):
        wanted = select(queue_entry).where(
            queue_entry.c.campaign_id == campaign_id, queue_entry.c.company_id.in_(some)
        )
        found.update({row["company_id"]: dict(row) for row in tx.execute(wanted).mappings()})
    return found


def add(tx: Tx, client_id: UUID, campaign_id: UUID, places: Sequence[Place]) -> None:
    """Give companies their first row."""
    at = now()
    rows = [
        {
            "id": new_id(),
            "client_id": client_id,
            "campaign_id": campaign_id,
            "token": 0,
            "attempts": 0,
            "entered_at": at,
            **_values(one),
        }
        for one in places
    ]
    for some in chunks(rows):
        tx.execute(insert(queue_entry), some)


def move(tx: Tx, places: Sequence[tuple[UUID, Place]]) -> None:
    """Change rows, named by their id; a row that somebody holds keeps its state."""
    if places:
        rows = [
            {"of": entry_id, **{f"to_{name}": value for name, value in _values(one).items()}}
            for entry_id, one in places
        ]
        values: dict[str, Any] = {name: bindparam(f"to_{name}") for name in _values(places[0][1])}
        statement = update(queue_entry).where(
            queue_entry.c.id == bindparam("of"), queue_entry.c.state != "leased"
        )
        tx.execute(statement.values(values), rows)


def note(tx: Tx, notes: Sequence[tuple[UUID, str]]) -> None:
    """Write a reason on rows that somebody holds, for the card."""
    if notes:
        statement = (
            update(queue_entry)
            .where(queue_entry.c.id == bindparam("of"))
            .values(reason=bindparam("why"))
        )
        tx.execute(statement, [{"of": entry_id, "why": why} for entry_id, why in notes])


def _values(place: Place) -> dict[str, Any]:
    return {
        **{name: getattr(place, name) for name in Place.__slots__},
        "rank": -(place.score_worst * 101 + place.score_best),
    }


def due(tx: Tx, campaign_id: UUID, limit: int) -> list[dict[str, Any]]:
    """The best ready rows that may be handed out now."""
    at = now()
    wanted = (
        select(queue_entry)
        .where(queue_entry.c.campaign_id == campaign_id, queue_entry.c.state == "ready")
        .where(or_(queue_entry.c.not_before.is_(None), queue_entry.c.not_before <= at))
        .order_by(queue_entry.c.rank, queue_entry.c.id)
        .limit(limit)
    )
    if tx.dialect.name == "postgresql":
        wanted = wanted.with_for_update(skip_locked=True)
    return [dict(row) for row in tx.execute(wanted).mappings()]


def one_at_a_time(tx: Tx, campaign_id: UUID) -> None:
    """Let whoever takes from this campaign's queue at the same moment wait for this transaction:
    nobody gets two, nobody the same.
    """
    if tx.dialect.name == "postgresql":
        tx.execute(select(campaign.c.id).where(campaign.c.id == campaign_id).with_for_update())


def take(tx: Tx, entry: dict[str, Any], user: str, last: timedelta) -> Held | None:
    """Lease a row to a person; None when somebody was faster."""
    ready = update(queue_entry).where(
        queue_entry.c.id == entry["id"],
        queue_entry.c.state == "ready",
        queue_entry.c.token == entry["token"],
    )
    if not tx.execute(
        ready.values(
            state="leased", token=queue_entry.c.token + 1, attempts=queue_entry.c.attempts + 1
        )
    ).rowcount:
        return None
    at = now()
    made = Held(
        new_id(),
        entry["id"],
        entry["client_id"],
        entry["campaign_id"],
        entry["company_id"],
        user,
        entry["token"] + 1,
        at,
        at + last,
    )
    tx.execute(
        insert(lease).values(
            id=made.lease_id,
            client_id=made.client_id,
            queue_entry_id=made.entry_id,
            user=user,
            token=made.token,
            since=at,
            until=made.until,
        )
    )
    return made


def held_by(tx: Tx, campaign_id: UUID, user: str | None = None) -> list[Held]:
    """The live leases of a campaign, or of one person in it, oldest first."""
    wanted = (
        select(
            lease.c.id,
            lease.c.queue_entry_id,
            lease.c.client_id,
            queue_entry.c.campaign_id,
            queue_entry.c.company_id,
            lease.c.user,
            lease.c.token,
            lease.c.since,
            lease.c.until,
        )
        .join(queue_entry, queue_entry.c.id == lease.c.queue_entry_id)
        .where(queue_entry.c.campaign_id == campaign_id, lease.c.ended_at.is_(None))
        .order_by(lease.c.id)
    )
    if user is not None:
        wanted = wanted.where(lease.c.user == user)
    return [Held(*row) for row in tx.execute(wanted)]


def let_go(tx: Tx, held: Held, how: str, place: Place) -> bool:
    """End a lease and put its row where it belongs now; False when the lease had ended already."""
    mine = update(lease).where(
        lease.c.id == held.lease_id, lease.c.token == held.token, lease.c.ended_at.is_(None)
    )
    if not tx.execute(mine.values(ended_at=now(), ended_by=how)).rowcount:
        return False
    row = update(queue_entry).where(
        queue_entry.c.id == held.entry_id, queue_entry.c.token == held.token
    )
    tx.execute(row.values(**_values(place)))
    return True


def expired(tx: Tx, campaign_id: UUID) -> list[Held]:
    """The leases of a campaign that ran out."""
    at = now()
    return [held for held in held_by(tx, campaign_id) if held.until <= at]


def lapsed(tx: Tx, campaign_id: UUID, user: str) -> list[tuple[Held, bool]]:
    """A person's leases that ran out without a word, newest first, and whether the row is still as
    it was left.
    """
    wanted = (
        select(
            lease.c.id,
            lease.c.queue_entry_id,
            lease.c.client_id,
            queue_entry.c.campaign_id,
            queue_entry.c.company_id,
            lease.c.user,
            lease.c.token,
            lease.c.since,
            lease.c.until,
            queue_entry.c.token.label("now"),
        )
        .join(queue_entry, queue_entry.c.id == lease.c.queue_entry_id)
        .outerjoin(disposition, disposition.c.lease_id == lease.c.id)
        .where(
            queue_entry.c.campaign_id == campaign_id,
            lease.c.user == user,
            lease.c.ended_by == "expired",
            disposition.c.id.is_(None),
        )
        .order_by(lease.c.id.desc())
        .limit(20)
    )
    rows: list[Any] = list(tx.execute(wanted))
    return [(Held(*row[:-1]), row.token == row.now) for row in rows]


def settle_lapsed(tx: Tx, held: Held, place: Place | None) -> None:
    """Close a lease that ran out before its holder spoke; the row moves to `place`, unless it is
    another's by now.
    """
    tx.execute(update(lease).where(lease.c.id == held.lease_id).values(ended_by="done"))
    if place is not None:
        row = update(queue_entry).where(
            queue_entry.c.id == held.entry_id,
            queue_entry.c.token == held.token,
            queue_entry.c.state != "leased",
        )
        tx.execute(row.values(**_values(place)))


def follow_merges(tx: Tx, merges: Sequence[tuple[UUID, UUID]]) -> None:
    """Let rows and leases of merged companies go over to the ones that survive: who holds the one
    holds the other.
    """
    for gone, to in merges:
        for row in (
            tx.execute(select(queue_entry).where(queue_entry.c.company_id == gone)).mappings().all()
        ):
            here = (queue_entry.c.campaign_id == row["campaign_id"]) & (
                queue_entry.c.company_id == to
            )
            other = tx.execute(select(queue_entry).where(here)).mappings().first()
            if other is None:
                tx.execute(
                    update(queue_entry).where(queue_entry.c.id == row["id"]).values(company_id=to)
                )
            elif row["state"] == "leased" and other["state"] != "leased":
                _hand_over(tx, dict(row), dict(other))
            elif row["state"] != "leased":
                tx.execute(
                    update(queue_entry)
                    .where(queue_entry.c.id == row["id"])
                    .values(state="out", reason="it is part of another company now")
                )


def _hand_over(tx: Tx, row: dict[str, Any], other: dict[str, Any]) -> None:
    token = max(row["token"], other["token"]) + 1
    live = update(lease).where(lease.c.queue_entry_id == row["id"], lease.c.ended_at.is_(None))
    tx.execute(live.values(queue_entry_id=other["id"], token=token))
    tx.execute(
        update(queue_entry)
        .where(queue_entry.c.id == other["id"])
        .values(state="leased", token=token)
    )
    tx.execute(
        update(queue_entry)
        .where(queue_entry.c.id == row["id"])
        .values(state="out", reason="it is part of another company now")
    )


def dispose(tx: Tx, held: Held, kind: str, note_text: str, again_at: datetime | None) -> None:
    """Write down what came of a lease."""
    tx.execute(
        insert(disposition).values(
            id=new_id(),
            client_id=held.client_id,
            campaign_id=held.campaign_id,
            company_id=held.company_id,
            lease_id=held.lease_id,
            user=held.user,
            kind=kind,
            note=note_text,
            at=now(),
            again_at=again_at,
        )
    )


def dispositions(
    tx: Tx, campaign_id: UUID, company_ids: Sequence[UUID]
) -> dict[UUID, list[dict[str, Any]]]:
    """What came of these companies so far, oldest first."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    for some in chunks(list(company_ids)):
        wanted = select(disposition).where(
            disposition.c.campaign_id == campaign_id, disposition.c.company_id.in_(some)
        )
        for row in tx.execute(wanted.order_by(disposition.c.at, disposition.c.id)).mappings():
            found.setdefault(row["company_id"], []).append(dict(row))
    return found


def counts(tx: Tx, campaign_id: UUID) -> dict[str, int]:
    """How many rows are in each state."""
    wanted = select(queue_entry.c.state, func.count().label("n")).where(
        queue_entry.c.campaign_id == campaign_id
    )
    return {row.state: row.n for row in tx.execute(wanted.group_by(queue_entry.c.state))}


def disposition_counts(tx: Tx, campaign_id: UUID) -> dict[str, int]:
    """How often each disposition was given."""
    wanted = select(disposition.c.kind, func.count().label("n")).where(
        disposition.c.campaign_id == campaign_id
    )
    return {row.kind: row.n for row in tx.execute(wanted.group_by(disposition.c.kind))}


def open_to_suppression(tx: Tx, campaign_id: UUID) -> list[UUID]:
    """The companies that stand in the queue, are held, or are kept out by a suppression."""
    kept_out = queue_entry.c.reason.startswith("suppressed:")
    wanted = select(queue_entry.c.company_id).where(queue_entry.c.campaign_id == campaign_id)
    return list(
        tx.execute(wanted.where(queue_entry.c.state.in_(("ready", "leased")) | kept_out)).scalars()
    )


def ready(tx: Tx, campaign_id: UUID, limit: int) -> list[dict[str, Any]]:
    """The queue as it stands, best first, with the companies' names and who holds what."""
    wanted = (
        select(queue_entry, company.c.name, lease.c.user, lease.c.until)
        .join(company, company.c.id == queue_entry.c.company_id)
        .outerjoin(lease, (lease.c.queue_entry_id == queue_entry.c.id) & lease.c.ended_at.is_(None))
        .where(
            queue_entry.c.campaign_id == campaign_id, queue_entry.c.state.in_(("ready", "leased"))
        )
        .order_by(queue_entry.c.rank, queue_entry.c.id)
        .limit(limit)
    )
    return [dict(row) for row in tx.execute(wanted).mappings()]
