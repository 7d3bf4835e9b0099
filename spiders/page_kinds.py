"""The kinds of pages that a visit fetches. Imports nothing that is slow to load."""

from __future__ import annotations

from enum import StrEnum


class PageKind(StrEnum):
    """Why a page was fetched, most wanted first; `entry` is a frame or redirect of the home
    page.
    """

    # Enum's own hash is a function of Python, and kinds are keys for every link.
    __hash__ = str.__hash__

    HOME = "home"
    ENTRY = "entry"
    IMPRINT = "imprint"
    CONTACT = "contact"
    ABOUT = "about"
    PRODUCTS = "products"
    CAREERS = "careers"
    TEAM = "team"
    REFERENCES = "references"
    PORTAL = "portal"
    PRIVACY = "privacy"
    PRESS = "press"
    OTHER = "other"
    #: At an applicant-tracking system: the one page that is not on the site itself.
    BOARD = "board"
    #: No page: what DNS says about the domain (`leads/dns_records.py`).
    DNS = "dns"
