"""Write a plan, unless what it is based on has changed since it was read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from dedupe.assignment import Assignment
from dedupe.run import reviewing
from dedupe.run.fresh import FreshPlan, is_outdated
from dedupe.run.match_input import KIND, Progress
from dedupe.run.parent_links import link_by_parents
from dedupe.run.planning import Placement, Plan, make_plan, read_snapshot
from leads.changes import Change, CompaniesChanged, VerdictsChanged
from leads.store import (
    Tx,
    companies,
    company_changes,
    company_records,
    events,
    judgements,
    lead_rows,
    links,
    match_index,
    queue_merges,
    verdicts,
)
from leads.store.queue_merges import WithdrawnLease


def resolve(tx: Tx, client_id: UUID, progress: Progress | None = None) -> list[Change]:
    """Find duplicates among all records of a client, in one transaction; company ids stay."""
    plan = make_plan(read_snapshot(tx, client_id), progress)
    placed: list[UUID] = []
    for share in plan.shares:
        placed += _write(tx, client_id, plan, share)
    return [*_changed(client_id, placed), *_rest(tx, client_id, plan)]


def apply_share(
    tx: Tx, client_id: UUID, plan: Plan, share: Sequence[Placement]
) -> list[Change] | None:
    """Write one of the plan's shares; None, with nothing written, when the plan is outdated."""
    if is_plan_outdated(tx, client_id, plan):
        return None
    return _changed(client_id, _write(tx, client_id, plan, share))


def apply_rest(tx: Tx, client_id: UUID, plan: Plan) -> list[Change] | None:
    """Write merges, splits and what no share has; None, with nothing written, when outdated."""
    return None if is_plan_outdated(tx, client_id, plan) else _rest(tx, client_id, plan)


def apply_fresh(tx: Tx, client_id: UUID, fresh: FreshPlan) -> list[Change] | None:
    """Write what becomes of later records; None, with nothing written, when outdated.

    Their keys are stored with it, so that no record is on a company and missing in the index.
    """
    # An erasure waits, and drops these keys; or we wait, and the index is gone.
    match_index.hold(tx, client_id)
    if is_outdated(tx, client_id, fresh):
        return None
    match_index.add_keys(tx, client_id, fresh.keys)
    return _rest(tx, client_id, fresh.plan, whole=False)


def is_plan_outdated(tx: Tx, client_id: UUID, plan: Plan) -> bool:
    """Check whether what the plan is based on has changed since."""
    return judgements.mark_of(tx, client_id) != plan.snapshot.mark


def _rest(tx: Tx, client_id: UUID, plan: Plan, *, whole: bool = True) -> list[Change]:
    """Write the rest of a plan about the whole client, or about some of its records."""
    ended = company_records.notice_ended(tx, client_id)
    emptied = sorted({plan.snapshot.merged.get(one, one) for one in ended})
    changed = set(_write(tx, client_id, plan, plan.rest)) | set(emptied)
    assigned = plan.assigned
    verdicts.move_relationships(tx, assigned.merged)
    lead_rows.follow_merges(tx, assigned.merged)
    withdrawn = queue_merges.follow_merges(tx, assigned.merged)
    companies.redirect(tx, assigned.merged)
    links.follow_merges(tx, client_id, assigned.merged)
    merged = {old for old, _ in assigned.merged}
    # From the database, not from the plan: on PostgreSQL a list may be undone while we write.
    gone = companies.leave(tx, [company_id for company_id in emptied if company_id not in merged])
    _log(tx, client_id, assigned)
    _log_withdrawn(tx, client_id, withdrawn)
    (reviewing.keep if whole else reviewing.add)(tx, client_id, plan.doubts)
    beside = set(links.linked_with(tx, client_id, sorted(gone)))
    live = (changed | beside) - merged - gone
    # Nothing is to be done about these, but whoever keeps something of them must drop it.
    company_changes.note(tx, client_id, sorted(merged | gone))
    return [
        *_changed(client_id, sorted(live)),
        *link_by_parents(tx, client_id, None if whole else live),
        *_ended(tx, client_id),
    ]


def _write(tx: Tx, client_id: UUID, plan: Plan, placements: Sequence[Placement]) -> list[UUID]:
    """Write companies and move their records; return the companies that records joined or left, and
    those that count again.
    """
    companies.add_companies(tx, client_id, KIND, [one.row for one in placements if one.made])
    again = _renamed(tx, client_id, plan, placements)
    company_records.put_records(
        tx, [(record_id, one.row.id) for one in placements for record_id in one.records]
    )
    before = plan.snapshot.before
    left = {
        before[record_id] for one in placements for record_id in one.records if record_id in before
    }
    return sorted(left | again | {one.row.id for one in placements if one.records})


def _renamed(tx: Tx, client_id: UUID, plan: Plan, placements: Sequence[Placement]) -> set[UUID]:
    """Write names and reasons; return the companies that were gone and count again."""
    rows = [one.row for one in placements if one.renamed]
    companies.rename(tx, rows)
    company_changes.note(tx, client_id, [row.id for row in rows])
    # The snapshot has those that counted.
    return {row.id for row in rows if row.id not in plan.snapshot.stored}


def _changed(client_id: UUID, company_ids: Sequence[UUID]) -> list[Change]:
    return [CompaniesChanged(client_id, tuple(company_ids))] if company_ids else []


def _ended(tx: Tx, client_id: UUID) -> list[Change]:
    by_campaign: dict[UUID, list[UUID]] = {}
    for campaign_id, company_id in verdicts.end_of_gone(tx, client_id):
        by_campaign.setdefault(campaign_id, []).append(company_id)
    return [
        VerdictsChanged(client_id, campaign_id, tuple(sorted(ids)))
        for campaign_id, ids in sorted(by_campaign.items())
    ]


def _log(tx: Tx, client_id: UUID, assigned: Assignment) -> None:
    lines = [
        events.Happened(
            verb="merged",
            thing="company",
            thing_id=gone,
            client_id=client_id,
            reason=f"it is part of {to} now",
            data={"into": str(to)},
        )
        for gone, to in assigned.merged
    ]
    lines += [
        events.Happened(
            verb="split off",
            thing="company",
            thing_id=old,
            client_id=client_id,
            reason="some of its records are other companies",
            data={"into": [str(part) for part in parts]},
        )
        for old, parts in assigned.split
    ]
    events.log(tx, lines)


def _log_withdrawn(tx: Tx, client_id: UUID, withdrawn: Sequence[WithdrawnLease]) -> None:
    lines = [
        events.Happened(
            verb="lease withdrawn",
            thing="company",
            thing_id=one.company_id,
            client_id=client_id,
            reason=f"{one.user} held it, and another user held the company it was merged with",
        )
        for one in withdrawn
    ]
    events.log(tx, lines)
