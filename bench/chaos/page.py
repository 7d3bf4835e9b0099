"""Print the results as they come, and write docs/bench/chaos.md."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bench" / "chaos.md"
ABOUT = """\
# Failure tests

Written by `make chaos`. Each line is one test: a fresh database, a supervisor with two workers, 120 companies, 30 sites to visit and
20 companies whose site is to be found before the failure, and 50 rows after it. The failure happens at a known step of a worker.
Services that a machine would restart (systemd, Redis, PostgreSQL) are restarted. Then the checker verifies: every accepted row is in
one final state, each result exists once, no lease is left, no name is left to the look-up of a process that ended, no queue entry is
lost. *Settled* is the time from the failure until no task waits or runs, including the work itself. Leases last 3 seconds here, and a
name is left to the look-up of a process for 4; the lines *a machine* use the default of 45 seconds.

| step | what the worker has just done |
|---|---|
| after-pop | taken an entry from Redis |
| begun | started the job in Redis, before claiming tasks in the ledger |
| before-commit | done the work; the transaction is still open |
| after-commit | committed, before confirming to Redis |
| mid-crawl | committed half of the sites of a batch |
| mid-look-up | taken over names that all searches want; no answer is stored yet |
| mid-search | committed half of the findings of a batch |

*everything* kills the supervisor, its workers and its sweeper at once. *pause* stops a process until its lease has expired and
continues it in the middle of its work. *clock* moves the clock an hour ahead: the machine must refuse to work, and continue when the
clock is right again.
"""  # noqa: E501


@dataclass(slots=True)
class Page:
    """The lines of all tests."""

    cells: list[str] = field(default_factory=list)
    mutations: list[str] = field(default_factory=list)
    bad: int = 0
    unnoticed: list[str] = field(default_factory=list)
    load: list[float] = field(default_factory=list)

    def cell(
        self, kind: str, target: str, moment: str, took: float | None, found: list[str]
    ) -> None:
        """Add a test without a mutation."""
        self.bad += bool(found)
        self.load.append(os.getloadavg()[0])
        settled, said = _seconds(took), "; ".join(found) or "ok"
        self.cells.append(f"| {kind} | {target} | {moment} | {settled} | {said} |")
        print(f"{kind:10}  {target:22} {moment:13}  {settled:>7}  {said}", flush=True)

    def mutation(self, name: str, found: list[str]) -> None:
        """Add what the checker reported about a mutation."""
        if not found:
            self.unnoticed.append(name)
        said = "; ".join(one.partition(", e.g. ")[0] for one in found)
        self.mutations.append(f"| {name} | {said or 'NOT DETECTED'} |")
        print(f"{name:40}  {said or 'NOT DETECTED'}", flush=True)

    def verdict(self) -> str:
        """Summarise all results in one line."""
        noticed = len(self.mutations) - len(self.unnoticed)
        return (
            f"{self.bad} of {len(self.cells)} cells failed; {noticed} of {len(self.mutations)}"
            " mutations of the code were detected."
        )

    def write(self) -> None:
        """Write the page of the documentation."""
        load = (
            f"Load of the machine: {min(self.load):.1f} to {max(self.load):.1f}, on"
            f" {os.cpu_count()} processors."
        )
        cells = [
            "| database | failure | step | settled | checker |",
            "|---|---|---|---|---|",
            *self.cells,
        ]
        broken = ["| mutation | the checker reports |", "|---|---|", *self.mutations]
        why = (
            "To prove that the checker finds errors, the tests also run with five deliberately broken"
            " versions of the code:"
        )
        page = [ABOUT, f"**{self.verdict()}** {load}", "", *cells, "", why, "", *broken, ""]
        PAGE.write_text("\n".join(page), "utf-8")


def _seconds(took: float | None) -> str:
    return "never" if took is None else f"{took:.1f} s"
