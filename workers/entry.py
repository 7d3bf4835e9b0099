"""Read a queue entry from Redis; it is untrusted input."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

from rq.job import Job

#: The function that our queue entries name.
RUN_BATCH = "workers.jobs.run_batch"
#: The functions that a queue entry may name.
ALLOWED = frozenset({RUN_BATCH})
#: The fields of our entries. All others are ignored: RQ would call, post to, repeat or wait for
#: what they name.
_OUR_FIELDS = frozenset(
    b"created_at data description origin status timeout result_ttl failure_ttl retries_left"
    b" worker_name enqueued_at started_at ended_at last_heartbeat".split()
)
#: Fields that make RQ do more than run a function.
_FORBIDDEN_FIELDS = frozenset(
    b"success_callback_name failure_callback_name stopped_callback_name webhooks dependency_ids"
    b" repeats_left rate_limit_key".split()
)
#: The largest call in bytes, decompressed: a thousand ids take 40,000.
_MAX_CALL_BYTES = 1_000_000
#: How often RQ may retry an entry. The ledger decides about all other retries.
RETRIES = 1


class NotAllowedJobError(Exception):
    """The queue entry asks for something that ours never ask for; it is kept as failed, not run."""


class OwnJob(Job):
    """A job that runs allowed functions only; RQ would call any dotted name in an entry."""

    #: The names of forbidden fields that the entry has.
    forbidden: tuple[str, ...] = ()

    def restore(self, raw_data: Mapping[bytes, bytes]) -> Any:
        """Read the fields of our entries."""
        _check_size(raw_data.get(b"data", b""))
        super().restore({name: value for name, value in raw_data.items() if name in _OUR_FIELDS})
        self.retries_left = min(self.retries_left or 0, RETRIES) or None
        present = (name.decode() for name in _FORBIDDEN_FIELDS if raw_data.get(name))
        self.forbidden = tuple(sorted(present))

    def check(self) -> None:
        """Raise NotAllowedJobError for an entry that is not ours."""
        if self.instance is not None or self.func_name not in ALLOWED:
            raise NotAllowedJobError(
                f"{str(self.func_name)[:100]!r} may not be run by a queue entry"
            )
        if self.forbidden:
            raise NotAllowedJobError(f"our entries never have {', '.join(self.forbidden)}")

    @property
    def func(self) -> Callable[..., Any] | None:
        """The function, after the check."""
        self.check()
        found: Callable[..., Any] | None = super().func
        return found


def _check_size(data: bytes) -> None:
    try:
        unpacked = zlib.decompressobj().decompress(data, _MAX_CALL_BYTES + 1)
    except zlib.error:
        unpacked = data
    if len(unpacked) > _MAX_CALL_BYTES:
        raise NotAllowedJobError("its call is larger than ours can be")
