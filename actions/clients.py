"""Clients and their campaigns: add them, list them, show one."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from actions.actor import Right
from actions.client_log import log_client_change
from actions.country_option import list_country
from actions.session import Session
from actions.where import usual_hours
from dedupe.run.client_strictness import strictness_of_client
from leads.errors import NotFoundError, UsageError
from leads.store import campaigns, clients, events, lists, profiles, queue, verdicts
from leads.store.campaigns import CampaignRow, DailyCaps
from leads.store.clients import ClientRow, Named
from leads.store.lists import ListSummary
from outreach.hours.week import parse_hours
from outreach.script import checked_script

__all__ = [
    "CampaignDetails",
    "CampaignRow",
    "CampaignSettings",
    "ClientDetails",
    "ClientRow",
    "ListSummary",
    "Named",
    "ProfileVersion",
    "add_campaign",
    "add_client",
    "list_campaigns",
    "list_clients",
    "set_country",
    "show_campaign",
    "show_client",
]


#: The word for the call hours of the settings.
USUAL_HOURS = "usual"


@dataclass(frozen=True, slots=True)
class ClientDetails:
    """A client with its lists and campaigns."""

    name: str
    #: Of lists that state none.
    country: str | None
    #: How much evidence a merge of its companies needs.
    strictness: str
    #: Which contacts are kept: `none`, `roles` or `persons`.
    contacts: str
    #: Who answers for the contacts' data, with address.
    controller: str | None
    lists: Sequence[ListSummary]
    campaigns: Sequence[CampaignRow]


@dataclass(frozen=True, slots=True)
class ProfileVersion:
    """One version of one profile."""

    name: str
    version: int


@dataclass(frozen=True, slots=True)
class CampaignDetails:
    """A campaign with its profile, its companies by fit, and its queue by state."""

    name: str
    #: None: no profile is in force.
    profile: ProfileVersion | None
    by_fit: Mapping[str, int]
    queue: Mapping[str, int]
    #: How many prospects may be worked in a day.
    caps: DailyCaps
    #: What users are to say; None: nothing was agreed.
    script: str | None
    #: When its prospects are called, on their own clocks.
    call_hours: str
    #: Whether that is what the settings say.
    usual_hours: bool


def add_client(session: Session, name: str) -> Named:
    """Add a client; one that exists stays as it is."""
    with session.write(Right.ADMINISTER) as work:
        return Named(work.make_client(name), name)


def set_country(
    session: Session, name: str, country: str | None, *, dry_run: bool = False
) -> str | None:
    """Set the country of a client's lists that state none; None clears it."""
    code = list_country(country)
    with session.write(Right.MANAGE, dry_run=dry_run) as work:
        client_id = work.client(name)
        clients.set_country(work.tx, client_id, code)
        log_client_change(work, client_id, f"default country: {code or 'none'}")
    return code


def list_clients(session: Session) -> list[ClientRow]:
    """List the clients in the actor's scope, by name."""
    with session.read(Right.LOOK) as work:
        return [one for one in clients.every(work.tx) if work.actor.sees(one.id)]


def show_client(session: Session, name: str) -> ClientDetails:
    """Show a client with its lists and campaigns."""
    with session.read(Right.LOOK) as work:
        client_id = work.client(name)
        return ClientDetails(
            name=name,
            country=clients.country_of(work.tx, client_id),
            strictness=strictness_of_client(work.tx, client_id),
            contacts=clients.contacts_of(work.tx, client_id),
            controller=clients.controller_of(work.tx, client_id),
            lists=lists.listing(work.tx, client_id),
            campaigns=campaigns.of_client(work.tx, client_id),
        )


def add_campaign(session: Session, client: str, name: str) -> Named:
    """Add a campaign to a client; one that exists stays as it is."""
    with session.write(Right.MANAGE) as work:
        return campaigns.campaign_of(work.tx, work.client(client), name, make=True)


def list_campaigns(session: Session, client: str) -> list[CampaignRow]:
    """List a client's campaigns, by name."""
    with session.read(Right.LOOK) as work:
        return campaigns.of_client(work.tx, work.client(client))


def show_campaign(session: Session, client: str, name: str) -> CampaignDetails:
    """Show a campaign with its profile, its companies by fit, and its queue."""
    with session.read(Right.LOOK) as work:
        _, campaign_id = work.campaign(client, name)
        icp = profiles.in_force(work.tx, campaign_id)
        hours = campaigns.call_hours(work.tx, campaign_id)
        return CampaignDetails(
            name=name,
            profile=ProfileVersion(icp.name, icp.version) if icp else None,
            by_fit=verdicts.count_by_stage(work.tx, campaign_id),
            queue=queue.counts(work.tx, campaign_id),
            caps=campaigns.daily_caps(work.tx, campaign_id),
            script=campaigns.script(work.tx, campaign_id),
            call_hours=hours or str(usual_hours(session)),
            usual_hours=hours is None,
        )


@dataclass(frozen=True, slots=True)
class CampaignSettings:
    """What a campaign is set to."""

    caps: DailyCaps
    #: When its prospects are called; None: as the settings say.
    call_hours: str | None


def change_campaign(
    session: Session,
    client: str,
    name: str,
    everybody: int | None = None,
    each: int | None = None,
    script_file: str | None = None,
    call_hours: str | None = None,
    script_text: str | None = None,
) -> CampaignSettings:
    """Set how many prospects of a campaign may be worked in a day, when, and what is said to them.

    0 is no cap, an empty script none, `usual` the call hours of the settings, None no change. The
    script is a file or a text.
    """
    hours = None
    if call_hours is not None and call_hours.strip().casefold() != USUAL_HOURS:
        hours = str(parse_hours(call_hours))
    script = None if script_text is None else checked_script(script_text, "script")
    if script_file is not None:
        script = checked_script(_text_of(script_file), script_file)
    with session.write(Right.MANAGE) as work:
        client_id, campaign_id = work.campaign(client, name)
        caps = campaigns.change_caps(work.tx, campaign_id, everybody, each)
        if script is not None:
            campaigns.set_script(work.tx, campaign_id, script or None)
        if call_hours is not None:
            campaigns.set_call_hours(work.tx, campaign_id, hours)
        changes = [f"daily caps: {caps}"]
        if call_hours is not None:
            changes.append(f"call hours: {hours or USUAL_HOURS}")
        if script is not None:
            changes.append("script changed")
        line = events.Happened(
            verb="changed",
            thing="campaign",
            thing_id=campaign_id,
            client_id=client_id,
            who=work.actor.name,
            reason="; ".join(changes),
        )
        events.log(work.tx, [line])
        return CampaignSettings(caps, campaigns.call_hours(work.tx, campaign_id))


def _text_of(path: str) -> str:
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFoundError(
            f"there is no file {path}", "name a text file, or - for stdin"
        ) from None
    except (IsADirectoryError, UnicodeDecodeError):
        raise UsageError(f"{path} is no UTF-8 text file", "save the script as UTF-8") from None
