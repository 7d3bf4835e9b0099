"""Names of the queues in Redis."""

from __future__ import annotations

from collections.abc import Callable

from leads.store import Store
from leads.store.installation import installation_id
from workers.pipeline import KINDS, Kind

PREFIX = "sluice:"
#: The task queue of questions to sources.
ASKING = "ask"


def queue_of_kind(store: Store, kind: Kind) -> str:
    """The name of a kind's queue.

    It includes the id of the installation, so that two installations can share one Redis.
    """
    return f"{PREFIX}{installation_id(store)}:{kind.queue}"


def queue_names(store: Store, takes: Callable[[str], bool] = lambda _queue: True) -> list[str]:
    """The names of the queues, in the order in which workers look at them; `takes` leaves some out
    by the task queue.
    """
    return list(dict.fromkeys(queue_of_kind(store, kind) for kind in KINDS if takes(kind.queue)))
