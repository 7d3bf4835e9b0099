"""Detect pages that are parked domains, placeholders or errors."""

from __future__ import annotations

import re
from functools import cache

from enrich.document import Document, read
from enrich.page import Page
from enrich.tables import either, words

#: Longer pages have content, whatever words they use.
_SHORT = 1_500
#: A page with fewer letters is empty: a browser might fill it, a parser cannot.
_EMPTY = 25
#: A page with fewer letters that has an app root or mentions JavaScript needs a browser.
_SHELL, _LONGEST_SHELL = 200, 200_000
_SHELL_SIGNS = re.compile(
    r"<div"
    r" id=[\"']?(?:root|app|__next|__nuxt|___gatsby)[\"']?[^>]{0,200}>\s{0,50}</div>|javascript[^<]{0,60}<",  # noqa: E501
    re.IGNORECASE,
)


def parked(page: Page | Document) -> tuple[str, ...]:
    """Return why the page has no company content; empty for a normal page.

    Reasons: error, empty, needs_browser, for_sale, parked, placeholder, under_construction,
    suspended, not_found, challenge.
    """
    document = page if isinstance(page, Document) else read(page)
    reasons = ["error"] if document.page.status >= 400 else []
    reasons += _without_text(document)

    addresses = "\n".join(
        [*document.markup.scripts, *document.markup.sources, _refresh(document)]
    ).lower()
    said = f"{document.markup.title.lower()}\n{document.folded[:_SHORT]}"
    for reason, row in words("parked").items():
        is_short = len(document.text) <= int(row.get("longest", _SHORT))
        if (is_short and _pattern(reason).search(said)) or any(
            source in addresses for source in row.get("sources", ())
        ):
            reasons.append(reason)
    return tuple(reasons)


def _without_text(document: Document) -> list[str]:
    letters = sum(map(str.isalpha, document.text[:2_000]))
    if (
        letters < _SHELL
        and document.markup.scripts
        and _SHELL_SIGNS.search(document.page.html, 0, _LONGEST_SHELL)
    ):
        return ["needs_browser"]
    if letters + len(document.markup.title) < _EMPTY:
        return ["needs_browser" if document.markup.scripts else "empty"]
    return []


def _refresh(document: Document) -> str:
    return next((content for name, content in document.markup.metas if name == "refresh"), "")


@cache
def _pattern(reason: str) -> re.Pattern[str]:
    return re.compile(either(words("parked")[reason]["text"]), re.MULTILINE)
