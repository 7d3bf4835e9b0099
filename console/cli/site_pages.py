"""`sluice sites show|dead|prune`: what is known of sites, and their kept pages."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import page_store, site_states
from actions.page_store import Dropped
from actions.session import open_session
from actions.site_states import Failing, KnownSite
from console.cli.options import AsJson, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.searched_sites import print_last_search
from console.cli.tables import table


def show(
    domain: Annotated[
        str, typer.Argument(help="A domain, or a company by name or id.", metavar="DOMAIN")
    ],
    client: ClientName = "default",
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show a site's visits and pages; or a company's last search.

    Of a company that is named by its name or id: whether a site was found, which sites were looked
    at, and what would settle it.

    A site that does not answer is tried again after an hour, a day, 3, 10 and 30 days. Then it is
    stated dead, and tried again after half a year.

    Example: sluice sites show acme.example
    """
    with open_session(user) as session:
        found = site_states.known_site(session, domain)
        if found is None:
            print_last_search(session, client, domain, as_json=as_json)
            return

    if as_json:
        emit_json(asdict(found))
        return
    emit(f"{found.site}: {_state(found)}")
    emit(f"last visit {found.last_at:%Y-%m-%d %H:%M} UTC: {found.outcome} {found.reason}".rstrip())
    emit(f"due {found.due_at:%Y-%m-%d %H:%M} UTC")
    rows = [
        {
            "kind": one.kind,
            "url": one.url,
            "since": f"{one.since:%Y-%m-%d}",
            "seen": f"{one.seen_at:%Y-%m-%d}",
            "robots": one.robots or "-",
            "why": plain(one.why, 60),
        }
        for one in found.pages
    ]
    columns = {
        "kind": "PAGE",
        "since": "SINCE",
        "seen": "SEEN",
        "robots": "ROBOTS",
        "url": "URL",
        "why": "FOUND BY",
    }
    table(rows, columns, empty="no page is kept")


def dead(
    after: Annotated[
        str, typer.Option("--after", help="List from behind this domain on.", metavar="DOMAIN")
    ] = "",
    limit: Annotated[
        int, typer.Option("--limit", help="Sites to list.", metavar="N", min=1, max=10_000)
    ] = 100,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """List the sites that are stated dead.

    A site is stated dead after six attempts over 44 days or so, none of which it answered. It lives
    again when it answers.

    Example: sluice sites dead --json
    """
    with open_session(user) as session:
        found = site_states.dead_sites(session, after, limit)

    if as_json:
        emit_json([asdict(one) for one in found])
        return
    rows = [{"site": one.site, "why": _evidence(one.failing)} for one in found]
    table(rows, {"site": "SITE", "why": "WHY"}, empty="no site is stated dead")
    if len(found) == limit:
        note(f"`--after {found[-1].site}` lists more")


def prune(
    with_current: Annotated[
        bool,
        typer.Option("--also-current", help="Also pages that facts quote, if need be."),
    ] = False,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Drop old pages, as the sweeper does each hour.

    Pages that a newer visit replaced go after `keep_pages_days`, and sooner while the compressed
    pages are larger than `page_store_mb`: replaced ones, then those of sites that are dead or no
    company's. Other pages of the newest visit stay.

    Example: sluice sites prune --dry-run
    """
    with Progress() as progress, open_session(user, progress) as session:
        done = page_store.prune(session, with_current=with_current, dry_run=dry_run)

    if as_json:
        emit_json(asdict(done))
        return
    kept = done.before
    emit(
        f"kept: {counted(kept.pages, 'page')} ({kept.replaced:,} replaced), {_mb(kept.bytes)} of"
        f" {_mb(done.limit_bytes)} in {counted(kept.bodies, 'body', 'bodies')}"
    )
    emit(f"{'would drop' if dry_run else 'dropped'}: {_dropped(done.dropped)}")


def _state(found: KnownSite) -> str:
    if found.failing is None:
        return "answers"
    since = f"{found.failing.since:%Y-%m-%d}"
    verb = "dead" if found.dead_at else "does not answer"
    return f"{verb} since {since}, {_evidence(found.failing)}"


def _evidence(failing: Failing | None) -> str:
    if failing is None:
        return ""
    outcomes = ", ".join(f"{count} {name}" for name, count in failing.outcomes.items())
    over = counted(failing.days, "day")
    return f"{counted(failing.attempts, 'attempt')} over {over}: {outcomes}"


def _mb(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def _dropped(what: Dropped) -> str:
    bodies = counted(what.bodies, "body", "bodies")
    return f"{counted(what.pages, 'page')}, {_mb(what.bytes)} in {bodies}"
