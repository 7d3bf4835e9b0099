"""Keep a number of workers and one sweeper running, within their limits.

This process never opens a connection: forked processes would share it, and SQLite loses its locks
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
from workers.queues import ASKING
from workers.roles import REFUSED, Watch, look_after, work
from workers.sweeper import admit
from workers.tasks import MODULES

#: Seconds between two checks of the workers.
CHECK_EVERY = 0.5
#: Seconds a worker may take to end its job after SIGTERM.
GRACE = 60.0

#: Imported before forking. Importing them starts no thread and opens no connection.
_LIBRARIES = ("workers.rq_worker", "workers.inline", *MODULES, "pandas")

_fork = multiprocessing.get_context("fork")
Notify = Callable[[str], None]
_NOTHING: Mapping[str, Callable[[], None]] = MappingProxyType({})


def supervise(
    make_context: Callable[[], Context],
    count: int,
    notify: Notify,
    until: Callable[[], bool] = lambda: False,
    bounds: Bounds | None = None,
    beside: Mapping[str, Callable[[], None]] = _NOTHING,
    tend: Callable[[Notify], None] = lambda _notify: None,
    asking: int | None = None,
) -> None:
    """Run `count` workers until SIGTERM, Ctrl-C or `until`; a second signal kills them.

    `asking` further ones ask sources, and the others do not: a slow source keeps no other work
    waiting, nor the other way round. None: all workers do everything.

    A worker that dies is replaced. A worker beyond its limits is killed and replaced. `beside` are
    other processes to keep running; `tend` is called twice a second. SluiceError when this machine
    may not work here: another version works on the database, or the clock is wrong.
    """
    _admit(make_context)
    warm()
    signals = _Signals()
    tasks = _tasks(make_context, bounds or Bounds(), count, asking)
    crew = _Crew(make_context, tasks, notify, bounds or Bounds(), beside)
    who = f"{count} workers" + (f" and {asking} for questions to sources" if asking else "")
    notify(f"{who}, process ids {', '.join(str(worker.pid) for worker in crew.workers)}")
    try:
        while not signals.asked and not until():
            tend(notify)
            crew.check()
            time.sleep(CHECK_EVERY)
    finally:
        _stop(crew.members(), signals)


def _tasks(
    make_context: Callable[[], Context], bounds: Bounds, count: int, asking: int | None
) -> list[Task]:
    """What each worker does."""
    if asking is None:
        return [partial(work, make_context, bounds, lambda _queue: True)] * count
    others = partial(work, make_context, bounds, lambda queue: queue != ASKING)
    questions = partial(work, make_context, bounds, lambda queue: queue == ASKING)
    return [*[others] * count, *[questions] * asking]


def warm() -> None:
    """Import the workers' libraries once, so that forked processes start fast and share memory."""
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
        tasks: Sequence[Task],
        notify: Notify,
        bounds: Bounds,
        beside: Mapping[str, Callable[[], None]],
    ) -> None:
        self._bounds, self._notify = bounds, notify
        self._deaths: Any = _fork.SimpleQueue()
        self._replaced, self._memory = _fork.RawValue("i", 0), _fork.RawValue("i", 0)
        watch = Watch(
            host=this_host(),
            started_at=now(),
            workers=len(tasks),
            deaths=self._deaths,
            replaced=self._replaced,
            memory=self._memory,
        )
        self.workers = [Member("worker", task) for task in tasks]
        self._others = [
            Member("sweeper", lambda _job_began: look_after(make_context, watch, notify))
        ]
        self._others += [Member(name, _without_jobs(run)) for name, run in beside.items()]

    def members(self) -> list[Member]:
        return [*self.workers, *self._others]

    def check(self) -> None:
        """Replace processes that ended, and kill workers beyond their limits."""
        memory = memory_of_groups()
        self._memory.value = sum(memory.get(worker.pid, 0) for worker in self.workers)
        for worker in self.workers:
            why = self._beyond_limits(worker, memory.get(worker.pid, 0))
            if why and worker.exitcode is None:
                self._deaths.put((host_of(worker.pid), why))
                self._notify(f"worker {worker.pid} {why}: killed")
                worker.kill()
        if any(other.exitcode == REFUSED and other.name == "sweeper" for other in self._others):
            raise SluiceError(
                "this machine may no longer work on the database", "see the line above"
            )
        self.workers = [self._replaced_if_ended(worker) for worker in self.workers]
        self._others = [self._replaced_if_ended(other) for other in self._others]

    def _beyond_limits(self, worker: Member, memory: int) -> str:
        if worker.job_seconds() > self._bounds.seconds:
            return f"worked on one job for more than {self._bounds.seconds:,.0f} seconds"
        if self._bounds.memory and memory > 2 * self._bounds.memory:
            return f"held more than {2 * self._bounds.memory:,} MB of memory"
        return ""

    def _replaced_if_ended(self, member: Member) -> Member:
        if member.exitcode is None:
            return member
        if not member.death_noted:
            delay = member.note_death()
            if member.exitcode:
                member.kill()  # Processes that it forked may still run.
                self._replaced.value += 1
                when = f"in {delay:,.0f} s, because its start failed again" if delay else "now"
                self._notify(
                    f"{member.name} {member.pid} ended with {member.exitcode}; restarting it {when}"
                )
        return member.successor() if member.may_restart() else member


def _without_jobs(run: Callable[[], None]) -> Task:
    """The task of a member that reports no jobs."""
    return lambda _job_began: run()


def _stop(members: Sequence[Member], signals: _Signals) -> None:
    for member in members:
        member.ask_to_end()
    patience = time.monotonic() + GRACE
    while any(member.exitcode is None for member in members):
        if time.monotonic() > patience or signals.asked > 1:
            for member in members:
                member.kill()
        time.sleep(0.1)
