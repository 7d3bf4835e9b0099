"""Turn download errors into the reason in a site's outcome."""

from __future__ import annotations

from datetime import datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from spiders.guard import BlockedAddressError
from spiders.site import Outcome


class FetchError(Exception):
    """A page was not fetched: the outcome, the reason, and the other domain it leads to, if any.

    `not_before` is when the site may be asked again, if it said so. `is_passing` tells that the
    same request may succeed in a moment.
    """

    def __init__(
        self,
        outcome: Outcome,
        reason: str,
        final_domain: str | None = None,
        *,
        not_before: datetime | None = None,
        is_passing: bool = False,
    ) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.final_domain = final_domain
        self.not_before = not_before
        self.is_passing = is_passing


#: A server that closes a connection early does so because it restarts or is busy.
_PASSING = (DownloadFailedError, ResponseDataLossError)
_KINDS: tuple[tuple[type[Exception], Outcome, str], ...] = (
    (BlockedAddressError, Outcome.BLOCKED_ADDRESS, ""),
    (UnsupportedURLSchemeError, Outcome.BLOCKED_ADDRESS, "not a URL to fetch"),
    (CannotResolveHostError, Outcome.UNREACHABLE, "no such host"),
    (DownloadConnectionRefusedError, Outcome.UNREACHABLE, "no connection"),
    (DownloadTimeoutError, Outcome.TIMEOUT, "no complete response in time"),
    (DownloadCancelledError, Outcome.TOO_LARGE, "page too large"),
    (IgnoreRequest, Outcome.TOO_LARGE, "page too large after decompression"),
    (ResponseDataLossError, Outcome.HTTP_ERROR, "the response was cut off"),
    (DownloadFailedError, Outcome.HTTP_ERROR, "not an HTTP response"),
)


def fetch_error_of(error: Exception) -> FetchError:
    """Convert a download error to a FetchError; an unknown error is a broken response."""
    for kind, outcome, words in _KINDS:
        if isinstance(error, kind):
            passing = isinstance(error, _PASSING)
            return FetchError(outcome, words or str(error), is_passing=passing)
    return FetchError(Outcome.HTTP_ERROR, f"unreadable response ({type(error).__name__})")
