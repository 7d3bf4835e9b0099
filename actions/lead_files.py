"""The hand-over file and the nurture file of a campaign: check them, put them in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.actor import Right
from actions.session import Session
from actions.where import Where
from actions.yaml_files import yaml_text
from engage.handover import file as handover_file
from engage.handover.file import HandoverFile
from engage.nurture import file as nurture_file
from engage.nurture.file import NurtureFile
from engage.nurture.touches import never_reached
from engage.run import handing_over, lead_files
from leads.clock import now
from leads.errors import UsageError
from leads.store import campaign_files
from leads.store.campaign_files import NewFile
from leads.yaml_lines import line_of

__all__ = ["CheckedAgreement", "InForce", "Remark", "UsedFile"]


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to change in a file, with its line."""

    line: int
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class CheckedAgreement:
    """A hand-over file, and what keeps it from being used."""

    file: HandoverFile
    text: str
    remarks: Sequence[Remark]


@dataclass(frozen=True, slots=True)
class InForce:
    """The text of the file in force; `by` and `at` are None for the file of the product."""

    text: str
    by: str | None
    at: datetime | None


@dataclass(frozen=True, slots=True)
class UsedFile:
    """A file that is in force now, or would be in a dry run."""

    name: str
    version: int
    changed: bool


def check_agreement(path: str) -> CheckedAgreement:
    """Read a hand-over file; UsageError with its line at the first thing that cannot be read."""
    text = yaml_text(path, f"start from {handover_file.KIND.example}")
    file = handover_file.read(text, path)
    found = [
        ("agreed_by", "agreed_by", f"nobody of the {side} agreed") for side in file.missing_sides()
    ]
    found += [
        (f"agreed_by.{place}.on", f"agreed_by[{place + 1}].on", f"{one.on} is in the future")
        for place, one in enumerate(file.agreed_by)
        if one.on > now().date()
    ]
    kind = handover_file.KIND
    remarks = [
        Remark(line_of(text, path, kind, where), shown, said) for where, shown, said in found
    ]
    return CheckedAgreement(file, text, remarks)


def use_agreement(session: Session, path: str, where: Where, *, dry_run: bool = False) -> UsedFile:
    """Put a hand-over file in force for a campaign; both sides must have agreed to it."""
    checked = check_agreement(path)
    if checked.remarks:
        first = checked.remarks[0]
        raise UsageError(
            f"{path}:{first.line}: {first.path}: {first.message}",
            f"`sluice handover check {path}` lists everything that must be changed",
        )
    file = checked.file
    return _use(session, where, "handover", file.handover, file, checked.text, dry_run=dry_run)


def use_nurture(session: Session, path: str, where: Where, *, dry_run: bool = False) -> UsedFile:
    """Put a nurture file in force for a campaign; leads get their next touch by it from then on."""
    text = yaml_text(path, f"start from {nurture_file.KIND.example}")
    file = nurture_file.read(text, path)
    for place in never_reached(file):
        line = line_of(text, path, nurture_file.KIND, f"touches.{place - 1}")
        raise UsageError(
            f"{path}:{line}: touches[{place}]: earlier lines take every lead that this one is for",
            "move the line up, or take it out",
        )
    return _use(session, where, "nurture", file.nurture, file, text, dry_run=dry_run)


def show_agreement(session: Session, where: Where) -> InForce:
    """Show the hand-over file in force for a campaign; NotFoundError without one."""
    with session.read(Right.LOOK) as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        handing_over.agreement_of(work.tx, campaign_id)
        found = campaign_files.in_force(work.tx, campaign_id, "handover")
    assert found is not None
    return InForce(found.content, found.by, found.at)


def show_nurture(session: Session, where: Where) -> InForce:
    """Show the nurture file in force for a campaign, or that of the product."""
    with session.read(Right.LOOK) as work:
        _, campaign_id = work.campaign(where.client, where.campaign)
        found = campaign_files.in_force(work.tx, campaign_id, "nurture")
    if found is None:
        return InForce(lead_files.standard_text(), None, None)
    return InForce(found.content, found.by, found.at)


def schema_of_agreements() -> Mapping[str, Any]:
    """Make the JSON Schema of hand-over files."""
    return handover_file.schema()


def schema_of_nurture() -> Mapping[str, Any]:
    """Make the JSON Schema of nurture files."""
    return nurture_file.schema()


def _use(
    session: Session,
    where: Where,
    kind: str,
    name: str,
    file: HandoverFile | NurtureFile,
    text: str,
    *,
    dry_run: bool,
) -> UsedFile:
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        new = NewFile(
            kind=kind,
            version=file.version,
            content=text,
            content_hash=file.content_hash(),
            by=work.actor.name,
        )
        changed = lead_files.use(work.tx, client_id, campaign_id, name, new)
    return UsedFile(name, file.version, changed)
