"""A remark on a profile, and which of its criteria have to do with each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualify.profile.criteria import REQUIRED, Criterion
from qualify.profile.icp import Icp


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing a reader should know; a `problem` keeps every company from fitting."""

    #: `problem`, `warning` or `note`.
    level: str
    #: The id of a criterion, or the part of the profile.
    criterion: str
    message: str


def required_criteria(icp: Icp) -> list[Criterion]:
    """List the criteria that every company must meet."""
    return [criterion for section, criterion in icp.sections() if section in REQUIRED]


def related(one: Criterion, other: Criterion) -> bool:
    """Check whether two criteria ask about the same attribute."""
    return not set(one.attributes).isdisjoint(other.attributes)


def related_to(required: Sequence[Criterion], one: Criterion) -> list[Criterion]:
    """List the criteria that share an attribute with one."""
    return [other for other in required if related(one, other)]
