"""Put a profile in force for a campaign."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from actions.actor import Right
from actions.follow_up import WorkedOff, work_off
from actions.profile_files import (
    CheckedCriterion,
    CheckedIcp,
    Icp,
    IcpFile,
    Notice,
    Remark,
    check_icp,
    icp_schema,
    read_icp,
)
from actions.session import Session, Transaction
from leads.changes import IcpChanged
from leads.ids import new_id
from leads.store import campaigns, events, profiles
from leads.store.profiles import StoredIcp
from qualify.members.roll_up import of_store

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


def use_icp(session: Session, file: IcpFile, client: str, campaign: str | None) -> UsedIcp:
    """Put a profile in force and decide the campaign's companies again.

    The campaign is named after the profile when none is named.
    """
    name = campaign or file.icp.name
    with session.write(Right.MANAGE) as work:
        done = put_in_force(work, work.client(client), name, file)
    return UsedIcp(file.icp, name, done, work_off(session))


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
