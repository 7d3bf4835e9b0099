"""Clients, campaigns, and what a user may report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from actions import clients, dispositions
from console.api.callers import Caller, Client, needs
from console.api.words import Body, Named, Word

router = APIRouter(tags=["clients"])
Reader = Annotated[Caller, needs("clients:read")]
Writer = Annotated[Caller, needs("clients:write")]


@dataclass(frozen=True, slots=True)
class ListedClient:
    """A client."""

    id: UUID
    name: str
    strictness: str
    created_at: datetime
    country: str | None


@dataclass(frozen=True, slots=True)
class ClientDetails:
    """A client with its settings, lists and campaigns."""

    name: str
    country: str | None
    strictness: str
    #: Which contacts are kept: none, roles or persons.
    contacts: str
    controller: str | None
    lists: Sequence[str]
    campaigns: Sequence[str]


@dataclass(frozen=True, slots=True)
class CampaignDetails:
    """A campaign: its profile, and how many companies are where."""

    name: str
    profile: str | None
    profile_version: int | None
    by_fit: Mapping[str, int]
    queue: Mapping[str, int]
    #: How many prospects everybody, and each user, may take a day; None: any number.
    cap: int | None
    cap_each: int | None
    call_hours: str
    script: str | None


@dataclass(frozen=True, slots=True)
class Disposition:
    """A result that a user can report."""

    name: str
    meaning: str
    relationship: str | None
    #: `when`, `note`: what must be stated with it.
    needs: Sequence[str]


class New(Body):
    """A client or a campaign."""

    name: Word


@dataclass(frozen=True, slots=True)
class Made:
    """What was added."""

    id: UUID
    name: str


@router.get("/clients")
def list_clients(caller: Reader) -> list[ListedClient]:
    """List the clients that the token reaches."""
    return [
        ListedClient(one.id, one.name, one.strictness, one.created_at, one.country)
        for one in clients.list_clients(caller.session)
    ]


@router.post("/clients", status_code=201)
def add_client(caller: Writer, sent: New) -> Made:
    """Add a client."""
    made = clients.add_client(caller.session, sent.name)
    return Made(made.id, made.name)


@router.get("/clients/{name}")
def show_client(caller: Reader, name: Named) -> ClientDetails:
    """Show a client with its lists and campaigns."""
    found = clients.show_client(caller.session, name)
    return ClientDetails(
        found.name,
        found.country,
        found.strictness,
        found.contacts,
        found.controller,
        [one.name for one in found.lists],
        [one.name for one in found.campaigns],
    )


@router.get("/campaigns")
def list_campaigns(caller: Reader, client: Client) -> list[Made]:
    """List a client's campaigns."""
    found = clients.list_campaigns(caller.session, client)
    return [Made(one.id, one.name) for one in found]


@router.post("/campaigns", status_code=201)
def add_campaign(caller: Writer, client: Client, sent: New) -> Made:
    """Add a campaign to a client."""
    made = clients.add_campaign(caller.session, client, sent.name)
    return Made(made.id, made.name)


@router.get("/campaigns/{name}")
def show_campaign(caller: Reader, client: Client, name: Named) -> CampaignDetails:
    """Show a campaign's profile, stages and queue."""
    found = clients.show_campaign(caller.session, client, name)
    return CampaignDetails(
        found.name,
        found.profile.name if found.profile else None,
        found.profile.version if found.profile else None,
        found.by_fit,
        found.queue,
        found.caps.everybody,
        found.caps.each,
        found.call_hours,
        found.script,
    )


@router.get("/dispositions")
def list_dispositions(caller: Reader, client: Client) -> list[Disposition]:
    """List what a user can report of a prospect."""
    every = dispositions.list_dispositions(caller.session, client).every
    return [
        Disposition(one.name, one.meaning, one.relationship, sorted(one.needs))
        for one in every.rules.values()
        if one.chosen
    ]
