"""Compose a commented profile from a few plain answers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from leads.errors import UsageError
from leads.lexicon.industries.membership import describe
from qualify.profile.icp import load_icp
from qualify.profile.new_icp_values import (
    industry_named,
    new_icp_table,
    split_words,
    takes_several,
    yaml_value,
)

_SECTIONS = {
    "suspect": "all must be yes; one no disqualifies",
    "prospect": "what makes a suspect a prospect",
}
#: The place of a mistake in a file, left out because this file is not written yet.
_PLACE = re.compile(r"[^:]*:\d+: (?:\S+\]?\S*: )?")


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the author of a profile."""

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
        return takes_several(self.key)


@cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order they are asked; every one may be left empty."""
    return tuple(Question(**row) for row in new_icp_table()["questions"])


def criterion(question: Question, answer: str) -> str | None:
    """Turn an answer into a line of the profile; None for an empty one, UsageError when it is not
    understood.
    """
    if not answer.strip():
        return None
    line = f"{question.key}: {yaml_value(question.key, answer.strip())}"
    try:
        # Read as a whole file, so that the words are checked as in the profile.
        load_icp(f"icp: new\nversion: 1\nsuspect:\n  - {line}\n", question.key)
    except UsageError as error:
        raise UsageError(f"{question.key}: {_PLACE.sub('', error.message)}", error.hint) from None
    return line


def understood_words(question: Question, answer: str) -> tuple[list[str], list[str]]:
    """Split an answer into the words that are understood and those that are not."""
    good, bad = list[str](), list[str]()
    for word in split_words(answer) if question.several else [answer.strip()]:
        try:
            criterion(question, word)
        except UsageError:
            bad.append(word)
        else:
            good.append(word)
    return good, bad


def check_name(name: str) -> None:
    """Check the name of a profile; UsageError when it is not allowed."""
    wrong = UsageError(
        f"a profile cannot be named {name!r}",
        "write letters, digits, spaces, dots and dashes, such as dental-groups-uk",
    )
    try:
        called = load_icp(f"icp: {name}\nversion: 1\nsuspect:\n  - country: [DE]\n", name).name
    except UsageError:
        raise wrong from None
    if called != name:
        raise wrong


def understood(question: Question, answer: str) -> list[str]:
    """List what the words of an answer mean: the codes of industries."""
    if question.key != "industry":
        return []
    names = [industry.name for word in split_words(answer) if (industry := industry_named(word))]
    return [
        f"{name}: {codes[0].strip()}"
        for name in names
        if (codes := [line for line in describe(name).splitlines() if "NACE 2.1" in line])
    ]


def compose(name: str, answers: Mapping[str, str]) -> str:
    """Compose the text of a profile with a comment for each criterion.

    UsageError when no question was answered or an answer is wrong.
    """
    if not any(answer.strip() for answer in answers.values()):
        raise UsageError(
            "no question was answered, so every company would fit",
            "answer at least one, or give it with --set industry=dentists",
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
    yield "must_not:  # one yes disqualifies; unknown rules no company out"
    yield "  - status: [dissolved, insolvent, in_liquidation]"
    yield "# score:  # never disqualifies; points add up to 100"
    yield "#   - {points: 30, employees: {at_least: 50}}"
    yield "# grades: {A: 80, B: 60, C: 40}"
