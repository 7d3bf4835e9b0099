"""The supervisor under test, with checkable work and steps at which it can be killed.

It is forked from the harness, so the libraries load once. Work adds one row to `chaos_result` each
time it is done, so duplicates are visible.
"""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import leads.clock


@dataclass(slots=True)
class Part:
    """Settings of this crew: folder for signals, Redis, lease, host name, and the mutation."""

    folder: Path
    home: Path
    database: str
    redis: str
    lease: float = 3.0
    host: str = ""
    workers: int = 2
    mutation: str = ""


PART = Part(Path(), Path(), "", "")


def shifted_now() -> datetime:
    """Return the time, shifted by the seconds in the file `clock`."""
    file = PART.folder / "clock"
    return datetime.now(UTC) + timedelta(
        seconds=float(file.read_text() or 0) if file.exists() else 0
    )


leads.clock.now = shifted_now

from sqlalchemy import text  # noqa: E402 - the clock must be changed before anybody imports it

import spiders.run  # noqa: E402
import workers.crawling  # noqa: E402
import workers.inline  # noqa: E402
import workers.jobs  # noqa: E402
import workers.supervise  # noqa: E402
import workers.tasks  # noqa: E402
from actions.session import Session  # noqa: E402
from leads.changes import VerdictsChanged  # noqa: E402
from leads.settings import load_settings  # noqa: E402
from leads.store import Tx  # noqa: E402
from leads.store.ledger.tasks import Claimed  # noqa: E402
from leads.store.migrate import open_store  # noqa: E402
from workers.context import Context  # noqa: E402
from workers.redis_client import connect  # noqa: E402
from workers.rq_worker import OwnQueue  # noqa: E402


def moment(name: str) -> None:
    """Wait here once if the harness expects this step, until it continues."""
    try:
        (PART.folder / f"arm-{name}").rename(PART.folder / f"hit-{name}-{os.getpid()}")
    except FileNotFoundError:
        return
    until = time.monotonic() + 60
    while not (PART.folder / "go-on").exists() and time.monotonic() < until:
        time.sleep(0.02)


def done(tx: Tx, kind: str, keys: Sequence[str]) -> None:
    """Insert one result row per key."""
    tx.execute(
        text("INSERT INTO chaos_result (kind, name) VALUES (:kind, :name)"),
        [{"kind": kind, "name": key} for key in keys],
    )


def qualify(tx: Tx, _context: Context, claimed: Sequence[Claimed]) -> list[Any]:
    """Pretend to evaluate companies; their queue tasks follow."""
    done(tx, "qualify", [one.key for one in claimed])
    time.sleep(0.02)
    moment("before-commit")
    found = []
    for one in claimed:
        campaign_id, company_id = (UUID(part) for part in one.key.split(":"))
        assert one.client_id is not None
        found.append(VerdictsChanged(one.client_id, campaign_id, (company_id,)))
    return found


def queue(tx: Tx, _context: Context, claimed: Sequence[Claimed]) -> list[Any]:
    """Pretend to place companies in the queue."""
    done(tx, "queue", [one.key for one in claimed])
    return []


class _Outcome:
    pages: tuple[()] = ()

    def __init__(self, domain: str) -> None:
        self.domain = domain


def crawl(
    sites: Sequence[Any], *, on_site: Any, should_stop: Any, **_options: Any
) -> SimpleNamespace:
    """Pretend to visit sites."""
    for number, site in enumerate(sites):
        if should_stop():
            return SimpleNamespace(stopped="asked")
        time.sleep(0.01)
        on_site(_Outcome(site.domain))
        if number == len(sites) // 2:
            moment("mid-crawl")
    return SimpleNamespace(stopped=None)


def keep(tx: Tx, outcomes: Sequence[Any]) -> list[list[Any]]:
    """Pretend to store visits."""
    done(tx, "crawl", [one.domain for one in outcomes])
    return [[] for _ in outcomes]


def make_context() -> Context:
    """Return the context of the workers."""
    settings = load_settings()
    session = Session(settings=settings, store=open_store(settings.database_url))
    lease = timedelta(seconds=PART.lease)
    again = timedelta(seconds=min(5.0, lease.total_seconds() / 3))
    return replace(session.context(), redis=connect(PART.redis), lease=lease, hand_over_again=again)


def install() -> None:
    """Install the checkable work and the steps."""
    from bench.chaos import searching

    workers.tasks.WORK.update(qualify=qualify, queue=queue)
    vars(workers.crawling).update(crawl=crawl)
    vars(spiders.run).update(keep=keep)
    searching.install()
    if PART.host:
        socket.gethostname = lambda: PART.host
    pop, work_batch = OwnQueue.dequeue_any, workers.jobs.work_batch
    perform = vars(workers.inline)["perform"]  # As a mutation left it.
    look_after = vars(workers.supervise)["look_after"]

    def popping(*arguments: Any, **named: Any) -> Any:
        found = pop(*arguments, **named)
        if found is not None:
            moment("after-pop")
        return found

    def working(*arguments: Any) -> int:
        moment("begun")
        return work_batch(*arguments)

    def performing(context: Context, claimed: Sequence[Claimed]) -> None:
        perform(context, claimed)
        if claimed[0].kind == "qualify":
            moment("after-commit")

    def looking_after(*arguments: Any) -> None:
        (PART.folder / "sweeper").write_text(str(os.getpid()))
        look_after(*arguments)

    OwnQueue.dequeue_any = staticmethod(popping)  # type: ignore[method-assign]
    vars(workers.jobs).update(work_batch=working)
    vars(workers.inline).update(perform=performing)
    vars(workers.supervise).update(look_after=looking_after)


def main(part: Part) -> None:
    """Supervise until stopped, in a process group of its own."""
    from bench.chaos import mutations

    for name in Part.__slots__:
        setattr(PART, name, getattr(part, name))
    os.setsid()
    with (part.folder / "log").open("ab") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    os.environ.update(SLUICE_HOME=str(part.home), SLUICE_DATABASE_URL=part.database)
    mutations.apply(part.mutation)
    install()
    workers.supervise.supervise(
        make_context, part.workers, lambda line: print(line, file=sys.stderr, flush=True)
    )
