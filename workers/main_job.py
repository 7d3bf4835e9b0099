"""The main job: lists in, a queue of prospects out, and the counts of what came of every row."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from intake.read_list import Reading
from intake.run import Imported
from leads.store import records as stored_records
from leads.store.ledger import tasks as ledger
from workers.context import Context
from workers.importing import Wish, run_import
from workers.pipeline import ALL
from workers.report import funnel


@dataclass(frozen=True, slots=True)
class Plan:
    """One run: which files, for whom, under which campaign's profile."""

    client_id: UUID
    campaign_id: UUID
    wishes: Sequence[Wish]
    #: The kinds of tasks that `drive` is to do.
    kinds: Collection[str] = ALL


def run_job(
    context: Context,
    plan: Plan,
    drive: Callable[[Context], int],
    told: Callable[[Imported, Reading], None],
) -> dict[str, Any]:
    """Import the files, work the ledger off with `drive`, and count; `told` hears of each file as
    soon as it is stored.

    Whatever an earlier run left undone is done too, so that a killed run goes on where it was.
    """
    began = time.monotonic()
    done = []
    for wish in plan.wishes:
        imported, reading = run_import(context, wish)
        told(imported, reading)
        done.append(imported)
    drive(context)
    return {
        **_report(context, plan, done),
        **_left_open(context, plan),
        "seconds": round(time.monotonic() - began, 1),
    }


def _left_open(context: Context, plan: Plan) -> dict[str, int]:
    """What is missing from the counts: tasks that were given up, and tasks that wait (to be tried
    again, for a paused queue).
    """
    with context.store.read() as tx:
        left = ledger.left_open(tx, plan.client_id, context.trace_id, plan.kinds)
    return {"failed": left.failed, "waiting_tasks": left.waiting}


def _report(context: Context, plan: Plan, done: Sequence[Imported]) -> dict[str, Any]:
    placed = [record_id for one in done for record_id in one.record_ids]
    with context.store.read() as tx:
        company_of = stored_records.companies_of_records(tx, placed)
        companies = sorted(set(company_of.values()))
        counts = funnel(tx, plan.client_id, plan.campaign_id, companies, context.secret)
    on_companies = sum(1 for record_id in placed if record_id in company_of)
    records = {
        "in": sum(one.counts.rows for one in done),
        "on_companies": on_companies,
        "rejected": sum(one.counts.rejected for one in done),
        "blank": sum(one.counts.blank for one in done),
    }
    return {
        "records": records,
        "companies": len(companies),
        "duplicates": on_companies - len(companies),
        **counts,
    }
