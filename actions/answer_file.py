"""A file of answers about pairs of rows: JSON Lines, one answer a line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, cast

from dedupe.learning.answers import Answer
from dedupe.record import Key
from leads.errors import NotFoundError, UsageError
from leads.sheets.new_file import NewFile

#: What a person says about a pair of rows.
SAID = ("same", "different", "unsure")
#: Characters of a line; a row's name is far shorter.
_LONGEST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """What a person said about two rows of a file."""

    #: The ids of the rows as text, and their names when they were answered.
    left: str
    right: str
    left_name: str
    right_name: str
    answer: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Matched:
    """Answers about rows of a list, and how many are about other rows."""

    answers: tuple[Answer, ...]
    #: Pairs that a person was asked about, the unsure ones too.
    asked: frozenset[frozenset[Key]]
    #: About rows that the list lacks, or that have another name there.
    strange: int


def read_answers(path: str) -> list[AnswerLine]:
    """Read a file of answers; UsageError that names the first wrong line."""
    try:
        text = Path(path).read_text("utf-8")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not a file of answers: it is no text", _WRITE) from None
    except OSError as error:
        raise NotFoundError(f"{path} cannot be read: {error.strerror}", _WRITE) from None
    lines = text.split("\n")
    return [_line(one, at, path) for at, one in enumerate(lines, 1) if one.strip()]


def write_answers(path: str, lines: Sequence[AnswerLine]) -> None:
    """Replace a file of answers; a crash leaves the one before."""
    with NewFile(Path(path)) as file:
        stream = cast("IO[str]", file.stream)
        # Lone surrogates have no UTF-8; as an escape they come back.
        stream.writelines(f"{json.dumps(asdict(one))}\n" for one in lines)
        file.put()


def match_answers(lines: Sequence[AnswerLine], names: Mapping[Key, str]) -> Matched:
    """Find the rows that answers are about; an answer about another name is left out."""
    by_text = {str(key): key for key in names}
    answers: list[Answer] = []
    asked: set[frozenset[Key]] = set()
    strange = 0
    for one in lines:
        left = _row_of(one.left, one.left_name, by_text, names)
        right = _row_of(one.right, one.right_name, by_text, names)
        # The file no longer has both rows.
        if left is None or right is None:
            strange += 1
            continue
        asked.add(frozenset((left, right)))
        if one.answer != "unsure":
            answers.append(Answer(left, right, one.answer == "same", one.by, one.at))
    return Matched(tuple(answers), frozenset(asked), strange)


_WRITE = "`sluice dedupe review --file FILE --answers ANSWERS --ask` writes one"


def _row_of(
    text: str, name: str, by_text: Mapping[str, Key], names: Mapping[Key, str]
) -> Key | None:
    """Return the row with that key, if it still has the name that was answered about."""
    key = by_text.get(text)
    return key if key is not None and names[key] == name else None


def _line(text: str, at: int, path: str) -> AnswerLine:
    problem = "it is too long"
    if len(text) <= _LONGEST:
        try:
            row = json.loads(text)
        except (ValueError, RecursionError):
            row = None
        problem = _problem(row)
    if problem:
        raise UsageError(f"{path}, line {at}: {problem}", f"correct or delete the line; {_WRITE}")
    return AnswerLine(**{name: row[name] for name in AnswerLine.__slots__ if name in row})


def _problem(row: Any) -> str:
    """Return what is wrong with a line; empty for nothing."""
    if not isinstance(row, dict):
        return "it is no JSON object"
    needed = ("left", "right", "left_name", "right_name", "answer")
    if missing := [name for name in needed if name not in row]:
        return f"{missing[0]!r} is missing"
    if wrong := [name for name in AnswerLine.__slots__ if not isinstance(row.get(name, ""), str)]:
        return f"{wrong[0]!r} is no text"
    if row["answer"] not in SAID:
        return f"{row['answer'][:40]!r} is not an answer; use one of: {', '.join(SAID)}"
    if row["left"] == row["right"]:
        return "left and right are one row"
    return ""
