"""Who visits, and which domains may be visited now: asked by crawls, searches and moves alike."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from leads.changes import Change, SiteMoved
from leads.settings import Settings
from leads.store import Tx, opted_out_hosts, site_states
from leads.store.facts import facts
from outreach.run.barred_sites import barred_sites
from outreach.run.site_visits import owners_to_visit
from spiders.guard import Allowed
from spiders.limits import OWN_MACHINE
from spiders.opted_out import OptedOut
from workers.context import Context


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks sites for pages, and whom it does not ask."""

    user_agent: str
    opted_out: OptedOut


def visitor_of(context: Context) -> Visitor:
    """The visitor of a process that works on tasks."""
    with context.store.read() as tx:
        return Visitor(user_agent_of(context.settings, context.allowed), opted_out(tx))


def user_agent_of(settings: Settings, allowed: Allowed) -> str:
    """How the crawler calls itself."""
    # Only tests and the demo allow hosts of this machine, and visit no others.
    return settings["user_agent"] or (OWN_MACHINE if allowed else "")


def opted_out(tx: Tx) -> OptedOut:
    """The hosts whose owners want no visits."""
    return OptedOut({one.host: one.reason for one in opted_out_hosts.every(tx)})


def unwanted(tx: Tx, clients: Mapping[str, UUID | None], secret: bytes) -> set[str]:
    """Those of the sites that must not be visited, by who asked for each: suppressed themselves, or
    sites of companies of which none may be contacted.
    """
    owners = facts.companies_with_sites(tx, sorted(clients))
    wanted = {site for site, _, _ in owners_to_visit(tx, owners)}
    owned = {site for site, _, _ in owners}
    found = (owned - wanted) | barred_sites(tx, None, clients, secret)
    # Nobody's site yet: what its one client suppressed counts.
    by_client: dict[UUID, list[str]] = {}
    for site, client_id in clients.items():
        if client_id is not None and site not in owned:
            by_client.setdefault(client_id, []).append(site)
    for client_id, some in by_client.items():
        found |= barred_sites(tx, client_id, some, secret)
    return found


def heeding(tx: Tx, change: Change, secret: bytes) -> Change:
    """Return a change as it is; a move with the clients for whom its target must not be visited."""
    if not isinstance(change, SiteMoved):
        return change
    owners = facts.companies_with_sites(tx, [change.site])
    clients = {client_id for _, client_id, _ in owners}
    if opted_out(tx).why(change.to) is None:
        clients = {one for one in clients if unwanted(tx, {change.to: one}, secret)}
    return replace(change, not_for=frozenset(clients))


def due(
    tx: Tx, clients: Mapping[str, UUID | None], at_once: Collection[str], secret: bytes
) -> set[str]:
    """Those of the sites whose time has come, or that a person asked for, and that may be visited."""
    stale = set(site_states.stale(tx, list(clients)))
    asked = set(at_once) - barred_sites(tx, None, at_once, secret)
    return asked | (stale - unwanted(tx, {one: clients[one] for one in stale}, secret))


def resting(tx: Tx, sites: Iterable[str]) -> Mapping[str, str]:
    """Those of the sites that are left alone for now, each with why."""
    names: Sequence[str] = list(sites)
    return site_states.resting(tx, names)
