"""The section on lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.lists import Scorecard
from console.reports import cells, documents
from console.reports.section import Section, Spread, Spreads


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
