"""One actor at one open database: how every action gets its transaction."""

from __future__ import annotations

import getpass
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from difflib import get_close_matches
from uuid import UUID

from actions.actor import Actor, Right, Role, roles_with
from leads.changes import Change
from leads.errors import NotAllowedError, NotFoundError
from leads.ids import new_id
from leads.settings import Settings, load_settings
from leads.store import Store, Tx, campaigns, clients, scope, users
from leads.store.engine import CACHE_MB, writes
from leads.store.migrate import open_store
from outreach.hashing import secret_of
from spiders.limits import limits_of
from workers.context import Context
from workers.pipeline import follow

Progress = Callable[[str, int, int], None]
#: Megabytes of the database that each connection keeps when many read it.
_CACHE_FOR_MANY_MB = 4


@dataclass(frozen=True, slots=True)
class Transaction:
    """An open transaction of an actor whose right to it has been checked."""

    tx: Tx
    actor: Actor
    session: Session

    def client(self, name: str) -> UUID:
        """Find a client by name; NotFoundError when it is missing or out of the actor's scope."""
        if (found := clients.find_client(self.tx, name)) is not None:
            return self._in_scope(found.id, name)
        with scope.every_client(self.tx):
            if name != clients.DEFAULT_CLIENT and clients.find_client(self.tx, name) is None:
                raise self._no_client(name)
            # The first action that writes for `default` adds it; reading never does.
            find = clients.client_to_change if writes(self.tx) else clients.client_of
            return self._in_scope(find(self.tx, name).id, name)

    def make_client(self, name: str) -> UUID:
        """Find a client by name, or add it when the actor may add clients."""
        if clients.find_client(self.tx, name) is None and name != clients.DEFAULT_CLIENT:
            check_actor(self.actor, Right.ADMINISTER)
            self.check_every_client()
        with scope.every_client(self.tx):
            return self._in_scope(clients.make_client(self.tx, name).id, name)

    def campaign(self, client: str, campaign: str | None) -> tuple[UUID, UUID]:
        """Find a client and its campaign, or its only campaign when none is named."""
        client_id = self.client(client)
        return client_id, campaigns.campaign_of(self.tx, client_id, campaign).id

    def check_every_client(self) -> None:
        """Check that the actor may act for all clients; NotAllowedError otherwise."""
        if self.actor.clients is not None:
            raise NotAllowedError(
                f"{self.actor.name} may act for some clients only, and this concerns every client",
                "name one client, or ask an admin",
            )

    def follow(self, changes: Sequence[Change]) -> None:
        """Add the tasks that these changes cause, in this transaction."""
        follow(self.tx, changes, self.session.trace_id)

    def _no_client(self, name: str) -> NotFoundError:
        """The error for a client that does not exist; it names only clients in the actor's scope."""
        seen = [one.name for one in clients.every(self.tx) if self.actor.sees(one.id)]
        by_lower = {one.casefold(): one for one in (clients.DEFAULT_CLIENT, *seen)}
        near = get_close_matches(name.casefold(), by_lower, 1)
        hint = f"did you mean {by_lower[near[0]]!r}?" if near else "see `sluice client list`;"
        add = f"`sluice client add {shlex.quote(name)}` or `sluice run --new-client` adds it"
        return NotFoundError(f"there is no client {name!r}", f"{hint} {add}")

    def _in_scope(self, client_id: UUID, name: str) -> UUID:
        if not self.actor.sees(client_id):
            raise NotAllowedError(
                f"{self.actor.name} may not work for the client {name!r}",
                "ask an admin to add the client to your user",
            )
        return client_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """The settings, the open database and the name of who acts."""

    settings: Settings
    #: As the workers see it: every client.
    store: Store
    #: As given by the caller; None: the setting `user`, else the login name.
    user: str | None = None
    progress: Progress | None = None
    #: The one client that may be seen and changed; None: every client of the actor.
    only_client: UUID | None = None
    #: What this session causes carries this id.
    trace_id: str = field(default_factory=lambda: str(new_id()))

    @contextmanager
    def read(self, right: Right = Right.VIEW) -> Iterator[Transaction]:
        """Open a transaction that only reads; NotAllowedError when the actor lacks the right."""
        with self._unbound.read() as tx:
            yield self._checked(tx, right)

    @contextmanager
    def write(self, right: Right, *, dry_run: bool = False) -> Iterator[Transaction]:
        """Open a transaction that writes; a dry run undoes it at the end."""
        with self._unbound.rehearse() if dry_run else self._unbound.write() as tx:
            yield self._checked(tx, right)

    def context(self) -> Context:
        """Make what the tasks of the pipeline work with."""
        return Context(
            store=self.store,
            settings=self.settings,
            secret=self.secret,
            limits=limits_of(self.settings),
            trace_id=self.trace_id,
            progress=self.progress,
        )

    def store_of(self, actor: Actor) -> Store:
        """The database as an actor may see it, for steps that open their own transactions."""
        return self.store.bound(scope.Scope(_clients(actor)))

    @property
    def _unbound(self) -> Store:
        """The database before it is known who acts: no client's row may be touched."""
        return self.store.bound(scope.UNKNOWN)

    @property
    def secret(self) -> bytes:
        """The key of hashed suppressions."""
        return secret_of(self.settings)

    @property
    def lease(self) -> timedelta:
        """How long a prospect stays leased to one user."""
        return timedelta(minutes=self.settings.lease_minutes)

    @property
    def user_name(self) -> str:
        """Who acts: as given, else the setting `user`, else the login name."""
        return self.user or self.settings["user"] or login_name()

    def _checked(self, tx: Tx, right: Right) -> Transaction:
        actor = _actor(tx, self.user_name)
        if self.only_client is not None:
            actor = actor.for_client(self.only_client)
        check_actor(actor, right)
        scope.enter(tx, actor.clients)
        return Transaction(tx, actor, self)


def check_actor(actor: Actor, right: Right) -> None:
    """Check that the actor's role includes a right; NotAllowedError otherwise."""
    if not actor.may(right):
        raise NotAllowedError(
            f"{actor.name} ({actor.role}) may not {right}",
            f"ask a user with one of these roles: {', '.join(roles_with(right))}",
        )


@dataclass(frozen=True, slots=True)
class Installation:
    """The settings and the open database, for many users at once."""

    settings: Settings
    store: Store

    def session(
        self,
        user: str | None,
        progress: Progress | None = None,
        only_client: UUID | None = None,
    ) -> Session:
        """The session of one user, who may be held to one client."""
        return Session(
            settings=self.settings,
            store=self.store,
            user=user,
            progress=progress,
            only_client=only_client,
        )


@contextmanager
def open_installation(
    settings: Settings | None = None, *, for_many: bool = False
) -> Iterator[Installation]:
    """Open the database of the settings; it is closed at the end.

    `for_many`: many threads read it at once, and each connection keeps less of it.
    """
    settings = settings or load_settings()
    store = open_store(settings.database_url, _CACHE_FOR_MANY_MB if for_many else CACHE_MB)
    try:
        yield Installation(settings, store)
    finally:
        store.close()


@contextmanager
def open_session(user: str | None = None, progress: Progress | None = None) -> Iterator[Session]:
    """Open the database of the settings for one user; it is closed at the end."""
    with open_installation() as installation:
        yield installation.session(user, progress)


def _clients(actor: Actor) -> frozenset[UUID] | None:
    return None if actor.clients is None else frozenset(actor.clients)


def _actor(tx: Tx, name: str) -> Actor:
    """Look a user up. Until an admin is added, everyone unknown acts as one."""
    found = users.find(tx, name)
    if found:
        return Actor(name, Role(found.role), found.clients)
    if users.any_admin(tx):
        if meant := users.alike(tx, name):
            raise NotAllowedError(f"there is no user {name!r}", f"did you mean {meant!r}?")
        raise NotAllowedError(
            f"there is no user {name!r}",
            f"an admin adds it with `sluice user add {name}`; name another user with --as",
        )
    return Actor(name)


def login_name() -> str:
    """Return the name that the system knows the user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
