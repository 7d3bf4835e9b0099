"""Reports as JSON; the keys are stable."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.lists import Scorecard
from actions.reports import (
    Amounts,
    CampaignReport,
    Cost,
    Head,
    SdrFigures,
    Share,
    StepFigures,
    Wait,
    Week,
)

#: Steps of which a scorecard names the cost.
_COSTED = ("name", "suspect", "prospect", "lead", "qualified_lead", "customer")


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
        "implied": one.implied,
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
        "days_with_waiting": _wait(one.wait) if one.wait else None,
        "in_period": one.in_period,
    }


def _wait(one: Wait) -> dict[str, Any]:
    return {
        "companies": one.companies,
        "waiting": one.waiting,
        "median": _rounded(one.median),
        "low": _rounded(one.low),
        "high": _rounded(one.high),
        "why_none": one.why_none or None,
    }


def share(one: Share) -> dict[str, Any]:
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
        "questions": [
            {"amount": str(price.units), "currency": price.currency}
            for price in one.questions.prices
        ],
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
    return [{"week": one.name, "start": one.start, **one.counts} for one in some]


def scorecard(one: Scorecard) -> dict[str, Any]:
    """What a list was worth."""
    return {
        "list": one.list,
        "vendor": one.vendor,
        "records": one.records,
        "companies": one.companies,
        "duplicates_inside": one.duplicates_inside,
        "on_other_lists": one.on_other_lists,
        "already_known": one.already_known,
        **one.stages,
        "excluded": one.excluded,
        "suppressed": one.suppressed,
        "dead_domains": one.dead_domains,
        "sites_visited": one.sites_visited,
        "closed": one.closed,
        "in_icp": one.steps["suspect"],
        "prospects": one.steps["prospect"],
        "reached": one.steps["reached"],
        "leads": one.steps["lead"],
        "qualified_leads": one.steps["qualified_lead"],
        "customers": one.steps["customer"],
        "cost": _plain(one.cost),
        **{f"cost_per_{step}": _plain(one.cost_per(step)) for step in _COSTED},
    }


def report(one: CampaignReport) -> dict[str, Any]:
    """The whole report; the parts are those of the single reports."""
    return {
        **head(one.head, "all"),
        **_steps(one),
        "cost": cost(one.whole.cost),
        "sdrs": [sdr(each) for each in one.sdrs],
        "weeks": weeks(one.weeks),
        "lists": [scorecard(each) for each in one.lists],
    }


def funnel(one: CampaignReport) -> dict[str, Any]:
    """The report `funnel`."""
    return head(one.head, "funnel") | _steps(one)


def costs(one: CampaignReport) -> dict[str, Any]:
    """The report `cost`."""
    return {
        **head(one.head, "cost"),
        "cost": cost(one.whole.cost),
        "by": one.by,
        "groups": [{"group": each.group, "cost": cost(each.cost)} for each in one.groups],
    }


def sdrs(one: CampaignReport) -> dict[str, Any]:
    """The report `sdr`."""
    return head(one.head, "sdr") | {"sdrs": [sdr(each) for each in one.sdrs]}


def by_week(one: CampaignReport) -> dict[str, Any]:
    """The report `weeks`."""
    return head(one.head, "weeks") | {"weeks": weeks(one.weeks)}


def lists(one: CampaignReport) -> dict[str, Any]:
    """The report `lists`."""
    return head(one.head, "lists") | {"lists": [scorecard(each) for each in one.lists]}


def _steps(one: CampaignReport) -> dict[str, Any]:
    return {
        "steps": [step(each) for each in one.whole.steps],
        "by": one.by,
        "groups": [
            {"group": each.group, "steps": [step(part) for part in each.steps]}
            for each in one.groups
        ],
    }


def _plain(amounts: Amounts | None) -> str | None:
    """Amounts as text without commas, such as `1250.00 EUR`."""
    return str(amounts).replace(",", "") if amounts is not None else None


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
