"""The one place that knows the order of the stages: which tasks follow from which change, and who
does them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from leads.changes import (
    Change,
    CompaniesChanged,
    ConsentChanged,
    ContactsWanted,
    EntryFactsChanged,
    IcpChanged,
    OpenQuestions,
    PagesStored,
    PredictionChanged,
    RecordsChanged,
    ScoringChanged,
    SignalsChanged,
    SiteFactsChanged,
    SiteMoved,
    SuppressionChanged,
    TemperaturesChanged,
    VerdictsChanged,
    WorkedElsewhere,
)
from leads.store import (
    Tx,
    campaigns,
    companies,
    company_changes,
    lead_rows,
    links,
    scores,
    scoring_files,
    site_findings,
    site_states,
    webhooks,
)
from leads.store.facts import entry_facts, facts
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Wanted
from leads.store.scope import covers, every_client
from outreach.run.site_visits import companies_to_visit, sites_to_visit
from workers.ask_tasks import ask_tasks
from workers.move_tasks import tasks_of_move


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of task: where it queues, and how many are worked on at a time."""

    name: str
    queue: str
    batch: int


#: In the order of the data: what stands first is done first, so that later stages see all of it.
KINDS = (
    Kind("dedupe", "cheap", 1),
    Kind("enrich", "cheap", 50),
    Kind("qualify", "cheap", 500),
    Kind("find_site", "crawl", 100),
    Kind("crawl", "crawl", 100),
    Kind("ask", "ask", 50),
    Kind("score", "cheap", 1000),
    Kind("queue", "cheap", 1000),
    Kind("webhook", "crawl", 20),
)
ALL = tuple(kind.name for kind in KINDS)
#: What is done in this house alone; the others reach out to sites and webhooks.
CHEAP = tuple(kind.name for kind in KINDS if kind.queue == "cheap")
#: What follows from a signal: to look for nothing else halves the time of adding one.
OF_SIGNALS = ("score", "queue")
BY_NAME = {kind.name: kind for kind in KINDS}


def follow(
    tx: Tx, changes: Iterable[Change], trace_id: str = "", watchers: Sequence[str] = ()
) -> int:
    """Ask for the tasks these changes cause, in the transaction of the changes; how many were new.

    `watchers` are other traces that wait for what these changes cause.
    """
    changes = list(changes)
    own = covers(tx, [getattr(one, "client_id", None) for one in changes])
    # What one client causes may be due at others, such as a suppression of the agency.
    with nullcontext() if own else every_client(tx):
        wanted = [one for change in changes for one in _caused(tx, change)]
    wanted += [_wanted("webhook", str(one), client_id) for client_id, one in webhooks.unasked(tx)]
    return ledger.ask(tx, wanted, trace_id, watchers)


def _caused(tx: Tx, change: Change) -> list[Wanted]:
    match change:
        case RecordsChanged(client_id):
            return [_wanted("dedupe", str(client_id), client_id)]
        case CompaniesChanged():
            return _of_companies(tx, change)
        case IcpChanged(client_id, campaign_id):
            # Imported here: the first of several commands that need it is slow to start.
            due: Any = import_module("qualify.run.passes").companies_due
            return _of_each("qualify", client_id, campaign_id, due(tx, client_id, campaign_id))
        case VerdictsChanged(client_id, campaign_id, company_ids):
            scored = _scored(tx, client_id, company_ids, campaign_id)
            placed = _of_each("queue", client_id, campaign_id, company_ids)
            return [*scored, *placed, *ask_tasks(tx, campaign_id, company_ids)]
        case SignalsChanged() | ScoringChanged() | TemperaturesChanged() | PredictionChanged():
            return _of_scoring(tx, change)
        case SuppressionChanged():
            return _of_suppression(tx, change)
        case WorkedElsewhere(client_id, company_ids) | ConsentChanged(client_id, company_ids):
            return _of_worked(tx, client_id, company_ids)
        case SiteMoved():
            return tasks_of_move(tx, change)
        case _:
            return _of_sources(tx, change)


def _of_sources(
    tx: Tx,
    change: OpenQuestions | PagesStored | ContactsWanted | SiteFactsChanged | EntryFactsChanged,
) -> list[Wanted]:
    match change:
        case OpenQuestions(client_id, campaign_id, sites, unsited):
            if not campaigns.may_crawl(tx, campaign_id):
                return []
            return [*visits(tx, client_id, sites), *searches(tx, client_id, unsited)]
        case PagesStored(sites) | ContactsWanted(sites):
            return [_wanted("enrich", site, None) for site in sites]
        case SiteFactsChanged(sites):
            return _of_sites(tx, sites)
        case EntryFactsChanged(entries):
            return _of_owners(tx, entry_facts.companies_with_entries(tx, entries))


def _of_companies(tx: Tx, change: CompaniesChanged) -> list[Wanted]:
    company_changes.note(tx, change.client_id, change.company_ids)
    scored = _scored(tx, change.client_id, change.company_ids)
    # The queue too: the verdict may stay as it is, and the company be on a list of customers now.
    active, kinds = campaigns.with_icp(tx, change.client_id), ("qualify", "queue")
    # What is known of a company counts for those it is linked to as well.
    some = links.linked_with(tx, change.client_id, change.company_ids) if active else ()
    return scored + [
        company_task(kind, change.client_id, campaign_id, one)
        for kind in kinds
        for campaign_id in active
        for one in some
    ]


def _of_scoring(
    tx: Tx, change: SignalsChanged | ScoringChanged | TemperaturesChanged | PredictionChanged
) -> list[Wanted]:
    match change:
        case SignalsChanged(client_id, company_ids):
            return _scored(tx, client_id, company_ids)
        case TemperaturesChanged(client_id, campaign_id, company_ids):
            return _of_each("queue", client_id, campaign_id, company_ids)
        case PredictionChanged(client_id, campaign_id):
            every = companies.ids_of(tx, client_id)
            return _of_each("queue", client_id, campaign_id, every)
        case ScoringChanged(client_id, campaign_id):
            some = scores.every_with_signals(tx, client_id)
            every = companies.ids_of(tx, client_id)
            # The whole queue is ordered by the grid of another file.
            return [
                *_of_each("score", client_id, campaign_id, some),
                *_of_each("queue", client_id, campaign_id, every),
            ]


def _scored(
    tx: Tx, client_id: UUID, company_ids: Sequence[UUID], campaign_id: UUID | None = None
) -> list[Wanted]:
    """Score tasks for the companies that have signals, in campaigns with a scoring file, and for
    those that are leads, whose stage and next touch may change.
    """
    every = scoring_files.campaigns_with(tx, client_id)
    wanted = [one for one in every if campaign_id in (None, one)]
    some = scores.with_signals(tx, client_id, company_ids) if wanted else ()
    scored = {(one, company) for one in wanted for company in some}
    led = lead_rows.among(tx, client_id, company_ids)
    scored |= {(one, company) for one, company in led if campaign_id in (None, one)}
    return [company_task("score", client_id, *one) for one in sorted(scored)]


def visits(tx: Tx, client_id: UUID, sites: Sequence[str]) -> list[Wanted]:
    """Crawl tasks for the sites that are due for a visit and whose companies may be contacted."""
    # What a visit finds is for everyone; the client says only whose turn it is.
    due = site_states.stale(tx, sites_to_visit(tx, client_id, sites))
    return [_wanted("crawl", site, client_id) for site in due]


def searches(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[Wanted]:
    """Tasks to find the sites of companies, where that is due and the company may be contacted."""
    due = site_findings.due(tx, client_id, company_ids)
    wanted = companies_to_visit(tx, client_id, due) if due else set()
    return [_wanted("find_site", str(one), client_id) for one in due if one in wanted]


def _of_suppression(tx: Tx, change: SuppressionChanged) -> list[Wanted]:
    """Queue tasks for the companies that a suppression matches, and for those linked to them."""
    every = campaigns.with_icp(tx, change.client_id)
    wanted = [one for one in every if change.campaign_id in (None, one)]
    some = links.linked_with(tx, change.client_id, change.company_ids) if wanted else ()
    # After the end of a suppression, qualifying again asks for the visits that were left out.
    kinds = ("qualify", "queue") if change.ended else ("queue",)
    return [
        company_task(kind, change.client_id, campaign_id, one)
        for kind in kinds
        for campaign_id in wanted
        for one in some
    ]


def _of_worked(tx: Tx, client_id: UUID, company_ids: Sequence[UUID]) -> list[Wanted]:
    """Queue tasks for companies that other clients work, or whose channels changed, and for those
    linked to them.
    """
    active = campaigns.with_icp(tx, client_id)
    some = links.linked_with(tx, client_id, company_ids) if active else ()
    return [company_task("queue", client_id, campaign, one) for campaign in active for one in some]


def _of_sites(tx: Tx, sites: Sequence[str]) -> list[Wanted]:
    found = facts.companies_with_sites(tx, sites)
    doubted = [
        _wanted("find_site", str(one.company_id), one.client_id)
        for one in site_findings.taken_by_machine(tx, sites)
        if campaigns.any_may_crawl(tx, one.client_id)
    ]
    return doubted + _of_owners(tx, [(client_id, one) for _, client_id, one in found])


def _of_owners(tx: Tx, found: Iterable[tuple[UUID, UUID]]) -> list[Wanted]:
    """Qualify and queue tasks for companies, of (client, company), whose shared facts changed."""
    owners: dict[UUID, dict[UUID, None]] = {}
    for client_id, company_id in found:
        owners.setdefault(client_id, {})[company_id] = None
    for client_id, own in owners.items():
        company_changes.note(tx, client_id, own)
    # The queue too: a suppression may match a phone or an alias that is stated now.
    return [
        company_task(kind, client_id, campaign_id, company_id)
        for kind in ("qualify", "queue")
        for client_id, own in owners.items()
        if (active := campaigns.with_icp(tx, client_id))
        for company_id in links.linked_with(tx, client_id, list(own))
        for campaign_id in active
    ]


def _wanted(kind: str, key: str, client_id: UUID | None) -> Wanted:
    return Wanted(kind=kind, key=key, queue=BY_NAME[kind].queue, client_id=client_id)


def _of_each(
    kind: str, client_id: UUID, campaign_id: UUID, company_ids: Iterable[UUID]
) -> list[Wanted]:
    return [company_task(kind, client_id, campaign_id, one) for one in company_ids]


def company_task(kind: str, client_id: UUID, campaign_id: UUID, company_id: UUID) -> Wanted:
    """The task of one kind about a company in a campaign."""
    return _wanted(kind, f"{campaign_id}:{company_id}", client_id)
