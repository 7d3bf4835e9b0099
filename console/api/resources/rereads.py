"""Kept pages that are read again, and what that changed."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder

from actions import rereading
from actions.rereading import StartedReread
from console.api.callers import Caller, needs
from console.cli.rereading import last_json

router = APIRouter(prefix="/rereads", tags=["operations"])
Reader = Annotated[Caller, needs("ops:read")]
Writer = Annotated[Caller, needs("ops:write")]


@router.post("", status_code=202)
def start(caller: Writer) -> StartedReread:
    """Let workers extract facts again from the kept pages of all sites, without the network."""
    return rereading.start_reread(caller.session)


@router.get("/last")
def last(caller: Reader) -> dict[str, Any]:
    """Show what the last reading of all sites changed so far, and how many sites wait."""
    document: dict[str, Any] = jsonable_encoder(last_json(rereading.last_reread(caller.session)))
    return document
