"""The queue of an SDR: what is held, the card, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.background import BackgroundTask

from actions import answers, desk, queue, queue_views
from actions.follow_up import work_off
from actions.queue import DispositionRequest
from actions.queue_page import queue_page
from console.cli.moments import future_moment, shown, user_zone
from console.cli.queue_desk import until
from console.web.fields import Asked, Text
from console.web.logged_in import Here, Reader, Writer
from console.web.rendering import page, saying, worded
from console.web.sent_form import OnceRoute, leads_to
from leads.errors import NotFoundError, SluiceError

router = APIRouter(route_class=OnceRoute)

#: Of the dispositions in their order. Letters are for what a user does with any prospect.
KEYS = "1234567890"
#: Waiting prospects that the page lists.
WAITING = 30
#: Fields that keep what was typed when it cannot be done.
TYPED = ("when", "note", "company", "reason")
#: Prospects that one press of the button leases.
BATCH = 5
#: A page that puts the next card in place keeps its list of what waits, unless a form moves many.
KEEPS = "x-keeps-waiting"
_MOVES_MANY = frozenset({"/queue/next", "/queue/undo"})


@router.get("/queue")
def show(request: Request, here: Reader) -> Response:
    """Show what the user holds, the first card of it, and what waits."""
    return _page(request, here, None)


@router.get("/queue/find")
def find(request: Request, here: Reader, company: Asked) -> Response:
    """Go to the card of a company that is named."""
    try:
        found = queue_views.show_card(here.session, here.where, company)
    except SluiceError as error:
        return _page(request, here, None, error, {"company": company})
    return RedirectResponse(f"/queue/{found.company_id}", 303)


@router.post("/queue/next")
def take(request: Request, here: Writer, any_time: Annotated[bool, Form()] = False) -> Response:
    """Lease the next prospects."""
    held = queue_views.count_held(here.session, here.where)
    try:
        taken = queue.take(here.session, here.where, held + BATCH, any_time=any_time)
    except NotFoundError as error:
        return _to_queue(request, here, worded(error))
    return _to_card(request, here, taken[held if len(taken) > held else 0])


@router.post("/queue/undo")
def undo(request: Request, here: Writer, reason: Text = "") -> Response:
    """Undo the user's last action."""
    try:
        done = desk.undo(here.session, here.where, reason).undone
    except SluiceError as error:
        return _page(request, here, None, error, {"reason": reason})
    what = f"{done.verb} {done.text}".strip()[:80]
    return _to_card(request, here, done.company_id, f"undone: {what}")


@router.get("/queue/{company_id}")
def card(request: Request, here: Reader, company_id: UUID) -> Response:
    """Show one company's card."""
    return _page(request, here, company_id)


@router.post("/queue/{company_id}/done")
def report(
    request: Request,
    here: Writer,
    company_id: UUID,
    kind: Text,
    token: Annotated[int, Form()],
    when: Text = "",
    note: Text = "",
) -> Response:
    """Report what came of a prospect, and go to the next one that the user holds."""
    typed = {"when": when, "note": note}
    try:
        moment = future_moment(when, here.zone) if when.strip() else None
        wanted = DispositionRequest(
            kind=kind,
            note=note,
            at=moment.at if moment else None,
            at_named=moment.named if moment else "",
            day_ends=moment.day_ends if moment else None,
            company=str(company_id),
            token=token,
        )
        done = queue.close(here.session, here.where, wanted)
    except SluiceError as error:
        return _page(request, here, company_id, error, typed)
    said = f"{done.company}: {done.disposition.replace('_', ' ')}"
    if done.again_at and not done.suppressed_until:
        said += f", again {shown(done.again_at, user_zone(here.zone))}"
    answer = _to_queue(request, here, said)
    # Nobody waits for what follows: the row is placed already.
    answer.background = BackgroundTask(work_off, here.session)
    return answer


@router.post("/queue/{company_id}/renew")
def renew(here: Writer, company_id: UUID) -> Response:
    """Let the leases of a user who is typing last longer."""
    until = desk.renew(here.session, here.where, company_id)
    return JSONResponse({"until": until.isoformat()})


@router.post("/queue/{company_id}/answer")
def answer(
    request: Request, here: Writer, company_id: UUID, criterion: Text, said: Text
) -> Response:
    """Record what the company says about a criterion, and decide about it again."""
    try:
        done = answers.record_answer(here.session, here.where, str(company_id), criterion, said)
    except SluiceError as error:
        return _page(request, here, company_id, error)
    words = f"{done.criterion}: {done.answer}; its stage is {done.stage} now"
    return _to_card(request, here, company_id, words)


@router.post("/queue/{company_id}/note")
def write_note(
    request: Request, here: Writer, company_id: UUID, note: Text = "", when: Text = ""
) -> Response:
    """Keep a note."""
    try:
        desk.write_note(here.session, here.where, note, str(company_id))
    except SluiceError as error:
        typed = {"when": when, "note": note}
        return _page(request, here, company_id, error, typed)
    return _to_card(request, here, company_id, "noted")


@router.post("/queue/{company_id}/skip")
def skip(request: Request, here: Writer, company_id: UUID, note: Text = "") -> Response:
    """Leave a prospect to others for a day."""
    name = desk.skip(here.session, here.where, note or "skipped on the page", str(company_id))
    return _to_queue(request, here, f"{name}: left to others for a day")


@router.post("/queue/{company_id}/postpone")
def postpone(
    request: Request, here: Writer, company_id: UUID, when: Text = "", note: Text = ""
) -> Response:
    """Let a prospect come back at a time."""
    try:
        moment = until(future_moment(when, here.zone))
        done = desk.postpone(here.session, here.where, moment, note, str(company_id))
    except SluiceError as error:
        typed = {"when": when, "note": note}
        return _page(request, here, company_id, error, typed)
    return _to_queue(
        request, here, f"{done.company}: back {shown(moment.at, user_zone(here.zone))}"
    )


@router.post("/queue/{company_id}/release")
def release(request: Request, here: Writer, company_id: UUID) -> Response:
    """Return a prospect to the queue."""
    name = desk.release(here.session, here.where, str(company_id))
    return _to_queue(request, here, f"{name}: returned to the queue")


def _page(
    request: Request,
    here: Here,
    company_id: UUID | None,
    error: SluiceError | None = None,
    typed: Mapping[str, str] | None = None,
    next_says: str | None = None,
) -> Response:
    waiting = 0 if KEEPS in request.headers and request.url.path not in _MOVES_MANY else WAITING
    found = queue_page(here.session, here.where, company_id, waiting)
    values: dict[str, Any] = {
        "held": found.held,
        "waiting": found.waiting,
        "today": found.today,
        "card": found.card,
        "rules": list(zip_longest(found.rules, KEYS[: len(found.rules)], fillvalue="")),
        "typed": {**dict.fromkeys(TYPED, ""), **(typed or {})},
        "failed": worded(error) if error else "",
        "batch": BATCH,
    }
    is_missing = request.method == "GET" and isinstance(error, NotFoundError)
    status = 404 if is_missing else 400 if error else 200
    return page(request, "queue.html", values, status=status, next_says=next_says)


def _to_queue(request: Request, here: Here, said: str) -> Response:
    leads_to(request, lambda: _page(request, here, None, next_says=said))
    return saying(request, RedirectResponse("/queue", 303), said)


def _to_card(request: Request, here: Here, company_id: UUID, said: str = "") -> Response:
    leads_to(request, lambda: _page(request, here, company_id, next_says=said))
    return saying(request, RedirectResponse(f"/queue/{company_id}", 303), said)
