"""Pretend to search for companies' sites: the names are looked up by way of the store, as workers
share them, and every finding is one row.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import workers.finding
import workers.shared_look_ups
from bench.chaos.crew import PART, done, moment
from leads.changes import Change
from leads.store import Tx, name_look_ups
from leads.store.ledger.tasks import Claimed
from spiders.look_up import Known, LookedUp
from workers.site_search import Around

#: Names that all searches want, so that workers wait for each other's look-ups.
NAMES = tuple(f"candidate-{one}.example" for one in range(12))


class _Job:
    """A company whose site is to be found; it is its own search."""

    def __init__(self, _tx: Tx, task: Claimed) -> None:
        self.task, self.client_id = task, task.client_id

    def search(self, _bounds: object) -> _Job:
        return self


def search(searches: Sequence[_Job], *, around: Around, **_options: Any) -> None:
    """Pretend to search; stop early when asked to."""
    assert around.look_up is not None
    if around.look_up(NAMES).keys() < set(NAMES):
        return
    for number, one in enumerate(searches):
        if around.should_stop():
            return
        time.sleep(0.01)
        around.on_found(one, None)  # type: ignore[arg-type]
        if number == len(searches) // 2:
            moment("mid-search")


def store(tx: Tx, job: _Job, _found: None) -> list[Change]:
    """Pretend to store a finding."""
    done(tx, "find_site", [job.task.key])
    return []


def look_up(names: Sequence[str], **_options: Any) -> dict[str, LookedUp]:
    """Pretend to ask the name service."""
    moment("mid-look-up")
    return {name: LookedUp(name, Known.FOUND, (name,)) for name in names}


def install() -> None:
    """Install the searches; a look-up is left to its worker little longer than a task."""
    vars(workers.finding).update(_job=_Job, search=search, _store=store)
    vars(workers.shared_look_ups).update(look_up=look_up)
    holds = {**name_look_ups.HOLDS, name_look_ups.ASKED: timedelta(seconds=PART.lease + 1)}
    vars(name_look_ups).update(HOLDS=holds)
