"""`sluice extract` and `sluice technologies`: what one saved page says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from console.cli.options import AsJson
from console.cli.output import emit, emit_json, note, plain

if TYPE_CHECKING:
    from enrich.page import Page

File = Annotated[str, typer.Argument(help="A saved page; - for stdin.", metavar="PAGE.html")]
Headers = Annotated[
    str | None,
    typer.Option(
        "--headers",
        help="The answer's headers: a JSON object, or lines of `Name: value`.",
        metavar="FILE",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Add the commands about one page."""
    _extract(app)
    _technologies(app)


def _extract(app: typer.Typer) -> None:
    @app.command("extract")
    def extract(
        file: File,
        url: Annotated[str, typer.Option("--url", help="Where the page was.", metavar="URL")],
        headers: Headers = None,
        as_json: AsJson = False,
    ) -> None:
        """Show the facts one saved page states, with their evidence; nothing is fetched or stored.

        Example: sluice extract imprint.html --url https://acme.example/imprint --json
        """
        from enrich.extract import extract as read
        from enrich.extracted import extract_json

        found = read(_page(file, url, headers))
        if as_json:
            emit_json(extract_json(url, found))
            return
        for one in found:
            emit(
                f"{one.attribute}: {plain(str(one.value))}   ({one.method}, {one.confidence:.0%})"
                f" “{plain(one.quote)}”"
            )
        if not found:
            note("the page states nothing we know how to read")


def _technologies(app: typer.Typer) -> None:
    @app.command("technologies")
    def technologies(
        file: File,
        url: Annotated[str, typer.Option("--url", help="Where the page was.", metavar="URL")] = "",
        headers: Headers = None,
        as_json: AsJson = False,
    ) -> None:
        """Show the technologies one saved page gives away, each with its evidence.

        Example: sluice technologies home.html --url https://acme.example/ --headers home.json
        --json
        """
        from enrich.technologies import detect, technologies_json

        found = detect(_page(file, url, headers))
        if as_json:
            emit_json(technologies_json(found))
            return
        for one in technologies_json(found)["technologies"]:
            seen = ", ".join(f"{proof['field']}: {proof['match']}" for proof in one["evidence"])
            emit(
                f"{one['name']} {one['version'] or ''} ({one['confidence']} %): {plain(seen)}".replace(
                    "  ", " "
                )
            )
        if not found:
            note("the page gives no technology away")


def _page(file: str, url: str, headers: str | None) -> Page:
    from console.saved_page import read_page

    return read_page(file, url, headers)
