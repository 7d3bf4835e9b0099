"""A run's counts as text people would rather look at than read."""

from __future__ import annotations

from typing import Any

from console.cli.output import counted, emit

WIDTH = 40


def print_funnel(result: dict[str, Any]) -> None:
    """Print the counts of a run as bars."""
    records, stages = result["records"], result["stages"]
    found = (
        counted(records["in"], "row"),
        counted(result["companies"], "company", "companies"),
        counted(result["duplicates"], "duplicate"),
    )
    emit(f"{', '.join(found)} found")
    widest = max(stages.values(), default=0) or 1
    for name, count in stages.items():
        bar = "█" * max(1, round(WIDTH * count / widest)) if count else ""
        emit(f"  {name.replace('_', ' '):<15}{count:>8,}  {bar}".rstrip())
    if result["waiting"]:
        emit(
            "unknown, and waiting for "
            + ", ".join(f"{name} ({count:,})" for name, count in result["waiting"].items())
        )
    for name in ("excluded", "suppressed"):
        if result[name]:
            emit(f"{name}: {result[name]:,} (counted as disqualified)")
    emit(f"queued: {result['queued']:,}")
