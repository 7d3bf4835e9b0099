"""What the API is, and whom a token acts as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Request

from actions.own_place import Choice, choices
from actions.tokens import list_tokens
from console.api.callers import Caller, needs
from console.api.description import described

router = APIRouter(tags=["about"])
Anybody = Annotated[Caller, needs()]


@dataclass(frozen=True, slots=True)
class Me:
    """Whom a token acts as, and what for."""

    user: str
    scopes: list[str]
    #: None: every client of the user.
    client: str | None
    expires_at: datetime
    clients: list[Choice]


@router.get("/me")
def me(caller: Anybody) -> Me:
    """Show whom the token acts as, its scopes, and the clients and campaigns it reaches."""
    bearer = caller.bearer
    (own,) = [one for one in list_tokens(caller.session) if one.id == bearer.token_id]
    reach = choices(caller.session)
    return Me(bearer.user, sorted(bearer.scopes), bearer.client, own.ends_at, reach)


@router.get("/openapi.json")
def description(request: Request, caller: Anybody) -> dict[str, Any]:  # noqa: ARG001 - it lets in
    """Describe the API as OpenAPI 3.1."""
    return described(request.app)
