"""Failures of tasks, grouped by cause: retry or discard one task, or all of a group."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from actions import operations
from actions.operations import WhichTasks
from console.cli.moments import user_zone
from console.cli.output import counted
from console.web.fields import Named, Text
from console.web.logged_in import Here
from console.web.operator import OperatorReads, OperatorWrites
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError, UsageError

router = APIRouter()

#: Tasks of a group that its page lists.
TASKS = 100
_ALL = "/operations/failures"


@router.get(_ALL)
def show_all(request: Request, here: OperatorReads) -> Response:
    """Show the groups, the newest first."""
    groups = operations.failures(here.session)
    return page(request, "failures.html", {"groups": groups, "zone": user_zone(here.zone)})


@router.get(_ALL + "/{fingerprint}")
def show_group(request: Request, here: OperatorReads, fingerprint: Named) -> Response:
    """Show one group, a sample of it and its tasks."""
    return _group(request, here, fingerprint)


@router.post(_ALL + "/{fingerprint}/requeue")
def requeue(
    request: Request,
    here: OperatorWrites,
    fingerprint: Named,
    shown: Annotated[int, Form()] = 1,
    task: UUID | None = None,
) -> Response:
    """Retry one task, or as many tasks of the group as the page showed."""
    which = _which(fingerprint, task)
    try:
        _check_count(here, which, shown)
        count = operations.requeue(here.session, which)
    except SluiceError as error:
        return _group(request, here, fingerprint, error)
    return _to_all(request, f"{counted(count, 'task')} will be retried")


@router.post(_ALL + "/{fingerprint}/discard")
def discard(
    request: Request,
    here: OperatorWrites,
    fingerprint: Named,
    shown: Annotated[int, Form()] = 1,
    reason: Text = "",
    task: UUID | None = None,
) -> Response:
    """Give up one task for good, or as many tasks of the group as the page showed."""
    which = _which(fingerprint, task)
    try:
        if not reason.strip():
            raise UsageError("a discarded task is never done", "write why it is not needed")
        _check_count(here, which, shown)
        count = operations.discard(here.session, which, reason.strip())
    except SluiceError as error:
        return _group(request, here, fingerprint, error, reason)
    return _to_all(request, f"{counted(count, 'task')} discarded")


def _which(fingerprint: str, task: UUID | None) -> WhichTasks:
    return WhichTasks(error=fingerprint, task_id=task)


def _check_count(here: Here, which: WhichTasks, shown: int) -> None:
    """The user decided about so many tasks: not about those that failed since."""
    count = operations.requeue(here.session, which, dry_run=True)
    if count > shown:
        raise UsageError(
            f"there are {counted(count, 'task')} now, not {shown:,}", "look again, then decide"
        )


def _group(
    request: Request,
    here: Here,
    fingerprint: str,
    error: SluiceError | None = None,
    reason: str = "",
) -> Response:
    found = operations.failure(here.session, fingerprint, TASKS)
    values = {
        "group": found.failure,
        "tasks": found.tasks,
        "zone": user_zone(here.zone),
        "failed": worded(error) if error else "",
        "reason": reason,
    }
    return page(request, "failure.html", values, status=400 if error else 200)


def _to_all(request: Request, said: str) -> Response:
    return saying(request, RedirectResponse(_ALL, 303), said)
