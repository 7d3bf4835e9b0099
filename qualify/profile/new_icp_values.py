"""Answers of `sluice icp new` as values of a profile."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from leads.errors import UsageError
from leads.lexicon.industries.terms import industry_of
from leads.lexicon.industries.words import Industry
from leads.lexicon.numbers.money import MINOR_UNITS, parse_money
from leads.lexicon.numbers.ranges import parse_count
from leads.values import MoneyRange, Range

_SPAN = re.compile(r"(?P<low>[^-–+]+?)\s*(?:[-–]\s*(?P<high>[^-–+]+?)|(?P<more>\+))?", re.ASCII)
_CURRENCY = re.compile(r"\s*\b([A-Za-z]{3})\s*$")
_PLAIN = re.compile(r"[A-Za-z][\w -]*|\d{2}(?:\.\d{1,2})?", re.ASCII)


def yaml_value(key: str, answer: str) -> str:
    """An answer as the value of a field in a profile."""
    return _VALUES.get(key, _words)(answer)


def split_words(answer: str) -> list[str]:
    """The words of an answer, which commas separate."""
    return [word.strip() for word in answer.split(",") if word.strip()]


def _words(answer: str) -> str:
    return (
        "["
        + ", ".join(
            word if _PLAIN.fullmatch(word) else _quoted(word) for word in split_words(answer)
        )
        + "]"
    )


def _industries(answer: str) -> str:
    """Under the names of the table, so that the file says what it means."""
    return _words(
        ", ".join(
            industry.name if (industry := industry_named(word)) else word
            for word in split_words(answer)
        )
    )


def industry_named(word: str) -> Industry | None:
    """The industry of a word, also in the plural."""
    return industry_of(word) or industry_of(word.removesuffix("s"))


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _count(answer: str) -> str:
    text = " ".join(
        _numbers().get(word.casefold(), word)
        for word in answer.split()
        if word.casefold() not in _units()
    )
    found = parse_count(text)
    if not found or not isinstance(found.value, Range):
        return "{" + _bounds(text) + "}"
    low, high = found.value.low, found.value.high
    # A number alone is the least that is wanted.
    return "{" + _of_range(low, None if low == high else high) + "}"


def _money(answer: str) -> str:
    match = _CURRENCY.search(answer)
    if match and _SPAN.fullmatch(bounds := answer[: match.start()].strip()) and bounds[0].isdigit():
        return "{" + _bounds(bounds) + f", currency: {match[1].upper()}}}"
    found = parse_money(answer)
    if not found or not isinstance(found.value, MoneyRange):
        raise UsageError(
            f"turnover: {answer!r} is not an amount with a currency",
            "write for instance 5 million+ EUR, or 1-10 million GBP",
        )
    return (
        "{"
        + _of_range(found.value.amount.low, found.value.amount.high, MINOR_UNITS)
        + f", currency: {found.value.currency}}}"
    )


def _of_range(low: int | None, high: int | None, units: int = 1) -> str:
    """Bounds of a range that is written in `units` to the number: above five million begins a cent
    higher.
    """
    if low and high is not None and not low % units and not high % units:
        return f"between: [{low // units}, {high // units}]"
    sides = (
        []
        if not low
        else [
            (
                f"more_than: {low // units}"
                if units > 1 and low % units
                else f"at_least: {low // units}"
            )
        ]
    )
    sides += (
        []
        if high is None
        else [
            (
                f"less_than: {high // units + 1}"
                if units > 1 and high % units
                else f"at_most: {high // units}"
            )
        ]
    )
    return ", ".join(sides)


def _bounds(answer: str) -> str:
    match = _SPAN.fullmatch(answer.strip())
    if not match:
        raise UsageError(f"{answer!r} is not a range", "write, for example, 20-250, or 20+")
    low, high = match["low"].strip(), match["high"]
    return f"between: [{low}, {high.strip()}]" if high else f"at_least: {low}"


def _starts(answer: str) -> str:
    return "{starts_with: [" + ", ".join(map(_quoted, split_words(answer))) + "]}"


def _hiring(answer: str) -> str:
    return f"{{title: {_words(answer)}, within_days: 45}}"


def takes_several(key: str) -> bool:
    """Whether an answer may be several words."""
    return _VALUES.get(key) not in (_count, _money)


_VALUES: dict[str, Callable[[str], str]] = {
    "industry": _industries,
    "employees": _count,
    "sites": _count,
    "turnover": _money,
    "postcode": _starts,
    "hiring": _hiring,
}


@cache
def new_icp_table() -> dict[str, Any]:
    """The questions, and the words that answers may hold."""
    text = (Path(__file__).parent.parent / "data" / "new_icp.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds text only
    return table


def _numbers() -> dict[str, str]:
    numbers: dict[str, str] = new_icp_table()["numbers"]
    return numbers


def _units() -> list[str]:
    units: list[str] = new_icp_table()["units"]
    return units
