"""Turn download errors into the reason in a site's outcome."""

from __future__ import annotations

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
    """A page was not fetched: the outcome, the reason, and the other domain it leads to, if any."""

    def __init__(self, outcome: Outcome, reason: str, final_domain: str | None = None) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.final_domain = final_domain


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
            return FetchError(outcome, words or str(error))
    return FetchError(Outcome.HTTP_ERROR, f"unreadable response ({type(error).__name__})")
