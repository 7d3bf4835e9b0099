"""The contacts of a client: which are kept, who must be told, and who was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.client_log import log_client_change
from actions.follow_up import WorkedOff, work_off
from actions.session import Session
from leads.changes import ContactsWanted
from leads.clock import now
from leads.contacts import ContactRow
from leads.errors import UsageError
from leads.store import clients, contacts, site_contacts

__all__ = ["ContactRow", "KeptContacts", "Listed"]

#: What a client may keep of contacts, and the kinds that are erased when it keeps no more than that.
KEEPS = {"none": ("role", "person"), "roles": ("person",), "persons": ()}


@dataclass(frozen=True, slots=True)
class KeptContacts:
    """What a client keeps from now on, and how many stored contacts are erased."""

    contacts: str
    erased: int
    #: Sites whose stored pages are read again, because more is kept than before.
    sites: int
    work: WorkedOff


@dataclass(frozen=True, slots=True)
class Listed:
    """A contact, and whether the notice to it is overdue."""

    row: ContactRow
    overdue: bool


def keep_contacts(
    session: Session, client: str, kept: str, *, dry_run: bool = False
) -> KeptContacts:
    """Set which contacts of a client's lists and sites are kept; others that are stored are erased.

    When more are kept than before, stored pages are read again.
    """
    if kept not in KEEPS:
        raise UsageError(f"{kept!r} says not which contacts to keep", f"one of {', '.join(KEEPS)}")
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        client_id = work.client(client)
        before = clients.contacts_of(work.tx, client_id)
        clients.set_contacts(work.tx, client_id, kept)
        erased = contacts.erase_of_client(work.tx, client_id, KEEPS[kept])
        log_client_change(work, client_id, f"contacts: {kept}", {"erased": erased})
        is_more = set(KEEPS[before]) > set(KEEPS[kept])
        sites = site_contacts.sites_with_pages(work.tx, client_id) if is_more else []
        if sites and not dry_run:
            work.follow([ContactsWanted(tuple(sites))])
    done = work_off(session) if sites and not dry_run else WorkedOff()
    return KeptContacts(kept, erased, len(sites), done)


def list_contacts(session: Session, client: str, *, overdue: bool) -> Sequence[Listed]:
    """List the contacts of a client, the most urgent first."""
    at = now()
    with session.read() as work:
        rows = contacts.of_client(work.tx, work.client(client))
    found = [Listed(one, one.is_overdue(at)) for one in rows]
    return [one for one in found if one.overdue] if overdue else found


def contact_page(
    session: Session, client: str, after: UUID | None, limit: int, *, overdue: bool
) -> Sequence[Listed]:
    """List so many contacts of a client in the order of their ids, from behind one on."""
    at = now()
    with session.read() as work:
        client_id = work.client(client)
        rows = contacts.page(work.tx, client_id, after, limit, at if overdue else None)
    return [Listed(one, one.is_overdue(at)) for one in rows]
