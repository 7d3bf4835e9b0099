"""The web application: its routes, and what becomes of errors."""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import partial
from importlib import import_module
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from actions.session import Installation
from actions.sso import sign_on
from actions.turned_away import TurnedAway
from console.api.problems import problem
from console.api.rates import RATE
from console.web.devices import Devices
from console.web.form_addresses import page_of_form
from console.web.guard import Guard
from console.web.incoming import Incoming
from console.web.later_pages import FIRST, LaterPages, load
from console.web.live_hub import Hub
from console.web.logged_in import NobodyError
from console.web.login_gate import Gate
from console.web.pages import sso
from console.web.rendering import for_page, page
from console.web.sent_form import Answered
from console.web.throttle import Throttle
from console.web.wanted_page import keep_wanted
from leads.errors import NoCampaignError, SluiceError

_LOG = logging.getLogger(__name__)
_HERE = Path(__file__).parent
#: The answer's status of each kind of error.
_STATUS = {"usage": 400, "not_found": 404, "not_allowed": 403, "service_down": 503}


def make_app(
    installation: Installation,
    hosts: Collection[str],
    *,
    is_https: bool = False,
    api_rate: int = RATE,
) -> FastAPI:
    """Make the application over an open database, for requests that name one of `hosts`.

    `api_rate`: requests of one token in a minute.
    """
    app = FastAPI(title="Sluice", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.installation = installation
    app.state.is_https = is_https
    app.state.throttle = Throttle()
    app.state.gate = Gate()
    secret = installation.session(None).secret
    app.state.devices = Devices(secret)
    app.state.sign_on = sign_on(installation.settings)
    app.state.sso_places = sso.Places()
    app.state.attempts = sso.Attempts(secret)
    app.state.live = Hub(installation)
    app.state.answered = Answered()
    app.state.incoming = Incoming(TurnedAway(installation.store))
    app.add_middleware(Guard, hosts=hosts, is_https=is_https)
    app.mount("/static", StaticFiles(directory=_HERE / "static"))
    for one in load(FIRST):
        app.include_router(one.router)
    app.router.default = LaterPages(app, partial(_make_api, installation, api_rate))
    app.add_exception_handler(NobodyError, _ask_to_log_in)
    app.add_exception_handler(SluiceError, _explain)
    app.add_exception_handler(HTTPException, _not_here)
    app.add_exception_handler(RequestValidationError, _not_understood)
    return app


def _make_api(installation: Installation, rate: int) -> ASGIApp:
    made: ASGIApp = import_module("console.api.app").make_api(installation, rate=rate)
    return made


def _ask_to_log_in(request: Request, _error: Exception) -> Response:
    answer = RedirectResponse("/login", 303)
    keep_wanted(request, answer)
    return answer


def _explain(request: Request, error: Exception) -> Response:
    assert isinstance(error, SluiceError)
    if isinstance(error, NoCampaignError) and request.method == "GET":
        # Nothing is wrong: the page has nothing to show before there is a campaign.
        return page(request, "first_steps.html", {})
    status = _STATUS.get(error.code, 500)
    message, hint = for_page(error)
    values = {"message": message, "hint": hint}
    if status >= 500:
        # The cause names parts of the inside, and strangers see this page too.
        _LOG.error("%s: %s", error.code, error.message)
        values = {"message": "A service does not answer.", "hint": "Try again in a minute."}
    return page(request, "error.html", values, status=status)


def _not_here(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if request.scope["path"].startswith("/api/"):
        # Such as an address of the API with a line break, which no mounted path has.
        return problem(error.status_code, "there is nothing at this address")
    if above := page_of_form(request):
        return RedirectResponse(above, 303)
    message = "There is no such page." if error.status_code == 404 else str(error.detail)
    return page(request, "error.html", {"message": message, "hint": ""}, status=error.status_code)


def _not_understood(request: Request, _error: Exception) -> Response:
    if above := page_of_form(request):
        return RedirectResponse(above, 303)
    values = {"message": "The address or the form is not complete.", "hint": ""}
    return page(request, "error.html", values, status=422)
