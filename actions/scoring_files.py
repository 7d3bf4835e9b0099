"""Read and check scoring files, and compare two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.file_remarks import PlacedRemark, refuse
from actions.yaml_files import yaml_text
from engage.scoring import file as scoring_file
from engage.scoring.checks import remarks
from engage.scoring.difference import Difference, differences
from engage.scoring.file import KIND, LARGEST, ScoringFile
from engage.scoring.reading import scoring_of
from engage.scoring.scoring import Rule, Scoring
from leads.yaml_lines import line_of

__all__ = ["CheckedScoring", "Difference", "Rule", "Scoring", "ScoringFile", "ScoringRemark"]


@dataclass(frozen=True, slots=True)
class ScoringRemark(PlacedRemark):
    """Something to change, or only to know."""

    level: str


@dataclass(frozen=True, slots=True)
class CheckedScoring:
    """A scoring file that can be read, and what is wrong with it as a whole."""

    scoring: Scoring
    file: ScoringFile
    text: str
    remarks: Sequence[ScoringRemark]

    @property
    def problems(self) -> Sequence[ScoringRemark]:
        """What must be changed before the file can be used."""
        return [one for one in self.remarks if one.level == "problem"]


def check_scoring(path: str) -> CheckedScoring:
    """Read a file and check it; UsageError with its line at the first thing that cannot be read."""
    text = yaml_text(path, "`sluice scoring new NAME` writes one", LARGEST)
    file = scoring_file.read(text, path)
    scoring = scoring_of(file)
    found = [
        ScoringRemark(line_of(text, path, KIND, one.path), one.path, one.message, one.level)
        for one in remarks(scoring)
    ]
    return CheckedScoring(scoring, file, text, found)


def usable_scoring(path: str) -> CheckedScoring:
    """Read a file to score with it; UsageError when the check finds a problem."""
    checked = check_scoring(path)
    refuse(path, checked.problems, "scoring check")
    return checked


def compare_scoring(before: str, after: str) -> list[Difference]:
    """List every value that two files say differently."""
    return differences(check_scoring(before).file, check_scoring(after).file)


def scoring_schema() -> Mapping[str, Any]:
    """Make the JSON Schema of scoring files."""
    return scoring_file.schema()
