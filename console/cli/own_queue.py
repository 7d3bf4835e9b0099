"""The queue that a command works on when it names no client or campaign."""

from __future__ import annotations

from typing import Annotated

import typer

from actions.where import Where
from leads.settings import load_settings

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


def own_queue(client: str | None, campaign: str | None) -> Where:
    """The named queue; the settings `client` and `campaign` fill in what is not named.

    The campaign of the settings is that of the client of the settings.
    """
    settings = load_settings()
    usual = settings["client"] or "default"
    chosen = client or usual
    if campaign is None and chosen == usual:
        campaign = settings["campaign"] or None
    return Where(chosen, campaign)
