"""The companies of a campaign as reports count them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from engage.figures.amounts import Amounts, total
from engage.figures.companies import Company, ListCost
from engage.figures.steps import Period, path_of
from leads.store import Tx, lists
from leads.store.figures import questions, sources, steps, work
from leads.store.figures.keys import Key
from leads.store.figures.sources import RowsOfList
from leads.store.figures.work import Reported, Sale
from leads.store.hour_costs import hour_cost
from outreach.run.contacts import suppressed_among
from workers.figures.desk import held_time, reached_kinds, sdr_of_companies
from workers.figures.merged import Merged, merged_of
from workers.figures.progress import read_progress, won_kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignFigures:
    """Everything that the reports of one campaign are made of."""

    companies: Mapping[Key, Company]
    lists: Mapping[Key, ListCost]
    #: What an hour of an SDR costs; None: not set.
    hour: Amounts | None
    #: What questions about companies cost that are not among these.
    others_asked: Amounts
    #: Every result that an SDR reported, oldest first, and those with which somebody was reached.
    reports: Sequence[Reported]
    reached: Sequence[Reported]
    #: Seconds for which each SDR held prospects in the period.
    seconds: Mapping[str, float]


def read_figures(
    tx: Tx, client_id: UUID, campaign_id: UUID, period: Period, secret: bytes
) -> CampaignFigures:
    """Read a campaign: its companies, when each came to which step, and what that cost.

    Only the hours of SDRs are those of the period.
    """
    merged = merged_of(tx, client_id)
    kinds = reached_kinds(tx, client_id)
    reports = [
        replace(one, company_id=merged[one.company_id]) for one in work.reported(tx, campaign_id)
    ]
    reached = [one for one in reports if one.kind in kinds]
    sales = work.sales(tx, client_id, campaign_id, won_kinds())
    progress = read_progress(tx, client_id, campaign_id, merged, reached, sales)
    leads = {one for one, at in progress.by_company.items() if "lead" in at}
    held = held_time(tx, campaign_id, merged, period)
    on_lists = _on_lists(sources.rows_of_lists(tx, client_id), merged)
    labels = _Labels.read(tx, client_id, campaign_id, merged)
    sdrs = sdr_of_companies(reports, progress, leads)
    won = _won(sales, merged)
    asked = _asked(tx, client_id, campaign_id, merged)
    out = _out(tx, client_id, campaign_id, merged) | labels.disqualified
    out |= _suppressed(tx, client_id, campaign_id, leads - out, secret)

    found = {}
    for one, listed_at in steps.listed(tx, client_id).items():
        rows = on_lists.get(one, ())
        # A company without such rows is on excluding lists alone, unless it came by itself.
        if not rows and one not in leads:
            continue
        at = progress.by_company.get(one, {})
        at["name"] = listed_at
        found[one] = Company(
            path=path_of(at, is_out=one in out and "customer" not in at),
            rows=rows,
            icp=labels.icp.get(one, "(no verdict)"),
            scoring=labels.scoring.get(one, "(not scored)"),
            channel=labels.channel.get(one, "list"),
            sdr=sdrs.get(one, "(nobody)"),
            seconds=held.by_company.get(one, 0.0),
            asked=asked.pop(one, Amounts()),
            won=won.get(one, Amounts()),
        )
    hour = hour_cost(tx, client_id)
    return CampaignFigures(
        companies=found,
        lists=_costs(tx, client_id, on_lists.values()),
        hour=Amounts.of(*hour) if hour else None,
        others_asked=total(asked.values()),
        reports=reports,
        reached=reached,
        seconds=held.by_user,
    )


@dataclass(frozen=True, slots=True)
class _Labels:
    """What companies are grouped by."""

    icp: Mapping[Key, str]
    scoring: Mapping[Key, str]
    channel: Mapping[Key, str]
    disqualified: set[Key]

    @classmethod
    def read(cls, tx: Tx, client_id: UUID, campaign_id: UUID, merged: Merged) -> _Labels:
        profiles = sources.profile_versions(tx, client_id)
        fit = steps.fit_now(tx, campaign_id)
        scored = sources.scoring_versions(tx, campaign_id)
        channels = sources.first_channels(tx, client_id, campaign_id)
        first = sorted(
            ((at, channel, one) for one, (at, channel) in channels.items()), reverse=True
        )
        return cls(
            icp={one: profiles[now.icp_version_id] for one, now in fit.items()},
            scoring={one: f"version {version}" for one, version in scored.items()},
            channel={merged[one]: channel for _, channel, one in first},
            disqualified={one for one, now in fit.items() if now.fit_stage == "disqualified"},
        )


def _on_lists(rows: Iterable[RowsOfList], merged: Merged) -> dict[Key, tuple[tuple[Key, int], ...]]:
    """The lists of each company with its rows there, the list that named it first at the start."""
    found: dict[Key, dict[Key, int]] = {}
    for one in sorted(rows, key=lambda row: row.since):
        own = found.setdefault(merged[one.company_id], {})
        own[one.list_id] = own.get(one.list_id, 0) + one.rows
    return {company_id: tuple(own.items()) for company_id, own in found.items()}


def _costs(
    tx: Tx, client_id: UUID, on_lists: Iterable[Sequence[tuple[Key, int]]]
) -> dict[Key, ListCost]:
    counted: dict[Key, int] = defaultdict(int)
    for rows in on_lists:
        for list_id, number in rows:
            counted[list_id] += number
    return {
        one.id.hex: ListCost(
            id=one.id.hex,
            name=one.name,
            vendor=one.vendor,
            cost=(
                Amounts.of(one.cost_minor, one.cost_currency)
                if one.cost_minor is not None and one.cost_currency
                else None
            ),
            rows=counted[one.id.hex],
        )
        for one in lists.every(tx, client_id)
        if one.role == "prospects" or counted[one.id.hex]
    }


def _asked(tx: Tx, client_id: UUID, campaign_id: UUID, merged: Merged) -> dict[Key | None, Amounts]:
    """What questions cost by company; None: about companies that were erased."""
    found: dict[Key | None, Amounts] = {}
    for one in questions.paid(tx, client_id, campaign_id):
        company_id = one.company_id and merged[one.company_id]
        cost = Amounts.of_micros(one.micros, one.currency)
        found[company_id] = found.get(company_id, Amounts()) + cost
    return found


def _won(sales: Iterable[Sale], merged: Merged) -> dict[Key, Amounts]:
    """The known values of won deals by company, whether or not it is a customer of the campaign."""
    values: dict[Key, list[Amounts]] = {}
    for one in sales:
        if one.value_minor is not None and one.currency:
            value = Amounts.of(one.value_minor, one.currency)
            values.setdefault(merged[one.company_id], []).append(value)
    return {company_id: total(some) for company_id, some in values.items()}


def _suppressed(
    tx: Tx, client_id: UUID, campaign_id: UUID, leads: Iterable[Key], secret: bytes
) -> set[Key]:
    """The suppressed among leads, which may never have been in the queue."""
    ids = [UUID(one) for one in sorted(leads)]
    return {one.hex for one in suppressed_among(tx, client_id, campaign_id, ids, secret)}


def _out(tx: Tx, client_id: UUID, campaign_id: UUID, merged: Merged) -> set[Key]:
    """Companies that are lost, suppressed or excluded."""
    closed = [
        *steps.related(tx, campaign_id, "lost"),
        *steps.suppressed(tx, campaign_id),
        *steps.excluded(tx, client_id),
    ]
    return {merged[one] for one in closed}
