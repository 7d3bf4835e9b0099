"""Where the companies of a campaign come from: lists, profile versions, channels."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import case, func, select, true

from leads.store.counting_signals import counting_signals
from leads.store.engine import Tx
from leads.store.figures.keys import Key, key
from leads.store.schema import (
    campaign,
    company_score,
    icp_version,
    list_import,
    raw_list,
    record,
    signal,
)


class RowsOfList(NamedTuple):
    """The rows of one company on one list."""

    company_id: Key
    list_id: Key
    #: When the list first named the company.
    since: datetime
    #: Live rows.
    rows: int


def rows_of_lists(tx: Tx, client_id: UUID, *, every_role: bool = False) -> list[RowsOfList]:
    """The rows of companies on the client's lists, where one is live: those that name a prospect, or
    of every role.
    """
    prospects = (
        true() if every_role else func.coalesce(record.c.role, raw_list.c.role) == "prospects"
    )
    live = func.sum(case((record.c.ended_at.is_(None), 1), else_=0))
    wanted = (
        select(key(record.c.company_id), key(record.c.list_id), func.min(list_import.c.at), live)
        .join(raw_list, raw_list.c.id == record.c.list_id)
        .join(list_import, list_import.c.id == record.c.import_id)
        .where(record.c.client_id == client_id, record.c.company_id.is_not(None), prospects)
        .group_by(record.c.company_id, record.c.list_id)
        .having(live > 0)
    )
    return [
        RowsOfList(company_id, list_id, since, int(rows))
        for company_id, list_id, since, rows in tx.execute(wanted).all()
    ]


def profile_versions(tx: Tx, client_id: UUID) -> dict[Key, str]:
    """The client's profile versions by id, such as `machines 3`."""
    wanted = select(key(icp_version.c.id).label("id"), icp_version.c.name, icp_version.c.version)
    rows = tx.execute(wanted.where(icp_version.c.client_id == client_id))
    return {row.id: f"{row.name} {row.version}" for row in rows}


def scoring_versions(tx: Tx, campaign_id: UUID) -> dict[Key, int]:
    """The version of the scoring file that scored each company."""
    wanted = select(key(company_score.c.company_id), company_score.c.version)
    rows = tx.execute(wanted.where(company_score.c.campaign_id == campaign_id))
    return dict(rows.all())


def first_channels(tx: Tx, client_id: UUID, campaign_id: UUID) -> dict[Key, tuple[datetime, str]]:
    """The channel of the first signal of each company, and when that was."""
    wanted = (
        select(key(signal.c.company_id), signal.c.channel, func.min(signal.c.happened_at))
        .where(
            counting_signals(client_id, campaign_id),
        )
        .group_by(signal.c.company_id, signal.c.channel)
    )
    found: dict[Key, tuple[datetime, str]] = {}
    for company_id, channel, at in tx.execute(wanted).all():
        before = found.get(company_id)
        if before is None or (at, channel) < before:
            found[company_id] = (at, channel)
    return found


def campaign_name(tx: Tx, campaign_id: UUID) -> str:
    """The name of a campaign."""
    return tx.execute(select(campaign.c.name).where(campaign.c.id == campaign_id)).scalar() or ""
