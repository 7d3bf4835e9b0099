"""Who a user is, and where the user works unless another place is named."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Actor, Right
from actions.own_defaults import own_settings_of
from actions.session import Session, Transaction
from actions.where import Where
from leads.settings import Settings
from leads.store import campaigns, clients
from leads.store.ledger.pauses import paused


@dataclass(frozen=True, slots=True)
class OwnPlace:
    """A user, the queue that the user works, and the user's time zone; None: the machine's."""

    actor: Actor
    where: Where
    zone: str | None
    #: Whether nothing of the background work is started.
    is_paused: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A client that the user sees, and its campaigns."""

    client: str
    campaigns: tuple[str, ...]


def own_place(session: Session) -> OwnPlace:
    """The actor, and the usual place of the actor."""
    with session.read(Right.ENTER) as work:
        settings = own_settings_of(work.tx, session.settings, work.actor.name)
        where = Where(_usual_client(work, settings), settings["campaign"] or None)
        is_paused = paused(work.tx).everything
        return OwnPlace(work.actor, where, settings["time_zone"] or None, is_paused)


def choices(session: Session) -> list[Choice]:
    """The clients that the actor sees, each with its campaigns, by name."""
    with session.read(Right.ENTER) as work:
        seen = [one for one in clients.every(work.tx) if work.actor.sees(one.id)]
        return [
            Choice(one.name, tuple(row.name for row in campaigns.of_client(work.tx, one.id)))
            for one in sorted(seen, key=lambda one: one.name)
        ]


def place_of(session: Session, client: str, campaign: str) -> Where:
    """The named place; without a client the usual one, else the only one that the actor sees.

    The usual campaign is that of the usual client.
    """
    with session.read(Right.ENTER) as work:
        settings = own_settings_of(work.tx, session.settings, work.actor.name)
        usual = _usual_client(work, settings)
    chosen = client or usual
    is_usual = chosen == settings["client"]
    return Where(chosen, campaign or (settings["campaign"] if is_usual else "") or None)


def _usual_client(work: Transaction, settings: Settings) -> str:
    return settings["client"] or _only_client(work) or clients.DEFAULT_CLIENT


def _only_client(work: Transaction) -> str:
    if work.actor.clients is None or len(work.actor.clients) != 1:
        return ""
    return next((one.name for one in clients.every(work.tx) if work.actor.sees(one.id)), "")
