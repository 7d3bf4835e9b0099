"""How pages that scripts fill are rendered, and within which bounds. Imports nothing that is slow to
load, and no browser.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import Protocol

from leads.page_headers import Headers
from leads.rendering import Rendering
from spiders.browser_program import BrowserError


class Sent(Protocol):
    """What rendering reads of a page, a script or data, as it was sent."""

    @property
    def url(self) -> str:
        """Its address after redirects."""

    @property
    def status(self) -> int:
        """Its status."""

    @property
    def headers(self) -> Headers:
        """Its headers, names in title case."""

    @property
    def body(self) -> bytes:
        """Its bytes without content codings."""

    @property
    def text(self) -> str:
        """Its text by the encoding that it declares."""

    def header(self, name: str) -> str | None:
        """Return the last value of a header; None if it was not sent."""


#: Returns the answer to a request of a script; FetchError if there is none.
Ask = Callable[[str], Awaitable[Sent]]
#: Whether a page is filled by scripts, and says nothing without them.
IsShell = Callable[[Sent], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderLimits:
    """Limits of the rendering of one page; times in seconds."""

    #: After this time what is there is read, whatever the page still does.
    seconds: float = 10
    #: A page that shows text is done after so long without a request; another one, after so long.
    quiet: float = 0.5
    quiet_without_text: float = 3
    #: Time to read and close the page; a browser that needs longer is killed.
    patience: float = 4
    #: Time to start a browser.
    start: float = 30
    #: Requests of scripts that are answered.
    parts: int = 60
    #: Requests, frames and windows of one page, answered or not; with more, its browser is killed.
    events: int = 1_200
    #: Other registrable domains that scripts and data come from, over the whole visit.
    other_domains: int = 8
    #: Pages rendered at a time, over all sites of the process.
    at_once: int = 2
    #: Bytes of memory that a process of the browser may take; with more, it is killed.
    memory: int = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Wish:
    """How a page is to be shown: until that moment at most, up to so many characters."""

    until: float
    most: int
    #: What its scripts are told that the visitor reads, such as `de-AT`.
    language: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page became; its HTML only if it was rendered."""

    became: Rendering
    html: str = ""
    #: Where a script leads its visitors, if the page stays empty because of that.
    forward: str | None = None


class Browsing(Protocol):
    """The browser of one crawl (`spiders/browser.py`)."""

    @property
    def limits(self) -> RenderLimits:
        """Limits of the rendering of one page."""

    @property
    def is_shell(self) -> IsShell:
        """Which pages are rendered."""

    def turn(self) -> AbstractAsyncContextManager[float]:
        """Wait for a turn, and hold it; yields the seconds waited."""

    async def show(self, page: Sent, ask: Ask, wish: Wish) -> Shown:
        """Return what a page shows; to be called while a turn is held."""

    async def version(self) -> str:
        """Start the browser and end it; return its version, BrowserError if it does not start."""

    async def close(self) -> None:
        """End the browser."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How shells are rendered."""

    #: The path of Chromium.
    program: str
    #: Returns the browser of one crawl, which starts with the first page that needs it. The function
    #: that it is given hears that none can be started.
    open_browser: Callable[[RenderOptions, Callable[[BrowserError], None]], Browsing]
    #: Chromium keeps pages in its own sandbox; without it, only in a container of its own.
    sandboxed: bool = True
    limits: RenderLimits = field(default_factory=RenderLimits)
