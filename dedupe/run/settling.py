"""Write what was planned, unless something that the plan rests on has changed since it was read."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from dedupe.assignment import Assignment
from dedupe.run.linking import link_by_parents
from dedupe.run.planning import Placement, Plan, look, planned
from dedupe.run.seeing import KIND, Progress
from leads.changes import Change, CompaniesChanged, VerdictsChanged
from leads.store import Tx, companies, company_records, events, judgements, links, queue, verdicts


def resolve(tx: Tx, client_id: UUID, progress: Progress | None = None) -> list[Change]:
    """Find out anew which records of a client are the same company, all in one transaction; ids
    survive.
    """
    plan = planned(look(tx, client_id), progress)
    placed = [
        company_id for share in plan.shares for company_id in _write(tx, client_id, plan, share)
    ]
    return [*_changed(client_id, placed), *_rest(tx, client_id, plan)]


def settle_share(
    tx: Tx, client_id: UUID, plan: Plan, share: Sequence[Placement]
) -> list[Change] | None:
    """Write one of the plan's shares; None, and nothing is written, when the plan holds no more."""
    if judgements.mark_of(tx, client_id) != plan.standing.mark:
        return None
    return _changed(client_id, _write(tx, client_id, plan, share))


def settle_rest(tx: Tx, client_id: UUID, plan: Plan) -> list[Change] | None:
    """Write what merges, splits and ends, and what no share held; None, and nothing is written,
    when the plan holds no more.
    """
    return (
        _rest(tx, client_id, plan)
        if judgements.mark_of(tx, client_id) == plan.standing.mark
        else None
    )


def _rest(tx: Tx, client_id: UUID, plan: Plan) -> list[Change]:
    ended = company_records.notice_ended(tx, client_id)
    emptied = sorted({plan.standing.merged.get(one, one) for one in ended})
    changed = set(_write(tx, client_id, plan, plan.rest)) | set(emptied)
    given = plan.given
    verdicts.move_relationships(tx, given.merged)
    queue.follow_merges(tx, given.merged)
    companies.redirect(tx, given.merged)
    links.follow_merges(tx, client_id, given.merged)
    merged = {old for old, _ in given.merged}
    # Asked of what is stored and not of the plan: where writers do not wait for each other, a list
    # may be taken back while we write.
    gone = companies.leave(tx, [company_id for company_id in emptied if company_id not in merged])
    _log(tx, client_id, given)
    beside = set(links.linked_with(tx, client_id, sorted(gone)))
    live = (changed | beside) - merged - gone
    return [
        *_changed(client_id, sorted(live)),
        *link_by_parents(tx, client_id),
        *_ended(tx, client_id),
    ]


def _write(tx: Tx, client_id: UUID, plan: Plan, placements: Sequence[Placement]) -> list[UUID]:
    """Write companies and put their records on them; the companies that records came to or left."""
    companies.add_companies(tx, client_id, KIND, [one.row for one in placements if one.made])
    companies.rename(tx, [one.row for one in placements if one.renamed])
    company_records.put_records(
        tx, [(record_id, one.row.id) for one in placements for record_id in one.records]
    )
    before = plan.standing.before
    left = {
        before[record_id] for one in placements for record_id in one.records if record_id in before
    }
    return sorted(left | {one.row.id for one in placements if one.records})


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


def _log(tx: Tx, client_id: UUID, given: Assignment) -> None:
    lines = [
        events.Happened(
            verb="merged",
            thing="company",
            thing_id=gone,
            client_id=client_id,
            reason=f"it is part of {to} now",
            data={"into": str(to)},
        )
        for gone, to in given.merged
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
        for old, parts in given.split
    ]
    events.log(tx, lines)
