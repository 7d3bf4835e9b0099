"""Ask a register for one answer, and again while that is worth it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, nullcontext

from leads.clock import now
from spiders.exchange import Answer, Question
from spiders.fetch_errors import fetch_error_of
from spiders.guard import BlockedAddressError
from spiders.registers.errors import RegisterError
from spiders.registers.handler import RegisterHandler
from spiders.registers.patience import TRIES, pause, wait_for

#: Seconds for one answer.
_SECONDS = 30.0


async def body_of(
    handler: RegisterHandler,
    url: str,
    most: int,
    turn: Callable[[], AbstractAsyncContextManager[None]] = nullcontext,
) -> bytes:
    """The body of an answer of at most `most` bytes; a turn is held during each request.

    RegisterError if there is none, BlockedAddressError for an address that is not allowed.
    """
    tries = 0
    while True:
        tries += 1
        async with turn():
            answer = await _answer(handler, Question(url, {}, _SECONDS, most), tries)
        if answer is None:
            await asyncio.sleep(pause(tries))
        elif answer.status == 200:
            return answer.body
        else:
            said = answer.header("Retry-After") or ""
            await asyncio.sleep(wait_for(answer.status, said, tries, now()))


async def _answer(handler: RegisterHandler, question: Question, tries: int) -> Answer | None:
    """The answer; None if the request failed and is worth another try."""
    try:
        return await handler.fetch(question)
    except BlockedAddressError:
        raise
    except Exception as error:
        if tries >= TRIES:
            reason = fetch_error_of(error).reason
            raise RegisterError(f"it does not answer: {reason}") from error
        return None
