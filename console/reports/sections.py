"""The sections of reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.lists import Scorecard
from actions.reports import CampaignReport, Cost, GroupFigures, StepFigures
from console.reports import cells, documents
from console.reports.section import Bar, Bars, Columns, Section, Spread, Spreads
from console.reports.words import GROUPS, STEPS

#: Weeks that a chart shows at the most.
_WEEKS = 26
#: Steps of which a report names the cost.
_COSTED = ("name", "suspect", "prospect", "lead", "qualified_lead", "accepted", "customer")


def funnel(found: CampaignReport) -> Section:
    """The steps from name to customer."""
    columns = {
        "step": "Step",
        "companies": "Companies",
        "share": "Of the step before (95%)",
        "still_there": "Still there",
        "closed": "Closed",
        "median": "Median days",
        "p90": "90% within",
    }
    if found.head.period:
        columns["in_period"] = "In the period"
    steps = found.whole.steps
    return Section(
        title="From name to customer",
        intro="A company counts at each step that it ever came to.",
        columns=columns,
        rows=[_step_row(one) for one in steps],
        records=[documents.step(one) for one in steps],
        notes=_period_notes(found),
        chart=Bars(
            "Companies that came to each step",
            [
                Bar(
                    STEPS[one.step].capitalize(),
                    one.companies,
                    f"{one.share} of {STEPS[one.before]}" if one.share and one.before else "",
                )
                for one in steps
            ],
        ),
    )


def _period_notes(found: CampaignReport) -> list[str]:
    if not found.head.period:
        return []
    return [
        (
            "The companies are those that were listed in the period. The last column counts what"
            " happened in the period, whenever the company was listed."
        )
    ]


def _step_row(one: StepFigures) -> dict[str, Any]:
    return {
        "step": STEPS[one.step].capitalize(),
        "companies": one.companies,
        "share": cells.share(one.share),
        "still_there": cells.NOTHING if one.waiting is None else one.waiting,
        "closed": cells.NOTHING if one.out is None else one.out,
        "median": cells.days(one.stay.median if one.stay else None),
        "p90": cells.days(one.stay.p90 if one.stay else None),
        "in_period": one.in_period,
    }


def groups(found: CampaignReport) -> Section:
    """The same by group."""
    by = found.by or "list"
    what = GROUPS[by]
    rows = [
        {"group": one.group}
        | {step.step: step.companies for step in one.steps}
        | {"share": cells.brief(one.leads), "cost": cells.money(one.cost.per["lead"])}
        for one in found.groups
    ]
    return Section(
        title=f"By {what}",
        columns={
            "group": what.capitalize() if what.islower() else what,
            **{step: word.capitalize() for step, word in STEPS.items()},
            "share": "Leads of names (95%)",
            "cost": "Cost per lead",
        },
        rows=rows,
        records=[
            {"group": one.group, **documents.step(step)}
            for one in found.groups
            for step in one.steps
        ],
        chart=Spreads(
            f"Leads of names, by {what}, with 95% intervals",
            [_spread(one) for one in found.groups[:20]],
        ),
        empty="no companies yet",
    )


def _spread(one: GroupFigures) -> Spread:
    leads = one.leads
    return Spread(one.group, leads.value, leads.low, leads.high, f"{leads.count:,} of {leads.of:,}")


def cost(found: CampaignReport) -> Section:
    """What a company at each step cost."""
    total = found.whole.cost
    counts = {one.step: one.companies for one in found.whole.steps}
    rows = [
        {
            "step": STEPS[step].capitalize(),
            "companies": counts[step],
            "each": cells.money(total.per[step]),
        }
        for step in _COSTED
    ]
    return Section(
        title="Cost",
        intro=_spent(total),
        columns={"step": "Step", "companies": "Companies", "each": "Cost of each"},
        rows=rows,
        records=[
            {"step": step, "companies": counts[step], "cost": str(total.per[step] or "")}
            for step in _COSTED
        ],
        notes=cost_notes(total),
    )


def costs_by_group(found: CampaignReport) -> Section:
    """What a company at each step cost, by group."""
    what = GROUPS[found.by or "list"]
    return Section(
        title=f"Cost by {what}",
        columns={
            "group": what.capitalize() if what.islower() else what,
            "sum": "Spent",
            "hours": "Hours",
            **{step: f"Per {step.replace('_', ' ')}" for step in _COSTED if step != "accepted"},
            "won": "Won",
        },
        rows=[_cost_row(one) for one in found.groups],
        records=[{"group": one.group, **documents.cost(one.cost)} for one in found.groups],
        notes=cost_notes(found.whole.cost),
        empty="no companies yet",
    )


def _cost_row(one: GroupFigures) -> dict[str, Any]:
    spent = one.cost
    return {
        "group": one.group,
        "sum": "not stated" if spent.unstated and not spent.sum else cells.money(spent.sum),
        "hours": f"{spent.hours:,.1f}",
        **{step: cells.money(spent.per[step]) for step in _COSTED},
        "won": cells.money(spent.won),
    }


def _spent(one: Cost) -> str:
    time = f"{one.hours:,.1f} hours of SDRs" + (f" ({one.time})" if one.time is not None else "")
    return f"Spent: {one.sum or 'not stated'}. Lists: {one.lists or 'not stated'}. Time: {time}."


def cost_notes(one: Cost) -> list[str]:
    """What the cost lacks, and what came back."""
    notes = []
    if one.unstated:
        names = ", ".join(one.unstated[:5]) + (" …" if len(one.unstated) > 5 else "")
        notes.append(f"The cost lacks lists that state none: {names}.")
    if one.time is None and one.hours:
        notes.append("The time of SDRs has no cost: `sluice client set NAME --hour-cost` sets it.")
    if one.sales:
        deals = f"{one.sales:,} of {one.sales + one.without_value:,} customers"
        notes.append(f"Won: {one.won}, by the value of {deals}.")
    if one.profit is not None:
        notes.append(f"Return (ROI): {one.profit:,.0%} of what was spent, beyond what was spent.")
    elif one.sales or one.without_value:
        notes.append(f"Return (ROI): {one.why_none}.")
    return notes


def sdrs(found: CampaignReport) -> Section:
    """What each SDR did."""
    rows = [
        {
            "sdr": one.sdr,
            "reports": one.reports,
            "worked": one.worked,
            "reached": one.reached,
            "leads": one.leads,
            "share": cells.brief(one.share),
            "qualified_leads": one.qualified_leads,
            "accepted": one.accepted,
            "customers": one.customers,
            "hours": f"{one.hours:,.1f}",
            "each": cells.money(one.cost_per_lead),
        }
        for one in found.sdrs
    ]
    return Section(
        title="SDRs",
        intro="Companies that the SDR reported on in the period, and what became of them since.",
        columns={
            "sdr": "SDR",
            "reports": "Reports",
            "worked": "Worked",
            "reached": "Reached",
            "leads": "Leads",
            "share": "Of worked (95%)",
            "qualified_leads": "Qualified",
            "accepted": "Accepted",
            "customers": "Customers",
            "hours": "Hours",
            "each": "Time per lead",
        },
        rows=rows,
        records=[documents.sdr(one) for one in found.sdrs],
        chart=Spreads(
            "Leads of companies worked, with 95% intervals",
            [
                Spread(
                    one.sdr,
                    one.share.value,
                    one.share.low,
                    one.share.high,
                    f"{one.leads:,} of {one.worked:,}",
                )
                for one in found.sdrs[:20]
            ],
        ),
        empty="nobody has reported a result yet",
    )


def weeks(found: CampaignReport) -> Section:
    """How many companies came to each step, week by week."""
    last = found.weeks[-_WEEKS:]
    shown = ("name", "prospect", "lead", "qualified_lead", "customer")
    return Section(
        title="Week by week",
        columns={"week": "Week"} | {step: STEPS[step].capitalize() for step in shown},
        rows=[{"week": one.name, **one.counts} for one in found.weeks],
        records=documents.weeks(found.weeks),
        chart=Columns(
            "New leads and qualified leads, week by week",
            [one.name for one in last],
            {STEPS[step]: [one.counts[step] for one in last] for step in shown[2:4]},
        ),
    )


def lists(cards: Sequence[Scorecard]) -> Section:
    """What each list was worth."""
    columns = {
        "list": "List",
        "vendor": "Vendor",
        "records": "Rows",
        "duplicates_inside": "Dupl.",
        "already_known": "Known",
        "barred": "Barred",
        "dead_domains": "Dead sites",
        "closed": "Closed",
        "in_icp": "In ICP",
        "prospects": "Prospects",
        "reached": "Reached",
        "leads": "Leads",
        "cost": "Cost",
        "per_prospect": "Cost per prospect",
        "per_lead": "Cost per lead",
    }
    return Section(
        title="Lists",
        intro="All time. A company on several lists counts for each of them.",
        columns=columns,
        rows=[_card_row(one) for one in cards],
        records=[documents.scorecard(one) for one in cards],
        notes=[
            (
                "Dupl.: rows of a company that the list names already. Known: companies that an earlier"
                " list named. Barred: excluded or suppressed. Dead sites: none of the company's sites"
                " answered at the last visit."
            )
        ],
        chart=Spreads(
            "Companies in the ICP, by list, with 95% intervals",
            [
                Spread(
                    one.list,
                    one.in_icp.value,
                    one.in_icp.low,
                    one.in_icp.high,
                    f"{one.in_icp.count:,} of {one.in_icp.of:,}",
                )
                for one in cards[:20]
            ],
        ),
        empty="no lists of prospects yet: `sluice import FILE` or `sluice run`",
        beneath="vendor",
    )


def _card_row(one: Scorecard) -> dict[str, Any]:
    return {
        "list": one.list,
        "vendor": one.vendor or cells.NOTHING,
        "records": one.records,
        "duplicates_inside": one.duplicates_inside,
        "already_known": one.already_known,
        "barred": one.excluded + one.suppressed,
        "dead_domains": one.dead_domains,
        "closed": one.closed,
        "in_icp": one.steps["suspect"],
        "prospects": one.steps["prospect"],
        "reached": one.steps["reached"],
        "leads": one.steps["lead"],
        "cost": "not stated" if one.cost is None else str(one.cost),
        "per_prospect": cells.money(one.cost_per("prospect")),
        "per_lead": cells.money(one.cost_per("lead")),
    }
