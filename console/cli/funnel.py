"""The counts of a run as bars."""

from __future__ import annotations

from actions.runs import RunReport
from console.cli.output import counted, emit, note
from console.cli.site_bands import band_counts

#: Characters of the longest bar.
WIDTH = 40


def print_funnel(report: RunReport) -> None:
    """Print the counts of a run, its companies by stage as bars."""
    found = (
        counted(report.records.rows, "row"),
        counted(report.companies, "company", "companies"),
        counted(report.duplicates, "duplicate"),
    )
    emit(f"{', '.join(found)} found")
    _print_bars(report.funnel["stages"])

    waiting = [f"{name} ({count:,})" for name, count in report.funnel["waiting"].items()]
    if waiting:
        emit(f"unknown, and waiting for {', '.join(waiting)}")
    for name in ("excluded", "suppressed"):
        if report.funnel[name]:
            emit(f"{name}: {report.funnel[name]:,} (counted as disqualified)")
    if report.funnel["unreachable"]:
        emit(
            f"unreachable: {report.funnel['unreachable']:,} (no channel may be used:"
            " `sluice policy explain COMPANY`)"
        )
    emit(f"queued: {report.funnel['queued']:,}")
    if report.sites:
        emit(f"sites searched: {sum(report.sites.values()):,} ({band_counts(report.sites)})")
    if report.sites.get("review"):
        note("`sluice sites review` shows the sites that a person should look at")


def _print_bars(stages: dict[str, int]) -> None:
    widest = max(stages.values(), default=0) or 1
    for name, count in stages.items():
        bar = "█" * max(1, round(WIDTH * count / widest)) if count else ""
        emit(f"  {name.replace('_', ' '):<15}{count:>8,}  {bar}".rstrip())
