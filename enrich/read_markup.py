"""Read the markup of a page, and say what of it was left out."""

from __future__ import annotations

from collections.abc import Iterator

from enrich.markup import LONGEST_TEXT, MOST, Markup
from enrich.markup_reader import MOST_ODD, Reader
from enrich.page_ends import both_ends


def read_markup(html: str) -> Markup:
    """Read one page; any text is accepted."""
    kept = both_ends(html)
    reader = Reader(kept.replace("\0", ""))
    markup = reader.read()
    markup.cut = "; ".join(_not_read(markup, len(html) - len(kept), reader.left))
    return markup


def _not_read(markup: Markup, gone: int, left: int) -> Iterator[str]:
    """Say what of a page was left out: characters in the middle and at the end, and what else."""
    if gone > 0:
        yield f"{gone:,} characters in the middle"
    if left > 0:
        yield f"{left:,} characters after {MOST_ODD:,} comments and broken tags"
    if len(markup.text) >= LONGEST_TEXT:
        yield f"text after the first {LONGEST_TEXT:,} characters"
    if markup.cut:
        yield markup.cut
    for what in ("links", "scripts", "sources", "metas", "relations"):
        if len(getattr(markup, what)) >= MOST:
            yield f"{what} after the first {MOST:,}"
