"""`sluice extract` and `sluice technologies`: what one saved page states."""

from __future__ import annotations

from typing import Annotated

import typer

from actions import saved_pages
from actions.saved_pages import Detection, SavedPage
from console.cli.options import AsJson
from console.cli.output import counted, emit, emit_json, note, plain
from leads.attributes import value_text
from leads.errors import UsageError

PageFile = Annotated[str, typer.Argument(help="A saved page; - for stdin.", metavar="PAGE")]
Headers = Annotated[
    str | None,
    typer.Option(
        "--headers", help="Response headers: JSON, or lines of `Name: value`.", metavar="FILE"
    ),
]
Fingerprints = Annotated[
    str | None,
    typer.Option(
        "--fingerprints",
        help="Your own rules beside ours: Wappalyzer JSON.",
        metavar="DIR|FILE",
    ),
]
#: Warnings about rules that are shown one by one.
_MOST_WARNINGS = 20


def extract(
    file: PageFile,
    url: Annotated[str, typer.Option("--url", help="The page's address.", metavar="URL")],
    headers: Headers = None,
    fingerprints: Fingerprints = None,
    as_json: AsJson = False,
) -> None:
    """Show the facts that one saved page states.

    Each fact has its quote, its method and its confidence. Nothing is fetched or stored. With
    `--fingerprints`, the technologies that our rules and yours detect are shown too.

    Example: sluice extract imprint.html --url https://acme.example/imprint --json
    """
    _warn(fingerprints)
    found = saved_pages.extract(SavedPage(file, url, headers), fingerprints)
    if as_json:
        emit_json(saved_pages.extract_json(url, found.facts, found.unread))
        return

    for one in found.facts:
        source = f"{one.method}, {one.confidence:.0%}"
        value = plain(value_text(one.attribute, one.value))
        emit(f"{one.attribute}: {value}   ({source}) “{plain(one.quote)}”")
    if "needs_browser" in found.unread:
        note("needs_browser: scripts fill this page in a browser, so it may say more")
    elif not found.facts:
        note("the page states no fact that we can read")


def technologies(
    file: Annotated[
        str | None, typer.Argument(help="A saved page; - for stdin.", metavar="PAGE")
    ] = None,
    url: Annotated[str, typer.Option("--url", help="The page's address.", metavar="URL")] = "",
    headers: Headers = None,
    fingerprints: Fingerprints = None,
    catalog: Annotated[
        bool, typer.Option("--catalog", help="List what can be detected instead.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Detect the technologies of one saved page.

    Each technology has its evidence. Nothing is fetched or stored. `--catalog` lists the
    technologies that can be detected: slug, name, categories, channels, number of rules, source.

    Example: sluice technologies home.html --url https://acme.example/ --headers home.json
    """
    _warn(fingerprints)
    if catalog:
        _show_catalog(fingerprints, as_json)
        return
    if file is None:
        raise UsageError("no saved page is named", "name one, or list all with --catalog")

    found = saved_pages.detect_technologies(SavedPage(file, url, headers), fingerprints)
    if as_json:
        emit_json(saved_pages.technologies_json(found))
        return

    for one in found:
        emit(_technology_line(one))
    if not found:
        note("the page shows no technology that we know")


def _show_catalog(fingerprints: str | None, as_json: bool) -> None:
    rows = saved_pages.known_technologies(fingerprints)
    if as_json:
        emit_json(saved_pages.catalog_json(rows))
        return
    for one in rows:
        about = f"{', '.join(one.categories)}; {', '.join(one.channels)}"
        source = f"; {one.sources[0]}" if one.sources else ""
        emit(f"{one.slug}: {plain(one.name)}; {about}; {counted(one.rules, 'rule')}{source}")
    note(f"{counted(len(rows), 'technology', 'technologies')} can be detected")


def _warn(fingerprints: str | None) -> None:
    """Say what of the user's rules is not used."""
    said = saved_pages.rule_warnings(fingerprints) if fingerprints else ()
    for one in said[:_MOST_WARNINGS]:
        note(plain(one))
    if len(said) > _MOST_WARNINGS:
        note(f"{counted(len(said) - _MOST_WARNINGS, 'more warning')} of the same kind")


def _technology_line(one: Detection) -> str:
    evidence = ", ".join(f"{match.field}: {match.match}" for match in one.evidence)
    version = f" {one.version}" if one.version else ""
    mention = "" if one.uses else ", only mentioned"
    return f"{one.name}{version} ({one.confidence} %{mention}): {plain(evidence)}"
