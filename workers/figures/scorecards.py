"""What each list of a client was worth to a campaign, read from the store."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from engage.figures.amounts import Amounts
from engage.figures.companies import Company
from engage.figures.scorecards import Findings, ListFacts, Scorecard, scorecard
from leads.stages import ClosedBy, Relationship, Stage, stage
from leads.store import Tx, lists
from leads.store.figures import condition, sources, steps
from leads.store.figures.keys import Key
from leads.store.lists import ListSummary
from outreach.run.contacts import suppressed_among
from workers.figures.merged import merged_of

_CLOSED = frozenset({"dissolved", "insolvent", "in_liquidation", "inactive"})


def read_scorecards(
    tx: Tx,
    client_id: UUID,
    campaign_id: UUID,
    secret: bytes,
    companies: Mapping[Key, Company],
    only: str | None = None,
) -> list[Scorecard]:
    """Weigh the client's lists of prospects, by name, or one list of any role. `companies` are those
    of the campaign.
    """
    summaries = [
        one
        for one in lists.listing(tx, client_id)
        if (one.name == only if only is not None else not one.excludes)
    ]
    members = _members(tx, client_id)
    wanted = {one for each in summaries for one in members.rows.get(each.id.hex, ())}
    scope = _Scope(client_id, campaign_id, secret)
    found = _findings(tx, scope, members, wanted, companies)
    return [scorecard(_facts(one, members.rows.get(one.id.hex, {})), found) for one in summaries]


@dataclass(frozen=True, slots=True)
class _Scope:
    """The client and its campaign, and the key of hashed suppressions."""

    client_id: UUID
    campaign_id: UUID
    secret: bytes


@dataclass(frozen=True, slots=True)
class _Members:
    """The companies of each list with their rows, and the lists of each company."""

    rows: Mapping[Key, Mapping[Key, int]]
    lists: Mapping[Key, Sequence[str]]


def _members(tx: Tx, client_id: UUID) -> _Members:
    merged = merged_of(tx, client_id)
    names = {one.id.hex: one.name for one in lists.every(tx, client_id)}
    members: dict[Key, dict[Key, int]] = {}
    of_company: dict[Key, list[str]] = {}
    rows = sources.rows_of_lists(tx, client_id, every_role=True)
    for one in sorted(rows, key=lambda row: row.since):
        company_id = merged[one.company_id]
        own = members.setdefault(one.list_id, {})
        if company_id not in own:
            of_company.setdefault(company_id, []).append(names[one.list_id])
        own[company_id] = own.get(company_id, 0) + one.rows
    return _Members(members, of_company)


def _findings(
    tx: Tx,
    scope: _Scope,
    members: _Members,
    wanted: Collection[Key],
    companies: Mapping[Key, Company],
) -> Findings:
    ids = [UUID(one) for one in sorted(wanted)]
    barred = suppressed_among(tx, scope.client_id, scope.campaign_id, ids, scope.secret)
    suppressed = {one.hex for one in barred}
    excluded = set(steps.excluded(tx, scope.client_id))
    dead, visited = condition.dead_sites(tx, scope.client_id)
    status = condition.statuses(tx, scope.client_id)
    return Findings(
        lists=members.lists,
        stages=_stages(tx, scope.campaign_id, wanted, suppressed | excluded),
        excluded=excluded,
        suppressed=suppressed,
        dead=dead,
        visited=visited,
        closed={one for one, what in status.items() if what in _CLOSED},
        companies=companies,
    )


def _stages(tx: Tx, campaign_id: UUID, wanted: Iterable[Key], barred: set[Key]) -> dict[Key, Stage]:
    """The stage of each company as people see it."""
    fit = steps.fit_now(tx, campaign_id)
    related = steps.relationships(tx, campaign_id)
    return {
        one: stage(
            Stage(fit[one].fit_stage) if one in fit else Stage.NAME,
            Relationship(related.get(one, "untouched")),
            ClosedBy.SUPPRESSION if one in barred else None,
        )
        for one in wanted
    }


def _facts(one: ListSummary, rows: Mapping[Key, int]) -> ListFacts:
    stated = one.cost_minor is not None and one.cost_currency is not None
    return ListFacts(
        name=one.name,
        vendor=one.vendor,
        cost=Amounts.of(one.cost_minor or 0, one.cost_currency or "") if stated else None,
        records=one.records,
        placed=sum(rows.values()),
        companies=set(rows),
    )
