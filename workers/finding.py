"""A batch of find_site tasks: search the sites of companies, then store what was found as facts."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from enrich.finding.judge import Band, judge
from enrich.finding.marks import marks
from enrich.finding.search import Bounds, Finding, Search
from enrich.finding.shown import read_shown
from enrich.finding.wanted import Wanted
from leads.changes import Change, CompaniesChanged, RecordsChanged
from leads.clock import now
from leads.store import Tx, opted_out_hosts, pages, site_findings
from leads.store.ledger.tasks import Claimed
from leads.store.site_findings import LookedUpName, StoredFinding
from outreach.run.site_visits import companies_to_visit
from spiders.limits import OWN_MACHINE
from spiders.look_up import Known, LookedUp, look_up
from spiders.opted_out import OptedOut
from workers.context import Context
from workers.found_sites import found_reasons, hold_site, release_site, site_event, wanted_of
from workers.lost import finish_or_lose
from workers.pipeline import follow
from workers.site_search import mapped_endings, search

#: Raise it when the same rows lead to other findings.
RULES_VERSION = 1
Cause = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Job:
    """One company whose site is to be found, and what is held of it."""

    task: Claimed
    client_id: UUID
    company_id: UUID
    wanted: Wanted
    basis: str
    before: StoredFinding | None


def find_batch(context: Context, by_cause: Mapping[Cause, Sequence[Claimed]]) -> None:
    """Find the sites of companies; LostLeaseError when a task is no longer ours.

    Only the last step locks the database: it stores findings and facts, and finishes the tasks.
    """
    claimed = [one for some in by_cause.values() for one in some]
    with context.store.read() as tx:
        jobs = [job for one in claimed if (job := _job(tx, one)) is not None]
    looked: dict[str, LookedUp] = {}
    found = _search(context, jobs, looked)

    with context.store.write() as tx:
        fresh = [_as_row(one) for one in looked.values()]
        site_findings.keep_look_ups(tx, fresh)
        for (trace_id, watchers), tasks in by_cause.items():
            ids = {one.id for one in tasks}
            some = [(job, one) for job, one in found if job.task.id in ids]
            follow(tx, _store(tx, some), trace_id, watchers)
            finish_or_lose(tx, tasks)


def _job(tx: Tx, task: Claimed) -> _Job | None:
    """Read what is known of a company; None if its site is known, or nothing is to be done."""
    assert task.client_id is not None
    client_id, company_id = task.client_id, UUID(task.key)
    if not companies_to_visit(tx, client_id, [company_id]):
        return None
    before = site_findings.of_companies(tx, client_id, [company_id]).get(company_id)
    wanted = wanted_of(tx, client_id, company_id, before)
    if wanted is None:
        return None
    basis = hashlib.sha256(f"{RULES_VERSION}:{wanted!r}".encode()).hexdigest()
    job = _Job(task, client_id, company_id, wanted, basis, before)
    return None if before is not None and _stands(tx, before, job) else job


def _stands(tx: Tx, before: StoredFinding, job: _Job) -> bool:
    """Whether an earlier finding is still right, so that nothing is searched."""
    if before.band == Band.ACCEPT:
        return before.said_by is not None or _still_holds(tx, before, job.wanted)
    is_old = now() - before.found_at > site_findings.AGAIN
    return before.basis == job.basis and not is_old


def _still_holds(tx: Tx, before: StoredFinding, wanted: Wanted) -> bool:
    """Whether the pages of the newest visit still show the company: a site may change hands."""
    if before.domain is None:
        return False
    visit = pages.last_visit_with_pages(tx, before.domain)
    if visit is None or visit.started_at <= before.found_at:
        return True
    shown = read_shown(before.domain, list(pages.pages_of(tx, visit.id)))
    return judge(marks(wanted, shown)).band is not Band.ABSTAIN


def _search(
    context: Context, jobs: Sequence[_Job], looked: dict[str, LookedUp]
) -> list[tuple[_Job, Finding]]:
    if not jobs:
        return []
    bounds = Bounds(
        look_ups=context.settings.find_look_ups,
        visits=context.settings.find_visits,
        endings=mapped_endings(context.allowed),
    )
    searches = [Search(one.wanted, bounds, _denied(one)) for one in jobs]

    def names(some: Sequence[str]) -> Mapping[str, LookedUp]:
        if context.allowed:
            return look_up(some, allowed=context.allowed)
        with context.store.read() as tx:
            known = site_findings.looked_up(tx, some)
        fresh = look_up([one for one in some if one not in known], allowed={})
        looked.update(fresh)
        return fresh | {
            name: LookedUp(name, Known(one.known), one.hosts) for name, one in known.items()
        }

    with context.store.read() as tx:
        listed = opted_out_hosts.every(tx)
    done = search(
        searches,
        limits=context.limits,
        user_agent=context.settings["user_agent"] or (OWN_MACHINE if context.allowed else ""),
        opted_out=OptedOut({one.host: one.reason for one in listed}),
        allowed=context.allowed,
        pages=bounds.pages,
        look_up_names=names,
        should_stop=context.should_stop,
    )
    return list(zip(jobs, done, strict=True))


def _denied(job: _Job) -> Sequence[str]:
    return job.before.denied if job.before else ()


def _as_row(one: LookedUp) -> LookedUpName:
    return LookedUpName(one.name, one.known.value, one.hosts)


def _store(tx: Tx, found: Sequence[tuple[_Job, Finding]]) -> list[Change]:
    changed: dict[UUID, list[UUID]] = {}
    for job, one in found:
        before = job.before
        if before is not None and before.fact_ids:
            release_site(tx, before, f"{before.domain} no longer shows the company")
            changed.setdefault(job.client_id, []).append(job.company_id)
        taken = one.band is Band.ACCEPT and one.domain is not None
        stored = StoredFinding(
            client_id=job.client_id,
            company_id=job.company_id,
            domain=one.domain,
            band=one.band.value,
            odds=one.odds,
            reasons=found_reasons(one),
            lacks=list(one.lacks),
            denied=list(_denied(job)),
            fact_ids=hold_site(tx, job.client_id, job.company_id, one) if taken else [],
            basis=job.basis,
            found_at=now(),
        )
        site_findings.put(tx, [stored])
        if taken:
            changed.setdefault(job.client_id, []).append(job.company_id)
            site_event(tx, stored, "site found")
    return [
        change
        for client_id, ids in changed.items()
        for change in (
            RecordsChanged(client_id),
            CompaniesChanged(client_id, tuple(dict.fromkeys(ids))),
        )
    ]
