"""A batch of enrich tasks: read pages, extract facts outside any transaction, store the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from uuid import UUID

import enrich.run
from dedupe.run.parent_links import link_by_parents
from enrich.run import Extraction, SiteFacts, SitePeople
from leads.changes import Change, SiteFactsChanged
from leads.collection import frozen_collection
from leads.store import Tx, erased_keys
from leads.store.facts import facts
from leads.store.ledger.tasks import Claimed
from workers.context import Context
from workers.growing import signal_growth
from workers.lost import finish_or_lose
from workers.moving import follow_moves
from workers.pipeline import follow
from workers.screening import is_erased


def enrich_batch(
    context: Context, by_cause: Mapping[tuple[str, tuple[str, ...]], Sequence[Claimed]]
) -> None:
    """Extract the facts of sites; LostLeaseError when a task is no longer ours.

    Only the last step locks the database: it stores the facts and finishes the tasks.
    """
    read = _extracted(context, (task.key for tasks in by_cause.values() for task in tasks))
    extracted = {site: found.facts for site, found in read.items() if found.facts}
    with context.store.write() as tx:
        enrich.run.keep_readings(tx, list(read.values()))
        _store_people(context, tx, [found.people for found in read.values() if found.people])
        for (trace_id, watchers), tasks in by_cause.items():
            new = [extracted[task.key] for task in tasks if task.key in extracted]
            changes = enrich.run.store_facts(tx, new)
            grown = signal_growth(tx, _current(new, changes))
            moved = follow_moves(tx, [task.key for task in tasks])
            follow(tx, [*changes, *grown, *_links_changed(tx, changes), *moved], trace_id, watchers)
            finish_or_lose(tx, tasks)


def _extracted(context: Context, sites: Iterable[str]) -> dict[str, Extraction]:
    # One site at a time, so that memory holds the pages of one site.
    with frozen_collection():
        tried = {site: _extract(context, site) for site in dict.fromkeys(sites)}
    return {site: found for site, found in tried.items() if found is not None}


def _store_people(context: Context, tx: Tx, people: Sequence[SitePeople]) -> None:
    if people:
        erased = partial(is_erased, erased=erased_keys.hashes(tx), secret=context.secret)
        enrich.run.store_people(tx, people, erased)


def _extract(context: Context, site: str) -> Extraction | None:
    with context.store.read() as tx:
        read = enrich.run.read_site(tx, site, context.settings.fingerprints)
    if read is None:
        return None

    extracted = enrich.run.extract_facts(read)
    for page in extracted.broken:
        context.log("page_failed", site=site, url=page.url, error=page.error)
    return extracted


def _current(extracted: Sequence[SiteFacts], changes: Sequence[Change]) -> list[SiteFacts]:
    """What was stored: a site with a newer visit by now was skipped."""
    stored = {site for one in changes if isinstance(one, SiteFactsChanged) for site in one.sites}
    return [one for one in extracted if one.site in stored]


def _links_changed(tx: Tx, changes: Sequence[Change]) -> list[Change]:
    return [
        change
        for changed in changes
        if isinstance(changed, SiteFactsChanged)
        for change in link_parents(tx, changed.sites)
    ]


def link_parents(tx: Tx, sites: Sequence[str]) -> list[Change]:
    """Link the companies of these sites to the parents that their pages name.

    Dedupe does the same for lists, but runs before pages are read.
    """
    companies: dict[UUID, set[UUID]] = {}
    for _, client_id, company_id in facts.companies_with_sites(tx, sites):
        companies.setdefault(client_id, set()).add(company_id)

    return [
        change
        for client_id, company_ids in sorted(companies.items())
        for change in link_by_parents(tx, client_id, company_ids)
    ]
