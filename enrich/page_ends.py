"""What is read of a long page: both ends, since imprints are in the footer."""

from __future__ import annotations

#: Maximum characters read, and how many of them are from the end of a longer page.
LONGEST_PAGE, _AT_END = 1_500_000, 500_000


def both_ends(html: str) -> str:
    """Return the markup, without the middle of a page that is too long."""
    if len(html) <= LONGEST_PAGE:
        return html
    return html[: LONGEST_PAGE - _AT_END] + "\n" + html[-_AT_END:]
