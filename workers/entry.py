"""A queue entry as it is read from Redis: data from outside, whoever wrote it."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

from rq.job import Job

from workers.jobs import ALLOWED

#: What an entry of ours is made of. Nothing else is looked at: RQ would call, post to, repeat or
#: wait for what further fields name.
_OURS = frozenset(
    b"created_at data description origin status timeout result_ttl failure_ttl retries_left"
    b" worker_name enqueued_at started_at ended_at last_heartbeat".split()
)
#: Fields by which RQ is made to do more than run a function.
_MORE = frozenset(
    b"success_callback_name failure_callback_name stopped_callback_name webhooks dependency_ids"
    b" repeats_left rate_limit_key".split()
)
#: Bytes of a call, unpacked: a thousand ids take 40,000.
_LARGEST = 1_000_000
#: How often RQ itself may try an entry again; all else about trying again stands in the ledger.
RETRIES = 1


class NotAllowedJobError(Exception):
    """The queue entry asks for something that is not ours; it is kept as failed and never run."""


class OwnJob(Job):
    """A job that runs nothing but our own functions: RQ would call any dotted name an entry
    carries.
    """

    #: What it asks for beside its function.
    more: tuple[str, ...] = ()

    def restore(self, raw_data: Mapping[bytes, bytes]) -> Any:
        """Read the fields that are ours."""
        _check_size(raw_data.get(b"data", b""))
        super().restore({name: value for name, value in raw_data.items() if name in _OURS})
        self.retries_left = min(self.retries_left or 0, RETRIES) or None
        self.more = tuple(sorted(name.decode() for name in _MORE if raw_data.get(name)))

    def check(self) -> None:
        """NotAllowedJobError when this is no entry of ours."""
        if self.instance is not None or self.func_name not in ALLOWED:
            raise NotAllowedJobError(
                f"{str(self.func_name)[:100]!r} may not be run by a queue entry"
            )
        if self.more:
            raise NotAllowedJobError(f"no entry of ours has {', '.join(self.more)}")

    @property
    def func(self) -> Callable[..., Any] | None:
        """The function, when it is one of ours."""
        self.check()
        found: Callable[..., Any] | None = super().func
        return found


def _check_size(data: bytes) -> None:
    try:
        unpacked = zlib.decompressobj().decompress(data, _LARGEST + 1)
    except zlib.error:
        unpacked = data
    if len(unpacked) > _LARGEST:
        raise NotAllowedJobError("its call is larger than any of ours")
