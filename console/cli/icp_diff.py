"""`sluice icp diff`: what another profile would change."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from actions import comparing
from actions.comparing import Comparison, Profiles
from actions.queue import Where
from actions.session import open_session
from console.cli.list_options import ListCountry, ListCurrency, read_options
from console.cli.options import (
    AsJson,
    CampaignName,
    ClientName,
    ColumnMap,
    Encoding,
    Sheet,
    UserName,
)
from console.cli.output import emit, emit_json, note, plain
from console.cli.table_summary import note_summary
from leads.errors import UsageError

_CHANGES = {
    "enters": "would enter (fit now)",
    "leaves": "would leave (no longer fit)",
    "becomes_unknown": "would become unknown",
    "is_ruled_out": "unknown so far, would be ruled out",
}


def diff(
    left: Annotated[
        str,
        typer.Argument(help="An ICP file, `current`, or a version number.", metavar="A"),
    ],
    right: Annotated[
        str, typer.Argument(help="An ICP file, `current`, or a version number.", metavar="B")
    ],
    on: Annotated[
        str | None,
        typer.Option(
            "--on", help="Compare over this CSV, XLSX or JSONL file instead.", metavar="FILE"
        ),
    ] = None,
    mapping: ColumnMap = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    country: ListCountry = None,
    currency: ListCurrency = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show what profile B would change over A.

    Counts the companies that would become prospects (enter), would no longer be prospects (leave),
    or would become unknown, and by which criterion. `current` is the profile in force; a number is
    a version that was used before. The companies are those of the client, or of --on FILE.
    Suppressed companies are counted, too. Nothing is written and no site is visited.

    Exit code 5: some rows of --on FILE were rejected; they are not compared.

    Example: sluice icp diff current icp-v4.yaml

    Example: sluice icp diff 2 3
    """
    where = Where(client, campaign)
    names = (left, right)
    # Without --on, the client's own companies are compared.
    if on is None:
        told = {"map": mapping, "encoding": encoding, "sheet": sheet}
        _refuse_reading(told | {"country": country, "currency": currency})
        with open_session(user) as session:
            found = comparing.compare_over_client(session, where, left, right)
            pair = (found.left, found.right)
            use = comparing.campaign_to_use(session, where, *pair, names)
        _print(found, use, right, is_table=False, as_json=as_json)
        return
    options = read_options(mapping or [], encoding, sheet, country=country, currency=currency)
    pair, use = _profiles(where, names, user)
    compared = comparing.compare_over_table(pair, on, options)
    _print(compared.comparison, use, right, is_table=True, as_json=as_json)
    note_summary(compared.summary)


def _refuse_reading(given: Mapping[str, object]) -> None:
    """Refuse options about the table where there is none."""
    for name, value in given.items():
        if value:
            raise UsageError(f"--{name} is about a table", f"add --on FILE, or leave out --{name}")


def _print(
    found: Comparison, use: str | None, right: str, *, is_table: bool, as_json: bool
) -> None:
    """Print what differs; `use` is the campaign for which B can be put in force."""
    made = comparing.comparison_json(found)
    if as_json:
        emit_json(made)
        return
    if not made["companies"]:
        if not is_table:
            note("there are no companies yet; compare over a list with --on FILE")
        return
    for line in _lines(made):
        emit(line)
    if use is None:
        note("nothing was written")
        return
    icp = found.right
    option = "" if use == icp.name else f" --campaign {shlex.quote(use)}"
    command = f"`sluice icp use {shlex.quote(right)}{option}`"
    note(f"nothing was written; put {icp.name} version {icp.version} in force with {command}")


def _profiles(
    where: Where, names: tuple[str, str], user: str | None
) -> tuple[Profiles, str | None]:
    """Read two profiles, and the campaign for which the second can be put in force.

    The database is opened only if it has one of them.
    """
    if files := comparing.profiles_of_files(*names):
        use = where.campaign or files[1].name
        return files, use if comparing.is_newer_file(*files, names[1]) else None
    with open_session(user) as session:
        pair = comparing.stored_profiles(session, where, *names)
        return pair, comparing.campaign_to_use(session, where, *pair, names)


def _lines(made: Mapping[str, Any]) -> Iterator[str]:
    for side in ("from", "to"):
        one = made[side]
        counts = ", ".join(
            f"{count:,} {name.replace('_', ' ')}" for name, count in one["verdicts"].items()
        )
        yield f"{side:>4}: {one['icp']} version {one['version']}: {counts}"

    for name, change in made["changes"].items():
        yield f"{change['companies']:>9,} {_CHANGES[name]}"
        for criterion, count in change["by_criterion"].items():
            yield f"{'':>9} {count:,} by {criterion}"
        if change["examples"]:
            yield f"{'':>9} such as {plain(', '.join(change['examples']), 120)}"

    for one in made["stages"]:
        before, after = one["from"].replace("_", " "), one["to"].replace("_", " ")
        yield f"{one['companies']:>9,} {before} to {after}"
    yield f"{made['score_moved']:>9,} have another score"
