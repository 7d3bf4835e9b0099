"""Patterns take linear time on any text: twice as long a text takes about twice as long.

All patterns are found by walking the modules and by running extraction, so a new one is tested too.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Iterator
from functools import _lru_cache_wrapper
from inspect import signature
from typing import Any

import pytest

import enrich
from enrich import postal_behind_city, postal_orders, postal_states
from enrich.extractors import national_ids, registers
from enrich.postal import addresses
from enrich.tables import words

#: Characters of the first text. A quadratic pattern takes milliseconds on it, a linear one does not.
_SIZE = 600
#: CPU seconds that the longest text may take before the growth is looked at.
_NOTICED = 0.008
_UNITS = (
    *("a", "A", "1", " ", "\n", "\t", "\u00a0", "(", "-", "@", "a ", "Aa ", "1 ", "- ", ", "),
    *("a.", "1.", "1-", "a-", "Aa, ", "Aa & ", "Aa\n", "5 Aa, ", "(A) ", "12345 "),
)
#: After the repeated text, what makes most matches fail at the end.
_END = "\n!"
_COUNTRIES = ("US", "CA", "AU", "GB", "IE", "NL", "BR", "HU", "JP", "RU", "FR", "DE", "PL", None)


def _modules() -> Iterator[Any]:
    for one in pkgutil.walk_packages(enrich.__path__, "enrich."):
        yield importlib.import_module(one.name)


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 4 and isinstance(value, dict):
        yield from (found for one in value.values() for found in _patterns_in(one, depth + 1))
    elif depth < 4 and isinstance(value, tuple | list | frozenset):
        yield from (found for one in value for found in _patterns_in(one, depth + 1))


def _made_on_use(module: Any) -> Iterator[re.Pattern[str]]:
    """Call the cached functions that build patterns of tables."""
    for value in list(vars(module).values()):
        is_own = isinstance(value, _lru_cache_wrapper) and value.__module__ == module.__name__
        if is_own and not signature(value).parameters:
            yield from _patterns_in(value())


def _of_countries() -> Iterator[re.Pattern[str]]:
    """Patterns that are built for each country or entry of a table."""
    for country in words("addresses")["other_orders"]:
        yield postal_orders._post(country)
        yield postal_orders._region_at_end(country)
        yield postal_orders._region_ahead(country)
    for country in words("addresses")["behind_city"]:
        yield postal_behind_city._post(country)
    for country in words("addresses")["after_city"]:
        written = postal_states._patterns(country)
        yield from (written.post, written.state)
    for row in words("registers"):
        yield registers._pattern(row["label"], row["form"], row.get("tail", ""))
    for row in words("national_ids"):
        yield national_ids._pattern(row["label"], row["form"])


def _all_patterns() -> dict[str, re.Pattern[str]]:
    found = {one.pattern: one for one in _of_countries()}
    for module in _modules():
        for one in (*_patterns_in(list(vars(module).values())), *_made_on_use(module)):
            if isinstance(one.pattern, str):
                found.setdefault(one.pattern, one)
    return found


def _cost(pattern: re.Pattern[str], text: str) -> float:
    start = time.process_time()
    for _ in pattern.finditer(text):
        pass
    return time.process_time() - start


def _units(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts to repeat: general ones, and words of the pattern itself."""
    yield from _UNITS
    own = re.findall(r"[A-Za-zÀ-ž]{2,12}", re.sub(r"\\.", " ", pattern.pattern))
    yield from (f"{word} " for word in own[:: max(1, len(own) // 3)][:3])


def _is_quadratic(pattern: re.Pattern[str], unit: str) -> bool:
    short, long = (unit * (size // len(unit)) + _END for size in (_SIZE, 4 * _SIZE))
    if _cost(pattern, long) < _NOTICED:
        return False
    # The best of several runs: other work on the machine slows single ones.
    once = min(_cost(pattern, short) for _ in range(3))
    fourfold = min(_cost(pattern, long) for _ in range(2))
    return fourfold > 9 * once


PATTERNS = _all_patterns()


def test_patterns_of_all_kinds_are_found() -> None:
    assert len(PATTERNS) > 250


def test_no_pattern_explodes() -> None:
    slow = [
        f"{pattern.pattern[:80]} on {unit!r}"
        for pattern in PATTERNS.values()
        for unit in _units(pattern)
        if _is_quadratic(pattern, unit)
    ]
    assert slow == []


@pytest.mark.parametrize("unit", [" ", "\u00a0", "1 ", "A ", "Aa, ", "12345 Aa\n", "5 Aa St\n"])
def test_addresses_of_a_hostile_text_take_linear_time(unit: str) -> None:
    def cost(size: int) -> float:
        start = time.process_time()
        for country in _COUNTRIES:
            addresses(unit * (size // len(unit)), country)
        return time.process_time() - start

    cost(1_000)
    once = min(cost(5_000) for _ in range(2))
    assert min(cost(20_000) for _ in range(2)) < 9 * once + 0.02
