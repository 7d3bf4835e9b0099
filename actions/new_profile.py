"""Write a new profile from the answers to a few questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from leads.errors import NotAllowedError, UsageError
from leads.yaml_mistakes import did_you_mean
from qualify.check.vocabulary import all_words
from qualify.profile.new_icp import (
    Question,
    check_name,
    compose,
    criterion,
    questions,
    understood,
    understood_words,
)

__all__ = [
    "STANDARD",
    "NewProfile",
    "Question",
    "ReadAnswer",
    "check_target",
    "given_answers",
    "questions",
    "read_answer",
    "understood_words",
    "words_for",
    "write_profile",
]

#: Stdout in place of a file.
STANDARD = "-"


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """An answer as it was understood."""

    #: The line of the profile; None for an empty answer.
    line: str | None
    #: What its words stand for, where they stand for codes.
    meanings: Sequence[str]


@dataclass(frozen=True, slots=True)
class NewProfile:
    """A profile that was composed, and where it was written; None: nowhere."""

    name: str
    text: str
    file: str | None


def check_target(name: str, out: str | None) -> str:
    """Check the name of a new profile and choose its file; NotAllowedError when the file exists."""
    check_name(name)
    target = out or f"{name}.yaml"
    if target != STANDARD and Path(target).exists():
        raise NotAllowedError(f"{target} exists already", "name another file with --out")
    return target


def read_answer(question: Question, answer: str) -> ReadAnswer:
    """Read one answer; UsageError when it is not understood."""
    line = criterion(question, answer)
    return ReadAnswer(line, understood(question, answer) if line else ())


def words_for(question: Question) -> Sequence[str]:
    """List the words that answer a question; empty when they are too many or it asks a number."""
    return all_words().get(question.words, ())


def given_answers(pairs: Sequence[str]) -> dict[str, str]:
    """Read answers written as FIELD=ANSWER; a field that takes several words may be repeated."""
    asked = {one.key: one for one in questions()}
    answers: dict[str, str] = {}
    for pair in pairs:
        field, sign, answer = pair.partition("=")
        if not sign or field not in asked:
            raise UsageError(
                f"{pair!r} is not an answer{did_you_mean(field, list(asked))}",
                f"write FIELD=ANSWER, with one of {', '.join(asked)}",
            )
        if field in answers and not asked[field].several:
            raise UsageError(
                f"--set {field} is given twice, and it takes only one answer", "give it once"
            )
        answers[field] = ", ".join(filter(None, (answers.get(field, ""), answer)))
    return answers


def write_profile(name: str, answers: Mapping[str, str], target: str) -> NewProfile:
    """Compose a profile and write it to the target; for `-` it is only composed."""
    text = compose(name, answers)
    if target == STANDARD:
        return NewProfile(name, text, None)
    Path(target).write_text(text, encoding="utf-8")
    return NewProfile(name, text, target)
