"""Erase a company everywhere, with proof by counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from actions.actor import Right
from actions.follow_up import work_off
from actions.session import Session
from leads.store import clients
from outreach.run import forgetting
from outreach.run.hits import store_every_key

__all__ = ["ForgottenCompany", "forget"]


@dataclass(frozen=True, slots=True)
class ForgottenCompany:
    """What was erased, or would be in a dry run."""

    name: str
    #: Client and name of each company that is meant.
    companies: Sequence[tuple[str, str]]
    #: How many rows, by what they are.
    counts: Mapping[str, int]
    #: How many keyed hashes bar its return.
    hashes: int
    #: Sites that other companies have too: their pages stay.
    shared_sites: Sequence[str]


def forget(session: Session, client: str, whom: str, *, dry_run: bool) -> ForgottenCompany:
    """Erase the company that a text names at every client; only an admin of all clients may."""
    if not dry_run:
        with session.read(Right.ADMINISTER) as work:
            work.check_every_client()
        store_every_key(session.store, None, session.secret)
    with session.write(Right.ADMINISTER, dry_run=dry_run) as work:
        work.check_every_client()
        every = forgetting.targets(work.tx, work.client(client), whom, session.secret)
        named = {one.id: one.name for one in clients.every(work.tx)}
        done = forgetting.forget(work.tx, every, work.actor.name, session.secret)
        if not dry_run:
            work.follow(done.changes)
    if not dry_run:
        work_off(session)
    return ForgottenCompany(
        name=every[0].name,
        companies=[(named[one.client_id], one.name) for one in every],
        counts=done.counts,
        hashes=done.hashes,
        shared_sites=done.shared_sites,
    )
