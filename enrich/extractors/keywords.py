"""Keywords from meta tags and structured data: weak evidence, so only a few are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich import json_ld
from enrich.document import Document
from enrich.extracted import ExtractedFact

MOST = 5
_LONGEST_WORD, _SHORTEST_DESCRIPTION, _LONGEST_DESCRIPTION = 50, 30, 250


def find_keywords(document: Document) -> Iterator[ExtractedFact]:
    """Find keywords: meta description of the home page, meta keywords, and `knowsAbout`."""
    metas = dict(reversed(document.markup.metas))
    yield from _described(document, metas)
    yield from _listed(metas.get("keywords", ""))

    for node in document.organisations[:1]:
        for word in json_ld.texts(node.get("knowsAbout"))[:MOST]:
            quote = json_ld.quote("knowsAbout", word)
            yield ExtractedFact(
                "keyword", word[:_LONGEST_DESCRIPTION], quote, json_ld.method(node), 0.6
            )


def _described(document: Document, metas: dict[str, str]) -> Iterator[ExtractedFact]:
    description = metas.get("description") or metas.get("og:description") or ""
    if (
        document.page.kind in {"home", "about"}
        and len(description) >= _SHORTEST_DESCRIPTION
        and "@" not in description
    ):
        shortened = description[:_LONGEST_DESCRIPTION]
        yield ExtractedFact("keyword", shortened, f"description: {shortened}", "meta", 0.4)


def _listed(keywords: str) -> Iterator[ExtractedFact]:
    seen: set[str] = set()
    for word in re.split(r"[,;|]", keywords[:1_000]):
        word = " ".join(word.split())
        if (
            3 <= len(word) <= _LONGEST_WORD
            and word.casefold() not in seen
            and "@" not in word
            and len(seen) < MOST
        ):
            seen.add(word.casefold())
            yield ExtractedFact("keyword", word, f"keywords: {keywords[:200]}", "meta", 0.3)
