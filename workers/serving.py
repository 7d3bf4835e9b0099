"""What this worker process serves: its context, whether it is paused, and the entries it refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from leads.errors import ServiceDownError, SluiceError
from leads.masking import LONGEST, mask
from leads.store.events import Happened, log
from leads.store.ledger import pauses
from workers.context import Context
from workers.host import this_host

#: Seconds until a worker notices a pause or its end.
PAUSE_CHECK_SECONDS = 1.0
#: Seconds between two events about refused entries.
REFUSED_EVENT_SECONDS = 10.0


@dataclass(slots=True)
class Serving:
    """The state of this process."""

    context: Context
    #: Called with the monotonic time when a job begins, and with 0.0 when it ends.
    job_began: Callable[[float], None]
    pause_checked: float = 0.0
    paused: bool = False
    #: Entries refused since the last event about them.
    refused: int = 0
    refused_logged: float = -1e9


_serving: list[Serving] = []


def serve(context: Context, job_began: Callable[[float], None] = lambda _moment: None) -> None:
    """Set the context of this process's jobs, and who is notified when a job begins or ends."""
    _serving[:] = [Serving(context, job_began)]


def serving() -> Serving | None:
    """The state of this process; None before `serve`."""
    return _serving[0] if _serving else None


def on_hold() -> bool:
    """Whether this host is paused, so that its workers take no entry; read once a second."""
    state = serving()
    if state is None:
        return False

    if time.monotonic() - state.pause_checked > PAUSE_CHECK_SECONDS:
        state.pause_checked = time.monotonic()
        try:
            with state.context.store.read() as tx:
                state.paused = pauses.paused(tx).stops(this_host())
        except ServiceDownError:
            state.paused = True  # Without a database no task can be claimed.
    return state.paused


def refused(entry: str, why: str) -> None:
    """Log a refused entry at once, and as an event with a count every ten seconds at most."""
    state = serving()
    if state is None:
        return

    state.context.log("refused", entry=entry[:100], why=why[:LONGEST])
    state.refused += 1
    if time.monotonic() - state.refused_logged < REFUSED_EVENT_SECONDS:
        return

    line = Happened(
        verb="refused",
        thing="entry",
        thing_id=mask(entry[:100]),
        reason=mask(why[:LONGEST]),
        data={"entries": state.refused},
    )
    with suppress(SluiceError), state.context.store.write() as tx:
        log(tx, [line])
        state.refused_logged, state.refused = time.monotonic(), 0
