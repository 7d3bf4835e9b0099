"""The sections on steps: the funnel, groups, weeks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.reports import CampaignReport, GroupFigures, StepFigures
from console.reports import cells, documents
from console.reports.section import Bar, Bars, Columns, Section, Spread, Spreads
from console.reports.words import GROUPS, STEPS, part_of

#: Weeks that a chart shows at the most.
_WEEKS = 26


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
        "wait": "Median with those waiting (95%)",
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
        notes=_implied_notes(steps) + _period_notes(found),
        chart=Bars(
            "Companies that came to each step",
            [
                Bar(
                    STEPS[one.step].capitalize(),
                    one.companies,
                    part_of(one.share, STEPS[one.before]) if one.share and one.before else "",
                )
                for one in steps
            ],
        ),
    )


def _implied_notes(steps: Sequence[StepFigures]) -> list[str]:
    named = [f"{one.implied:,} as {STEPS[one.step]}" for one in steps if one.implied]
    said = f"Counted only because they came to a later step: {', '.join(named)}."
    return [said] if named else []


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
        "wait": cells.wait(one.wait),
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


def weeks(found: CampaignReport) -> Section:
    """How many companies came to each step, week by week."""
    last = found.weeks[-_WEEKS:]
    shown = ("name", "prospect", "reached", "lead", "qualified_lead", "customer")
    return Section(
        title="Week by week",
        columns={"week": "Week"} | {step: STEPS[step].capitalize() for step in shown},
        rows=[{"week": one.name, **one.counts} for one in found.weeks],
        records=documents.weeks(found.weeks),
        chart=Columns(
            "New leads and qualified leads, week by week",
            [one.name for one in last],
            {STEPS[step]: [one.counts[step] for one in last] for step in shown[3:5]},
        ),
    )
