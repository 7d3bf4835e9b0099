"""Limits of a worker process: beyond them it is restarted or killed."""

from __future__ import annotations

from dataclasses import dataclass

#: The supervisor kills a worker whose job takes longer. Crawls end themselves well before.
JOB_SECONDS = 1_800


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Limits of one worker process, including the processes it started."""

    #: MB of memory. Above it the worker restarts after its job; above twice as much it is killed.
    memory: int = 1_500
    #: The worker restarts after this many jobs.
    jobs: int = 1_000
    #: The worker is killed when a job takes longer.
    seconds: float = JOB_SECONDS
