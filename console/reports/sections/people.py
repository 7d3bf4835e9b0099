"""The section on SDRs."""

from __future__ import annotations

from actions.reports import CampaignReport
from console.reports import cells, documents
from console.reports.section import Section, Spread, Spreads


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
