"""The commands about leads and their hand-over to the client."""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf

LEADS: Mapping[str, Entry] = {
    "lead": Group(
        "List, qualify and move leads.",
        {
            "list": Leaf("console.cli.lead:list_all", "List leads, the next touch first."),
            "due": Leaf(
                "console.cli.lead:due", "List leads due for a touch, the longest due first."
            ),
            "qualify": Leaf(
                "console.cli.lead_qualify:qualify",
                "Record what a company told, and show what is open.",
            ),
            "move": Leaf("console.cli.lead:move", "Move a lead to another stage."),
            "plan": Leaf(
                "console.cli.handover_files:plan", "Show the nurture file, or put one in force."
            ),
            "schema": Leaf(
                "console.cli.handover_files:schema_of_plans",
                "Print the JSON Schema of nurture files.",
            ),
        },
    ),
    "handover": Group(
        "Hand leads over to the client.",
        {
            "check": Leaf("console.cli.handover_files:check", "Check a hand-over file."),
            "use": Leaf(
                "console.cli.handover_files:use", "Put a hand-over file in force for a campaign."
            ),
            "show": Leaf("console.cli.handover_files:show", "Print the hand-over file in force."),
            "schema": Leaf(
                "console.cli.handover_files:schema", "Print the JSON Schema of hand-over files."
            ),
            "send": Leaf("console.cli.handover:send", "Hand a qualified lead over to the client."),
            "accept": Leaf(
                "console.cli.handover:accept", "Record that the client accepted a lead."
            ),
            "reject": Leaf(
                "console.cli.handover:reject", "Record that the client rejected a lead, and why."
            ),
            "list": Leaf(
                "console.cli.handover_list:list_all", "List hand-overs, overdue answers first."
            ),
            "report": Leaf(
                "console.cli.handover_list:report",
                "Count what the client took and rejected, and why.",
            ),
        },
    ),
}
