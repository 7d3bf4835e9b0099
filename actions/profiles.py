"""Read and check a profile file, and put a profile in force for a campaign."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.session import Session, Transaction
from leads.changes import IcpChanged
from leads.errors import NotFoundError, UsageError
from leads.ids import new_id
from leads.store import campaigns, events, profiles
from leads.store.profiles import StoredIcp
from qualify.check.checking import check
from qualify.check.remark import Remark
from qualify.members.roll_up import Notice, of_store
from qualify.profile.icp import Icp, load_icp
from qualify.profile.schema import schema
from qualify.words.read_back import read_back

__all__ = [
    "CheckedCriterion",
    "CheckedIcp",
    "Icp",
    "IcpFile",
    "Notice",
    "PutInForce",
    "Remark",
    "UsedIcp",
    "check_icp",
    "icp_schema",
    "put_in_force",
    "read_icp",
    "use_icp",
]

#: Bytes of a profile file.
LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class IcpFile:
    """A profile that was read, and the text it was read from."""

    icp: Icp
    text: str


@dataclass(frozen=True, slots=True)
class PutInForce:
    """The profile that a campaign has now."""

    campaign_id: UUID
    #: Whether another profile was in force before.
    changed: bool
    #: What is done otherwise than the profile says.
    warning: Notice | None


@dataclass(frozen=True, slots=True)
class UsedIcp:
    """A profile that was put in force, and the work that followed."""

    icp: Icp
    campaign: str
    put_in_force: PutInForce
    work: WorkedOff


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


def use_icp(session: Session, file: IcpFile, client: str, campaign: str | None) -> UsedIcp:
    """Put a profile in force and decide the campaign's companies again.

    The campaign is named after the profile when none is named.
    """
    name = campaign or file.icp.name
    with session.write(Right.MANAGE) as work:
        done = put_in_force(work, work.client(client), name, file)
    return UsedIcp(file.icp, name, done, work_off(session))


def read_icp(path: str) -> IcpFile:
    """Read a profile from a file, or from stdin for `-`.

    NotFoundError or UsageError with file, line and path otherwise.
    """
    try:
        data = sys.stdin.buffer.read(LARGEST + 1) if path == "-" else _read(Path(path))
        text = data.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(
            f"there is no file {path}", "an example is in examples/worked/icp.yaml"
        ) from None
    except IsADirectoryError:
        raise UsageError(f"{path} is a folder", "name the ICP file in it") from None
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 text (byte {error.start})", "save it as UTF-8"
        ) from None
    if len(data) > LARGEST:
        raise UsageError(
            f"{path} is larger than a megabyte", "an ICP is a short YAML file: is this one?"
        )
    return IcpFile(load_icp(text, path), text)


def put_in_force(
    work: Transaction,
    client_id: UUID,
    campaign: str,
    file: IcpFile,
    *,
    crawl: bool | None = None,
) -> PutInForce:
    """Put a profile in force for a campaign, added when new, and add the tasks that this causes.

    `crawl` sets whether sites may be visited to answer open questions; None keeps the setting.
    """
    icp, tx = file.icp, work.tx
    campaign_id = campaigns.campaign_of(tx, client_id, campaign, make=True).id
    stored = StoredIcp(new_id(), icp.name, icp.version, file.text)
    kept, changed = profiles.use_icp(tx, client_id, campaign_id, stored, icp.content_hash)
    if changed:
        line = events.Happened(
            verb="put in force",
            thing="icp_version",
            thing_id=kept,
            client_id=client_id,
            who=work.actor.name,
            reason=f"{icp.name} version {icp.version}",
        )
        events.log(tx, [line])

    opened = crawl is not None and campaigns.set_crawl(tx, campaign_id, crawl=crawl) and crawl
    # Open questions are asked again when sites may be visited from now on.
    if changed or opened:
        work.follow([IcpChanged(client_id, campaign_id)])
    return PutInForce(campaign_id, changed, of_store(icp.company_is))


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST + 1)
