"""How `sluice ops` shows how the work stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from console.cli.output import counted, plain

if TYPE_CHECKING:
    from leads.store.ledger.failure_groups import FailureGroup
    from leads.store.ledger.pauses import Pause
    from workers.status_values import Status


def duration(seconds: float | None) -> str:
    """A length of time as people say it: `unknown` for None."""
    if seconds is None:
        return "unknown"
    if seconds < 120:
        return f"{round(seconds)} s"
    if seconds < 7_200:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:,.1f} h"


def status_lines(found: Status) -> Iterator[str]:
    """The status as plain text, the most important first."""
    stuck = found.faults()
    rows = counted(found.rows_waiting, "row waits", "rows wait")
    waits = (
        f"{rows} (oldest {duration(found.oldest_seconds)}), done in {duration(found.eta_seconds)}"
        if found.rows_waiting
        else "nothing waits"
    )
    yield f"{waits}; {counted(found.prospects_an_hour, 'prospect')} in the last hour"
    yield (
        counted(sum(one.rows for one in stuck), "row is stuck", "rows are stuck")
        if stuck
        else "nothing is stuck"
    )
    for one in found.stuck:
        whose = f" of {one.client}" if one.client else ""
        yield f"  {one.rows:,} {one.what}{plain(whose)}: {plain(one.why, 100)}"
        yield f"      {plain(one.do, 100)}"
    yield from _pauses(found.paused)
    refused = found.refused
    if refused.entries:
        yield (
            f"{counted(refused.entries, 'queue entry', 'queue entries')} refused in a day, for"
            f" whoever wrote them is none of ours: {plain(refused.why, 100)}"
        )
    yield ""
    yield from _columns(
        found.queues,
        {
            "queue": "queue",
            "waiting": "waiting",
            "running": "in work",
            "done_last_hour": "done in the last hour",
            "given_up": "given up",
            "oldest_seconds": "oldest",
            "eta_seconds": "done in",
        },
    )
    moving = [
        one
        for one in found.kinds
        if one.waiting or one.running or one.done_last_hour or one.given_up
    ]
    if moving:
        yield ""
    yield from _columns(
        moving,
        {
            "what": "work",
            "waiting": "waiting",
            "running": "in work",
            "done_last_hour": "done in the last hour",
            "given_up": "given up",
            "oldest_seconds": "oldest",
            "eta_seconds": "done in",
        },
    )
    if found.clients:
        yield ""
        yield from _columns(
            found.clients[:20],
            {"client": "client", "waiting": "waiting", "given_up": "given up"},
        )
    yield ""
    if not found.hosts:
        yield "no worker runs"
    columns = {
        "host": "host",
        "workers": "workers",
        "running": "in work",
        "memory_mb": "MB",
        "replaced": "replaced",
        "version": "version",
        "skew_seconds": "clock off by",
        "silent_seconds": "last heard",
    }
    yield from _columns(found.hosts, columns) if found.hosts else ()


def _pauses(paused: Sequence[Pause]) -> Iterator[str]:
    for one in paused:
        what = "everything" if one.thing == "everything" else f"{one.thing} {one.name}"
        why = f": {one.reason}" if one.reason else ""
        yield f"paused: {plain(what, 60)}, by {plain(one.who, 40)}{plain(why, 60)}"


def _columns(rows: Sequence[object], headings: Mapping[str, str]) -> Iterator[str]:
    if not rows:
        return
    cells = [
        list(headings.values()),
        *([_cell(key, getattr(row, key)) for key in headings] for row in rows),
    ]
    widths = [max(len(line[place]) for line in cells) for place in range(len(headings))]
    for line in cells:
        first, *rest = (
            cell.ljust(width) if not place else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        yield "  ".join((first, *rest)).rstrip()


def _cell(key: str, value: Any) -> str:
    if value is None and key != "eta_seconds":
        return "-"
    if key in ("skew_seconds",):
        return f"{value:.1f} s"
    if key.endswith("_seconds"):
        return duration(value)
    return plain(value, 44)


def failure_lines(groups: Sequence[FailureGroup]) -> Iterator[str]:
    """Failures as plain text, one group after the other."""
    for one in groups:
        what = "workers died" if one.how == "crash" else "errors"
        yield f"{one.fingerprint}  {one.kind}: {plain(one.error, 110)}"
        yield (
            f"    {counted(one.tasks, 'task')}, {one.given_up:,} given up; {one.times:,}"
            f" {what} from {plain(one.first_seen)} to {plain(one.last_seen)} on"
            f" {plain(list(one.hosts), 60)}"
        )
        yield f"    for example: {plain(one.sample, 120)}"
        where = [
            line.strip() for line in one.trace.splitlines() if line.strip().startswith("File ")
        ]
        if where:
            yield f"    in {plain(where[-1], 130)}"
