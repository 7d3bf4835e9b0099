"""The client's inbox: leads that were handed over, and the answers."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import handovers
from actions.actor import Right
from console.web.fields import Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError

router = APIRouter()

#: Answered hand-overs that the page lists.
ANSWERED = 100


@router.get("/handovers")
def show(request: Request, here: Reader) -> Response:
    """List the hand-overs, the most overdue first."""
    return _page(request, here)


@router.post("/handovers/{company_id}/accept")
def accept(request: Request, here: Writer, company_id: UUID, words: Text = "") -> Response:
    """Take a lead."""
    try:
        name = handovers.accept(here.session, here.where, str(company_id), words)
    except SluiceError as error:
        return _page(request, here, error)
    return _back(request, f"{name}: accepted")


@router.post("/handovers/{company_id}/reject")
def reject(
    request: Request, here: Writer, company_id: UUID, reason: Text = "", words: Text = ""
) -> Response:
    """Refuse a lead, with a reason."""
    try:
        name, _ = handovers.reject(here.session, here.where, str(company_id), reason, words)
    except SluiceError as error:
        return _page(request, here, error)
    return _back(request, f"{name}: rejected")


def _page(request: Request, here: Here, error: SluiceError | None = None) -> Response:
    found = handovers.list_handovers(here.session, here.where)
    values = {
        "waiting": [one for one in found if one.row.state == "open"],
        "answered": [one for one in found if one.row.state != "open"][:ANSWERED],
        "reasons": handovers.reject_reasons(here.session, here.where),
        "sees_leads": here.actor.may(Right.VIEW),
        "figures": handovers.report(here.session, here.where),
        "failed": worded(error) if error else "",
    }
    return page(request, "handovers.html", values, status=400 if error else 200)


def _back(request: Request, said: str) -> Response:
    return saying(request, RedirectResponse("/handovers", 303), said)
