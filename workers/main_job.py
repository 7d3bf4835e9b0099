"""The main job: lists in, a queue of prospects out, and a count for every row."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from intake.read_list import Reading
from intake.run import Imported
from leads.store import records as stored_records
from leads.store import site_findings
from leads.store.ledger.pauses import Pause
from workers.context import Context
from workers.drivers import Drive
from workers.importing import ImportRequest, run_import
from workers.own_work import WorkedOff
from workers.pipeline import ALL
from workers.report import funnel


@dataclass(frozen=True, slots=True)
class RunPlan:
    """One run: which files, for which client, under which campaign's profile."""

    client_id: UUID
    campaign_id: UUID
    requests: Sequence[ImportRequest]
    #: The kinds of tasks to work off.
    kinds: Collection[str] = ALL


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """What became of the rows of a run's files."""

    rows: int
    on_companies: int
    rejected: int
    blank: int
    #: Rows that were not stored because their company was erased on request.
    erased: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The counts of one run."""

    records: RowCounts
    companies: int
    duplicates: int
    #: The companies by stage and the queue, with the keys of the JSON output.
    funnel: Mapping[str, Any]
    #: Tasks that were given up: the counts lack their results.
    failed: int
    #: Tasks that back off or are paused: the counts lack their results.
    waiting_tasks: int
    #: Pending tasks of others, counted up to 10,000.
    others_waiting: int
    seconds: float
    #: The pauses that tasks of this run wait for.
    pauses: tuple[Pause, ...] = ()
    #: Companies whose site was searched for, by band: `accept`, `review`, `abstain`.
    sites: Mapping[str, int] = field(default_factory=dict)

    def is_final(self) -> bool:
        """Whether no task is left that could change the counts."""
        return not self.failed and not self.waiting_tasks


def to_json(report: RunReport) -> dict[str, Any]:
    """The report as `run --json` prints it."""
    records = report.records
    return {
        "records": {
            "in": records.rows,
            "on_companies": records.on_companies,
            "rejected": records.rejected,
            "blank": records.blank,
            "erased": records.erased,
        },
        "companies": report.companies,
        "duplicates": report.duplicates,
        **report.funnel,
        "failed": report.failed,
        "waiting_tasks": report.waiting_tasks,
        "sites_searched": dict(report.sites),
        "seconds": report.seconds,
    }


def run_job(
    context: Context,
    plan: RunPlan,
    drive: Drive,
    on_import: Callable[[Imported, Reading], None],
) -> RunReport:
    """Import the files, work off the own tasks with `drive`, and count; `on_import` is called for
    each file as soon as it is stored.

    Tasks that an earlier run of this client left are own tasks too, so a killed run is resumed.
    """
    began = time.monotonic()
    done = []
    for request in plan.requests:
        imported, reading = run_import(context, request)
        on_import(imported, reading)
        done.append(imported)
    ended = drive(context, plan.kinds, plan.client_id)
    return _report(context, plan, done, ended, began)


def _report(
    context: Context, plan: RunPlan, done: Sequence[Imported], ended: WorkedOff, began: float
) -> RunReport:
    placed = [record_id for one in done for record_id in one.record_ids]
    with context.store.read() as tx:
        company_of = stored_records.companies_of_records(tx, placed)
        companies = sorted(set(company_of.values()))
        searched = site_findings.of_companies(tx, plan.client_id, companies)
        counts = funnel(tx, plan.client_id, plan.campaign_id, companies, context.secret)
    on_companies = sum(1 for record_id in placed if record_id in company_of)
    return RunReport(
        records=RowCounts(
            rows=sum(one.counts.rows for one in done),
            on_companies=on_companies,
            rejected=sum(one.counts.rejected for one in done),
            blank=sum(one.counts.blank for one in done),
            erased=sum(one.counts.erased for one in done),
        ),
        companies=len(companies),
        duplicates=on_companies - len(companies),
        funnel=counts,
        failed=ended.own_failed,
        waiting_tasks=ended.own_waiting,
        others_waiting=ended.others_waiting,
        pauses=ended.pauses,
        sites=Counter(one.band for one in searched.values()),
        seconds=round(time.monotonic() - began, 1),
    )
