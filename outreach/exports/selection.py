"""Which companies an export writes, and why others are left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from leads.errors import UsageError
from leads.stages import Stage
from leads.yaml_mistakes import did_you_mean
from outreach.contact import WORKED_LATELY, Barrier, ContactDecision
from outreach.exports.company import ExportCompany
from outreach.exports.conditions import Condition


class Only(StrEnum):
    """Which companies count by what earlier exports wrote."""

    ALL = "all"
    #: Not written before.
    NEW = "new"
    #: Not written before, or written with other cells.
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which companies are wanted."""

    #: None: those of any stage.
    stages: Collection[Stage] | None
    conditions: Sequence[Condition] = ()
    only: Only = Only.ALL
    #: Whether the tool contacts companies, so that those held for another client stay out.
    contacts: bool = False

    def refusal(self, company: ExportCompany, decision: ContactDecision) -> str | None:
        """Say why a company is not written; an empty text for one that nobody asked for."""
        if decision.barrier is Barrier.SUPPRESSED:
            return "suppressed"
        if decision.barrier is Barrier.LEFT:
            return "no list names it any more, or it was merged"
        if self.stages is not None and company.stage not in self.stages:
            return ""
        if not all(one.meets(company) for one in self.conditions):
            return "condition not met, or unknown"
        if self.contacts and decision.barrier is Barrier.HELD:
            return f"held: {WORKED_LATELY}"
        return None

    def stays(self, before: str | None, row_hash: str) -> str | None:
        """Say why a row is not written again; None when it is written."""
        if self.only is Only.NEW and before is not None:
            return "exported before"
        if self.only is Only.CHANGED and before == row_hash:
            return "unchanged since the last export"
        return None


def must_stop(
    company: ExportCompany, decision: ContactDecision, denied: str | None = None
) -> str | None:
    """Say why an exported company must not be contacted any more; None when it may be.

    `denied` is why the channel policy denies what the tool needs.
    """
    if decision.barrier is Barrier.HANDED_OVER:
        return None
    if decision.barrier is Barrier.UNREACHABLE:
        return denied
    if not decision.allowed and decision.barrier is not Barrier.HELD:
        return decision.reason
    return company.reason if company.stage is Stage.DISQUALIFIED else denied


def read_stages(names: Sequence[str]) -> frozenset[Stage] | None:
    """Read the names of stages; `all` means any. UsageError for an unknown one."""
    if "all" in names:
        return None
    known = [one.value for one in Stage]
    for name in names:
        if name not in known:
            near = did_you_mean(name, known)
            raise UsageError(
                f"there is no stage {name!r}{near}", f"the stages are {', '.join(known)} and all"
            )
    return frozenset(Stage(name) for name in names)
