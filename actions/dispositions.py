"""The dispositions of a client: list them, check a file, put a file in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.actor import Right
from actions.file_remarks import PlacedRemark, refuse
from actions.session import Session
from actions.yaml_files import yaml_text
from leads.store import disposition_files
from leads.yaml_lines import line_of
from outreach import disposition_file
from outreach.disposition_checks import remarks
from outreach.disposition_file import KIND, DispositionFile, dispositions_of
from outreach.dispositions import DispositionRule, Dispositions
from outreach.run import rules

__all__ = ["CheckedFile", "DispositionRule", "Dispositions", "Listed", "Used"]


@dataclass(frozen=True, slots=True)
class Listed:
    """The dispositions in force for a client, and the file that states them."""

    every: Dispositions
    #: None: those that come with the product.
    own_version: int | None
    text: str


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file of dispositions, and everything that is wrong with it as a whole."""

    every: Dispositions
    file: DispositionFile
    text: str
    remarks: Sequence[PlacedRemark]


@dataclass(frozen=True, slots=True)
class Used:
    """The dispositions that a client has in force now."""

    every: Dispositions
    changed: bool


def list_dispositions(session: Session, client: str) -> Listed:
    """List the dispositions in force for a client."""
    with session.read(Right.LOOK) as work:
        client_id = work.client(client)
        own = disposition_files.in_force(work.tx, client_id)
        return Listed(
            rules.in_force(work.tx, client_id),
            own.version if own else None,
            own.content if own else disposition_file.standard_text(),
        )


def check_file(path: str) -> CheckedFile:
    """Read a file and check it; UsageError with its line at the first thing that cannot be read."""
    text = yaml_text(path, "`sluice dispositions list --yaml > FILE` makes one")
    file = disposition_file.read(text, path)
    every = dispositions_of(file)
    found = [
        PlacedRemark(line_of(text, path, KIND, one.path), one.path, one.message)
        for one in remarks(every)
    ]
    return CheckedFile(every, file, text, found)


def use_file(session: Session, path: str, client: str, *, dry_run: bool = False) -> Used:
    """Put a file in force for a client; UsageError when the check finds anything."""
    checked = check_file(path)
    refuse(path, checked.remarks, "dispositions check")
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        client_id = work.client(client)
        changed = rules.use(work.tx, client_id, checked.file, checked.text, work.actor.name)
    return Used(checked.every, changed)


def file_schema() -> Mapping[str, Any]:
    """Make the JSON Schema of such files."""
    return disposition_file.schema()
