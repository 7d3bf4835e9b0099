"""Patterns of rules: compiled on first use, and with an engine that no page can make explode.

A pattern whose time may grow faster than with the square of a short value runs in RE2, whose time
is linear. A pattern that RE2 does not know (a look-around) is refused when it may explode.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Protocol

import re2

from enrich.detecting.rules import FIRST_GROUP
from enrich.detecting.syntax import FLAGS, names, parsed, parts

#: Repetitions that try other lengths; a possessive one never does.
_BACKTRACKING = (names.MAX_REPEAT, names.MIN_REPEAT)
#: More open repetitions than this may take cubic time.
_MOST_OPEN = 3
_OPEN = 100
#: A class such as `[\w-.]`, where the dash is no range.
_JS_RANGE = re.compile(r"(\\[wds])-(?=[^\]])")
_JS_GROUP = re.compile(r"\(\?<([A-Za-z_])")


class Matched(Protocol):
    """A match of either engine."""

    def groups(self) -> tuple[Any, ...]:
        """Return the texts of its groups."""

    def start(self) -> int:
        """Return where it begins."""

    def end(self) -> int:
        """Return where it ends."""


class Expression(Protocol):
    """A compiled pattern of either engine."""

    def search(self, text: str, start: int = ..., end: int = ..., /) -> Matched | None:
        """Return the first match in a part of a text."""


class PatternError(ValueError):
    """A pattern cannot be used; the message says why and what to write."""


def checked(source: str) -> str:
    """Return the pattern in Python's syntax; PatternError if it is invalid or may explode."""
    source = _JS_RANGE.sub(r"\1\-", _JS_GROUP.sub(r"(?P<\1", source))
    try:
        tree = parsed(source)
    except (re.error, RecursionError, OverflowError) as error:
        raise PatternError(f"is no valid pattern ({error})") from None
    if _refers_back(tree):
        raise PatternError("refers back to a group")
    if explodes(tree) and not _in_re2(source):
        raise PatternError("may take exponential time, and RE2 cannot run it")
    return source


def explodes(tree: Iterable[Any]) -> bool:
    """Check whether a repetition holds a repetition, or more than three are open."""
    nested, open_ones = _repetitions(tree)
    return nested or open_ones > _MOST_OPEN


def _refers_back(tree: Iterable[Any]) -> bool:
    return any(
        operator in (names.GROUPREF, names.GROUPREF_EXISTS)
        or any(map(_refers_back, parts(operator, argument)))
        for operator, argument in tree
    )


def _repetitions(tree: Iterable[Any]) -> tuple[bool, int]:
    nested, count = False, 0
    for operator, argument in tree:
        inner = [_repetitions(part) for part in parts(operator, argument)]
        inside = sum(one for _, one in inner)
        nested = nested or any(one for one, _ in inner)
        if operator in _BACKTRACKING and argument[1] > _OPEN:
            nested = nested or inside > 0
            count += 1
        elif operator is names.BRANCH:
            count += max((one for _, one in inner), default=0)
        else:
            count += inside
    return nested, count


_spent = threading.local()


def seconds_of_compiling() -> float:
    """Return the processor time for which this thread has compiled patterns."""
    return getattr(_spent, "seconds", 0.0)


@lru_cache(maxsize=20_000)
def expression(source: str, *, linear: bool = False) -> Expression:
    """Return a compiled pattern; `linear` for long text, where a square is too much."""
    started = time.thread_time()
    compiled = _compiled(source, linear=linear)
    _spent.seconds = seconds_of_compiling() + time.thread_time() - started
    return compiled


def _compiled(source: str, *, linear: bool) -> Expression:
    if linear or explodes(parsed(source)):
        found: Expression | None = _in_re2(source)
        if found is not None:
            return found
    return re.compile(source, FLAGS)


def _in_re2(source: str) -> Any:
    """Compile in RE2; None if it does not know the syntax."""
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    try:
        return re2.compile(source, options)
    except re2.error:
        return None


def version(template: str, groups: tuple[str | None, ...]) -> str | None:
    """Fill a version template: `\\1`, `\\1?with:without`, or the first group that matched something."""
    if not template:
        return None
    if template == FIRST_GROUP:
        found = next((group.strip(".") for group in groups if group and group.strip(".")), "")
        return found[:40] or None
    chosen, question, rest = template.partition("?")
    if question and ":" in rest:
        yes, _, no = rest.partition(":")
        template = yes if _filled(chosen, groups) else no
    return _filled(template, groups).strip(" .")[:40] or None


def _filled(template: str, groups: tuple[str | None, ...]) -> str:
    def group(match: re.Match[str]) -> str:
        at = int(match[1])
        return (groups[at - 1] or "") if 0 < at <= len(groups) else ""

    return re.sub(r"\\(\d)", group, template)
