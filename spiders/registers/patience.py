"""When a request to a register is worth another try, and after how long."""

from __future__ import annotations

from datetime import datetime

from spiders.registers.errors import RegisterError
from spiders.retry_after import seconds_to_wait

#: A longer wait ends the work: it is taken up again later.
MOST_WAIT = 60.0
#: Requests that one page or file is worth, after which nothing has come.
TRIES = 4
#: Seconds before the second try; and where the register wants fewer requests and says no more.
FIRST, UNSAID = 1.0, 5.0
_TOO_MANY = frozenset({429, 503})
_PASSING = frozenset({500, 502, 504})


def pause(tries: int, first: float | None = None) -> float:
    """Seconds after try number `tries`, each pause twice the one before."""
    begin = FIRST if first is None else first
    return float(begin * 2 ** max(tries - 1, 0))


def wait_for(status: int, retry_after: str, tries: int, at: datetime) -> float:
    """Seconds to wait after such a status, the answer to try number `tries`, from 1.

    RegisterError if the register is not worth another try now.
    """
    if status in _TOO_MANY:
        asked = seconds_to_wait(retry_after, at)
        wait = pause(tries, UNSAID) if asked is None else asked
        if tries >= TRIES or wait > MOST_WAIT:
            raise RegisterError(f"it wants fewer requests (status {status})", wait=wait)
        return wait
    if status in _PASSING and tries < TRIES:
        return pause(tries)
    raise RegisterError(_words(status))


def _words(status: int) -> str:
    if status in (401, 403):
        return f"it does not allow the request (status {status})"
    if status in (404, 410):
        return f"there is nothing at this address any more (status {status})"
    if status == 400:
        return "it does not understand the request (status 400)"
    return f"it failed (status {status})"
