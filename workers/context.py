"""What every task of one process works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from leads.settings import Settings
from leads.store import Store

if TYPE_CHECKING:  # Scrapy and Redis take half a second to import, and most commands need neither.
    from redis import Redis

    from spiders.limits import Limits


def default_limits() -> Limits:
    """The bounds of a crawl when nobody sets others."""
    from spiders.limits import Limits

    return Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every task of one process works with."""

    store: Store
    settings: Settings
    secret: bytes
    #: Whether open questions may be answered by visiting the companies' own sites.
    crawl: bool = False
    limits: Limits = field(default_factory=default_limits)
    #: Hosts that tests and the demo serve on this machine: (host, port) to (address, port). Never read from a file or the environment.
    allowed: Mapping[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    #: The queue server of the rq driver.
    redis: Redis | None = None
    #: How long a claimed batch is ours.
    lease: timedelta = timedelta(minutes=10)
    #: After how long a waiting task's id is handed to the queue once more.
    hand_over_again: timedelta = timedelta(seconds=60)
    trace_id: str = ""
    progress: Callable[[str, int, int], None] | None = None
    should_stop: Callable[[], bool] = lambda: False
