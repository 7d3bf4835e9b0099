"""The sections of the whole report."""

from __future__ import annotations

from actions.reports import CampaignReport
from console.reports.section import Section
from console.reports.sections import costs, people, steps
from console.reports.sections.lists import lists


def whole(found: CampaignReport) -> list[Section]:
    """Every section: the funnel, weeks, lists, cost and SDRs."""
    parts = [steps.funnel(found)]
    if found.by:
        parts.append(steps.groups(found))
    return [
        *parts,
        steps.weeks(found),
        lists(found.lists),
        costs.cost(found),
        people.sdrs(found),
    ]
