"""What came in at an inbox: each message counts once, and what was turned away is counted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, delete, func, or_, select, update

from leads.clock import now
from leads.inboxes import Delivery, Inbox, Turned
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import inbox, inbox_message, inbox_refusal

#: Senders repeat a message for some days under the same id.
KEPT = timedelta(days=7)
#: When a message that was taken counts as lost: what took it was stopped.
_LOST = timedelta(minutes=2)
_HOUR = timedelta(hours=1)
_ALL = inbox_message.c


def is_full(tx: Tx, inbox: Inbox) -> bool:
    """Whether as many messages came within an hour as the inbox takes."""
    lately = (_ALL.inbox_id == inbox.id) & (_ALL.at > now() - _HOUR)
    came = tx.execute(select(func.count()).select_from(inbox_message).where(lately)).scalar_one()
    return came >= inbox.rules.an_hour


def state_of(tx: Tx, inbox_id: UUID, message_id: str) -> str | None:
    """What came of a message: None when it is not known, or may be tried again."""
    at = now()
    mine = (_ALL.inbox_id == inbox_id) & (_ALL.message_id == message_id)
    row = tx.execute(select(_ALL.state, _ALL.at).where(mine)).first()
    if row is None or row.state == "refused":
        return None
    return None if row.state == "taken" and row.at < at - _LOST else str(row.state)


def take(tx: Tx, inbox: Inbox, message_id: str) -> bool:
    """Take a message that is not known, was refused, or was lost; False: another did meanwhile."""
    at = now()
    _forget_old(tx, inbox.id, at)
    row = {
        "inbox_id": inbox.id,
        "message_id": message_id,
        "client_id": inbox.client_id,
        "at": at,
        "state": "taken",
        "reason": "",
    }
    added = insert_or_skip(tx, inbox_message).values(row).returning(_ALL.message_id)
    if tx.execute(added).first() is not None:
        return True
    again = or_(_ALL.state == "refused", and_(_ALL.state == "taken", _ALL.at < at - _LOST))
    mine = and_(_ALL.inbox_id == inbox.id, _ALL.message_id == message_id, again)
    return tx.execute(update(inbox_message).where(mine).values(at=at, state="taken")).rowcount > 0


def settle(tx: Tx, inbox_id: UUID, message_id: str, state: str, reason: str = "") -> None:
    """Store what came of a message that was taken."""
    mine = (_ALL.inbox_id == inbox_id) & (_ALL.message_id == message_id)
    tx.execute(update(inbox_message).where(mine).values(state=state, reason=reason))


def page(
    tx: Tx, client_id: UUID, inbox_id: UUID, after: tuple[datetime, str] | None, size: int
) -> list[Delivery]:
    """Messages newest first, from behind one on."""
    wanted = select(_ALL.message_id, _ALL.at, _ALL.state, _ALL.reason).where(
        _ALL.client_id == client_id, _ALL.inbox_id == inbox_id
    )
    if after is not None:
        at, last = after
        wanted = wanted.where(or_(_ALL.at < at, and_(_ALL.at == at, _ALL.message_id < last)))
    ordered = wanted.order_by(_ALL.at.desc(), _ALL.message_id.desc()).limit(size)
    return [Delivery(*row) for row in tx.execute(ordered)]


def count_refusals(tx: Tx, some: Iterable[tuple[Inbox, str, int]]) -> None:
    """Count what was turned away: the inbox, the reason, and how often; removed inboxes are skipped."""
    at, some = now(), list(some)
    hour = at.replace(minute=0, second=0, microsecond=0)
    there = _kept_inboxes(tx, {one.id for one, _, _ in some})
    for one, reason, times in some:
        if one.id not in there:
            continue
        key = {"inbox_id": one.id, "hour": hour, "reason": reason}
        row = {**key, "client_id": one.client_id, "times": times, "last_at": at}
        added = insert_or_skip(tx, inbox_refusal).values(row)
        if tx.execute(added.returning(inbox_refusal.c.reason)).first() is not None:
            old = inbox_refusal.c.hour < at - KEPT
            tx.execute(delete(inbox_refusal).where(inbox_refusal.c.inbox_id == one.id, old))
            continue
        mine = and_(*(inbox_refusal.c[name] == value for name, value in key.items()))
        more = inbox_refusal.c.times + times
        tx.execute(update(inbox_refusal).where(mine).values(times=more, last_at=at))


def _kept_inboxes(tx: Tx, some: Iterable[UUID]) -> set[UUID]:
    """Those of the inboxes that are there, and are not removed before the transaction ends."""
    ids = sorted(some, key=str)
    wanted = select(inbox.c.id).where(inbox.c.id.in_(ids)).order_by(inbox.c.id)
    return set(tx.execute(wanted.with_for_update(read=True, key_share=True)).scalars())


def refusals(tx: Tx, client_id: UUID, inbox_id: UUID, most: int) -> list[Turned]:
    """What was turned away, the last first."""
    every = inbox_refusal.c
    wanted = select(every.hour, every.reason, every.times, every.last_at).where(
        every.client_id == client_id, every.inbox_id == inbox_id
    )
    ordered = wanted.order_by(every.hour.desc(), every.reason).limit(most)
    return [Turned(*row) for row in tx.execute(ordered)]


def _forget_old(tx: Tx, inbox_id: UUID, at: datetime) -> None:
    old = (_ALL.inbox_id == inbox_id) & (_ALL.at < at - KEPT)
    tx.execute(delete(inbox_message).where(old))
