"""What is read of a long page: both ends, since imprints are in the footer."""

from __future__ import annotations

#: Maximum characters read, and how many of them are from the end of a longer page.
LONGEST_PAGE, _AT_END = 1_500_000, 500_000
#: Maximum tags and entities read, by the character that each begins with. A page of the longest
#: size has about 30,000 tags; one with many more is made to be slow.
MOST_BEGINNINGS = {"<": 30_000, "&": 60_000}
#: Counting takes time too: a page of this size is read whole, whatever it holds.
_SHORT = 100_000


def both_ends(html: str) -> str:
    """Return the markup, without the middle of a page that is too long or too dense."""
    if len(html) <= _SHORT or (len(html) <= LONGEST_PAGE and not _is_dense(html)):
        return html
    head, tail = LONGEST_PAGE - _AT_END, len(html) - _AT_END
    for sign, most in MOST_BEGINNINGS.items():
        share = most * _AT_END // LONGEST_PAGE
        head = min(head, _nth(html, sign, most - share))
        tail = max(tail, _nth_last(html, sign, share))
    return html if head >= tail else f"{html[:head]}\n{html[tail:]}"


def _is_dense(html: str) -> bool:
    return any(html.count(sign) > most for sign, most in MOST_BEGINNINGS.items())


def _nth(html: str, sign: str, number: int) -> int:
    """Return the position of the nth occurrence of a sign; the length of the page if it is rarer."""
    at = -1
    for _ in range(number):
        at = html.find(sign, at + 1)
        if at < 0:
            return len(html)
    return at


def _nth_last(html: str, sign: str, number: int) -> int:
    at = len(html)
    for _ in range(number):
        at = html.rfind(sign, 0, at)
        if at < 0:
            return 0
    return at
