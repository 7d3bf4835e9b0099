"""What strangers send to inboxes: how much of it is let in, and what is counted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from actions.receiving import OFTEN, TOO_LARGE, Addressed, TurnedAwayError, inbox_at
from actions.turned_away import TurnedAway
from console.api.rates import Rates
from console.web.bounds import (
    TooLargeError,
    TooMuchError,
    TooSlowError,
    Turns,
    body_of,
    sender_of,
)
from console.web.kept import kept
from console.web.logged_in import installation_of
from leads.errors import NotFoundError, UsageError

#: Messages of one sender that are turned away, and forms that it sends, before it has to wait.
FAILURES, FORMS = 30, 20
_HOUR = 3_600.0
#: Messages that are worked on at once, so that pages are still answered, and that wait.
_AT_ONCE, _WAITING = 2, 50
Result = TypeVar("Result")


@dataclass(slots=True)
class Incoming:
    """What this process knows of those who send."""

    turned_away: TurnedAway
    failures: Rates = field(default_factory=lambda: Rates(FAILURES))
    forms: Rates = field(default_factory=lambda: Rates(FORMS, _HOUR))
    turns: Turns = field(default_factory=lambda: Turns(_AT_ONCE, _WAITING))


def incoming_of(request: Request) -> Incoming:
    """What the process of a request knows."""
    return kept(request, "incoming", Incoming)


async def inbox_of(request: Request, kind: str, name: str) -> Addressed:
    """The inbox that a request is for; TurnedAwayError for a sender of whom much was turned away:
    nothing is read or counted then.
    """
    failures, sender = incoming_of(request).failures, sender_of(request)
    if wait := failures.look(sender).wait_if_refused:
        raise TurnedAwayError(OFTEN, 429, "send less that is wrong", wait=wait)
    try:
        return await run_in_threadpool(inbox_at, installation_of(request), kind, name)
    except NotFoundError:
        failures.take(sender)
        raise


@asynccontextmanager
async def noting(request: Request, at: Addressed, *, lacking: bool = False) -> AsyncIterator[None]:
    """Count what an inbox turns away, for the inbox and for the sender; `lacking`: for the inbox
    also what lacks something, where no error repeats the words of who sent it.
    """
    incoming = incoming_of(request)
    try:
        yield
    except TurnedAwayError as error:
        incoming.failures.take(sender_of(request))
        await run_in_threadpool(incoming.turned_away.count, at.inbox, error.message)
        raise
    except UsageError as error:
        if lacking:
            await run_in_threadpool(incoming.turned_away.count, at.inbox, error.message)
        raise


async def bounded_body(request: Request, largest: int) -> bytes:
    """The body of a request; TurnedAwayError when it is too large or does not arrive."""
    try:
        return await body_of(request, largest)
    except TooLargeError:
        raise TurnedAwayError(TOO_LARGE, 413, f"at most {largest:,} bytes") from None
    except TooSlowError:
        raise TurnedAwayError("it does not arrive", 408, "send it again", wait=1) from None


async def in_turn(request: Request, act: Callable[[], Result]) -> Result:
    """Do something in a thread, a few at a time; TurnedAwayError when too many wait."""
    try:
        async with incoming_of(request).turns.turn():
            return await run_in_threadpool(act)
    except TooMuchError:
        raise TurnedAwayError(
            "too many messages wait here", 503, "send it again later", wait=30
        ) from None
