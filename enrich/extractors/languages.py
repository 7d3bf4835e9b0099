"""Languages a site is written in, as ISO 639-1 codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.document import Document
from enrich.extracted import ExtractedFact
from leads.lexicon.languages import codes

_TAG = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*")
MOST = 30


def find_languages(document: Document) -> Iterator[ExtractedFact]:
    """Find languages: that of the page, and those of its alternates."""
    stated = [("html_lang", document.markup.language, f'lang="{document.markup.language}"', 0.9)]
    stated += [
        ("meta", content, f"{name}: {content[:40]}", 0.8)
        for name, content in document.markup.metas
        if name == "content-language"
    ]
    stated += [
        ("hreflang", tag, f'hreflang="{tag}" {href[:200]}', 0.9)
        for rel, href, tag in document.markup.relations
        if tag and "alternate" in rel
    ]
    seen: set[str] = set()
    for method, tag, quote, sure in stated:
        match = _TAG.fullmatch(tag.strip().lower())
        if match and match[1] in codes() and match[1] not in seen and len(seen) < MOST:
            seen.add(match[1])
            yield ExtractedFact("language", match[1], quote, method, sure)
