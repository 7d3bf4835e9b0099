"""Recognise the pages of a crawl that only a browser could fill. Loaded by crawls that render pages."""

from __future__ import annotations

from enrich.page import Page, decode, lowered
from enrich.shells import is_shell
from leads.clock import now
from spiders.exchange import Answer
from spiders.page_sight import see

#: A page with more letters is no shell: it need not be read in full to see that.
_LONG = 1_000


def is_shell_page(answer: Answer) -> bool:
    """Whether scripts fill a page, and it says nothing without them."""
    headers = lowered(answer.headers)
    html = decode(answer.body, headers)
    if sum(map(str.isalpha, see(html).text)) > _LONG:
        return False
    return is_shell(Page(answer.url, html, headers, answer.status, now(), "home"))
