"""The interest of a company as lines of a card, and under its documented JSON keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from actions.queue import Interest
from console.cli.output import plain


def interest_lines(found: Interest | None) -> Iterator[str]:
    """Write how much interest a company shows, and why; nothing where signals are not scored."""
    if found is None:
        return
    head = [f"engagement {found.engagement}", plain(found.label(found.temperature))]
    if found.grid:
        head.insert(0, found.grid)
    if found.lead_stage:
        head.append(plain(found.label(found.lead_stage)))
    ends = [
        f"{plain(found.label(word))} on {at:%Y-%m-%d}"
        for word, at in (("warm", found.warm_at), ("cold", found.cold_at))
        # It may go from hot to cold at once.
        if at and (word == "cold" or at != found.cold_at)
    ]
    later = f"; {', '.join(ends)} unless it does something" if ends else ""
    yield f"Interest: {', '.join(head)}{later}"
    yield f"  {plain(found.moved.why, 300)}"
    for one in found.last_signals:
        points = "" if one.points is None else f" {one.points:+g}"
        channel = "" if one.channel == "unknown" else f" ({plain(one.channel)})"
        yield f"  {one.at:%Y-%m-%d %H:%M} {plain(one.words)}{channel}{points}"


def interest_json(found: Interest | None) -> dict[str, Any] | None:
    """The interest as `--json` prints it; None where signals are not scored."""
    if found is None:
        return None
    return {
        "engagement": found.engagement,
        "temperature": found.temperature,
        "grid": found.grid,
        "cools_at": {"warm": found.warm_at, "cold": found.cold_at},
        "qualifications": list(found.qualifications),
        "lead_stage": found.lead_stage,
        "reason": found.reason,
        "moved": asdict(found.moved),
        "last_signals": [asdict(one) for one in found.last_signals],
        "labels": dict(found.labels),
    }
