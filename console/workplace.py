"""What every command needs: the settings, the open database, and who is acting."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from console.command_trace import TRACE
from leads.settings import Settings, load_settings

if TYPE_CHECKING:  # The store takes a tenth of a second to import; --help does without.
    from collections.abc import Callable

    from leads.store import Store, Tx
    from outreach.run.queue_user import QueueUser
    from workers.context import Context


def _new_trace() -> str:
    from leads.ids import new_id

    return str(new_id())


@dataclass(frozen=True, slots=True)
class Workplace:
    """One command's surroundings."""

    settings: Settings
    store: Store
    #: The trace of everything this command causes.
    trace_id: str = field(default_factory=_new_trace)

    def context(self, *, progress: Callable[[str, int, int], None] | None = None) -> Context:
        """What the pipeline's tasks work with."""
        from outreach.hashing import secret_of
        from workers.context import Context

        secret = secret_of(self.settings)
        return Context(
            store=self.store,
            settings=self.settings,
            secret=secret,
            trace_id=self.trace_id,
            progress=progress,
        )

    def check_crawler(self) -> None:
        """UsageError when the settings do not say who it is that visits companies' sites."""
        from spiders.limits import check_user_agent

        check_user_agent(self.settings["user_agent"])

    def client(self, tx: Tx, name: str, *, make: bool = False) -> UUID:
        """The client's id; NotFoundError when there is none of that name."""
        from leads.store import clients
        from leads.store.engine import writes

        if make:
            return clients.make_client(tx, name).id
        # The first action that writes for `default` adds it; reading never does.
        find = clients.client_to_change if writes(tx) else clients.client_of
        return find(tx, name).id

    def campaign(self, tx: Tx, client: str, campaign: str | None) -> tuple[UUID, UUID]:
        """The client's and the campaign's id; NotFoundError when one is missing."""
        from leads.store import campaigns

        client_id = self.client(tx, client)
        return client_id, campaigns.campaign_of(tx, client_id, campaign).id

    def desk(self, tx: Tx, client: str, campaign: str | None, user: str | None) -> QueueUser:
        """One person at one campaign's queue."""
        from datetime import timedelta

        from outreach.hashing import secret_of
        from outreach.run.queue_user import QueueUser

        client_id, campaign_id = self.campaign(tx, client, campaign)
        last = timedelta(minutes=self.settings.lease_minutes)
        return QueueUser(client_id, campaign_id, self.user(user), secret_of(self.settings), last)

    def user(self, given: str | None) -> str:
        """Who is acting: as given, else the setting, else the login name."""
        return given or self.settings["user"] or _login()


@contextmanager
def workplace() -> Iterator[Workplace]:
    """Open the database of the settings; it is closed at the end."""
    from leads.store.migrate import open_store

    settings = load_settings()
    store = open_store(settings.database_url)
    try:
        at = Workplace(settings, store)
        TRACE.set(at.trace_id)
        yield at
    finally:
        store.close()


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "somebody"
