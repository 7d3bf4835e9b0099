"""The values of `sluice ops status`; their fields are the keys of its JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from leads.store.ledger.pauses import Pause
from leads.store.ledger.workload import RefusedEntries

#: What one task of a kind is to a user.
WORDS = {
    "dedupe": "clients whose records are to be compared",
    "enrich": "sites to be read",
    "qualify": "companies to be judged",
    "find_site": "companies whose site is to be found",
    "ask": "companies that sources are asked about",
    "crawl": "sites to be visited",
    "score": "companies whose signals are to be scored",
    "queue": "places in queues to be set",
    "webhook": "messages to be delivered",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KindStatus:
    """The tasks of one kind."""

    kind: str
    what: str
    queue: str
    waiting: int
    running: int
    given_up: int
    #: The current speed.
    done_an_hour: int
    #: Age of the oldest task that waits; None when none waits.
    oldest_seconds: int | None
    #: Time until all are done; None when none is being done.
    eta_seconds: int | None
    done_last_hour: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueStatus:
    """The tasks of one queue: the sums over its kinds."""

    queue: str
    waiting: int
    running: int
    given_up: int
    done_an_hour: int
    done_last_hour: int
    oldest_seconds: int
    eta_seconds: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientStatus:
    """The tasks of one client."""

    client: str
    waiting: int
    given_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HostStatus:
    """The workers of one machine."""

    host: str
    workers: int = 0
    running: int = 0
    memory_mb: int = 0
    #: Workers that had to be replaced.
    replaced: int = 0
    skew_seconds: float = 0.0
    #: Time since its supervisor reported; None when it has none.
    silent_seconds: int | None = None
    version: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """Rows that do not move, the cause, and the remedy."""

    what: str
    rows: int
    why: str
    do: str
    client: str | None = None
    #: A person paused them, so this is not a fault.
    wanted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStoreRoom:
    """How large the page store is, and how large it may be; bytes of compressed bodies."""

    bytes: int
    limit_bytes: int
    is_over: bool
    #: The remedy where it is over its limit.
    do: str

    @property
    def says(self) -> str:
        """Its size, its limit, and whether that is too much."""
        size, limit = self.bytes / 1_000_000, self.limit_bytes / 1_000_000
        where = "over" if self.is_over else "within"
        return f"{size:,.1f} of {limit:,.0f} MB, {where} its limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Everything that `sluice ops status` shows."""

    at: datetime
    prospects_an_hour: int
    rows_waiting: int
    oldest_seconds: int
    eta_seconds: int | None
    queues: tuple[QueueStatus, ...]
    kinds: tuple[KindStatus, ...]
    clients: tuple[ClientStatus, ...]
    hosts: tuple[HostStatus, ...]
    #: Pauses; that of a client has the client's name instead of its id.
    paused: tuple[Pause, ...]
    refused: RefusedEntries
    stuck: tuple[Stuck, ...]
    #: None where it was not asked for.
    page_store: PageStoreRoom | None = None

    def faults(self) -> list[Stuck]:
        """What is stuck without anybody having paused it."""
        return [one for one in self.stuck if not one.wanted]
