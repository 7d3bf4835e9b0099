"""What is kept of tags that hold no text: metas, relations, sources, the language."""

from __future__ import annotations

from enrich.attributes import SRC, TYPE, attributes_of, first_of
from enrich.markup import LONGEST, MOST, STATE, Markup

_MOST_STATES, _MOST_DATA = 20, 50


def keep(kept: list[str], value: str | None) -> None:
    """Keep a value of a tag, if it has one and there is room."""
    if value and len(kept) < MOST:
        kept.append(value.strip()[:LONGEST])


def keep_meta(markup: Markup, raw: str) -> None:
    """Keep the name and content of `<meta>`."""
    attributes = attributes_of(raw)
    name = (
        attributes.get("name")
        or attributes.get("property")
        or attributes.get("http-equiv")
        or attributes.get("itemprop")
    )
    if name and "content" in attributes and len(markup.metas) < MOST:
        markup.metas.append(
            (name.strip().lower()[:100], " ".join(attributes["content"][:LONGEST].split()))
        )


def keep_relation(markup: Markup, raw: str) -> None:
    """Keep the target of `<link>`."""
    attributes = attributes_of(raw)
    href = attributes.get("href", "").strip()[:LONGEST]
    if href and len(markup.relations) < MOST:
        markup.relations.append(
            (attributes.get("rel", "").lower(), href, attributes.get("hreflang", "").lower())
        )
        if "stylesheet" in attributes.get("rel", "").lower():
            markup.sources.append(href)


def keep_source(markup: Markup, raw: str) -> None:
    """Keep what a tag loads or posts to."""
    plain = SRC.match(raw)
    if plain is not None and plain[1] and "&" not in plain[1]:
        keep(markup.sources, plain[1])
        return
    attributes = attributes_of(raw)
    keep(
        markup.sources,
        attributes.get("src") or attributes.get("data-src") or attributes.get("action"),
    )


def keep_language(markup: Markup, raw: str) -> None:
    """Keep the language of `<html>`."""
    attributes = attributes_of(raw)
    markup.language = (
        markup.language
        or (attributes.get("lang") or attributes.get("xml:lang") or "").strip().lower()[:20]
    )


def keep_script(markup: Markup, raw: str, content: str) -> None:
    """Keep the address of `<script>`, and its content if it is JSON."""
    written = raw.lower()
    if "src" in written:
        keep(markup.scripts, first_of(SRC, raw, "src"))
    kind = first_of(TYPE, raw, "type").lower() if "json" in written else ""
    if "ld+json" in kind:
        if len(markup.data) < _MOST_DATA:
            markup.data.append(content)
    elif len(markup.states) < _MOST_STATES and (kind == "application/json" or STATE.match(content)):
        markup.states.append(STATE.sub("", content, count=1))
