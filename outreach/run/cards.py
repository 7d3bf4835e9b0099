"""Make the card of a company."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from leads.facts import Fact
from leads.store import (
    Tx,
    companies,
    company_search,
    desk_actions,
    dispositions,
    fact_doubts,
    in_use,
    queue,
    site_findings,
    verdicts,
)
from leads.store.facts import facts
from leads.store.leases import Lease
from leads.store.queue import QueueRow
from leads.verdicts import VerdictRow
from outreach.card import (
    Card,
    CardAssessment,
    CardHistory,
    CardLease,
    CardPromise,
    CardQueue,
    assess,
    details,
)
from outreach.card_parts import contact_points
from outreach.contact import ContactDecision
from outreach.place import READY_REASONS
from outreach.run import card_parts, policies
from outreach.run.calendars import calendar_key
from outreach.run.local_time import local_time
from outreach.run.no_site import why_no_site
from outreach.run.people import people_of
from outreach.run.queue_user import QueueUser
from outreach.run.reaching import ReachScope, decision, reaches_of_facts

#: The actions that the history shows besides dispositions.
_SHOWN = frozenset({"note", "skipped", "postponed"})


def card_of_lease(
    tx: Tx, user: QueueUser, held: Lease, contacts: Mapping[UUID, ContactDecision] | None = None
) -> Card:
    """The card of a prospect that somebody holds; with the decisions that were made already."""
    company_id = companies.survivor(tx, user.client_id, held.company_id)
    lease = CardLease(held.user, held.since, held.until, held.token)
    return card_of(tx, user, company_id, lease, (contacts or {}).get(company_id))


def card_of(
    tx: Tx,
    user: QueueUser,
    company_id: UUID,
    lease: CardLease | None = None,
    contact: ContactDecision | None = None,
) -> Card:
    """The card of any company, with its earlier dispositions; None: decide now about contacts."""
    in_use.look_up(tx, user.client_id, user.campaign_id)
    doubts = fact_doubts.of_companies(tx, user.client_id, [company_id]).get(company_id, {})
    held = facts.of_companies(tx, user.client_id, [company_id])[company_id]
    own_facts = [one for one in held if doubts.get(one.id) != "wrong"]
    row = queue.entries(tx, user.campaign_id, [company_id]).get(company_id)
    if contact is None:
        contact = decision(tx, user.client_id, user.campaign_id, company_id, user.secret)
    promise = _promise(tx, user, company_id)
    calendar = row.calendar if row and row.calendar is not None else calendar_key(own_facts)
    name, shown = company_search.get(tx, user.client_id, company_id).name, details(own_facts)
    scope = ReachScope(user.client_id, user.campaign_id, user.secret)
    ways = reaches_of_facts(tx, scope, {company_id: own_facts})[company_id]
    return Card(
        company_id=company_id,
        name=name,
        details=shown,
        assessment=_assessment(tx, user, company_id, own_facts),
        lease=lease,
        promise=promise,
        queue=_queue(row, contact),
        history=history(tx, user, company_id),
        contacts=contact_points(
            own_facts,
            ways,
            policies.in_force(tx, user.client_id),
            contact,
        ),
        people=people_of(tx, user, company_id, ways.who, contact),
        list_cells=card_parts.list_cells(tx, company_id),
        sisters=card_parts.sisters(tx, user, company_id, name),
        script=card_parts.script(tx, user, name, shown),
        local_time=local_time(tx, user, calendar, promise.at if promise else None),
        no_site=_no_site(tx, user.client_id, company_id, own_facts),
    )


def _no_site(tx: Tx, client_id: UUID, company_id: UUID, own_facts: Sequence[Fact]) -> str:
    if any(one.attribute == "domain" for one in own_facts):
        return ""
    return why_no_site(site_findings.of_companies(tx, client_id, [company_id]).get(company_id))


def _promise(tx: Tx, user: QueueUser, company_id: UUID) -> CardPromise | None:
    related = verdicts.relationships(tx, user.campaign_id, [company_id]).get(company_id)
    if related is None or related.promised_by is None or related.reopens_at is None:
        return None
    shared_at = related.shared_at or related.reopens_at
    return CardPromise(related.promised_by, related.reopens_at, shared_at, related.reason)


def _assessment(
    tx: Tx, user: QueueUser, company_id: UUID, own_facts: Sequence[Fact]
) -> CardAssessment:
    verdict = verdicts.in_force(tx, user.campaign_id, [company_id]).get(company_id)
    if verdict is None:
        return CardAssessment()
    # A verdict may rest on facts of companies that are counted with this one.
    of_members = facts.by_ids(tx, _other_fact_ids(verdict, own_facts)).values()
    return assess(verdict, [*of_members, *own_facts])


def _other_fact_ids(verdict: VerdictRow, own_facts: Sequence[Fact]) -> list[UUID]:
    if not verdict.rolled_up:
        return []
    own = {fact.id for fact in own_facts}
    return [fact_id for text in verdict.fact_ids if (fact_id := UUID(text)) not in own]


def _queue(row: QueueRow | None, contact: ContactDecision) -> CardQueue:
    """Where the company is in the queue; a reason not to contact it is shown as of now, though its
    row may be older.
    """
    state = row.state if row else "out"
    if not contact.allowed:
        return CardQueue(state, contact.reason, warns=state == "leased")
    if row is None:
        return CardQueue(state, "not in the queue", warns=False)
    # A holder is warned too when the company does not fit the profile any more.
    must_stop = row.state == "leased" and row.reason not in READY_REASONS
    return CardQueue(state, row.reason, warns=must_stop)


def history(tx: Tx, user: QueueUser, company_id: UUID) -> tuple[CardHistory, ...]:
    """What happened to a company at this campaign's desks, newest first; what was merged into it
    counts.
    """
    ids = desk_actions.with_merged(tx, company_id)
    lines = [
        CardHistory(one.at, one.user, one.kind, one.note)
        for some in dispositions.of_companies(tx, user.campaign_id, ids).values()
        for one in some
    ]
    lines += [
        CardHistory(one.at, one.user, one.verb, one.text)
        for some in desk_actions.of_companies(tx, user.campaign_id, ids).values()
        for one in some
        if one.verb in _SHOWN
    ]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))
