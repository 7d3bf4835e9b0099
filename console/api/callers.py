"""Who calls, what the token allows, and which client and campaign a request is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request, Security
from fastapi.security import HTTPBearer, SecurityScopes

from actions.own_place import place_of
from actions.session import Session
from actions.tokens import Bearer
from actions.where import Where
from console.api.problems import StateError
from console.api.words import STORABLE
from leads.errors import NotAllowedError

_SCHEME = HTTPBearer(
    auto_error=False, scheme_name="token", description="A token of `sluice token add`."
)


@dataclass(frozen=True, slots=True)
class Caller:
    """The token of a request, and the session of its user."""

    bearer: Bearer
    session: Session


def caller(
    request: Request,
    wanted: SecurityScopes,
    _scheme: Annotated[Any, Depends(_SCHEME)] = None,
) -> Caller:
    """The caller of a request; NotAllowedError when the token lacks the scope."""
    found = request.state.caller
    assert isinstance(found, Caller)
    check_scopes(found.bearer, wanted.scopes)
    return found


def check_scopes(bearer: Bearer, wanted: Sequence[str]) -> None:
    """NotAllowedError when a token lacks a scope."""
    missing = [one for one in wanted if one not in bearer.scopes]
    if missing:
        raise NotAllowedError(
            f"this token lacks the scope {missing[0]}",
            f"make one with `sluice token add NAME --scope {missing[0]}`",
        )


def needs(*scopes: str) -> Any:
    """The parameter that lets in only tokens with a scope."""
    return Security(caller, scopes=scopes)


def where(
    request: Request,
    client: Annotated[
        str,
        Query(pattern=STORABLE, max_length=500, description="A client; default: the usual one."),
    ] = "",
    campaign: Annotated[
        str,
        Query(
            pattern=STORABLE,
            max_length=500,
            description="A campaign; default: the usual or only one.",
        ),
    ] = "",
) -> Where:
    """The client and campaign that are named; else the token's, the usual or the only ones."""
    found = request.state.caller
    assert isinstance(found, Caller)
    return place_of(found.session, client or found.bearer.client or "", campaign)


def client_of(
    request: Request,
    client: Annotated[
        str,
        Query(pattern=STORABLE, max_length=500, description="A client; default: the usual one."),
    ] = "",
) -> str:
    """The client that is named; else the token's, the usual or the only one."""
    return where(request, client).client


Client = Annotated[str, Depends(client_of)]
Campaign = Annotated[Where, Depends(where)]


def check_match(wanted: str | None, tag: str) -> None:
    """StateError when a request names another state of a thing than the one it has."""
    named = [one.strip().removeprefix("W/") for one in (wanted or "").split(",")]
    if wanted is not None and tag not in named and "*" not in named:
        raise StateError(
            412, "changed", "it has changed since it was read", "read it again, then decide"
        )
