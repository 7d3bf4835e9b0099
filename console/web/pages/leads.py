"""The leads of a campaign: the board by stage, one lead's checklist, and its moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from actions import (
    accuracy,
    handover_receivers,
    handovers,
    lead_pages,
    lead_stages,
    queue_views,
)
from actions.lead_stages import REPLIES, STAGES
from console.cli.output import counted
from console.web.fields import Asked, Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError

router = APIRouter()

#: Leads that a column of the board shows, and rows of a page of the table.
COLUMN, ROWS = 12, 100


@router.get("/leads")
def board(request: Request, here: Reader) -> Response:
    """Show the leads by stage, the next touch first."""
    found = lead_pages.board(here.session, here.where, COLUMN)
    values = {"found": found, "counts": {"stage": lead_pages.MOST, "due": lead_pages.MOST_DUE}}
    return page(request, "leads.html", values)


@router.get("/leads/table")
def table(
    request: Request,
    here: Reader,
    stage: Asked = "",
    temperature: Asked = "",
    due: Asked = "",
    at: Annotated[datetime | None, Query()] = None,
    after: Annotated[UUID | None, Query()] = None,
) -> Response:
    """List leads of a stage or temperature, or those that are due."""
    start = (at, after) if at and at.tzinfo and after else None
    found = lead_pages.lead_page(
        here.session,
        here.where,
        ROWS,
        start,
        stage=stage or None,
        temperature=temperature or None,
        only_due=bool(due),
    )
    asked = {"stage": stage, "temperature": temperature, "due": due}
    first = f"/leads/table?{urlencode(asked)}"
    following = None
    if found.next:
        moment, company_id = found.next
        behind = {"at": moment.isoformat(), "after": company_id}
        following = f"{first}&{urlencode(behind)}"
    values = {
        "rows": found.rows,
        "asked": asked,
        "stages": STAGES,
        "first": first if start else None,
        "next": following,
    }
    return page(request, "leads_table.html", values)


@router.get("/leads/{company_id}")
def show(request: Request, here: Reader, company_id: UUID) -> Response:
    """Show one lead: what it told, and what comes next."""
    return _page(request, here, company_id)


@router.post("/leads/{company_id}/told")
def tell(
    request: Request,
    here: Writer,
    company_id: UUID,
    icp: Text = "",
    need: Text = "",
    will: Text = "",
    timeline: Text = "",
    budget: Text = "",
    authority: Text = "",
    words: Text = "",
) -> Response:
    """Record what a company told."""
    given = {
        "icp": icp,
        "need": need,
        "will": will,
        "timeline": timeline,
        "budget": budget,
        "authority": authority,
    }
    answers = [f"{question}={reply}" for question, reply in given.items() if reply]
    try:
        name, told = lead_stages.qualify_lead(
            here.session, here.where, str(company_id), answers, words=words
        )
    except SluiceError as error:
        return _page(request, here, company_id, error, given | {"words": words})
    what = f"{len(answers)} answers recorded" if answers else "nothing was answered"
    return _back(request, company_id, f"{name}: {told.why_not or what}")


@router.post("/leads/{company_id}/move")
def move(
    request: Request, here: Writer, company_id: UUID, stage: Text = "", reason: Text = ""
) -> Response:
    """Move a lead to another stage."""
    try:
        name, before = lead_stages.move_lead(
            here.session, here.where, str(company_id), stage, reason
        )
    except SluiceError as error:
        return _page(request, here, company_id, error, {"stage": stage, "reason": reason})
    return _back(request, company_id, f"{name}: from {before} to {stage}")


@router.post("/leads/{company_id}/send")
def send(request: Request, here: Writer, company_id: UUID) -> Response:
    """Hand a lead over to the client's inbox, and to its webhooks."""
    try:
        handovers.send(here.session, here.where, str(company_id), None, to_inbox=True)
    except SluiceError as error:
        return _page(request, here, company_id, error)
    said = f"handed over to the client: {_how_told(here)}"
    return _back(request, company_id, said)


def _how_told(here: Here) -> str:
    """How the client hears of a lead that is handed over on this page."""
    found = handover_receivers.receivers(here.session, here.where)
    if found.webhooks:
        return f"{counted(found.webhooks, 'webhook')} of the client will get it"
    if found.viewers:
        who = counted(found.viewers, "user")
        return f"no message is sent, as no webhook is set up; {who} of the client can see it here"
    return (
        "nobody is told, as the client has no webhook and no user here; tell the client yourself, "
        "and record the answer under Hand-overs"
    )


def _page(
    request: Request,
    here: Here,
    company_id: UUID,
    error: SluiceError | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    name, told = lead_stages.qualify_lead(here.session, here.where, str(company_id), [])
    card = queue_views.show_card(here.session, here.where, str(company_id))
    values: dict[str, Any] = {
        "name": name,
        "company_id": company_id,
        "told": told,
        "interest": card.interest,
        "open_handover": _open_handover(here, company_id),
        "how_told": _how_told(here),
        "flags": accuracy.accuracy_flags(here.session, here.where, str(company_id)),
        "stages": STAGES,
        "replies": REPLIES,
        "typed": typed or {},
        "failed": worded(error) if error else "",
    }
    return page(request, "lead.html", values, status=400 if error else 200)


def _open_handover(here: Here, company_id: UUID) -> handovers.Listed | None:
    found = handovers.list_handovers(here.session, here.where)
    mine = [one for one in found if one.row.company_id == company_id and one.row.state == "open"]
    return mine[0] if mine else None


def _back(request: Request, company_id: UUID, said: str) -> Response:
    return saying(request, RedirectResponse(f"/leads/{company_id}", 303), said)
