"""What every task of one process works with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Protocol

from leads.settings import Settings
from leads.store import Store
from leads.store.ledger.tasks import Claimed
from spiders.limits import Limits
from spiders.robots_cache import RobotsCache
from workers.learned import Learned

if TYPE_CHECKING:  # Redis is slow to import, and most commands need none.
    from redis import Redis


class Log(Protocol):
    """Hears what happens: a word for it, and what it happened to."""

    def __call__(self, event: str, **about: Any) -> None:
        """It happened."""


def _unheard(event: str, **about: Any) -> None:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What every task of one process works with."""

    store: Store
    settings: Settings
    secret: bytes
    limits: Limits = field(default_factory=Limits)
    #: Hosts that tests and the demo serve on this machine: (host, port) to (address, port). Never
    #: read from a file or the environment.
    allowed: Mapping[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    #: The queue server of the rq driver.
    redis: Redis | None = None
    #: How long a claimed batch is ours without a heartbeat: what bounds the recovery from a machine
    #: that vanished.
    lease: timedelta = timedelta(seconds=45)
    #: How old a queue entry must be before its tasks are handed over again because it is gone.
    hand_over_again: timedelta = timedelta(seconds=5)
    trace_id: str = ""
    progress: Callable[[str, int, int], None] | None = None
    log: Log = _unheard
    should_stop: Callable[[], bool] = lambda: False
    #: Claims further tasks of the kind that is being worked on; is given those still open.
    claim_more: Callable[[Sequence[Claimed]], Sequence[Claimed]] = lambda _open: ()
    #: What was learned from questions to sources.
    learned: Learned = field(default_factory=Learned)
    #: The rules of robots.txt that this process has read lately.
    robots: RobotsCache = field(default_factory=RobotsCache)
