"""Close a prospect with a disposition, and reopen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from leads.changes import Change, VerdictsChanged
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError
from leads.store import (
    Tx,
    companies,
    company_search,
    desk_actions,
    dispositions,
    expired_leases,
    grid_counts,
    leases,
    verdicts,
)
from leads.store.leases import Lease
from leads.verdicts import RelationshipRow
from outreach.contact import Barrier
from outreach.dispositions import Outcome, Report, outcome_of
from outreach.hours.card import MomentThere
from outreach.notes import checked_text
from outreach.run import rules
from outreach.run.between_clients import worked
from outreach.run.desk import record, related
from outreach.run.effects import doubt_facts, end_expiring, suppress_at
from outreach.run.hits import hits_of
from outreach.run.leasing import end_lease, held_by, place_now
from outreach.run.local_time import moment_there
from outreach.run.queue_user import QueueUser, log
from outreach.run.reaching import decision
from outreach.run.signals import record_signal


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionRequest:
    """What an SDR reports."""

    kind: str
    note: str = ""
    at: datetime | None = None
    #: How the SDR named that moment, with the zone: `2027-07-01 09:00 America/New_York`.
    at_named: str = ""
    #: The end of that day, when the SDR named no time of day.
    day_ends: datetime | None = None
    channel: str = "phone"
    #: The value that is wrong, such as the number called; None: the first one of the card.
    about: str | None = None
    #: The token of the lease, as the card showed it; None: whichever it has.
    token: int | None = None
    #: None: the prospect held longest.
    company: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DispositionResult:
    """What a disposition changed."""

    company: str
    disposition: str
    relationship: str
    again_at: datetime | None
    suppressed: bool
    #: The level of the do-not-contact list that it is on now.
    level: str | None
    #: How many facts the company's word speaks against.
    doubted: int
    #: Whether the user promised to call then.
    promised: bool
    #: What the suppression hits: companies, and open cards beside this one.
    companies: int = 0
    open_cards: int = 0
    #: When the suppression lifts by itself; None: a person ends it, or there is none.
    suppressed_until: datetime | None = None
    #: What clocks show there when the company is to be called; None: no time was named.
    there: MomentThere | None = None


def _other_token(given: int, token: int) -> NotAllowedError:
    """The error for a token that is not that of the lease: an older one, or one that nobody has."""
    if given < token:
        return NotAllowedError(
            f"--token {given} is of an earlier lease: the prospect was leased again since",
            f"look at its card with `sluice queue next`; its token is {token} now",
        )
    return NotAllowedError(
        f"no lease of this prospect has had the token {given}",
        f"its token is {token}: `sluice queue next --json` shows it under `lease`",
    )


def done(
    tx: Tx, user: QueueUser, request: DispositionRequest
) -> tuple[DispositionResult, Sequence[Change]]:
    """Close a lease with a disposition.

    After the lease expired its holder may still report, unless somebody else took the prospect;
    do_not_contact is always accepted.
    """
    every = rules.in_force(tx, user.client_id)
    given = every.rule(request.kind)
    is_for_good = given.suppresses is not None and given.suppressed_for is None
    found = _lease_to_close(tx, user, request.company, always=is_for_good)
    if request.token is not None and request.token != found.lease.token:
        raise _other_token(request.token, found.lease.token)
    company_id = companies.survivor(tx, user.client_id, found.lease.company_id)
    note = checked_text(request.note, "note")
    report = Report(
        note=note,
        at=request.at,
        channel=request.channel,
        before=_reported(tx, user, company_id),
    )
    before = related(tx, user, company_id)
    outcome = _of_customer(before, outcome_of(every, given, report, now()))
    lease = replace(found.lease, company_id=company_id)
    version = rules.own_version(tx, user.client_id)
    cell = grid_counts.cell_of(tx, user.campaign_id, lease.entry_id)
    made = dispositions.add(
        tx, lease, given.name, note, outcome.again_at, request.channel, version, cell
    )
    state = outcome.relationship or (before.state if before else "untouched")
    when = f" (again {request.at_named})" if request.at_named else ""
    reason = f"{outcome.reason}{when}, said {user.user}"
    promised_by, shared_at = _promise(user, before, request, outcome)
    verdicts.relate(
        tx,
        user.client_id,
        user.campaign_id,
        company_id,
        state,
        before.reason if before and before.state == "customer" else reason,
        outcome.again_at,
        promised_by,
        shared_at,
    )
    changes: list[Change] = [VerdictsChanged(user.client_id, user.campaign_id, (company_id,))]
    follow = _suppress(tx, user, company_id, outcome, reason)
    changes += follow.changes
    changes += worked(tx, user.client_id, [company_id])
    if outcome.signal:
        record_signal(tx, user, company_id, outcome.signal, request.channel, made)
    doubted = doubt_facts(tx, user, company_id, given, request.about, made)
    _close(tx, user, found)
    hit = hits_of(tx, changes, [user.client_id])
    record(
        tx,
        user,
        company_id,
        "done",
        outcome.reason,
        held=lease,
        before=before,
        disposition_id=made,
        suppression_id=follow.suppression_id,
    )
    log(tx, user, "disposed", company_id, reason)
    result = DispositionResult(
        company=company_search.get(tx, user.client_id, company_id).name,
        disposition=given.name,
        relationship=state,
        again_at=outcome.again_at,
        suppressed=follow.level is not None,
        level=follow.level,
        doubted=doubted,
        promised=promised_by is not None,
        companies=hit.companies,
        open_cards=hit.open_cards,
        there=_there(tx, user, company_id, request),
        suppressed_until=outcome.suppressed_until,
    )
    return result, changes


@dataclass(frozen=True, slots=True)
class _Suppressed:
    """What a disposition suppressed, and at which level; None: nothing."""

    level: str | None = None
    suppression_id: UUID | None = None
    changes: Sequence[Change] = ()


def _suppress(
    tx: Tx, user: QueueUser, company_id: UUID, outcome: Outcome, reason: str
) -> _Suppressed:
    if outcome.suppresses is None:
        return _Suppressed()
    until = outcome.suppressed_until
    added, level = suppress_at(tx, user, company_id, outcome.suppresses, reason, until)
    return _Suppressed(level, added.request_id, added.changes)


def _promise(
    user: QueueUser, before: RelationshipRow | None, request: DispositionRequest, outcome: Outcome
) -> tuple[str | None, datetime | None]:
    """Who is to call again, and from when anybody may; nobody was reached: the same as before."""
    if outcome.again_at is None:
        return None, None
    shared_at = max(request.day_ends or outcome.again_at, outcome.again_at) + user.grace
    if outcome.promises:
        return user.user, shared_at
    if outcome.relationship is None and before and before.promised_by:
        return before.promised_by, shared_at
    return None, None


def _reported(tx: Tx, user: QueueUser, company_id: UUID) -> list[tuple[str, str]]:
    """What was reported of a company and of those merged into it, oldest first."""
    ids = desk_actions.with_merged(tx, company_id)
    found = dispositions.of_companies(tx, user.campaign_id, ids).values()
    lines = sorted((one for some in found for one in some), key=lambda one: one.at)
    return [(one.kind, one.channel) for one in lines]


def reopen(tx: Tx, user: QueueUser, company: str) -> list[Change]:
    """Reopen what a disposition closed; NotAllowedError when it is suppressed or was not closed."""
    company_id = company_search.find(tx, user.client_id, company).id
    changes = end_expiring(tx, user, company_id)
    contact = decision(tx, user.client_id, user.campaign_id, company_id, user.secret)
    if contact.barrier is Barrier.SUPPRESSED:
        raise NotAllowedError(f"it is {contact.reason}", "only ending the suppression reopens it")
    state = _relationship(tx, user, company_id)
    if state != "lost":
        raise NotAllowedError(
            f"no disposition closed it: it is {state.replace('_', ' ')}",
            "only what a disposition closed can be reopened",
        )
    reason = f"reopened by {user.user}"
    verdicts.relate(tx, user.client_id, user.campaign_id, company_id, "untouched", reason)
    log(tx, user, "reopened", company_id)
    return [*changes, VerdictsChanged(user.client_id, user.campaign_id, (company_id,))]


def _there(
    tx: Tx, user: QueueUser, company_id: UUID, request: DispositionRequest
) -> MomentThere | None:
    if request.at is None or request.day_ends is not None:
        return None
    return moment_there(tx, user, company_id, request.at)


@dataclass(frozen=True, slots=True)
class _LeaseToClose:
    lease: Lease
    is_live: bool
    #: Whether the row may be placed: False when somebody else holds the prospect now.
    is_free: bool = True


def _lease_to_close(tx: Tx, user: QueueUser, company: str | None, *, always: bool) -> _LeaseToClose:
    """The user's live lease, else an expired one that is free; with `always` any expired one."""
    try:
        return _LeaseToClose(held_by(tx, user, company), is_live=True)
    except NotFoundError:
        wanted = company_search.find(tx, user.client_id, company).id if company else None
        for expired in leases.expired_of(tx, user.campaign_id, user.user):
            survivor = companies.survivor(tx, user.client_id, expired.lease.company_id)
            if wanted in (None, survivor) and (expired.is_free or always):
                return _LeaseToClose(expired.lease, is_live=False, is_free=expired.is_free)
        raise


def _of_customer(before: RelationshipRow | None, outcome: Outcome) -> Outcome:
    """Let a customer stay one, whatever is reported of it."""
    is_customer = before is not None and before.state == "customer"
    return replace(outcome, relationship=None, again_at=None) if is_customer else outcome


def _close(tx: Tx, user: QueueUser, found: _LeaseToClose) -> None:
    if found.is_live:
        end_lease(tx, user, found.lease, "done")
        return
    place = place_now(tx, user, found.lease) if found.is_free else None
    expired_leases.close_expired(tx, found.lease, place)


def _relationship(tx: Tx, user: QueueUser, company_id: UUID) -> str:
    related = verdicts.relationships(tx, user.campaign_id, [company_id]).get(company_id)
    return related.state if related else "untouched"
