"""The commands that ask registers and paid providers."""

from __future__ import annotations

from collections.abc import Mapping

from console.cli.lazy import Entry, Group, Leaf

ENRICH: Mapping[str, Entry] = {
    "enrich": Group(
        "Ask registers and paid providers.",
        {
            "plan": Leaf("console.cli.enrich:plan", "Show what a run would ask, cost and settle."),
            "run": Leaf("console.cli.enrich:run", "Ask what can settle open verdicts."),
            "limits": Leaf("console.cli.enrich_limits:limits", "Show what may be and is spent."),
            "allow": Leaf(
                "console.cli.enrich_limits:allow", "Let the background work ask sources."
            ),
            "forbid": Leaf(
                "console.cli.enrich_limits:forbid", "Let the background work ask no sources."
            ),
            "cap": Leaf("console.cli.enrich_limits:cap", "Cap what may be spent."),
            "uncap": Leaf("console.cli.enrich_limits:uncap", "Lift a cap."),
            "wake": Leaf("console.cli.enrich_limits:wake", "Ask a source again that rests."),
            "unclear": Leaf(
                "console.cli.enrich_unclear:unclear", "List questions with lost answers."
            ),
            "settle": Leaf(
                "console.cli.enrich_unclear:settle", "Say whether a lost question was charged."
            ),
        },
    ),
}
