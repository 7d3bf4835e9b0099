"""The usual client, campaign and time zone of a user, over those of the settings."""

from __future__ import annotations

from dataclasses import dataclass

from actions.actor import Right
from actions.session import Session, Transaction
from leads.errors import UsageError
from leads.settings import PREFIX, Given, Settings
from leads.store import Tx, campaigns, user_defaults
from leads.store.clients import DEFAULT_CLIENT
from leads.store.user_defaults import UserDefaults

__all__ = ["NewDefaults", "UserDefaults", "change_defaults", "own_settings", "show_defaults"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDefaults:
    """What is to become usual; None stays."""

    client: str | None = None
    campaign: str | None = None
    time_zone: str | None = None


def own_settings(session: Session) -> Settings:
    """The settings, with what the user has made usual."""
    with session.store.read() as tx:
        return own_settings_of(tx, session.settings, session.user_name)


def own_settings_of(tx: Tx, settings: Settings, user: str) -> Settings:
    """The settings with the defaults of a user; a variable of the environment counts before them."""
    own = user_defaults.of_user(tx, user)
    given = dict(settings.given)
    for name in UserDefaults.__slots__:
        value = getattr(own, name)
        if value and not given[name].origin.startswith(PREFIX):
            given[name] = Given(value, f"user {user}")
            if name == "client" and not given["campaign"].origin.startswith(PREFIX):
                # A campaign of the settings belongs to the client of the settings.
                given["campaign"] = Given("", f"user {user}")
    return Settings(given)


def show_defaults(session: Session) -> UserDefaults:
    """The defaults of the actor."""
    with session.read(Right.ENTER) as work:
        return user_defaults.of_user(work.tx, work.actor.name)


def change_defaults(session: Session, wanted: NewDefaults) -> UserDefaults:
    """Set what is usual for the actor; another client clears the campaign."""
    with session.write(Right.ENTER) as work:
        before = user_defaults.of_user(work.tx, work.actor.name)
        client = wanted.client or before.client
        campaign = wanted.campaign
        if campaign is None and wanted.client in (None, before.client):
            campaign = before.campaign
        if client is None and campaign is not None:
            client = session.settings["client"] or DEFAULT_CLIENT
        _put(work, client, campaign, wanted.time_zone or before.time_zone)
        return user_defaults.of_user(work.tx, work.actor.name)


def clear_defaults(session: Session) -> None:
    """Let the settings say what is usual for the actor."""
    with session.write(Right.ENTER) as work:
        user_defaults.remove(work.tx, work.actor.name)


def _put(
    work: Transaction, client: str | None, campaign: str | None, time_zone: str | None
) -> None:
    client_id = work.client(client) if client else None
    campaign_id = None
    if client_id and campaign:
        campaign_id = campaigns.campaign_of(work.tx, client_id, campaign).id
    if len(work.actor.name) > 100:
        raise UsageError("this user name is too long", "use at most 100 characters")
    user_defaults.put(work.tx, work.actor.name, client_id, campaign_id, time_zone)
