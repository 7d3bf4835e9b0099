"""The names of clients, campaigns and lists in reports of spending."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Column, select

from leads.store.engine import Tx
from leads.store.schema import campaign, client, raw_list


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id, of the clients that somebody may see."""

    clients: dict[UUID, str]
    campaigns: dict[UUID, str]
    lists: dict[UUID, str]


def names_of(tx: Tx, clients: Collection[UUID] | None) -> Names:
    """The names of these clients, and of their campaigns and lists; None: of every client."""
    return Names(
        clients=_names(tx, client.c.id, client.c.id, client.c.name, clients),
        campaigns=_names(tx, campaign.c.id, campaign.c.client_id, campaign.c.name, clients),
        lists=_names(tx, raw_list.c.id, raw_list.c.client_id, raw_list.c.name, clients),
    )


def _names(
    tx: Tx,
    key: Column[UUID],
    owner: Column[UUID],
    name: Column[str],
    clients: Collection[UUID] | None,
) -> dict[UUID, str]:
    wanted: Any = select(key, name)
    if clients is not None:
        wanted = wanted.where(owner.in_(clients))
    return {row[0]: row[1] for row in tx.execute(wanted)}
