"""RQ's queue, job and worker with their gaps closed: no job is lost between two queues, and none
calls what it may not.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as RedisTimeoutError
from rq import Queue, SimpleWorker
from rq.defaults import RQ_KEY_PREFIX
from rq.exceptions import DequeueTimeout
from rq.executions import Execution
from rq.intermediate_queue import IntermediateQueue
from rq.job import Job, JobStatus

from workers.entry import OwnJob
from workers.jobs import on_hold, refused
from workers.memory import own_memory

#: Seconds between two looks at all queues while they are empty.
LOOK_EVERY = 0.2
#: Seconds for which a refused entry is kept.
KEPT = 86_400


class OwnQueue(Queue):
    """A queue whose entries move, never vanish: RQ 3 pops over several queues, and a worker that
    dies then takes the entry along.
    """

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
            taken = _take([] if on_hold() else keys, connection)
            if taken:
                found = cls._read(*taken, connection, job_class, serializer, death_penalty_class)
                if found is not None:
                    return found
            elif until is None:
                return None
            elif time.monotonic() >= until:
                raise DequeueTimeout(timeout, keys)
            else:
                time.sleep(LOOK_EVERY)

    @classmethod
    def _read(
        cls,
        key: str,
        entry: bytes,
        connection: Redis,
        job_class: Any,
        serializer: Any,
        death_penalty_class: Any,
    ) -> Any:
        """The job of an entry and its queue; None when it is none, or none of ours."""
        try:
            found = cls._fetch_dequeued_job(
                connection,
                key,
                entry.decode(),
                job_class=job_class,
                serializer=serializer,
                death_penalty_class=death_penalty_class,
            )
            if found is not None:
                job: OwnJob = found[0]  # type: ignore[assignment]
                job.check()
                return found
        except (RedisConnectionError, RedisTimeoutError):
            raise
        except Exception as error:
            # Whatever RQ raises over an entry it cannot read would end the worker.
            _refuse(cls.from_queue_key(key, connection=connection), entry, error)
        connection.lrem(IntermediateQueue(key, connection).key, 1, entry)  # type: ignore[arg-type]
        return None


def _take(keys: Iterable[str], connection: Redis) -> tuple[str, bytes] | None:
    """The first entry of the first queue that has one, now on that queue's intermediate list."""
    for key in keys:
        moved = connection.lmove(key, IntermediateQueue(key, connection).key)
        if moved is not None:
            return key, moved if isinstance(moved, bytes) else str(moved).encode()
    return None


def _refuse(queue: Queue, entry: bytes, error: Exception) -> None:
    """Keep an entry as failed, and say so."""
    why = f"{type(error).__name__}: {error}"
    key = f"{RQ_KEY_PREFIX}:job:".encode() + entry
    if queue.connection.type(key) == b"hash":
        queue.connection.hset(key, mapping={"status": JobStatus.FAILED.value, "exc_info": why})
        queue.connection.expire(key, KEPT)
        queue.connection.zadd(queue.failed_job_registry.key, {entry: time.time() + KEPT})
    refused(entry.decode("utf-8", "replace"), why)


class OwnWorker(SimpleWorker):
    """A worker that does its jobs in its own process: the ledger's lease, not a forked child, is
    what survives a death.
    """

    queue_class = OwnQueue
    job_class = OwnJob
    #: MB of memory after which the process is renewed, between two jobs.
    memory_limit = 0

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Do the job; ask to be replaced when it left too much in memory."""
        super().execute_job(job, queue)
        if self.memory_limit and own_memory() > self.memory_limit:
            self._stop_requested = True

    def clean_registries(self) -> None:
        """Let RQ tidy up; an entry that it cannot read is no reason to end."""
        try:
            super().clean_registries()  # type: ignore[no-untyped-call]
        except RedisError:
            raise
        except Exception as error:
            refused("?", f"{type(error).__name__}: {error}")
            for queue in self.queues:
                queue.release_maintenance_lock()  # type: ignore[no-untyped-call]
            self.last_cleaned_at = datetime.now(UTC)  # type: ignore[assignment]

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
