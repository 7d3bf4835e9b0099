"""The contacts that the pages of a site name, for each client whose company has that site."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from leads.clock import now
from leads.contacts import BASIS, NOTICE, PageContact, same_contact
from leads.ids import new_id
from leads.store import contact_notices, contacts, kept_pages
from leads.store.engine import Tx
from leads.store.facts import facts
from leads.store.facts.belonging import of_client, sites
from leads.store.schema import client, contact


def keeping(tx: Tx, site: str) -> dict[UUID, str]:
    """What each client keeps of contacts that has a company with this site: `roles` or `persons`."""
    owners = {owner for _, owner, _ in facts.companies_with_sites(tx, [site])}
    wanted = select(client.c.id, client.c.contacts).where(
        client.c.id.in_(owners), client.c.contacts.is_not(None)
    )
    return {row.id: str(row.contacts) for row in tx.execute(wanted)} if owners else {}


def sites_with_pages(tx: Tx, client_id: UUID) -> list[str]:
    """The sites of a client's companies of which pages are kept."""
    its_own = sites(tx, of_client(client_id)).subquery()
    found = tx.execute(select(its_own.c.key).distinct()).scalars().all()
    return sorted(kept_pages.newest_with_pages(tx, found))


def replace(tx: Tx, client_id: UUID, site: str, found: Sequence[PageContact]) -> None:
    """Store what a newer visit names: contacts that it names no more go, the others keep their
    dates.
    """
    mine = (contact.c.client_id == client_id) & (contact.c.site == site)
    wanted = select(contact.c.id, contact.c.name, contact.c.email).where(mine)
    stored = {same_contact(row.name, row.email): row.id for row in tx.execute(wanted)}
    named = {same_contact(one.name, one.email): one for one in found}
    contacts.erase(tx, [one for key, one in stored.items() if key not in named])
    for key, one in named.items():
        if key in stored:
            tx.execute(update(contact).where(contact.c.id == stored[key]).values(_said(one)))
    _add(tx, client_id, site, [one for key, one in named.items() if key not in stored])


def _add(tx: Tx, client_id: UUID, site: str, new: Sequence[PageContact]) -> None:
    told = contact_notices.of_emails(tx, client_id, [one.email for one in new if one.email])
    at = now()
    rows = [_row(client_id, site, one, at) | dict(told.get(one.email, {})) for one in new]
    if rows:
        tx.execute(insert(contact), rows)


def _row(client_id: UUID, site: str, one: PageContact, at: datetime) -> dict[str, Any]:
    return {
        "id": new_id(),
        "client_id": client_id,
        "record_id": None,
        "site": site,
        "kind": one.kind,
        "name": one.name,
        "source": f"site:{site}",
        "basis": BASIS,
        "notice_due_at": at + NOTICE if one.kind == "person" else None,
        "noticed_at": None,
        "created_at": at,
        **_said(one),
    }


def _said(one: PageContact) -> dict[str, Any]:
    return {"role": one.role, "email": one.email, "phone": one.phone, "page_url": one.url}
