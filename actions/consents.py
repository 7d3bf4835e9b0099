"""The consents of a client: recorded, withdrawn and listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.number_country import number_country
from actions.session import Session
from leads.clock import now
from leads.consents import Consent, NewConsent
from leads.errors import UsageError
from leads.store import consents
from outreach.run import consents as consenting
from outreach.run.hits import store_every_key

__all__ = ["Consent", "ConsentReport", "Given"]

#: Characters of the words that were agreed to.
_LONGEST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A consent as a user states it."""

    #: An e-mail address or a phone number.
    whom: str
    words: str
    source: str
    who: str = ""
    #: None: now.
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConsentReport:
    """What was recorded or withdrawn, and whose queue it changed."""

    point: str
    channel: str
    #: How many companies of the client have this address or number.
    companies: int
    work: WorkedOff


def give(session: Session, client: str, given: Given, *, dry_run: bool) -> ConsentReport:
    """Record that somebody agreed to be contacted at an address or number."""
    words, source = given.words.strip(), given.source.strip()
    if not words or not source:
        raise UsageError(
            "a consent needs what was agreed to and how it was given",
            'such as --words "may send offers by e-mail" --source "form of 3 May"',
        )
    if len(words) > _LONGEST:
        raise UsageError(f"the words have {len(words):,} characters", f"at most {_LONGEST:,}")
    at = _past(given.at)
    key = consenting.point_of(given.whom, number_country(session, None, client).code)
    _store_keys(session, client, dry_run=dry_run)
    with session.write(Right.WORK_QUEUE, dry_run=dry_run) as work:
        new = NewConsent(
            client_id=work.client(client),
            channel=key.kind,
            point=key.form,
            who=given.who.strip(),
            words=words,
            source=source,
            given_at=at,
            by=work.actor.name,
        )
        done = consenting.record(work.tx, new, session.secret)
        if not dry_run:
            work.follow(done.changes)
    return _report(session, done, dry_run=dry_run)


def withdraw(
    session: Session, client: str, whom: str, at: datetime | None, *, dry_run: bool
) -> ConsentReport:
    """Record that a consent was withdrawn: the address or number must not be used any more."""
    when = _past(at)
    key = consenting.point_of(whom, number_country(session, None, client).code)
    _store_keys(session, client, dry_run=dry_run)
    with session.write(Right.WORK_QUEUE, dry_run=dry_run) as work:
        client_id, by = work.client(client), work.actor.name
        done = consenting.withdraw(work.tx, client_id, key, when, by, session.secret)
        if not dry_run:
            work.follow(done.changes)
    return _report(session, done, dry_run=dry_run)


def list_consents(session: Session, client: str) -> Sequence[Consent]:
    """List the consents of a client, newest first, those that were withdrawn too."""
    with session.read() as work:
        return consents.of_client(work.tx, work.client(client))


def consent_page(
    session: Session, client: str, after: UUID | None, limit: int
) -> Sequence[Consent]:
    """List so many consents of a client in the order of their ids, from behind one on."""
    with session.read() as work:
        return consents.page(work.tx, work.client(client), after, limit)


def _past(at: datetime | None) -> datetime:
    if at is not None and at > now():
        raise UsageError(f"{at:%Y-%m-%d} is still to come", "name a day up to today")
    return at or now()


def _store_keys(session: Session, client: str, *, dry_run: bool) -> None:
    """Store the contact keys that companies lack, so that the change finds them."""
    if not dry_run:
        with session.read(Right.WORK_QUEUE) as work:
            client_id = work.client(client)
        store_every_key(session.store, client_id, session.secret)


def _report(session: Session, done: consenting.ConsentDone, *, dry_run: bool) -> ConsentReport:
    companies = sum(len(one.company_ids) for one in done.changes)
    work = WorkedOff() if dry_run else work_off(session)
    return ConsentReport(done.point, done.channel, companies, work)
