"""A commented profile out of a few plain answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from leads.errors import UsageError
from qualify.icp import load_icp

_SECTIONS = {"suspect": "all must be yes; one no disqualifies", "prospect": "what makes a suspect a prospect"}
_SPAN = re.compile(r"(?P<low>[^-–+]+?)\s*(?:[-–]\s*(?P<high>[^-–+]+?)|(?P<more>\+))?", re.ASCII)
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


@cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order they are asked; every one may be left empty."""
    text = (Path(__file__).parent / "data" / "new_icp.yaml").read_text(encoding="utf-8")
    return tuple(Question(**row) for row in yaml.load(text, Loader=yaml.BaseLoader)["questions"])  # noqa: S506 - builds text only


def criterion(question: Question, answer: str) -> str | None:
    """The line of the profile that an answer becomes, None for an empty one; UsageError when it cannot be understood."""
    if not answer.strip():
        return None
    line = f"{question.key}: {_value(question.key, answer.strip())}"
    # Read as a whole file, so that the words are checked where they will stand.
    load_icp(f"icp: new\nversion: 1\nsuspect:\n  - {line}\n", question.key)
    return line


def compose(name: str, answers: Mapping[str, str]) -> str:
    """The file: a profile of that name with a comment for each criterion; UsageError when nothing is asked or something is wrong."""
    text = "\n".join(_lines(name, answers)) + "\n"
    load_icp(text, f"{name}.yaml")
    return text


def _lines(name: str, answers: Mapping[str, str]) -> Iterator[str]:
    yield f"icp: {name}"
    yield "version: 1                     # raise it with every change; a used version is never changed"
    yield "company_is: legal_entity       # site | legal_entity | brand | group"
    for section, about in _SECTIONS.items():
        made = [(one, line) for one in questions() if one.section == section and (line := criterion(one, answers.get(one.key, "")))]
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


def _words(answer: str) -> str:
    words = [word.strip() for word in answer.split(",") if word.strip()]
    return "[" + ", ".join(word if _PLAIN.fullmatch(word) else _quoted(word) for word in words) + "]"


def _quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _count(answer: str) -> str:
    return "{" + _bounds(answer) + "}"


def _money(answer: str) -> str:
    match = _CURRENCY.search(answer)
    if not match:
        raise UsageError(f"{answer!r} names no currency", "write for instance 5 million+ EUR")
    return "{" + _bounds(answer[: match.start()]) + f", currency: {match[1].upper()}}}"


def _bounds(answer: str) -> str:
    match = _SPAN.fullmatch(answer.strip())
    if not match:
        raise UsageError(f"{answer!r} is no range", "write for instance 20-250, or 20+")
    low, high = match["low"].strip(), match["high"]
    return f"between: [{low}, {high.strip()}]" if high else f"at_least: {low}"


def _hiring(answer: str) -> str:
    return f"{{title: {_words(answer)}, within_days: 45}}"


_VALUES: dict[str, Callable[[str], str]] = {
    "employees": _count,
    "sites": _count,
    "turnover": _money,
    "hiring": _hiring,
}
