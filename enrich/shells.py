"""Recognise pages that say nothing about their company before a browser runs their scripts."""

from __future__ import annotations

from enrich.document import read
from enrich.page import Page
from enrich.parked import parked
from leads.looks import NEEDS_BROWSER

#: Letters of the text, that of the page's state included, with which a page says something.
_SAYS_SOMETHING = 200


def is_shell(page: Page) -> bool:
    """Whether only a browser could fill the page: nothing else is the matter with it, and its state
    says neither who the company is nor much else.
    """
    document = read(page)
    letters = sum(map(str.isalpha, document.text[:2_000]))
    return (
        letters < _SAYS_SOMETHING
        and not document.organisations
        and parked(document) == (NEEDS_BROWSER,)
    )
