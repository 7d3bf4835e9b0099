"""Check one rule on one page: for the engine, which checks few, and the oracle, which checks all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import unescape

from enrich.detecting import addresses
from enrich.detecting.expressions import Expression, Matched, expression, version
from enrich.detecting.rules import NAMED, TAG_URLS, Hit, Rule
from enrich.detecting.selectors import compounds
from enrich.detecting.sources import LONGEST_VALUE
from enrich.detecting.surface import Surface
from enrich.detecting.tree import Tree
from leads.dns_records import LONGEST_RECORD
from leads.lexicon.domains import registrable

SHOWN = 160
_AROUND = 80
_NOT_PLAIN = re.compile(r"[^a-z0-9]")
#: Elements whose text is raw, so that no tree is needed for it.
RAW = frozenset({"script", "style"})
#: Places of a rule's text looked at in one page.
_MOST_PLACES = 200


class Checker:
    """Checks the rules of one page."""

    def __init__(self, surface: Surface, claimed: Callable[[str], frozenset[str]]) -> None:
        self.surface = surface
        self.tree = Tree(surface.html)
        self._claimed = claimed
        self._own: dict[str, bool] = {}

    def check(
        self,
        rule: Rule,
        tags: Iterable[int] | None = None,
        windows: Sequence[tuple[int, int]] | None = None,
    ) -> Hit | None:
        """Return the hit of a rule; `tags` and `windows` limit where it can be, when that is known."""
        channel = rule.channel
        if channel in NAMED:
            return self._named(rule)
        if channel == "dom":
            return self._element(rule, tags)
        if channel in TAG_URLS or channel == "portals":
            return self._tag_urls(rule, self.surface.tags if tags is None else tags)
        if channel in {"scriptSrc", "url"}:
            urls = self.surface.script_urls if channel == "scriptSrc" else [self.surface.url]
            return _first(self._on_url(rule, url) for url in urls)
        return self._on_long_text(rule, windows)

    def _on_long_text(self, rule: Rule, windows: Sequence[tuple[int, int]] | None) -> Hit | None:
        if rule.channel == "html":
            return self._html(rule, windows)
        if rule.channel == "text":
            return self._lines(rule, windows)
        scripts = rule.channel == "scripts"
        texts = self.surface.inline_scripts if scripts else self.surface.styles
        return _first(self._on_text(rule, text) for text in texts)

    def _lines(self, rule: Rule, windows: Sequence[tuple[int, int]] | None) -> Hit | None:
        lines = self.surface.lines if windows is None else windows
        html = self.surface.html
        return _first(self._on_text(rule, unescape(html[start:end])) for start, end in lines)

    # Named values

    def _named(self, rule: Rule) -> Hit | None:
        known = self.surface.values(rule.channel)
        names: Iterable[str] = (rule.name,)
        if rule.name.endswith("*"):
            names = [name for name in known if name.startswith(rule.name[:-1])]
        return _first(
            self._on_value(rule, name, f"{name}={value}" if rule.name == "*" else value)
            for name in names
            for value in known.get(name, ())
        )

    def _on_value(self, rule: Rule, name: str, value: str) -> Hit | None:
        shown = name if rule.channel == "cookies" else f"{name}: {value}"
        # A record is the whole of its evidence, and a text record may be long.
        shown = shown[: LONGEST_RECORD if rule.channel == "dns" else SHOWN]
        if rule.kind == "at":
            place, host = rule.text, value.lower().split()[-1:] or [""]
            return Hit(rule, None, shown) if addresses.is_host(host[0], place) else None
        found = _search(rule, value)
        return _hit(rule, found, shown) if found else None

    # URLs

    def _tag_urls(self, rule: Rule, tags: Iterable[int]) -> Hit | None:
        channels = ("src", "href") if rule.channel == "portals" else (rule.channel,)

        def hits() -> Iterable[Hit | None]:
            for tag in tags:
                for channel in channels:
                    url = self.surface.tag_url(tag, channel)
                    if url:
                        yield self._on_url(rule, url)

        return _first(hits())

    def _on_url(self, rule: Rule, url: str) -> Hit | None:
        if (rule.own or rule.kind == "path") and not self._is_own(url):
            return None
        if rule.kind == "at":
            fits = addresses.is_at(url, rule.text)
        elif rule.kind == "path":
            fits = addresses.has_path(url, rule.text)
        elif rule.kind == "portal":
            fits = self._is_portal(url, rule.text)
        elif rule.kind == "file":
            return self._library(rule, url)
        else:
            found = _search(rule, url)
            return _hit(rule, found, _around(url, found)) if found else None
        return Hit(rule, None, _about(url, rule.text)) if fits else None

    def _library(self, rule: Rule, url: str) -> Hit | None:
        found = addresses.library_file(url, rule.text)
        host = addresses.parts(url)[0]
        if found is None or (
            not self._is_own(url)
            and not addresses.serves_libraries(host)
            and self._claimed(host) - {rule.slug}
        ):
            return None
        return Hit(rule, found or None, _about(url, rule.text))

    def _is_own(self, url: str) -> bool:
        """Check whether a URL is relative or on the page's domain."""
        known = self._own.get(url)
        if known is None:
            host, path = addresses.parts(url)
            known = bool(path) and (not host or registrable(host) == self.surface.domain)
            self._own[url] = known
        return known

    def _is_portal(self, url: str, vendor: str) -> bool:
        """Check whether a URL is at a vendor's subdomain that has the name of the site."""
        host = addresses.parts(url)[0]
        domain = self.surface.domain
        if not domain or not host.endswith(f".{vendor}") or registrable(host) == domain:
            return False
        label = _NOT_PLAIN.sub("", domain.partition(".")[0])
        given = _NOT_PLAIN.sub("", host.removesuffix(f".{vendor}").partition(".")[0])
        return len(label) > 2 and len(given) > 2 and (label in given or given in label)

    # Elements

    def _element(self, rule: Rule, tags: Iterable[int] | None) -> Hit | None:
        simple = compounds(rule.text)
        by_text = any(name == "text" for name, _ in rule.element)
        if simple is None or (by_text and not all(one.tag in RAW for one in simple)):
            return self._in_tree(rule)
        surface = self.surface
        for tag in surface.tags if tags is None else tags:
            attributes, name = surface.attributes(tag), surface.name(tag)
            if any(one.matches(name, attributes) for one in simple) and (
                hit := _of_element(rule, attributes, surface.inner(tag) if by_text else "")
            ):
                return hit
        return None

    def _in_tree(self, rule: Rule) -> Hit | None:
        if not rule.element:
            return Hit(rule, None, rule.text[:SHOWN]) if self.tree.exists(rule.text) else None
        elements = self.tree.elements(rule.text)
        return _first(_of_element(rule, attributes, text) for attributes, text in elements)

    # Text

    def _html(self, rule: Rule, windows: Sequence[tuple[int, int]] | None) -> Hit | None:
        html = self.surface.html
        for start, end in windows if windows is not None else ((0, len(html)),):
            found = self._in_html(rule, start, end)
            if found:
                return _hit(
                    rule, found, " ".join(html[found.start() : found.end()].split())[:SHOWN]
                )
        return None

    def _in_html(self, rule: Rule, start: int, end: int) -> Matched | None:
        """Search a part of the markup; visible text counts for rules of the Wappalyzer schema only."""
        search = _compiled(rule, end - start).search
        in_markup = self.surface.in_markup
        for _ in range(_MOST_PLACES):
            found = search(self.surface.html, start, end)
            if found is None or rule.anywhere or in_markup(found.start()):
                return found
            start = found.start() + 1
        return None

    def _on_text(self, rule: Rule, text: str) -> Hit | None:
        found = _compiled(rule, len(text)).search(text)
        return _hit(rule, found, _around(text, found)) if found else None


class _Literal:
    """A text found in another, as a match."""

    __slots__ = ("_end", "_start")

    def __init__(self, start: int, length: int) -> None:
        self._start, self._end = start, start + length

    def groups(self) -> tuple[str, ...]:
        return ()

    def start(self) -> int:
        return self._start

    def end(self) -> int:
        return self._end


def _compiled(rule: Rule, length: int) -> Expression:
    source = re.escape(rule.text) if rule.kind == "has" else rule.text
    return expression(source, linear=length > LONGEST_VALUE)


def _search(rule: Rule, value: str) -> Matched | None:
    if rule.kind == "present":
        return _Literal(0, len(value))
    if rule.kind == "has":
        at = value.lower().find(rule.text)
        return _Literal(at, len(rule.text)) if at >= 0 else None
    return expression(rule.text).search(value)


def _of_element(rule: Rule, attributes: Mapping[str, str], text: str) -> Hit | None:
    """Check what a rule asks of an element beyond its selector."""
    stated = None
    for name, pattern in rule.element:
        value = text if name == "text" else attributes.get(name)
        found = None if value is None else expression(pattern).search(value[:20_000])
        if found is None:
            return None
        stated = stated or version(rule.version, found.groups())
    return Hit(rule, stated, rule.text[:SHOWN])


def _hit(rule: Rule, found: Matched, shown: str) -> Hit:
    return Hit(rule, version(rule.version, found.groups()), shown)


def _first(hits: Iterable[Hit | None]) -> Hit | None:
    """Return the first hit that tells a version, else the first."""
    first = None
    for hit in hits:
        if hit is None:
            continue
        if hit.version or not hit.rule.version:
            return hit
        first = first or hit
    return first


def _around(text: str, found: Matched) -> str:
    start = max(0, found.start() - _AROUND)
    return " ".join(text[start : start + SHOWN].split())


def _about(url: str, wanted: str) -> str:
    at = url.lower().find(wanted.partition("/")[0] or wanted)
    return url[max(0, at - _AROUND) :][:SHOWN]
