"""How users log in, for admins: end sessions, reset second factors, and say who needs one."""

from __future__ import annotations

from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from actions import factor_rules, web_sessions
from console.web.fields import Text, Texts
from console.web.logged_in import Writer
from console.web.rendering import saying, worded
from leads.errors import SluiceError

router = APIRouter()


@router.post("/users/log-out")
def log_out(request: Request, here: Writer, name: Text, session: Text = "") -> Response:
    """Log a user out in one browser, or everywhere."""
    try:
        ended = web_sessions.end_sessions(here.session, name, session or None)
        said = f"{name}: {ended} session{'' if ended == 1 else 's'} ended"
    except SluiceError as error:
        said = worded(error)
    return _to(request, name, said)


@router.post("/users/second-factor/reset")
def reset(request: Request, here: Writer, name: Text) -> Response:
    """Remove a user's second factor, such as for a lost phone."""
    try:
        factor_rules.reset(here.session, name)
        said = f"{name} has no second factor any more, and is logged out everywhere"
    except SluiceError as error:
        said = worded(error)
    return _to(request, name, said)


@router.post("/users/second-factor")
def require(request: Request, here: Writer, role: Texts = None) -> Response:
    """Say which roles need a second factor."""
    try:
        out = factor_rules.require(here.session, role or [])
        said = f"roles that need a second factor: {', '.join(role or []) or 'none'}"
        said += f"; {out} logged out to set one up" if out else ""
    except SluiceError as error:
        said = worded(error)
    return saying(request, RedirectResponse("/users", 303), said)


def _to(request: Request, name: str, said: str) -> Response:
    return saying(request, RedirectResponse(f"/users/user?name={quote(name, safe='')}", 303), said)
