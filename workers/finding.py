"""A batch of find_site tasks: search the sites of companies, and store each result as it comes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from enrich.finding.documents import looked_json, pages_json, reasons_json
from enrich.finding.judge import Band, judge
from enrich.finding.marks import marks
from enrich.finding.result import Finding
from enrich.finding.search import Bounds, Search
from enrich.finding.shown import read_shown
from enrich.finding.wanted import Lead, Wanted
from leads.changes import Change, CompaniesChanged, RecordsChanged
from leads.clock import now
from leads.errors import ServiceDownError
from leads.store import Tx, pages, seat, site_findings, site_states
from leads.store.engine import NoRoomError
from leads.store.ledger import tasks as ledger
from leads.store.ledger.tasks import Claimed
from leads.store.site_findings import SOON, SeenPage, StoredFinding
from leads.visit_outcomes import Outcome
from leads.visits import Visited
from outreach.run.barred_sites import barred_by_name
from outreach.run.site_visits import companies_to_visit
from spiders.site import SiteOutcome
from workers.context import Context
from workers.found_sites import hold_site, release_site, site_event, wanted_of
from workers.giving_up import give_up
from workers.lost import LostLeaseError, finish_or_lose
from workers.pipeline import follow
from workers.shared_look_ups import shared_look_up
from workers.site_search import Around, mapped_endings, search
from workers.visiting import resting, visitor_of

#: Raise it when the same rows lead to other findings.
RULES_VERSION = 1


@dataclass(frozen=True, slots=True)
class _Job:
    """One company whose site is to be found, and what is held of it."""

    task: Claimed
    client_id: UUID
    company_id: UUID
    wanted: Wanted
    basis: str
    before: StoredFinding | None

    def search(self, bounds: Bounds) -> Search:
        """The search for it; a site that was found before is looked at again."""
        before, wanted = self.before, self.wanted
        if before is not None and before.band == Band.ACCEPT and before.domain is not None:
            again = Lead(domain=before.domain, because="it was found before")
            wanted = replace(wanted, leads=(*wanted.leads, again))
        return Search(wanted, bounds, before.denied if before else ())


def find_batch(context: Context, claimed: Sequence[Claimed]) -> None:
    """Find the sites of companies, each result and finish committed as its search ends.

    When the search is asked to stop, the companies not decided go back to the ledger; when it fails,
    they wait with its error.
    """
    waiting = {one.id: one for one in claimed}
    with context.store.read() as tx:
        jobs = [job for one in claimed if (job := _job(tx, one)) is not None]
    idle = waiting.keys() - {one.task.id for one in jobs}
    with context.store.write() as tx:
        finish_or_lose(tx, [waiting.pop(one) for one in idle])
    try:
        _search(context, jobs, waiting)
    except (ServiceDownError, NoRoomError):
        raise
    except Exception as error:
        give_up(context, list(waiting.values()), error)
        return
    if waiting:
        with context.store.write() as tx:
            ledger.give_back(tx, list(waiting.values()))


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
    return before.basis == job.basis and not before.is_due(now())


def _still_holds(tx: Tx, before: StoredFinding, wanted: Wanted) -> bool:
    """Whether the pages of the newest visit still show the company: a site may change hands."""
    if before.domain is None:
        return False
    visit = pages.last_visit_with_pages(tx, before.domain)
    if visit is None or visit.started_at <= before.found_at:
        return True
    shown = read_shown(before.domain, list(pages.pages_of(tx, visit.id)))
    return judge(marks(wanted, shown)).band is not Band.ABSTAIN


def _search(context: Context, jobs: Sequence[_Job], waiting: dict[UUID, Claimed]) -> None:
    """Search; the tasks whose finding was stored, or that cannot be, leave `waiting`."""
    if not jobs:
        return
    bounds = Bounds(
        look_ups=context.settings.find_look_ups,
        visits=context.settings.find_visits,
        endings=mapped_endings(context.allowed),
    )
    job_of = {one.search(bounds): one for one in jobs}
    visitor = visitor_of(context)

    def barred(wanted: Mapping[Search, Sequence[str]]) -> Mapping[Search, Mapping[str, bool]]:
        with context.store.read() as tx:
            return {
                one: barred_by_name(tx, job_of[one].client_id, domains, context.secret)
                for one, domains in wanted.items()
            }

    def at_rest(sites: Sequence[str]) -> Mapping[str, str]:
        with context.store.read() as tx:
            return resting(tx, sites)

    def on_found(one: Search, finding: Finding) -> None:
        job = job_of[one]
        _commit(context, job, finding)
        waiting.pop(job.task.id)
        if context.progress:
            context.progress("finding sites", len(jobs) - len(waiting), len(jobs))

    search(
        list(job_of),
        limits=context.limits,
        user_agent=visitor.user_agent,
        allowed=context.allowed,
        pages=bounds.pages,
        around=Around(
            look_up=lambda names: shared_look_up(context, names),
            barred=barred,
            resting=at_rest,
            on_found=on_found,
            on_visit=lambda outcome: _note_rest(context, outcome),
            should_stop=context.should_stop,
            opted_out=visitor.opted_out,
            robots=context.robots,
        ),
    )


def _note_rest(context: Context, outcome: SiteOutcome) -> None:
    """Note that a site asked not to be visited for a time; the next visit heeds it."""
    if outcome.not_before is None:
        return
    asked = Visited(
        site=outcome.domain,
        at=now(),
        outcome=Outcome.ASKED_TO_WAIT,
        reason=outcome.reason,
        not_before=outcome.not_before,
    )
    with context.store.write() as tx:
        site_states.note(tx, [asked])


def _commit(context: Context, job: _Job, found: Finding) -> None:
    """Store one finding and finish its task; an error costs this one its turn, and no other."""
    task = job.task
    try:
        with context.store.write() as tx:
            follow(tx, _store(tx, job, found), task.trace_id, task.watchers)
            finish_or_lose(tx, [task])
    except LostLeaseError:
        # Another worker searches for this company now; the rest of the batch is still ours.
        return
    except (ServiceDownError, NoRoomError):
        raise
    except Exception as error:
        give_up(context, [task], error)


def _store(tx: Tx, job: _Job, found: Finding) -> list[Change]:
    client_id, company_id, before = job.client_id, job.company_id, job.before
    seat.lock_site(tx, company_id)
    # Minutes passed: a person may have said which site it is, or the company may be gone.
    held = site_findings.of_companies(tx, client_id, [company_id]).get(company_id)
    if held != before or wanted_of(tx, client_id, company_id, before) is None:
        return []
    taken = found.band is Band.ACCEPT and found.domain is not None
    if before is not None and not taken and not _outweighs(found, before):
        again_at = now() + SOON if found.is_unheard else None
        site_findings.put(tx, [replace(before, again_at=again_at)])
        return []
    return _replace(tx, job, found, taken=taken)


def _outweighs(found: Finding, before: StoredFinding) -> bool:
    """Whether a search that took no site says more than what is held."""
    if not before.fact_ids:
        return not found.is_unheard
    # A site is given up for what its pages show, and not because it did not answer.
    return before.domain is not None and found.has_judged(before.domain)


def _word_before(before: StoredFinding | None) -> Mapping[str, Any] | None:
    """What an undo of a person's last word restores, after a search that was made since."""
    if before is None:
        return None
    if before.said_by is None or before.before is None:
        return before.before
    told = {"who": before.said_by, "odds": before.odds, "said_at": before.found_at.isoformat()}
    seen = {"reasons": list(before.reasons), "looked": list(before.looked)}
    return {**before.before, **told, **seen}


def _seen_pages(found: Finding) -> list[SeenPage]:
    return [SeenPage(**one) for one in pages_json(found)]


def _replace(tx: Tx, job: _Job, found: Finding, *, taken: bool) -> list[Change]:
    client_id, company_id, before = job.client_id, job.company_id, job.before
    released = before is not None and bool(before.fact_ids)
    if before is not None and released:
        release_site(tx, before, f"{before.domain} no longer shows the company")
    stored = StoredFinding(
        client_id=client_id,
        company_id=company_id,
        domain=found.domain,
        band=found.band.value,
        odds=found.odds,
        reasons=reasons_json(found.reasons),
        lacks=list(found.lacks),
        looked=looked_json(found),
        denied=list(before.denied) if before else [],
        fact_ids=hold_site(tx, client_id, company_id, found) if taken else [],
        basis=job.basis,
        before=_word_before(before),
        found_at=now(),
        again_at=now() + SOON if found.is_unheard else None,
    )
    site_findings.put(tx, [stored], {company_id: _seen_pages(found)})
    if taken:
        site_event(tx, stored, "site found")
    if not (taken or released):
        return []
    return [RecordsChanged(client_id), CompaniesChanged(client_id, (company_id,))]
