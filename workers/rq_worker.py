"""RQ's queue and worker, changed so that no job is lost and no foreign function is called."""

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
from workers.memory import own_memory
from workers.serving import on_hold, refused

#: Seconds between two looks at all queues while they are empty.
POLL_SECONDS = 0.2
#: Seconds for which a refused entry is kept.
KEEP_REFUSED_SECONDS = 86_400


class OwnQueue(Queue):
    """A queue that moves an entry before a worker takes it.

    RQ 3 pops an entry when it waits on several queues, so a worker that dies loses it.
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
                time.sleep(POLL_SECONDS)

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
        """The job of an entry and its queue; None for a missing or refused entry."""
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
            # RQ raises many kinds of errors for an entry it cannot read; each would end the worker.
            _refuse(cls.from_queue_key(key, connection=connection), entry, error)
        connection.lrem(IntermediateQueue(key, connection).key, 1, entry)  # type: ignore[arg-type]
        return None


def _take(keys: Iterable[str], connection: Redis) -> tuple[str, bytes] | None:
    """Move the first entry of the first queue that has one to that queue's intermediate list."""
    for key in keys:
        moved = connection.lmove(key, IntermediateQueue(key, connection).key)
        if moved is not None:
            return key, moved if isinstance(moved, bytes) else str(moved).encode()
    return None


def _refuse(queue: Queue, entry: bytes, error: Exception) -> None:
    """Keep an entry as failed, and log it."""
    why = f"{type(error).__name__}: {error}"
    key = f"{RQ_KEY_PREFIX}:job:".encode() + entry
    if queue.connection.type(key) == b"hash":
        queue.connection.hset(key, mapping={"status": JobStatus.FAILED.value, "exc_info": why})
        queue.connection.expire(key, KEEP_REFUSED_SECONDS)
        expires = time.time() + KEEP_REFUSED_SECONDS
        queue.connection.zadd(queue.failed_job_registry.key, {entry: expires})
    refused(entry.decode("utf-8", "replace"), why)


class OwnWorker(SimpleWorker):
    """A worker that runs jobs in its own process; the ledger's lease covers its death."""

    queue_class = OwnQueue
    job_class = OwnJob
    #: MB of memory above which the process restarts between two jobs.
    memory_limit = 0

    def execute_job(self, job: Job, queue: Queue) -> None:
        """Run the job; stop afterwards when the process holds too much memory."""
        super().execute_job(job, queue)
        if self.memory_limit and own_memory() > self.memory_limit:
            self._stop_requested = True

    def clean_registries(self) -> None:
        """Let RQ clean up; an entry that it cannot read does not end the worker."""
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
        """Remove the entry from the intermediate list as soon as the job is marked as started."""
        super().prepare_job_execution(job, remove_from_intermediate_queue=True)


def queue_of(name: str, redis: Redis) -> OwnQueue:
    """The queue of that name, with JSON entries."""
    return OwnQueue(name, connection=redis, serializer="json")


def started_since(queue: OwnQueue, moment: datetime) -> Iterator[str]:
    """The ids of entries that a worker started after the moment and has not ended."""
    for job_id, execution_id in queue.started_job_registry.get_job_and_execution_ids(cleanup=False):
        with suppress(ValueError, KeyError):  # It ended, or its record is incomplete.
            if Execution.fetch(execution_id, job_id, queue.connection).created_at > moment:
                yield job_id
