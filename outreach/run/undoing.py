"""Undo a user's last action in a campaign, until somebody else acts on the company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from leads.changes import Change, VerdictsChanged
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.store import (
    Tx,
    companies,
    company_search,
    desk_actions,
    dispositions,
    fact_doubts,
    leases,
    queue,
    relationship_before,
    signals,
    suppressions,
    verdicts,
)
from leads.store.desk_actions import ActionRow
from leads.store.leases import Lease
from outreach.notes import checked_text
from outreach.run import refresh, suppression_ends
from outreach.run.between_clients import wait_for_others, worked
from outreach.run.leasing import return_expired
from outreach.run.queue_user import QueueUser, log
from outreach.run.signals import SOURCE


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone."""

    company_id: UUID
    company: str
    #: `done`, `released`, `skipped`, `postponed` or `note`.
    verb: str
    text: str
    #: Whether the user holds the prospect again.
    held: bool
    #: Whether a suppression was ended.
    contact_again: bool


def undo(tx: Tx, user: QueueUser, reason: str = "") -> tuple[Undone, list[Change]]:
    """Undo the user's last action that is not undone yet, and restore how things stood before.

    NotAllowedError when somebody else acted on the company since. Undoing a suppression needs a
    reason.
    """
    return_expired(tx, user)
    action = desk_actions.last_of(tx, user.seat)
    if action is None:
        raise NotFoundError(
            f"{user.user} has done nothing in this campaign that could be undone",
            "see `sluice queue mine`",
        )
    company_id = companies.survivor(tx, user.client_id, action.company_id)
    name = company_search.get(tx, user.client_id, company_id).name
    _check_alone(tx, action, company_id, name)
    reason = checked_text(reason, "reason")
    if not reason and _is_for_good(tx, action.suppression_id):
        raise UsageError(
            f"{name} was put on the do-not-contact list", "say with --reason why it may be undone"
        )

    changes = _take_back(tx, user, action)
    held = None
    if action.verb != "note":
        before, since = action.before.get("relationship"), _related_at(tx, action)
        relationship_before.restore(tx, action.campaign_id, company_id, before, since)
        held = _lease_again(tx, user, company_id)
        changes.append(VerdictsChanged(user.client_id, user.campaign_id, (company_id,)))
    desk_actions.mark_undone(tx, action, reason)
    said = f"{action.verb}{f': {action.text}' if action.text else ''}"
    log(tx, user, "undone", company_id, f"{said} ({reason})" if reason else said)
    return (
        Undone(
            company_id,
            name,
            action.verb,
            action.text,
            held is not None,
            bool(action.suppression_id),
        ),
        changes,
    )


def _is_for_good(tx: Tx, suppression_id: UUID | None) -> bool:
    """Whether the action suppressed somebody with no date at which that lifts."""
    rows = suppressions.find(tx, suppression_id) if suppression_id else []
    return any(row.until is None for row in rows)


def _check_alone(tx: Tx, action: ActionRow, company_id: UUID, name: str) -> None:
    if company_id != action.company_id:
        raise NotAllowedError(
            f"{name} was merged since", "report what is true now with `sluice queue done`"
        )
    since = desk_actions.acts_of_others(tx, action)
    if since:
        raise NotAllowedError(
            f"{since[0].who} has {since[0].verb} {name} since",
            f"ask {since[0].who}, or report what is true now with `sluice queue done`",
        )


def _related_at(tx: Tx, action: ActionRow) -> datetime | None:
    """When a disposition related the company; None: another change did, before or since."""
    row = verdicts.relationships(tx, action.campaign_id, [action.company_id]).get(action.company_id)
    is_own = action.disposition_id is not None and row is not None and row.since <= action.at
    return row.since if row is not None and is_own else None


def _take_back(tx: Tx, user: QueueUser, action: ActionRow) -> list[Change]:
    """Take back what followed from the action besides the relationship."""
    changes: list[Change] = []
    if action.disposition_id:
        dispositions.mark_undone(tx, action.disposition_id)
        fact_doubts.mark_undone(tx, action.disposition_id)
        _retract_signals(tx, user, action.company_id, str(action.disposition_id))
        changes += worked(tx, user.client_id, [action.company_id])
    if action.suppression_id and (rows := suppressions.find(tx, action.suppression_id)):
        changes += suppression_ends.end(
            tx, action.suppression_id, user.client_id, rows[0].level, user.user, user.secret
        )
    return changes


def _retract_signals(tx: Tx, user: QueueUser, company_id: UUID, external_id: str) -> None:
    found = signals.of_companies(tx, user.client_id, [company_id]).get(company_id, [])
    ids = [one.id for one in found if (one.source, one.external_id) == (SOURCE, external_id)]
    if ids:
        signals.retract(tx, user.client_id, ids, user.user)


def _lease_again(tx: Tx, user: QueueUser, company_id: UUID) -> Lease | None:
    """Lease the prospect to the user again, unless it is suppressed or worked for another client
    now; the lease that the user took meanwhile goes on.
    """
    row = queue.entries(tx, user.campaign_id, [company_id]).get(company_id)
    if row is None:
        return None
    mine: Sequence[Lease] = leases.live(tx, user.campaign_id, user.user)
    again = [one for one in mine if one.entry_id == row.id]
    if again:
        return again[0]
    wait_for_others(tx, user.client_id, [company_id])
    statuses = refresh.statuses_of(tx, user.client_id, user.campaign_id, [company_id], user.secret)
    queue.move(tx, [(row.id, refresh.stored_place(company_id, statuses[company_id]))])
    contact = statuses[company_id].contact
    if contact.suppressed or contact.held_until:
        return None
    return leases.take_back(tx, row, user.user, user.lease)
