"""RQ's queue, job and worker with their gaps closed: no job is lost between two queues, and none calls what it may not."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from typing import Any

from redis import Redis
from rq import Queue, SimpleWorker
from rq.exceptions import DequeueTimeout
from rq.executions import Execution
from rq.intermediate_queue import IntermediateQueue
from rq.job import Job

from workers.jobs import ALLOWED, on_hold
from workers.memory import own_memory

#: Seconds between two looks at all queues while they are empty.
LOOK_EVERY = 0.2


class NotAllowedJobError(Exception):
    """The queue entry names a function that is none of ours; it is kept as failed and never run."""


class OwnJob(Job):
    """A job that runs nothing but our own functions: RQ would call any dotted name an entry carries, callbacks included."""

    @property
    def func(self) -> Callable[..., Any] | None:
        """The function, when it is one of ours."""
        callbacks = (self._success_callback_name, self._failure_callback_name, self._stopped_callback_name)
        if self.instance is not None or self.func_name not in ALLOWED or any(isinstance(name, str) for name in callbacks):
            raise NotAllowedJobError(f"{self.func_name!r} may not be run by a queue entry")
        found: Callable[..., Any] | None = super().func
        return found


class OwnQueue(Queue):
    """A queue whose entries move, never vanish: RQ 3 pops over several queues, and a worker that dies then takes the entry along."""

    job_class = OwnJob

    @classmethod
    def dequeue_any(
        cls,
        queues: Iterable[Queue],
        timeout: int | None,
        connection: Redis,
        job_class: Any = None,
        serializer: Any = None,
        death_penalty_class: Any = None,
    ) -> Any:
        """The next job of the first queue that has one, moved to that queue's intermediate list."""
        keys = [queue.key for queue in queues]
        until = None if timeout is None else time.monotonic() + timeout
        while True:
            for key in [] if on_hold() else keys:
                moved = connection.lmove(key, IntermediateQueue(key, connection).key)
                if moved is not None:
                    job_id = moved.decode() if isinstance(moved, bytes) else str(moved)
                    fetched = cls._fetch_dequeued_job(
                        connection, key, job_id, job_class=job_class, serializer=serializer, death_penalty_class=death_penalty_class
                    )
                    if fetched is not None:
                        return fetched
                    connection.lrem(IntermediateQueue(key, connection).key, 1, job_id)
            if until is None:
                return None
            if time.monotonic() >= until:
                raise DequeueTimeout(timeout, keys)
            time.sleep(LOOK_EVERY)


class OwnWorker(SimpleWorker):
    """A worker that does its jobs in its own process: the ledger's lease, not a forked child, is what survives a death."""

    queue_class = OwnQueue
    job_class = OwnJob
    #: MB of memory after which the process is renewed, between two jobs.
    memory_limit = 0

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Do the job; ask to be replaced when it left too much in memory."""
        super().execute_job(job, queue)
        if self.memory_limit and own_memory() > self.memory_limit:
            self._stop_requested = True

    def prepare_job_execution(self, job: Job, remove_from_intermediate_queue: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        """Take the entry off the intermediate list as soon as the job is marked as started."""
        super().prepare_job_execution(job, remove_from_intermediate_queue=True)


def queue_of(name: str, redis: Redis) -> OwnQueue:
    """Our queue of that name, speaking JSON."""
    return OwnQueue(name, connection=redis, serializer="json")


def begun_since(queue: OwnQueue, moment: datetime) -> Iterator[str]:
    """The ids of the entries that a worker began after the moment and has not ended."""
    for job_id, execution_id in queue.started_job_registry.get_job_and_execution_ids(cleanup=False):
        with suppress(ValueError, KeyError):  # It is over, or its record is not whole.
            if Execution.fetch(execution_id, job_id, queue.connection).created_at > moment:
                yield job_id
