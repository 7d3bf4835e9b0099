"""Languages a site is written in, as ISO 639-1 codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from enrich.document import Document
from enrich.found import Found

#: ISO 639-1.
_CODES = frozenset(
    """aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa
    ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr
    ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl
    ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur
    uz ve vi vo wa wo xh yi yo za zh zu""".split()  # noqa: SIM905 - a list of 180 strings would be 180 lines
)
_TAG = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8})*")
MOST = 30


def find_languages(document: Document) -> Iterator[Found]:
    """Attribute language: that of the page, and those its alternatives are in."""
    stated = [("html_lang", document.markup.language, f'lang="{document.markup.language}"', 0.9)]
    stated += [("meta", content, f"{name}: {content[:40]}", 0.8) for name, content in document.markup.metas if name == "content-language"]
    stated += [
        ("hreflang", tag, f'hreflang="{tag}" {href[:200]}', 0.9)
        for rel, href, tag in document.markup.relations
        if tag and "alternate" in rel
    ]
    seen: set[str] = set()
    for method, tag, quote, sure in stated:
        match = _TAG.fullmatch(tag.strip().lower())
        if match and match[1] in _CODES and match[1] not in seen and len(seen) < MOST:
            seen.add(match[1])
            yield Found("language", match[1], quote, method, sure)
