"""Hold a company for a client while another client's users work it, and some days after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from leads.changes import Change, WorkedElsewhere
from leads.clock import now
from leads.store import Tx, agency, links, other_clients
from leads.store.agency import BetweenClients
from leads.store.engine import writes
from leads.store.other_clients import Shared
from leads.store.scope import every_client
from leads.store.seat import lock_between_clients
from outreach.run.known_as import known_as
from outreach.same_company import is_same


def held_until(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """Until when each company is held because it is or was worked for another client; companies
    that are not held are left out.
    """
    rule = agency.between_clients(tx)
    if not rule.days or not company_ids:
        return {}
    with every_client(tx):
        return _held_elsewhere(tx, client_id, company_ids, rule)


def _held_elsewhere(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], rule: BetweenClients
) -> dict[UUID, datetime]:
    group_of = _groups(tx, client_id, company_ids, rule)
    members = sorted({one for group in group_of.values() for one in group})
    shared = other_clients.sharing(tx, client_id, members)
    until = _held_there(tx, shared, rule)
    same = _really_same(tx, client_id, [one for one in shared if one.other_id in until])
    at = now()
    found: dict[UUID, datetime] = {}
    for one, group in group_of.items():
        others = [other for member in group for other in same.get(member, ())]
        end = max((until[other] for other in others), default=at)
        if end > at:
            found[one] = end
    return found


def worked(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[Change]:
    """The change for each other client that has one of these companies too: its queue may hold it
    now, or no longer.
    """
    rule = agency.between_clients(tx)
    if not rule.days:
        return []
    with every_client(tx):
        return _changes(tx, client_id, company_ids, rule)


def change_rule(tx: Tx, wanted: BetweenClients) -> list[Change]:
    """Set how long companies are held, and return the change for those that this concerns."""
    before = agency.between_clients(tx)
    agency.set_between_clients(tx, wanted)
    since = now() - timedelta(days=max(before.days, wanted.days))
    both = BetweenClients(wanted.days, before.groups or wanted.groups)
    changes: list[Change] = []
    for client_id, some in other_clients.recently_worked(tx, since).items():
        changes += _changes(tx, client_id, some, both)
    return changes


def wait_for_others(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> None:
    """Let claims of other clients end first where they may take the same companies: two claims at
    the same moment would not see each other.
    """
    # On SQLite a write transaction is alone anyway. A transaction that reads sees every claim that
    # was committed before it began, and the user's own claim is one of them.
    if tx.dialect.name != "postgresql" or not writes(tx) or not agency.between_clients(tx).days:
        return
    with every_client(tx):
        is_shared = bool(other_clients.sharing(tx, client_id, company_ids))
    if is_shared:
        lock_between_clients(tx)


def _changes(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], rule: BetweenClients
) -> list[Change]:
    some = links.linked_with(tx, client_id, company_ids) if rule.groups else company_ids
    found: dict[UUID, set[UUID]] = {}
    for one in other_clients.sharing(tx, client_id, some):
        found.setdefault(one.other_client_id, set()).add(one.other_id)
    return [WorkedElsewhere(owner, tuple(sorted(found[owner]))) for owner in sorted(found)]


def _held_there(tx: Tx, shared: Iterable[Shared], rule: BetweenClients) -> dict[UUID, datetime]:
    """Until when the companies of other clients are held there, or count as worked."""
    by_client: dict[UUID, set[UUID]] = {}
    for one in shared:
        by_client.setdefault(one.other_client_id, set()).add(one.other_id)
    length = timedelta(days=rule.days)
    found: dict[UUID, datetime] = {}
    for owner, some in by_client.items():
        group_of = _groups(tx, owner, sorted(some), rule)
        members = sorted({one for group in group_of.values() for one in group})
        ends = other_clients.held_until(tx, members)
        for member, last in other_clients.worked_since(tx, members, now() - length).items():
            ends[member] = max(last + length, ends.get(member, last))
        for company_id, group in group_of.items():
            if of_group := [ends[member] for member in group if member in ends]:
                found[company_id] = max(of_group)
    return found


def _really_same(tx: Tx, client_id: UUID, shared: Sequence[Shared]) -> dict[UUID, list[UUID]]:
    """By company, those of other clients that are the same: a key alone does not say so."""
    if not shared:
        return {}
    known = known_as(tx, client_id, sorted({one.company_id for one in shared}))
    for owner in sorted({one.other_client_id for one in shared}):
        others = {one.other_id for one in shared if one.other_client_id == owner}
        known |= known_as(tx, owner, sorted(others))
    found: dict[UUID, list[UUID]] = {}
    for one in shared:
        if is_same(known[one.company_id], known[one.other_id]):
            found.setdefault(one.company_id, []).append(one.other_id)
    return found


def _groups(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], rule: BetweenClients
) -> dict[UUID, set[UUID]]:
    """Each company with those of its group, where the agency holds these too."""
    found = {one: {one} for one in company_ids}
    if not rule.groups:
        return found
    beside: dict[UUID, set[UUID]] = {}
    for link in links.around(tx, client_id, company_ids):
        beside.setdefault(link.company, set()).add(link.of)
        beside.setdefault(link.of, set()).add(link.company)
    for group in found.values():
        fresh = set(group)
        while fresh := {end for one in fresh for end in beside.get(one, ())} - group:
            group |= fresh
    return found
