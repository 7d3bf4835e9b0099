"""Who a user is, and where the user works unless another place is named."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Actor, Right
from actions.own_defaults import own_settings_of
from actions.session import Session
from actions.where import Where
from leads.store import campaigns, clients


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A user, the queue that the user works, and the user's time zone; None: the machine's."""

    actor: Actor
    where: Where
    zone: str | None


@dataclass(frozen=True, slots=True)
class Choice:
    """A client that the user sees, and its campaigns."""

    client: str
    campaigns: tuple[str, ...]


def own_place(session: Session) -> OwnPlace:
    """The actor, and the usual place of the actor."""
    with session.read(Right.ENTER) as work:
        settings = own_settings_of(work.tx, session.settings, work.actor.name)
        where = Where(settings["client"] or clients.DEFAULT_CLIENT, settings["campaign"] or None)
        return OwnPlace(work.actor, where, settings["time_zone"] or None)


def choices(session: Session) -> list[Choice]:
    """The clients that the actor sees, each with its campaigns, by name."""
    with session.read(Right.ENTER) as work:
        seen = [one for one in clients.every(work.tx) if work.actor.sees(one.id)]
        return [
            Choice(one.name, tuple(row.name for row in campaigns.of_client(work.tx, one.id)))
            for one in sorted(seen, key=lambda one: one.name)
        ]
