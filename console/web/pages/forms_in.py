"""The forms of the client's web sites come in here."""

from __future__ import annotations

from functools import partial
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from actions.received_forms import TRAPPED, check_origin, receive_form
from actions.receiving import OFTEN, Addressed, TurnedAwayError
from console.api.problems import STATUS
from console.web.bounds import sender_of
from console.web.fields import Named
from console.web.incoming import bounded_body, in_turn, inbox_of, incoming_of, noting
from console.web.logged_in import installation_of
from console.web.rendering import bare_page
from leads.errors import SluiceError, UsageError
from leads.inboxes import FORM

router = APIRouter()

#: Bytes of a form, and its fields.
LARGEST, _FIELDS = 32 * 1024, 60
_URLENCODED = "application/x-www-form-urlencoded"
_SENT = "Thank you. Your message has been sent."


@router.post("/form/{name}")
async def take(request: Request, name: Named) -> Response:
    """Take a form that somebody filled in on one of the inbox's sites."""
    origin, thanks = "", ""
    try:
        at = await inbox_of(request, FORM, name)
        thanks = at.inbox.rules.thanks
        async with noting(request, at, lacking=True):
            headers = request.headers
            origin = check_origin(at.inbox, headers.get("origin", ""), headers.get("referer", ""))
            pairs = await _pairs(request)
            _check_rate(request, at)
            act = partial(receive_form, installation_of(request), at, origin, pairs)
            await in_turn(request, act)
    except TurnedAwayError as error:
        # A program that filled in what people do not see is told nothing.
        if error.message != TRAPPED:
            return _refused(request, origin, error, error.status, error.wait)
    except SluiceError as error:
        return _refused(request, origin, error, STATUS.get(error.code, 500), 0)
    return _taken(request, origin, thanks)


async def _pairs(request: Request) -> list[tuple[str, str]]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != _URLENCODED:
        raise TurnedAwayError("it is no form", 415, f"send it as {_URLENCODED}")
    body = await bounded_body(request, LARGEST)
    try:
        text = body.decode("ascii")
        return parse_qsl(text, errors="strict", max_num_fields=_FIELDS, separator="&")
    except ValueError:
        raise UsageError("The form cannot be read.", "Send it in UTF-8.") from None


def _check_rate(request: Request, at: Addressed) -> None:
    if not incoming_of(request).forms.take(f"{at.inbox.id} {sender_of(request)}").allowed:
        raise TurnedAwayError(OFTEN, 429, "Send it again in an hour.", wait=3_600)


def _taken(request: Request, origin: str, thanks: str) -> Response:
    if _wants_json(request):
        return _readable(JSONResponse({"state": "accepted"}), origin)
    if thanks:
        return RedirectResponse(thanks, 303)
    return bare_page("form_answer.html", {"title": "Sent", "lines": [_SENT]})


def _refused(request: Request, origin: str, error: SluiceError, status: int, wait: int) -> Response:
    lines = [error.message, error.hint] if isinstance(error, UsageError) else [_words(status)]
    made: Response
    if _wants_json(request):
        told = {"error": {"message": lines[0], "hint": lines[1] if len(lines) > 1 else ""}}
        made = _readable(JSONResponse(told, status), origin)
    else:
        title = "Not sent"
        made = bare_page("form_answer.html", {"title": title, "lines": lines}, status=status)
    if wait:
        made.headers["Retry-After"] = str(wait)
    return made


def _words(status: int) -> str:
    """The words for a visitor who cannot help it."""
    if status == 404:
        return "There is no such form."
    if status in (409, 429, 503):
        return "Too much is sent here now. Please send it again later."
    return "The form cannot be sent from here."


def _wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def _readable(answer: Response, origin: str) -> Response:
    """Let a script of the site that sent the form read the answer."""
    if origin:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Vary"] = "Origin"
    return answer
