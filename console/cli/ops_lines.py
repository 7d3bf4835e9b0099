"""The status and the failures of the background work as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from actions.operations import FailureGroup, HostStatus, Pause, Status, Stuck
from console.cli.output import counted, plain
from console.cli.work import pause_text, resume_command

_CLIENTS_SHOWN = 20
_COUNTS = {
    "waiting": "waiting",
    "running": "running",
    "done_last_hour": "done in the last hour",
    "given_up": "given up",
    "oldest_seconds": "oldest",
    "eta_seconds": "done in",
}
_HOSTS = {
    "host": "host",
    "workers": "workers",
    "running": "running",
    "memory_mb": "MB",
    "replaced": "replaced",
    "version": "version",
    "skew_seconds": "clock off by",
    "silent_seconds": "last heard",
}


def duration(seconds: float | None) -> str:
    """Write a length of time as people say it; None is unknown."""
    if seconds is None:
        return "unknown"
    if seconds < 120:
        return f"{round(seconds)} s"
    if seconds < 7_200:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:,.1f} h"


def status_lines(found: Status) -> Iterator[str]:
    """Write the status as plain text, the most important first."""
    yield _waiting(found)
    yield from _stuck(found.faults(), found.stuck)
    yield from _pauses(found.paused)
    refused = found.refused
    if refused.entries:
        entries = counted(refused.entries, "queue entry", "queue entries")
        yield f"{entries} not made by Sluice refused in a day: {plain(refused.why, 100)}"
    if found.page_store and found.page_store.is_over:
        yield f"page store: {found.page_store.says}"
        yield f"      {found.page_store.do}"
    yield ""
    yield from _columns(found.queues, {"queue": "queue"} | _COUNTS)

    active = [
        one
        for one in found.kinds
        if one.waiting or one.running or one.done_last_hour or one.given_up
    ]
    if active:
        yield ""
        yield from _columns(active, {"what": "work"} | _COUNTS)
    if found.clients:
        yield ""
        columns = {"client": "client", "waiting": "waiting", "given_up": "given up"}
        yield from _columns(found.clients[:_CLIENTS_SHOWN], columns)
    yield ""
    yield from _hosts(found.hosts)


def failure_lines(groups: Sequence[FailureGroup]) -> Iterator[str]:
    """Write failures as plain text, one group after the other."""
    for one in groups:
        what = "workers died" if one.how == "crash" else "errors"
        yield f"{one.fingerprint}  {one.kind}: {plain(one.error, 110)}"
        yield (
            f"    {counted(one.tasks, 'task')}, {one.given_up:,} given up; {one.times:,}"
            f" {what} from {plain(one.first_seen)} to {plain(one.last_seen)} on"
            f" {plain(list(one.hosts), 60)}"
        )
        yield f"    for example: {plain(one.sample, 120)}"
        lines = [line.strip() for line in one.trace.splitlines()]
        where = [line for line in lines if line.startswith("File ")]
        if where:
            yield f"    in {plain(where[-1], 130)}"


def _waiting(found: Status) -> str:
    waits = "nothing waits"
    if found.rows_waiting:
        rows = counted(found.rows_waiting, "row waits", "rows wait")
        oldest = duration(found.oldest_seconds)
        known = found.eta_seconds is not None
        when = f"done in {duration(found.eta_seconds)}" if known else "not known when done"
        waits = f"{rows} (oldest {oldest}), {when}"
    return f"{waits}; {counted(found.prospects_an_hour, 'prospect')} in the last hour"


def _stuck(faults: Sequence[Stuck], stuck: Sequence[Stuck]) -> Iterator[str]:
    if faults:
        yield counted(sum(one.rows for one in faults), "row is stuck", "rows are stuck")
    else:
        yield "nothing is stuck"
    for one in stuck:
        whose = f" of {one.client}" if one.client else ""
        yield f"  {one.rows:,} {one.what}{plain(whose)}: {plain(one.why, 100)}"
        yield f"      {plain(one.do, 100)}"


def _pauses(paused: Sequence[Pause]) -> Iterator[str]:
    for one in paused:
        yield f"{pause_text(one)}; `{resume_command(one)}` ends it"


def _hosts(hosts: Sequence[HostStatus]) -> Iterator[str]:
    if hosts:
        yield from _columns(hosts, _HOSTS)
    else:
        yield "no worker runs"


def _columns(rows: Sequence[object], headings: Mapping[str, str]) -> Iterator[str]:
    if not rows:
        return
    lines = [list(headings.values())]
    lines += [[_cell(key, getattr(row, key)) for key in headings] for row in rows]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headings))]

    for first, *rest in lines:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        yield "  ".join(cells).rstrip()


def _cell(key: str, value: Any) -> str:
    if value is None and key != "eta_seconds":
        return "-"
    if key == "skew_seconds":
        return f"{value:.1f} s"
    if key.endswith("_seconds"):
        return duration(value)
    return plain(value, 44)
