"""Whether the crawl fills shells in a browser, as the setting `browser` says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from leads.errors import UsageError
from leads.settings import Settings
from spiders.browser_program import BrowserError, find_program
from spiders.rendering import Browsing, RenderOptions

OFF, ON, UNSANDBOXED = "off", "on", "unsandboxed"


def render_options(settings: Settings) -> RenderOptions | None:
    """Return how shells are rendered, None if they are not; UsageError for another value,
    BrowserError without a browser.
    """
    wanted = settings["browser"].strip().lower()
    if wanted not in (OFF, ON, UNSANDBOXED):
        raise UsageError(
            f"browser is {settings['browser']!r}", f"set it to {OFF}, {ON} or {UNSANDBOXED}"
        )
    if wanted == OFF:
        return None
    return RenderOptions(
        program=find_program(), open_browser=_opened, sandboxed=wanted != UNSANDBOXED
    )


def check_browser(settings: Settings) -> str:
    """Start and end the browser that pages are rendered in, and return what it is; "" if none are.

    UsageError or BrowserError if that fails.
    """
    options = render_options(settings)
    if options is None:
        return ""
    browser = _opened(options, lambda _error: None)
    return f"{options.program}, {asyncio.run(browser.version())}"


def _opened(options: RenderOptions, broken: Callable[[BrowserError], None]) -> Browsing:
    # Imported late: most crawls render no page.
    from workers.shell_pages import browser_for_shells

    return browser_for_shells(options, broken)
