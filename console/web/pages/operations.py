"""The background work: what waits, how fast it goes, what is stuck, and pauses."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import operations, pace, pauses
from actions.operations import KindStatus, Status
from actions.pauses import WhatToPause
from console.cli.moments import Zone, user_zone
from console.cli.output import counted
from console.reports.areas import areas
from console.web.confirming import Question, ask
from console.web.fields import Text
from console.web.logged_in import Here
from console.web.operator import OperatorReads, OperatorWrites
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError, UsageError

router = APIRouter()

#: Clients that the page lists; those with most to do come first.
CLIENTS = 50
_EVERYTHING = "everything:"


@router.get("/operations")
def start(_here: OperatorReads) -> Response:
    """Go to the first of the pages."""
    return RedirectResponse("/operations/work", 303)


@router.get("/operations/work")
def show(request: Request, here: OperatorReads) -> Response:
    """Show what waits, runs and is stuck."""
    return _page(request, here)


@router.post("/operations/pause")
def pause(
    request: Request,
    here: OperatorWrites,
    what: Text,
    reason: Text = "",
    drain: Text = "",
    sure: Text = "",
) -> Response:
    """Start no new tasks of something; everything is asked about once more."""
    if what == _EVERYTHING and not sure:
        return _ask(request, reason, drain)
    try:
        made = pauses.pause(here.session, _thing(what), reason or ("drain" if drain else ""))
    except SluiceError as error:
        return _page(request, here, error, what, reason)
    name = _name(what)
    said = f"{name} was paused already"
    if made:
        said = f"{name} is paused; tasks that run are finished"
    return saying(request, RedirectResponse("/operations/work#pauses", 303), said)


def _ask(request: Request, reason: str, drain: str) -> Response:
    question = Question(
        title="Pause everything?",
        lines=(
            "No import, visit, verdict or export of any client starts until somebody resumes it.",
            "Tasks that run are finished. What others start meanwhile waits.",
            f"The reason that the others see: {reason or ('drain' if drain else 'none')}",
        ),
        action="/operations/pause",
        fields=(("what", _EVERYTHING), ("reason", reason), ("drain", drain)),
        label="Pause everything",
        back="/operations/work#pauses",
    )
    return ask(request, question)


@router.post("/operations/resume")
def resume(request: Request, here: OperatorWrites, what: Text) -> Response:
    """End a pause."""
    try:
        ended = pauses.resume(here.session, _thing(what))
    except SluiceError as error:
        return _page(request, here, error)
    said = f"{_name(what)} takes new tasks again" if ended else f"{_name(what)} was not paused"
    return saying(request, RedirectResponse("/operations/work#pauses", 303), said)


def _page(
    request: Request,
    here: Here,
    error: SluiceError | None = None,
    what: str = _EVERYTHING,
    reason: str = "",
) -> Response:
    found = operations.status(here.session)
    zone = user_zone(here.zone)
    values: dict[str, Any] = {
        "status": found,
        "faults": found.faults(),
        "machines": _machines(found),
        "given_up": sum(one.given_up for one in found.kinds),
        "kinds": [one for one in found.kinds if _is_active(one)],
        "clients": found.clients[:CLIENTS],
        "clients_left": max(0, len(found.clients) - CLIENTS),
        "pauses": [(one, f"{one.thing}:{one.name}", _running(found, one)) for one in found.paused],
        "things": _things(found, sees_all=here.actor.clients is None),
        "chart": _chart(here, zone),
        "zone": zone,
        "failed": worded(error) if error else "",
        "typed": {"what": what, "reason": reason},
    }
    return page(request, "operations.html", values, status=400 if error else 200)


def _is_active(one: KindStatus) -> bool:
    return bool(one.waiting or one.running or one.done_last_hour or one.given_up)


def _chart(here: Here, zone: Zone) -> str:
    spans = pace.spans(here.session)
    return areas(
        "Tasks of the last six hours, in spans of ten minutes",
        [f"{zone.clock(one.begins_at):%H:%M}" for one in spans],
        {"done": [one.done for one in spans], "failed": [one.failed for one in spans]},
    )


def _machines(found: Status) -> str:
    machines = sum(1 for one in found.hosts if one.workers)
    return f"on {counted(machines, 'machine')}" if machines else "start some with sluice up"


def _running(found: Status, pause: operations.Pause) -> int | None:
    """How many tasks still run of what is paused; None where it is not counted."""
    if pause.thing == "everything":
        return sum(one.running for one in found.kinds)
    if pause.thing == "queue":
        return sum(one.running for one in found.queues if one.queue == pause.name)
    if pause.thing == "host":
        return sum(one.running for one in found.hosts if one.host == pause.name)
    return None


def _things(found: Status, *, sees_all: bool) -> list[tuple[str, str]]:
    """What may be paused: the value of the form, and its name."""
    queues = [one.queue for one in found.queues]
    hosts = [one.host for one in found.hosts]
    named = [one.client for one in found.clients if not one.client.startswith("(")]
    every = [(_EVERYTHING, "everything")] if sees_all else []
    every += [(f"queue:{one}", f"queue {one}") for one in queues if sees_all]
    every += [(f"host:{one}", f"host {one}") for one in hosts if sees_all]
    return every + [(f"client:{one}", f"client {one}") for one in named]


def _thing(what: str) -> WhatToPause:
    thing, _, name = what.partition(":")
    if thing == "everything":
        return WhatToPause()
    if not name or thing not in ("queue", "client", "host"):
        raise UsageError(f"{what!r} cannot be paused", "choose from the list")
    return WhatToPause(
        queue=name if thing == "queue" else None,
        client=name if thing == "client" else None,
        host=name if thing == "host" else None,
    )


def _name(what: str) -> str:
    return " ".join(part for part in what.partition(":")[::2] if part)
