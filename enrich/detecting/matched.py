"""What matched a rule, and how it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from enrich.detecting.expressions import Expression, Matched, expression, version
from enrich.detecting.rules import Hit, Rule
from enrich.detecting.sources import LONGEST_VALUE

SHOWN, AROUND = 160, 80
#: Characters of an element's text that a rule is checked on.
LONGEST_TEXT = 20_000


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


NO_TEXT = _Literal(0, 0)


def pattern_of(rule: Rule, length: int) -> Expression:
    """Return the pattern of a rule for a text of some length."""
    source = re.escape(rule.text) if rule.kind == "has" else rule.text
    return expression(source, linear=length > LONGEST_VALUE)


def searched(rule: Rule, value: str) -> Matched | None:
    """Return where a rule matches a value."""
    if rule.kind == "present":
        return _Literal(0, len(value))
    if rule.kind == "has":
        at = value.lower().find(rule.text)
        return _Literal(at, len(rule.text)) if at >= 0 else None
    return expression(rule.text).search(value)


def hit_of_element(rule: Rule, attributes: Mapping[str, str], text: str) -> Hit | None:
    """Check what a rule asks of an element beyond its selector."""
    stated = None
    for name, pattern in rule.element:
        value = text if name == "text" else attributes.get(name)
        found = None if value is None else expression(pattern).search(value[:LONGEST_TEXT])
        if found is None:
            return None
        stated = stated or version(rule.version, found.groups())
    return Hit(rule, stated, rule.text[:SHOWN])


def hit_of(rule: Rule, found: Matched, shown: str) -> Hit:
    """Return the hit of a match, with the version that it tells."""
    return Hit(rule, version(rule.version, found.groups()), shown)


def best_of(hits: Iterable[Hit | None]) -> Hit | None:
    """Return the first hit that tells a version, else the first."""
    first = None
    for hit in hits:
        if hit is None:
            continue
        if hit.version or not hit.rule.version:
            return hit
        first = first or hit
    return first


def shown_around(text: str, found: Matched) -> str:
    """Return a match with what is beside it."""
    start = max(0, found.start() - AROUND)
    return " ".join(text[start : start + SHOWN].split())


def shown_about(url: str, wanted: str) -> str:
    """Return the part of a URL around what was looked for."""
    at = url.lower().find(wanted.partition("/")[0] or wanted)
    return url[max(0, at - AROUND) :][:SHOWN]
