"""Erase a company everywhere, with proof by counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from actions.actor import Right
from actions.follow_up import work_off
from actions.number_country import number_country
from actions.session import Session
from leads.errors import UsageError
from leads.store import Tx, api_answers, clients
from outreach.entries import keys_of_text
from outreach.keys import Key
from outreach.run import forgetting
from outreach.run.forgetting_persons import PagesOf, forget_person, pages_of_persons
from outreach.run.forgetting_points import forget_point, persons_of
from outreach.run.hits import store_every_key
from qualify.run.kept.manifest import purge

__all__ = ["ForgottenCompany", "forget", "forget_named"]


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
    #: The persons who go with their address.
    persons: Sequence[str] = ()
    #: The stored pages that name the erased persons.
    pages_of: PagesOf = field(default_factory=dict)


def forget(
    session: Session,
    client: str,
    whom: str,
    *,
    dry_run: bool,
    planned: ForgottenCompany | None = None,
) -> ForgottenCompany:
    """Erase the company, e-mail address or phone number that a text names at every client; only an
    admin of all clients may. The pages of a dry run `planned` are not searched for again.
    """
    point = _point(session, client, whom)
    if point is not None:
        return _forget_point(session, point, whom, dry_run=dry_run, planned=planned)
    if not dry_run:
        with session.read(Right.ADMINISTER) as work:
            work.check_every_client()
        store_every_key(session.store, None, session.secret)
    with session.write(Right.ADMINISTER, dry_run=dry_run) as work:
        work.check_every_client()
        api_answers.drop_answered(work.tx)
        every = forgetting.targets(work.tx, work.client(client), whom, session.secret)
        named = {one.id: one.name for one in clients.every(work.tx)}
        done = forgetting.forget(work.tx, every, work.actor.name, session.secret)
        if not dry_run:
            work.follow(done.changes)
    if not dry_run:
        # After the commit: who writes columns meanwhile looks for erasures when that is done.
        purge(session.settings.home)
        work_off(session)
    return ForgottenCompany(
        name=every[0].name,
        companies=[(named[one.client_id], one.name) for one in every],
        counts=done.counts,
        hashes=done.hashes,
        shared_sites=done.shared_sites,
    )


def forget_named(
    session: Session, name: str, *, dry_run: bool, planned: ForgottenCompany | None = None
) -> ForgottenCompany:
    """Erase the person of that name at every client; only an admin of all clients may. The pages of
    a dry run `planned` are not searched for again.
    """
    pages_of = planned.pages_of if planned else _pages_of(session, lambda _: [name])
    with session.write(Right.ADMINISTER, dry_run=dry_run) as work:
        work.check_every_client()
        api_answers.drop_answered(work.tx)
        done = forget_person(work.tx, name, pages_of[name], work.actor.name, session.secret)
    if not dry_run:
        purge(session.settings.home)
    return ForgottenCompany(name.strip(), (), done.counts, done.hashes, (), pages_of=pages_of)


def _pages_of(session: Session, persons: Callable[[Tx], Sequence[str]]) -> PagesOf:
    """Find the stored pages that name persons before anything is erased: every page is read."""
    with session.read(Right.ADMINISTER) as work:
        work.check_every_client()
        return pages_of_persons(work.tx, persons(work.tx))


def _point(session: Session, client: str, whom: str) -> Key | None:
    """The key of an e-mail address or a phone number; None for any other text."""
    country = number_country(session, None, client).code
    try:
        kind, keys = keys_of_text(whom, None, country)
    except UsageError:
        # No key: it may still be a company's name.
        return None
    return keys[0] if kind in ("email", "phone") else None


def _forget_point(
    session: Session, key: Key, whom: str, *, dry_run: bool, planned: ForgottenCompany | None
) -> ForgottenCompany:
    pages_of = planned.pages_of if planned else _pages_of(session, lambda tx: persons_of(tx, key))
    with session.write(Right.ADMINISTER, dry_run=dry_run) as work:
        work.check_every_client()
        api_answers.drop_answered(work.tx)
        by = work.actor.name
        done = forget_point(work.tx, key, whom.strip(), pages_of, by, session.secret)
        if not dry_run:
            work.follow(done.changes)
    if not dry_run:
        # After the commit: who writes columns meanwhile looks for erasures when that is done.
        purge(session.settings.home)
        work_off(session)
    return ForgottenCompany(whom.strip(), (), done.counts, done.hashes, (), done.persons, pages_of)
