"""`sluice icp diff`: what another profile would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from actions import comparing
from actions.comparing import Profiles
from actions.queue import Where
from actions.session import open_session
from console.cli.options import AsJson, CampaignName, ClientName, UserName
from console.cli.output import emit, emit_json, note, plain

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
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show what profile B would change over A.

    Counts the companies that would become prospects (enter), would no longer be prospects (leave),
    or would become unknown, and by which criterion. `current` is the profile in force; a number is
    a version that was used before. The companies are those of the client, or of --on FILE.
    Nothing is written and no site is visited.

    Example: sluice icp diff current icp-v4.yaml

    Example: sluice icp diff 2 3
    """
    where = Where(client, campaign)
    if on:
        found = comparing.compare_over_table(_profiles(where, left, right, user), on)
    else:
        with open_session(user) as session:
            found = comparing.compare_over_client(session, where, left, right)
    made = comparing.comparison_json(found)
    if as_json:
        emit_json(made)
        return
    if not made["companies"]:
        note(
            f"{plain(on)} has no rows"
            if on
            else "there are no companies yet; compare over a list with --on FILE"
        )
        return
    for line in _lines(made):
        emit(line)
    note("nothing was written; put B in force with `sluice icp use`")


def _profiles(where: Where, left: str, right: str, user: str | None) -> Profiles:
    """Read two profiles; the database is opened only if it has one of them."""
    if files := comparing.profiles_of_files(left, right):
        return files
    with open_session(user) as session:
        return comparing.stored_profiles(session, where, left, right)


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
