"""The page of `make bench-scale-hosts`: what each run took, and what follows from it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from bench.figures import about_run

_TEXT = """# What one more machine buys

Written by `make bench-scale-hosts`. Workers on one host and on two decide up to {companies:,}
companies by twelve criteria for the first time, and put them into the queue: tasks in RQ, up to 500
companies in a job. All use one PostgreSQL and one Redis of another host. The hosts are network
namespaces with names of their own, linked by veth. A run begins when the tasks are stored. By then
each worker waits, and has done a job that is not counted.

{run}

| hosts | workers each | seconds | companies a second | CPU s: workers | PostgreSQL | Redis | waiting |
|---|---|---|---|---|---|---|---|
{lines}

`waiting` is the share of the workers' time in which they wait for a statement of PostgreSQL.

## What the figures say

By the CPU seconds of all lines, which other programs on this machine change little:

- A company takes {worker:.2f} ms of a worker's processor, {server:.2f} ms of PostgreSQL's and
  {redis:.3f} ms of Redis's.
- One processor of PostgreSQL can feed {feeds:.1f} processors of workers, and decides {ceiling:,.0f}
  companies a second at most. A further host buys something as long as all hosts together have fewer
  processors than that for each one of PostgreSQL; after that, PostgreSQL needs more of them.
- One processor of Redis can feed {fed_by_redis:,.0f} processors of workers. It is no limit.
- The other lines took {least:.0%} to {most:.0%} of the CPU seconds a company that the first one
  took.
- This machine has {processors} processors for the workers and both servers. They decide {here:,.0f}
  companies a second at most, however many hosts share them.

## What they cannot say

- The hosts and the servers share one machine. The seconds are not those of several machines, and
  depend on what else runs.
- The links have no delay. In a real network each statement takes a round trip longer. More workers on
  each host make up for it.
- More than four workers were not tried: how long more of them wait for locks and for the disk is not
  known.
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What one arrangement of workers took for all companies."""

    hosts: int
    #: On each host.
    workers: int
    companies: int
    seconds: float
    #: CPU seconds.
    of_workers: float
    of_postgres: float
    of_redis: float
    #: Seconds in which statements ran or waited, of all workers together.
    active: float

    @property
    def spent(self) -> float:
        """CPU seconds altogether."""
        return self.of_workers + self.of_postgres + self.of_redis

    def line(self) -> str:
        """The line of the table."""
        share = self.active / (self.hosts * self.workers * self.seconds)
        cells = (
            str(self.hosts),
            str(self.workers),
            f"{self.seconds:.1f}",
            f"{self.companies / self.seconds:,.0f}",
            f"{self.of_workers:.1f}",
            f"{self.of_postgres:.1f}",
            f"{self.of_redis:.2f}",
            f"{share:.0%}",
        )
        return f"| {' | '.join(cells)} |"


def page(runs: Sequence[Run]) -> str:
    """The whole page."""
    processors = os.cpu_count() or 1
    companies = sum(run.companies for run in runs)
    workers, postgres, redis = (
        sum(spent) / companies
        for spent in zip(
            *((run.of_workers, run.of_postgres, run.of_redis) for run in runs), strict=True
        )
    )
    first, *others = [run.spent / run.companies for run in runs]
    return _TEXT.format(
        companies=max(run.companies for run in runs),
        run=about_run(),
        lines="\n".join(run.line() for run in runs),
        worker=1000 * workers,
        server=1000 * postgres,
        redis=1000 * redis,
        feeds=workers / postgres,
        fed_by_redis=workers / redis,
        ceiling=1 / postgres,
        least=min(others) / first,
        most=max(others) / first,
        processors=processors,
        here=processors / (workers + postgres + redis),
    )
