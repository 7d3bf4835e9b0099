"""The commands that report what a campaign brought."""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf

REPORTS: Mapping[str, Entry] = {
    "report": Group(
        "Report what a campaign brought and cost.",
        {
            "funnel": Leaf("console.cli.report:funnel", "Count companies from name to customer."),
        },
    ),
}
