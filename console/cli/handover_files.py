"""`sluice handover check`, `use` and `schema`, and `sluice lead plan`: the files behind leads."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from actions import lead_files
from actions.lead_files import InForce, UsedFile
from actions.session import open_session
from actions.where import Where
from console.cli.options import AsJson, CampaignName, ClientName, DryRun, UserName
from console.cli.output import counted, emit, emit_json, note, plain
from leads.errors import SluiceError

FilePath = Annotated[str, typer.Argument(help="A hand-over file; - for stdin.", metavar="FILE")]
PlanPath = Annotated[
    str | None, typer.Argument(help="A nurture file; - for stdin.", metavar="[FILE]")
]


def check(file: FilePath, as_json: AsJson = False) -> None:
    """Check a hand-over file.

    Exit code 2: the file cannot be read. Exit code 1: something must be changed, such as a side
    that did not agree.

    Example: sluice handover check examples/leads/handover.yaml
    """
    checked = lead_files.check_agreement(file)
    if as_json:
        emit_json(
            {
                "handover": checked.file.handover,
                "version": checked.file.version,
                "remarks": [asdict(one) for one in checked.remarks],
            }
        )
    else:
        for one in checked.remarks:
            emit(f"{file}:{one.line}: {one.path}: {plain(one.message)}")
    if checked.remarks:
        found = counted(len(checked.remarks), "thing")
        raise SluiceError(f"{found} must be changed in {file}", "change the lines that are named")
    if not as_json:
        emit(f"{plain(checked.file.handover)} version {checked.file.version}: no mistakes")


def use(
    file: FilePath,
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Put a hand-over file in force for a campaign.

    Both sides must have agreed to it. Raise the version with every change: a version that was used
    is never changed.

    Example: sluice handover use handover.yaml --campaign spring
    """
    with open_session(user) as session:
        used = lead_files.use_agreement(session, file, Where(client, campaign), dry_run=dry_run)
    _show(used, dry_run=dry_run, as_json=as_json)


def show(
    client: ClientName = "default",
    campaign: CampaignName = None,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Print the hand-over file in force.

    Example: sluice handover show --campaign spring > handover.yaml
    """
    with open_session(user) as session:
        found = lead_files.show_agreement(session, Where(client, campaign))
    _print(found, as_json=as_json)


def plan(
    file: PlanPath = None,
    client: ClientName = "default",
    campaign: CampaignName = None,
    dry_run: DryRun = False,
    user: UserName = None,
    as_json: AsJson = False,
) -> None:
    """Show the nurture file, or put one in force.

    It says when leads of each stage and temperature are contacted next, from their next change on.
    Without FILE the one in force is printed.

    Example: sluice lead plan nurture.yaml --campaign spring
    """
    if file is None:
        with open_session(user) as session:
            found = lead_files.show_nurture(session, Where(client, campaign))
        _print(found, as_json=as_json)
        return
    with open_session(user) as session:
        used = lead_files.use_nurture(session, file, Where(client, campaign), dry_run=dry_run)
    _show(used, dry_run=dry_run, as_json=as_json)


def schema(
    as_json: AsJson = False,  # noqa: ARG001 - the output is always JSON
) -> None:
    """Print the JSON Schema of hand-over files.

    Example: sluice handover schema > handover.schema.json
    """
    emit_json(lead_files.schema_of_agreements())


def schema_of_plans(
    as_json: AsJson = False,  # noqa: ARG001 - the output is always JSON
) -> None:
    """Print the JSON Schema of nurture files.

    Example: sluice lead schema > nurture.schema.json
    """
    emit_json(lead_files.schema_of_nurture())


def _print(found: InForce, *, as_json: bool) -> None:
    if as_json:
        emit_json(asdict(found))
        return
    for line in found.text.splitlines():
        emit(plain(line))
    if found.at is None:
        note("the file of the product")
    else:
        note(f"in force since {plain(found.at)} UTC, by {plain(found.by)}")


def _show(used: UsedFile, *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        emit_json({"name": used.name, "version": used.version, "changed": used.changed})
        return
    state = "would be" if dry_run else "is" if used.changed else "was already"
    emit(f"{plain(used.name)} version {used.version} {state} in force")
