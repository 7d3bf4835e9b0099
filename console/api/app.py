"""The application of the API."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from actions.session import Installation
from console.api.cursors import Cursors
from console.api.description import PROBLEMS
from console.api.door import Door
from console.api.problems import flaws, of_error, problem
from console.api.rates import RATE, Rates
from console.api.replays import Replay
from console.api.resources import RESOURCES
from console.api.routes import Routes
from leads.errors import SluiceError


def make_api(installation: Installation, *, rate: int = RATE) -> FastAPI:
    """Make the API over an open database."""
    api = bare_api()
    api.state.installation = installation
    api.state.cursors = Cursors(installation.session(None).secret)
    routes = Routes(_routes())
    api.add_middleware(Replay)
    api.add_middleware(Door, installation=installation, rates=Rates(rate), routes=routes)
    api.add_exception_handler(SluiceError, _explain)
    api.add_exception_handler(RequestValidationError, _not_understood)
    api.add_exception_handler(HTTPException, _not_here)
    return api


def bare_api() -> FastAPI:
    """The routes of the API without a database, to be described."""
    api = FastAPI(
        title="Sluice",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        responses=PROBLEMS,
        generate_unique_id_function=_name,
    )
    for one in RESOURCES:
        api.include_router(one.router)
    return api


def _routes() -> list[APIRoute]:
    every = [route for one in RESOURCES for route in one.router.routes]
    return [route for route in every if isinstance(route, APIRoute)]


def _name(route: APIRoute) -> str:
    """The id of an operation: its subject and what it does."""
    subject = str(route.tags[0]).replace("-", "_")
    return f"{subject}_{route.name}"


def _explain(request: Request, error: Exception) -> Response:
    assert isinstance(error, SluiceError)
    return of_error(error, getattr(request.state, "folder", ""))


def _not_understood(_request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return problem(422, "the request is not complete or not valid", errors=flaws(error.errors()))


def _not_here(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), headers=error.headers)
