"""Links with which people without a login see one report of a campaign until a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe
from uuid import UUID

from actions.actor import Right
from actions.ending_shares import log_share
from actions.lifetimes import lifetime
from actions.reports import CampaignReport, client_report
from actions.session import Installation, Session, Transaction
from actions.token_text import digest
from actions.where import Where
from engage.figures.steps import Period
from leads.clock import now
from leads.errors import NotAllowedError, NotFoundError, UsageError
from leads.store import shared_reports
from leads.store.shared_reports import NewShare, ShareRow

__all__ = [
    "PARTS",
    "MadeShare",
    "ShareRow",
    "count_view",
    "end_share",
    "figures",
    "list_shares",
    "opened",
    "share_report",
    "show_share",
]

#: The reports that a viewer of the client may see, each with what it shows.
PARTS: Mapping[str, str] = {
    "funnel": "funnel and weeks",
    "weeks": "weeks alone",
}
#: How long a link that is over stays in the list.
_KEPT = timedelta(days=90)
_NO_SHARE = "this link is over, or there never was one"


@dataclass(frozen=True, slots=True)
class MadeShare:
    """A new link; its token is shown this once."""

    share: ShareRow
    token: str


def share_report(
    session: Session, where: Where, part: str, period: Period, expires: str
) -> MadeShare:
    """Make a link to one report; anyone who has it sees what a viewer of the client sees."""
    if part not in PARTS:
        raise UsageError(f"the report {part!r} is not shared", f"one of {', '.join(PARTS)}")
    if period.since and period.until and period.since >= period.until:
        raise UsageError("the period ends before it begins", "name an earlier first day")
    ends_at, token = now() + lifetime(expires, "a link"), token_urlsafe(32)
    with session.write(Right.SHARE) as work:
        client_id, campaign_id = work.campaign(where.client, where.campaign)
        shared_reports.forget(work.tx, client_id, now() - _KEPT)
        made = NewShare(
            client_id=client_id,
            campaign_id=campaign_id,
            token_hash=digest(token),
            part=part,
            since=period.since,
            until=period.until,
            made_by=work.actor.name,
            ends_at=ends_at,
        )
        share = _found(work, client_id, shared_reports.add(work.tx, made))
        reason = f"{part} of {share.campaign}, until {ends_at:%Y-%m-%d %H:%M} UTC"
        log_share(work, "report shared", share, reason)
    return MadeShare(share, token)


def list_shares(session: Session, client: str) -> list[ShareRow]:
    """List the links of a client, newest first; one that is over is kept for 90 days."""
    with session.read(Right.SHARE) as work:
        found = shared_reports.of_client(work.tx, work.client(client))
    oldest = now() - _KEPT
    return [one for one in found if (one.ended_at or one.ends_at) >= oldest]


def show_share(session: Session, client: str, share_id: UUID) -> ShareRow:
    """Show a link of a client."""
    with session.read(Right.SHARE) as work:
        return _found(work, work.client(client), share_id)


def end_share(session: Session, client: str, share_id: UUID) -> ShareRow:
    """End a link at once; NotAllowedError when it is over already."""
    with session.write(Right.SHARE) as work:
        found = _found(work, work.client(client), share_id)
        if not shared_reports.end(work.tx, found.id):
            raise NotAllowedError("this link is over already", "share the report again")
        log_share(work, "report share ended", found, f"{found.part} of {found.campaign}")
        return found


def opened(installation: Installation, token: str) -> ShareRow:
    """Find the link of a token; NotFoundError when it is over.

    It is over too when the person who made it may not share this client's reports any more.
    """
    with installation.store.read() as tx:
        found = shared_reports.of_hash(tx, digest(token))
    if found is None or not found.is_open(now()):
        raise NotFoundError(_NO_SHARE)
    try:
        with _as_maker(installation, found).read(Right.SHARE) as work:
            work.client(found.client)
    except (NotAllowedError, NotFoundError):
        raise NotFoundError(_NO_SHARE) from None
    return found


def count_view(installation: Installation, share: ShareRow) -> None:
    """Count that a link showed its report."""
    with installation.store.write() as tx:
        shared_reports.count_view(tx, share.id)


def figures(installation: Installation, share: ShareRow) -> CampaignReport:
    """What a link shows: the figures of now, and no cost, list or person."""
    where = Where(share.client, share.campaign)
    period = Period(share.since, share.until)
    return client_report(_as_maker(installation, share), where, period)


def _as_maker(installation: Installation, share: ShareRow) -> Session:
    """The session of the person who made a link and sees the client of the link alone."""
    return installation.session(share.made_by, only_client=share.client_id)


def _found(work: Transaction, client_id: UUID, share_id: UUID) -> ShareRow:
    found = shared_reports.one(work.tx, client_id, share_id)
    if found is None:
        raise NotFoundError(f"there is no link {share_id}", "see `sluice report shares`")
    return found
