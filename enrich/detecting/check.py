"""Check one rule on one page: for the engine, which checks few, and the oracle, which checks all."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from html import unescape

from enrich.detecting import addresses
from enrich.detecting.expressions import Matched
from enrich.detecting.matched import (
    AROUND,
    NO_TEXT,
    SHOWN,
    best_of,
    hit_of,
    hit_of_element,
    pattern_of,
    searched,
    shown_about,
    shown_around,
)
from enrich.detecting.rules import NAMED, TAG_URLS, Hit, Rule
from enrich.detecting.selectors import compounds
from enrich.detecting.surface import Surface
from enrich.detecting.tree import Tree
from enrich.detecting.windows import within
from leads.dns_records import LONGEST_RECORD
from leads.lexicon.domains import registrable

_NOT_PLAIN = re.compile(r"[^a-z0-9]")
NO_TREE = "selectors of several tags, since a tree of the page takes too long to build"
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
        urls: Sequence[str] | None = None,
    ) -> Hit | None:
        """Return the hit of a rule.

        `tags`, `windows` and `urls` limit where it can be, when that is known.
        """
        channel = rule.channel
        if channel in NAMED:
            return self._named(rule)
        if channel == "dom":
            return self._element(rule, tags)
        if channel in TAG_URLS or channel == "portals":
            return self._tag_urls(rule, self.surface.tags if tags is None else tags)
        if channel in {"scriptSrc", "url"}:
            if urls is None:
                urls = self.surface.script_urls if channel == "scriptSrc" else [self.surface.url]
            return best_of(self._on_url(rule, url) for url in urls)
        return self._on_long_text(rule, windows)

    def _on_long_text(self, rule: Rule, windows: Sequence[tuple[int, int]] | None) -> Hit | None:
        if rule.channel == "html":
            return self._html(rule, windows)
        if rule.channel == "text":
            return self._lines(rule, windows)
        scripts = rule.channel == "scripts"
        parts = self.surface.inline_scripts if scripts else self.surface.styles
        if windows is not None:
            return best_of(self._in_windows(rule, parts, windows))
        html = self.surface.html
        return best_of(self._on_text(rule, html[start:end]) for start, end in parts)

    def _in_windows(
        self, rule: Rule, parts: Sequence[tuple[int, int]], windows: Sequence[tuple[int, int]]
    ) -> Iterator[Hit | None]:
        """Yield the first match of each part of the markup that ordered windows reach into."""
        html, last = self.surface.html, -1
        for place, left, right in within(windows, parts):
            if place == last:
                continue
            found = pattern_of(rule, right - left).search(html, left, right)
            if found:
                last = place
                shown = max(parts[place][0], found.start() - AROUND)
                text = html[shown : min(parts[place][1], shown + SHOWN)]
                yield hit_of(rule, found, " ".join(text.split()))

    def _lines(self, rule: Rule, windows: Sequence[tuple[int, int]] | None) -> Hit | None:
        lines = self.surface.lines if windows is None else windows
        html = self.surface.html
        return best_of(self._on_text(rule, unescape(html[start:end])) for start, end in lines)

    # Named values

    def _named(self, rule: Rule) -> Hit | None:
        known = self.surface.values(rule.channel)
        if not rule.name.endswith("*"):
            values = known.get(rule.name, ())
            return best_of([self._on_value(rule, rule.name, value) for value in values])
        names = [name for name in known if name.startswith(rule.name[:-1])]
        return best_of(
            self._on_value(rule, name, f"{name}={value}" if rule.name == "*" else value)
            for name in names
            for value in known.get(name, ())
        )

    def _on_value(self, rule: Rule, name: str, value: str) -> Hit | None:
        if rule.kind == "at":
            place, host = rule.text, value.lower().split()[-1:] or [""]
            found: Matched | None = NO_TEXT if addresses.is_host(host[0], place) else None
        else:
            found = searched(rule, value)
        if found is None:
            return None
        shown = name if rule.channel == "cookies" else f"{name}: {value}"
        # A record is the whole of its evidence, and a text record may be long.
        return hit_of(rule, found, shown[: LONGEST_RECORD if rule.channel == "dns" else SHOWN])

    # URLs

    def _tag_urls(self, rule: Rule, tags: Iterable[int]) -> Hit | None:
        channels = ("src", "href") if rule.channel == "portals" else (rule.channel,)

        def hits() -> Iterable[Hit | None]:
            for tag in tags:
                for channel in channels:
                    url = self.surface.tag_url(tag, channel)
                    if url:
                        yield self._on_url(rule, url)

        return best_of(hits())

    def _on_url(self, rule: Rule, url: str) -> Hit | None:
        hit = self._on_any_url(rule, url)
        is_own = hit is None or not (rule.own or rule.kind == "path") or self._is_own(url)
        return hit if is_own else None

    def _on_any_url(self, rule: Rule, url: str) -> Hit | None:
        if rule.kind == "at":
            fits = addresses.is_at(url, rule.text)
        elif rule.kind == "path":
            fits = addresses.has_path(url, rule.text)
        elif rule.kind == "portal":
            fits = self._is_portal(url, rule.text)
        elif rule.kind == "file":
            return self._library(rule, url)
        else:
            found = searched(rule, url)
            return hit_of(rule, found, shown_around(url, found)) if found else None
        return Hit(rule, None, shown_about(url, rule.text)) if fits else None

    def _library(self, rule: Rule, url: str) -> Hit | None:
        found = addresses.library_file(url, rule.text)
        host = addresses.parts(url)[0]
        if found is None or (
            not self._is_own(url)
            and not addresses.serves_libraries(host)
            and self._claimed(host) - {rule.slug}
        ):
            return None
        return Hit(rule, found or None, shown_about(url, rule.text))

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
        if simple is None or needs_tree(rule):
            return self._in_tree(rule)
        by_text = _is_by_text(rule)
        surface = self.surface
        for tag in surface.tags if tags is None else tags:
            attributes, name = surface.attributes(tag), surface.name(tag)
            if any(one.matches(name, attributes) for one in simple) and (
                hit := hit_of_element(rule, attributes, surface.inner(tag) if by_text else "")
            ):
                return hit
        return None

    def _in_tree(self, rule: Rule) -> Hit | None:
        if self.tree.parser is None and NO_TREE not in self.surface.unread:
            self.surface.unread.append(NO_TREE)
        if not rule.element:
            return Hit(rule, None, rule.text[:SHOWN]) if self.tree.exists(rule.text) else None
        elements = self.tree.elements(rule.text)
        return best_of(hit_of_element(rule, attributes, text) for attributes, text in elements)

    # Text

    def _html(self, rule: Rule, windows: Sequence[tuple[int, int]] | None) -> Hit | None:
        html = self.surface.html
        for start, end in windows if windows is not None else ((0, len(html)),):
            found = self._in_html(rule, start, end)
            if found:
                return hit_of(
                    rule, found, " ".join(html[found.start() : found.end()].split())[:SHOWN]
                )
        return None

    def _in_html(self, rule: Rule, start: int, end: int) -> Matched | None:
        """Search a part of the markup; visible text counts for rules of the Wappalyzer schema only."""
        search = pattern_of(rule, end - start).search
        in_markup = self.surface.in_markup
        for _ in range(_MOST_PLACES):
            found = search(self.surface.html, start, end)
            if found is None or rule.anywhere or in_markup(found.start()):
                return found
            start = found.start() + 1
        return None

    def _on_text(self, rule: Rule, text: str) -> Hit | None:
        found = pattern_of(rule, len(text)).search(text)
        return hit_of(rule, found, shown_around(text, found)) if found else None


def needs_tree(rule: Rule) -> bool:
    """Check whether a selector asks for more than one tag tells."""
    simple = compounds(rule.text)
    return simple is None or (_is_by_text(rule) and not all(one.tag in RAW for one in simple))


def _is_by_text(rule: Rule) -> bool:
    return any(name == "text" for name, _ in rule.element)
