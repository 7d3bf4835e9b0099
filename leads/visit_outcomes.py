"""How look-ups of names and visits to sites end: the words that the crawl says, and the store and
pages read.
"""

from __future__ import annotations

from collections.abc import Mapping
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


class Unvisited(StrEnum):
    """Why a search has not visited a site; stored with the search alone."""

    #: It is left alone for now: it fails, is stated dead, or asked for it.
    RESTING = "resting"
    #: The crawl ended before its turn.
    UNFINISHED = "unfinished"


#: Ends of a search's visits after which another time may tell more.
ANOTHER_TIME: frozenset[str] = frozenset(
    {
        Outcome.UNREACHABLE,
        Outcome.TIMEOUT,
        Outcome.ASKED_TO_WAIT,
        Outcome.ROBOTS_UNKNOWN,
        *Unvisited,
    }
)


class Cause(StrEnum):
    """What outcomes have in common for who looks for a cause, worst first."""

    BLOCKED = "blocked"
    ROBOTS = "robots"
    REFUSING = "refusing"
    ELSEWHERE = "elsewhere"


#: The cause of each outcome but `ok`, by its word as it is stored.
CAUSE_OF: Mapping[str, Cause] = {
    Outcome.BLOCKED_ADDRESS: Cause.BLOCKED,
    Outcome.ROBOTS_DENIED: Cause.ROBOTS,
    Outcome.OPTED_OUT: Cause.ROBOTS,
    Outcome.HTTP_ERROR: Cause.REFUSING,
    Outcome.UNREACHABLE: Cause.REFUSING,
    Outcome.TIMEOUT: Cause.REFUSING,
    Outcome.ROBOTS_UNKNOWN: Cause.REFUSING,
    Outcome.ASKED_TO_WAIT: Cause.REFUSING,
    Outcome.REDIRECTED_AWAY: Cause.ELSEWHERE,
    Outcome.NOT_HTML: Cause.ELSEWHERE,
    Outcome.EMPTY: Cause.ELSEWHERE,
    Outcome.TOO_LARGE: Cause.ELSEWHERE,
}


class Known(StrEnum):
    """The answer to the look-up of a name."""

    FOUND = "found"
    MISSING = "missing"
    #: The ending, or the host, answers every name: this one may not exist.
    WILDCARD = "wildcard"
    #: It leads to an address that no crawl may connect to.
    DENIED = "denied"
    #: No answer in time; it may exist.
    FAILED = "failed"
