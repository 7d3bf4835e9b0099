"""Time what one user waits for: the next card, at a queue of any length."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from bench.outreach_claims import user_of
from bench.outreach_seed import Seeded
from leads.store import Store
from outreach.run.disposing import DispositionRequest, done
from outreach.run.leasing import take_next

#: The first cards of a process also load what it needs.
_WARM_UP = 20
_USERS = 5


@dataclass(slots=True)
class Waits:
    """Milliseconds by the clock and of this process's CPU, one of each a card."""

    clock: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def take_cards(url: str, made: Seeded, count: int) -> Waits:
    """Take cards one after the other, and report each as not reached."""
    store, waits = Store(url), Waits()
    for number in range(count + _WARM_UP):
        user = user_of(made, f"user {number % _USERS}")
        began, cpu = time.perf_counter(), time.process_time()
        cards = take_next(store, user)
        if number >= _WARM_UP:
            waits.clock.append((time.perf_counter() - began) * 1000)
            waits.cpu.append((time.process_time() - cpu) * 1000)
        assert len(cards) == 1
        with store.write() as tx:
            done(tx, user, DispositionRequest(kind="no_answer"))
    store.close()
    return waits
