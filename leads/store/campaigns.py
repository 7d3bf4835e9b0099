"""A client's campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update

from leads.clock import now
from leads.errors import NoCampaignError, NotFoundError, UsageError
from leads.ids import new_id
from leads.store import driver
from leads.store.bound import CAMPAIGN, CLIENT
from leads.store.clients import Named, checked_name
from leads.store.engine import Tx
from leads.store.inserts import insert_or_skip
from leads.store.schema import campaign
from leads.store.snapshot import once


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign."""

    id: UUID
    client_id: UUID
    name: str
    icp_version_id: UUID | None
    crawl: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class DailyCaps:
    """How many prospects may be worked in a day; None: as many as there are."""

    everybody: int | None
    each: int | None

    def __str__(self) -> str:
        named = (("for everybody together", self.everybody), ("for each user", self.each))
        return ", ".join(f"{cap:,} {whom}" for whom, cap in named if cap is not None) or "none"


def daily_caps(tx: Tx, campaign_id: UUID) -> DailyCaps:
    """The daily caps of a campaign."""
    wanted = select(campaign.c.daily_cap, campaign.c.user_daily_cap)
    row = tx.execute(wanted.where(campaign.c.id == campaign_id)).one()
    return DailyCaps(*row)


def campaign_of(tx: Tx, client_id: UUID, name: str | None, *, make: bool = False) -> Named:
    """The client's campaign of that name, or its only one when no name is given.

    NotFoundError when there is none; `make` adds it instead.
    """
    if name is None:
        return _only_campaign(tx, client_id)
    given = {"of_client": client_id, "named": name}
    found = driver.value(tx, _NAMED, given)
    if found is None and make:
        row = {
            "id": new_id(),
            "client_id": client_id,
            "name": checked_name(name, "campaign"),
            "crawl": False,
            "created_at": now(),
        }
        # Another process may add the same campaign at this moment: then its row counts.
        tx.execute(insert_or_skip(tx, campaign), [row])
        found = driver.value(tx, _NAMED, given)
    if found is None:
        raise NotFoundError(
            f"there is no campaign {name!r}",
            "see `sluice campaign list`, or put a profile in force with `sluice icp use FILE`",
        )
    return Named(found, name)


_NAMED = select(campaign.c.id).where(
    campaign.c.client_id == CLIENT, campaign.c.name == bindparam("named")
)
_OF_CLIENT = (
    select(campaign.c.id, campaign.c.name)
    .where(campaign.c.client_id == CLIENT)
    .order_by(campaign.c.name)
)


def _only_campaign(tx: Tx, client_id: UUID) -> Named:
    rows = [Named(*row) for row in driver.read(tx, _OF_CLIENT, {"of_client": client_id})]
    if not rows:
        raise NoCampaignError(
            "this client has no campaign yet",
            "put a profile in force with `sluice icp use FILE`, or run `sluice run`",
        )
    if len(rows) > 1:
        raise UsageError(
            f"the client has {len(rows)} campaigns: {', '.join(row.name for row in rows)}",
            "name one with --campaign",
        )
    return rows[0]


def of_client(tx: Tx, client_id: UUID) -> list[CampaignRow]:
    """The client's campaigns, by name."""
    wanted = select(
        campaign.c.id,
        campaign.c.client_id,
        campaign.c.name,
        campaign.c.icp_version_id,
        campaign.c.crawl,
        campaign.c.created_at,
    )
    mine = wanted.where(campaign.c.client_id == client_id).order_by(campaign.c.name)
    return [CampaignRow(*row) for row in tx.execute(mine)]


def set_crawl(tx: Tx, campaign_id: UUID, *, crawl: bool) -> bool:
    """Allow or forbid a campaign to visit company sites; whether that changed anything."""
    other = update(campaign).where(campaign.c.id == campaign_id, campaign.c.crawl.is_not(crawl))
    return bool(tx.execute(other.values(crawl=crawl)).rowcount)


def may_crawl(tx: Tx, campaign_id: UUID) -> bool:
    """Whether a campaign may visit company sites to answer open questions."""
    return bool(tx.execute(select(campaign.c.crawl).where(campaign.c.id == campaign_id)).scalar())


def any_may_crawl(tx: Tx, client_id: UUID) -> bool:
    """Whether any campaign of the client with a profile in force may visit company sites."""
    wanted = select(campaign.c.id).where(
        campaign.c.client_id == client_id, campaign.c.icp_version_id.is_not(None), campaign.c.crawl
    )
    return tx.execute(wanted.limit(1)).first() is not None


def with_icp(tx: Tx, client_id: UUID) -> list[UUID]:
    """The client's campaigns that have a profile in force."""
    return list(
        tx.execute(
            select(campaign.c.id).where(
                campaign.c.client_id == client_id, campaign.c.icp_version_id.is_not(None)
            )
        ).scalars()
    )


def change_caps(
    tx: Tx, campaign_id: UUID, everybody: int | None = None, each: int | None = None
) -> DailyCaps:
    """Set the daily caps that are given, 0 for no cap; the caps afterwards."""
    given = {"daily_cap": everybody, "user_daily_cap": each}
    values = {name: cap or None for name, cap in given.items() if cap is not None}
    if values:
        tx.execute(update(campaign).where(campaign.c.id == campaign_id).values(values))
    return daily_caps(tx, campaign_id)


_CALL_HOURS = select(campaign.c.call_hours).where(campaign.c.id == CAMPAIGN)
_SCRIPT = select(campaign.c.script).where(campaign.c.id == CAMPAIGN)


def call_hours(tx: Tx, campaign_id: UUID) -> str | None:
    """When the prospects of a campaign are called; None: as the settings say."""
    given = {"of_campaign": campaign_id}
    hours: str | None = once(
        tx, (call_hours, campaign_id), lambda: driver.value(tx, _CALL_HOURS, given)
    )
    return hours


def set_call_hours(tx: Tx, campaign_id: UUID, text: str | None) -> None:
    """Set when the prospects of a campaign are called; None: as the settings say."""
    tx.execute(update(campaign).where(campaign.c.id == campaign_id).values(call_hours=text))


def script(tx: Tx, campaign_id: UUID) -> str | None:
    """What users are to say; None: nothing was agreed."""
    given = {"of_campaign": campaign_id}
    text: str | None = once(tx, (script, campaign_id), lambda: driver.value(tx, _SCRIPT, given))
    return text


def set_script(tx: Tx, campaign_id: UUID, text: str | None) -> None:
    """Set what users are to say."""
    tx.execute(update(campaign).where(campaign.c.id == campaign_id).values(script=text))
