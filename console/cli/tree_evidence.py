"""The commands about sources: how far they can be believed, and what they are."""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf

EVIDENCE: Mapping[str, Entry] = {
    "audit": Group(
        "Check by a sample how many facts are right.",
        {
            "draw": Leaf("console.cli.audit:draw", "Draw facts by chance, to be judged."),
            "judge": Leaf("console.cli.audit_screen:judge", "Judge drawn facts one by one."),
            "report": Leaf("console.cli.audit:report", "Show how many drawn facts are right."),
        },
    ),
    "sources": Leaf(
        "console.cli.sources:show", "Show how far each source agrees with better knowledge."
    ),
    "registers": Group(
        "List companies of public registers.",
        {
            "list": Leaf("console.cli.registers:list_all", "List the registers that can be read."),
            "fetch": Leaf(
                "console.cli.registers:fetch", "Write the companies of a register to a list."
            ),
        },
    ),
    "providers": Group(
        "List and check the files of paid providers.",
        {
            "list": Leaf("console.cli.providers:list_all", "List the paid providers."),
            "show": Leaf(
                "console.cli.providers:show",
                "Print the file of a provider, and whether its key is set.",
            ),
            "check": Leaf("console.cli.providers:check", "Check a provider's file."),
            "schema": Leaf(
                "console.cli.providers:schema", "Print the JSON Schema of providers' files."
            ),
        },
    ),
}
