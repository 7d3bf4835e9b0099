"""Keep a number of workers and one sweeper running, within bounds.

This process opens no connection, ever: what it forks would share it, and SQLite loses its locks
across a fork.
"""

from __future__ import annotations

import importlib
import multiprocessing
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import FrameType, MappingProxyType
from typing import Any

from leads.clock import now
from leads.errors import SluiceError
from workers.bounds import Bounds
from workers.context import Context
from workers.host import host_of, this_host
from workers.member import Member, Task
from workers.memory import memory_of_groups
from workers.roles import REFUSED, Watch, look_after, work
from workers.sweeper import admit

#: Seconds between two looks at the workers.
LOOK_EVERY = 0.5
#: Seconds a worker may take to end its job after SIGTERM.
GRACE = 60.0

#: None of them starts a thread of ours or opens a connection when it is imported.
_LIBRARIES = ("workers.rq_worker", "workers.inline", "workers.crawling", "enrich.run", "pandas")

_fork = multiprocessing.get_context("fork")
Told = Callable[[str], None]
_NOTHING: Mapping[str, Callable[[], None]] = MappingProxyType({})


def supervise(
    make_context: Callable[[], Context],
    count: int,
    told: Told,
    until: Callable[[], bool] = lambda: False,
    bounds: Bounds | None = None,
    beside: Mapping[str, Callable[[], None]] = _NOTHING,
    tend: Callable[[Told], None] = lambda _told: None,
) -> None:
    """Run `count` workers until SIGTERM or Ctrl-C, or until `until` says so; a second signal stops
    them at once.

    A worker that dies is replaced, one over its bounds is killed and replaced; `beside` are other
    processes to keep running, and `tend` is called twice a second. SluiceError when this machine
    may not work here: two versions on one database, or a clock that is off.
    """
    _admit(make_context)
    warm()
    signals = _Signals()
    crew = _Crew(make_context, count, told, bounds or Bounds(), beside)
    told(f"{count} workers, process ids {', '.join(str(worker.pid) for worker in crew.workers)}")
    try:
        while not signals.asked and not until():
            tend(told)
            crew.look()
            time.sleep(LOOK_EVERY)
    finally:
        _stop(crew.members(), signals)


def warm() -> None:
    """Read the libraries that workers use, once: whoever is forked then is at work at once, and all
    share their memory.
    """
    for name in _LIBRARIES:
        importlib.import_module(name)


def _admit(make_context: Callable[[], Context]) -> None:
    context = make_context()
    try:
        admit(context, this_host())
    finally:
        context.store.close()
        if context.redis is not None:
            context.redis.close()


class _Signals:
    """Counts the requests to stop."""

    def __init__(self) -> None:
        self.asked = 0
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked += 1


class _Crew:
    """All processes of one supervisor."""

    def __init__(
        self,
        make_context: Callable[[], Context],
        count: int,
        told: Told,
        bounds: Bounds,
        beside: Mapping[str, Callable[[], None]],
    ) -> None:
        self._bounds, self._told = bounds, told
        self._deaths: Any = _fork.SimpleQueue()
        self._replaced, self._memory = _fork.RawValue("i", 0), _fork.RawValue("i", 0)
        watch = Watch(
            host=this_host(),
            started_at=now(),
            workers=count,
            deaths=self._deaths,
            replaced=self._replaced,
            memory=self._memory,
        )
        self.workers = [Member("worker", partial(work, make_context, bounds)) for _ in range(count)]
        self._others = [Member("sweeper", lambda _began: look_after(make_context, watch, told))]
        self._others += [Member(name, _alone(run)) for name, run in beside.items()]

    def members(self) -> list[Member]:
        return [*self.workers, *self._others]

    def look(self) -> None:
        """Replace whoever ended, and kill whoever is over its bounds."""
        memory = memory_of_groups()
        self._memory.value = sum(memory.get(worker.pid, 0) for worker in self.workers)
        for worker in self.workers:
            why = self._over(worker, memory.get(worker.pid, 0))
            if why and worker.exitcode is None:
                self._deaths.put((host_of(worker.pid), why))
                self._told(f"worker {worker.pid} {why}: killed")
                worker.kill()
        if any(other.exitcode == REFUSED and other.name == "sweeper" for other in self._others):
            raise SluiceError(
                "this machine may not work on the database any more", "see the line above"
            )
        self.workers = [self._kept(worker) for worker in self.workers]
        self._others = [self._kept(other) for other in self._others]

    def _over(self, worker: Member, memory: int) -> str:
        if worker.job_seconds() > self._bounds.seconds:
            return f"worked on one job for more than {self._bounds.seconds:,.0f} seconds"
        if self._bounds.memory and memory > 2 * self._bounds.memory:
            return f"held more than {2 * self._bounds.memory:,} MB of memory"
        return ""

    def _kept(self, member: Member) -> Member:
        if member.exitcode is None:
            return member
        if not member.mourned:
            rest = member.mourn()
            if member.exitcode:
                member.kill()  # What it forked may live on.
                self._replaced.value += 1
                when = f"in {rest:,.0f} s, for it died of its start again" if rest else "now"
                self._told(
                    f"{member.name} {member.pid} ended ({member.exitcode}); another takes its place"
                    f" {when}"
                )
        return member.again() if member.rested() else member


def _alone(run: Callable[[], None]) -> Task:
    """A member's task that has no jobs to report."""
    return lambda _began: run()


def _stop(members: Sequence[Member], signals: _Signals) -> None:
    for member in members:
        member.ask_to_end()
    patience = time.monotonic() + GRACE
    while any(member.exitcode is None for member in members):
        if time.monotonic() > patience or signals.asked > 1:
            for member in members:
                member.kill()
        time.sleep(0.1)
