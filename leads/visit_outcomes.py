"""How the visit to a site ends: the words that the crawl says, and the store and pages read."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """How the visit to one site ended."""

    OK = "ok"
    ROBOTS_DENIED = "robots_denied"
    #: Robots.txt cannot be read now, so its rules are unknown and nothing is fetched.
    ROBOTS_UNKNOWN = "robots_unknown"
    OPTED_OUT = "opted_out"
    #: The site answered that it has too many requests, or named a time to come back.
    ASKED_TO_WAIT = "asked_to_wait"
    REDIRECTED_AWAY = "redirected_away"
    BLOCKED_ADDRESS = "blocked_address"
    HTTP_ERROR = "http_error"
    TOO_LARGE = "too_large"
    NOT_HTML = "not_html"
    EMPTY = "empty"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"


#: Outcomes that say nothing about the company: the site did not answer, or was out of order.
PASSING = frozenset(
    {Outcome.UNREACHABLE, Outcome.TIMEOUT, Outcome.HTTP_ERROR, Outcome.ROBOTS_UNKNOWN}
)
