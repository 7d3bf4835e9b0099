"""What a check found in a file, as lines of text and as the end of the command."""

from __future__ import annotations

from collections.abc import Sequence

from actions.file_remarks import PlacedRemark
from console.cli.output import counted, plain
from leads.errors import SluiceError


def remark_line(file: str, one: PlacedRemark) -> str:
    """`policy.yaml:12: rules[3].to: …`."""
    return f"{file}:{one.line}: {one.path}: {plain(one.message)}"


def end_if_wrong(file: str, problems: Sequence[PlacedRemark]) -> None:
    """End with exit code 1 if something must be changed."""
    if problems:
        found = counted(len(problems), "thing")
        raise SluiceError(f"{found} must be changed in {file}", "change the lines that are named")


def in_force(*, changed: bool, dry_run: bool) -> str:
    """Whether a file is in force now, was before, or would be."""
    if dry_run:
        return "would be in force"
    return "is in force" if changed else "was in force already"
