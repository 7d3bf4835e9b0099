"""Read and check scoring files, and compare two of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engage.scoring import file as scoring_file
from engage.scoring.checks import remarks
from engage.scoring.difference import Difference, differences
from engage.scoring.file import KIND, LARGEST, ScoringFile
from engage.scoring.reading import scoring_of
from engage.scoring.scoring import Rule, Scoring
from leads.errors import NotFoundError, UsageError
from leads.yaml_lines import line_of

__all__ = ["CheckedScoring", "Difference", "PlacedRemark", "Rule", "Scoring", "ScoringFile"]


@dataclass(frozen=True, slots=True)
class PlacedRemark:
    """Something to change or to know in a file, with its line."""

    level: str
    line: int
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckedScoring:
    """A scoring file that can be read, and what is wrong with it as a whole."""

    scoring: Scoring
    file: ScoringFile
    text: str
    remarks: Sequence[PlacedRemark]

    @property
    def problems(self) -> Sequence[PlacedRemark]:
        """What must be changed before the file can be used."""
        return [one for one in self.remarks if one.level == "problem"]


def check_scoring(path: str) -> CheckedScoring:
    """Read a file and check it; UsageError with its line at the first thing that cannot be read."""
    text = _read(path)
    file = scoring_file.read(text, path)
    scoring = scoring_of(file)
    found = [
        PlacedRemark(one.level, line_of(text, path, KIND, one.path), one.path, one.message)
        for one in remarks(scoring)
    ]
    return CheckedScoring(scoring, file, text, found)


def usable_scoring(path: str) -> CheckedScoring:
    """Read a file to score with it; UsageError when the check finds a problem."""
    checked = check_scoring(path)
    if checked.problems:
        first = checked.problems[0]
        raise UsageError(
            f"{path}:{first.line}: {first.path}: {first.message}",
            f"`sluice scoring check {path}` lists everything that must be changed",
        )
    return checked


def compare_scoring(before: str, after: str) -> list[Difference]:
    """List every value that two files say differently."""
    return differences(check_scoring(before).file, check_scoring(after).file)


def scoring_schema() -> Mapping[str, Any]:
    """Make the JSON Schema of scoring files."""
    return scoring_file.schema()


def _read(path: str) -> str:
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if path == "-" else _bytes(Path(path))
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(
            f"there is no file {path}", "`sluice scoring new NAME` writes one"
        ) from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder", "name the file in it") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 text (byte {error.start})", "save it as UTF-8"
        ) from None
    if len(data) > LARGEST:
        raise UsageError(f"{path} is larger than {LARGEST:,} bytes", "is it the right file?")
    return text


def _bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
