"""Hand leads over to the client, record the answers, list and count them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO, cast

from actions.actor import Right
from actions.follow_up import work_off
from actions.handover_receivers import EVENT, receives
from actions.lead_barriers import barred
from actions.lead_stages import changes_of, check_words, lead_named
from actions.session import Session, Transaction
from actions.where import Where
from engage.handover.figures import Figures, Taken, figures
from engage.run import handing_over
from engage.run.handing_over import Lead
from engage.run.lead_files import agreement
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, PartlyDoneError, UsageError
from leads.sheets.new_file import NewFile
from leads.store import handovers, webhooks
from leads.store.handovers import HandoverRow

__all__ = [
    "Figures",
    "Listed",
    "Taken",
    "accept",
    "list_handovers",
    "reject",
    "reject_reasons",
    "report",
    "send",
]


@dataclass(frozen=True, slots=True)
class Listed:
    """A hand-over, and whether its answer is late."""

    row: HandoverRow
    overdue: bool


def send(
    session: Session,
    where: Where,
    company: str,
    path: str | None,
    *,
    to_inbox: bool = False,
    dry_run: bool = False,
) -> Mapping[str, Any]:
    """Send a qualified lead to the client: to a file, to the client's webhooks, or both. With
    `to_inbox` neither is needed: the client reads it on the page of hand-overs.
    """
    if path and path != "-" and Path(path).exists() and not dry_run:
        raise UsageError(f"{path} exists", "name another file")
    with ExitStack() as stack:
        # Written before the hand-over is stored, and named after: none is without the other.
        file = _beside(stack, path) if not dry_run else None
        with session.write(Right.WORK_QUEUE, dry_run=dry_run) as work:
            lead = lead_named(work, where, company)
            if path is None and not to_inbox:
                _check_receivers(work, lead)
            _check_barriers(work, lead)
            told = handing_over.send(work.tx, lead)
            if not dry_run:
                work.follow(changes_of(lead))
            if file:
                _write(file, told)
        if file:
            _put(file, lead)
    if not dry_run:
        work_off(session)
    return told


def accept(session: Session, where: Where, company: str, words: str) -> str:
    """Record that the client took a lead; the company's name."""
    check_words(words)
    with session.write(Right.ANSWER) as work:
        lead = _handed_over(work, where, company)
        handing_over.accept(work.tx, lead, words)
        work.follow(changes_of(lead))
    work_off(session)
    return lead.company


def reject(
    session: Session, where: Where, company: str, reason: str, words: str
) -> tuple[str, str]:
    """Record that the client refused a lead, and why; the company's name, and its stage now."""
    check_words(words)
    with session.write(Right.ANSWER) as work:
        lead = _handed_over(work, where, company)
        stage = handing_over.reject(work.tx, lead, reason, words)
        work.follow(changes_of(lead))
    work_off(session)
    return lead.company, stage


def list_handovers(session: Session, where: Where) -> Sequence[Listed]:
    """List the hand-overs of a campaign, the most overdue first."""
    with session.read(Right.ANSWER) as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        rows = handovers.of_campaign(work.tx, campaign_id)
    return [Listed(one, _is_late(one, now())) for one in rows]


def reject_reasons(session: Session, where: Where) -> Mapping[str, str]:
    """What each reason to reject a lead says, by its name; empty without a hand-over file."""
    with session.read(Right.ANSWER) as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        file = agreement(work.tx, campaign_id)
    return {name: one.says for name, one in file.reject_reasons.items()} if file else {}


def report(session: Session, where: Where) -> Figures:
    """Count the hand-overs of a campaign by answer, reason and checklist."""
    rows = list_handovers(session, where)
    return figures(
        [(one.row.state, one.row.reason, one.row.checklist) for one in rows],
        overdue=sum(one.overdue for one in rows),
    )


def _handed_over(work: Transaction, where: Where, company: str) -> Lead:
    """The lead that is meant; a person of the client finds only those that were handed over."""
    if not work.actor.may(Right.VIEW):
        _, campaign_id = work.campaign(where.client, where.campaign)
        rows = handovers.of_campaign(work.tx, campaign_id)
        text = company.strip().casefold()
        found = [one for one in rows if text in (str(one.company_id), one.company.casefold())]
        if not found:
            raise NotFoundError(
                f"no hand-over of {company[:100]!r} waits for an answer",
                "see the list of hand-overs",
            )
        company = str(found[0].company_id)
    return lead_named(work, where, company)


def _check_receivers(work: Transaction, lead: Lead) -> None:
    """Refuse to send a lead that no webhook would receive."""
    if not any(receives(one) for one in webhooks.of_client(work.tx, lead.client_id)):
        raise UsageError(
            "nobody would receive the lead",
            f"add -o FILE, or a webhook: `sluice webhook add URL --type {EVENT}`",
        )


def _check_barriers(work: Transaction, lead: Lead) -> None:
    """Refuse a lead that must not be contacted."""
    reason = barred(work, lead.client_id, lead.campaign_id, [lead.company_id])
    if reason:
        raise NotAllowedError(
            f"{lead.company} must not be contacted: {reason[lead.company_id]}",
            "see `sluice suppress check`; `sluice queue reopen` reopens what a person closed",
        )


def _is_late(row: HandoverRow, at: datetime) -> bool:
    return row.state == "open" and row.answer_by < at


def _beside(stack: ExitStack, path: str | None) -> NewFile | None:
    if not path or path == "-":
        return None
    try:
        return stack.enter_context(NewFile(Path(path)))
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror or error}", "name another file"
        ) from None


def _write(file: NewFile, told: Mapping[str, Any]) -> None:
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    cast("TextIO", file.stream).write(text)
    file.finish()


def _put(file: NewFile, lead: Lead) -> None:
    place = file.put_new()
    if place != file.place:
        raise PartlyDoneError(
            f"{lead.company} is handed over; {file.place} was made by somebody else meanwhile",
            f"the lead is in {place}",
        )
