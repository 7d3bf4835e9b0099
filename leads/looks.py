"""What `coverage` facts count, as `kind:count`: pages that were read by kind, and what was not."""

from __future__ import annotations

#: Begins the kind of pages that were fetched and hold nothing about a company: `unread_parked`.
UNREAD = "unread_"
#: Pages that scripts fill in a browser.
NEEDS_BROWSER = "needs_browser"
#: Pages that were read as a browser shows them.
RENDERED = "rendered"
#: Begins what DNS was asked and answered: `dns_mx`.
ANSWERED = "dns_"
_NO_PAGES = frozenset({"headers", "scripts", "pages", NEEDS_BROWSER, RENDERED})


def counts_pages(kind: str) -> bool:
    """Whether a kind of `coverage` facts counts pages that were read."""
    return kind not in _NO_PAGES and not kind.startswith((UNREAD, ANSWERED))


def why_unread(kind: str) -> str | None:
    """Why pages of this kind were not read, in words; None for a kind that counts others."""
    if kind == NEEDS_BROWSER:
        return "scripts fill them in a browser"
    return kind.removeprefix(UNREAD).replace("_", " ") if kind.startswith(UNREAD) else None
