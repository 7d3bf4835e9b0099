"""A commented profile out of a few plain answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from leads.errors import UsageError
from leads.lexicon.industries.membership import describe
from leads.lexicon.industries.terms import industry_of
from leads.lexicon.industries.words import Industry
from leads.lexicon.numbers.money import MINOR_UNITS, parse_money
from leads.lexicon.numbers.ranges import parse_count
from leads.values import MoneyRange, Range
from qualify.profile.icp import load_icp

_SECTIONS = {
    "suspect": "all must be yes; one no disqualifies",
    "prospect": "what makes a suspect a prospect",
}
_SPAN = re.compile(r"(?P<low>[^-–+]+?)\s*(?:[-–]\s*(?P<high>[^-–+]+?)|(?P<more>\+))?", re.ASCII)
#: Where in a file a mistake stands: this file is not written yet.
_PLACE = re.compile(r"[^:]*:\d+: (?:\S+\]?\S*: )?")
_CURRENCY = re.compile(r"\s*\b([A-Za-z]{3})\s*$")
_PLAIN = re.compile(r"[A-Za-z][\w -]*|\d{2}(?:\.\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Question:
    """One question to whoever writes a profile."""

    key: str
    section: str
    ask: str
    example: str
    about: str
    if_unknown: str = ""

    @property
    def words(self) -> str:
        """The kind of words that answer it."""
        return "uses" if self.key == "does_not_use" else self.key

    @property
    def several(self) -> bool:
        """Whether its answer may be several words, separated by commas."""
        return _VALUES.get(self.key) not in (_count, _money)


@cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order they are asked; every one may be left empty."""
    return tuple(Question(**row) for row in _table()["questions"])


def criterion(question: Question, answer: str) -> str | None:
    """The line of the profile that an answer becomes, None for an empty one; UsageError when it
    cannot be understood.
    """
    if not answer.strip():
        return None
    line = f"{question.key}: {_value(question.key, answer.strip())}"
    try:
        # Read as a whole file, so that the words are checked where they will stand.
        load_icp(f"icp: new\nversion: 1\nsuspect:\n  - {line}\n", question.key)
    except UsageError as error:
        raise UsageError(f"{question.key}: {_PLACE.sub('', error.message)}", error.hint) from None
    return line


def told_apart(question: Question, answer: str) -> tuple[list[str], list[str]]:
    """The words of an answer that can be understood, and those that cannot."""
    good, bad = list[str](), list[str]()
    for word in _split(answer) if question.several else [answer.strip()]:
        try:
            criterion(question, word)
        except UsageError:
            bad.append(word)
        else:
            good.append(word)
    return good, bad


def check_name(name: str) -> None:
    """UsageError when a profile cannot be called so."""
    wrong = UsageError(
        f"a profile cannot be called {name!r}",
        "write letters, digits, spaces, dots and dashes, such as dental-groups-uk",
    )
    try:
        called = load_icp(f"icp: {name}\nversion: 1\nsuspect:\n  - country: [DE]\n", name).name
    except UsageError:
        raise wrong from None
    if called != name:
        raise wrong


def understood(question: Question, answer: str) -> list[str]:
    """How an answer was understood, where its words stand for something else: industries with their
    codes.
    """
    if question.key != "industry":
        return []
    names = [industry.name for word in _split(answer) if (industry := _industry(word))]
    return [
        f"{name}: {codes[0].strip()}"
        for name in names
        if (codes := [line for line in describe(name).splitlines() if "NACE 2.1" in line])
    ]


def compose(name: str, answers: Mapping[str, str]) -> str:
    """The file: a profile of that name with a comment for each criterion; UsageError when nothing
    is asked or something is wrong.
    """
    if not any(answer.strip() for answer in answers.values()):
        raise UsageError(
            "no question was answered, so every company would fit",
            "answer at least one, or say it with --set industry=dentists",
        )
    text = "\n".join(_lines(name, answers)) + "\n"
    load_icp(text, f"{name}.yaml")
    return text


def _lines(name: str, answers: Mapping[str, str]) -> Iterator[str]:
    yield f"icp: {name}"
    yield (
        "version: 1                     # raise it with every change; a used version is never"
        " changed"
    )
    yield (
        "company_is: legal_entity       # what one verdict is about; site, brand and group are"
        " explained in docs/icp.md"
    )
    for section, about in _SECTIONS.items():
        made = [
            (one, line)
            for one in questions()
            if one.section == section and (line := criterion(one, answers.get(one.key, "")))
        ]
        if made:
            yield f"{section}:  # {about}"
        for question, line in made:
            yield f"  # {question.about}"
            yield f"  - {line}"
            if question.if_unknown:
                yield f"    if_unknown: {question.if_unknown}            # wait | ask | accept"
    yield "must_not:  # one yes disqualifies; unknown holds nobody back"
    yield "  - status: [dissolved, insolvent, in_liquidation]"
    yield "# score:  # never disqualifies; points add up to 100"
    yield "#   - {points: 30, employees: {at_least: 50}}"
    yield "# grades: {A: 80, B: 60, C: 40}"


def _value(key: str, answer: str) -> str:
    return _VALUES.get(key, _words)(answer)


def _split(answer: str) -> list[str]:
    return [word.strip() for word in answer.split(",") if word.strip()]


def _words(answer: str) -> str:
    return (
        "["
        + ", ".join(word if _PLAIN.fullmatch(word) else _quoted(word) for word in _split(answer))
        + "]"
    )


def _industries(answer: str) -> str:
    """Under the names of the table, so that the file says what it means."""
    return _words(
        ", ".join(
            industry.name if (industry := _industry(word)) else word for word in _split(answer)
        )
    )


def _industry(word: str) -> Industry | None:
    """The table has most words in one number only."""
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
            f"turnover: {answer!r} is no amount with its currency",
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
        raise UsageError(f"{answer!r} is no range", "write for instance 20-250, or 20+")
    low, high = match["low"].strip(), match["high"]
    return f"between: [{low}, {high.strip()}]" if high else f"at_least: {low}"


def _starts(answer: str) -> str:
    return "{starts_with: [" + ", ".join(map(_quoted, _split(answer))) + "]}"


def _hiring(answer: str) -> str:
    return f"{{title: {_words(answer)}, within_days: 45}}"


_VALUES: dict[str, Callable[[str], str]] = {
    "industry": _industries,
    "employees": _count,
    "sites": _count,
    "turnover": _money,
    "postcode": _starts,
    "hiring": _hiring,
}


@cache
def _table() -> dict[str, Any]:
    text = (Path(__file__).parent.parent / "data" / "new_icp.yaml").read_text(encoding="utf-8")
    table: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - builds text only
    return table


def _numbers() -> dict[str, str]:
    numbers: dict[str, str] = _table()["numbers"]
    return numbers


def _units() -> list[str]:
    units: list[str] = _table()["units"]
    return units
