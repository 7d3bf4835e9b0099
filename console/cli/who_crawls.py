"""Ask once who crawls: sites and registers see a name and an address."""

from __future__ import annotations

import sys

import typer

from console.cli.output import note
from leads.settings import load_settings, remember


def ask_who_crawls(*, as_json: bool) -> None:
    """On a terminal, ask for the page about the crawler unless the settings name one, and keep it.

    Elsewhere the action refuses, and says what to set.
    """
    settings = load_settings()
    if settings["user_agent"] or as_json or not sys.stdin.isatty():
        return
    note(
        "Sites and registers see who asks. Give a page that says who you are and how to reach you."
    )
    page = typer.prompt("Address of that page, such as https://acme.example/crawler", err=True)
    file = remember(settings, "user_agent", f"Sluice/0.1 (+{page.strip()})")
    note(f"kept as user_agent in {file}")
