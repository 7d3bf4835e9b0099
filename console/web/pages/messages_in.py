"""Signed messages of other programs come in here."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from actions.received_messages import envelope_of, receive_message
from actions.receiving import TurnedAwayError
from console.api.problems import of_error, problem
from console.web.fields import Named
from console.web.incoming import bounded_body, in_turn, inbox_of, noting
from console.web.logged_in import installation_of
from leads.errors import SluiceError
from leads.inboxes import WEBHOOK

router = APIRouter()

#: Bytes of a message.
LARGEST = 256 * 1024


@router.post("/in/{name}")
async def take(request: Request, name: Named) -> Response:
    """Take a message: its headers are checked before its body is read, and its signature before
    that is believed.
    """
    try:
        at = await inbox_of(request, WEBHOOK, name)
        async with noting(request, at):
            envelope = envelope_of(request.headers)
            body = await bounded_body(request, LARGEST)
            act = partial(receive_message, installation_of(request), at, envelope, body)
            state = await in_turn(request, act)
    except TurnedAwayError as error:
        return _refused(error)
    except SluiceError as error:
        return of_error(error)
    return JSONResponse({"state": state})


def _refused(error: TurnedAwayError) -> Response:
    """The answer to what is turned away, as a problem in JSON."""
    headers = {"Retry-After": str(error.wait)} if error.wait else {}
    return problem(error.status, error.message, error.hint, code=error.code, headers=headers)
