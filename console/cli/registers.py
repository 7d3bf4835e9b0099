"""`sluice registers`: lists of companies out of public registers."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from actions.session import open_session
from console.cli.lazy import load
from console.cli.options import AsJson, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from console.cli.progress import Progress
from console.cli.tables import table
from console.cli.who_crawls import ask_who_crawls


def list_all(as_json: AsJson = False) -> None:
    """List the registers that can be read.

    SEARCH: by what a search can be narrowed. FILE: it publishes a file of everything, which is
    filtered by the same options.

    Example: sluice registers list
    """
    found = load("actions.register_lists:registers")()
    rows = [_listing_json(one) for one in found]
    if as_json:
        emit_json(rows)
        return
    columns = {
        "name": "NAME",
        "title": "REGISTER",
        "search": "SEARCH",
        "file": "FILE",
        "codes": "INDUSTRY",
        "licence": "LICENCE",
    }
    shown = [
        {**one, "search": ", ".join(one["search"]) or "no", "file": "yes" if one["file"] else "no"}
        for one in rows
    ]
    table(shown, columns, empty="")


def fetch(
    register: Annotated[
        str, typer.Argument(help="Its name, as in `registers list`.", metavar="REGISTER")
    ],
    output: Annotated[str, typer.Option("-o", "--output", help="The list: a CSV.", metavar="OUT")],
    industry: Annotated[
        str, typer.Option("--industry", help="The code of an industry.", metavar="CODE")
    ] = "",
    place: Annotated[
        str, typer.Option("--place", help="A place, as the register knows it.", metavar="PLACE")
    ] = "",
    low: Annotated[
        int | None, typer.Option("--min-employees", help="The fewest employees.", metavar="N")
    ] = None,
    high: Annotated[
        int | None, typer.Option("--max-employees", help="The most employees.", metavar="N")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", help="Stop after this many rows.", metavar="N")
    ] = None,
    whole_file: Annotated[
        bool, typer.Option("--whole-file", help="Filter the file of everything; no search.")
    ] = False,
    again: Annotated[bool, typer.Option("--again", help="Download the file again.")] = False,
    minutes: Annotated[
        int, typer.Option("--minutes", help="End after this time.", metavar="N")
    ] = 120,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT when it exists.")] = False,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Write the companies of a register to a list.

    A search is read page after page within the register's limits, which hold for all processes
    together. The same command within 24 hours goes on where it ended. A file of a whole register is
    downloaded once for each version, and a download that broke off is taken up.

    Companies that have ended, that object to prospecting, and people in business are left out and
    counted. OUT appears when it is complete; `sluice import` and `sluice link` read it.

    Example: sluice registers fetch no --industry 62.100 --place 0301 -o oslo.csv
    """
    lists = load("actions.register_lists:Request")
    wanted = load("actions.register_lists:Wanted")(
        industry=industry.strip(), place=place.strip(), low=low, high=high
    )
    request = lists(
        register=register,
        output=output,
        wanted=wanted,
        limit=limit,
        whole_file=whole_file,
        again=again,
        force=force,
        minutes=minutes,
    )
    load("actions.register_lists:check_request")(request)
    ask_who_crawls(as_json=as_json)
    if dry_run:
        with open_session(user) as session:
            _print_plan(load("actions.register_lists:plan")(session, request), as_json=as_json)
        return
    with Progress() as progress, open_session(user, progress) as session:
        done = load("actions.register_lists:fetch")(session, request)
    _print_done(done, as_json=as_json)


def _listing_json(one: Any) -> dict[str, Any]:
    search = one.search
    by = []
    if search is not None:
        by = ["industry", *(place.what for place in search.places)]
        by += ["employees"] if search.low or search.bands else []
    return {
        "name": one.name,
        "title": one.card.title,
        "search": by,
        "most": None if search is None else search.most,
        "file": one.file is not None,
        "codes": one.codes or "none",
        "licence": one.card.licence,
        "attribution": one.card.attribution or None,
        "limits": [
            {"requests": limit.requests, "seconds": limit.seconds} for limit in one.card.limits
        ],
    }


def _print_plan(found: Any, *, as_json: bool) -> None:
    if as_json:
        emit_json(
            {
                "dry_run": True,
                "register": found.listing.name,
                "url": found.url,
                "companies": found.total,
                "pages": found.pages,
                "bytes": found.size,
                "is_here": bool(found.is_here),
            }
        )
        return
    emit(f"{plain(found.listing.card.title)}: {plain(found.url)}")
    companies = None if found.total is None else counted(found.total, "company", "companies")
    if found.is_here is not None:
        note("the file is here already" if found.is_here else "the file would be downloaded")
        if companies is not None:
            note(f"it holds {companies}")
    elif companies is not None:
        note(f"{companies} on {counted(found.pages, 'page')}")
        _note_none(found.total, found.listing)
    else:
        note("the register does not say how many companies there are")
    note("nothing was written: this was a dry run")


def _print_done(done: Any, *, as_json: bool) -> None:
    counts, card = done.counts, done.listing.card
    if as_json:
        file = done.file
        emit_json(
            {
                "dry_run": False,
                "register": done.listing.name,
                "output": done.output,
                "rows": counts.rows,
                "read": counts.read,
                "found": done.total,
                "left_out": dict(counts.left_out),
                "taken_up_at_page": done.taken_up or None,
                "file": None
                if file is None
                else {
                    "url": file.url,
                    "path": file.path,
                    "bytes": file.size,
                    "was_here": file.was_here,
                },
                "licence": card.licence,
                "attribution": card.attribution or None,
            }
        )
        return
    read = counted(counts.read, "company", "companies")
    emit(f"{counted(counts.rows, 'row')} of {read} written to {plain(done.output)}")
    for why, count in sorted(counts.left_out.items()):
        note(f"{count:,} left out: {why}")
    if done.taken_up:
        note(f"it went on at page {done.taken_up + 1:,}")
    if done.file is None:
        _note_none(done.total, done.listing)
    note(f"licence: {plain(card.licence)}")
    if card.attribution:
        note(f"say beside the data: {plain(card.attribution)}")


def _note_none(total: int | None, listing: Any) -> None:
    if total == 0 and listing.codes:
        note(f"nothing was found: industries are written as {plain(listing.codes)}")
