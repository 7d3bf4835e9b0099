"""Kept pages that are read again after a change of the rules, and what that changed."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import rereading
from console.web.operator import OperatorReads, OperatorWrites
from console.web.rendering import page, saying, worded
from leads.errors import NotAllowedError, NotFoundError, SluiceError

router = APIRouter()


@router.get("/operations/rereads")
def show(request: Request, here: OperatorReads) -> Response:
    """Show what the last reading changed."""
    found, may_start = None, True
    try:
        found = rereading.last_reread(here.session)
    except NotFoundError:
        found = None
    except NotAllowedError:
        # Sites are everybody's: who works for some clients sees nothing of it.
        may_start = False
    return page(request, "rereads.html", {"found": found, "may_start": may_start})


@router.post("/operations/rereads")
def start(request: Request, here: OperatorWrites) -> Response:
    """Let workers read all sites again."""
    try:
        done = rereading.start_reread(here.session)
        said = (
            f"{done.sites:,} sites are read again; {done.outdated:,} pages were read by other rules"
        )
    except SluiceError as error:
        said = worded(error)
    return saying(request, RedirectResponse("/operations/rereads", 303), said)
