"""Add, end, check and list suppressions: who must not be contacted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.number_country import number_country
from actions.session import Session, Transaction
from actions.where import Where
from leads.errors import UsageError
from leads.levels import LEVELS
from leads.store import clients, suppressions
from leads.store.suppressions import SuppressionRow
from outreach.entries import keys_of_text, owner_of_shared
from outreach.keys import Key, as_company_id, digest
from outreach.run import suppress, suppression_checks, suppression_ends
from outreach.run.contact_index import store_missing_keys
from outreach.run.hits import Hits, hits_of, nearest_names, store_every_key
from outreach.run.suppress import SuppressionRequest

__all__ = ["Hits", "Scope", "Suppressed", "SuppressionRow"]

_SHARED = ("law", "agency")


@dataclass(frozen=True, slots=True)
class Scope:
    """For whom a suppression counts: `law` and `agency` mean every client."""

    where: Where
    level: str = "client"


@dataclass(frozen=True, slots=True)
class Suppressed:
    """What adding one suppression did, or would do in a dry run."""

    #: company, domain, email or phone.
    kind: str
    #: False: the same suppression was there already.
    is_new: bool
    hits: Hits
    work: WorkedOff
    #: The text is a host that many share: suppressed is the company of this name, which owns it.
    owner: str | None = None


def add(
    session: Session,
    scope: Scope,
    text: str,
    *,
    kind: str | None = None,
    country: str | None = None,
    reason: str = "",
    until: datetime | None = None,
    channel: str | None = None,
    dry_run: bool = False,
) -> Suppressed:
    """Suppress a company, domain, e-mail address or phone number; `country` is that of a phone
    number in national form. `until` is when it lifts by itself, `channel` the only one it stops.
    """
    country = number_country(session, country, scope.where.client, scope.level).code
    meant, keys = keys_of_text(text, kind, country)
    if not dry_run:
        store_keys_of_all(session, scope)
    with session.write(right_for(scope.level), dry_run=dry_run) as work:
        client_id, campaign_id = client_and_campaign(work, scope)
        request = SuppressionRequest(
            kind=kind,
            text=text,
            country=country,
            level=scope.level,
            by=work.actor.name,
            reason=reason,
            client_id=client_id,
            campaign_id=campaign_id,
            until=until,
            channel=channel,
        )
        if dry_run:
            # The real one stores the keys that are missing; this one must not.
            for one in _clients_covered(work, scope.level, client_id):
                store_missing_keys(work.tx, one, session.secret)
        added = suppress.add(work.tx, request, session.secret)
        domains = [digest(one, session.secret) for one in keys if one.kind == "domain"]
        hits = hits_of(work.tx, added.changes, work.actor.clients, domains)
        if not dry_run:
            work.follow(added.changes)

    if not hits.companies and meant != "phone":
        owner_id = None if scope.level in _SHARED else client_id
        with session.read() as work:
            hits = replace(hits, nearest=nearest_names(work.tx, owner_id, text))
    done = WorkedOff() if dry_run else work_off(session)
    owner = owner_of_shared(text) if meant == "domain" else None
    return Suppressed(meant, added.is_new, hits, done, owner)


def store_keys_of_all(session: Session, scope: Scope) -> None:
    """Store the contact keys that companies of a scope lack, so that a suppression finds them all."""
    with session.read(right_for(scope.level)) as work:
        client_id, _ = client_and_campaign(work, scope)
    if client_id == clients.NO_CLIENT:
        return
    store_every_key(session.store, None if scope.level in _SHARED else client_id, session.secret)


def check(
    session: Session,
    where: Where,
    text: str,
    *,
    kind: str | None = None,
    country: str | None = None,
) -> Sequence[SuppressionRow]:
    """Find the suppressions that match a text."""
    country = number_country(session, country, where.client).code
    with session.read() as work:
        level = "campaign" if where.campaign else "client"
        client_id, campaign_id = client_and_campaign(work, Scope(where, level))
        request = SuppressionRequest(
            kind=kind,
            text=text,
            country=country,
            level=level,
            by=work.actor.name,
            client_id=client_id,
            campaign_id=campaign_id,
        )
        found = suppression_checks.check(work.tx, request, session.secret)
        return [_as_seen(work, one, text) for one in found]


def _as_seen(work: Transaction, row: SuppressionRow, asked: str) -> SuppressionRow:
    """A suppression without the words of a client that the actor does not see."""
    if row.origin_id is None or work.actor.sees(row.origin_id):
        return row
    return row._replace(subject=asked, key=None, by="the agency", reason="")


def list_all(session: Session, client: str) -> Sequence[SuppressionRow]:
    """List the suppressions that count for a client, those of the agency and the law included; not
    what comes from clients out of the actor's scope.
    """
    with session.read() as work:
        return suppressions.listing(work.tx, work.client(client), work.actor.clients)


def end(
    session: Session,
    scope: Scope,
    what: str,
    *,
    kind: str | None = None,
    country: str | None = None,
    reason: str = "",
) -> UUID:
    """End a suppression, under all its forms; other suppressions stay. `what` is its id, or the
    company, domain, e-mail address or phone number that it names.
    """
    request_id = as_company_id(what) if kind is None else None
    keys: tuple[Key, ...] = ()
    if request_id is None:
        country = number_country(session, country, scope.where.client, scope.level).code
        keys = keys_of_text(what, kind, country)[1]

    with session.write(Right.MANAGE) as work:
        client_id = work.client(scope.where.client)
        if scope.level in _SHARED:
            work.check_every_client()
        if request_id is None:
            request_id = suppression_ends.named(
                work.tx, client_id, scope.level, keys, session.secret
            )
        changes = suppression_ends.end(
            work.tx, request_id, client_id, scope.level, work.actor.name, session.secret, reason
        )
        work.follow(changes)
    work_off(session)
    return request_id


def right_for(level: str) -> Right:
    """The right that a suppression of this level needs."""
    if level not in LEVELS:
        raise UsageError(f"{level!r} is not a level", f"one of {', '.join(LEVELS)}")
    return Right.MANAGE if level in _SHARED else Right.SUPPRESS


def client_and_campaign(work: Transaction, scope: Scope) -> tuple[UUID, UUID | None]:
    """The client of a scope and, at the level `campaign`, its campaign."""
    if scope.level in _SHARED:
        work.check_every_client()
    if scope.level == "campaign":
        return work.campaign(scope.where.client, scope.where.campaign)
    return work.client(scope.where.client), None


def _clients_covered(work: Transaction, level: str, client_id: UUID) -> list[UUID]:
    """The clients whose companies a suppression of this level covers."""
    if level in ("client", "campaign"):
        return [client_id]
    return [one.id for one in clients.every(work.tx)]
