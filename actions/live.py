"""Follow what others do, for pages that show it without being reloaded."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from actions.actor import Right
from actions.session import Session
from actions.web_sessions import goes_on
from actions.where import Where
from leads.clock import now
from leads.errors import SluiceError
from leads.store import Store, live, users, web_sessions

#: A transaction may commit so much later than it logged.
_WINDOW = timedelta(seconds=15)
#: Events that one look reads; with more, pages miss some until they are opened again.
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class Listener:
    """A page that is open in the browser of a user, and what it may hear of."""

    #: The hash of the session's cookie.
    session: str
    user: str
    role: str
    clients: frozenset[UUID] | None
    #: None: the user chose no client or campaign yet.
    client_id: UUID | None
    campaign_id: UUID | None


@dataclass(frozen=True, slots=True)
class Change:
    """Something happened to a company or list; who holds the company now, by campaign."""

    client_id: UUID
    thing: str
    thing_id: str
    holders: Mapping[UUID, str]


def listener(session: Session, token_hash: str, where: Where) -> Listener:
    """A page of the actor, in the client and campaign that the actor works."""
    client_id = campaign_id = None
    with session.read(Right.ENTER) as work:
        with suppress(SluiceError):
            client_id = work.client(where.client)
            campaign_id = work.campaign(where.client, where.campaign)[1]
        clients = work.actor.clients
        return Listener(
            session=token_hash,
            user=work.actor.name,
            role=str(work.actor.role),
            clients=None if clients is None else frozenset(clients),
            client_id=client_id,
            campaign_id=campaign_id,
        )


def ended(store: Store, listeners: Collection[Listener]) -> list[Listener]:
    """Those whose session is over, or whose user has other rights or clients by now."""
    with store.read() as tx:
        rows = {one.session: web_sessions.find(tx, one.session) for one in listeners}
        accounts = {one.user: users.find(tx, one.user) for one in listeners}
    gone = []
    for one in listeners:
        row, account = rows[one.session], accounts[one.user]
        clients = None if account is None or account.clients is None else frozenset(account.clients)
        same = account and (account.role, clients) == (one.role, one.clients)
        if row is None or not goes_on(row) or not same:
            gone.append(one)
    return gone


class Follower:
    """Looks again and again at what happened since it looked last."""

    def __init__(self, store: Store) -> None:
        """Start from now."""
        self._store = store
        self._seen: set[UUID] = set()
        self._pulse: tuple[str, ...] = ()
        self._changes()

    def look(self) -> tuple[Sequence[Change], bool]:
        """What changed, oldest first, and whether the background work moved."""
        with self._store.read() as tx:
            pulse = live.pulse(tx)
        changes = self._changes()
        moved, self._pulse = pulse != self._pulse, pulse
        return changes, moved

    def _changes(self) -> Sequence[Change]:
        with self._store.read() as tx:
            found = live.touched_since(tx, now() - _WINDOW, _MOST)
            new = [one for one in reversed(found) if one.event_id not in self._seen]
            companies = {UUID(one.thing_id) for one in new if one.thing == "company"}
            holders = live.holders(tx, companies)
        self._seen = {one.event_id for one in found}

        by_thing = {(one.client_id, one.thing, one.thing_id): one for one in new}
        return [
            Change(client_id, thing, thing_id, _of(holders, thing, thing_id))
            for client_id, thing, thing_id in by_thing
        ]


def _of(
    holders: Mapping[UUID, Mapping[UUID, str]], thing: str, thing_id: str
) -> Mapping[UUID, str]:
    return holders.get(UUID(thing_id), {}) if thing == "company" else {}
