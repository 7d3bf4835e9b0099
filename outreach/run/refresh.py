"""Bring the queue in line with verdicts, suppressions, exclusions and dispositions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from leads.clock import now
from leads.grid import cell
from leads.stages import Relationship
from leads.store import (
    Tx,
    events,
    freshness,
    leases,
    predictions,
    queue,
    scores,
    scoring_files,
    verdicts,
)
from leads.store.queue import QueueRow
from leads.verdicts import VerdictBrief
from outreach.contact import ContactFacts
from outreach.place import CompanyStatus, fits, fresh, place, rank
from outreach.reach_facts import ATTRIBUTES as OF_REACH
from outreach.run.calendars import ATTRIBUTES as OF_CALENDARS
from outreach.run.calendars import calendar_keys
from outreach.run.call_clock import look_up_holidays
from outreach.run.contact_index import store_keys
from outreach.run.contacts import contact_facts
from outreach.run.known_as import ATTRIBUTES as OF_KEYS
from outreach.run.known_as import Rows, rows_about
from outreach.run.reaching import ReachScope, with_reach

#: What decides a place and makes the contact keys.
_ATTRIBUTES = tuple(dict.fromkeys((*OF_REACH, *OF_CALENDARS, *OF_KEYS)))


def refresh(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], secret: bytes
) -> None:
    """Place each of the companies; a row that somebody holds gets a note for the card, and is taken
    from its holder when the company is suppressed.
    """
    found = verdicts.brief(tx, campaign_id, company_ids)
    # Read once for all that is asked of it.
    said = rows_about(tx, client_id, _fitting(found), _ATTRIBUTES)
    scope = ReachScope(client_id, campaign_id, secret)
    statuses = _statuses(tx, scope, campaign_id, company_ids, found, said)
    rows = queue.entries(tx, campaign_id, company_ids)
    added: list[queue.Place] = []
    moved: list[tuple[UUID, queue.Place]] = []
    held: list[QueueRow] = []
    lines: list[events.Happened] = []

    for company_id in company_ids:
        status = statuses[company_id]
        target = stored_place(company_id, status)
        is_ready = target.state == "ready"
        row = rows.get(company_id)
        if row is None:
            # A fitting company that must stay out has a row too: it is found again when the
            # suppression ends.
            if is_ready or fits(status):
                added.append(target)
            if is_ready:
                lines.append(_line("queued", client_id, target))
        elif row.state == "leased":
            held.append(row)
        elif row.place != target:
            moved.append((row.id, target))
            if row.state != target.state:
                verb = "queued" if is_ready else "left the queue"
                lines.append(_line(verb, client_id, target))

    # A suppression finds the companies of the queue by their keys.
    in_queue = [*rows, *(place.company_id for place in added)]
    store_keys(tx, client_id, in_queue, secret, said)
    queue.add(tx, client_id, campaign_id, added)
    queue.move(tx, moved)
    _look_up_holidays(tx, added, moved)
    events.log(tx, [*lines, *_follow_held(tx, held, statuses)])


def _follow_held(
    tx: Tx, held: Sequence[QueueRow], statuses: Mapping[UUID, CompanyStatus]
) -> list[events.Happened]:
    """Note on held rows what their holders must know, and withdraw those of companies that are
    suppressed or customers; the lines of the log.
    """
    places = {row.id: stored_place(row.company_id, statuses[row.company_id]) for row in held}
    barred = [row for row in held if takes_away(statuses[row.company_id].contact)]
    noted = [(row.id, places[row.id].reason) for row in held]
    queue.note(tx, [one for row, one in zip(held, noted, strict=True) if row.reason != one[1]])
    return [
        events.Happened(
            verb="lease withdrawn",
            thing="company",
            thing_id=one.company_id,
            client_id=one.client_id,
            reason=f"{one.user} held it; {places[one.entry_id].reason}",
        )
        for one in leases.of_rows(tx, [row.id for row in barred])
        if leases.end(tx, one, "withdrawn", places[one.entry_id])
    ]


def takes_away(contact: ContactFacts) -> bool:
    """Whether nobody may go on with a company."""
    return contact.suppressed is not None or contact.relationship is Relationship.CUSTOMER


def _look_up_holidays(
    tx: Tx, added: Sequence[queue.Place], moved: Sequence[tuple[UUID, queue.Place]]
) -> None:
    """Keep the holidays for the next claim of one of these: to look them up takes half a second."""
    look_up_holidays(tx, [one.calendar for one in (*added, *(new for _, new in moved))])


def statuses_of(
    tx: Tx, client_id: UUID, campaign_id: UUID, company_ids: Sequence[UUID], secret: bytes
) -> dict[UUID, CompanyStatus]:
    """Everything that decides where each company is placed."""
    found = verdicts.brief(tx, campaign_id, company_ids)
    said = rows_about(tx, client_id, _fitting(found), _ATTRIBUTES)
    scope = ReachScope(client_id, campaign_id, secret)
    return _statuses(tx, scope, campaign_id, company_ids, found, said)


def _fitting(found: Mapping[UUID, VerdictBrief]) -> list[UUID]:
    return [one for one, verdict in found.items() if verdict.verdict == "fit" or verdict.asks]


def _statuses(
    tx: Tx,
    scope: ReachScope,
    campaign_id: UUID,
    company_ids: Sequence[UUID],
    found: Mapping[UUID, VerdictBrief],
    said: Rows,
) -> dict[UUID, CompanyStatus]:
    fitting = _fitting(found)
    facts = contact_facts(tx, scope.client_id, campaign_id, company_ids, scope.secret)
    facts = with_reach(tx, scope, facts, fitting, said)
    newest = freshness.newest_days(tx, campaign_id, fitting)
    calendars = calendar_keys(tx, scope.client_id, fitting, said)
    cells = _cells(tx, campaign_id, [found[one] for one in fitting])
    predicted = predictions.places(tx, campaign_id, list(cells))
    return {
        one: status_of(
            found.get(one),
            facts[one],
            newest.get(one),
            calendars.get(one, ""),
            cell=cells.get(one),
            predicted=predicted.get(one),
        )
        for one in company_ids
    }


def _cells(tx: Tx, campaign_id: UUID, some: Sequence[VerdictBrief]) -> dict[UUID, str]:
    """The cells of companies in the grid; none when the campaign scores no signals."""
    scoring = scoring_files.in_force(tx, campaign_id)
    if scoring is None:
        return {}
    scored = scores.of_companies(tx, campaign_id, [one.company_id for one in some])
    return {
        one.company_id: cell(
            one.score_worst,
            scored[one.company_id].temperature if one.company_id in scored else "cold",
            scoring.grades,
        )
        for one in some
    }


def status_of(
    verdict: VerdictBrief | None,
    contact: ContactFacts,
    newest: date | None = None,
    calendar: str = "",
    *,
    cell: str | None = None,
    predicted: int | None = None,
) -> CompanyStatus:
    """Everything that decides where one company is placed; None: it has no verdict yet."""
    if verdict is None:
        return CompanyStatus(contact=contact)
    return CompanyStatus(
        verdict=verdict.verdict,
        fit_stage=verdict.fit_stage,
        asks=bool(verdict.asks),
        why_not=verdict.why_not,
        score_worst=verdict.score_worst,
        score_best=verdict.score_best,
        newest=newest,
        calendar=calendar,
        contact=contact,
        cell=cell,
        predicted=predicted,
    )


def stored_place(company_id: UUID, status: CompanyStatus) -> queue.Place:
    """The place of a company as its queue row stores it."""
    target = place(status, now())
    return queue.Place(
        company_id=company_id,
        state=target.state,
        reason=target.reason,
        score_worst=status.score_worst,
        score_best=status.score_best,
        rank=rank(status.score_worst, status.score_best, status.cell, status.predicted),
        fresh=fresh(status.newest),
        not_before=target.not_before,
        promised_by=target.promised_by,
        shared_at=target.shared_at,
        calendar=status.calendar,
    )


def _line(verb: str, client_id: UUID, target: queue.Place) -> events.Happened:
    return events.Happened(
        verb=verb,
        thing="company",
        thing_id=target.company_id,
        client_id=client_id,
        reason=target.reason,
    )
