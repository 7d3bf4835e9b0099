"""`sluice icp diff`: what another profile would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from console.cli.options import AsJson, CampaignName, ClientName
from console.cli.output import emit, emit_json, note, plain
from console.workplace import workplace

if TYPE_CHECKING:
    from uuid import UUID

    from leads.store import Tx
    from qualify.profile.icp import Icp

_SAID = {
    "enters": "would enter (fit now)",
    "leaves": "would leave (no longer fit)",
    "becomes_unknown": "would become unknown",
    "is_ruled_out": "unknown so far, would be ruled out",
}


def add_to(group: typer.Typer) -> None:
    """Add the command to the profile's."""

    @group.command("diff")
    def diff(
        left: Annotated[
            str,
            typer.Argument(
                help=(
                    "An ICP file, `current` (the one in force), or the number of a version used"
                    " before."
                ),
                metavar="A",
            ),
        ],
        right: Annotated[
            str, typer.Argument(help="An ICP file, `current`, or a version number.", metavar="B")
        ],
        on: Annotated[
            str | None,
            typer.Option(
                "--on", help="A table of companies, in place of the client's.", metavar="FILE"
            ),
        ] = None,
        client: ClientName = "default",
        campaign: CampaignName = None,
        as_json: AsJson = False,
    ) -> None:
        """Say what profile B changes over profile A: who enters, who leaves, who becomes unknown,
        and by which criterion.

        Nothing is written, and nothing is fetched.

        Example: sluice icp diff current icp-v4.yaml

        Example: sluice icp diff 2 3
        """
        made = _on_table(left, right, on) if on else _on_client(left, right, client, campaign)
        if as_json:
            emit_json(made)
            return
        if not made["companies"]:
            note(
                f"{plain(on)} has no rows"
                if on
                else "there are no companies yet; try it on a list with --on FILE"
            )
            return
        for line in _lines(made):
            emit(line)
        note("nothing was written; put B in force with `sluice icp use`")


def _on_client(left: str, right: str, client: str, campaign: str | None) -> dict[str, Any]:
    from leads.clock import now
    from qualify.run.comparing import compare, comparison_json

    with workplace() as at:
        with at.store.read() as tx:
            stored = any(one == "current" or _number(one) for one in (left, right))
            client_id, campaign_id = (
                at.campaign(tx, client, campaign) if stored else (at.client(tx, client), None)
            )
            icps = [_profile(tx, client_id, campaign_id, one) for one in (left, right)]
        # A million companies take a while, and nobody has to wait with writing until then.
        with at.store.read() as tx:
            found = compare(tx, client_id, icps[0], icps[1], now().date())
    return comparison_json(found)


def _profile(tx: Tx, client_id: UUID, campaign_id: UUID | None, named: str) -> Icp:
    from qualify.run.profiles import profile_in_force, profile_numbered

    if number := _number(named):
        return profile_numbered(tx, client_id, campaign_id, number)
    if named == "current" and campaign_id:
        return profile_in_force(tx, campaign_id)
    return _read(named)


def _number(named: str) -> int | None:
    """The version that is meant, unless a file has this name."""
    return (
        int(named)
        if named.isascii() and named.isdecimal() and len(named) < 10 and not Path(named).exists()
        else None
    )


def _on_table(left: str, right: str, file: str) -> dict[str, Any]:
    from console.cli.list_options import read_options
    from intake.parsed_list import name_of
    from intake.read_list import open_reading
    from leads.clock import now
    from qualify.bulk.difference import difference
    from qualify.bulk.frames import Builder
    from qualify.run.comparing import Comparison, comparison_json

    icps = [_read(left), _read(right)]
    builder, names = Builder(), list[str]()
    for row in open_reading(
        file, read_options([], None, None, None), source=f"file:{Path(file).name}", client_id=None
    ):
        for fact in row.facts:
            builder.add(len(names), fact)
        names.append(name_of(row.facts))
    found = difference(icps[0], icps[1], builder.frames(len(names)), now().date())
    return comparison_json(Comparison(icps[0], icps[1], found, dict(enumerate(names))))


def _read(file: str) -> Icp:
    from actions.profiles import read_icp

    return read_icp(file).icp


def _lines(made: Mapping[str, Any]) -> Iterator[str]:
    for side in ("from", "to"):
        one = made[side]
        counts = ", ".join(
            f"{count:,} {name.replace('_', ' ')}" for name, count in one["verdicts"].items()
        )
        yield f"{side:>4}: {one['icp']} version {one['version']}: {counts}"
    for name, change in made["changes"].items():
        yield f"{change['companies']:>9,} {_SAID[name]}"
        for criterion, count in change["by_criterion"].items():
            yield f"{'':>9} {count:,} by {criterion}"
        if change["examples"]:
            yield f"{'':>9} such as {plain(', '.join(change['examples']), 120)}"
    for one in made["stages"]:
        yield (
            f"{one['companies']:>9,} {one['from'].replace('_', ' ')} to"
            f" {one['to'].replace('_', ' ')}"
        )
    yield f"{made['score_moved']:>9,} have another score"
