"""`sluice extract` and `sluice technologies`: what one saved page states."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import saved_pages
from actions.saved_pages import Detection, SavedPage
from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note, plain

PageFile = Annotated[str, typer.Argument(help="A saved page; - for stdin.", metavar="PAGE")]
Headers = Annotated[
    str | None,
    typer.Option(
        "--headers", help="Response headers: JSON, or lines of `Name: value`.", metavar="FILE"
    ),
]


def extract(
    file: PageFile,
    url: Annotated[str, typer.Option("--url", help="The page's address.", metavar="URL")],
    headers: Headers = None,
    as_json: AsJson = False,
) -> None:
    """Show the facts that one saved page states.

    Each fact has its quote, its method and its confidence. Nothing is fetched or stored.

    Example: sluice extract imprint.html --url https://acme.example/imprint --json
    """
    found = saved_pages.extract(SavedPage(file, url, headers))
    if as_json:
        emit_json(saved_pages.extract_json(url, found.facts, found.unread))
        return

    for one in found.facts:
        source = f"{one.method}, {one.confidence:.0%}"
        emit(f"{one.attribute}: {plain(str(one.value))}   ({source}) “{plain(one.quote)}”")
    if "needs_browser" in found.unread:
        note("needs_browser: scripts fill this page in a browser, so it may say more")
    elif not found.facts:
        note("the page states no fact that we can read")


def technologies(
    file: PageFile,
    url: Annotated[str, typer.Option("--url", help="The page's address.", metavar="URL")] = "",
    headers: Headers = None,
    as_json: AsJson = False,
) -> None:
    """Detect the technologies of one saved page.

    Each technology has its evidence. Nothing is fetched or stored.

    Example: sluice technologies home.html --url https://acme.example/ --headers home.json
    """
    found = saved_pages.detect_technologies(SavedPage(file, url, headers))
    if as_json:
        emit_json(saved_pages.technologies_json(found))
        return

    for one in found:
        emit(_technology_line(one))
    if not found:
        note("the page shows no technology that we know")


def _technology_line(one: Detection) -> str:
    evidence = ", ".join(f"{match.field}: {match.match}" for match in one.evidence)
    version = f" {one.version}" if one.version else ""
    return f"{one.name}{version} ({one.confidence} %): {plain(evidence)}"
