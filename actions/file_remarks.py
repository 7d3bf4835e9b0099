"""What is wrong with a file that was checked, and the refusal to use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leads.errors import UsageError


@dataclass(frozen=True, slots=True)
class PlacedRemark:
    """Something to change or to know in a file, with its line."""

    line: int
    path: str
    message: str


def refuse(file: str, problems: Sequence[PlacedRemark], check: str) -> None:
    """UsageError that names the first problem, if there is one; `check` is the command for all."""
    if not problems:
        return
    first = problems[0]
    raise UsageError(
        f"{file}:{first.line}: {first.path}: {first.message}",
        f"see `sluice {check} {file}` for all {len(problems)}",
    )
