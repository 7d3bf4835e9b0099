"""Parse JSON-LD: the page's own organisations and job openings. Invalid JSON yields nothing."""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any

from leads.lexicon.domains import registrable

Node = dict[str, Any]

#: How a node was written.
METHODS = frozenset({"json_ld", "microdata", "rdfa", "page_state"})


class MarkedNode(dict[str, Any]):
    """A node that the page writes in another form than JSON-LD."""

    __slots__ = ("method",)
    method: str


def method(node: Node) -> str:
    """Return how the node was written: json_ld, microdata, rdfa or page_state."""
    return node.method if isinstance(node, MarkedNode) else "json_ld"


#: Maximum nodes and depth; a page that needs more is not about one company.
MOST_NODES, DEEPEST = 2_000, 8
_LONGEST = 300_000

_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
#: Escapes of half a character, and of NUL: valid JSON, but no text that can be stored.
_HALF = re.compile(
    r"\\u(?:[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|0000)"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
#: What scripts put around JSON-LD to hide it from old browsers and XML parsers.
_WRAPPING = re.compile(r"(?:\s|\ufeff|<!--|//|/\*|\*/|<!\[CDATA\[)*")
_DECODER = json.JSONDecoder(strict=False)

#: Properties of other nodes that can hold the page's own organisation.
_WAYS = (
    "@graph",
    "mainEntity",
    "mainEntityOfPage",
    "publisher",
    "about",
    "provider",
    "isPartOf",
    "copyrightHolder",
    "sourceOrganization",
)
_ORGANISATION = re.compile(
    r"(?:organi[sz]ation|corporation|business|company|store|shop|agency|dealer|contractor|clinic|hotel|restaurant)$",
    re.I,
)
_NO_ORGANISATION = frozenset(
    {
        "Person",
        "WebSite",
        "WebPage",
        "Article",
        "NewsArticle",
        "BlogPosting",
        "Product",
        "Offer",
        "Event",
        "Service",
        "ImageObject",
        "Review",
        "Place",
    }
)
_TELLING = (
    "legalName",
    "vatID",
    "taxID",
    "numberOfEmployees",
    "foundingDate",
    "leiCode",
    "duns",
    "naics",
    "isicV4",
)


def nodes(written: Sequence[str]) -> Iterator[Node]:
    """Yield JSON-LD nodes that may describe the page's owner, outermost first."""
    return reachable(document for text in written for document in _documents(text))


def reachable(outermost: Iterable[Any]) -> Iterator[Node]:
    """Yield nodes and those inside that may describe the page's owner, outermost first."""
    waiting: deque[tuple[Any, int]] = deque((node, 0) for node in outermost)
    seen = 0
    while waiting and seen < MOST_NODES:
        node, depth = waiting.popleft()
        seen += 1
        if depth > DEEPEST:
            continue
        if isinstance(node, list):
            waiting.extend((part, depth + 1) for part in node[:MOST_NODES])
        elif isinstance(node, dict):
            yield node
            waiting.extend(
                (node[way], depth + 1) for way in _WAYS if isinstance(node.get(way), list | dict)
            )


def _documents(text: str) -> Iterator[Any]:
    text = _HALF.sub(r"\\ufffd", _WRAPPING.sub("", text[:_LONGEST], count=1))
    for attempt in (
        text,
        _TRAILING_COMMA.sub(r"\1", text),
        unescape(text) if "&quot;" in text or "&#34;" in text else "",
    ):
        if not attempt:
            continue
        try:
            yield _DECODER.raw_decode(attempt)[0]
        except (ValueError, RecursionError):
            continue
        return


def types(node: Node) -> tuple[str, ...]:
    """Return the node's types without the vocabulary URL."""
    stated = node.get("@type", ())
    listed = stated if isinstance(stated, list) else [stated]
    return tuple(
        one.rpartition("/")[2].rpartition(":")[2] for one in listed if isinstance(one, str)
    )


def own_organisations(found: Sequence[Node], domain: str | None) -> tuple[Node, ...]:
    """Return organisation nodes, except those whose URL is on another domain."""
    return tuple(node for node in found if _is_organisation(node) and _is_own(node, domain))


def completed(stated: Sequence[Node], more: Sequence[MarkedNode], domain: str) -> tuple[Node, ...]:
    """Add the properties that other markup gives and the first organisations leave out.

    Of several differently named ones, such as the members of an association, only those count that
    the domain spells.
    """
    named = {squashed(text(node.get("name"))) for node in [*stated, *more]}
    if len(named - {""}) > 1:
        more = [node for node in more if spelled_by(text(node.get("name")), domain)]
    if not stated:
        return tuple(more)
    known = frozenset(key for node in stated for key in node)
    rest = [_without(node, known) for node in more[:1]]
    return (*stated, *(node for node in rest if node.keys() - {"@type", "@id"}))


def _without(node: MarkedNode, known: frozenset[str]) -> MarkedNode:
    left = MarkedNode({key: value for key, value in node.items() if key not in known - {"@type"}})
    left.method = node.method
    return left


def spelled_by(name: str, domain: str | None) -> bool:
    """Check whether name and domain are spelled alike (`Acme Widgets`, acme-widgets.example)."""
    label = squashed((domain or "").partition(".")[0])
    word = squashed(name)
    return min(len(label), len(word)) > 3 and (label in word or word[:5] == label[:5])


def squashed(name: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return "".join(filter(str.isalnum, name.casefold()))


def postings(found: Sequence[Node]) -> tuple[Node, ...]:
    """Return the job openings among the nodes."""
    return tuple(node for node in found if "JobPosting" in types(node))


def _is_organisation(node: Node) -> bool:
    named = types(node)
    if is_organisation_type(named):
        return True
    return not _NO_ORGANISATION.intersection(named) and any(key in node for key in _TELLING)


def is_organisation_type(named: Sequence[str]) -> bool:
    """Check whether a type is one of organisations, by its name."""
    return any(_ORGANISATION.search(one) for one in named)


def _is_own(node: Node, domain: str | None) -> bool:
    for key in ("url", "@id"):
        stated = node.get(key)
        address = stated[0] if isinstance(stated, list) and stated else stated
        if isinstance(address, str) and "//" in address:
            return domain is None or registrable(address[:2_000]) == domain
    return True


def text(value: Any, longest: int = 300) -> str:
    """Return a value as text: first of a list, name or `@value` of a node, "" if none."""
    for _ in range(3):
        if isinstance(value, list):
            value = value[0] if value else ""
        elif isinstance(value, dict):
            value = value.get("@value") or value.get("name") or ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        written = str(value)
    except ValueError:
        # Python refuses to format integers of more than 4,300 digits.
        return ""
    return " ".join(unescape(written[: longest * 2]).split())[:longest]


def texts(value: Any, most: int = 20) -> list[str]:
    """Return all texts of a property that may be a single value or a list."""
    listed = value if isinstance(value, list) else [value]
    return [found for one in listed[:most] if (found := text(one))]


def quote(key: str, value: Any) -> str:
    """Return the property as written in the page, shortened."""
    try:
        return f'"{key}": {json.dumps(value, ensure_ascii=False)}'[:500]
    except (ValueError, RecursionError):
        return f'"{key}"'
