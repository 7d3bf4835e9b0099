"""Recognise the pages of a crawl that only a browser could fill, and open a browser for them. Loaded
by crawls that render pages.
"""

from __future__ import annotations

from collections.abc import Callable

from enrich.page import Page, decode, lowered
from enrich.shells import is_shell
from leads.clock import now
from spiders.browser import Browser
from spiders.browser_program import BrowserError
from spiders.page_sight import see
from spiders.rendering import RenderOptions, Sent

#: A page with more letters is no shell: it need not be read in full to see that.
_LONG = 1_000


def is_shell_page(answer: Sent) -> bool:
    """Whether scripts fill a page, and it says nothing without them."""
    headers = lowered(answer.headers)
    html = decode(answer.body, headers)
    if sum(map(str.isalpha, see(html).text)) > _LONG:
        return False
    return is_shell(Page(answer.url, html, headers, answer.status, now(), "home"))


def browser_for_shells(options: RenderOptions, broken: Callable[[BrowserError], None]) -> Browser:
    """Return the browser of one crawl, which renders what `is_shell_page` says."""
    return Browser(options, broken, is_shell_page)
