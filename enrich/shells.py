"""Recognise pages that say nothing about their company before a browser runs their scripts."""

from __future__ import annotations

from enrich.document import read
from enrich.page import Page
from enrich.parked import parked
from leads.looks import NEEDS_BROWSER

#: A page with so many letters says something; the text of its state counts too.
_SAYS_SOMETHING = 200


def is_shell(page: Page) -> bool:
    """Whether only a browser could fill the page: it has no other fault, and its state
    says little and not who the company is.
    """
    document = read(page)
    letters = sum(map(str.isalpha, document.text[:2_000]))
    return (
        letters < _SAYS_SOMETHING
        and not document.organisations
        and parked(document) == (NEEDS_BROWSER,)
    )
