"""A stream of what happens, for pages that are open."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from actions.actor import Right
from actions.live import listener
from console.web.fields import Asked
from console.web.kept import kept
from console.web.live_hub import Hub
from console.web.logged_in import Reader
from leads.errors import NotAllowedError

router = APIRouter()

#: What pages follow, and the right that each needs.
_RIGHTS = {"queue": Right.WORK_QUEUE, "lists": Right.MANAGE, "work": Right.LOOK}


@router.get("/live")
async def live(
    request: Request,
    here: Reader,
    about: Asked = "",
    last_event_id: Annotated[str, Header()] = "",
) -> Response:
    """Send messages about some subjects, as they come, until the user logs out."""
    hub = kept(request, "live", Hub)
    wanted = {one for one in about.split(",") if one in _RIGHTS and here.actor.may(_RIGHTS[one])}
    who = await run_in_threadpool(listener, here.session, here.visitor.token_hash, here.where)
    try:
        joined = hub.join(who, wanted, last_event_id)
    except NotAllowedError as error:
        return Response(f"{error.message}\n", 429, media_type="text/plain")
    return StreamingResponse(hub.messages(joined), media_type="text/event-stream")
