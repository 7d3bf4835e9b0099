"""Reports as JSON; the keys are stable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.reports import CampaignReport, Cost, GroupFigures, Head, SdrFigures, StepFigures, Week


def head(one: Head, name: str) -> dict[str, Any]:
    """What a report is about."""
    return {
        "report": name,
        "client": one.client,
        "campaign": one.campaign,
        "since": one.period.since,
        "until": one.period.until,
        "made_at": one.made_at,
    }


def step(one: StepFigures) -> dict[str, Any]:
    """The figures of a step."""
    return {
        "step": one.step,
        "companies": one.companies,
        "of_step_before": share(one.share) if one.share else None,
        "still_there": one.waiting,
        "closed": one.out,
        "days": (
            {
                "companies": one.stay.companies,
                "median": round(one.stay.median, 2),
                "p90": None if one.stay.p90 is None else round(one.stay.p90, 2),
            }
            if one.stay
            else None
        ),
        "in_period": one.in_period,
    }


def share(one: Any) -> dict[str, Any]:
    """A share with its counts; `share` is null when there are too few to say."""
    return {
        "count": one.count,
        "of": one.of,
        "share": _rounded(one.value),
        "low": _rounded(one.low),
        "high": _rounded(one.high),
    }


def cost(one: Cost) -> dict[str, Any]:
    """What companies cost and brought."""
    return {
        "lists": one.lists.as_json(),
        "lists_without_cost": list(one.unstated),
        "hours": round(one.hours, 2),
        "time": one.time.as_json() if one.time is not None else None,
        "sum": one.sum.as_json(),
        "per": {
            name: amounts.as_json() if amounts is not None else None
            for name, amounts in one.per.items()
        },
        "won": one.won.as_json(),
        "sales": one.sales,
        "customers_without_value": one.without_value,
        "return": _rounded(one.profit),
        "why_no_return": one.why_none or None,
    }


def group(one: GroupFigures) -> dict[str, Any]:
    """The funnel and the cost of a group."""
    return {
        "group": one.group,
        "steps": [step(each) for each in one.steps],
        "cost": cost(one.cost),
    }


def sdr(one: SdrFigures) -> dict[str, Any]:
    """What an SDR did."""
    per_lead = one.cost_per_lead
    return {
        "sdr": one.sdr,
        "reports": one.reports,
        "worked": one.worked,
        "reached": one.reached,
        "leads": one.leads,
        "leads_of_worked": share(one.share),
        "qualified_leads": one.qualified_leads,
        "accepted": one.accepted,
        "customers": one.customers,
        "hours": round(one.hours, 2),
        "time": one.time.as_json() if one.time is not None else None,
        "cost_per_lead": per_lead.as_json() if per_lead is not None else None,
    }


def weeks(some: Sequence[Week]) -> list[dict[str, Any]]:
    """How many companies came to each step, by week."""
    return [{"week": one.name, "start": one.start.date(), **one.counts} for one in some]


def funnel(one: CampaignReport) -> dict[str, Any]:
    """The report `funnel`."""
    return {
        **head(one.head, "funnel"),
        "steps": [step(each) for each in one.whole.steps],
        "by": one.by,
        "groups": [
            {"group": each.group, "steps": [step(part) for part in each.steps]}
            for each in one.groups
        ],
    }


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
