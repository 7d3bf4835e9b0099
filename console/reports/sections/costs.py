"""The sections on money."""

from __future__ import annotations

from typing import Any

from actions.reports import CampaignReport, Cost, GroupFigures
from console.reports import cells, documents
from console.reports.section import Section
from console.reports.words import GROUPS, STEPS

#: Steps of which a report names the cost.
_COSTED = ("name", "suspect", "prospect", "lead", "qualified_lead", "accepted", "customer")


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
    paid = " + ".join(map(str, one.questions.prices))
    asked = f" Questions to sources: {paid}." if paid else ""
    lists = f"Lists: {one.lists or 'not stated'}."
    return f"Spent: {one.sum or 'not stated'}. {lists}{asked} Time: {time}."


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
