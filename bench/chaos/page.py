"""What was seen, printed as it comes, and docs/bench/chaos.md."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bench" / "chaos.md"
ABOUT = """\
# What was killed, and what was lost

Written by `make chaos`. Each line is one cell: a fresh database, a supervisor with two workers, 120 companies and 30 sites taken in
before the blow and 45 rows after it. The blow falls at a known moment of a worker's life; what a machine would start again (systemd,
Redis, PostgreSQL) is started again. Then the checker counts: every row accepted is in one final state, each result is there once, no
lease is left, no queue entry vanished. *Settled* is the time from the blow until nothing waits or runs any more, the work itself
included. Leases last 3 seconds here; the lines *a machine* have the 45 seconds that are shipped.

| moment | what the worker has just done |
|---|---|
| after-pop | taken an entry from Redis |
| begun | told Redis so, and claimed nothing in the ledger yet |
| before-commit | done the work, in a transaction that is still open |
| after-commit | committed, and not told Redis |
| mid-crawl | committed half of the sites of a batch |

*everything* is the supervisor, its workers and its sweeper at one stroke; *pause* a process that sleeps past its lease and wakes up in
the middle of its work; *clock* a clock that jumps an hour ahead: the machine must refuse to work, and go on when the clock is right
again.
"""  # noqa: E501


@dataclass(slots=True)
class Page:
    """The lines of all cells."""

    cells: list[str] = field(default_factory=list)
    mutations: list[str] = field(default_factory=list)
    bad: int = 0
    unnoticed: list[str] = field(default_factory=list)
    load: list[float] = field(default_factory=list)

    def cell(
        self, kind: str, target: str, moment: str, took: float | None, found: list[str]
    ) -> None:
        """One cell without a mutation."""
        self.bad += bool(found)
        self.load.append(os.getloadavg()[0])
        settled, said = _seconds(took), "; ".join(found) or "ok"
        self.cells.append(f"| {kind} | {target} | {moment} | {settled} | {said} |")
        print(f"{kind:10}  {target:22} {moment:13}  {settled:>7}  {said}", flush=True)

    def mutation(self, name: str, found: list[str]) -> None:
        """What the checker said of broken code."""
        if not found:
            self.unnoticed.append(name)
        said = "; ".join(one.partition(", e.g. ")[0] for one in found)
        self.mutations.append(f"| {name} | {said or 'NOTICED BY NOBODY'} |")
        print(f"{name:40}  {said or 'NOTICED BY NOBODY'}", flush=True)

    def verdict(self) -> str:
        """All of it in a line."""
        noticed = len(self.mutations) - len(self.unnoticed)
        return (
            f"{self.bad} of {len(self.cells)} cells failed; {noticed} of {len(self.mutations)}"
            " mutations of the code were noticed."
        )

    def write(self) -> None:
        """The page, as the documentation has it."""
        load = (
            f"Load of the machine meanwhile: {min(self.load):.1f} to {max(self.load):.1f}, on"
            f" {os.cpu_count()} processors."
        )
        cells = [
            "| database | killed | at | settled | checker |",
            "|---|---|---|---|---|",
            *self.cells,
        ]
        broken = ["| the code without | the checker says |", "|---|---|", *self.mutations]
        why = (
            "A checker that finds nothing proves nothing, so five breaks of the code are put"
            " before it:"
        )
        page = [ABOUT, f"**{self.verdict()}** {load}", "", *cells, "", why, "", *broken, ""]
        PAGE.write_text("\n".join(page), "utf-8")


def _seconds(took: float | None) -> str:
    return "never" if took is None else f"{took:.1f} s"
