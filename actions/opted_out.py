"""Keep the list of hosts whose owners want no visits."""

from __future__ import annotations

from collections.abc import Sequence

from actions.actor import Right
from actions.session import Session, Transaction
from leads.errors import NotFoundError, UsageError
from leads.lexicon.domains import host_name, is_of_many_owners, registrable
from leads.store import events, opted_out_hosts, site_states
from leads.store.opted_out_hosts import OptedOutHost

__all__ = ["OptedOutHost", "add_host", "list_hosts", "remove_host"]

_LONGEST_REASON = 500


def add_host(session: Session, host: str, reason: str) -> tuple[str, bool]:
    """Leave a host and those below it alone from now on; its name, and whether it was new.

    UsageError for what is no host, and for one below which the sites of many owners are.
    """
    name = _host(host)
    if is_of_many_owners(name):
        raise UsageError(
            f"{name!r} is not a host of one owner: the sites of many are below it",
            f"name the host of one of them, such as acme.{name}",
        )
    with session.write(Right.MANAGE) as work:
        work.check_every_client()
        added = opted_out_hosts.add(work.tx, name, reason[:_LONGEST_REASON], work.actor.name)
        _log(work, "opted_out", name, reason)
    return name, added


def list_hosts(session: Session) -> Sequence[OptedOutHost]:
    """List the hosts that are left alone, by name."""
    with session.read(Right.LOOK) as work:
        return opted_out_hosts.every(work.tx)


def remove_host(session: Session, host: str, reason: str = "") -> str:
    """Allow visits again, which are due at once; NotFoundError if the host is not on the list."""
    name = _host(host)
    with session.write(Right.MANAGE) as work:
        work.check_every_client()
        if not opted_out_hosts.remove(work.tx, name):
            raise NotFoundError(f"{name} is not on the opt-out list", "see `sluice crawl opt-outs`")
        site_states.due_now(work.tx, registrable(name) or name)
        _log(work, "opted_in", name, reason)
    return name


def _host(text: str) -> str:
    name = host_name(text)
    if name is not None and "@" in text.partition("/")[0]:
        raise UsageError(
            f"{text.strip()!r} is an e-mail address, not a host",
            f"{name} is its host; `sluice suppress add` keeps the address from being contacted",
        )
    if name is None:
        raise UsageError(f"{text!r} is not a host", "such as acme.example or shop.acme.example")
    return name


def _log(work: Transaction, verb: str, host: str, reason: str) -> None:
    line = events.Happened(
        verb=verb, thing="host", thing_id=host, who=work.actor.name, reason=reason
    )
    events.log(work.tx, [line])
