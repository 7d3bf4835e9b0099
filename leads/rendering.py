"""What became of a page that scripts fill, in a browser: stored with the page."""

from __future__ import annotations

from enum import StrEnum


class Rendering(StrEnum):
    """How a page was rendered; empty for a page that was read as it was sent."""

    NONE = ""
    #: The stored page is what the browser showed.
    RENDERED = "rendered"
    # With the others the page is stored as it was sent.
    #: The browser showed no more than was sent.
    EMPTY = "empty"
    #: The browser did not end in time and was killed.
    TIMEOUT = "timeout"
    #: The browser failed on the page.
    FAILED = "failed"
    #: The visit had no time, bytes or pages left for the browser.
    LIMIT = "limit"
