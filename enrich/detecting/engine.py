"""Match all rules on a page: one scan for their literal texts, then a check of those left."""

from __future__ import annotations

import re
import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from enrich.detecting import literals, selectors, windows
from enrich.detecting.check import Checker, needs_tree
from enrich.detecting.expressions import seconds_of_compiling
from enrich.detecting.literals import Clause
from enrich.detecting.rules import NAMED, TAG_URLS, Hit, Rule, RuleSet
from enrich.detecting.scan import Places, Scanner
from enrich.detecting.scanners import scanner
from enrich.detecting.surface import Surface
from enrich.detecting.worth_a_tree import is_worth_a_tree

#: Seconds of processor time for the rules of one page, patterns compiled.
LONGEST = 0.08
_AT_ONCE = 8
#: Channels whose literals are looked for in the markup.
_MARKUP = frozenset({"html", "scripts", "css", "text", "dom", "portals", *TAG_URLS})
_NAMED = tuple(sorted(NAMED))
_BY_TAG = frozenset({"dom", "portals", *TAG_URLS})
#: Number of a rule to check; the tags, parts of the markup and URLs where it can match.
_Left = tuple[int, Iterable[int] | None, Sequence[tuple[int, int]] | None, Sequence[str] | None]


@dataclass(frozen=True, slots=True)
class _Needs:
    """A rule with the texts that must occur."""

    number: int
    #: Numbers of the texts of the first clause, which is the rarest.
    first: tuple[int, ...]
    #: Numbers of the texts of each other clause.
    others: tuple[frozenset[int], ...]


class _Group:
    """Rules whose literals are looked for in one scan."""

    def __init__(self, backend: str) -> None:
        self._backend = backend
        self._texts: dict[str, int] = {}
        self._by_text: dict[int, list[_Needs]] = defaultdict(list)
        self.always: list[_Needs] = []

    def add(self, number: int, clauses: Sequence[Clause]) -> None:
        """Add a rule with what it requires."""
        if not clauses:
            self.always.append(_Needs(number, (), ()))
            return
        ids = [frozenset(map(self._id, sorted(clause))) for clause in clauses]
        need = _Needs(number, tuple(sorted(ids[0])), tuple(ids[1:]))
        for one in ids[0]:
            self._by_text[one].append(need)

    def _id(self, text: str) -> int:
        return self._texts.setdefault(text, len(self._texts))

    @cached_property
    def scanner(self) -> Scanner:
        """The scanner of all texts."""
        return scanner(list(self._texts), backend=self._backend)

    def candidates(self, present: Places) -> Iterable[_Needs]:
        """Return the rules whose texts were found."""
        found: dict[int, _Needs] = {}
        keys = present.keys()
        for text in keys:
            for need in self._by_text.get(text, ()):
                if need.number not in found and not any(map(keys.isdisjoint, need.others)):
                    found[need.number] = need
        return (*found.values(), *self.always)


class Engine:
    """A set of rules, ready to match pages."""

    def __init__(
        self, rules: RuleSet, clauses: Sequence[Sequence[Clause]] | None = None, backend: str = ""
    ) -> None:
        """Take rules; `clauses` are what `required` returns for each, where it is known."""
        self.ruleset = rules
        self._markup, self._values = _Group(backend), _Group(backend)
        self._named: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._prefixes: dict[tuple[str, str], list[int]] = defaultdict(list)
        needs = map(required, rules.rules) if clauses is None else clauses
        for number, (rule, needed) in enumerate(zip(rules.rules, needs, strict=True)):
            self._add(number, rule, needed)

    def _add(self, number: int, rule: Rule, needed: Sequence[Clause]) -> None:
        if rule.channel in NAMED:
            if needed and not rule.name.endswith("*"):
                self._values.add(number, needed)
                return
            place = self._prefixes if rule.name.endswith("*") else self._named
            place[rule.channel, rule.name.rstrip("*")].append(number)
            return
        group = self._markup if rule.channel in _MARKUP else self._values
        group.add(number, needed)

    def prepare(self) -> None:
        """Build the scanners, which the first page would do."""
        self._build()
        for group in (self._markup, self._values):
            group.scanner.scan(b"")

    def _build(self) -> None:
        # What is built once does not count for the page that needs it first.
        _ = self._markup.scanner, self._values.scanner

    @cached_property
    def hosts(self) -> Mapping[str, frozenset[str]]:
        """Slugs by host that a rule claims."""
        found: dict[str, set[str]] = defaultdict(set)
        for rule in self.ruleset.rules:
            if rule.kind == "at" and rule.channel == "scriptSrc":
                found[rule.text.partition("/")[0]].add(rule.slug)
        return {host: frozenset(slugs) for host, slugs in found.items()}

    def claimed(self, host: str) -> frozenset[str]:
        """Return the slugs that claim a host or one that it is a subdomain of."""
        slugs: frozenset[str] = frozenset()
        while host:
            slugs |= self.hosts.get(host, frozenset())
            host = host.partition(".")[2]
        return slugs

    def hits(self, surface: Surface) -> tuple[Hit, ...]:
        """Return the hits of all rules, in the order of the rules."""
        self._build()
        checker = Checker(surface, self.claimed)
        deadline = _clock() + LONGEST
        found: dict[int, Hit] = {}
        for checked, (number, tags, places, urls) in enumerate(self._left(surface), 1):
            hit = checker.check(self.ruleset.rules[number], tags, places, urls)
            if hit is not None:
                found[number] = hit
            if checked % _AT_ONCE == 0 and _clock() > deadline:
                surface.unread.append(f"rules after {checked:,}, which took {LONGEST} s")
                break
        return tuple(found[number] for number in sorted(found))

    def _left(self, surface: Surface) -> Iterable[_Left]:
        """Yield the rules to check, and where."""
        yield from self._small(surface)
        present = self._markup.scanner.scan(surface.scanned)
        places = _Places(surface, present)
        for need in self._markup.candidates(present):
            rule = self.ruleset.rules[need.number]
            if rule.channel == "dom" and needs_tree(rule) and not is_worth_a_tree(rule, surface):
                continue
            if not need.first:
                yield need.number, None, None, None
            elif rule.channel in _BY_TAG:
                yield need.number, places.tags(need.first), None, None
            else:
                yield need.number, None, places.windows(rule, need.first), None

    def _small(self, surface: Surface) -> Iterable[_Left]:
        """Yield the rules over headers, cookies, meta tags, records and URLs that can match."""
        stated = [surface.url, *surface.script_urls]
        urls = len(stated)
        for channel in _NAMED:
            for name, values in surface.values(channel).items():
                stated += values
                yield from self._by_name(channel, name)
        data = "\n".join(stated).encode("latin-1", "replace").lower()
        present = self._values.scanner.scan(data)
        rules = self.ruleset.rules
        starts = list(accumulate((len(one) + 1 for one in stated[:urls]), initial=0))
        for need in self._values.candidates(present):
            rule = rules[need.number]
            if rule.channel == "scriptSrc" and need.first:
                found = _numbers(starts, present, need.first)
                yield need.number, None, None, [stated[one] for one in found if one]
            elif rule.channel not in NAMED or rule.name in surface.values(rule.channel):
                yield need.number, None, None, None

    def _by_name(self, channel: str, name: str) -> Iterable[_Left]:
        for number in self._named.get((channel, name), ()):
            yield number, None, None, None
        if channel == "cookies":
            yield from self._by_prefix(name)

    def _by_prefix(self, name: str) -> Iterable[_Left]:
        for (_, prefix), numbers in self._prefixes.items():
            if name.startswith(prefix):
                for number in numbers:
                    yield number, None, None, None


def _clock() -> float:
    return time.thread_time() - seconds_of_compiling()


def _numbers(starts: Sequence[int], present: Places, texts: Iterable[int]) -> list[int]:
    """Return which of some joined texts, by where each starts, hold one of the texts found."""
    found = {bisect_right(starts, at) - 1 for text in texts for at in present.get(text, ())}
    return sorted(one for one in found if one < len(starts) - 1)


class _Places:
    """Where texts occur in the markup of one page."""

    def __init__(self, surface: Surface, present: Places) -> None:
        self._surface, self._present = surface, present
        self._tags: dict[int, tuple[int, ...]] = {}

    def tags(self, texts: Iterable[int]) -> Iterable[int] | None:
        """Return the tags in which one of the texts occurs; None if entities may hide it."""
        if self._surface.hides_letters:
            return None
        found = [self._tags_of(text) for text in texts if text in self._present]
        return found[0] if len(found) == 1 else sorted({tag for tags in found for tag in tags})

    def windows(self, rule: Rule, texts: Iterable[int]) -> Sequence[tuple[int, int]] | None:
        """Return where a rule over long text can match; None for everywhere."""
        if rule.channel == "text":
            return None if self._surface.hides_letters else self._lines(texts)
        source = re.escape(rule.text) if rule.kind == "has" else rule.text
        reached = windows.reach(source)
        found = []
        for text in texts:
            for at in self._present.get(text, ()):
                if at >= len(self._surface.html):
                    break
                one = windows.window(self._surface.html, at, reached)
                if one is None:
                    return None
                found.append(one)
        return windows.merged(found)

    def _lines(self, texts: Iterable[int]) -> Sequence[tuple[int, int]]:
        line_at = self._surface.line_at
        found = {line_at(at) for text in texts for at in self._present.get(text, ())}
        return sorted(line for line in found if line is not None)

    def _tags_of(self, text: int) -> tuple[int, ...]:
        known = self._tags.get(text)
        if known is None:
            tag_at = self._surface.tag_at
            found = dict.fromkeys(map(tag_at, self._present[text]))
            known = self._tags[text] = tuple(one for one in found if one is not None)
        return known


def required(rule: Rule) -> tuple[Clause, ...]:
    """Return the texts that must occur for a rule to match."""
    cut = "" if rule.channel in {"html", "scripts", "css", "scriptSrc", "url"} else selectors.CUT
    if rule.kind == "selector":
        return _of_selector(rule)
    if rule.kind == "at":
        host, slash, path = rule.text.partition("/")
        texts = [*literals.of_text(host, cut), *literals.of_text(slash + path, cut)]
        return literals.best(texts)
    if rule.kind in {"path", "has", "file", "portal"}:
        return literals.of_text(rule.text, cut)
    return literals.of_pattern(rule.text, cut) if rule.kind == "re" else ()


def _of_selector(rule: Rule) -> tuple[Clause, ...]:
    """What the selector requires, and what it asks of the element; a tag must hold the first."""
    found = list(selectors.clauses(rule.text))
    asked = [clause for one in rule.element for clause in _of_asked(*one)]
    if len(found) > 0 and len(found[0]) > 1:
        return (*found, *asked)
    # Names such as `href` are on every page.
    named = [clause for name, _ in rule.element for clause in literals.of_text(name)]
    best = literals.best(found + asked or named)
    return (*best, *selectors.tags_of_tree(rule.text)) if best and needs_tree(rule) else best


def _of_asked(name: str, pattern: str) -> Iterable[Clause]:
    return literals.of_pattern(
        pattern, f"{selectors.CUT} \t\n" if name == "text" else selectors.CUT
    )
