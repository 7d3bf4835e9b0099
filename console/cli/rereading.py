"""`sluice sites reread`: extract facts again from kept pages, and say what that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from actions import rereading
from actions.rereading import AttributeChanges, LastReread
from actions.session import open_session
from console.cli.options import AsJson, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.tables import table
from console.cli.work import report_work
from leads.errors import UsageError


def reread(
    domain: Annotated[
        str | None,
        typer.Argument(help="A company's domain; or use --all.", metavar="[DOMAIN]"),
    ] = None,
    every: Annotated[bool, typer.Option("--all", help="All sites with kept pages.")] = False,
    last: Annotated[
        bool, typer.Option("--last", help="Only show what the last --all changed.")
    ] = False,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Extract facts again from kept pages, without the network.

    For a new version of Sluice, whose rules find more. Prints how many facts are new, gone and
    changed, by attribute, with examples. Pages that the same rules have read change nothing. After
    Ctrl-C workers go on; --last shows how far they are.

    Example: sluice sites reread --all --dry-run
    """
    if last and (every or dry_run or domain is not None):
        raise UsageError("--last stands alone", "leave out the domain, --all and --dry-run")
    if not last and every == (domain is not None):
        raise UsageError("which sites?", "name one domain, or use --all")
    if last:
        with open_session(user) as session:
            _show_last(rereading.last_reread(session), as_json=as_json)
        return

    with Progress() as progress, open_session(user, progress) as session:
        done = rereading.reread(session, domain, dry_run=dry_run)
    if as_json:
        changes = [asdict(one) for one in done.changes]
        counts = {"sites": done.sites, "pages": done.pages, "outdated": done.outdated}
        emit_json(counts | {"changes": changes})
    else:
        sites, pages = counted(done.sites, "site"), counted(done.pages, "page")
        note(f"{sites}, {pages}: {done.outdated:,} not read by these rules yet")
        _show_changes(done.changes, empty="no fact changes" if dry_run else "no fact changed")
    report_work(done.work)


def last_json(found: LastReread) -> dict[str, Any]:
    """The last reading of all sites as JSON."""
    return {
        **asdict(found.started),
        "waiting": found.waiting,
        "changes": [asdict(one) for one in found.changes],
    }


def _show_last(found: LastReread, *, as_json: bool) -> None:
    if as_json:
        emit_json(last_json(found))
        return
    one = found.started
    note(
        f"{plain(one.by)} asked on {one.started_at:%Y-%m-%d %H:%M} UTC:"
        f" {counted(one.sites, 'site')}, {counted(one.pages, 'page')}, {one.outdated:,} of them"
        " not read by the rules of that time"
    )
    if found.waiting:
        note(f"{counted(found.waiting, 'site')} wait for workers")
    _show_changes(found.changes, empty="no fact changed")


def _show_changes(changes: Sequence[AttributeChanges], *, empty: str) -> None:
    columns = {
        "attribute": "ATTRIBUTE",
        "new": "NEW",
        "gone": "GONE",
        "changed": "CHANGED",
        "restated": "RESTATED",
    }
    table([asdict(one) for one in changes], columns, empty=empty)
    for one in changes:
        for line in _example_lines(one):
            emit(line)


def _example_lines(one: AttributeChanges) -> Iterator[str]:
    for example in one.examples:
        before, after = (plain(value, 60) or "nothing" for value in (example.before, example.after))
        quote = f" (“{plain(example.quote, 80)}”)" if example.quote else ""
        yield f"  {one.attribute} of {plain(example.site)}: {before} → {after}{quote}"
