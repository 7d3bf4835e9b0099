"""Whether the crawl fills shells in a browser, as the setting `browser` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leads.errors import UsageError
from leads.settings import Settings

if TYPE_CHECKING:  # Most crawls render no page.
    from spiders.rendering import RenderOptions

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
    # Imported late: most crawls render no page.
    from spiders.chromium import find_program
    from spiders.rendering import RenderOptions
    from workers.shell_pages import is_shell_page

    return RenderOptions(
        program=find_program(), is_shell=is_shell_page, sandboxed=wanted != UNSANDBOXED
    )


def check_browser(settings: Settings) -> str:
    """Start and end the browser that pages are rendered in, and return what it is; "" if none are.

    UsageError or BrowserError if that fails.
    """
    options = render_options(settings)
    if options is None:
        return ""
    # Imported late, for the same reason.
    import asyncio

    from spiders.browser import try_browser

    return f"{options.program}, {asyncio.run(try_browser(options))}"
