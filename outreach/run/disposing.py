"""Close a prospect with a disposition, and reopen it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from leads.changes import Change, VerdictsChanged
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError
from leads.store import Tx, companies, company_search, dispositions, leases, verdicts
from leads.store.leases import Lease
from outreach.contact import Barrier
from outreach.dispositions import Outcome, outcome_of, rule
from outreach.notes import checked_text
from outreach.run import suppress
from outreach.run.contacts import decision
from outreach.run.desk import record, related
from outreach.run.hits import hits_of
from outreach.run.leasing import end_lease, held_by, place_now
from outreach.run.queue_user import QueueUser, log


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
    #: What the suppression hits: companies, and open cards beside this one.
    companies: int = 0
    open_cards: int = 0


def done(
    tx: Tx, user: QueueUser, request: DispositionRequest
) -> tuple[DispositionResult, Sequence[Change]]:
    """Close a lease with a disposition.

    After the lease expired its holder may still report, unless somebody else took the prospect;
    do_not_contact is always accepted.
    """
    given = rule(request.kind)
    found = _lease_to_close(tx, user, request.company, always=given.suppresses)
    if request.token not in (None, found.lease.token):
        raise NotAllowedError(
            f"the lease has the token {found.lease.token}, not {request.token}",
            "the prospect was leased again since: see its card with `sluice queue next`",
        )
    company_id = companies.survivor(tx, user.client_id, found.lease.company_id)
    attempts = _attempts(tx, user, company_id)
    note = checked_text(request.note, "note")
    outcome = outcome_of(given, attempts, note, now(), request.at)
    lease = replace(found.lease, company_id=company_id)
    made = dispositions.add(tx, lease, given.name, note, outcome.again_at)
    before = related(tx, user, company_id)
    state = outcome.relationship or _relationship(tx, user, company_id)
    when = f" (again {request.at_named})" if request.at_named else ""
    reason = f"{outcome.reason}{when}, said {user.user}"
    promised_by, shared_at = _promise(tx, user, company_id, request, outcome)
    verdicts.relate(
        tx,
        user.client_id,
        user.campaign_id,
        company_id,
        state,
        reason,
        outcome.again_at,
        promised_by,
        shared_at,
    )
    changes: list[Change] = [VerdictsChanged(user.client_id, user.campaign_id, (company_id,))]
    suppression_id = None
    if outcome.suppresses:
        added = suppress.add_company(tx, user.client_id, company_id, user.user, reason, user.secret)
        changes += added.changes
        suppression_id = added.request_id
    _close(tx, user, found)
    hit = hits_of(tx, changes)
    record(
        tx,
        user,
        company_id,
        "done",
        outcome.reason,
        held=lease,
        before=before,
        disposition_id=made,
        suppression_id=suppression_id,
    )
    log(tx, user, "disposed", company_id, reason)
    result = DispositionResult(
        company=company_search.get(tx, user.client_id, company_id).name,
        disposition=given.name,
        relationship=state,
        again_at=outcome.again_at,
        suppressed=outcome.suppresses,
        companies=hit.companies,
        open_cards=hit.open_cards,
    )
    return result, changes


def _promise(
    tx: Tx, user: QueueUser, company_id: UUID, request: DispositionRequest, outcome: Outcome
) -> tuple[str | None, datetime | None]:
    """Who is to call again, and from when anybody may; nobody was reached: the same as before."""
    if outcome.again_at is None:
        return None, None
    shared_at = max(request.day_ends or outcome.again_at, outcome.again_at) + user.grace
    if outcome.promises:
        return user.user, shared_at
    related = verdicts.relationships(tx, user.campaign_id, [company_id]).get(company_id)
    if outcome.relationship is None and related and related.promised_by:
        return related.promised_by, shared_at
    return None, None


def reopen(tx: Tx, user: QueueUser, company: str) -> list[Change]:
    """Reopen what a disposition closed; NotAllowedError when it is suppressed or was not closed."""
    company_id = company_search.find(tx, user.client_id, company).id
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
    return [VerdictsChanged(user.client_id, user.campaign_id, (company_id,))]


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


def _close(tx: Tx, user: QueueUser, found: _LeaseToClose) -> None:
    if found.is_live:
        end_lease(tx, user, found.lease, "done")
        return
    place = place_now(tx, user, found.lease) if found.is_free else None
    leases.close_expired(tx, found.lease, place)


def _relationship(tx: Tx, user: QueueUser, company_id: UUID) -> str:
    related = verdicts.relationships(tx, user.campaign_id, [company_id]).get(company_id)
    return related.state if related else "untouched"


def _attempts(tx: Tx, user: QueueUser, company_id: UUID) -> int:
    """How often nobody answered, this time included; a prospect given back is no attempt."""
    before = dispositions.of_companies(tx, user.campaign_id, [company_id]).get(company_id, [])
    return 1 + sum(1 for one in before if one.kind == "no_answer")
