"""Read and check a profile file; no database is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.yaml_files import yaml_text
from qualify.check.checking import check
from qualify.check.remark import Remark
from qualify.members.roll_up import Notice
from qualify.profile.icp import Icp, load_icp
from qualify.profile.schema import schema
from qualify.words.read_back import read_back

__all__ = [
    "CheckedCriterion",
    "CheckedIcp",
    "Icp",
    "IcpFile",
    "Notice",
    "Remark",
    "check_icp",
    "icp_schema",
    "read_icp",
]

#: Bytes of a profile file.
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class IcpFile:
    """A profile that was read, and the text it was read from."""

    icp: Icp
    text: str


@dataclass(frozen=True, slots=True)
class CheckedCriterion:
    """A criterion as it was understood."""

    section: str
    id: str
    attributes: Sequence[str]
    #: The criterion in words.
    asks: str


@dataclass(frozen=True, slots=True)
class CheckedIcp:
    """A profile, its criteria, and the remarks on it, the most serious first."""

    icp: Icp
    criteria: Sequence[CheckedCriterion]
    remarks: Sequence[Remark]

    @property
    def impossible(self) -> bool:
        """Whether no company can ever fit."""
        return any(remark.level == "problem" for remark in self.remarks)


def check_icp(path: str) -> CheckedIcp:
    """Read a profile and check whether its criteria can be met and answered."""
    icp = read_icp(path).icp
    criteria = [
        CheckedCriterion(
            section=section.value,
            id=criterion.id,
            attributes=criterion.attributes,
            asks=read_back(criterion),
        )
        for section, criterion in icp.sections()
    ]
    return CheckedIcp(icp, criteria, check(icp))


def icp_schema() -> Mapping[str, Any]:
    """Make the JSON Schema of profiles."""
    return schema()


def read_icp(path: str) -> IcpFile:
    """Read a profile from a file, or from stdin for `-`.

    NotFoundError or UsageError with file, line and path otherwise.
    """
    text = yaml_text(path, "an example is in examples/worked/icp.yaml", LARGEST)
    return IcpFile(load_icp(text, path), text)
