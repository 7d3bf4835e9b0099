"""The background work: look at it and steer it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder

from actions import operations, pauses
from actions.audit import EventRow, events_page
from actions.operations import WhichTasks
from actions.pauses import WhatToPause
from console.api.callers import Caller, needs
from console.api.listing import Key, Page, Paging, listed
from console.api.words import Body, Text, Word

router = APIRouter(tags=["operations"])
Reader = Annotated[Caller, needs("ops:read")]
Writer = Annotated[Caller, needs("ops:write")]
Auditor = Annotated[Caller, needs("events:read")]


class Paused(Body):
    """What is paused: a queue, a client, a host, several of these, or everything."""

    queue: Word | None = None
    client: Word | None = None
    host: Word | None = None


class Pause(Paused):
    """What is paused, and why."""

    reason: Text = ""


class Resume(Paused):
    """Which pauses end."""

    every: bool = False


class Tasks(Body):
    """Which of the tasks that were given up: all conditions must hold."""

    #: The fingerprint of a failure group.
    error: Word | None = None
    kind: Word | None = None
    client: Word | None = None
    #: Every task, when no condition is named.
    every: bool = False


class Discard(Tasks):
    """Which tasks are discarded, and why."""

    reason: Text


@dataclass(frozen=True, slots=True)
class Failures:
    """Tasks that failed with the same error."""

    fingerprint: str
    kind: str
    how: str
    tasks: int
    given_up: int
    times: int
    first_seen: datetime
    last_seen: datetime
    error: str


@router.get("/ops/status")
def status(caller: Reader) -> dict[str, Any]:
    """Count what waits, runs and is stuck, how old it is, and until when."""
    found: dict[str, Any] = jsonable_encoder(operations.status(caller.session))
    return found


@router.get("/ops/failures")
def failures(caller: Reader) -> Sequence[Failures]:
    """List the errors of tasks that are not done, in groups."""
    found = operations.failures(caller.session)
    return [Failures(*(getattr(one, name) for name in Failures.__slots__)) for one in found]


@router.post("/ops/pause")
def pause(caller: Writer, sent: Pause) -> dict[str, int]:
    """Start no new tasks of a queue, client or host, or none at all."""
    what = WhatToPause(queue=sent.queue, client=sent.client, host=sent.host)
    return {"paused": pauses.pause(caller.session, what, sent.reason)}


@router.post("/ops/resume")
def resume(caller: Writer, sent: Resume) -> dict[str, int]:
    """End pauses."""
    what = WhatToPause(queue=sent.queue, client=sent.client, host=sent.host)
    return {"resumed": pauses.resume(caller.session, what, every=sent.every)}


@router.post("/ops/requeue")
def requeue(caller: Writer, sent: Tasks, *, dry_run: bool = False) -> dict[str, int]:
    """Retry tasks that were given up."""
    return {"requeued": operations.requeue(caller.session, _which(sent), dry_run=dry_run)}


@router.post("/ops/discard")
def discard(caller: Writer, sent: Discard, *, dry_run: bool = False) -> dict[str, int]:
    """Discard tasks that were given up, for good."""
    done = operations.discard(caller.session, _which(sent), sent.reason, dry_run=dry_run)
    return {"discarded": done}


@router.get("/events", response_model=Page[EventRow])
def list_events(caller: Auditor, part: Paging) -> Any:
    """List who did what to which thing, newest first."""

    def fetch(after: Key | None, limit: int) -> Sequence[EventRow]:
        return events_page(caller.session, after[0] if after else None, limit)

    return listed(part, fetch, lambda row: [row.id])


def _which(sent: Tasks) -> WhichTasks:
    return WhichTasks(error=sent.error, kind=sent.kind, client=sent.client, every=sent.every)
