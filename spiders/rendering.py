"""How pages that scripts fill are rendered, and within which bounds. Imports no browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spiders.exchange import Answer


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderOptions:
    """How shells are rendered."""

    #: The path of Chromium.
    program: str
    #: Whether a page is filled by scripts, and says nothing without them.
    is_shell: Callable[[Answer], bool]
    #: Chromium keeps pages in its own sandbox; without it, only in a container of its own.
    sandboxed: bool = True
    limits: RenderLimits = field(default_factory=RenderLimits)
