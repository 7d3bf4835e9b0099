"""The queue that a command works on when it names no client or campaign."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.own_defaults import own_settings
from actions.session import Session
from actions.where import Where

QueueClient = Annotated[
    str | None,
    typer.Option(
        "--client", help="The client to act for; default: setting `client`.", metavar="NAME"
    ),
]
QueueCampaign = Annotated[
    str | None,
    typer.Option(
        "--campaign", help="The campaign; default: setting, or the only one.", metavar="NAME"
    ),
]

AnyTime = Annotated[
    bool, typer.Option("--any-time", help="Prospects outside their call hours too.")
]


def own_queue(session: Session, client: str | None, campaign: str | None) -> Where:
    """The named queue; what is usual for the user, else the settings `client` and `campaign`, fill
    in what is not named.

    The usual campaign is that of the usual client.
    """
    settings = own_settings(session)
    usual = settings["client"] or "default"
    chosen = client or usual
    if campaign is None and chosen == usual:
        campaign = settings["campaign"] or None
    return Where(chosen, campaign)


def own_zone(session: Session, zone: str | None) -> str | None:
    """The named time zone, else what is usual for the user; None: that of the machine."""
    return zone or own_settings(session)["time_zone"] or None
