"""The usual queue and time zone of each user, by name: users need not be registered."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select

from leads.store import driver
from leads.store.engine import Tx
from leads.store.schema import campaign, client, user_default


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDefaults:
    """What a user means without saying so, by name; None: what the settings say."""

    client: str | None = None
    campaign: str | None = None
    time_zone: str | None = None


_OF_USER = (
    select(client.c.name.label("client"), campaign.c.name.label("campaign"))
    .add_columns(user_default.c.time_zone)
    .select_from(user_default)
    .outerjoin(client, client.c.id == user_default.c.client_id)
    .outerjoin(campaign, campaign.c.id == user_default.c.campaign_id)
    .where(user_default.c.user == bindparam("named"))
)


def of_user(tx: Tx, user: str) -> UserDefaults:
    """The defaults of a user."""
    rows = driver.read_named(tx, _OF_USER, {"named": user})
    return UserDefaults(**rows[0]) if rows else UserDefaults()


def put(
    tx: Tx, user: str, client_id: UUID | None, campaign_id: UUID | None, time_zone: str | None
) -> None:
    """Replace the defaults of a user."""
    remove(tx, user)
    values = {"client_id": client_id, "campaign_id": campaign_id, "time_zone": time_zone}
    tx.execute(insert(user_default).values(user=user, **values))


def remove(tx: Tx, user: str) -> None:
    """Remove the defaults of a user."""
    tx.execute(delete(user_default).where(user_default.c.user == user))
