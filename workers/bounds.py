"""What a worker process may use before it is renewed or killed."""

from __future__ import annotations

from dataclasses import dataclass

from workers.dispatch import JOB_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The bounds of one worker process, with all that it started."""

    #: Renewed after a job that left more MB than this behind, killed when it holds twice as much.
    memory: int = 1_500
    #: Renewed after so many jobs.
    jobs: int = 1_000
    #: A job that takes longer ends with its worker.
    seconds: float = JOB_SECONDS
