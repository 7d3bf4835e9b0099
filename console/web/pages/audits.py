"""Facts that were drawn by chance: draws, how people judge each fact, and how many are right."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from actions import accuracy, audited_page, fact_audits, lists
from actions.actor import Right
from actions.audited_names import AUDITED
from actions.fact_audits import MOST_SKIPPED, Drawing
from actions.session import check_actor
from console.web.fields import Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from leads.errors import SluiceError

router = APIRouter()

#: Facts of a draw, unless the form says another number.
SAMPLE = 149


@router.get("/audits")
def show(request: Request, here: Reader) -> Response:
    """Show the draws, and how many of their facts are right."""
    return _page(request, here)


@router.post("/audits/draw")
def draw(
    request: Request,
    here: Writer,
    attribute: Text = "",
    source: Text = "",
    list_name: Text = "",
    sample: Annotated[int, Form(ge=1, le=fact_audits.LARGEST)] = SAMPLE,
) -> Response:
    """Draw facts, and begin with the first."""
    wanted = Drawing(
        attribute=attribute,
        source=source.strip() or None,
        list=list_name or None,
        sample=sample,
    )
    try:
        done = fact_audits.draw(here.session, here.where.client, wanted)
    except SluiceError as error:
        return _page(request, here, error, wanted)
    said = f"{done.drawn:,} of {done.audit.frame:,} facts about {attribute} drawn"
    return saying(request, RedirectResponse(f"/audits/judge?draw={done.audit.id}", 303), said)


@router.get("/audits/judge")
def show_fact(
    request: Request,
    here: Reader,
    draw: UUID | None = None,
    skip: Annotated[int, Query(ge=0, le=MOST_SKIPPED)] = 0,
) -> Response:
    """Show the next fact without a judgement."""
    client = here.where.client
    found = fact_audits.next_fact(here.session, client, draw, skip)
    around = audited_page.words_around(here.session, client, found.fact) if found.fact else None
    values = {
        "fact": found.fact,
        "progress": found.progress,
        "around": around,
        "of": audited_page.described(found.fact) if found.fact else "",
        "draw": draw,
        "skip": skip,
        "most": MOST_SKIPPED,
        "left": found.progress.drawn - found.progress.judged,
    }
    return page(request, "audit_judge.html", values)


@router.post("/audits/judge")
def judge(
    request: Request,
    here: Writer,
    item: Annotated[UUID, Form()],
    said: Text,
    draw: Annotated[UUID | None, Form()] = None,
    skip: Annotated[int, Form(ge=0, le=MOST_SKIPPED)] = 0,
) -> Response:
    """Say what a fact is, and go to the next one."""
    try:
        done = fact_audits.judge(here.session, here.where.client, item, said)
        word = f"{done.company[:90]}: {said}"
    except SluiceError as error:
        word = worded(error)
    return saying(request, RedirectResponse(_address(draw, skip), 303), word)


@router.post("/audits/undo")
def undo(request: Request, here: Writer, draw: Annotated[UUID | None, Form()] = None) -> Response:
    """Take the user's last judgement back."""
    try:
        done = fact_audits.undo(here.session, here.where.client)
        word = f"undone: {done.company[:90]} waits again"
    except SluiceError as error:
        word = worded(error)
    return saying(request, RedirectResponse(_address(draw), 303), word)


def _address(draw: UUID | None, skip: int = 0) -> str:
    named = f"&draw={draw}" if draw else ""
    return f"/audits/judge?skip={skip}{named}"


def _page(
    request: Request,
    here: Here,
    error: SluiceError | None = None,
    typed: Drawing | None = None,
) -> Response:
    check_actor(here.actor, Right.MANAGE)
    client = here.where.client
    values = {
        "report": accuracy.accuracy_report(here.session, client),
        "draws": fact_audits.list_draws(here.session, client),
        "attributes": sorted(AUDITED),
        "lists": [one.about.name for one in lists.list_sizes(here.session, client)],
        "typed": typed or Drawing(attribute="phone", sample=SAMPLE),
        "most": fact_audits.LARGEST,
        "failed": worded(error) if error else "",
    }
    return page(request, "audits.html", values, status=400 if error else 200)
