"""Links to reports; their tokens are stored as hashes only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select, update

from leads.clock import now
from leads.ids import new_id
from leads.store.engine import Tx
from leads.store.schema import campaign, client, shared_report

#: Links of a client that are listed though they are over, the newest.
LISTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShare:
    """A link to be stored."""

    client_id: UUID
    campaign_id: UUID
    token_hash: str
    part: str
    since: datetime | None
    until: datetime | None
    made_by: str
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRow:
    """One link as stored."""

    id: UUID
    client_id: UUID
    client: str
    campaign: str
    part: str
    since: datetime | None
    until: datetime | None
    made_by: str
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    views: int
    viewed_at: datetime | None

    def is_open(self, at: datetime) -> bool:
        """Whether it still shows the report."""
        return self.ended_at is None and at < self.ends_at

    def state(self, at: datetime) -> str:
        """`open`, `ended` by somebody, or `expired`."""
        if self.ended_at:
            return "ended"
        return "open" if at < self.ends_at else "expired"


def add(tx: Tx, share: NewShare) -> UUID:
    """Store a link; its id."""
    made = new_id()
    values = {name: getattr(share, name) for name in NewShare.__slots__}
    tx.execute(insert(shared_report).values(id=made, made_at=now(), views=0, **values))
    return made


def of_client(tx: Tx, client_id: UUID) -> list[ShareRow]:
    """List the links of a client that are open, and the newest that are over; newest first."""
    own, is_open = shared_report.c.client_id == client_id, _is_open()
    some = _rows(tx, and_(own, is_open)) + _rows(tx, and_(own, ~is_open), LISTED)
    return sorted(some, key=lambda row: (row.made_at, str(row.id)), reverse=True)


def one(tx: Tx, client_id: UUID, share_id: UUID) -> ShareRow | None:
    """A link of a client."""
    own = and_(shared_report.c.client_id == client_id, shared_report.c.id == share_id)
    return next(iter(_rows(tx, own)), None)


def of_hash(tx: Tx, token_hash: str) -> ShareRow | None:
    """The link with that hash, whether it is over or not."""
    return next(iter(_rows(tx, shared_report.c.token_hash == token_hash)), None)


def count_view(tx: Tx, share_id: UUID) -> None:
    """Count that a link was opened."""
    # Added by the database: two who open it at once are two.
    more = {"views": shared_report.c.views + 1, "viewed_at": now()}
    tx.execute(update(shared_report).where(shared_report.c.id == share_id).values(more))


def end(tx: Tx, share_id: UUID) -> bool:
    """End a link; False: it is over already."""
    wanted = update(shared_report).where(shared_report.c.id == share_id, _is_open())
    return bool(tx.execute(wanted.values(ended_at=now())).rowcount)


def open_of_user(tx: Tx, made_by: str) -> Sequence[ShareRow]:
    """The links that a user made and that are not over."""
    return _rows(tx, and_(shared_report.c.made_by == made_by, _is_open()))


def forget(tx: Tx, client_id: UUID, before: datetime) -> None:
    """Delete the links of a client that were over before a moment."""
    over = or_(shared_report.c.ends_at < before, shared_report.c.ended_at < before)
    tx.execute(delete(shared_report).where(shared_report.c.client_id == client_id, over))


def _is_open() -> ColumnElement[bool]:
    return and_(shared_report.c.ended_at.is_(None), shared_report.c.ends_at > now())


def _rows(tx: Tx, which: ColumnElement[bool], most: int | None = None) -> list[ShareRow]:
    own = [name for name in ShareRow.__slots__ if name not in ("client", "campaign")]
    wanted = (
        select(
            *(shared_report.c[name] for name in own),
            client.c.name.label("client"),
            campaign.c.name.label("campaign"),
        )
        .join(client, client.c.id == shared_report.c.client_id)
        .join(campaign, campaign.c.id == shared_report.c.campaign_id)
        .where(which)
        .order_by(shared_report.c.made_at.desc(), shared_report.c.id.desc())
        .limit(most)
    )
    return [ShareRow(**row) for row in tx.execute(wanted).mappings()]
