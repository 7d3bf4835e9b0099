"""What became of a page that scripts fill, in a browser: stored with the page."""

from __future__ import annotations

from enum import StrEnum


class Rendering(StrEnum):
    """How a page was rendered; empty for a page that was read as it was sent."""

    NONE = ""
    #: The stored page is what the browser showed.
    RENDERED = "rendered"
    #: The others are stored as they were sent: the browser showed no more,
    EMPTY = "empty"
    #: did not come to an end and was killed,
    TIMEOUT = "timeout"
    #: failed on the page,
    FAILED = "failed"
    #: or was not asked, because the visit had no time, bytes or pages left.
    LIMIT = "limit"
