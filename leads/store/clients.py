"""Clients, their campaigns and profile versions, and the people who work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Table, func, insert, select, update

from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.ids import new_id
from leads.store.engine import Tx
from leads.store.schema import app_user, campaign, client, icp_version

DEFAULT_CLIENT = "default"


@dataclass(frozen=True, slots=True)
class Named:
    """A thing with a name: a client, a campaign, a list."""

    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class StoredIcp:
    """One version of one profile as stored."""

    id: UUID
    name: str
    version: int
    content: str


def client_of(tx: Tx, name: str, *, make: bool = False) -> Named:
    """The client of that name; made when asked for, and the client `default` always; NotFoundError
    otherwise.
    """
    found = tx.execute(select(client.c.id).where(client.c.name == name)).scalar()
    if found is None:
        if not make and name != DEFAULT_CLIENT:
            raise NotFoundError(
                f"there is no client {name!r}",
                f"add it with `sluice client add {name}`, or see `sluice client list`",
            )
        found = new_id()
        tx.execute(insert(client).values(id=found, name=_good(name, "client"), created_at=now()))
    return Named(found, name)


def campaign_of(tx: Tx, client_id: UUID, name: str | None, *, make: bool = False) -> Named:
    """The client's campaign of that name, or its only one when no name is given; NotFoundError
    otherwise.
    """
    if name is None:
        return _only_campaign(tx, client_id)
    found = tx.execute(
        select(campaign.c.id).where(campaign.c.client_id == client_id, campaign.c.name == name)
    ).scalar()
    if found is None:
        if not make:
            raise NotFoundError(
                f"there is no campaign {name!r}",
                "see `sluice campaign list`, or put a profile in force with `sluice icp use FILE`",
            )
        found = new_id()
        tx.execute(
            insert(campaign).values(
                id=found,
                client_id=client_id,
                name=_good(name, "campaign"),
                crawl=False,
                created_at=now(),
            )
        )
    return Named(found, name)


def _only_campaign(tx: Tx, client_id: UUID) -> Named:
    rows = tx.execute(
        select(campaign.c.id, campaign.c.name)
        .where(campaign.c.client_id == client_id)
        .order_by(campaign.c.name)
    ).all()
    if not rows:
        raise NotFoundError(
            "this client has no campaign yet",
            "put a profile in force with `sluice icp use FILE`, or run `sluice run`",
        )
    if len(rows) > 1:
        raise UsageError(
            f"the client has {len(rows)} campaigns: {', '.join(row.name for row in rows)}",
            "name one with --campaign",
        )
    return Named(rows[0].id, rows[0].name)


def use_icp(
    tx: Tx, client_id: UUID, campaign_id: UUID, icp: StoredIcp, content_hash: str
) -> tuple[UUID, bool]:
    """Put a profile version in force for a campaign; its id, and whether that changed anything.

    NotAllowedError when the version was used before with other content, or is older than the one in
    force.
    """
    kept = _keep_icp(tx, client_id, icp, content_hash)
    before = in_force(tx, campaign_id)
    if before and before.id == kept:
        return kept, False
    if before and before.name == icp.name and before.version > icp.version:
        raise NotAllowedError(
            f"version {before.version} of {icp.name} is in force, and {icp.version} is older",
            f"save your changes as version {before.version + 1}",
        )
    tx.execute(update(campaign).where(campaign.c.id == campaign_id).values(icp_version_id=kept))
    return kept, True


def _keep_icp(tx: Tx, client_id: UUID, icp: StoredIcp, content_hash: str) -> UUID:
    same = (
        (icp_version.c.client_id == client_id)
        & (icp_version.c.name == icp.name)
        & (icp_version.c.version == icp.version)
    )
    row = tx.execute(select(icp_version.c.id, icp_version.c.content_hash).where(same)).first()
    if row is None:
        tx.execute(
            insert(icp_version).values(
                id=icp.id,
                client_id=client_id,
                name=icp.name,
                version=icp.version,
                content=icp.content,
                content_hash=content_hash,
                created_at=now(),
            )
        )
        return icp.id
    if row.content_hash != content_hash:
        raise NotAllowedError(
            f"version {icp.version} of {icp.name} was used before with other criteria",
            f"raise its version: the next free one is {_next(tx, client_id, icp.name)}",
        )
    found: UUID = row.id
    return found


def _next(tx: Tx, client_id: UUID, name: str) -> int:
    newest = select(func.max(icp_version.c.version)).where(
        icp_version.c.client_id == client_id, icp_version.c.name == name
    )
    return int(tx.execute(newest).scalar() or 0) + 1


def in_force(tx: Tx, campaign_id: UUID) -> StoredIcp | None:
    """The profile version in force for a campaign."""
    joined = (
        select(icp_version)
        .join(campaign, campaign.c.icp_version_id == icp_version.c.id)
        .where(campaign.c.id == campaign_id)
    )
    row = tx.execute(joined).first()
    return StoredIcp(row.id, row.name, row.version, row.content) if row else None


def version_of(tx: Tx, icp_version_id: UUID) -> StoredIcp:
    """One stored profile version."""
    row = tx.execute(select(icp_version).where(icp_version.c.id == icp_version_id)).one()
    return StoredIcp(row.id, row.name, row.version, row.content)


def version_numbered(tx: Tx, client_id: UUID, number: int, name: str | None) -> StoredIcp:
    """The client's profile version of that number, of several profiles the one of that name.

    NotFoundError when there is none, UsageError when it could be that of several.
    """
    rows = tx.execute(
        select(icp_version)
        .where(icp_version.c.client_id == client_id)
        .order_by(icp_version.c.name, icp_version.c.version)
    ).all()
    found = [row for row in rows if row.version == number]
    meant = [row for row in found if row.name == name] or found
    if not meant:
        kept = ", ".join(f"{row.name} version {row.version}" for row in rows) or "none yet"
        raise NotFoundError(
            f"no profile was used as version {number}", f"these were: {kept}; or name a file"
        )
    if len(meant) > 1:
        raise UsageError(
            f"version {number} could be of {' or '.join(row.name for row in meant)}",
            "name the campaign with --campaign",
        )
    return StoredIcp(meant[0].id, meant[0].name, meant[0].version, meant[0].content)


def wish_crawl(tx: Tx, campaign_id: UUID, *, crawl: bool) -> bool:
    """Say whether a campaign's open questions may be looked for on the companies' own sites;
    whether that is a change.
    """
    other = update(campaign).where(campaign.c.id == campaign_id, campaign.c.crawl.is_not(crawl))
    return bool(tx.execute(other.values(crawl=crawl)).rowcount)


def may_crawl(tx: Tx, campaign_id: UUID) -> bool:
    """Whether a campaign's open questions may be looked for on the companies' own sites."""
    return bool(tx.execute(select(campaign.c.crawl).where(campaign.c.id == campaign_id)).scalar())


def crawling(tx: Tx, client_id: UUID) -> bool:
    """Whether a campaign of the client that has a profile in force may visit sites."""
    wanted = select(campaign.c.id).where(
        campaign.c.client_id == client_id, campaign.c.icp_version_id.is_not(None), campaign.c.crawl
    )
    return tx.execute(wanted.limit(1)).first() is not None


def campaigns_with_icp(tx: Tx, client_id: UUID) -> list[UUID]:
    """The client's campaigns that have a profile in force."""
    return list(
        tx.execute(
            select(campaign.c.id).where(
                campaign.c.client_id == client_id, campaign.c.icp_version_id.is_not(None)
            )
        ).scalars()
    )


def listing(tx: Tx, table: str, client_id: UUID | None = None) -> list[dict[str, Any]]:
    """All rows of `client`, `campaign` or `user`, by name."""
    chosen: Table = {"client": client, "campaign": campaign, "user": app_user}[table]
    wanted = select(chosen).order_by(chosen.c.name)
    if client_id is not None:
        wanted = wanted.where(chosen.c.client_id == client_id)
    return [dict(row) for row in tx.execute(wanted).mappings()]


def add_user(tx: Tx, name: str, role: str) -> UUID:
    """A new person; NotAllowedError when the name is taken."""
    if tx.execute(select(app_user.c.id).where(app_user.c.name == name)).first():
        raise NotAllowedError(f"there is a user {name!r} already", "choose another name")
    made = new_id()
    tx.execute(
        insert(app_user).values(id=made, name=_good(name, "user"), role=role, created_at=now())
    )
    return made


def _good(name: str, what: str) -> str:
    if not name.strip() or len(name) > 100 or any(ord(character) < 32 for character in name):
        raise UsageError(f"{name!r} cannot name a {what}", "use 1 to 100 printable characters")
    return name
