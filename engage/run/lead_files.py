"""The hand-over file and the nurture file of a campaign."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from uuid import UUID

from engage.handover import file as handover_file
from engage.handover.file import HandoverFile
from engage.nurture import file as nurture_file
from engage.nurture.file import NurtureFile
from leads.store import Tx, campaign_files, events
from leads.store.campaign_files import NewFile


def agreement(tx: Tx, campaign_id: UUID) -> HandoverFile | None:
    """The hand-over file in force; None: the campaign has none."""
    found = campaign_files.in_force(tx, campaign_id, "handover")
    return _agreement(found.content) if found else None


def nurture(tx: Tx, campaign_id: UUID) -> NurtureFile:
    """The nurture file in force, else the one that the product brings."""
    found = campaign_files.in_force(tx, campaign_id, "nurture")
    return _nurture(found.content) if found else standard_nurture()


@cache
def standard_nurture() -> NurtureFile:
    """The nurture file of campaigns that have none of their own."""
    return nurture_file.read(standard_text(), "nurture.yaml")


def standard_text() -> str:
    """That file as it is written."""
    return files("engage").joinpath("data", "nurture.yaml").read_text(encoding="utf-8")


@lru_cache(maxsize=64)
def _agreement(text: str) -> HandoverFile:
    return handover_file.read(text, "the hand-over file in force")


@lru_cache(maxsize=64)
def _nurture(text: str) -> NurtureFile:
    return nurture_file.read(text, "the nurture file in force")


def use(tx: Tx, client_id: UUID, campaign_id: UUID, name: str, new: NewFile) -> bool:
    """Put a checked file in force for a campaign; whether that changed anything."""
    changed = campaign_files.use(tx, client_id, campaign_id, new)
    if changed:
        line = events.Happened(
            verb="put in force",
            thing=new.kind,
            thing_id=f"{name} version {new.version}",
            client_id=client_id,
            who=new.by,
        )
        events.log(tx, [line])
    return changed
