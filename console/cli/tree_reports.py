"""The commands that report what a campaign brought."""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf

REPORTS: Mapping[str, Entry] = {
    "report": Group(
        "Report what a campaign brought and cost.",
        {
            "funnel": Leaf("console.cli.report:funnel", "Count companies from name to customer."),
            "lists": Leaf("console.cli.report:lists", "Count what each list was worth."),
            "cost": Leaf(
                "console.cli.report:cost", "Divide what was spent by the companies at each step."
            ),
            "sdr": Leaf(
                "console.cli.report:sdr", "Count what each SDR did, and what became of it."
            ),
            "weeks": Leaf("console.cli.report:weeks", "Count what happened week by week."),
            "share": Leaf("console.cli.report_share:share", "Share a report by a link that ends."),
            "shares": Leaf("console.cli.report_share:list_all", "List a client's shared reports."),
            "unshare": Leaf("console.cli.report_share:end", "End the link of a shared report."),
        },
        alone="console.cli.report:show_all",
    ),
    "spend": Leaf("console.cli.spend:spend", "Count what was paid for lists."),
}
