"""Microdata and RDFa of a page (`itemscope`, `typeof`), as nodes shaped like JSON-LD."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from enrich.attributes import attributes_of
from enrich.json_ld import MOST_NODES, MarkedNode

#: Elements without content, and those that end when the next of their kind begins.
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"]
)
_ENDS_BEFORE_NEXT = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option"])
#: A closing tag is matched with one of so many open elements.
_DEEPEST = 64
_MOST_VALUES, _LONGEST_VALUE = 50, 2_000
_NAME = re.compile(r"(?:schema:|https?://schema\.org/)?([A-Za-z][\w-]{1,40})")
#: Properties of which the link target is the value; of others it is the text of the link.
_LINKED = frozenset(["url", "sameAs", "logo", "image", "photo", "hasMap"])
_VALUE_ATTRIBUTES = {"time": "datetime", "data": "value", "meter": "value", "img": "src"}
#: Names of the vocabulary that schema.org replaced.
_OLD_NAMES = {
    "tel": "telephone",
    "fn": "name",
    "adr": "address",
    "street-address": "streetAddress",
    "locality": "addressLocality",
    "region": "addressRegion",
    "postal-code": "postalCode",
    "country-name": "addressCountry",
}


@dataclass(slots=True)
class _Element:
    """An open element; `item` is the one it began, `owner` the one its properties are of."""

    tag: str
    start: int
    item: MarkedNode | None
    owner: MarkedNode | None
    #: Whether an item inside may be about the page's owner.
    is_open_to_others: bool
    names: Sequence[str]
    value: str | None


class Items:
    """Collects items while a page is read; positions are those of the page's text."""

    __slots__ = ("_count", "_open", "_texts", "_top", "cut")

    def __init__(self) -> None:
        #: What was not read, once there were too many items: no later tag is looked at.
        self.cut = ""
        self._open: list[_Element] = []
        self._top: list[MarkedNode] = []
        #: Values that are the text between two positions.
        self._texts: list[tuple[MarkedNode, str, int, int]] = []
        self._count = 0

    def matter(self, raw: str) -> bool:
        """Check whether a tag matters: it has a sign, or is inside an item."""
        return not self.cut and (bool(self._open) or self.wants(raw))

    def read(self, name: str, raw: str, at: int) -> None:
        """Note a tag by its lower-case name, after `/` if it closes, and what is written in it."""
        if name[0] == "/":
            self.end(name[1:], at)
        elif self.wants(raw):
            attributes = attributes_of(raw)
            if self._count >= MOST_NODES and _is_item(attributes):
                self._stop(at)
            else:
                self.begin(name, attributes, at)
        else:
            self.hold(name, at)

    def wants(self, raw: str) -> bool:
        """Check whether a tag has a sign of an item or a property."""
        return "item" in raw or "typeof" in raw or "property" in raw

    def begin(self, tag: str, attributes: Mapping[str, str], at: int) -> None:
        """Note an opening tag."""
        self._end_sibling(tag, at)
        outer = self._open[-1] if self._open else None
        owner = _item_around(outer)
        is_item = _is_item(attributes)
        if not is_item and owner is None:
            return
        names = _names(attributes) if owner is not None else ()
        item = self._new(attributes) if is_item else None
        is_open = outer is None or outer.is_open_to_others
        if item is not None and is_open and not names:
            self._top.append(item)
        value = _stated(tag, attributes, names)
        self._keep(_Element(tag, at, item, owner, is_open and _is_page(item), names, value))

    def hold(self, tag: str, at: int) -> None:
        """Note an opening tag without a sign inside an item, so that its end is known."""
        self._end_sibling(tag, at)
        outer = self._open[-1] if self._open else None
        owner = _item_around(outer)
        if outer is not None and owner is not None:
            self._keep(_Element(tag, at, None, owner, outer.is_open_to_others, (), None))

    def _end_sibling(self, tag: str, at: int) -> None:
        if tag in _ENDS_BEFORE_NEXT and self._open and self._open[-1].tag == tag:
            self._finish(self._open.pop(), at)

    def _keep(self, element: _Element) -> None:
        if element.tag in _VOID:
            self._finish(element, element.start)
        else:
            self._open.append(element)

    def end(self, tag: str, at: int) -> None:
        """Note a closing tag: it also ends what was left open inside."""
        for place in range(len(self._open) - 1, max(-1, len(self._open) - 1 - _DEEPEST), -1):
            if self._open[place].tag == tag:
                while len(self._open) > place:
                    self._finish(self._open.pop(), at)
                return

    def nodes(self, text: str) -> list[MarkedNode]:
        """Return the outermost items, their text values cut out of the page's text."""
        while self._open:
            self._finish(self._open.pop(), len(text))
        for node, name, start, end in self._texts:
            _add(node, name, " ".join(text[start : min(end, start + _LONGEST_VALUE)].split()))
        self._texts = []
        return [node for node in self._top if len(node) > 1]

    def _stop(self, at: int) -> None:
        """End what is open, and read no more."""
        self.cut = f"items of microdata and RDFa after the first {MOST_NODES:,}"
        while self._open:
            self._finish(self._open.pop(), at)

    def _new(self, attributes: Mapping[str, str]) -> MarkedNode:
        self._count += 1
        stated = attributes.get("itemtype") or attributes.get("typeof") or ""
        node = MarkedNode({"@type": stated.split()[:5]})
        node.method = "microdata" if "itemscope" in attributes else "rdfa"
        if identity := attributes.get("itemid") or attributes.get("resource"):
            node["@id"] = identity
        return node

    def _finish(self, element: _Element, at: int) -> None:
        if element.owner is None:
            return
        for name in element.names:
            if element.item is not None:
                _add(element.owner, name, element.item)
            elif element.value is not None:
                _add(element.owner, name, element.value)
            elif element.tag not in _VOID and len(self._texts) < MOST_NODES:
                self._texts.append((element.owner, name, element.start, at))


def _is_item(attributes: Mapping[str, str]) -> bool:
    return "itemscope" in attributes or bool(attributes.get("typeof"))


def _names(attributes: Mapping[str, str]) -> list[str]:
    stated = (attributes.get("itemprop") or attributes.get("property") or "").split()[:5]
    found = [match[1] for one in stated if (match := _NAME.fullmatch(one))]
    return [_OLD_NAMES.get(name, name) for name in found]


def _stated(tag: str, attributes: Mapping[str, str], names: Sequence[str]) -> str | None:
    """Return the value that an attribute states; None if it is the element's text."""
    if "content" in attributes:
        return attributes["content"][:_LONGEST_VALUE]
    href = attributes.get("href", "").strip()[:_LONGEST_VALUE]
    if href and (tag == "link" or not _LINKED.isdisjoint(names)):
        return href
    scheme, _, rest = href.partition(":")
    if scheme.lower() in {"tel", "mailto"} and not {"telephone", "faxNumber", "email"}.isdisjoint(
        names
    ):
        return unquote(rest).partition("?")[0]
    return attributes.get(_VALUE_ATTRIBUTES.get(tag, ""))


def _item_around(outer: _Element | None) -> MarkedNode | None:
    """Return the innermost item that is still open."""
    if outer is None:
        return None
    return outer.item if outer.item is not None else outer.owner


def _is_page(item: MarkedNode | None) -> bool:
    """Check whether an item is a page or site: an item inside may be about its owner."""
    return item is None or all(
        one.rstrip("/").endswith(("Page", "WebSite")) for one in item["@type"]
    )


def _add(node: MarkedNode, name: str, value: object) -> None:
    if not value:
        return
    before = node.get(name)
    if before is None:
        node[name] = value
    elif isinstance(before, list):
        if len(before) < _MOST_VALUES:
            before.append(value)
    else:
        node[name] = [before, value]
