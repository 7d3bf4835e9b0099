"""The texts of a page that tell what its company does, and how much each counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from enrich.document import Document
from enrich.page import BOARD

#: Letters read of the text of a page about the work, of other pages, of a title and of a heading.
_MOST_TEXT, _MOST_OTHER, _MOST_TITLE, _MOST_HEADING = 4_000, 2_000, 300, 200
_MOST_HEADINGS = 20
_TITLE, _HEADING, _DOMAIN, _TEXT = 3.0, 2.0, 2.0, 1.0
#: How much pages count that are not about the company's work: of law, of jobs, of customers.
_KINDS = {
    "imprint": 0.2,
    "contact": 0.3,
    "careers": 0.1,
    BOARD: 0.0,
    "press": 0.2,
    "references": 0.3,
    "locations": 0.3,
    "team": 0.3,
}
_OTHER = 0.7
_WHOLE = frozenset({"home", "entry", "about", "products"})
_HEADING_TAG = re.compile(r"<h[12]\b[^>]{0,300}>([^\0]{1,400}?)</h[12]", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,300}>")


def passages(document: Document) -> Iterator[tuple[str, float]]:
    """Yield the title, description, headings and text of a page, each with how much it counts."""
    kind = document.page.kind
    share = 1.0 if kind in _WHOLE else _KINDS.get(kind, _OTHER)
    markup = document.markup
    yield markup.title[:_MOST_TITLE], _TITLE * share

    metas = dict(reversed(markup.metas))
    described = metas.get("description") or metas.get("og:description") or ""
    yield described[:_MOST_TITLE], _TITLE * share

    for heading in _headings(document.page.html):
        yield heading, _HEADING * share
    yield (document.domain or "").partition(".")[0], _DOMAIN * share
    yield document.text[: _MOST_TEXT if kind in _WHOLE else _MOST_OTHER], _TEXT * share


def _headings(html: str) -> Iterator[str]:
    found = _HEADING_TAG.finditer(html[:400_000])
    for _, match in zip(range(_MOST_HEADINGS), found, strict=False):
        yield unescape(_TAG.sub(" ", match[1]))[:_MOST_HEADING]
